"""A disposal of what is kept for ever

What is permanent by policy or by its own record is never destroyed. That goes for every list of disposal, too: it alone shows in
twenty years that what is missing went by rights.

**To mend it** take the record off the list. If it should not be permanent, that is a change of the policy or of the record, with its reason.
---
永久保管的记录被列入销毁

制度或记录本身规定永久保管的，不得销毁。销毁清单本身也是：二十年后，只有它能说明缺少的文件是依规销毁的。

**怎么改**：从清单中去掉该记录。如果它不应永久保管，须先修改制度或记录，并写明理由。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET007",
    name="disposal-of-permanent-record",
    clauses=("R4.3.2",),
    message=Text(
        en="`{target}` is kept for ever and is on a list of disposal",
        zh="`{target}` 须永久保管，却被列入销毁",
    ),
    help=Text(
        en="take {target} off the list",
        zh="请从清单中去掉 {target}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for listing in retention.listings(facts):
        found = retention.period(facts, listing.target)
        if found is not None and found.is_permanent:
            yield RULE.at(
                Place(listing.disposal.path, listing.pointer),
                number=listing.disposal.number,
                target=listing.target.number,
            )
