"""A period of its own without a reason

A record may be kept longer or otherwise than the policy says, for a reason that somebody will want to know when the day comes: a
guarantee, a lawsuit, an agreement with the client. Without it nobody can tell a decision from a slip.

**To mend it** write the `reason` beside the period, or leave `retention` out.
---
另定保管期限却没有写明理由

记录可以另定与制度不同的保管期限，但要有理由：质保、诉讼、与客户的约定等。到期那天一定有人要问。没有理由，就分不清是决定还是笔误。

**怎么改**：在期限旁写上 `reason`，或者删去 `retention`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET004",
    name="override-without-reason",
    clauses=("R4.3.2",),
    message=Text(
        en="`{number}` is kept otherwise than the policy says, and nobody says why",
        zh="`{number}` 的保管期限与制度不同，却没有写明理由",
    ),
    help=Text(
        en="add `reason` to `retention`, or leave `retention` out",
        zh="请在 `retention` 中写上 `reason`，或者删去 `retention`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        own = record.data.get("retention")
        if not own or str(own.get("reason") or "").strip():
            continue
        found = retention.schedule(facts.policy, record)
        if found is not None and not found.is_on_record:
            yield RULE.at(Place(record.path, ("retention",), on_key=True), number=record.number)
