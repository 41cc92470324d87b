"""Appraisals: monthly totals, yearly scores and grades from the parts and the policy, exact until the last step (R3.3).

Scores are rounded once, at the end, to two places, half up: 87.625 is 87.63. The mean of the months is not rounded before it
is weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

Number = int | Decimal


def total(scores: Mapping[str, Number], weights: Mapping[str, Number]) -> Decimal:
    """A month's total: each score times its weight in per cent; what the policy does not weigh does not count."""
    parts = (Fraction(scores[name]) * Fraction(weight) for name, weight in weights.items() if name in scores)
    return _rounded(sum(parts, Fraction()) / 100)


def score(months: Sequence[Number], superior: Number, year: Mapping[str, Number]) -> Decimal:
    """A year's score: the mean of its months and the superior's score, each times its weight in per cent."""
    mean = sum(map(Fraction, months), Fraction()) / len(months)
    return _rounded((mean * Fraction(year["months"]) + Fraction(superior) * Fraction(year["superior"])) / 100)


def grade(score: Number, grades: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The policy's entry for a score: the highest that it reaches; none where it is below all of them."""
    reached = [entry for entry in grades if entry["from"] <= score]
    return max(reached, key=lambda entry: Fraction(entry["from"]), default=None)


def plain(value: Number) -> str:
    """A number without zeros at its end, as a person would write it."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Fraction) -> Decimal:
    """Two places, half up; scores are never below zero."""
    return Decimal(int(value * 100 + Fraction(1, 2))).scaleb(-2)
