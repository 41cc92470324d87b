"""The contract was signed before it was reviewed

The legal department reviews a contract before it is signed; afterwards nothing can be mended. The day in the act of signing is earlier than a
review of the same text. (A contract that was signed without any review at all is found by the rule on the order of stages.)

**To mend it** look at the signed paper. If the day was mistyped, record the signature again with the right one. If it was really signed
first, have the client sign the reviewed text again.
---
合同签署在审核之前

合同签署之前须经法务审核，签完再审就来不及改了。签署环节写明的日期早于同一文本的审核日期。（完全没有审核就签署的，由环节次序的规则发现。）

**怎么改**：核对签字原件。日期写错的，用正确的日期重新登记签署；确实先签后审的，请客户就审定的文本重新签署。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Act, Record

RULE = Rule(
    code="PRJ007",
    name="signed-before-review",
    clauses=("R2.1.3",),
    message=Text(
        en="signed on `{signed}`, before the review of {reviewed}",
        zh="`{signed}` 签署，早于 {reviewed} 的审核",
    ),
    help=Text(
        en="a contract is signed on {reviewed} or later: correct the day, or have the reviewed text signed anew",
        zh="签署日期不得早于 {reviewed}：请更正日期，或就审定的文本重新签署",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    events = {stage.name for stage in facts.policy.chains.get("contract", ()) if stage.event}
    for contract in facts.corpus.of("contract"):
        for act in contract.acts:
            signed = str((act.data.get("details") or {}).get("signed") or "")
            if act.chain != "contract" or act.stage not in events or not signed:
                continue
            reviews = [other for other in _of_same_text(contract, act) if other.stage not in events]
            last = max(reviews, key=lambda review: review.date, default=None)
            if last is not None and signed < last.date:
                yield RULE.at(
                    Place(act.path, ("details", "signed")),
                    number=contract.number,
                    related=(Related(Place(last.path, ("date",)), Text("the review", "审核")),),
                    signed=signed,
                    reviewed=last.date,
                )


def _of_same_text(contract: Record, act: Act) -> Iterator[Act]:
    text = (act.chain, act.revision, act.content)
    for other in contract.acts:
        passed = other.decision in ("approved", "imported")
        if passed and (other.chain, other.revision, other.content) == text:
            yield other
