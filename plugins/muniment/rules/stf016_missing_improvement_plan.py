"""The lowest grade comes without an improvement plan

The results of an appraisal feed into pay, promotion and training. For a grade that the policy `personnel` marks with `improvement_plan: true` the
company and the person agree on what is to become better; without such a plan the grade is only a reproach.

**To mend it** enter the plan under `improvement_plan` of `outcome`: what, by when, and who helps.
---
最低等级没有改进计划

考核结果用于薪酬、晋升和培训。制度 `personnel` 中注明 `improvement_plan: true` 的等级，公司应与本人商定改进计划；没有计划，评级只是批评。

**怎么改**：在 `outcome` 的 `improvement_plan` 中写明改进什么、何时完成、由谁帮助。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF016",
    name="missing-improvement-plan",
    clauses=("R3.3.4",),
    message=Text(
        en="grade `{grade}` demands an improvement plan",
        zh="等级 `{grade}` 须有改进计划",
    ),
    help=Text(
        en="enter `improvement_plan` under `outcome`: what {staff} improves, by when, and who helps",
        zh="请在 `outcome` 中填写 `improvement_plan`：{staff} 改进什么、何时完成、由谁帮助",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for annual in personnel.in_use(facts, "annual-appraisal"):
        grades = personnel.policy(facts, str(annual.data["created"])).get("grades") or ()
        demanding = {entry["grade"] for entry in grades if entry.get("improvement_plan")}
        outcome = annual.data.get("outcome") or {}
        if annual.data["grade"] in demanding and not outcome.get("improvement_plan"):
            yield RULE.at(
                Place(annual.path, ("grade",)),
                number=annual.number,
                grade=annual.data["grade"],
                staff=facts.title(annual.data["staff"]),
            )
