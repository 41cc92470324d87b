"""A log entry lies outside the life of the project

A project lives from the day it was taken on (`created`) to the day it was closed (`closed`). Work before that was not done for this project; work
after that belongs to another one, or to a service ticket.

**To mend it** correct the date of the entry, or enter it where it belongs. If work really went on, the project was not closed: take `closed` out.
---
日志日期不在项目存续期间

项目自承接之日（`created`）起，到结项之日（`closed`）止。此前的工作不属于本项目，此后的工作应记入别的项目或售后服务记录单。

**怎么改**：改正日期，或者记到应记的地方。工作确实还在继续的，说明项目并未结项，删除 `closed`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ015",
    name="log-outside-project",
    clauses=("R2.2.3",),
    message=Text(
        en="`{day}` lies outside the life of {project}: {start} to {end}",
        zh="`{day}` 不在项目 {project} 的存续期间：{start} 至 {end}",
    ),
    help=Text(
        en="correct the day, or enter the work where it belongs: a service ticket, another project",
        zh="请改正日期，或者记到应记的地方：售后服务记录单或别的项目",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for log, own in engagement.each(facts, "work-log"):
        for index, entry in enumerate(log.data["entries"]):
            day = str(entry["date"])
            if not own.is_alive(day):
                yield RULE.at(
                    Place(log.path, ("entries", index, "date")),
                    number=log.number,
                    related=(Related(Place(own.project.path, ("created",)), Text("the project", "项目")),),
                    day=day,
                    project=own.project.number,
                    start=own.start,
                    end=own.end or "…",
                )
