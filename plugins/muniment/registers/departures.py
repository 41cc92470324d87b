"""Departures in progress

Everybody who has applied to leave and whose departure is not completed: which stages are settled and when, how many days are left, what
of the handover list the successor has received, and what is still in the leaver's name – projects, open tasks, loans, custody of
classified records. All of it must be passed on before the formalities (R3.4.1–R3.4.4).
---
离职办理进度

已申请离职、尚未办结的人员：各环节何时办理、还剩几天、交接清单已接收几项，以及名下还有什么：项目、未完成的任务、借阅、
涉密记录的保管。办理手续之前，这些都应移交完毕。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from muniment import custody, i18n, personnel
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import values, words

NAME = "departures"
TITLE = Text("Departures in progress", "离职办理进度")
CLAUSES = ("R3.4.1", "R3.4.2", "R3.4.3", "R3.4.4")
ORDER = 87
_CHAIN = "departure"


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("staff", _("Who"), "reference"),
        Column("department", _("Department"), "reference", True),
        Column("applied", _("Applied on"), "date"),
        Column("last_day", _("Last day"), "date"),
        Column("days", _("Days left"), "integer"),
        Column("state", _("State"), "state", True),
        *(Column(f"stage:{name}", words.stage(facts, name, lang), "date") for name in _stages(facts)),
        Column("received", _("Handed over"), "text"),
        Column("successors", _("Handed over to"), "reference"),
        Column("holdings", _("Still in the leaver's name")),
    )
    rows = tuple(_row(facts, record, lang) for record in _open(facts))
    empty = words.withheld(facts, lang, "departure")
    return Table(TITLE.render(lang), columns, rows, empty or _("Nobody is about to leave."))


def _stages(facts: Facts) -> tuple[str, ...]:
    return tuple(stage.name for stage in facts.policy.chains.get(_CHAIN, ()))


def _open(facts: Facts) -> Iterator[Record]:
    """Departures that are not completed, the next to go first."""
    done = {record.number for record, _act in personnel.departures(facts)}
    found = [record for record in personnel.in_use(facts, "departure") if record.number not in done]
    return iter(sorted(found, key=lambda record: (str(record.data["last_day"]), record.number)))


def _row(facts: Facts, record: Record, lang: Lang) -> tuple[Cell, ...]:
    data = record.data
    days = (date.fromisoformat(data["last_day"]) - date.fromisoformat(facts.today)).days
    lists = personnel.handovers(facts, record)
    items = [item for each in lists for item in each.data["items"]]
    received = sum(bool(item.get("received")) for item in items)
    settled = {
        step.stage.name: step.act.date
        for step in facts.standings[record.number].steps
        if step.is_done and step.act
    }
    return (
        values.number_cell(facts, record.number),
        values.reference_cell(facts, str(data["staff"]), lang),
        values.reference_cell(facts, record.department or "", lang),
        values.date_cell(data["applied"]),
        values.date_cell(data["last_day"]),
        values.count_cell(days),
        values.state_cell(facts, record, lang),
        *(values.date_cell(settled.get(name)) for name in _stages(facts)),
        Cell(f"{received} / {len(items)}" if items else "", {"received": received, "items": len(items)}),
        values.references_cell(facts, [str(each.data["to"]) for each in lists], lang),
        _holdings(facts, record, lang),
    )


def _holdings(facts: Facts, record: Record, lang: Lang) -> Cell:
    """What would stay in the leaver's name after the last day."""
    _ = i18n.translator(lang)
    titles = {
        "project": _("manages"),
        "team": _("in the team of"),
        "task": _("open task in"),
        "loan": _("on loan"),
        "record": _("custody of"),
    }
    held = dict.fromkeys(
        (each.kind, each.number)
        for each in custody.of(facts, str(record.data["staff"]), str(record.data["last_day"]))
    )
    parts = []
    for kind, number in held:
        shown = values.reference_cell(facts, number, lang)
        parts.append(Cell(f"{titles[kind]} {shown.words}", number, shown.link))
    return Cell("", [{"kind": kind, "number": number} for kind, number in held], parts=tuple(parts))
