"""A number leaves a gap in its series

The running numbers of a series have no holes, so that a missing record is seen at once: that is how an
auditor knows that nothing was taken away. A gap appears when somebody types a number by hand, or
when two people prepared records and the first gave up.

**To mend it** take the number that the help names: `muniment renumber` moves a new record to it.
A number that was given up for good is closed by a record of type `void` that says why.
---
编号不连续

同一系列的流水号不留空号，少了一份记录马上就看得出来：审核员正是据此确认没有记录被抽走。
手工填写编号，或者两人同时起草而先占号的人放弃了，都会造成空号。

**怎么改**：改用提示中的编号，`muniment renumber` 可以把新记录移过去。确定不再使用的编号，用一条 `void`
（作废）记录说明原因。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import gaps, is_explained, runs, used

RULE = Rule(
    code="NUM004",
    name="gap-in-series",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` leaves a gap: {missing} missing",
        zh="编号 `{number}` 之前有空号：缺 {missing}",
    ),
    help=Text(
        en="the next free number is {next}; `muniment renumber {number}` moves this record",
        zh="下一个可用编号是 {next}；可用 `muniment renumber {number}` 移动本记录",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    paths = dict(used(facts))
    for run in runs(facts):
        for gap in gaps(run):
            missing = [number for number in gap.numbers if not is_explained(facts, number)]
            if missing:
                shown = missing[0] if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
                place = Place(paths[gap.after], ("number",))
                yield RULE.at(place, number=gap.after, missing=shown, next=missing[0])
