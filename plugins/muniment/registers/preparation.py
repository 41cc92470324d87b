"""In preparation

Numbers that are not on main yet, with the branches that hold them: somebody is writing there, or a pull request waits. What
such a record says is to be read on its branch until it lands. A branch that was given up keeps its number taken; delete
it, or close the number with a record of type void (R4.1.2).
---
编写中

尚未进入主分支、已由某个分支占用的编号：有人正在起草，或合并请求尚待处理。合并之前，内容请到该分支查看。
已放弃的分支会一直占着编号；请删除分支，或登记一条“编号作废”。
"""

from __future__ import annotations

from muniment import i18n
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import addresses

NAME = "preparation"
TITLE = Text("In preparation", "编写中")
CLAUSES = ("R4.2.2",)
ORDER = 25


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("series", _("Series"), facet=True),
        Column("year", _("Year"), facet=True),
        Column("branch", _("Branch"), facet=True),
    )
    elsewhere = facts.ledger.elsewhere if facts.ledger else {}
    rows = tuple(
        row(facts, number, elsewhere[number], lang)
        for number in sorted(elsewhere)
        if number not in facts.corpus.records and number not in facts.corpus.broken
    )
    return Table(TITLE.render(lang), columns, rows, _("No branch holds a number that main lacks."))


def row(facts: Facts, number: str, branches: tuple[str, ...], lang: Lang) -> tuple[Cell, ...]:
    series = facts.policy.series_of(number)
    title = f"{series.letters} {series.title.render(lang)}" if series else number[:2]
    year = addresses.year_of(facts.policy, number)
    return (
        Cell(number, number),
        Cell(title, number[:2]),
        Cell(year, year or None),
        Cell(", ".join(branches), list(branches)),
    )
