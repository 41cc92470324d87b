"""A second recruitment plan for the same year and department

Each department has one recruitment plan a year. With two of them nobody knows how many posts are open, and hires are counted
against the wrong one.

**To mend it** add the posts to the first plan as a new revision, and take the second plan back. If only the year or the department
was mistyped, correct it.
---
同一年度、同一部门有第二份招聘计划

每个部门每年只有一份招聘计划。有两份，就说不清还有几个岗位空缺，录用人数也会记错计划。

**怎么改**：把岗位并入第一份计划，作为新的一版，并撤回第二份。只是年度或部门写错的，更正即可。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF001",
    name="second-recruitment-plan",
    clauses=("R3.1.1",),
    message=Text(
        en="{department} has another recruitment plan for `{year}`: {first}",
        zh="{department} 已有 `{year}` 年度的招聘计划：{first}",
    ),
    help=Text(
        en="add these posts to {first} as a new revision, or correct `year` or `department`",
        zh="请把这些岗位并入 {first}，作为新的一版；或更正 `year`、`department`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    first: dict[tuple[object, object], Record] = {}
    for plan in personnel.in_use(facts, "recruitment-plan"):
        other = first.setdefault((plan.data["year"], plan.data["department"]), plan)
        if other is not plan:
            note = Related(Place(other.path, ("year",)), Text("the first plan", "第一份计划"))
            yield RULE.at(
                Place(plan.path, ("year",)),
                number=plan.number,
                related=(note,),
                department=facts.title(str(plan.data["department"])),
                year=plan.data["year"],
                first=other.number,
            )
