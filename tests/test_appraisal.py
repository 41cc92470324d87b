"""The arithmetic of appraisals: exact, rounded once, half up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import appraisal

WEIGHTS = {"performance": 60, "attitude": 20, "teamwork": 20}
YEAR = {"months": 60, "superior": 40}
GRADES = ({"grade": "C", "from": 60}, {"grade": "A", "from": 90}, {"grade": "B", "from": Decimal("75.5")})
SCORE = st.decimals(0, 100, places=3)


def scores(performance: object, attitude: object, teamwork: object) -> dict[str, Decimal]:
    return {
        name: Decimal(str(value))
        for name, value in zip(WEIGHTS, (performance, attitude, teamwork), strict=True)
    }


@pytest.mark.parametrize(
    ("given_scores", "expected"),
    [
        (scores(86, 90, 90), "87.6"),
        (scores(100, 100, 100), "100"),
        (scores(0, 0, 0), "0"),
        (scores("85.875", 90, 90), "87.53"),  # 87.525 is rounded up
        (scores("85.87", 90, 90), "87.52"),  # 87.522 is rounded down
        (scores("0.1", "0.1", "0.1"), "0.1"),  # binary fractions would give 0.10000000000000002
    ],
)
def test_a_month_is_the_sum_of_its_weighed_scores(given_scores: dict[str, Decimal], expected: str) -> None:
    assert appraisal.total(given_scores, WEIGHTS) == Decimal(expected)


@pytest.mark.parametrize(
    ("months", "superior", "expected"),
    [
        ([Decimal("87.6"), 90], 85, "87.28"),
        ([80], 90, "84"),
        ([1, 0, 0], 0, "0.2"),  # the mean, a third, is not rounded before it is weighed
        ([100] * 12, 100, "100"),
    ],
)
def test_a_year_weighs_the_mean_of_its_months_and_the_superior(
    months: list[int], superior: int, expected: str
) -> None:
    assert appraisal.score(months, superior, YEAR) == Decimal(expected)


@pytest.mark.parametrize(
    ("score", "expected"),
    [("90", "A"), ("89.99", "B"), ("75.5", "B"), ("75.49", "C"), ("100", "A"), ("60", "C")],
)
def test_a_grade_begins_at_its_limit_in_whatever_order_the_policy_lists_them(
    score: str, expected: str
) -> None:
    reached = appraisal.grade(Decimal(score), GRADES)
    assert reached is not None
    assert reached["grade"] == expected


def test_a_score_below_all_limits_has_no_grade() -> None:
    assert appraisal.grade(Decimal("59.99"), GRADES) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("87.60"), "87.6"),
        (Decimal("100.00"), "100"),
        (100, "100"),
        (0, "0"),
        (Decimal("0.05"), "0.05"),
    ],
)
def test_a_number_is_written_without_zeros_at_its_end(value: appraisal.Number, text: str) -> None:
    assert appraisal.plain(value) == text


@given(SCORE, SCORE, SCORE)
def test_a_total_lies_between_the_least_and_the_highest_score_and_half_a_hundredth_from_the_exact_value(
    performance: Decimal, attitude: Decimal, teamwork: Decimal
) -> None:
    parts = scores(performance, attitude, teamwork)
    exact = sum((parts[name] * weight / 100 for name, weight in WEIGHTS.items()), Decimal())
    total = appraisal.total(parts, WEIGHTS)
    assert -Decimal("0.005") < total - exact <= Decimal("0.005")
    assert appraisal.total(dict.fromkeys(WEIGHTS, performance), WEIGHTS) - performance <= Decimal("0.005")
