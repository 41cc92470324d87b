"""A project goes on although a form still waits for its signature or review

A form that the stage needs is there, but its chain has not been passed: the client has not signed the survey, the assessment is not
reviewed, the contract is not signed, the plan is not confirmed by the client, the acceptance report lacks the client's signature. Work that
begins before that begins at the company's risk.

A revision that is being prepared does no harm once an earlier one had passed. Of several copies one is enough; of acceptance reports one that
says `passed`.

**To mend it** have the stage settled that the help names, then set the project's stage; or set `stage` back.
---
表单尚未签署或审核，项目却已进入下一阶段

该阶段需要的表单已经有了，但还没有走完流程：客户未在调研表上签字，评估报告未审完，合同未签署，实施计划未经客户确认，或验收报告缺少客户签字。
此时继续推进，风险全在公司一方。

先前的版次已经走完流程的，修订期间不受影响。同一种表单有多份时，有一份走完即可；验收报告须是结论为 `passed` 的那一份。

**怎么改**：先办完提示中的环节，再修改项目阶段；或者把 `stage` 改回去。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.engagement import Engagement, Form
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record
from muniment.views import words

RULE = Rule(
    code="PRJ002",
    name="unsettled-form",
    clauses=("R2.1.1", "R2.1.2", "R2.1.3", "R2.2.1", "R2.3.4"),
    message=Text(
        en="stage `{stage}`, but {form} `{target}` waits for: {waiting}",
        zh="项目已到“{stage}”阶段，{form} `{target}` 却还差：{waiting}",
    ),
    help=Text(
        en="`muniment status {target}` says who may settle it; until then the project stays in the stage before",
        zh="`muniment status {target}` 会列出可以办理的人；在此之前项目停留在上一阶段",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for project in engagement.engagements(facts).values():
        for form in engagement.forms_due(facts, project):
            copies = _decisive(engagement.copies(project, form))
            if copies and not any(engagement.settled_on(facts, copy) for copy in copies):
                yield _finding(facts, project, form, copies[-1])


def _decisive(copies: tuple[Record, ...]) -> tuple[Record, ...]:
    """The reports that let a project go on, where there are any; a round that failed settles nothing."""
    return tuple(copy for copy in copies if copy.data.get("conclusion") == "passed") or copies


def _finding(facts: Facts, project: Engagement, form: Form, copy: Record) -> Finding:
    waiting = facts.standings[copy.number].waiting
    name = waiting.name if waiting else ""
    return RULE.at(
        Place(project.project.path, ("stage",)),
        number=project.project.number,
        related=(Related(Place(copy.path, ("title",)), Text("the form", "该表单")),),
        stage=facts.state_title(project.project),
        form=facts.types[form.type].title,
        target=copy.number,
        waiting=Text(words.stage(facts, name, "en"), words.stage(facts, name, "zh")),
    )
