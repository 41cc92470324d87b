"""A term that ends before it begins

Agreements and grants end after they begin, and the next inspection of a safeguard comes after the last.

**To mend it** look at both dates; one of them is mistyped.
---
期限颠倒

保密协议、查阅授权的截止日期不早于起始日期；保密设施的下次检查晚于上次检查。

**怎么改**：核对两个日期，其中一个写错了。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC008",
    name="reversed-term",
    clauses=(
        "R5.2.1",
        "R5.2.2",
        "R5.2.3",
    ),
    message=Text(
        en="`{end}` comes before `{start}`",
        zh="`{end}` 早于 `{start}`",
    ),
    help=Text(
        en="mend the later date of the two, or the earlier one",
        zh="请核对并改正其中写错的日期",
    ),
)


_TERMS = {
    "nda": ("signed", "until"),
    "access-grant": ("from", "until"),
    "safeguard": ("inspected", "next_inspection"),
}


def check(facts: Facts) -> Iterator[Finding]:
    for name, (first, last) in _TERMS.items():
        for record in facts.corpus.of(name):
            start, end = str(record.data.get(first) or ""), str(record.data.get(last) or "")
            if start and end and end < start:
                yield RULE.at(Place(record.path, (last,)), number=record.number, start=start, end=end)
