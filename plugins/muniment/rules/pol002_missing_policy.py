"""A policy is missing

What a company settles for itself stands in eight policies: numbering, review, documents, retention and so on. Where one
is missing the rules that need it are silent, and nobody notices.

**To mend it** write the policy. It needs personnel and a leader, like every change of the organization.
---
缺少制度

公司自行规定的事项写在八项制度里：编号、审批、文件、保管期限等。缺了一项，需要它的规则就不起作用，而且没人察觉。

**怎么改**：编写该制度，与其他组织信息一样由人事审核、领导批准。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL002",
    name="missing-policy",
    severity="warning",
    clauses=("R1.1",),
    message=Text(
        en="the policy `{name}` is not there",
        zh="缺少制度 `{name}`",
    ),
    help=Text(
        en="write {path}; `muniment init` shows one to begin with",
        zh="请编写 {path}；`muniment init` 生成的登记库里有可参照的样本",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for name, kind in facts.types.items():
        policy = name.removeprefix("policy-")
        if (
            kind.group == "policy"
            and policy not in facts.corpus.records
            and policy not in facts.corpus.broken
        ):
            path = f"records/policy/{policy}/{policy}.yaml"
            yield RULE.at(Place(path), name=policy, path=path)
