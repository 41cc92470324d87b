"""A loan beyond the longest period

The policy `documents` says for how many days a document may be lent at most, so that it comes back while somebody still remembers where it
is. Who needs it longer asks again when the time is up.

**To mend it** bring `due` forward; a further loan with `renews` prolongs it.
---
借阅超过最长期限

制度 `documents` 规定了最长借阅天数，免得时间一长没人记得文件在哪里。需要更久的，到期后再申请续借。

**怎么改**：把应还日期提前；需要延长的，另写一份带 `renews` 的借阅申请。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA003",
    name="loan-too-long",
    clauses=("R4.3.3",),
    message=Text(
        en="loan `{number}` is for {days} days, and the longest is {longest}",
        zh="借阅 `{number}` 为期 {days} 天，最长为 {longest} 天",
    ),
    help=Text(
        en="let it be due on {latest} at the latest",
        zh="应还日期最晚写 {latest}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    longest = facts.policy.value("documents", "loans", "longest_days")
    revised = str(facts.policy.value("documents", "updated", default=""))
    for loan in loans.loans(facts):
        # What was approved under an earlier policy was right then.
        if not longest or (loan.approved is not None and loan.approved.date < revised):
            continue
        if loan.days > longest:
            latest = date.fromisoformat(loan.start) + timedelta(days=int(longest))
            yield RULE.at(
                Place(loan.record.path, ("due",)),
                number=loan.number,
                days=loan.days,
                longest=longest,
                latest=latest.isoformat(),
            )
