"""Notice is shorter than the policy asks

Whoever leaves applies so many days before the last working day as the policy `personnel` says (`notice_days`), so that a successor can take over.
The superior may agree to less: the reason then stands in `waiver`, and the superior's approval of the form covers it.

**To mend it** move the last working day, or enter in `waiver` why the superior agrees to less. Correct a date that was mistyped.
---
离职申请没有达到规定的提前天数

离职须按制度 `personnel` 规定的天数（`notice_days`）提前申请，以便安排接替。上级可以同意缩短：原因写在 `waiver` 中，由上级对申请表的批准一并确认。

**怎么改**：调整最后工作日，或在 `waiver` 中写明上级同意提前离职的原因。日期写错的，更正日期。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="STF017",
    name="short-notice",
    clauses=("R3.4.1",),
    message=Text(
        en="last day `{last}` is {days} days after the application, the policy asks {notice}",
        zh="最后工作日 `{last}` 距申请 {days} 天，制度要求 {notice} 天",
    ),
    help=Text(
        en="{earliest} or later; or state in `waiver` why the superior agrees to less",
        zh="不早于 {earliest}；或在 `waiver` 中写明上级同意缩短的原因",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for departure in personnel.in_use(facts, "departure"):
        data = departure.data
        applied, last = date.fromisoformat(data["applied"]), date.fromisoformat(data["last_day"])
        notice = personnel.policy(facts, data["applied"]).get("notice_days", 0)
        if (last - applied).days < notice and not data.get("waiver"):
            yield RULE.at(
                Place(departure.path, ("last_day",)),
                number=departure.number,
                related=(Related(Place(departure.path, ("applied",)), Text("the application", "申请日期")),),
                last=data["last_day"],
                days=(last - applied).days,
                notice=notice,
                earliest=applied + timedelta(days=notice),
            )
