"""The weights of an appraisal do not add up to 100

The policy `personnel` weighs performance, attitude and teamwork within a month, and the months against the superior's score within a
year. Each set adds up to 100 per cent; otherwise a perfect score would not be the highest of the scale.

**To mend it** change one of the weights so that the sum is 100. The policy goes through its own approval.
---
考核权重合计不是 100

制度 `personnel` 规定月度考核中业绩、态度、协作的权重，以及年度考核中月度成绩与上级评分的权重。两组各自合计 100%，否则满分就达不到最高分。

**怎么改**：调整其中一项，使合计为 100。制度按其自身的审批链修改。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from muniment import appraisal, personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF008",
    name="unbalanced-weights",
    clauses=("R3.3.1",),
    message=Text(
        en="the weights under `{field}` add up to `{sum}`, not 100",
        zh="`{field}` 的权重合计为 `{sum}`，不是 100",
    ),
    help=Text(
        en="change them by {difference} in all, so that {names} add up to 100",
        zh="请合计调整 {difference}，使 {names} 之和为 100",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get(personnel.POLICY)
    if policy is None:
        return
    for field in ("weights", "year"):
        weights = policy.data[field]
        found = sum(weights.values(), Decimal())
        if found != 100:
            yield RULE.at(
                Place(policy.path, (field,)),
                number=policy.number,
                field=field,
                sum=appraisal.plain(found),
                difference=f"{'+' if found < 100 else '−'}{appraisal.plain(abs(100 - found))}",
                names=" + ".join(weights),
            )
