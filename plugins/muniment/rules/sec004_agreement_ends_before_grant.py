"""An agreement that ends before the access does

The access lasts longer than the agreement that it rests on. It is in order today, but not to its end.

**To mend it** have a new agreement signed before the old one ends, or shorten the access.
---
保密协议先于授权到期

授权的期限长于所依据的保密协议。眼下没有问题，但协议到期之后就没有依据了。

**怎么改**：在到期之前续签协议并登记，或缩短授权期限。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC004",
    name="agreement-ends-before-grant",
    severity="warning",
    clauses=("R5.2.1",),
    message=Text(
        en="access until {until}, but the agreement `{agreement}` of {name} ends on {end}",
        zh="授权至 {until}，而{name}的保密协议 `{agreement}` 于 {end} 到期",
    ),
    help=Text(
        en="register a new agreement from {end} on, or let the access end then",
        zh="请登记自 {end} 起的新协议，或将授权截止日期提前",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for grant in clearance.grants(facts):
        staff, until = str(grant.data["staff"]), str(grant.data["until"])
        held = clearance.agreement(facts, staff, str(grant.data["from"]))
        if (
            held is not None
            and clearance.agreement(facts, staff, until) is None
            and until >= grant.data["from"]
        ):
            yield RULE.at(
                Place(grant.path, ("until",)),
                number=grant.number,
                until=until,
                agreement=held.number,
                name=facts.title(staff),
                end=str(held.data.get("until") or ""),
            )
