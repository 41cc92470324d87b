"""Working time between two moments: nights, lunch, weekends, holidays and the days worked in exchange."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import worktime

ZONE = ZoneInfo("Asia/Shanghai")
POLICY = {
    "weekdays": ["mon", "tue", "wed", "thu", "fri"],
    "hours": [{"from": "13:00", "to": "18:00"}, {"from": "09:00", "to": "12:00"}],
    "holidays": ["2026-10-01", "2026-10-02"],
    "working_days": ["2026-10-10"],
}
CALENDAR = worktime.calendar(POLICY, ZONE)


def hours(start: str, end: str) -> float:
    spent = worktime.worked(CALENDAR, worktime.moment(start, ZONE), worktime.moment(end, ZONE))
    return spent / timedelta(hours=1)


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    assert hours("9999-12-31T23:00", "9999-12-31T23:30-10:00") == 0
    assert worktime.moment("0001-01-01T00:00+14:00", ZONE).year == 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-08-03T09:30", "2026-08-03T11:00", 1.5),  # within a morning
        ("2026-08-03T11:30", "2026-08-03T13:30", 1),  # over lunch
        ("2026-08-03T12:10", "2026-08-03T12:50", 0),  # during lunch
        ("2026-08-03T17:00", "2026-08-04T10:00", 2),  # over night
        ("2026-08-03T02:00", "2026-08-03T23:00", 8),  # a whole day
        ("2026-08-07T17:00", "2026-08-10T10:00", 2),  # over a weekend (Friday to Monday)
        ("2026-08-08T10:00", "2026-08-09T10:00", 0),  # on a weekend
        ("2026-09-30T17:00", "2026-10-05T10:00", 2),  # over a holiday and a weekend
        ("2026-10-09T17:00", "2026-10-11T10:00", 9),  # a Saturday worked in exchange
        ("2026-08-03T10:00", "2026-08-03T09:00", 0),  # reversed
        ("2026-08-03T01:30Z", "2026-08-03T10:30", 1),  # 09:30 in Shanghai
        ("2026-08-03T09:30:30", "2026-08-03T09:31:00", 1 / 120),
    ],
)
def test_only_working_time_counts(start: str, end: str, expected: float) -> None:
    assert hours(start, end) == pytest.approx(expected)


def test_a_day_worked_in_exchange_wins_over_a_holiday_on_the_same_day() -> None:
    both = worktime.calendar({**POLICY, "holidays": ["2026-10-10"]}, ZONE)
    start, end = (worktime.moment(f"2026-10-10T{at}", ZONE) for at in ("09:00", "10:00"))
    assert worktime.worked(both, start, end) == timedelta(hours=1)


def test_hours_that_overlap_or_run_backwards_count_once_or_not_at_all() -> None:
    odd = [
        {"from": "09:00", "to": "12:00"},
        {"from": "10:00", "to": "11:00"},
        {"from": "11:00", "to": "13:00"},
        {"from": "18:00", "to": "17:00"},
    ]
    calendar = worktime.calendar({**POLICY, "hours": odd}, UTC)
    start, end = (worktime.moment(f"2026-08-03T{at}", UTC) for at in ("00:00", "23:00"))
    assert worktime.worked(calendar, start, end) == timedelta(hours=4)


def test_an_empty_calendar_has_no_working_time() -> None:
    start, end = (worktime.moment(f"2026-08-0{day}T09:00", ZONE) for day in (3, 7))
    assert worktime.worked(worktime.calendar({}, ZONE), start, end) == timedelta()


MOMENTS = st.datetimes(
    min_value=worktime.moment("2026-09-25T00:00", ZONE).replace(tzinfo=None),
    max_value=worktime.moment("2026-10-20T00:00", ZONE).replace(tzinfo=None),
).map(lambda at: at.replace(tzinfo=ZONE))


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_parts_add_up_to_the_whole(moments: list[datetime]) -> None:
    first, middle, last = moments
    parts = worktime.worked(CALENDAR, first, middle) + worktime.worked(CALENDAR, middle, last)
    assert parts == worktime.worked(CALENDAR, first, last)
    assert parts <= last - first
