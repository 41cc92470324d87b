"""Destroyed, and to be destroyed

Every record that a list of disposal names: on which list, why, until when it was kept, who appraised, approved and witnessed, how and when it was
destroyed; lists in progress say at which stage they wait. The lists themselves are kept for ever, and each record keeps its
number and its page (R4.3.2).
---
销毁情况

销毁清单所列的每一份记录：在哪份清单、为什么、保管到哪天、由谁鉴定、批准、监销，何时以何种方式销毁；办理中的清单注明停在哪个环节。
清单永久保存，被销毁的记录保留编号和页面。
"""

from __future__ import annotations

from muniment import i18n, retention
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import values, words

NAME = "destructions"
TITLE = Text("Destroyed, and to be destroyed", "销毁情况")
CLAUSES = ("R4.3.2",)
ORDER = 54


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("list", _("List"), "number"),
        Column("document", _("Record"), "reference"),
        Column("expires", _("Kept until"), "date"),
        Column("reason", _("Reason")),
        Column("state", _("State"), "state", True),
        Column("stage", _("Next stage"), facet=True),
        Column("decided", _("Decided by"), "reference"),
        Column("date", _("Destroyed on"), "date"),
        Column("method", _("Method")),
        Column("witnesses", _("Witnesses"), "reference"),
    )
    lists = sorted(retention.disposals(facts), key=lambda each: each.number, reverse=True)
    rows = tuple(row for each in lists for row in rows_of(facts, each, lang))
    return Table(
        TITLE.render(lang), columns, rows, _("Nothing has been destroyed, and nothing is on a list.")
    )


def rows_of(facts: Facts, disposal: Record, lang: Lang) -> list[tuple[Cell, ...]]:
    """The rows of one list."""
    act = retention.carried_out(facts, disposal)
    standing = facts.standings[disposal.number]
    decided = [step.act.by for step in standing.steps if step.act and not step.stage.event and step.is_done]
    waiting = standing.waiting if act is None else None
    said = (act.data.get("details") or {}) if act else {}
    method = str(said.get("method") or disposal.data["method"])
    witnesses = [str(each) for each in disposal.data["witnesses"]]
    rows: list[tuple[Cell, ...]] = []
    for number in disposal.data["documents"]:
        target = facts.corpus.records.get(number)
        period = retention.period(facts, target) if target else None
        rows.append(
            (
                values.number_cell(facts, disposal.number),
                values.reference_cell(facts, number, lang),
                values.date_cell(period.expires if period else ""),
                Cell(str(disposal.data["reason"]), disposal.data["reason"]),
                values.state_cell(facts, disposal, lang),
                Cell(words.stage(facts, waiting.name, lang), waiting.name) if waiting else Cell(),
                values.references_cell(facts, decided[-1:], lang),
                values.date_cell(act.date if act else ""),
                Cell(method, method),
                values.references_cell(facts, witnesses, lang),
            )
        )
    return rows
