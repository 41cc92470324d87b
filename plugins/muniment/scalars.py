"""What a plain scalar means: YAML 1.2 core, without the forms that two readers take for two things."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

MAX_DEPTH = 32
MAX_FAULTS = 100  # a file of rubbish must not become a million findings
MAX_DIGITS = 30

WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
SUSPECT = frozenset(["", *"0123456789+-.~nNtTfF"])  # how a plain scalar that is no text can begin
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
OTHER_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


class OddScalarError(ValueError):
    """A plain scalar that two readers of YAML would take for two things; its text is the rule's name."""


def scalar(value: str) -> str | int | bool | Decimal | None:
    """What a plain scalar means (YAML 1.2 core, without the forms that mislead)."""
    return _short_scalar(value) if len(value) <= MAX_DIGITS + 2 else _scalar(value)


def _scalar(value: str) -> str | int | bool | Decimal | None:
    if value in WORDS:
        return WORDS[value]
    if OTHER_NUMBER.fullmatch(value):
        return _number(value)
    if (DAY.fullmatch(value) and not _is_day(value)) or (TIME.fullmatch(value) and not _is_time(value)):
        raise OddScalarError("impossible-date")
    return value


_short_scalar = lru_cache(maxsize=1 << 14)(_scalar)  # the same dates, numbers and words come again and again


def _number(value: str) -> int | Decimal:
    # Counted before it is converted: int() of very long text is slow, and refuses it in its own words.
    if sum(map(str.isdigit, value)) > MAX_DIGITS:
        raise OddScalarError("overlong-number")
    if INTEGER.fullmatch(value):
        return int(value)
    if DECIMAL.fullmatch(value):
        return Decimal(value)
    raise OddScalarError("unclear-number")


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
