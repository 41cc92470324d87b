"""Money collected against contracts

Each project with a contract or a payment: the fee, what should have come in by now, what has, and what is overdue. What comes in
pays the earliest instalment that is still open (R2.1.3, R2.3.4).
---
合同收款情况

有合同或有收款的项目：服务费、截至今天应收、已收、应收未收。收到的款项先抵最早一期未收足的分期款。
"""

from __future__ import annotations

from decimal import Decimal

from muniment import delivery, engagement, i18n
from muniment.charts import Chart, Row, Series
from muniment.delivery import Account
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, registers, values, words, work

NAME = "receipts"
TITLE = Text("Money collected against contracts", "合同收款情况")
CLAUSES = ("R2.1.3", "R2.3.4")
ORDER = 48
_MOST = 15  # bars of the chart


def accounts(facts: Facts) -> list[tuple[Engagement, Account]]:
    """Newest projects first."""
    found = [(own, delivery.account(facts, own)) for own in engagement.engagements(facts).values()]
    known = [(own, each) for own, each in found if each.instalments or each.collected]
    return sorted(known, key=lambda pair: pair[0].project.number, reverse=True)


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("client", _("Client"), "reference", True),
        Column("contracts", _("Contracts"), "reference"),
        Column("currency", _("Currency"), facet=True),
        Column("fee", _("Fee"), "decimal"),
        Column("due", _("Due by now"), "decimal"),
        Column("collected", _("Collected"), "decimal"),
        Column("overdue", _("Overdue"), "decimal"),
        Column("open", _("To come"), "decimal"),
    )
    rows = tuple(_row(facts, own, account, lang) for own, account in accounts(facts))
    empty = words.withheld(facts, lang, "project") or _("There is no contract and no payment yet.")
    return Table(TITLE.render(lang), columns, rows, empty)


def _row(facts: Facts, own: Engagement, account: Account, lang: Lang) -> tuple[Cell, ...]:
    record = own.project
    contracts = list(dict.fromkeys(each.contract.number for each in account.instalments))
    due = sum((each.amount for each in account.instalments if each.due and each.due < facts.today), Decimal())
    late = account.overdue(facts.today)
    left = sum((each.open for each in account.instalments), Decimal()) - late
    amounts = (due, account.collected, late, left)
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        values.references_cell(facts, [str(record.data["client"])], lang),
        values.references_cell(facts, contracts, lang),
        Cell(account.currency, account.currency or None),
        Cell() if account.fee is None else work.amount_cell(account.fee),
        *(
            Cell() if account.fee is None and amount is not account.collected else work.amount_cell(amount)
            for amount in amounts
        ),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """The newest projects with a fee: paid, overdue, to come. Only those in the currency that most have."""
    _ = i18n.translator(lang)
    known = [(own, account) for own, account in accounts(facts) if account.fee is not None]
    currencies = [account.currency for _own, account in known]
    common = max(sorted(set(currencies)), key=currencies.count, default="")
    rows = []
    for own, account in [pair for pair in known if pair[1].currency == common][:_MOST]:
        late = account.overdue(facts.today)
        left = sum((each.open for each in account.instalments), Decimal()) - late
        record = own.project
        rows.append(
            Row(
                record.number,
                f"{record.number} {record.title}",
                (account.collected, late, left),
                addresses.record(facts.policy, record.number),
            )
        )
    title = _("Fees: paid, overdue, to come ({currency})").format(currency=common) if common else _("Fees")
    return (
        Chart(
            "fees",
            title,
            "bars",
            _("Project"),
            (
                Series("paid", _("paid"), "good"),
                Series("late", _("overdue"), "bad"),
                Series("ahead", _("not due yet"), "muted"),
            ),
            tuple(rows),
            empty=_("There is no contract yet."),
        ),
    )
