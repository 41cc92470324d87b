"""Somebody is hired without a step of the selection

The policy `personnel` lists the steps of a selection (`selection_steps`): screening of résumés, written test, interview, practical
test. The result decides who is hired, so whoever is hired has passed each of them. A step that is left out, skipped or failed
is none.

**To mend it** enter the result of the step, or hold it before hiring. If the company does not want a step any longer, the policy is
changed first.
---
录用人员缺少选拔环节

制度 `personnel` 的 `selection_steps` 列出选拔环节：简历筛选、笔试、面试、实操。录用名单根据选拔结果确定，所以被录用的人每个环节都应通过；
漏填、未参加或未通过都不算。

**怎么改**：补填该环节的结果；尚未进行的，先补上再录用。公司不再要求某个环节的，先修改制度。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF002",
    name="hire-without-step",
    clauses=("R3.1.3",),
    message=Text(
        en="`{name}` is hired, but the step `{step}` is {result}",
        zh="`{name}` 已录用，但选拔环节 `{step}` {result}",
    ),
    help=Text(
        en="enter `{step}: passed` once it has been passed, or change `result`",
        zh="该环节通过后填写 `{step}: passed`，或修改 `result`",
    ),
)

_RESULTS = {"skipped": Text("skipped", "未参加"), "failed": Text("failed", "未通过")}
_MISSING = Text("not recorded", "没有记录")


def check(facts: Facts) -> Iterator[Finding]:
    for selection in personnel.in_use(facts, "selection"):
        steps = personnel.policy(facts, str(selection.data["created"])).get("selection_steps") or ()
        for index, candidate in enumerate(selection.data["candidates"]):
            if candidate.get("result") != "hired":
                continue
            for step in steps:
                result = candidate.get(step)
                if result != "passed":
                    yield RULE.at(
                        Place(selection.path, ("candidates", index, step if result else "result")),
                        number=selection.number,
                        name=candidate["name"],
                        step=step,
                        result=_RESULTS.get(str(result), _MISSING),
                    )
