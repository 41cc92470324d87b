"""A task of the plan is given to somebody who is not in the team

Whoever is in charge of a task belongs to the project's team at some time between its start and its due day; the manager always does.
Otherwise the task is nobody's.

**To mend it** enter the person under `team` of the project, with duty and first day, or give the task to a member.
---
计划任务的负责人不在项目组

任务的负责人在任务起止期间应当是项目组成员；项目经理始终算在内。否则这项任务等于没人负责。

**怎么改**：在项目的 `team` 中登记此人的职责和起始日期，或者把任务交给项目组成员。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ012",
    name="task-of-outsider",
    clauses=("R2.2.2",),
    message=Text(
        en="`{staff}` ({name}) is not in the team between {start} and {due}",
        zh="`{staff}`（{name}）在 {start} 至 {due} 期间不在项目组",
    ),
    help=Text(
        en="enter {staff} under `team` of {project}, or give task `{task}` to a member",
        zh="请在 {project} 的 `team` 中登记 {staff}，或者把任务 `{task}` 交给项目组成员",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for plan, own in engagement.each(facts, "implementation-plan"):
        for task in engagement.tasks(plan):
            if task.start <= task.due and not own.has_member(task.responsible, task.start, task.due):
                yield RULE.at(
                    Place(plan.path, (*task.pointer, "responsible")),
                    number=plan.number,
                    related=(Related(Place(own.project.path, ("team",)), Text("the team", "项目组")),),
                    staff=task.responsible,
                    name=facts.title(task.responsible),
                    start=task.start,
                    due=task.due,
                    project=own.project.number,
                    task=task.name,
                )
