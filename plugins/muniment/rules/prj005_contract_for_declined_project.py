"""A contract for a project that was declined

The assessment recommended to decline, with reasons, or the manager has set the project to `declined`. A contract for it would bind
the company to what its own experts advised against.

**To mend it** drop the contract. If the circumstances have changed, write a new assessment that accepts and have it reviewed, name it in
the contract's `assessment`, and set the project's stage to `assessed`.
---
为不予承接的项目拟订了合同

评估报告的结论是不承接并写明了理由，或者项目经理已把项目标为 `declined`。此时签约，等于让公司承担自己的专家明确反对的事。

**怎么改**：撤下合同。情况确有变化的，先写一份结论为承接的新评估报告并审完，在合同的 `assessment` 中填写它，再把项目阶段改为 `assessed`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="PRJ005",
    name="contract-for-declined-project",
    clauses=("R2.1.2",),
    message=Text(
        en="{project} was declined, `{refusal}` says so, and yet there is a contract",
        zh="{project} 不予承接（见 `{refusal}`），却有合同",
    ),
    help=Text(
        en="drop the contract, or have a new assessment accept {project} first",
        zh="请撤下合同；确要承接 {project} 的，先由新的评估报告得出承接结论",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for project in engagement.engagements(facts).values():
        plain = engagement.documents(facts, project, "contract")
        for contract in (*engagement.in_use(facts, project, "contract"), *plain):
            refusal = _refusal(facts, project, contract)
            if refusal is not None:
                yield RULE.at(
                    Place(contract.path, ("project",)),
                    number=contract.number,
                    related=(Related(refusal, Text("the refusal", "不承接的结论")),),
                    project=project.project.number,
                    refusal=refusal.path.rpartition("/")[2].removesuffix(".yaml"),
                )


def _refusal(facts: Facts, project: Engagement, contract: Record) -> Place | None:
    """Where the contract's assessment declines, else the project's newest one, else the project itself."""
    named = facts.corpus.records.get(str(contract.data.get("assessment")))
    newest = max(engagement.in_use(facts, project, "assessment"), key=engagement.day_of, default=None)
    assessment = named or newest
    if assessment is not None and assessment.data.get("conclusion") == "decline":
        return Place(assessment.path, ("conclusion",))
    if project.stage == "declined":
        return Place(project.project.path, ("stage",))
    return None
