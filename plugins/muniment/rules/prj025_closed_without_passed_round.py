"""A project goes on to after-sales or is closed, and no round of acceptance passed

What failed is reworked and applied for again until it passes. Here there are acceptance reports, and every one of them says `failed`.

**To mend it** have the rework accepted in a further round, or set `stage` back to `acceptance`. A project that both sides give up is `cancelled`.
---
没有一轮验收通过，项目却已进入售后或结项

验收未通过的要整改、再次申请，直到通过。本项目的验收报告结论全是 `failed`。

**怎么改**：整改后再组织一轮验收并通过，或者把 `stage` 改回 `acceptance`。双方放弃的项目用 `cancelled`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ025",
    name="closed-without-passed-round",
    clauses=("R2.3.4",),
    message=Text(
        en="stage `{stage}`, but acceptance failed in round {round} and has not passed since",
        zh="项目已到“{stage}”阶段，而验收第 {round} 轮未通过，此后也没有通过",
    ),
    help=Text(
        en="have round {next} accepted, or set `stage: acceptance`",
        zh="请通过第 {next} 轮验收，或者改回 `stage: acceptance`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for own in engagement.engagements(facts).values():
        reports = own.records.get("acceptance-report", ())
        if (
            not own.has_reached("after_sales")
            or not reports
            or engagement.documents(facts, own, "acceptance")
        ):
            continue
        if all(report.data["conclusion"] == "failed" for report in reports):
            last = max(reports, key=lambda report: int(report.data["round"]))
            yield RULE.at(
                Place(own.project.path, ("stage",)),
                number=own.project.number,
                related=(Related(Place(last.path, ("conclusion",)), Text("the report", "验收报告")),),
                stage=facts.state_title(own.project),
                round=last.data["round"],
                next=last.data["round"] + 1,
            )
