"""What a hold would freeze

For each project and each client: how many records belong to it, how many of them will be over within twelve months and which is the next, how
many are kept for ever, and how many are on hold already. When a lawsuit or an audit comes, this says what a hold would stop and
what has to be held at once (R4.3.2).
---
冻结影响范围

按项目和客户列出：有多少记录、一年内到期的有多少、最早哪天到期、永久保管的有多少、已经冻结的有多少。遇到诉讼或审计，
可以看出冻结会影响什么、哪些要马上冻结。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from muniment import i18n, retention
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.retention import Fate
from muniment.tables import Cell, Column, Table
from muniment.views import registers, values

NAME = "hold-scope"
TITLE = Text("What a hold would freeze", "冻结影响范围")
CLAUSES = ("R4.3.2",)
ORDER = 53


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("type", _("Type"), facet=True),
        Column("records", _("Records"), "integer"),
        Column("due", _("Over already"), "integer"),
        Column("soon", _("Within twelve months"), "integer"),
        Column("next", _("Next to end"), "date"),
        Column("permanent", _("For ever"), "integer"),
        Column("held", _("On hold"), "integer"),
        Column("reasons", _("Reason")),
    )
    fates = {fate.record.number: fate for fate in retention.fates(facts) if fate.standing != "disposed"}
    found = [
        (facts.corpus.records[number], group) for number, group in _groups(facts, fates).items() if group
    ]
    found.sort(key=lambda pair: (_next(pair[1]) or "9999", pair[0].number))
    rows = tuple(_row(facts, record, group, lang) for record, group in found)
    return Table(
        TITLE.render(lang),
        columns,
        rows,
        _("No record that is kept by a schedule belongs to a project or a client."),
    )


def _groups(facts: Facts, fates: Mapping[str, Fate]) -> Mapping[str, list[Fate]]:
    """By project and by client: what names it, and what belongs to a client's projects."""
    found: dict[str, list[Fate]] = {}
    for record in facts.corpus:
        fate = fates.get(record.number)
        if fate is None:
            continue
        for number in _subjects(facts, record):
            if number in facts.corpus.records:
                found.setdefault(number, []).append(fate)
    return found


def _subjects(facts: Facts, record: Record) -> Iterator[str]:
    project = record.number if record.type.name == "project" else str(record.data.get("project") or "")
    owner = facts.corpus.records.get(project)
    named = record.data.get("client") or (owner.data.get("client") if owner else None)
    yield from dict.fromkeys(each for each in (project, str(named or "")) if each)


def _next(group: Iterable[Fate]) -> str:
    """The first day on which one of them may go that may not go today."""
    days = [fate.period.expires for fate in group if fate.standing == "running" and fate.period]
    return min(days, default="")


def _row(facts: Facts, record: Record, group: list[Fate], lang: Lang) -> tuple[Cell, ...]:
    year = retention.in_months(facts.today, 12)
    soon = [
        fate for fate in group if fate.standing == "running" and fate.period and fate.period.expires <= year
    ]
    reasons = dict.fromkeys(
        str(hold["reason"]) for fate in group if (hold := retention.hold(fate.record)) is not None
    )
    counts = {name: sum(fate.standing == name for fate in group) for name in ("due", "permanent", "held")}
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        Cell(values.heading(record.type.title.render(lang), lang), record.type.name),
        values.count_cell(len(group)),
        values.count_cell(counts["due"]),
        values.count_cell(len(soon)),
        values.date_cell(_next(group)),
        values.count_cell(counts["permanent"]),
        values.count_cell(counts["held"]),
        Cell("; ".join(reasons), list(reasons)),
    )
