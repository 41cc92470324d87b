"""Trends: figures by quarter, so that improvement can be seen (R1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from muniment import dates

T = TypeVar("T")
MOST_QUARTERS = 12  # of a chart: three years


def by_quarter(items: Iterable[tuple[str, T]], *others: Iterable[str]) -> list[tuple[str, list[T]]]:
    """What happened in each quarter, from the first to the last day of `items` and of `others`, empty quarters among them."""
    told = list(items)
    found: dict[str, list[T]] = {
        quarter: []
        for quarter in dates.quarters([*(day for day, _ in told), *(day for each in others for day in each)])
    }
    for day, item in told:
        found[dates.quarter(day)].append(item)
    return list(found.items())


def share(part: int, whole: int) -> Decimal | None:
    """A part as percent of the whole with one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def share_of(results: Sequence[bool]) -> Decimal | None:
    """How many of the results are good, as percent; None of nothing."""
    return share(sum(results), len(results))
