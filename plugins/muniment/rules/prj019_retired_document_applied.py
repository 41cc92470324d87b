"""An application for acceptance lists a document that is retired

The results, test reports and other evidence that are handed in are those in force. What was retired before the acceptance group met shows nothing any more.
What is retired later does no harm.

**To mend it** list the document that took its place.
---
验收申请列出了已废止的文件

随申请提交的成果文件、测试报告和其他证明材料，应当是有效的文件。验收组开会之前已经废止的，不能再作证明；验收之后才废止的不受影响。

**怎么改**：改列替代它的文件。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.lifecycle import ENDED
from muniment.records import Record

RULE = Rule(
    code="PRJ019",
    name="retired-document-applied",
    clauses=("R2.3.1",),
    message=Text(
        en="`{target}` ({title}) was retired on {day}",
        zh="`{target}`（{title}）已于 {day} 废止",
    ),
    help=Text(
        en="list a document in force instead of {target}",
        zh="请改列有效的文件，替换 {target}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for application, own in engagement.each(facts, "acceptance-application"):
        judged = _judged(own, application)
        for field in ("deliverables", "test_reports", "evidence"):
            for index, number in enumerate(application.data[field]):
                target = facts.corpus.records.get(number)
                if target is None or facts.state(number) not in ENDED or target.type.name == "void":
                    continue
                day = max((act.date for act in target.acts), default="")
                if not judged or day <= judged:
                    yield RULE.at(
                        Place(application.path, (field, index)),
                        number=application.number,
                        target=number,
                        title=target.title,
                        day=day,
                    )


def _judged(own: Engagement, application: Record) -> str:
    """The day of the report on an application; empty while there is none."""
    reports = own.records.get("acceptance-report", ())
    days = (
        str(report.data["created"]) for report in reports if report.data["application"] == application.number
    )
    return min(days, default="")
