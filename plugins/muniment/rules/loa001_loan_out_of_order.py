"""A loan whose dates contradict each other

First the head of the department approves, then the archive keeper hands out, then the document comes back. What is handed out on a
day before it was approved was handed out without approval.

**To mend it** find out what really happened and give the act its true date; an act that was landed is answered by a new one. If the
document did go out without approval, say so in the comment.
---
借阅的日期前后矛盾

先由部门负责人批准，再由档案管理员借出，然后归还。借出日期早于批准日期，就是未经批准借出。

**怎么改**：核实实际经过，写明真实日期；已经入库的办理记录只能另行补记。确实未经批准就借出的，在意见中如实说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA001",
    name="loan-out-of-order",
    clauses=("R4.3.3",),
    message=Text(
        en="loan `{number}` was {later} on {day}, before it was {earlier} on {other}",
        zh="借阅 `{number}` 于 {day} {later}，早于 {other} 的{earlier}",
    ),
    help=Text(
        en="give the act the day on which it happened",
        zh="请写明实际办理的日期",
    ),
)

_WORDS = (Text("approved", "批准"), Text("handed out", "借出"), Text("returned", "归还"))


def check(facts: Facts) -> Iterator[Finding]:
    for loan in loans.loans(facts):
        acts = (loan.approved, loan.issued, loan.returned)
        for place in (1, 2):
            before, after = acts[place - 1], acts[place]
            if before and after and after.date < before.date:
                yield RULE.at(
                    Place(after.path, ("date",)),
                    number=loan.number,
                    later=_WORDS[place],
                    day=after.date,
                    earlier=_WORDS[place - 1],
                    other=before.date,
                )
