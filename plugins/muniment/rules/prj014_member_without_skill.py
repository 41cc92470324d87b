"""A member of the team lacks the skill that the duty demands

The policy `personnel` says which skill a duty in a project demands (`duties`); an entry of the team may name one itself (`skill`). Both must stand among
the `skills` of the person in the staff register, or the work is given to somebody who cannot do it.

**To mend it** give the duty to somebody who has the skill. Where the person has it and the register does not say so, add it there first: that
goes through the personnel department.
---
项目组成员不具备职责要求的技能

制度 `personnel` 的 `duties` 规定了各项职责要求的技能，项目组条目也可以自行写明（`skill`）。两者都应列在此人人员档案的 `skills` 中，否则就是把工作交给了做不了的人。

**怎么改**：改派具备该技能的人。本人具备而档案漏记的，先经人事部门补入人员档案。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ014",
    name="member-without-skill",
    clauses=("R2.2.2",),
    message=Text(
        en="`{staff}` ({name}) has not the skill `{skill}`, which duty `{duty}` demands",
        zh="`{staff}`（{name}）没有职责“{duty}”要求的技能 `{skill}`",
    ),
    help=Text(
        en="who has it: {holders}; or add `{skill}` to `skills` of {staff} in the staff register",
        zh="具备该技能的人员：{holders}；确实具备的，请在 {staff} 的人员档案 `skills` 中补入 `{skill}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    duties: Mapping[str, str] = facts.policy.value("personnel", "duties", default={})
    for own in engagement.engagements(facts).values():
        for index, member in enumerate(own.project.data.get("team") or ()):
            person = facts.corpus.records.get(str(member["staff"]))
            if person is None or person.type.name != "staff":
                continue
            held = person.data.get("skills") or ()
            for skill in dict.fromkeys((duties.get(str(member["duty"])), member.get("skill"))):
                if skill and skill not in held:
                    yield RULE.at(
                        Place(own.project.path, ("team", index, "duty")),
                        number=own.project.number,
                        related=(Related(Place(person.path, ("skills",)), Text("the skills", "技能")),),
                        staff=person.number,
                        name=person.title,
                        skill=skill,
                        duty=member["duty"],
                        holders=", ".join(_holders(facts, skill)) or "—",
                    )


def _holders(facts: Facts, skill: str) -> Iterator[str]:
    for person in facts.corpus.of("staff"):
        if skill in (person.data.get("skills") or ()) and not person.data.get("left"):
            yield f"{person.number} {person.title}"
