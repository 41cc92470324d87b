"""A number lies below the first of its series

A series begins at 001 each year, unless the policy says that it begins elsewhere because earlier numbers
stand in an older register. A number below that beginning belongs to the older register.

**To mend it** take the next free number.
---
编号小于该系列的起始号

每个系列每年从 001 开始；如果制度规定从别的号开始，说明之前的号在旧登记簿里。小于起始号的编号属于旧登记簿。

**怎么改**：改用下一个可用编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import next_number_or_none, runs, used

RULE = Rule(
    code="NUM011",
    name="number-below-first",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` lies below {first}, the first of its series",
        zh="编号 `{number}` 小于该系列的起始号 {first}",
    ),
    help=Text(
        en="the next free number is {next}",
        zh="下一个可用编号是 {next}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    paths = dict(used(facts))
    for run in runs(facts):
        for serial, number in run.serials.items():
            if serial < run.first:
                following = next_number_or_none(facts, run.series.letters, run.year) or "?"
                first = run.series.number(run.year, run.first)
                yield RULE.at(Place(paths[number], ("number",)), number=number, first=first, next=following)
