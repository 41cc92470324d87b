"""A ticket was answered before it was reported

The response and every step of a ticket follow its report. A time before it makes the time that the client waited look shorter than nothing, and
every figure drawn from it is wrong.

**To mend it** look up the call or the message; mostly a day was mistyped. Times are in the policy's zone unless they say otherwise.
---
服务记录单的响应早于报修

响应和各个处理步骤都在报修之后。早于报修的时间会使客户等待的时间算成负数，由此得出的统计全都不对。

**怎么改**：核对来电或消息记录，多半是日期写错。时间未注明时差的，按制度规定的时区。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Record
from muniment.worktime import moment

RULE = Rule(
    code="PRJ028",
    name="response-before-report",
    clauses=("R2.4.2",),
    message=Text(
        en="`{at}` is before the report at {reported}",
        zh="`{at}` 早于报修时间 {reported}",
    ),
    help=Text(
        en="correct this time or `reported_at`: nothing is answered before {reported}",
        zh="请改正此处时间或 `reported_at`：响应不会早于 {reported}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for ticket in facts.corpus.of("service-ticket"):
        reported = str(ticket.data["reported_at"])
        for pointer, at in _times(ticket):
            if moment(at, facts.policy.zone) < moment(reported, facts.policy.zone):
                yield RULE.at(Place(ticket.path, pointer), number=ticket.number, at=at, reported=reported)


def _times(ticket: Record) -> Iterator[tuple[Pointer, str]]:
    if ticket.data.get("responded_at"):
        yield ("responded_at",), str(ticket.data["responded_at"])
    for index, step in enumerate(ticket.data.get("steps") or ()):
        yield ("steps", index, "at"), str(step["at"])
