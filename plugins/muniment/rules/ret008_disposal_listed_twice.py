"""A record on two lists of disposal

What one list has destroyed, or is about to, cannot be destroyed by another: one of the two proofs would be false.

**To mend it** take the record off the later list.
---
同一记录列入两份销毁清单

一份清单已经销毁或准备销毁的记录，不能再由另一份清单销毁，否则两份证明中必有一份不实。

**怎么改**：从较晚的清单中去掉该记录。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="RET008",
    name="disposal-listed-twice",
    clauses=("R4.3.2",),
    message=Text(
        en="`{target}` is on the list `{other}` already",
        zh="`{target}` 已列入销毁清单 `{other}`",
    ),
    help=Text(
        en="take {target} off the list {number}",
        zh="请从清单 {number} 中去掉 {target}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    first: dict[str, tuple[str, Place]] = {}
    lists = sorted(
        retention.disposals(facts),
        key=lambda each: (retention.carried_out(facts, each) is None, each.number),
    )
    for disposal in lists:
        for index, target in enumerate(disposal.data["documents"]):
            place = Place(disposal.path, ("documents", index))
            other = first.setdefault(target, (disposal.number, place))
            if other[0] != disposal.number:
                note = Related(other[1], Text("on the other list", "在另一份清单中"))
                yield RULE.at(place, number=disposal.number, related=(note,), target=target, other=other[0])
