"""Sealed facts that were not read here

The facts of these records are encrypted and no private key that opens them was given, so the rules about them were not applied. This is
no fault of the records; it says how far this check goes.

**To mend it** somebody who may read them runs the check with their key.
---
封存的事实未能检查

这些记录的事实已加密，本次检查没有能打开它们的私钥，相关规则没有执行。这不是记录的错，只是说明检查的范围。

**怎么改**：由有权知悉的人带上私钥再检查一次。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.keystore import FOLDER

RULE = Rule(
    code="SEC018",
    name="sealed-facts-unread",
    severity="warning",
    clauses=("R5.2.4",),
    message=Text(
        en="the sealed facts of {count} records were not read, from {first} to {last}: no key at hand opens them",
        zh="有 {count} 条记录的封存事实未能检查（{first} 至 {last}）：没有能打开的私钥",
    ),
    help=Text(
        en="who may read them runs: muniment check --identity FILE",
        zh="请由有权知悉的人运行：muniment check --identity 文件",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    rings = facts.keystore.rings
    closed = [
        record.number
        for record in facts.corpus
        if record.seal == "closed" and not (record.number in rings and rings[record.number].destroyed)
    ]
    if closed:
        yield RULE.at(Place(FOLDER), count=len(closed), first=closed[0], last=closed[-1])
