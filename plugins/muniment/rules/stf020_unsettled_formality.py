"""A departure is completed with a formality that is not settled

The act of the formalities says of each one how it was settled: property returned, wages paid, social insurance ended. An answer such as
`false` says that it was not. (A formality of which the act says nothing is found by the rule on missing details.)

**To mend it** settle the formality and record the act anew, with what was done. An act is never changed.
---
离职已办结，但有手续没有办理

离职手续环节须逐项写明办理情况：财物已归还、工资已结清、社保已停缴。填写 `false`，说明没有办理。（没有写明的，由缺少事项的规则发现。）

**怎么改**：办理该项手续，然后重新登记这一环节，写明办理情况。已有的审批文件不能修改。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF020",
    name="unsettled-formality",
    clauses=("R3.4.4",),
    message=Text(
        en="completed, but formality `{formality}` is `{value}`",
        zh="已办结，但手续 `{formality}` 为 `{value}`",
    ),
    help=Text(
        en="settle `{formality}`, then record the stage `{stage}` again with what was done",
        zh="请先办理 `{formality}`，再重新登记环节 `{stage}`，写明办理情况",
    ),
)

# What people write when something is not done; `无` may mean that there was nothing to settle.
_NO = ("no", "false", "open", "否", "未", "未办", "未办理", "未归还", "未结清", "未停缴")


def check(facts: Facts) -> Iterator[Finding]:
    for departure, act in personnel.departures(facts):
        stage = facts.standings[departure.number].steps[-1].stage
        details = act.data.get("details") or {}
        for name in stage.details:
            value = details.get(name)
            if value is False or str(value).strip().lower() in _NO:
                yield RULE.at(
                    Place(act.path, ("details", name)),
                    number=departure.number,
                    formality=name,
                    value="false" if value is False else value,
                    stage=stage.name,
                )
