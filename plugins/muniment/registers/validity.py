"""Documents in force on a day

Every revision of every document that was ever in force, with the first day on which it held and the day on which it no longer did:
replaced by its next revision, or retired. Choose a day above the table to see what people had to act on then; an auditor's “what was
in force on 3 March?” is answered so. A revision counts from the day its last approval reached the main line, or from its effective date where
that is later; what was decided before the registry began counts from the day it was decided (R4.4.1).
---
某日有效文件

每份文件每一版的有效期：从哪天起有效，到哪天不再有效（被下一版替代，或者废止）。在表格上方选定日期，就能看到当天应当依据哪些文件，
用来回答审核员“3 月 3 日有效的是哪一版”之类的问题。某一版自最后一道审批进入主线之日起有效，注明更晚生效日期的从生效日期起；
登记库建立之前批准的文件从批准之日起。
"""

from __future__ import annotations

from muniment import i18n
from muniment import validity as periods
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.validity import Period
from muniment.views import documents, registers, values, words

NAME = "validity"
TITLE = Text("Documents in force on a day", "某日有效文件")
CLAUSES = ("R4.4.1", "R4.4.3")
ORDER = 15
PAST = True


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    found = [period for each in periods.every(facts).values() for period in each]
    found.sort(key=lambda period: (period.start, period.record.number), reverse=True)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("type", _("Type"), facet=True),
        Column("department", _("Department"), "reference", True),
        Column("revision", _("Revision"), "integer"),
        Column("from", _("In force from"), "date"),
        Column("until", _("No longer from"), "date"),
        Column("ended", _("Because"), facet=True),
        Column("level", _("Level"), "level", True),
    )
    rows = tuple(_row(facts, period, lang) for period in found)
    return Table(
        TITLE.render(lang), columns, rows, _("No document has come into force yet."), ("from", "until")
    )


def _row(facts: Facts, period: Period, lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    record = period.record
    link = documents.revision_link(facts, record)
    number = values.number_cell(facts, record.number)
    because = {
        "": "",
        "revision": _("replaced by the next revision"),
        "retirement": words.any_state(facts, "retired", lang),
        "disposal": words.any_state(facts, "disposed", lang),
    }[period.ended_by]
    return (
        Cell(number.text, number.value, link, number.key),
        Cell(record.title, record.title, link),
        Cell(values.heading(record.type.title.render(lang), lang), record.type.name),
        values.cell(facts, registers.field_of(record, "department"), record.department, lang),
        Cell(str(record.revision), record.revision),
        Cell(period.start, period.start),
        Cell(period.end, period.end or None),
        Cell(because, period.ended_by or None),
        values.level_cell(facts, record, lang),
    )
