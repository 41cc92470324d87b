"""A borrower who approved the loan himself

The head of the department approves what others of the department borrow. What the head borrows is approved by somebody else who holds
the role there, a deputy or the superior.

**To mend it** have somebody else approve, or borrow in another name.
---
借阅人自己批准借阅

部门负责人批准本部门其他人的借阅；负责人自己借阅的，由同部门担任该角色的其他人（副职或上级）批准。

**怎么改**：请其他人批准。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA009",
    name="borrower-approves",
    clauses=("R4.3.3",),
    message=Text(
        en="`{borrower}` ({name}) borrows and approved the loan",
        zh="`{borrower}`（{name}）既是借阅人，又批准了借阅",
    ),
    help=Text(
        en="somebody else who holds the role approves it",
        zh="请由担任该角色的其他人批准",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for loan in loans.loans(facts):
        if loan.approved is not None and loan.approved.by == loan.borrower:
            yield RULE.at(
                Place(loan.approved.path, ("by",)),
                number=loan.number,
                borrower=loan.borrower,
                name=facts.title(loan.borrower),
            )
