"""Retired documents

Documents that no longer serve: retired by a leader of the company on the department's request, or destroyed by a
disposal. Each keeps its number and its page for ever. *Successor* is the document to use instead, *Decided by* and *Date* say
who retired it and when (R4.4.3).
---
已废止文件

不再适用的文件：经部门申请、公司领导批准废止，或已按销毁清单销毁。编号和页面永久保留。
“替代文件”一栏是现在应当使用的文件，“批准人”和“日期”说明由谁、何时废止。
"""

from __future__ import annotations

from muniment import i18n, lifecycle
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import documents, values
from muniment.views import record as records
from muniment.views.registers import title_cell

NAME = "retired"
TITLE = Text("Retired documents", "已废止文件")
CLAUSES = ("R4.4.3",)
ORDER = 40


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("department", _("Department"), "reference", True),
        Column("state", _("State"), "state", True),
        Column("date", _("Date"), "date"),
        Column("by", _("Decided by"), "reference"),
        Column("reason", _("Reason")),
        Column("successor", _("Successor"), "reference"),
    )
    rows = [
        row(facts, record, lang)
        for record in documents.of(facts)
        if facts.state(record.number) in lifecycle.ENDED
    ]
    rows.sort(key=lambda cells: cells[4].text, reverse=True)
    return Table(TITLE.render(lang), columns, tuple(rows), _("No document has been retired yet."))


def row(facts: Facts, record: Record, lang: Lang) -> tuple[Cell, ...]:
    banner = records.banner(facts, record, lang)
    field = next((each for each in record.type.fields if each.name == "department"), None)
    successors = list(records.successors(facts, record))
    return (
        values.number_cell(facts, record.number),
        title_cell(facts, record, lang),
        values.cell(facts, field, record.department, lang),
        values.state_cell(facts, record, lang),
        Cell(banner.date, banner.date) if banner else Cell(),
        values.references_cell(facts, [record.acts[-1].by], lang) if record.acts else Cell(),
        Cell(banner.reason, banner.reason) if banner else Cell(),
        values.references_cell(facts, successors, lang),
    )
