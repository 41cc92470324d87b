"""A role that does not exist

The chain asks for a role that has no name in the policy and that nobody ever held: mostly a slip of the pen. Nobody
could ever decide that stage.

**To mend it** correct the spelling. A role that the company adds is named in Chinese and English under `labels.roles` of the policy
`review`, then entered in the staff register.
---
职责不存在

审批链要求的职责在制度中没有名称，也从来没有人担任，多半是写错了。这个环节永远没有人能办。

**怎么改**：改正写法。公司新设的职责，先在制度 `review` 的 `labels.roles` 中写上中英文名称，再登记到人员档案。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from muniment.facts import Facts
from muniment.fields import Field
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL007",
    name="unknown-role",
    clauses=("R4.2.2",),
    message=Text(
        en="there is no role `{role}`",
        zh="没有 `{role}` 这种职责",
    ),
    help=Text(
        en="{hint}a new role gets its name under `labels.roles`, and then a holder",
        zh="{hint}新设的职责先在 `labels.roles` 中起名，再登记担任者",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("review")
    if policy is None:
        return
    known = _known(facts)
    for chain, stages in facts.policy.chains.items():
        for index, stage in enumerate(stages):
            for at, role in enumerate(stage.roles):
                if role not in known:
                    near = get_close_matches(role, sorted(known), n=1, cutoff=0.6)
                    hint = Text(f"did you mean {near[0]}? ", f"是否指 {near[0]}？") if near else ""
                    place = Place(policy.path, ("chains", chain, index, "role", at))
                    yield RULE.at(place, number="review", role=role, hint=hint)


def _known(facts: Facts) -> set[str]:
    """Roles that the staff schema or the policy names, and those that somebody holds or held."""
    held = {role.role for roles in facts.roles.values() for role in roles}
    named = facts.policy.value("review", "labels", "roles", default={})
    staff = facts.types.get("staff")
    shipped = _labels(staff.fields) if staff else set()
    return {"superior", *held, *named, *shipped}


def _labels(fields: tuple[Field, ...]) -> set[str]:
    roles = next((field for field in fields if field.name == "roles"), None)
    inner = roles.item.fields if roles and roles.item else ()
    return {label for field in inner if field.name == "role" for label in field.labels}
