"""A ticket was solved before it was answered

A solution is an answer, too: whoever solves a problem at once has answered at that moment. A ticket that is solved without a response, or before it, would
count as never answered.

**To mend it** correct the time, or enter the time of the solution as `responded_at`, too, if the solution was the first the client heard.
---
服务记录单的解决早于响应

解决本身也是响应：当场解决的，解决之时就是响应之时。没有响应就已解决、或解决早于响应的，统计时会算成从未响应。

**怎么改**：改正时间；解决就是对客户的首次答复的，把解决时间同时填入 `responded_at`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import tickets
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ029",
    name="solution-before-response",
    clauses=("R2.4.2", "R2.4.3"),
    message=Text(
        en="solved at `{solved}`, {response}",
        zh="`{solved}` 解决，{response}",
    ),
    help=Text(
        en="correct the times; if the client heard of it at once: `responded_at: {solved}`",
        zh="请改正时间；当场解决的，写 `responded_at: {solved}`",
    ),
)

_NEVER = Text("and no response was entered", "却没有登记响应")


def check(facts: Facts) -> Iterator[Finding]:
    for ticket in facts.corpus.of("service-ticket"):
        responded = tickets.time(facts, ticket, "responded_at")
        solved = tickets.time(facts, ticket, "solved_at")
        if solved is not None and (responded is None or solved < responded):
            stated = ticket.data.get("responded_at")
            yield RULE.at(
                Place(ticket.path, ("solved_at",)),
                number=ticket.number,
                solved=ticket.data["solved_at"],
                response=Text(f"before the response at {stated}", f"早于响应时间 {stated}")
                if stated
                else _NEVER,
            )
