"""More people are hired than the plan has posts for

The recruitment plan says how many people each post needs. All selections of the plan count together, and a post that the plan does not
name has no places.

**To mend it** correct the post or the result. If the company needs more people, the plan gets a new revision with a higher number first.
---
录用人数超出招聘计划

招聘计划规定了每个岗位的人数。同一计划的所有选拔记录合并计算；计划中没有的岗位按零人计算。

**怎么改**：更正岗位或结果。确需增加人数的，先把招聘计划改为新的一版，提高该岗位的人数。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF003",
    name="surplus-hire",
    clauses=("R3.1.3",),
    message=Text(
        en="`{name}` is hire {hires} for `{post}`; {plan} has {places}",
        zh="`{name}` 是岗位 `{post}` 录用的第 {hires} 人；{plan} 计划 {places} 人",
    ),
    help=Text(
        en="posts of {plan}: {posts}; correct `post` or `result`, or raise `count` in a new revision of the plan",
        zh="{plan} 的岗位：{posts}；请更正 `post` 或 `result`，或在计划的新一版中提高 `count`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    hired: Counter[tuple[str, str]] = Counter()
    for selection in personnel.in_use(facts, "selection"):
        plan = facts.corpus.legible(str(selection.data["plan"]))
        if plan is None or plan.type.name != "recruitment-plan":
            continue
        post, places = str(selection.data["post"]), _places(plan)
        for index, candidate in enumerate(selection.data["candidates"]):
            if candidate.get("result") != "hired":
                continue
            hired[plan.number, post] += 1
            if hired[plan.number, post] > places[post]:
                yield RULE.at(
                    Place(selection.path, ("candidates", index, "result")),
                    number=selection.number,
                    related=(Related(Place(plan.path, ("posts",)), Text("the plan", "招聘计划")),),
                    name=candidate["name"],
                    hires=hired[plan.number, post],
                    post=post,
                    plan=plan.number,
                    places=places[post],
                    posts=", ".join(f"{name} {count}" for name, count in places.items()),
                )


def _places(plan: Record) -> Counter[str]:
    places: Counter[str] = Counter()
    for entry in plan.data["posts"]:
        places[str(entry["post"])] += entry["count"]
    return places
