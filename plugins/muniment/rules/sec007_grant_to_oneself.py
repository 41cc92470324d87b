"""Access that somebody granted to himself

Nobody decides on his own access: neither as head of the department nor as secrecy officer.

**To mend it** have another person who holds the role decide.
---
给自己授权

任何人不得审批自己的查阅授权，部门负责人、保密管理员也不例外。

**怎么改**：由担任该角色的其他人审批。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC007",
    name="grant-to-oneself",
    clauses=("R5.2.3",),
    message=Text(
        en="`{staff}` ({name}) decided on his own access",
        zh="`{staff}`（{name}）审批了本人的查阅授权",
    ),
    help=Text(
        en="somebody else who holds the role decides",
        zh="请由担任该角色的其他人审批",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for grant in clearance.grants(facts):
        staff = str(grant.data["staff"])
        for act in grant.acts:
            if act.by == staff and act.decision == "approved" and act.revision == grant.revision:
                yield RULE.at(
                    Place(act.path, ("by",)), number=grant.number, staff=staff, name=facts.title(staff)
                )
