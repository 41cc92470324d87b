"""Somebody evaluates himself

The monthly evaluation is the superior's word on the person's own self-review. Written by the same person it says nothing new.

**To mend it** the superior writes the evaluation. If only the number of the evaluator was mistyped, correct `by`.
---
自己给自己评价

月度评价表是上级对本人自评的意见。由本人填写，就失去了评价的意义。

**怎么改**：由上级填写评价表。只是评价人编号写错的，更正 `by`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="STF010",
    name="evaluation-by-oneself",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="`{by}` ({name}) evaluates himself or herself",
        zh="`{by}`（{name}）评价自己",
    ),
    help=Text(
        en="the evaluation is for the superior to write: {superior}",
        zh="评价表由上级填写：{superior}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for evaluation in personnel.in_use(facts, "evaluation"):
        by, staff = evaluation.data["by"], evaluation.data["staff"]
        if by == staff:
            person = personnel.as_of(facts, staff, str(evaluation.data["created"])) or {}
            superior = str(person.get("superior") or "")
            yield RULE.at(
                Place(evaluation.path, ("by",)),
                number=evaluation.number,
                by=by,
                name=facts.title(by),
                superior=f"{superior} {facts.title(superior)}" if superior else "—",
            )
