"""A further round of acceptance does not follow from one that failed

Acceptance is applied for again after a round failed and the rework was done. The new application names the failed round in `rework_of`: its report, or its
application where the report concluded `failed`.

**To mend it** name the report of the round before. If that round has not been judged yet, or has passed, there is nothing to apply for again.
---
新一轮验收申请没有承接未通过的上一轮

上一轮验收未通过、整改之后，才再次申请。新的申请在 `rework_of` 中写明上一轮：填上一轮的验收报告，或结论为 `failed` 的那份报告所对应的申请。

**怎么改**：填写上一轮的验收报告。上一轮尚无结论或者已经通过的，没有什么可再次申请的。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="PRJ024",
    name="round-without-rework",
    clauses=("R2.3.4",),
    message=Text(
        en="round {round} does not follow from round {before} having failed: {reason}",
        zh="第 {round} 轮没有承接未通过的第 {before} 轮：{reason}",
    ),
    help=Text(
        en="write `rework_of:` with the report of round {before}, which concluded `failed`",
        zh="请在 `rework_of` 中填写第 {before} 轮结论为 `failed` 的验收报告",
    ),
)

_UNNAMED = Text("`rework_of` is not filled in", "没有填写 `rework_of`")
_OTHER = Text("`rework_of` names another round", "`rework_of` 不是上一轮")
_UNJUDGED = Text("there is no report of it that failed", "上一轮没有结论为未通过的报告")
_TOO_EARLY = Text("it was applied for before that report", "申请早于上一轮的报告")


def check(facts: Facts) -> Iterator[Finding]:
    for application, own in engagement.each(facts, "acceptance-application"):
        turn = application.data["round"]
        reason = _reason(facts, own, application) if turn > 1 else None
        if reason is not None:
            field = "rework_of" if application.data.get("rework_of") else "round"
            yield RULE.at(
                Place(application.path, (field,)),
                number=application.number,
                round=turn,
                before=turn - 1,
                reason=reason,
            )


def _reason(facts: Facts, own: Engagement, application: Record) -> Text | None:
    named = facts.corpus.records.get(str(application.data.get("rework_of")))
    if named is None:
        return None if application.data.get("rework_of") else _UNNAMED
    before = application.data["round"] - 1
    if named.data.get("round") != before:
        return _OTHER
    failed = [
        report
        for report in engagement.in_use(facts, own, "acceptance-report")
        if report.data["round"] == before and report.data["conclusion"] == "failed"
    ]
    if not failed:
        return _UNJUDGED
    return _TOO_EARLY if str(application.data["created"]) < str(failed[0].data["created"]) else None
