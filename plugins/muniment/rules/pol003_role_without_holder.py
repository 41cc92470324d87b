"""A stage that nobody can decide

A chain asks for a role that nobody on the staff register holds today. Every record of that chain will stop there.

**To mend it** enter the role for somebody: personnel and a leader approve. If the stage is not needed, change the
policy `review`.
---
没有人能办理某个环节

审批链要求的职责，人员档案中目前没有人担任。走这条审批链的记录都会停在这里。

**怎么改**：为有关人员登记该职责（人事审核、领导批准）。如果不需要这个环节，修改制度 `review`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL003",
    name="role-without-holder",
    severity="warning",
    clauses=("R4.2.2",),
    message=Text(
        en="nobody holds any role of the stage `{stage}` today: {roles}",
        zh="`{stage}` 环节所需的职责目前无人担任：{roles}",
    ),
    help=Text(
        en="give one of them to somebody in records/organization/staff/, under `roles`",
        zh="请在 records/organization/staff/ 中为有关人员登记 `roles`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("review")
    if policy is None:
        return
    told: set[tuple[str, ...]] = set()
    for chain, stages in facts.policy.chains.items():
        for index, stage in enumerate(stages):
            # `superior` is whoever the staff record names; the secrecy officer has a rule of his own.
            if {"superior", "secrecy-officer"} & set(stage.roles) or stage.roles in told:
                continue
            if not any(any(facts.holders(role, facts.today)) for role in stage.roles):
                told.add(stage.roles)
                place = Place(policy.path, ("chains", chain, index, "role"))
                yield RULE.at(place, number="review", stage=stage.name, roles=", ".join(stage.roles))
