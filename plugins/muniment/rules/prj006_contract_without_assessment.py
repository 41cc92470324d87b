"""A contract was signed without an assessment that had passed

Before the company binds itself, its technical staff have judged feasibility, economy and time, their report recommends to accept, and the
report has been reviewed. An assessment that passes after the signature comes too late to be of use.

A published document of class XM and kind `assessment` that names the project counts as the form.

**To mend it** name the assessment that the signature rested on in `assessment`. If there was none, write and review it now, revise the contract, and
have it signed anew.
---
合同已签署，但没有已通过的评估报告

公司签约之前，技术人员应就技术、经济、时间三方面作出评估，结论为承接，报告也已审完。签约之后才通过的评估起不到作用。

写明该项目、已发布的 XM 类 `assessment` 文件也算。

**怎么改**：在 `assessment` 中填写签约时所依据的评估报告。当时确实没有评估的，现在补做并审完，再修订合同、重新签署。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="PRJ006",
    name="contract-without-assessment",
    clauses=("R2.1.3",),
    message=Text(
        en="signed on {signed}, before any assessment of {project} had passed",
        zh="{signed} 签署时，{project} 还没有已通过的评估报告",
    ),
    help=Text(
        en="name the assessment that accepts {project} and had passed by {signed}: `assessment: XM…`",
        zh="请填写 {signed} 之前已通过、结论为承接 {project} 的评估报告：`assessment: XM…`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for contract, project in engagement.each(facts, "contract"):
        signed = engagement.settled_on(facts, contract)
        if signed and not any(day <= signed for day in _passed(facts, project, contract)):
            yield RULE.at(
                Place(contract.path, ("assessment",) if contract.data.get("assessment") else ("project",)),
                number=contract.number,
                signed=signed,
                project=project.project.number,
            )


def _passed(facts: Facts, project: Engagement, contract: Record) -> Iterator[str]:
    """The days on which an assessment passed that accepts: the one that the contract names, else any of the project."""
    named = facts.corpus.records.get(str(contract.data.get("assessment")))
    own = project.records.get("assessment", ())
    for assessment in (named,) if named else (*own, *engagement.documents(facts, project, "assessment")):
        day = engagement.settled_on(facts, assessment)
        if day and assessment.data.get("conclusion", "accept") == "accept":
            yield day
