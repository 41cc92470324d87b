"""Acceptance: passed at the first attempt or not

Every round of acceptance of every project, and how many projects passed in the first. The first-pass rate of a quarter counts
the projects whose first round was judged in it; the client's signature is the day of a round (R2.3.3, R2.3.4).
---
验收一次通过率

全部项目的各轮验收，以及第一轮就通过的比例。某季度的一次通过率，按第一轮验收在该季度有结论的项目计算；以客户签字日期为准。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import delivery, engagement, i18n
from muniment.charts import Chart, Row, Series
from muniment.delivery import Round
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Column, Table
from muniment.views import trends, values, words, work

NAME = "acceptance"
TITLE = Text("Acceptance: passed at the first attempt or not", "验收一次通过率")
CLAUSES = ("R2.3.3", "R2.3.4", "R1.3")
ORDER = 43


def rounds(facts: Facts) -> Iterator[tuple[Engagement, Round]]:
    """All rounds, projects with the newest round first."""
    found = [
        (own, each)
        for own in engagement.engagements(facts).values()
        for each in delivery.acceptances(facts, own)
    ]
    yield from sorted(found, key=lambda pair: (pair[1].day, pair[0].project.number), reverse=True)


def first_rounds(facts: Facts) -> Iterator[tuple[str, bool]]:
    """The first round of each project that was judged: its day, and whether it passed."""
    for _own, each in rounds(facts):
        if each.turn == 1 and each.result:
            yield each.day, each.result == "passed"


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("project", _("Project"), "reference", True),
        Column("round", _("Round"), "integer"),
        Column("application", _("Application"), "reference"),
        Column("report", _("Report"), "reference"),
        Column("date", _("Date"), "date"),
        Column("result", _("Conclusion"), "state", True),
        Column("problems", _("Problems")),
        Column("due", _("Rework due"), "date"),
    )
    rows = tuple(
        (
            values.number_cell(facts, each.source.number),
            values.references_cell(facts, [own.project.number], lang),
            *work.acceptance_row(facts, each, lang),
        )
        for own, each in rounds(facts)
    )
    empty = _("Nothing has been handed over for acceptance yet.")
    return Table(TITLE.render(lang), columns, rows, words.withheld(facts, lang, "project") or empty)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    found = trends.by_quarter(first_rounds(facts))[-trends.MOST_QUARTERS :]
    return (
        Chart(
            "first-rounds",
            _("First rounds by quarter"),
            "columns",
            _("Quarter"),
            (Series("passed", _("passed"), "good"), Series("failed", _("failed"), "bad")),
            tuple(Row(name, name, (results.count(True), results.count(False))) for name, results in found),
            empty=_("No first round has been judged yet."),
        ),
        Chart(
            "first-pass",
            _("First-pass rate"),
            "line",
            _("Quarter"),
            (Series("rate", _("First-pass rate")),),
            tuple(Row(name, name, (trends.share_of(results),)) for name, results in found),
            unit="%",
            empty=_("No first round has been judged yet."),
        ),
    )
