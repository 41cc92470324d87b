"""Custody: what a person is in charge of and has to pass on before leaving (R3.4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from muniment import engagement
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Place
from muniment.lifecycle import ENDED
from muniment.records import Record


@dataclass(frozen=True)
class Holding:
    """One thing in somebody's name: a `project` as manager, a place in a `team`, an open `task`, a `loan`, or a classified
    `record`; `number` is the record that says so, at `place`.
    """

    kind: Literal["project", "team", "task", "loan", "record"]
    place: Place
    number: str


def of(facts: Facts, staff: str, last: str) -> Iterator[Holding]:
    """What is in a person's name beyond the day `last`."""
    for own in engagement.engagements(facts).values():
        if own.stage not in engagement.OVER:
            yield from _project(own, staff, last)
            yield from _tasks(facts, own, staff)
    for loan in facts.corpus.of("loan"):
        if loan.data["borrower"] == staff and facts.state(loan.number) == "out":
            yield Holding("loan", Place(loan.path, ("borrower",)), loan.number)
    for record in facts.corpus:
        custodian = (record.data.get("confidentiality") or {}).get("custodian")
        is_classified = facts.level(record) in ("confidential", "core")
        if custodian == staff and is_classified and facts.state(record.number) not in ENDED:
            yield Holding("record", Place(record.path, ("confidentiality", "custodian")), record.number)


def _project(own: Engagement, staff: str, last: str) -> Iterator[Holding]:
    project = own.project
    if project.data["manager"] == staff:
        yield Holding("project", Place(project.path, ("manager",)), project.number)
    for index, entry in enumerate(project.data.get("team") or ()):
        if entry["staff"] == staff and not (entry.get("to") and str(entry["to"]) <= last):
            yield Holding("team", Place(project.path, ("team", index, "staff")), project.number)


def _tasks(facts: Facts, own: Engagement, staff: str) -> Iterator[Holding]:
    for meeting in own.records.get("progress-meeting", ()):
        for index, action in enumerate(meeting.data.get("actions") or ()):
            if action["owner"] == staff and not action.get("done"):
                yield Holding("task", Place(meeting.path, ("actions", index, "owner")), meeting.number)
    done = _done(own.records.get("work-log", ()))
    for plan in engagement.in_use(facts, own, "implementation-plan"):
        for task in engagement.tasks(plan):
            if task.responsible == staff and task.name not in done:
                yield Holding("task", Place(plan.path, (*task.pointer, "responsible")), plan.number)


def _done(logs: tuple[Record, ...]) -> frozenset[str]:
    """Names of the tasks that the work log reports as done."""
    return frozenset(
        name for log in logs for entry in log.data["entries"] for name in entry.get("done") or ()
    )
