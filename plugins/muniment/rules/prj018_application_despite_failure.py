"""Acceptance is applied for while an inspection is failed

What fails an inspection is reworked and inspected again until it passes; then acceptance is applied for. On the day of the application the last
round of an inspection of this project said `failed`.

**To mend it** have the result reworked and inspected again, enter the new round, and bring the application (its `updated`, too) up to date after that.
---
质量检验未通过，却已申请验收

检验不合格的成果要返工、复检，直到合格，然后才能申请验收。申请当天，本项目有一项检验最近一轮的结果仍是 `failed`。

**怎么改**：返工并复检，登记新的一轮，然后更新验收申请（`updated` 也要改）。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="PRJ018",
    name="application-despite-failure",
    clauses=("R2.2.4",),
    message=Text(
        en="applied on {day}, while inspection `{inspection}` was failed ({failed})",
        zh="{day} 申请时，检验 `{inspection}` 尚未通过（{failed}）",
    ),
    help=Text(
        en="inspect `{object}` again, enter the round in {inspection}, then bring the application up to date",
        zh="请复检“{object}”，在 {inspection} 登记新的一轮，再更新验收申请",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for application, own in engagement.each(facts, "acceptance-application"):
        day = engagement.day_of(application)
        for inspection in own.records.get("quality-inspection", ()):
            last = _last(inspection, day)
            if last is not None and last["result"] == "failed":
                yield RULE.at(
                    Place(application.path, ("updated",)),
                    number=application.number,
                    related=(Related(Place(inspection.path, ("rounds",)), Text("the inspection", "检验")),),
                    day=day,
                    inspection=inspection.number,
                    failed=last["date"],
                    object=inspection.data["object"],
                )


def _last(inspection: Record, day: str) -> Mapping[str, Any] | None:
    """The latest round up to a day; of two on one day, the one that was entered later."""
    rounds = [turn for turn in inspection.data.get("rounds") or () if str(turn["date"]) <= day]
    return max(reversed(rounds), key=lambda turn: str(turn["date"]), default=None)
