"""A period ends before it begins

The period of a contract, a task of the plan, somebody's time in the team or the period of a service review ends before its first day. Everything
that is measured against it (tasks, log entries, tickets) would fall outside.

**To mend it** look up the two days in the source; mostly they were swapped or a year was mistyped.
---
期间的结束日期早于开始日期

合同期限、计划任务、项目组成员的在组时间或售后总结的期间，结束早于开始。任务、日志、服务记录都要以这些期间核对，这样一来全都会落在期间之外。

**怎么改**：对照原件核实两个日期，多半是前后写反或年份写错。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="PRJ009",
    name="reversed-period",
    clauses=("R2.1.3", "R2.2.1", "R2.2.2", "R2.4.4"),
    message=Text(
        en="ends on `{end}`, before it begins on {start}",
        zh="结束日期 `{end}` 早于开始日期 {start}",
    ),
    help=Text(
        en="it ends on {start} or later; were the two days swapped?",
        zh="结束日期不得早于 {start}；两个日期是否写反了？",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus.of("contract", "implementation-plan", "project", "service-review"):
        for pointer, start, end in _periods(record):
            if start and end and end < start:
                yield RULE.at(Place(record.path, pointer), number=record.number, start=start, end=end)


def _periods(record: Record) -> Iterator[tuple[Pointer, str, str]]:
    """Every period of a record, with the place of its end."""
    if record.type.name == "contract":
        period = record.data["period"]
        yield ("period", "end"), str(period["start"]), str(period["end"])
    elif record.type.name == "service-review":
        period = record.data["period"]
        yield ("period", "to"), str(period["from"]), str(period["to"])
    elif record.type.name == "project":
        yield ("closed",), str(record.data["created"]), str(record.data.get("closed") or "")
        for index, member in enumerate(record.data.get("team") or ()):
            yield ("team", index, "to"), str(member.get("from") or ""), str(member.get("to") or "")
    else:
        for task in engagement.tasks(record):
            yield (*task.pointer, "due"), task.start, task.due
