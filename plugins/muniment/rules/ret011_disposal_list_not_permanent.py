"""A list of disposal that is not kept for ever

The list is all that is left of what was destroyed: which records, why, by whose decision, before whose eyes. It is kept
permanently, and no policy and no record may say otherwise.

**To mend it** write `permanent: true`.
---
销毁清单未规定永久保管

文件销毁之后，只剩销毁清单能说明销毁了什么、为什么、谁批准、谁监销。销毁清单永久保存，制度和记录都不得另行规定。

**怎么改**：写成 `permanent: true`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.lifecycle import DISPOSAL

RULE = Rule(
    code="RET011",
    name="disposal-list-not-permanent",
    clauses=("R4.3.2",),
    message=Text(
        en="lists of disposal are kept for ever, and `{name}` says otherwise",
        zh="销毁清单须永久保管，而 `{name}` 另有规定",
    ),
    help=Text(
        en="write `permanent: true`",
        zh="请写 `permanent: true`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("retention")
    lists = {kind.name for kind in facts.types.values() if kind.chain == DISPOSAL}
    for (table, name), entry in retention.schedules(facts.policy):
        if policy is not None and table == "types" and name in lists and not entry.get("permanent"):
            yield RULE.at(Place(policy.path, (table, name)), number=policy.number, name=name)
    for disposal in retention.disposals(facts):
        own = disposal.data.get("retention")
        if own and not own.get("permanent"):
            yield RULE.at(Place(disposal.path, ("retention",)), number=disposal.number, name=disposal.number)
