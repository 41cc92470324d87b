"""Loans out and overdue

What is with a borrower today, the longest overdue first, then what is approved and waits to be handed out. *Days* counts to the day on
which it is due back; below nought it is late. A loan that prolongs an earlier one names it (R4.3.3).
---
借出与逾期

目前在借阅人手中的文件，逾期最久的在前；其后是已批准、尚未借出的。“天数”是距应还日期的天数，负数为逾期。续借的注明原借阅。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from muniment import i18n, loans
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.loans import Loan
from muniment.tables import Cell, Column, Table
from muniment.views import values

NAME = "loans-out"
TITLE = Text("Loans out and overdue", "借出与逾期")
CLAUSES = ("R4.3.3",)
ORDER = 55
_STANDINGS: Mapping[str, Text] = {
    "overdue": Text("overdue", "逾期"),
    "due": Text("due within seven days", "七天内应还"),
    "out": Text("out", "借出"),
    "approved": Text("approved, not handed out", "已批准待借出"),
}
_SOON = 7


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("document", _("Document"), "reference"),
        Column("borrower", _("Borrower"), "reference"),
        Column("department", _("Department"), "reference", True),
        Column("medium", _("Medium"), facet=True),
        Column("issued", _("Handed out on"), "date"),
        Column("due", _("Due back on"), "date"),
        Column("days", _("Days"), "integer"),
        Column("standing", _("Standing"), "state", True),
        Column("renews", _("Prolongs"), "number"),
        Column("reason", _("Reason")),
    )
    found = sorted(_open(facts), key=lambda loan: (not loan.is_out, loan.due, loan.number))
    rows = tuple(_row(facts, loan, lang) for loan in found)
    return Table(TITLE.render(lang), columns, rows, _("Nothing is out on loan."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    counts = Counter(_standing(facts, loan) for loan in _open(facts))
    rows = tuple(Row(name, title.render(lang), (counts[name],)) for name, title in _STANDINGS.items())
    series = (Series("loans", _("loans")),)
    empty = _("Nothing is out on loan.")
    return (
        Chart("standing", _("Loans by where they stand"), "bars", _("Standing"), series, rows, empty=empty),
    )


def _open(facts: Facts) -> list[Loan]:
    return [
        loan
        for loan in loans.loans(facts)
        if loan.is_out or (loan.approved and not loan.issued and not loan.returned)
    ]


def _standing(facts: Facts, loan: Loan) -> str:
    if not loan.is_out:
        return "approved"
    days = _days(facts, loan)
    return "overdue" if days < 0 else "due" if days <= _SOON else "out"


def _days(facts: Facts, loan: Loan) -> int:
    return (date.fromisoformat(loan.due) - date.fromisoformat(facts.today)).days


def _row(facts: Facts, loan: Loan, lang: Lang) -> tuple[Cell, ...]:
    borrower = facts.corpus.records.get(loan.borrower)
    field = next((each for each in loan.record.type.fields if each.name == "medium"), None)
    name = _standing(facts, loan)
    reason = str(loan.record.data["reason"])
    return (
        values.number_cell(facts, loan.number),
        values.reference_cell(facts, loan.document, lang),
        values.reference_cell(facts, loan.borrower, lang),
        values.reference_cell(facts, (borrower.department if borrower else "") or "", lang),
        values.cell(facts, field, loan.medium, lang),
        values.date_cell(loan.issued.date if loan.issued else ""),
        values.date_cell(loan.due),
        Cell(str(_days(facts, loan)), _days(facts, loan)),
        Cell(_STANDINGS[name].render(lang), name, tone=name),
        values.number_cell(facts, loan.renews) if loan.renews else Cell(),
        Cell(reason, reason),
    )
