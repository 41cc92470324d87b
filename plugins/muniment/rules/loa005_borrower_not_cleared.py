"""A borrower who is not cleared for the document

A confidential document goes only to those who may read it for as long as they have it: its custodian, its author, the readers that it
names, and whoever holds a grant for it or for its level on the first and on the last day of the loan.

**To mend it** have access granted first (`muniment new access-grant`), or lend it for the days of the grant, or to somebody who is cleared.
---
借阅人无权查阅该密级

涉密文件只能借给有权查阅的人，而且整个借期都要有权：保管人、编写人、文件列明的知悉人员，以及借阅首日和末日都持有该文件或该密级授权的人。

**怎么改**：先办理查阅授权（`muniment new access-grant`），或把借期改在授权期内，或借给有权查阅的人。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance, loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.views import words

RULE = Rule(
    code="LOA005",
    name="borrower-not-cleared",
    clauses=("R4.3.3", "R5.2.3"),
    message=Text(
        en="`{borrower}` ({name}) is not cleared for `{document}` ({level}) on {day}",
        zh="`{borrower}`（{name}）在 {day} 无权查阅 `{document}`（{level}）",
    ),
    help=Text(
        en="grant access from {start} to {due} first: `muniment new access-grant`",
        zh="请先办理 {start} 至 {due} 的查阅授权：`muniment new access-grant`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for loan in loans.loans(facts):
        document = facts.corpus.records.get(loan.document)
        if document is None or loan.returned is not None:
            continue
        for day in (loan.start, loan.due):
            if not clearance.is_cleared(facts, loan.borrower, document, day):
                yield RULE.at(
                    Place(loan.record.path, ("borrower",)),
                    number=loan.number,
                    borrower=loan.borrower,
                    name=facts.title(loan.borrower),
                    document=loan.document,
                    level=words.LEVELS.get(facts.level(document), facts.level(document)),
                    day=day,
                    start=loan.start,
                    due=loan.due,
                )
                break
