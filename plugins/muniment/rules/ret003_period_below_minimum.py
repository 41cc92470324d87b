"""A period shorter than the minimum

The policy says for each class for how long its records are kept at least; the periods that law and regulation list are minimums, too. A
record may be kept longer than the policy says, never shorter than the minimum.

**To mend it** give the record the longer period, or leave `retention` out, so that the policy's period holds.
---
保管期限短于最低年限

制度为每个类别规定了最低年限，法规所列的期限同样是最低年限。记录可以比制度规定保管得更久，但不得短于最低年限。

**怎么改**：改成不短于最低年限的期限，或者删去 `retention`，按制度的期限执行。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.engagement import day_of
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET003",
    name="period-below-minimum",
    clauses=("R4.3.2",),
    message=Text(
        en="`{number}` is kept {stated}, less than the minimum of {minimum} years",
        zh="`{number}` 保管{stated}，短于最低的 {minimum} 年",
    ),
    help=Text(
        en="write at least `years: {minimum}`, or leave `retention` out",
        zh="请至少写 `years: {minimum}`，或者删去 `retention`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        own = record.data.get("retention")
        found = retention.schedule(facts.policy, record) if own else None
        if own is None or found is None or not found.minimum:
            continue
        years, until = own.get("years"), own.get("until")
        start = retention.triggered(facts, record, found.trigger) or day_of(record)
        if years is not None and years < found.minimum:
            pointer, stated = "years", Text(f"for {years} years", f" {years} 年")
        elif until and start and str(until) < retention.later(start, found.minimum):
            pointer, stated = "until", Text(f"until {until}", f"至 {until}")
        else:
            continue
        place = Place(record.path, ("retention", pointer))
        yield RULE.at(place, number=record.number, stated=stated, minimum=found.minimum)
