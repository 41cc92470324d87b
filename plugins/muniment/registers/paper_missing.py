"""Paper copies that are missing

Documents in force of the classes and kinds for which the policy `documents` asks for a paper copy beside the file (`paper_copies: {classes, kinds}`),
and whose record names no place for it, the oldest first (R4.3.1).
---
缺纸质件

制度 `documents` 要求电子与纸质并存的类别和种类（`paper_copies: {classes, kinds}`）中，现行有效却没有登记纸质存放位置的文件，最早的在前。
"""

from __future__ import annotations

from datetime import date

from muniment import i18n, retention
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import documents, registers, values

NAME = "paper-missing"
TITLE = Text("Paper copies that are missing", "缺纸质件")
CLAUSES = ("R4.3.1",)
ORDER = 58


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("class", _("Class"), facet=True),
        Column("kind", _("Kind"), facet=True),
        Column("department", _("Department"), "reference", True),
        Column("published", _("In force since"), "date"),
        Column("days", _("Days"), "integer"),
    )
    rows = tuple(_row(facts, record, lang) for record in missing(facts))
    asked = facts.policy.value("documents", "paper_copies", default={})
    empty = (
        _("Every document that needs a paper copy has one.")
        if asked
        else _("The policy asks for no paper copies.")
    )
    return Table(TITLE.render(lang), columns, rows, empty)


def missing(facts: Facts) -> list[Record]:
    """Documents in force that need a paper copy and name no place for it."""
    classes = facts.policy.value("documents", "paper_copies", "classes", default=())
    kinds = facts.policy.value("documents", "paper_copies", "kinds", default=())
    found = [
        period.record
        for period in documents.in_force(facts)
        if not (record := period.record).data.get("paper")
        and (record.data.get("class") in classes or record.data.get("kind") in kinds)
    ]
    return sorted(found, key=lambda record: (_since(facts, record), record.number))


def _since(facts: Facts, record: Record) -> str:
    return retention.triggered(facts, record, retention.PUBLISHED)


def _row(facts: Facts, record: Record, lang: Lang) -> tuple[Cell, ...]:
    since = _since(facts, record)
    days = (date.fromisoformat(facts.today) - date.fromisoformat(since)).days if since else None
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        Cell(documents.class_title(facts, str(record.data["class"]), lang), record.data["class"]),
        values.cell(facts, registers.field_of(record, "kind"), record.data.get("kind"), lang),
        values.reference_cell(facts, record.department or "", lang),
        values.date_cell(since),
        Cell() if days is None else values.count_cell(days),
    )
