"""A return that nobody has to look at

When a document comes back the archive keeper checks in what condition it is. The stage that takes it back therefore asks for
`condition`; without that a return without a check would pass.

**To mend it** add `condition` to the `details` of the stage in the policy `review`.
---
归还环节没有要求检查完好情况

文件归还时，档案管理员要检查完好情况，所以归还环节必须要求填写 `condition`。不要求，未检查的归还就会通过。

**怎么改**：在制度 `review` 该环节的 `details` 中加上 `condition`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="LOA006",
    name="condition-not-asked",
    clauses=("R4.3.3",),
    message=Text(
        en="stage `{stage}` takes documents back without asking for their `condition`",
        zh="环节 `{stage}` 收回文件时没有要求填写 `condition`",
    ),
    help=Text(
        en="write `details: [condition]` at this stage",
        zh="请在该环节写上 `details: [condition]`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("review")
    if policy is None:
        return
    for index, stage in enumerate(facts.policy.chains.get("loan", ())):
        if stage.becomes == "returned" and "condition" not in stage.details:
            place = Place(policy.path, ("chains", "loan", index))
            yield RULE.at(place, number=policy.number, stage=stage.name)
