"""A project has reached a stage without a form that must exist by then

Each stage of a project rests on what was written before: nobody assesses what was not surveyed, signs what was not assessed,
begins without a plan, or hands over without a report.

| from this stage on | there must be |
|---|---|
| assessed, declined | the needs survey, the project assessment |
| contracted | the contract |
| executing | the implementation plan |
| acceptance | the acceptance application |
| after-sales, closed | the acceptance report |

The form counts, or a published document of class XM and of that kind (`requirements`, `assessment`, `contract`, `plan`, `acceptance`) that
names the project. The policy `documents` may say from which day projects need all of this (`forms: {from: …}`); a project that was taken on
earlier needs only the form that led to its present stage. A cancelled project needs none.

**To mend it** write the form that the help names. If the project has not got that far, set `stage` back.
---
项目已到某阶段，却缺少此前应有的表单

项目的每个阶段都以此前的表单为依据：没有调研就谈不上评估，没有评估不能签约，没有计划不能实施，没有验收报告不能移交。

| 自该阶段起 | 应有 |
|---|---|
| 已评估、未承接 | 客户需求调研表、项目评估报告 |
| 已签约 | 技术服务合同 |
| 实施中 | 项目实施计划 |
| 验收中 | 项目验收申请报告 |
| 售后、已结项 | 项目验收报告 |

专用表单，或者写明该项目、已发布的 XM 类同种类文件（`requirements`、`assessment`、`contract`、`plan`、`acceptance`）都算数。制度 `documents` 可以规定自哪一天起
要求齐全（`forms: {from: …}`）；此前承接的项目只要求进入当前阶段的那一份。已取消的项目不要求。

**怎么改**：补写提示中的表单；如果项目其实还没到这一步，把 `stage` 改回去。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ001",
    name="missing-form",
    clauses=("R2.1.1", "R2.1.2", "R2.1.3", "R2.2.1", "R2.3.1", "R2.3.4"),
    message=Text(
        en="the project is in stage `{stage}` and has no {form}",
        zh="项目已到“{stage}”阶段，却没有{form}",
    ),
    help=Text(
        en="`muniment new {type} --set project={number}`; a published document of class XM, kind `{kind}`, counts, too",
        zh="请执行 `muniment new {type} --set project={number}`；已发布的 XM 类 `{kind}` 文件也算",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for project in engagement.engagements(facts).values():
        for form in engagement.forms_due(facts, project):
            if not engagement.copies(project, form):
                yield RULE.at(
                    Place(project.project.path, ("stage",)),
                    number=project.project.number,
                    stage=facts.state_title(project.project),
                    form=facts.types[form.type].title,
                    type=form.type,
                    kind=form.kind,
                )
