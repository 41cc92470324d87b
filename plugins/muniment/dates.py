"""Dates and times as records write them, and what was meant where they are written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

DATE = "date"
TIME = "datetime-local"
MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"  # the patterns of common.schema.json, where no format has a name for it
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_ANY_DATE = re.compile(
    r"\s*([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
    r"(?:[\sT]*([0-9]{1,2})\s*[:：时]\s*([0-9]{2})?\s*分?(?::[0-9]{2})?)?\s*"
)
_CLOSE_DATE = re.compile(r"\s*([0-9]{4})([0-9]{2})([0-9]{2})()()\s*")
_ANY_MONTH = re.compile(r"\s*([0-9]{4})\s*[-/.年]?\s*([0-9]{1,2})\s*月?\s*")
_ANY_CLOCK = re.compile(r"\s*([0-9]{1,2})\s*[:：.时]\s*([0-9]{2})?\s*分?\s*")


def is_date(text: str) -> bool:
    """Whether it is a day of the calendar, as `2026-05-06`."""
    return _DATE.fullmatch(text) is not None and _is_real(text)


def is_time(text: str) -> bool:
    """Whether it is a time, as `2026-05-06T09:30`, with or without seconds and offset."""
    return _TIME.fullmatch(text) is not None and _is_real(text)


def has_form(text: str, form: str) -> bool:
    """Whether it is written like a date or time, be there such a day or not."""
    return (_DATE if form == DATE else _TIME).fullmatch(text) is not None


def _is_real(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def quarter(day: str) -> str:
    """The quarter of a day, as `2026-Q2`."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def quarters(days: Iterable[str]) -> list[str]:
    """Every quarter from that of the first day to that of the last, those in which nothing happened among them."""
    found = sorted(map(quarter, days))
    if not found:
        return []
    first, last = (int(each[:4]) * 4 + int(each[6]) - 1 for each in (found[0], found[-1]))
    return [f"{at // 4:04d}-Q{at % 4 + 1}" for at in range(first, last + 1)]


def mend(text: str, form: str) -> str | None:
    """What was meant, in the right form, where it can be told; `form` is a format or a pattern above."""
    if form in (DATE, TIME):
        right = _mend_date(text, form)
    elif form == MONTH:
        match = _ANY_MONTH.fullmatch(text)
        right = f"{match[1]}-{int(match[2]):02d}" if match and 1 <= int(match[2]) <= 12 else None
    elif form == CLOCK:
        match = _ANY_CLOCK.fullmatch(text)
        right = f"{int(match[1]):02d}:{match[2] or '00'}" if match else None
        right = right if right and re.fullmatch(CLOCK, right) else None
    else:
        return None
    return right if right != text else None


def _mend_date(text: str, form: str) -> str | None:
    match = _ANY_DATE.fullmatch(text) or _CLOSE_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute = match.groups()
    try:
        right = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    if form == DATE:
        return right
    right = f"{right}T{int(hour or 0):02d}:{minute or '00'}"
    return right if hour and _is_real(right) else None
