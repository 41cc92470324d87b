"""An acceptance report and its application are of different rounds

Each round has its own application and its own report; the report names the application of its round. Where a second round rests on the first
application, nobody has applied for it after the rework.

**To mend it** name the application of this round in `application`, or correct `round`. If there is no such application, it has to be made first.
---
验收报告与所依据的申请不是同一轮

每一轮验收都有自己的申请和报告，报告写明本轮的申请。第二轮报告仍以第一轮申请为依据的，说明整改之后没有重新申请。

**怎么改**：在 `application` 中改填本轮的申请，或者改正 `round`。本轮没有申请的，应先提出申请。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ023",
    name="report-of-another-round",
    clauses=("R2.3.4",),
    message=Text(
        en="a report of round {round} on `{application}`, which applied for round {other}",
        zh="第 {round} 轮报告依据的 `{application}` 是第 {other} 轮申请",
    ),
    help=Text(
        en="name the application of round {round} in `application`, or correct `round`",
        zh="请在 `application` 中填写第 {round} 轮的申请，或者改正 `round`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for report, _ in engagement.each(facts, "acceptance-report"):
        application = facts.corpus.records.get(str(report.data["application"]))
        other = application.data.get("round") if application else None
        if application is not None and other is not None and other != report.data["round"]:
            yield RULE.at(
                Place(report.path, ("application",)),
                number=report.number,
                related=(Related(Place(application.path, ("round",)), Text("the application", "申请")),),
                round=report.data["round"],
                application=application.number,
                other=other,
            )
