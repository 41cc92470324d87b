"""The stage of a project and its closing day contradict each other

A closed project says on which day it was closed: its life ends there, and the years of keeping count from there. A project that goes on has no such day.

**To mend it** fill in `closed`, or take it out, or set `stage: closed`.
---
项目阶段与结项日期相互矛盾

已结项的项目应写明结项日期：项目到这一天为止，保管期限也从这一天起算。仍在进行的项目没有结项日期。

**怎么改**：填写 `closed`，或者删除它，或者把 `stage` 改为 `closed`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ033",
    name="stage-and-closing-day-differ",
    clauses=("R2.2.3", "R2.3.4"),
    message=Text(
        en="stage `{stage}`, {closed}",
        zh="阶段为“{stage}”，{closed}",
    ),
    help=Text(
        en="a closed project has `stage: closed` and `closed: YYYY-MM-DD`, one that goes on has neither",
        zh="已结项的项目写 `stage: closed` 和 `closed: YYYY-MM-DD`，仍在进行的两样都不写",
    ),
)

_NO_DAY = Text("but `closed` is not filled in", "却没有填写 `closed`")


def check(facts: Facts) -> Iterator[Finding]:
    for own in engagement.engagements(facts).values():
        closed = own.project.data.get("closed")
        if (own.stage == "closed" and not closed) or (closed and own.stage not in engagement.OVER):
            yield RULE.at(
                Place(own.project.path, ("closed",) if closed else ("stage",)),
                number=own.project.number,
                stage=facts.state_title(own.project),
                closed=Text(f"but closed on {closed}", f"却于 {closed} 结项") if closed else _NO_DAY,
            )
