"""Stock-taking list

The list to take through the archive room: what should lie in which box, or with whom it is out on which loan, with room for what was
found. `muniment print stock-taking` makes it for paper, the XLSX for a tablet; what is missing afterwards is reported on the
record (R4.3.1).
---
清点表

带进档案室的清点表：每个档案盒里应有什么，借出的注明借阅编号和借阅人，并留出填写清点结果的栏目。纸质表用
`muniment print stock-taking` 打印，也可下载 XLSX 填写；清点中发现缺失的，在相应记录中登记。
"""

from __future__ import annotations

from muniment import i18n
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import registers, shelves, values
from muniment.views.shelves import Box, Paper

NAME = "stock-taking"
TITLE = Text("Stock-taking list", "清点表")
CLAUSES = ("R4.3.1",)
ORDER = 57


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("place", _("Place"), facet=True),
        Column("reference", _("Paper")),
        Column("number", _("File"), "number"),
        Column("title", _("Title")),
        Column("pages", _("Pages"), "integer"),
        Column("expected", _("Should be"), facet=True),
        Column("found", _("Found")),
        Column("counted", _("Pages counted")),
        Column("remarks", _("Remarks")),
    )
    rows = tuple(_row(facts, box, paper, lang) for box in shelves.boxes(facts, lang) for paper in box.papers)
    return Table(TITLE.render(lang), columns, rows, _("No record names a place for its paper copy."))


def _row(facts: Facts, box: Box, paper: Paper, lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    place = f"{box.room} {box.shelf} {box.name}"
    expected, value = _("in its box"), "in"
    if paper.loan is not None:
        borrower = facts.title(paper.loan.borrower)
        expected, value = _("out: {who} ({loan})").format(who=borrower, loan=paper.loan.number), "out"
    return (
        Cell(place, place),
        Cell(paper.reference, paper.reference),
        values.number_cell(facts, paper.record.number),
        registers.title_cell(facts, paper.record, lang),
        values.count_cell(paper.pages) if paper.pages else Cell(),
        Cell(expected, value),
        Cell("☐"),
        Cell(),
        Cell(),
    )
