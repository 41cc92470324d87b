"""A ticket is closed without a solution or the client's confirmation

A ticket is closed when the problem is solved and the client has said so. It then tells when and how it was solved, and who confirmed
it for the client, and when.

**To mend it** fill in what the help names. If the client has not confirmed yet, take `closed` out: the ticket stays solved until then.
---
服务记录单没有解决办法或客户确认就已关闭

问题解决并经客户确认，才能关闭。关闭的记录单应写明何时、如何解决，客户方由谁、何时确认。

**怎么改**：填写提示中的字段。客户尚未确认的，删除 `closed`，记录单仍为“已解决”。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.lifecycle import is_filled

RULE = Rule(
    code="PRJ030",
    name="closed-without-solution",
    clauses=("R2.4.3",),
    message=Text(
        en="closed on `{closed}` without {missing}",
        zh="`{closed}` 关闭，却没有{missing}",
    ),
    help=Text(
        en="fill in {fields}, or take `closed` out until then",
        zh="请填写 {fields}，在此之前先删除 `closed`",
    ),
)

_NEEDED = {
    "solved_at": Text("the time of the solution", "解决时间"),
    "solution": Text("a solution", "解决办法"),
    "client_confirmation": Text("the client's confirmation", "客户确认"),
}


def check(facts: Facts) -> Iterator[Finding]:
    for ticket in facts.corpus.of("service-ticket"):
        missing = [name for name in _NEEDED if not is_filled(ticket.data, name)]
        if ticket.data.get("closed") and missing:
            yield RULE.at(
                Place(ticket.path, ("closed",)),
                number=ticket.number,
                closed=ticket.data["closed"],
                missing=Text(
                    ", ".join(_NEEDED[name].en for name in missing),
                    "、".join(_NEEDED[name].zh for name in missing),
                ),
                fields=", ".join(f"`{name}`" for name in missing),
            )
