"""A term that would never end

“Until publication” (公布前) ends when the record is published, that is, when its chain of approvals is complete. Records of this type have no chain
and are never published, so the term would never end, although it looks as if it did.

**To mend it** write the last day of the term, or leave `until` out, which means permanently.
---
保密期限没有终点

“公布前”到记录发布（审批全部完成）时为止。这种类型的记录没有审批链，永远不会发布，期限看似有终点，其实没有。

**怎么改**：写明保密期限的最后一天；确需长期保密的，不写 `until`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC026",
    name="term-without-end",
    clauses=("R5.2.4",),
    message=Text(
        en="`{number}` is confidential until publication, but a {type} is never published",
        zh="`{number}` 的保密期限是“公布前”，而{type}不会发布",
    ),
    help=Text(
        en="write the last day as `until: 2028-12-31`, or leave it out for a permanent term",
        zh="请写明最后一天，如 `until: 2028-12-31`；长期保密的不写",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        if record.type.chain is None and classification.term(record) == classification.PUBLICATION:
            place = Place(record.path, ("confidentiality", "until"))
            yield RULE.at(place, number=record.number, type=record.type.title)
