"""A stage that a chain has twice

Acts name their stage. With two of one name nobody can tell which of them was decided.

**To mend it** give each stage a name of its own. What it is called on pages stands under `labels`.
---
审批链中有重复的环节

审批文件写明所办的环节。有两个同名的环节，就分不清办的是哪一个。

**怎么改**：每个环节用不同的名称。页面上显示的名称写在 `labels` 里。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL006",
    name="repeated-stage",
    clauses=("R4.2.2",),
    message=Text(
        en="chain `{chain}` has the stage `{stage}` twice",
        zh="审批链 `{chain}` 中环节 `{stage}` 出现两次",
    ),
    help=Text(
        en="give the second another name, such as `{stage}-2`, or take it out",
        zh="请给第二个另起名称，如 `{stage}-2`，或者删除",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("review")
    if policy is None:
        return
    for chain, stages in facts.policy.chains.items():
        names = [stage.name for stage in stages]
        for index, name in enumerate(names):
            if name in names[:index]:
                place = Place(policy.path, ("chains", chain, index, "stage"))
                yield RULE.at(place, number="review", chain=chain, stage=name)
