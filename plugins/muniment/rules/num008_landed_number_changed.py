"""A number that has landed was changed

Once a record is on main its number is its name for ever; others cite it, print it and bind it. It
is not changed, not even to close a gap or to mend a slip.

**To mend it** restore the old number and the old folder. A record that must not be used any more is
retired or made void, and a new one is written.
---
已生效的编号被更改

记录并入主分支后，编号就是它永久的名字：别人会引用、打印、装订。即使为了补空号或改正笔误，也不得更改。

**怎么改**：恢复原编号和原文件夹。不再使用的记录走废止或作废，另立新记录。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import renumbered

RULE = Rule(
    code="NUM008",
    name="landed-number-changed",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` had landed and now reads `{now}`",
        zh="编号 `{number}` 已经生效，现在被改成 `{now}`",
    ),
    help=Text(
        en="restore `{path}` with number {number}",
        zh="请恢复 `{path}`，编号仍为 {number}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for path, was, record in renumbered(facts):
        yield RULE.at(Place(record.path, ("number",)), number=was, now=record.number, path=path)
