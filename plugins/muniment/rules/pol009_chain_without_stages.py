"""A chain that the policy does not have

Each type of record names the chain that it goes through. Without the chain nothing of that type can ever be approved, and a
check would take it for a type that needs no approval.

**To mend it** write the chain into the policy `review`; the chains that Muniment comes with are in the handbook. A company that does not want
a chain for this type puts a schema of its own into `schemas/`, with `"chain": null`.
---
制度中没有这条审批链

每种记录的类型写明要走哪条审批链。没有这条链，该类型的记录永远无法批准，检查也会把它当成不需要审批的类型。

**怎么改**：在制度 `review` 中写上这条链；随 Muniment 提供的各条审批链见使用手册。公司不打算对该类型设审批的，在 `schemas/` 中
放一份自己的类型定义，写明 `"chain": null`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL009",
    name="chain-without-stages",
    clauses=("R4.2.2",),
    message=Text(
        en="the policy has no chain `{chain}`, which {types} go through",
        zh="制度中没有审批链 `{chain}`，而 {types} 要走这条链",
    ),
    help=Text(
        en="add `{chain}:` with its stages under `chains`",
        zh="请在 `chains` 下写上 `{chain}:` 及其环节",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("review")
    if policy is None:
        return
    lacking: dict[str, list[Text]] = {}
    for kind in facts.types.values():
        if kind.chain is not None and kind.chain not in facts.policy.chains:
            lacking.setdefault(kind.chain, []).append(kind.title)
    for chain, titles in lacking.items():
        types = Text(", ".join(title.en for title in titles[:3]), "、".join(title.zh for title in titles[:3]))
        yield RULE.at(Place(policy.path, ("chains",), on_key=True), number="review", chain=chain, types=types)
