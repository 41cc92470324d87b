"""Training plan against what was done

For each item of each yearly plan: which sessions were held for it, when, with how many people, what the evaluation found and how
the plan is adjusted by it. Sessions that stand in no plan come last in their year (R3.2.1–R3.2.4).

An item is *done* when a session of its topic is closed, *to be evaluated* while one was held and is not closed, and *overdue*
when its month has passed without one. A session belongs to an item when it names the plan and has the same topic.
---
培训计划与完成情况

逐年、逐项列出：举办了哪些培训、何时、多少人参加、效果评价的结论、据此对计划作了哪些调整。计划外的培训排在当年最后。

同主题的培训已结束为“已完成”，已举办但未结束为“待评价”，月份已过仍未举办为“逾期”。
培训记录写明同一计划、同一主题的，才算作该项的培训。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from muniment import i18n, personnel
from muniment.charts import Chart, Row, Series, Tone
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import values

NAME = "training"
TITLE = Text("Training plan against what was done", "培训计划与完成情况")
CLAUSES = ("R3.2.1", "R3.2.2", "R3.2.3", "R3.2.4")
ORDER = 82
_CONTENTS = ("technical", "process", "soft")
_STANDINGS: Mapping[str, Text] = {
    "done": Text("done", "已完成"),
    "held": Text("to be evaluated", "待评价"),
    "overdue": Text("overdue", "逾期"),
    "planned": Text("planned", "未到期"),
    "extra": Text("beyond the plan", "计划外"),
}
_TONES = {
    "done": "completed",
    "held": "waiting",
    "overdue": "overdue",
    "planned": "draft",
    "extra": "registered",
}


@dataclass(frozen=True)
class _Item:
    """One item of a plan with the sessions held for it; `entry` is a session's own facts where no plan has it."""

    year: int
    plan: Record | None
    entry: Mapping[str, Any]
    sessions: tuple[Record, ...]
    standing: str

    @property
    def results(self) -> tuple[Decimal, ...]:
        evaluations = [session.data.get("evaluation") or {} for session in self.sessions]
        return tuple(Decimal(each["score"]) for found in evaluations for each in found.get("results") or ())

    def said(self, name: str) -> str:
        """What the evaluations say under one name, one after the other."""
        evaluations = [session.data.get("evaluation") or {} for session in self.sessions]
        return "; ".join(str(each[name]).strip() for each in evaluations if each.get(name))


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    titles = _titles(facts, lang)
    columns = (
        Column("plan", _("Plan"), "number"),
        Column("year", _("Year"), facet=True),
        Column("topic", titles["topic"]),
        Column("content", titles["content"], facet=True),
        Column("method", titles["method"], facet=True),
        Column("instructor", titles["instructor"]),
        Column("month", _("Planned month"), "integer"),
        Column("standing", _("Standing"), "state", True),
        Column("sessions", _("Sessions"), "reference"),
        Column("date", _("Held on"), "date"),
        Column("attendees", _("Attendees"), "integer"),
        Column("mean", _("Mean score"), "decimal"),
        Column("conclusion", _("Effect")),
        Column("improvement", _("Adjustment of the plan")),
    )
    rows = tuple(_row(facts, item, lang) for item in _items(facts))
    return Table(TITLE.render(lang), columns, rows, _("There is no training plan and no session yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """The newest year by content: how much of the plan is done."""
    _ = i18n.translator(lang)
    items = list(_items(facts))
    year = max((item.year for item in items), default=0)
    counts = Counter((str(item.entry["content"]), item.standing) for item in items if item.year == year)
    labels = _content_labels(facts)
    tones: tuple[tuple[str, Tone], ...] = (
        ("done", "good"),
        ("held", ""),
        ("overdue", "bad"),
        ("planned", "muted"),
        ("extra", "warning"),
    )
    return (
        Chart(
            "contents",
            _("Training of {year} by content").format(year=year) if year else _("Training by content"),
            "bars",
            _titles(facts, lang)["content"],
            tuple(Series(name, _STANDINGS[name].render(lang), tone) for name, tone in tones),
            tuple(
                Row(
                    content,
                    labels[content].render(lang),
                    tuple(counts[content, name] for name, _tone in tones),
                )
                for content in _CONTENTS
            ),
            empty=_("There is no training plan and no session yet."),
        ),
    )


def _titles(facts: Facts, lang: Lang) -> Mapping[str, str]:
    return {
        field.name: values.heading(field.title.render(lang), lang)
        for field in facts.types["training-session"].fields
    }


def _content_labels(facts: Facts) -> Mapping[str, Text]:
    fields = facts.types["training-session"].fields
    return next(field.labels for field in fields if field.name == "content")


def _items(facts: Facts) -> Iterator[_Item]:
    """Newest year first; in a year the plans' items by month, then what no plan has."""
    sessions = list(personnel.in_use(facts, "training-session"))
    plans = list(personnel.in_use(facts, "training-plan"))
    planned = [item for plan in plans for item in _of_plan(facts, plan, sessions)]
    used = {session.number for item in planned for session in item.sessions}
    extra = [
        _Item(int(str(each.data["date"])[:4]), None, each.data, (each,), "extra")
        for each in sessions
        if each.number not in used
    ]
    yield from sorted(
        [*planned, *extra],
        key=lambda item: (
            -item.year,
            item.plan is None,
            item.entry.get("month") or 0,
            str(item.entry["topic"]),
        ),
    )


def _of_plan(facts: Facts, plan: Record, sessions: Sequence[Record]) -> Iterator[_Item]:
    year = int(plan.data["year"])
    for entry in plan.data["items"]:
        held = tuple(
            sorted(
                (
                    each
                    for each in sessions
                    if each.data.get("plan") == plan.number and each.data["topic"] == entry["topic"]
                ),
                key=lambda each: str(each.data["date"]),
            )
        )
        if any(each.data.get("closed") for each in held):
            standing = "done"
        elif held:
            standing = "held"
        else:
            standing = "overdue" if f"{year}-{entry['month']:02}-31" < facts.today else "planned"
        yield _Item(year, plan, entry, held, standing)


def _row(facts: Facts, item: _Item, lang: Lang) -> tuple[Cell, ...]:
    people = {person for session in item.sessions for person in session.data["attendees"]}
    fields = {field.name: field for field in facts.types["training-session"].fields}
    results = item.results
    mean = sum(results, Decimal()) / len(results) if results else None
    return (
        values.number_cell(facts, item.plan.number) if item.plan else Cell(),
        Cell(str(item.year), item.year),
        *(
            values.cell(facts, fields[name], item.entry[name], lang)
            for name in ("topic", "content", "method")
        ),
        instructor_cell(facts, str(item.entry["instructor"]), lang),
        values.count_cell(item.entry["month"]) if item.plan else Cell(),
        Cell(_STANDINGS[item.standing].render(lang), item.standing, tone=_TONES[item.standing]),
        values.references_cell(facts, [session.number for session in item.sessions], lang),
        values.date_cell(item.sessions[0].data["date"] if item.sessions else ""),
        values.count_cell(len(people)) if item.sessions else Cell(),
        Cell() if mean is None else Cell(f"{mean:.1f}", mean.quantize(Decimal("0.1"))),
        Cell(item.said("conclusion"), item.said("conclusion") or None),
        Cell(item.said("improvement"), item.said("improvement") or None),
    )


def instructor_cell(facts: Facts, instructor: str, lang: Lang) -> Cell:
    """One of us by number, anybody else by name."""
    if instructor in facts.corpus.records:
        return values.reference_cell(facts, instructor, lang)
    return Cell(instructor, instructor)
