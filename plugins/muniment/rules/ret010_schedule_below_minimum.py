"""A schedule below its own minimum

The policy `retention` names a minimum for a class and a shorter period for it, or for one of its kinds. One of the two is a slip, and
the shorter one would destroy what must be kept.

**To mend it** raise the years, or change the minimum if law allows it.
---
制度规定的期限短于最低年限

制度 `retention` 为某一类别规定了最低年限，却又为它或它的某个种类规定了更短的期限。两者必有一误，而短的那个会让应当保存的文件被销毁。

**怎么改**：提高年数；如法规允许，也可修改最低年限。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET010",
    name="schedule-below-minimum",
    clauses=("R4.3.2",),
    message=Text(
        en="`{name}` is kept for {years} years, and its minimum is {minimum}",
        zh="`{name}` 的保管期限为 {years} 年，最低年限却是 {minimum} 年",
    ),
    help=Text(
        en="write `years: {minimum}` or more",
        zh="请写 `years: {minimum}` 或更多",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("retention")
    if policy is None:
        return
    for (table, name), entry in retention.schedules(facts.policy):
        minimum = max([int(entry.get("minimum", 0)), *_of_classes(facts, str(table), str(name))])
        years = entry.get("years")
        if years is not None and years < minimum:
            yield RULE.at(
                Place(policy.path, (table, name, "years")),
                number=policy.number,
                name=name,
                years=years,
                minimum=minimum,
            )


def _of_classes(facts: Facts, table: str, name: str) -> Iterator[int]:
    """The minimums of the classes that a kind belongs to."""
    if table != "kinds":
        return
    for group, kinds in facts.policy.value("documents", "kinds", default={}).items():
        if name in kinds:
            yield int(facts.policy.value("retention", "classes", group, "minimum", default=0))
