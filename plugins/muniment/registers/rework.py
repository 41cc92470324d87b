"""Rework

Every round of inspection or acceptance that failed: what was wrong, by when it was to be put right, and when the next round
showed that it was. The picture counts them by quarter (R2.2.4, R2.3.4).
---
返工情况

每一次未通过的检验和验收：问题是什么、限期何时、哪天复验。图中按季度统计。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from muniment import delivery, engagement, i18n
from muniment.charts import Chart, Row, Series
from muniment.delivery import Round
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import plan, registers, trends, values, words, work

NAME = "rework"
TITLE = Text("Rework", "返工情况")
CLAUSES = ("R2.2.4", "R2.3.4", "R1.3")
ORDER = 46


@dataclass(frozen=True)
class Failure:
    """A round that failed, with the one that followed."""

    round: Round
    is_acceptance: bool
    following: Round | None

    @property
    def day(self) -> str:
        return self.round.day

    def is_overdue(self, today: str) -> bool:
        return self.following is None and bool(self.round.due) and self.round.due < today


def failed(facts: Facts) -> Iterator[tuple[Engagement, Failure]]:
    """All rounds that failed, newest first."""
    found = [
        (own, failure)
        for own in engagement.engagements(facts).values()
        for failure in (*_inspections(facts, own), *_acceptances(facts, own))
    ]
    yield from sorted(found, key=lambda pair: (pair[1].day, pair[1].round.source.number), reverse=True)


def _inspections(facts: Facts, own: Engagement) -> Iterator[Failure]:
    rounds = list(delivery.inspections(facts, own))
    for place, each in enumerate(rounds):
        if each.result == "failed":
            after = rounds[place + 1] if place + 1 < len(rounds) else None
            is_same = after is not None and after.source is each.source
            yield Failure(each, False, after if is_same else None)


def _acceptances(facts: Facts, own: Engagement) -> Iterator[Failure]:
    rounds = delivery.acceptances(facts, own)
    for each in rounds:
        if each.result == "failed":
            after = next((other for other in rounds if other.turn == each.turn + 1 and other.result), None)
            yield Failure(each, True, after)


def kind_title(*, is_acceptance: bool, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return _("acceptance") if is_acceptance else _("inspection")


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("project", _("Project"), "reference", True),
        Column("kind", _("Kind"), facet=True),
        Column("round", _("Round"), "integer"),
        Column("date", _("Date"), "date"),
        Column("faults", _("What was wrong")),
        Column("due", _("Rework due"), "date"),
        Column("again", _("Judged again on"), "date"),
        Column("result", _("Then"), "state", True),
        Column("days", _("Days late"), "integer"),
    )
    rows = tuple(_row(facts, own, failure, lang) for own, failure in failed(facts))
    empty = _("Nothing had to be done again.")
    return Table(TITLE.render(lang), columns, rows, words.withheld(facts, lang, "project") or empty)


def _row(facts: Facts, own: Engagement, failure: Failure, lang: Lang) -> tuple[Cell, ...]:
    each, after = failure.round, failure.following
    kind = "acceptance" if failure.is_acceptance else "inspection"
    late = delivery.days(each.due, after.day if after else facts.today) if each.due else 0
    return (
        values.number_cell(facts, each.source.number),
        registers.title_cell(facts, each.source, lang),
        values.references_cell(facts, [own.project.number], lang),
        Cell(kind_title(is_acceptance=failure.is_acceptance, lang=lang), kind),
        Cell(str(each.turn), each.turn),
        Cell(each.day, each.day),
        work.faults_cell(each, lang),
        Cell(each.due, each.due or None),
        Cell(after.day if after else "", after.day if after else None),
        work.result_cell(after.result if after else "", lang),
        plan.days_cell(max(late, 0)),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    found = trends.by_quarter((failure.day, failure.is_acceptance) for _own, failure in failed(facts))
    return (
        Chart(
            "quarters",
            _("Rework by quarter"),
            "columns",
            _("Quarter"),
            (
                Series("inspection", kind_title(is_acceptance=False, lang=lang)),
                Series("acceptance", kind_title(is_acceptance=True, lang=lang), "warning"),
            ),
            tuple(
                Row(name, name, (kinds.count(False), kinds.count(True)))
                for name, kinds in found[-trends.MOST_QUARTERS :]
            ),
            empty=_("Nothing had to be done again."),
        ),
    )
