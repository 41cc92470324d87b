"""A form rests on a form of another project

An assessment rests on its survey, a contract on its assessment, a plan on its contract, a report on its application, a new round on the one
that failed. All of them belong to one project; a form of another project proves nothing here.

**To mend it** name the form of the same project, or correct the field `project`.
---
表单所依据的表单属于别的项目

评估依据调研，合同依据评估，计划依据合同，验收报告依据验收申请，再次申请依据上一轮未通过的验收，前后都应属于同一个项目。
别的项目的表单在这里证明不了什么。

**怎么改**：改填同一项目的表单，或者改正 `project` 字段。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ004",
    name="form-of-another-project",
    clauses=("R2.1.2", "R2.1.3", "R2.2.1", "R2.3.3", "R2.3.4"),
    message=Text(
        en="`{target}` belongs to project {other}, this form to {project}",
        zh="`{target}` 属于项目 {other}，本表单属于项目 {project}",
    ),
    help=Text(
        en="name the {form} of {project}",
        zh="请填写项目 {project} 的{form}",
    ),
)

# Which field of a form names the one that it rests on.
_RESTS_ON = {
    "assessment": "survey",
    "contract": "assessment",
    "implementation-plan": "contract",
    "acceptance-application": "rework_of",
    "acceptance-report": "application",
}


def check(facts: Facts) -> Iterator[Finding]:
    for record, own in engagement.each(facts, *_RESTS_ON):
        field = _RESTS_ON[record.type.name]
        target = facts.corpus.records.get(str(record.data.get(field)))
        other = target.data.get("project") if target else None
        if target is not None and other and other != own.project.number:
            yield RULE.at(
                Place(record.path, (field,)),
                number=record.number,
                target=target.number,
                other=other,
                project=own.project.number,
                form=target.type.title,
            )
