"""A loan of a document that has ended

What is retired must not be used by mistake, and what is destroyed is not there any more. Neither is lent. Who needs to look into a
retired document does so in the archive room.

**To mend it** borrow the successor that the document's page names.
---
借阅已废止或已销毁的文件

已废止的文件不能再被误用，已销毁的文件已不存在，都不外借。确需查考已废止文件的，在档案室查阅。

**怎么改**：改借该文件页面上写明的替代文件。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.lifecycle import ENDED, destruction
from muniment.records import Record

RULE = Rule(
    code="LOA007",
    name="loan-of-ended-document",
    clauses=("R4.3.3", "R4.4.3"),
    message=Text(
        en="`{document}` is {state} and is to be lent from {start}",
        zh="`{document}` {state}，不能自 {start} 起借出",
    ),
    help=Text(
        en="borrow its successor instead",
        zh="请改借替代文件",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for loan in loans.loans(facts):
        document = facts.corpus.records.get(loan.document)
        if document is None or facts.state(loan.document) not in ENDED:
            continue
        start = loan.issued.date if loan.issued else loan.start
        if loan.issued is None or _ended(facts, document) <= start:
            yield RULE.at(
                Place(loan.record.path, ("document",)),
                number=loan.number,
                document=loan.document,
                state=facts.state_title(document),
                start=start,
            )


def _ended(facts: Facts, document: Record) -> str:
    """The day of the act that ended it."""
    by = facts.corpus.records.get(facts.destroyed.get(document.number, ""))
    act = destruction(by, facts.policy) if by is not None else None
    return act.date if act else document.acts[-1].date if document.acts else ""
