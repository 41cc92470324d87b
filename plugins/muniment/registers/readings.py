"""Readings that were confirmed

Every reading of every revision, the newest first: who confirmed it, when, with which evidence and in which commit. A reading is
a file of the reader's own that nobody can change afterwards (ISO 9001 7.5.3.2).
---
阅读确认记录

每一版的每一次阅读确认，新的在前：谁确认的、哪天、证据级别、在哪次提交中。阅读确认是阅读人自己提交的文件，之后谁也不能改。
"""

from __future__ import annotations

from muniment import distribution, i18n
from muniment.distribution import Reading
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import record as records
from muniment.views import registers, values, words

NAME = "readings"
TITLE = Text("Readings that were confirmed", "阅读确认记录")
CLAUSES = ("R4.4.2",)
ORDER = 19


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("date", _("Date"), "date"),
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("revision", _("Revision"), "integer"),
        Column("staff", _("Person"), "reference", True),
        Column("department", _("Department"), "reference", True),
        Column("present", _("Present revision"), "mark"),
        Column("evidence", _("Evidence"), facet=True),
        Column("commit", _("Commit")),
    )
    found = sorted(distribution.readings(facts), key=lambda each: (each.record.number, each.act.by))
    found.sort(key=lambda each: each.act.date, reverse=True)
    rows = tuple(_row(facts, each, lang) for each in found)
    return Table(TITLE.render(lang), columns, rows, _("Nobody has confirmed a reading yet."))


def _row(facts: Facts, each: Reading, lang: Lang) -> tuple[Cell, ...]:
    act = each.act
    level, commit = records.proof(facts, act)
    person = facts.corpus.records.get(act.by)
    return (
        values.date_cell(act.date),
        values.number_cell(facts, each.record.number),
        registers.title_cell(facts, each.record, lang),
        values.count_cell(act.revision),
        values.references_cell(facts, [act.by], lang),
        values.reference_cell(facts, person.department or "", lang) if person else Cell(),
        Cell("✓", True) if each.is_current else Cell("", False),
        Cell(words.evidence(level, lang), level) if level else Cell(),
        Cell(commit[:10], commit or None),
    )
