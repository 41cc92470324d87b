"""A training plan lacks one of the three contents

A year's training covers three contents: technical skills, processes and rules, and soft skills. A plan with only two of them
leaves a part of the staff's work out.

**To mend it** add an item with the missing content to the plan: topic, method, month and instructor.
---
培训计划缺少一类内容

年度培训应覆盖三类内容：专业技术、流程制度、通用能力。只有两类，就有一部分工作没有培训到。

**怎么改**：在计划中为缺少的内容增加一项，写明课题、方式、月份和讲师。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF004",
    name="training-plan-without-content",
    clauses=("R3.2.1", "R3.2.2", "R3.2.3"),
    message=Text(
        en="the plan has no item with content `{content}` ({words})",
        zh="计划中没有内容为 `{content}`（{words}）的培训",
    ),
    help=Text(
        en="add an item with `content: {content}`",
        zh="请增加一项 `content: {content}` 的培训",
    ),
)

_CONTENTS = {
    "technical": Text("technical skills", "专业技术"),
    "process": Text("processes and rules", "流程制度"),
    "soft": Text("soft skills", "通用能力"),
}


def check(facts: Facts) -> Iterator[Finding]:
    for plan in personnel.in_use(facts, "training-plan"):
        planned = {item["content"] for item in plan.data["items"]}
        for content, words in _CONTENTS.items():
            if content not in planned:
                place = Place(plan.path, ("items",), on_key=True)
                yield RULE.at(place, number=plan.number, content=content, words=words)
