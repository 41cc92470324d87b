"""Two records bear the same number

A number stands for one record for ever. Two records with one number make every reference to it
ambiguous.

**To mend it** keep the record that had the number first, and give the other the next free number.
---
两条记录编号相同

一个编号永远只代表一条记录。两条记录共用一个编号，所有引用都会含糊不清。

**怎么改**：先用该编号的记录保留编号，另一条改用下一个可用编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.numbering import next_number_or_none

RULE = Rule(
    code="NUM006",
    name="duplicate-number",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` is also the number of `{other}`",
        zh="编号 `{number}` 与 `{other}` 重复",
    ),
    help=Text(
        en="the next free number is {next}",
        zh="下一个可用编号是 {next}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for other in facts.corpus.twins:
        first, twin = facts.corpus.records[other.number], other
        if twin.path == facts.policy.path_of(twin.number):
            first, twin = twin, first
        following = next_number_or_none(facts, twin.number[:2], str(twin.data.get("created", ""))[:4])
        yield RULE.at(
            Place(twin.path, ("number",)),
            number=twin.number,
            other=first.path,
            next=following or "?",
            related=(Related(Place(first.path, ("number",)), Text(en="used here", zh="此处已使用")),),
        )
