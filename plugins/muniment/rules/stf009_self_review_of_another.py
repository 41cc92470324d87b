"""An evaluation rests on a self-review of another person or month

Each month the person writes the self-review, then the superior evaluates it. The evaluation names that self-review; it must be the
same person's and for the same month, or the evaluation has none.

**To mend it** name the right self-review, or correct person or month. If there is none yet, the person writes it first.
---
评价表所依据的自评表不是同一人或同一月份

每月先由本人填写自评表，再由上级评价。评价表要写明所依据的自评表，两者应是同一个人、同一个月份，否则等于没有自评。

**怎么改**：填写正确的自评表编号，或更正人员、月份。还没有自评表的，先由本人填写。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="STF009",
    name="self-review-of-another",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="self-review `{review}` is by {writer} for {month}",
        zh="自评表 `{review}` 是 {writer} {month} 的",
    ),
    help=Text(
        en="self-review of {staff} for {wanted}: {right}",
        zh="{staff} {wanted} 的自评表：{right}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for evaluation in personnel.in_use(facts, "evaluation"):
        review = facts.corpus.legible(evaluation.data["self_review"])
        if review is None or review.type.name != "self-review":
            continue
        wanted = (evaluation.data["staff"], evaluation.data["month"])
        if (review.data["staff"], review.data["month"]) != wanted:
            right = [
                other.number
                for other in personnel.in_use(facts, "self-review")
                if (other.data["staff"], other.data["month"]) == wanted
            ]
            note = Related(Place(review.path, ("staff",)), Text("the self-review", "自评表"))
            yield RULE.at(
                Place(evaluation.path, ("self_review",)),
                number=evaluation.number,
                related=(note,),
                review=review.number,
                writer=facts.title(review.data["staff"]),
                month=review.data["month"],
                staff=facts.title(wanted[0]),
                wanted=wanted[1],
                right=", ".join(right) or "—",
            )
