"""A training session is closed without an evaluation

Training is evaluated by exam, practice, questionnaire or feedback, and next year's plan follows from it. A session that is closed
without an evaluation teaches the company nothing.

**To mend it** enter the evaluation: its method and conclusion, and the scores where there are any. If it is still to come, take `closed` out.
---
培训已结束但没有效果评价

培训效果通过考试、实操、问卷或反馈来评价，并据此调整培训计划。没有评价就结束，公司无从改进。

**怎么改**：填写效果评价，包括方式和结论，有成绩的填写成绩。评价尚未进行的，先删去 `closed`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF005",
    name="session-without-evaluation",
    clauses=("R3.2.4",),
    message=Text(
        en="closed on `{closed}` without an evaluation",
        zh="`{closed}` 已结束，但没有效果评价",
    ),
    help=Text(
        en="enter `evaluation` with method and conclusion, or take `closed` out until it is made",
        zh="请填写 `evaluation` 的方式和结论；尚未评价的，先删去 `closed`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for session in personnel.in_use(facts, "training-session"):
        closed = session.data.get("closed")
        if closed and not session.data.get("evaluation"):
            yield RULE.at(Place(session.path, ("closed",)), number=session.number, closed=closed)
