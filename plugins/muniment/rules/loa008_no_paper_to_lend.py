"""A loan on paper of what has no paper copy

The archive room can only hand out what lies there. The record of this document names no place for a paper copy.

**To mend it** borrow the file (`medium: electronic`), or enter the place of the paper in the document's record.
---
借阅的文件没有纸质件

档案室只能借出实际存放的纸质件，而该文件的记录没有写明纸质存放位置。

**怎么改**：改借电子件（`medium: electronic`），或在文件记录中登记纸质件的存放位置。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA008",
    name="no-paper-to-lend",
    severity="warning",
    clauses=("R4.3.1", "R4.3.3"),
    message=Text(
        en="`{document}` is to be lent on paper and has no paper copy",
        zh="`{document}` 没有登记纸质件，却要借阅纸质件",
    ),
    help=Text(
        en="write `medium: electronic`, or enter `paper` in {document}",
        zh="请写 `medium: electronic`，或在 {document} 中登记 `paper`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for loan in loans.loans(facts):
        document = facts.corpus.records.get(loan.document)
        if document is None or loan.medium != "paper" or loan.returned is not None:
            continue
        if not document.data.get("paper"):
            yield RULE.at(Place(loan.record.path, ("medium",)), number=loan.number, document=loan.document)
