"""A disposal of what no schedule covers

A record may go when its period is over, so it needs a period. For what is no document the policy says so by type, such as
`loan: {years: 5, from: returned}`; without an entry it stays.

**To mend it** take the record off the list, or have the policy say for how long its type is kept.
---
列入销毁的记录没有保管期限规定

保管期满才能销毁，所以必须先有保管期限。文件以外的记录由制度按类型规定，例如 `loan: {years: 5, from: returned}`；没有规定的不得销毁。

**怎么改**：从清单中去掉该记录，或者在制度中规定该类型的保管期限。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET013",
    name="disposal-without-schedule",
    clauses=("R4.3.2",),
    message=Text(
        en="`{target}` is on a list of disposal, and no schedule says how long a {kind} is kept",
        zh="`{target}` 列入销毁，但制度没有规定{kind}的保管期限",
    ),
    help=Text(
        en="take {target} off the list, or add `{type}` to `types` of the policy `retention`",
        zh="请从清单中去掉 {target}，或在制度 `retention` 的 `types` 中加上 `{type}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for listing in retention.listings(facts):
        kind = listing.target.type
        # A document without a schedule is a finding on the document.
        if kind.group != "documents" and retention.period(facts, listing.target) is None:
            yield RULE.at(
                Place(listing.disposal.path, listing.pointer),
                number=listing.disposal.number,
                target=listing.target.number,
                kind=kind.title,
                type=kind.name,
            )
