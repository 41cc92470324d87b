"""A type that cannot be sealed

The policy wants the facts of a type sealed that rules and registers about the company's work have to read: documents, projects, tickets,
the organization itself. Only types about people and about secrecy can be sealed, and of these not what a superior approves: without
the facts nobody could prove that it was the right one. Bodies and attachments can be encrypted in every type.

**To mend it** take the type out of `sealed`; raise the record's level and encrypt its body instead.
---
不能封存的类型

制度要求封存的类型，其事实是业务规则和登记簿必须读取的（文件、项目、售后、组织等）。只有人员和保密两类记录可以封存，其中由上级审批的
除外（看不到事实，就无法证明审批人确为其上级）；任何类型的正文和
附件都可以加密。

**怎么改**：从 `sealed` 中去掉该类型；需要保密的，提高密级并加密正文。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC023",
    name="unsealable-type",
    clauses=("R5.2.4",),
    message=Text(
        en="records of type `{type}` cannot be sealed",
        zh="类型 `{type}` 的记录不能封存",
    ),
    help=Text(
        en="types that can: {types}",
        zh="可以封存的类型：{types}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("confidentiality")
    able = classification.sealable(facts.types, facts.policy)
    for index, name in enumerate(classification.sealed_types(facts.policy) if policy else ()):
        if policy and name not in able:
            place = Place(policy.path, ("sealed", index))
            yield RULE.at(place, number=policy.number, type=name, types=", ".join(able))
