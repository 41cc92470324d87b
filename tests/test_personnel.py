"""What people's records said on a day, and what the chain of a departure already refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from muniment import check, personnel, project
from muniment.facts import Facts, Revision
from muniment.history import Commit, Signatory
from samples import SAMPLES, lay_out

TODAY = "2026-11-23"
DEPARTURE = "records/people/2026/LZ20260001"
WHO = Signatory("王建国", "wang.jianguo@example.com", 1767574800, "+0800")
LANDED = Commit("0" * 40, "", (), WHO, WHO, "开始登记", b"")


def facts_of(root: Path) -> Facts:
    return project.load(root, TODAY).facts


def codes(root: Path) -> set[str]:
    loaded = project.load(root, TODAY)
    return {finding.code for finding in check.run(loaded.facts, loaded.faults)}


@pytest.fixture
def changed(tmp_path: Path) -> Facts:
    """A registry in which the superior of YG0003 changed on 2026-06-01, after an evaluation."""
    return facts_of(lay_out(SAMPLES / "STF011" / "good-superior-changed-later", tmp_path / "changed"))


def test_the_present_wording_holds_from_its_day_on(changed: Facts) -> None:
    now = personnel.as_of(changed, "YG0003", "2026-06-01")
    assert now is not None
    assert now["superior"] == "YG0006"


def test_what_was_before_is_not_guessed(changed: Facts) -> None:
    assert personnel.as_of(changed, "YG0003", "2026-05-31") is None


def test_a_first_wording_holds_for_the_days_before_it(changed: Facts) -> None:
    assert personnel.as_of(changed, "YG0002", "2020-01-01") is not None


def test_an_unknown_person_said_nothing(changed: Facts) -> None:
    assert personnel.as_of(changed, "YG0099", TODAY) is None


def test_history_tells_what_was_before(changed: Facts, tmp_path: Path) -> None:
    before = facts_of(lay_out(SAMPLES / "STF011" / "good", tmp_path / "before")).corpus.records["YG0003"]
    told = replace(changed, revisions={"YG0003": (Revision(1, before, LANDED),)})
    then = personnel.as_of(told, "YG0003", "2026-05-31")
    assert then is not None
    assert then["superior"] == "YG0002"


@pytest.mark.parametrize(
    ("act", "taken_out", "code"),
    [
        ("1-2-interview", None, "APR022"),
        ("1-2-interview", "details: {findings: 希望转做管理工作}\n", "APR007"),
        ("1-3-formalities", "wages: 已结清, ", "APR007"),
    ],
    ids=["no interview", "an interview without findings", "a formality left out"],
)
def test_the_chain_refuses_a_departure_that_is_completed_without(
    act: str, taken_out: str | None, code: str, tmp_path: Path
) -> None:
    root = lay_out(SAMPLES / "STF018" / "good", tmp_path / "registry")
    path = root / DEPARTURE / "acts" / f"{act}.yaml"
    if taken_out is None:
        path.unlink()
    else:
        path.write_text(path.read_text().replace(taken_out, ""))
    assert code in codes(root)
