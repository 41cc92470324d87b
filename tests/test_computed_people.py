"""`muniment new` fills in what follows for people from scores, policy and other records, and the check agrees with it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import memory
from console import Ran, run
from muniment import computed
from muniment.source import load
from samples import base, git
from test_people_reports import LEAVING, REVIEWED

TODAY = "2026-11-23"
SCORES = ("scores.performance=88", "scores.attitude=90")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    root = base(tmp_path / "registry")
    git(root, "config", "user.email", "li.na@example.com")
    return root


def new(root: Path, kind: str, *pairs: str) -> Ran:
    return run(root, "new", kind, *(part for pair in pairs for part in ("--set", pair)), "--today", TODAY)


def made(root: Path, kind: str, *pairs: str) -> dict[str, Any]:
    """The facts of the record that the command wrote."""
    ran = new(root, kind, *pairs)
    assert ran.code == 0, ran
    path = ran.out.splitlines()[0]
    loaded = load(path, (root / path).read_bytes())
    assert loaded.document is not None, loaded.faults
    found: dict[str, Any] = dict(loaded.document.data)
    return found


def follow(kind: str, files: dict[str, str | bytes | None], **given: Any) -> dict[str, Any]:
    facts = memory.facts(files, TODAY)
    return computed.values(facts, facts.types[kind], given, "zh")


# -- Through the command --------------------------------------------------------------------------------------


def test_a_year_of_reviews_is_reckoned_from_scores_to_grade_and_the_check_agrees(registry: Path) -> None:
    person = ("staff=YG0003", "month=2026-10")
    own = made(registry, "self-review", *person, "summary=完成接口设计", *SCORES, "scores.teamwork=92")
    assert own["title"] == "刘洋 2026-10 月度绩效考核自评表"
    month = made(registry, "evaluation", *person, *SCORES, "scores.teamwork=85.5")
    assert (month["self_review"], month["by"], month["total"]) == ("JX20260001", "YG0002", Decimal("87.9"))
    year = ("staff=YG0003", "year=2026", "summary=完成")
    annual = made(registry, "annual-appraisal", *year, "superior_score=92")
    assert annual["months"] == [{"month": "2026-10", "total": Decimal("87.9")}]
    assert (annual["score"], annual["grade"]) == (Decimal("89.54"), "B")
    assert run(registry, "check", "--today", TODAY).code == 0


def test_a_total_that_was_given_wrong_is_refused_with_the_right_one(registry: Path) -> None:
    person = ("staff=YG0003", "month=2026-10")
    made(registry, "self-review", *person, "summary=完成", *SCORES, "scores.teamwork=90")
    ran = new(registry, "evaluation", *person, *SCORES, "scores.teamwork=90", "total=95")
    assert ran.code != 0
    assert "STF012" in ran.err
    assert "88.8" in ran.err
    assert not (registry / "records/people/2026/JX20260002").exists()


def test_without_the_superiors_score_the_months_stand_and_score_and_grade_are_left_open(
    registry: Path,
) -> None:
    person = ("staff=YG0003", "month=2026-10")
    made(registry, "self-review", *person, "summary=完成", *SCORES, "scores.teamwork=90")
    made(registry, "evaluation", *person, *SCORES, "scores.teamwork=90")
    annual = made(registry, "annual-appraisal", "staff=YG0003", "year=2026", "summary=完成")
    assert annual["months"] == [{"month": "2026-10", "total": Decimal("88.8")}]
    assert annual["score"] is annual["grade"] is None


# -- What follows ---------------------------------------------------------------------------------------------


def test_the_self_review_of_the_month_is_found_and_no_other() -> None:
    assert follow("evaluation", REVIEWED, staff="YG0006", month="2026-09")["self_review"] == "JX20260003"
    assert "self_review" not in follow("evaluation", REVIEWED, staff="YG0006", month="2026-10")


def test_who_leaves_hands_over_what_is_in_the_own_name() -> None:
    assert follow("handover", LEAVING, departure="LZ20260001") == {
        "from": "YG0003",
        "items": [{"what": "FW20260001 平台", "kind": "project"}],
    }


def test_what_is_written_about_a_person_is_called_by_person_time_and_form() -> None:
    assert (
        follow("self-review", {}, staff="YG0003", month="2026-10")["title"]
        == "刘洋 2026-10 月度绩效考核自评表"
    )
    assert follow("departure", {}, staff="YG0003")["title"] == "刘洋 离职申请表"


def test_what_is_given_is_never_replaced_and_what_is_wrong_is_left_to_the_check() -> None:
    given = {
        "staff": "YG0003",
        "month": "2026-09",
        "title": "九月",
        "self_review": "JX1",
        "by": "YG0001",
        "total": 1,
    }
    assert follow("evaluation", REVIEWED, **given) == {}
    assert (
        follow("evaluation", REVIEWED, staff="YG0099", month="2026-09", scores={"performance": "gut"}) == {}
    )
    assert follow("handover", REVIEWED, departure="YG0001") == {}
    wrong = follow("annual-appraisal", REVIEWED, staff="YG0003", year=2026, months=["x"], superior_score=90)
    assert not wrong.keys() & {"score", "grade"}
