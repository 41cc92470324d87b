"""A month's total differs from its scores

The total of an evaluation is computed, not estimated: each score times its weight in the policy `personnel` of that day, added up and
divided by 100. It is rounded once, at the end, to two places, half up (87.625 becomes 87.63).

**To mend it** take the total from the help. If a score was mistyped, correct the score instead.
---
月度总分与评分不符

评价表的总分是算出来的：各项评分乘以当时制度 `personnel` 规定的权重，相加后除以 100。只在最后一步四舍五入，保留两位小数
（87.625 记为 87.63）。

**怎么改**：按提示填写总分。评分写错的，更正评分。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import appraisal, personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF012",
    name="wrong-monthly-total",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="total `{stated}` differs from scores × weights, which give {right}",
        zh="总分 `{stated}` 与评分 × 权重的结果 {right} 不符",
    ),
    help=Text(
        en="enter `total: {right}` ({sum})",
        zh="请填写 `total: {right}`（{sum}）",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for evaluation in personnel.in_use(facts, "evaluation"):
        weights = personnel.policy(facts, str(evaluation.data["created"])).get("weights")
        if not weights:
            continue
        scores, stated = evaluation.data["scores"], evaluation.data["total"]
        right = appraisal.total(scores, weights)
        if stated != right:
            parts = [
                f"{appraisal.plain(score)} × {appraisal.plain(weights[name])}%"
                for name, score in scores.items()
                if name in weights
            ]
            yield RULE.at(
                Place(evaluation.path, ("total",)),
                number=evaluation.number,
                stated=appraisal.plain(stated),
                right=appraisal.plain(right),
                sum=" + ".join(parts),
            )
