"""A departure is completed with an item that the successor has not received

Materials, the state of projects and open tasks go to a successor, who enters the day on which each was received. The departure is
completed, yet an item of its handover list has no such day, or the list is not from the leaver to somebody else.

**To mend it** the successor takes the item over and enters `received`. An item that does not exist is taken off the list.
---
离职已办结，但有事项没有接收

资料、项目状态和未完成的任务都要交给接收人，由接收人逐项填写接收日期。这份离职已经办结，但交接清单上有事项没有接收日期，或者清单不是由离职人交给他人。

**怎么改**：由接收人接收该事项，并填写 `received`。不存在的事项从清单中删去。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF019",
    name="item-not-received",
    clauses=("R3.4.3",),
    message=Text(
        en="{departure} is completed, but {state}",
        zh="{departure} 已办结，但{state}",
    ),
    help=Text(
        en="{successor} takes it over and enters the day in `received`",
        zh="请由 {successor} 接收，并在 `received` 中填写日期",
    ),
)

_PARTIES = Text(
    "the list goes from {leaver} to a successor: correct `from` or `to`",
    "清单由 {leaver} 交给接收人：请更正 `from` 或 `to`",
)


def check(facts: Facts) -> Iterator[Finding]:
    for departure, act in personnel.departures(facts):
        leaver = departure.data["staff"]
        for record in personnel.handovers(facts, departure):
            for pointer, state in _open(record, leaver):
                yield RULE.at(
                    Place(record.path, pointer),
                    number=record.number,
                    related=(Related(Place(act.path, ("date",)), Text("completed", "办结")),),
                    help=_PARTIES if len(pointer) == 1 else None,
                    departure=departure.number,
                    state=state,
                    successor=facts.title(record.data["to"]),
                    leaver=facts.title(leaver),
                )


def _open(record: Record, leaver: str) -> Iterator[tuple[Pointer, Text]]:
    data = record.data
    if data["from"] != leaver:
        yield ("from",), Text(f"`{data['from']}` is not the leaver", f"`{data['from']}` 不是离职人")
    if data["to"] == leaver:
        yield ("to",), Text(f"`{data['to']}` is the leaver", f"`{data['to']}` 就是离职人")
    for index, item in enumerate(data["items"]):
        if not item.get("received"):
            yield (
                ("items", index, "what"),
                Text(f"`{item['what']}` is not received", f"`{item['what']}` 没有接收"),
            )
