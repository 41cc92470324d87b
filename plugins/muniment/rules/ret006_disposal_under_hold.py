"""A disposal of what is on hold

A hold stops every disposal as long as it stands, whatever the period says: there is a lawsuit, an audit, an inquiry, and what is
destroyed now is evidence that is gone.

**To mend it** take the record off the list. When the matter is over, whoever asked for the hold has it lifted by a revision of the
record; then it may be listed.
---
冻结的记录被列入销毁

冻结期间一律不得处置，不论保管期是否已满：案件、审计、调查还没有结束，这时销毁就是毁灭证据。

**怎么改**：从清单中去掉该记录。事情结束后，由提出冻结的人通过升版解除冻结，之后才能列入清单。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="RET006",
    name="disposal-under-hold",
    clauses=("R4.3.2",),
    message=Text(
        en="`{target}` is to be destroyed while it is on hold since {since}",
        zh="`{target}` 自 {since} 起冻结，却被列入销毁",
    ),
    help=Text(
        en="take {target} off the list; {by} asked for the hold: {reason}",
        zh="请从清单中去掉 {target}；冻结由 {by} 提出：{reason}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for listing in retention.listings(facts):
        hold = retention.hold(listing.target)
        is_done = retention.carried_out(facts, listing.disposal) is not None
        if hold is None or (is_done and str(hold["since"]) > listing.day):
            continue
        yield RULE.at(
            Place(listing.disposal.path, listing.pointer),
            number=listing.disposal.number,
            related=(Related(Place(listing.target.path, ("hold",)), Text("the hold", "冻结")),),
            target=listing.target.number,
            since=hold["since"],
            by=hold["by"],
            reason=hold["reason"],
        )
