"""A hard case was solved without a consultation

On hard cases experts confer before somebody tries something at the client's site. A ticket of complexity `hard` that is solved has at least one
step of kind `consultation`, before the solution.

**To mend it** enter the consultation as a step, with its time, who took part, and what came of it. If the case turned out to be simple, correct
`complexity`; its targets change with it.
---
复杂问题未经会诊就已解决

复杂问题应先由专家会诊，再到客户现场处理。复杂程度为 `hard` 且已解决的记录单，解决之前至少应有一个 `consultation`（会诊）步骤。

**怎么改**：补记会诊步骤，写明时间、参加人和结论。后来发现其实是简单问题的，改正 `complexity`，时限也随之改变。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.worktime import moment

RULE = Rule(
    code="PRJ031",
    name="hard-without-consultation",
    clauses=("R2.4.3",),
    message=Text(
        en="a hard case, solved at `{solved}` without a consultation before",
        zh="复杂问题于 `{solved}` 解决，此前没有会诊",
    ),
    help=Text(
        en="add the step with `kind: consultation` and its time under `steps`, or write `complexity: simple`",
        zh="请在 `steps` 中补记 `kind: consultation` 的步骤和时间；其实简单的，改为 `complexity: simple`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for ticket in facts.corpus.of("service-ticket"):
        solved = ticket.data.get("solved_at")
        if ticket.data["complexity"] != "hard" or not solved:
            continue
        zone = facts.policy.zone
        end = moment(str(solved), zone)
        steps = ticket.data.get("steps") or ()
        if not any(step["kind"] == "consultation" and moment(str(step["at"]), zone) <= end for step in steps):
            yield RULE.at(Place(ticket.path, ("solved_at",)), number=ticket.number, solved=solved)
