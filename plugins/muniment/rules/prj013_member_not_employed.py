"""A member of the team was not employed all that time

The team is made of the company's own people: nobody is in it before they joined the company or after they left. When somebody leaves, their duties
in running projects end with the last day of work, and somebody else takes them over.

**To mend it** set `from` and `to` of the member within the time that the staff register gives, and enter the successor from the next day on.
---
项目组成员在此期间不是在职人员

项目组由公司在职人员组成，入职之前、离职之后都不能在组。有人离职时，其在办项目的职责随最后工作日终止，由他人接手。

**怎么改**：把成员的 `from`、`to` 改在人事档案的在职期间之内，并从次日起登记接手的人。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ013",
    name="member-not-employed",
    clauses=("R2.2.2",),
    message=Text(
        en="`{staff}` is in the team {term}, but employed {employed}",
        zh="`{staff}` 在组 {term}，而在职 {employed}",
    ),
    help=Text(
        en="keep the time in the team within the employment of {name}: {employed}",
        zh="请把在组时间改在{name}的在职期间之内：{employed}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for own in engagement.engagements(facts).values():
        for member in own.team:
            person = facts.corpus.records.get(member.staff)
            if person is None or person.type.name != "staff":
                continue  # who is not on the register at all is the business of missing-target
            joined, left = str(person.data.get("joined") or ""), str(person.data.get("left") or "")
            if member.start < joined or (left and (not member.end or member.end > left)):
                yield RULE.at(
                    Place(own.project.path, member.pointer),
                    number=own.project.number,
                    related=(Related(Place(person.path, ("left" if left else "joined",)), _EMPLOYED),),
                    staff=member.staff,
                    term=f"{member.start}–{member.end or '…'}",
                    employed=f"{joined or '…'}–{left or '…'}",
                    name=person.title,
                )


_EMPLOYED = Text("the employment", "在职期间")
