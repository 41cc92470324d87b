"""Shelf list

What lies in which box of which shelf, in the order in which one walks along: the paper's own number in its box and the number of the file,
so that each leads to the other (互见号), pages, level, until when it is kept, and who has it while it is out. `muniment print --labels`
makes the labels, `muniment print shelf-list` this list on paper (R4.3.1).
---
架位目录

按架位顺序列出每个档案盒里有什么：纸质件在盒内的件号和电子文件编号（互见号）、页数、密级、保管到哪天，借出的注明在谁手里。
标签用 `muniment print --labels` 打印，本目录用 `muniment print shelf-list` 打印。
"""

from __future__ import annotations

from muniment import i18n, retention
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import registers, shelves, values
from muniment.views.shelves import Box, Paper

NAME = "shelf-list"
TITLE = Text("Shelf list", "架位目录")
CLAUSES = ("R4.3.1",)
ORDER = 56


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("room", _("Room"), facet=True),
        Column("shelf", _("Shelf"), facet=True),
        Column("box", _("Box"), facet=True),
        Column("reference", _("Paper")),
        Column("number", _("File"), "number"),
        Column("title", _("Title")),
        Column("pages", _("Pages"), "integer"),
        Column("level", _("Level"), "level", True),
        Column("state", _("State"), "state", True),
        Column("expires", _("Kept until")),
        Column("borrower", _("With"), "reference"),
    )
    rows = tuple(_row(facts, box, paper, lang) for box in shelves.boxes(facts, lang) for paper in box.papers)
    empty = _("No record names a place for its paper copy.")
    return Table(TITLE.render(lang), columns, rows, empty)


def _row(facts: Facts, box: Box, paper: Paper, lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    record = paper.record
    period = retention.period(facts, record)
    until = _("for ever") if period and period.is_permanent else period.expires if period else ""
    return (
        Cell(box.room, box.room),
        Cell(box.shelf, box.shelf),
        Cell(box.name, box.name),
        Cell(paper.reference, paper.reference),
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        values.count_cell(paper.pages) if paper.pages else Cell(),
        values.level_cell(facts, record, lang),
        values.state_cell(facts, record, lang),
        Cell(until, until or None),
        values.reference_cell(facts, paper.loan.borrower if paper.loan else "", lang),
    )
