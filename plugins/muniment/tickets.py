"""Tickets: how long a client waited for an answer and for a solution, against what the policy promises (R2.4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from muniment import worktime
from muniment.facts import Facts
from muniment.recall import recalled
from muniment.records import Record
from muniment.worktime import Calendar

Standing = Literal["within", "beyond", "open"]


@dataclass(frozen=True)
class Timing:
    """Working time from the report to the response and to the solution, `None` where there is none yet, and the targets,
    `None` where the policy has none for this urgency and complexity.
    """

    respond: timedelta | None
    solve: timedelta | None
    respond_target: timedelta | None
    solve_target: timedelta | None

    @property
    def is_within(self) -> bool:
        """Whether it was answered and solved, both in time."""
        return _is_within(self.respond, self.respond_target) and _is_within(self.solve, self.solve_target)


def _is_within(taken: timedelta | None, target: timedelta | None) -> bool:
    return taken is not None and (target is None or taken <= target)


@dataclass(frozen=True)
class Verdict:
    """Whether the response and the solution came `within` their targets or `beyond` them; `open` while there is still time for
    what has not come. What has not come and is late is `beyond` from the day after.
    """

    respond: Standing
    solve: Standing


def verdict(facts: Facts, ticket: Record) -> Verdict:
    """A ticket against its targets as things stand today."""
    taken = timing(facts, ticket)
    waited = _waited(facts, ticket)
    return Verdict(
        _standing(taken.respond, taken.respond_target, waited),
        _standing(taken.solve, taken.solve_target, waited),
    )


def _standing(taken: timedelta | None, target: timedelta | None, waited: timedelta) -> Standing:
    if taken is None:
        return "beyond" if target is not None and waited > target else "open"
    return "within" if _is_within(taken, target) else "beyond"


def _waited(facts: Facts, ticket: Record) -> timedelta:
    """The working time from the report to the end of yesterday: how much of today is over, nobody says."""
    start = time(facts, ticket, "reported_at")
    today = worktime.moment(f"{facts.today}T00:00", facts.policy.zone)
    return worktime.worked(_calendar(facts), start, today) if start else timedelta()


def deadlines(facts: Facts, ticket: Record) -> tuple[datetime | None, datetime | None]:
    """By when a ticket must be answered and solved; None where the policy has no target."""
    taken, start = timing(facts, ticket), time(facts, ticket, "reported_at")
    if start is None:
        return None, None
    calendar = _calendar(facts)
    targets = taken.respond_target, taken.solve_target
    respond, solve = (None if span is None else worktime.after(calendar, start, span) for span in targets)
    return respond, solve


def hours(taken: timedelta | None) -> Decimal | None:
    """Working time as hours with one decimal."""
    if taken is None:
        return None
    return (Decimal(taken // timedelta(microseconds=1)) / 3_600_000_000).quantize(
        Decimal("0.1"), ROUND_HALF_UP
    )


def mean(values: Iterable[int | Decimal]) -> Decimal | None:
    """The average with one decimal; None of nothing."""
    found = [Decimal(value) for value in values]
    if not found:
        return None
    return (sum(found, Decimal()) / len(found)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def timing(facts: Facts, ticket: Record) -> Timing:
    """What a ticket took, in the working hours of the policy's calendar."""
    data = ticket.data
    target: Mapping[str, Any] = next(
        (
            entry
            for entry in facts.policy.value("service-levels", "targets", default=())
            if (entry["urgency"], entry["complexity"]) == (data["urgency"], data["complexity"])
        ),
        {},
    )
    return Timing(
        _taken(facts, ticket, "responded_at"),
        _taken(facts, ticket, "solved_at"),
        _hours(target.get("respond_hours")),
        _hours(target.get("solve_hours")),
    )


def time(facts: Facts, ticket: Record, field: str) -> datetime | None:
    """A time of a ticket on the clock of the policy's zone."""
    stated = ticket.data.get(field)
    return worktime.moment(str(stated), facts.policy.zone) if stated else None


def reported(facts: Facts, start: str, end: str) -> tuple[Record, ...]:
    """The tickets that were reported from one day to another, both included."""
    found = []
    for ticket in facts.corpus.of("service-ticket"):
        at = time(facts, ticket, "reported_at")
        if at is not None and start <= at.date().isoformat() <= end:
            found.append(ticket)
    return tuple(found)


def _taken(facts: Facts, ticket: Record, field: str) -> timedelta | None:
    start, end = time(facts, ticket, "reported_at"), time(facts, ticket, field)
    return worktime.worked(_calendar(facts), start, end) if start and end else None


@recalled
def _calendar(facts: Facts) -> Calendar:
    return worktime.calendar(facts.policy.value("organization", "calendar", default={}), facts.policy.zone)


def _hours(value: Any) -> timedelta | None:
    return None if value is None else timedelta(microseconds=int(Decimal(value) * 3_600_000_000))
