"""Working time: how many hours of the company's calendar lie between two moments (R2.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, and between which times. `working_days` win over holidays and weekends: they are the days
    that are worked in exchange for a holiday.
    """

    weekdays: frozenset[str]
    hours: tuple[tuple[time, time], ...]
    holidays: frozenset[str]
    working_days: frozenset[str]
    zone: tzinfo

    def is_worked(self, day: date) -> bool:
        name = day.isoformat()
        if name in self.working_days:
            return True
        return name not in self.holidays and WEEKDAYS[day.weekday()] in self.weekdays


def calendar(policy: Mapping[str, Any], zone: tzinfo) -> Calendar:
    """The calendar of the policy `organization`; times of day that run backwards are no working time."""
    spans = sorted(
        (time.fromisoformat(str(span["from"])), time.fromisoformat(str(span["to"])))
        for span in policy.get("hours") or ()
    )
    return Calendar(
        frozenset(policy.get("weekdays") or ()),
        tuple(_without_overlap(spans)),
        frozenset(map(str, policy.get("holidays") or ())),
        frozenset(map(str, policy.get("working_days") or ())),
        zone,
    )


def _without_overlap(spans: list[tuple[time, time]]) -> Iterator[tuple[time, time]]:
    """Sorted times of day, so cut that no minute counts twice."""
    reached = time.min
    for start, end in spans:
        if end > max(start, reached):
            yield max(start, reached), end
            reached = end


def moment(text: str, zone: tzinfo) -> datetime:
    """A time as records write it, on the clock of the policy's zone."""
    stated = datetime.fromisoformat(text)
    try:
        return stated.replace(tzinfo=zone) if stated.tzinfo is None else stated.astimezone(zone)
    except OverflowError:  # an offset that leads out of the calendar, in the first or the last year of all
        return stated.replace(tzinfo=zone)


def after(calendar: Calendar, start: datetime, span: timedelta) -> datetime | None:
    """The moment at which so much working time has passed since `start`; None where the calendar has none within ten years."""
    left = span
    for offset in range(3_660):
        day = start.date() + timedelta(days=offset)
        if calendar.is_worked(day):
            for opens, closes in calendar.hours:
                begun = max(start, datetime.combine(day, opens, calendar.zone))
                room = datetime.combine(day, closes, calendar.zone) - begun
                if room >= left:
                    return begun + left
                left -= max(room, timedelta())
    return None


def worked(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time from `start` to `end`, both on the clock of the calendar's zone; nothing where they are reversed."""
    total = timedelta()
    for offset in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=offset)
        if calendar.is_worked(day):
            for opens, closes in calendar.hours:
                begun = max(start, datetime.combine(day, opens, calendar.zone))
                done = min(end, datetime.combine(day, closes, calendar.zone))
                total += max(done - begun, timedelta())
    return total
