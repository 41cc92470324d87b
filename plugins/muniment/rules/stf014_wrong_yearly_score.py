"""A year's score differs from its parts

The score of an annual appraisal is computed: the mean of the months and the score of the superior, each times its weight in the policy
`personnel` of that day (`year`). It is rounded once, at the end, to two places, half up.

**To mend it** take the score from the help, or correct the part that was mistyped.
---
年度得分与各组成部分不符

年度得分是算出来的：各月成绩的平均分和上级评分，分别乘以当时制度 `personnel` 的 `year` 规定的权重。只在最后一步四舍五入，保留两位小数。

**怎么改**：按提示填写得分，或更正写错的部分。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import appraisal, personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF014",
    name="wrong-yearly-score",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="score `{stated}` differs from what months and superior give: {right}",
        zh="得分 `{stated}` 与各月成绩和上级评分的结果 {right} 不符",
    ),
    help=Text(
        en="enter `score: {right}` (mean of {months} months × {month_weight}% + {superior} × {superior_weight}%)",
        zh="请填写 `score: {right}`（{months} 个月的平均分 × {month_weight}% + {superior} × {superior_weight}%）",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for annual in personnel.in_use(facts, "annual-appraisal"):
        year = personnel.policy(facts, str(annual.data["created"])).get("year")
        if not year:
            continue
        months = [entry["total"] for entry in annual.data["months"]]
        right = appraisal.score(months, annual.data["superior_score"], year)
        if annual.data["score"] != right:
            yield RULE.at(
                Place(annual.path, ("score",)),
                number=annual.number,
                stated=appraisal.plain(annual.data["score"]),
                right=appraisal.plain(right),
                months=len(months),
                month_weight=appraisal.plain(year["months"]),
                superior=appraisal.plain(annual.data["superior_score"]),
                superior_weight=appraisal.plain(year["superior"]),
            )
