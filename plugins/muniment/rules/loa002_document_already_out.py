"""A loan of a document that is already out

There is one paper. While one borrower has it, it cannot go to another, and an application for days on which it is out cannot be
granted. A file may be read by several at once; a loan that prolongs an earlier one names it in `renews`.

**To mend it** choose days after the one on which the document is due back, or have it returned first. Who wants to keep it longer writes a
new loan that names the present one in `renews`.
---
借阅的文件已经借出

纸质件只有一份，借给一人期间不能再借给别人，也不能批准这段时间的申请。电子件可以多人同时查阅；续借的，在 `renews` 中写明续借哪一次。

**怎么改**：把借阅日期改到应还日期之后，或先办理归还。需要延长的，另写借阅申请，并在 `renews` 中写明原借阅编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="LOA002",
    name="document-already-out",
    clauses=("R4.3.3",),
    message=Text(
        en="`{document}` is out by loan `{other}` until {due}",
        zh="`{document}` 已由 `{other}` 借出，应于 {due} 归还",
    ),
    help=Text(
        en="borrow it from a day after {due}, or have {other} returned first; to prolong it write `renews: {other}`",
        zh="请把借阅日期改到 {due} 之后，或先归还 {other}；续借的写 `renews: {other}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for loan, other in loans.clashes(facts):
        yield RULE.at(
            Place(loan.record.path, ("document",)),
            number=loan.number,
            related=(Related(Place(other.record.path, ("document",)), Text("the other loan", "另一借阅")),),
            document=loan.document,
            other=other.number,
            due=other.due,
        )
