"""A series has no number left for this year

The running number of a series has a fixed count of digits: three digits give 999 numbers a year.

**To mend it** the policy `numbering` can widen the series (`widen: true`): after `XM2026999` comes `XM20261000`.
That is a change of policy, approved like every other.
---
编号已用完

流水号的位数是固定的：三位数一年只有 999 个编号。

**怎么改**：在制度 `numbering` 中为该系列写上 `widen: true`，`XM2026999` 之后就是 `XM20261000`。
修改制度须按审批链批准。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import is_beyond

RULE = Rule(
    code="NUM009",
    name="series-exhausted",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` is beyond the {digits} digits of series {letters}",
        zh="编号 `{number}` 超出 {letters} 系列的 {digits} 位流水号",
    ),
    help=Text(
        en="set `widen: true` for {letters} in the policy numbering, by its own approval",
        zh="请在制度 numbering 中为 {letters} 设置 `widen: true`，并走审批",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in (*facts.corpus, *facts.corpus.twins):
        series = facts.policy.series_of(record.number)
        if series is not None and is_beyond(series, record.number):
            place = Place(record.path, ("number",))
            yield RULE.at(place, number=record.number, digits=series.digits, letters=series.letters)
