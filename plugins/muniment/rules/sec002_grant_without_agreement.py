"""Access granted to somebody without an agreement

Whoever is let at classified documents has signed a confidentiality agreement before, and it is in force on the day on which the access
begins. An agreement that was signed later, or had ended, does not count.

**To mend it** have the agreement signed and register it (`muniment new nda`); let the access begin on that day or later.
---
授权时没有有效的保密协议

查阅涉密文件的人，必须事先签订保密协议，且授权开始之日协议有效。之后才签订的、当时已经到期的，都不算。

**怎么改**：先签订协议并登记（`muniment new nda`），授权的起始日期不早于签订之日。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC002",
    name="grant-without-agreement",
    clauses=(
        "R5.2.1",
        "R5.2.3",
    ),
    message=Text(
        en="`{staff}` ({name}) has no agreement in force on {day}",
        zh="`{staff}`（{name}）在 {day} 没有有效的保密协议",
    ),
    help=Text(
        en="register the agreement: `muniment new nda --set staff={staff}`; the access begins on or after the day it was signed",
        zh="请登记保密协议：`muniment new nda --set staff={staff}`；授权起始日期不早于签订日期",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    if facts.corpus.is_closed("nda"):
        return
    for grant in clearance.grants(facts):
        staff, day = str(grant.data["staff"]), str(grant.data["from"])
        if clearance.agreement(facts, staff, day) is None:
            yield RULE.at(
                Place(grant.path, ("staff",)),
                number=grant.number,
                staff=staff,
                name=facts.title(staff),
                day=day,
            )
