"""A log entry is by somebody who was not in the team that day

The work log tells what the team did. An entry by somebody who did not belong to it on that day is either under the wrong name, or the team is
not up to date; then hours and responsibility are missing where people look for them.

**To mend it** correct `by` or the date. If the person did work on the project, enter them under `team` with the first day.
---
日志记录人当天不在项目组

工作日志记录项目组的工作。当天不在组的人写下的记录，要么写错了人，要么项目组没有及时更新，工时和责任就查不到了。

**怎么改**：改正 `by` 或日期；此人确实参与了项目的，在 `team` 中登记并写明起始日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ016",
    name="log-by-outsider",
    clauses=("R2.2.3",),
    message=Text(
        en="`{staff}` ({name}) was not in the team of {project} on {day}",
        zh="`{staff}`（{name}）{day} 不在 {project} 的项目组",
    ),
    help=Text(
        en="correct `by`, or enter {staff} under `team` of {project} from {day} on",
        zh="请改正 `by`，或者在 {project} 的 `team` 中登记 {staff}，自 {day} 起",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for log, own in engagement.each(facts, "work-log"):
        for index, entry in enumerate(log.data["entries"]):
            day, staff = str(entry["date"]), str(entry["by"])
            if own.is_alive(day) and not own.has_member(staff, day, day):
                yield RULE.at(
                    Place(log.path, ("entries", index, "by")),
                    number=log.number,
                    related=(Related(Place(own.project.path, ("team",)), Text("the team", "项目组")),),
                    staff=staff,
                    name=facts.title(staff),
                    project=own.project.number,
                    day=day,
                )
