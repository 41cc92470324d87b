"""The rounds of an acceptance do not count 1, 2, 3 …

The applications of a project, and its reports, are counted in rounds from 1, each round once. A number that is used twice hides a round; a number that is
left out pretends one.

**To mend it** write the round that the help names. An application that was given up is retired, so that its round is free again.
---
验收轮次不连续

一个项目的验收申请和验收报告各自从第 1 轮起依次计数，每轮一份。轮次重复会掩盖一轮，跳号则凭空多出一轮。

**怎么改**：改为提示中的轮次。放弃的申请要办理废止，轮次才会空出来。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ022",
    name="round-out-of-order",
    clauses=("R2.3.4",),
    message=Text(
        en="round `{round}`, where round {right} comes next",
        zh="轮次 `{round}`，此处应为第 {right} 轮",
    ),
    help=Text(
        en="write `round: {right}`, if no {form} of {project} is missing",
        zh="{project} 的{form}没有缺漏的话，请写 `round: {right}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for own in engagement.engagements(facts).values():
        for name in ("acceptance-application", "acceptance-report"):
            forms = engagement.in_use(facts, own, name)
            ordered = sorted(forms, key=lambda form: (form.data["round"], form.data["created"], form.number))
            for right, form in enumerate(ordered, start=1):
                if form.data["round"] != right:
                    yield RULE.at(
                        Place(form.path, ("round",)),
                        number=form.number,
                        round=form.data["round"],
                        right=right,
                        form=form.type.title,
                        project=own.project.number,
                    )
                    break
