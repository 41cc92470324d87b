"""The grade is not the one that the year's score reaches

The policy `personnel` says from which score each grade begins (`grades`). The grade is the highest that the computed score of the year
reaches; nobody chooses it.

**To mend it** take the grade from the help. If the limits are wrong, the policy is changed first.
---
等级与年度得分不符

制度 `personnel` 的 `grades` 规定各等级的起点分。等级是年度得分（按规定计算）所达到的最高一级，不能另行选定。

**怎么改**：按提示填写等级。起点分需要调整的，先修改制度。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import appraisal, personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF015",
    name="wrong-grade",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="grade `{stated}` differs from the policy's grade for {score}: {right}",
        zh="等级 `{stated}` 与制度规定不符：{score} 分应为 {right}",
    ),
    help=Text(
        en="enter `grade: {right}`; the grades begin at {grades}",
        zh="请填写 `grade: {right}`；各等级起点分：{grades}",
    ),
)

_TOO_LOW = Text(
    "no grade of the policy begins as low as {score}: {grades}; add one to `grades` of the policy first",
    "制度中没有起点分不高于 {score} 的等级：{grades}；请先在制度的 `grades` 中增加",
)


def check(facts: Facts) -> Iterator[Finding]:
    for annual in personnel.in_use(facts, "annual-appraisal"):
        policy = personnel.policy(facts, str(annual.data["created"]))
        if not policy:
            continue
        months = [entry["total"] for entry in annual.data["months"]]
        score = appraisal.score(months, annual.data["superior_score"], policy["year"])
        grade = appraisal.grade(score, policy["grades"])
        right = str(grade["grade"]) if grade else "—"
        if annual.data["grade"] != right:
            yield RULE.at(
                Place(annual.path, ("grade",)),
                number=annual.number,
                help=None if grade else _TOO_LOW,
                stated=annual.data["grade"],
                score=appraisal.plain(score),
                right=right,
                grades=", ".join(
                    f"{each['grade']} {appraisal.plain(each['from'])}" for each in policy["grades"]
                ),
            )
