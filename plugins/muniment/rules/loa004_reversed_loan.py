"""A loan that is due before it begins

The day on which the document is due back lies before the day on which it is borrowed.

**To mend it** correct `from` or `due`.
---
应还日期早于借阅日期

应还日期写在了借阅日期之前。

**怎么改**：更正 `from` 或 `due`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA004",
    name="reversed-loan",
    clauses=("R4.3.3",),
    message=Text(
        en="loan `{number}` begins on {start} and is due on {due}",
        zh="借阅 `{number}` 自 {start} 起，却应于 {due} 归还",
    ),
    help=Text(
        en="write a `due` of {start} or later",
        zh="应还日期请写 {start} 或之后",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for loan in loans.loans(facts):
        if loan.days < 0:
            place = Place(loan.record.path, ("due",))
            yield RULE.at(place, number=loan.number, start=loan.start, due=loan.due)
