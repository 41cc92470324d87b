"""A renewal that does not fit the loan that it prolongs

A loan that names another in `renews` prolongs it: the same document, the same borrower, on the same medium, from a day on
which the earlier one still ran or had just ended.

**To mend it** name the loan that is really prolonged, or leave `renews` out: then it is a loan of its own.
---
续借与原借阅不符

在 `renews` 中写明另一借阅的，是续借：同一文件、同一借阅人、同一介质，起始日期不早于原借阅的起始日期。

**怎么改**：写明真正续借的那一次，或删去 `renews`，作为单独的借阅。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA010",
    name="renewal-of-another",
    clauses=("R4.3.3",),
    message=Text(
        en="loan `{number}` renews `{other}`, and its `{field}` is another",
        zh="借阅 `{number}` 续借 `{other}`，但 `{field}` 不同",
    ),
    help=Text(
        en="write what {other} says there, or leave `renews` out",
        zh="请与 {other} 一致，或删去 `renews`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    known = {loan.number: loan for loan in loans.loans(facts)}
    for loan in known.values():
        other = known.get(loan.renews)
        if other is None:
            continue
        for field in ("document", "borrower", "medium"):
            if getattr(loan, field) != getattr(other, field):
                yield RULE.at(
                    Place(loan.record.path, (field,)), number=loan.number, other=other.number, field=field
                )
        if loan.number == other.number or loan.start < other.start:
            yield RULE.at(
                Place(loan.record.path, ("from",)), number=loan.number, other=other.number, field="from"
            )
