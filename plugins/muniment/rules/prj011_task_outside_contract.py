"""A task of the plan lies outside the period of the contract

The plan is made from the contract: every task begins and is due within its period. A task after the end is work that nobody has agreed to pay for, or a
promise that is already late.

**To mend it** correct the dates of the task. If the client has agreed to more time, the contract is revised first.
---
计划任务超出合同期限

实施计划依据合同编制，各项任务的起止都应在合同期限之内。超出期限的任务，不是没有约定付费的工作，就是注定逾期的承诺。

**怎么改**：改正任务日期。客户已同意延期的，先修订合同。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ011",
    name="task-outside-contract",
    clauses=("R2.2.1",),
    message=Text(
        en="`{day}` lies outside the contract's period, {start} to {end}",
        zh="`{day}` 不在合同期限 {start} 至 {end} 之内",
    ),
    help=Text(
        en="move task `{task}` into the period, or revise contract {contract} first",
        zh="请把任务 `{task}` 调整到期限之内，或者先修订合同 {contract}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for plan, _ in engagement.each(facts, "implementation-plan"):
        contract = facts.corpus.records.get(str(plan.data["contract"]))
        if contract is None or contract.type.name != "contract":
            continue
        start, end = str(contract.data["period"]["start"]), str(contract.data["period"]["end"])
        for task in engagement.tasks(plan):
            for field, day in (("start", task.start), ("due", task.due)):
                if not start <= day <= end:
                    yield RULE.at(
                        Place(plan.path, (*task.pointer, field)),
                        number=plan.number,
                        related=(Related(Place(contract.path, ("period",)), Text("the period", "合同期限")),),
                        day=day,
                        start=start,
                        end=end,
                        task=task.name,
                        contract=contract.number,
                    )
