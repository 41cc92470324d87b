"""What `muniment new` fills in from other records, and that the rules which count again agree with it."""

from __future__ import annotations

from typing import Any

import pytest

import engagements
import memory
from muniment import check, computed
from muniment.facts import Facts

PROJECT = engagements.NUMBER


def filled(
    name: str, given: dict[str, Any], files: engagements.Files | None = None, lang: str = "zh"
) -> dict[str, Any]:
    known = memory.facts(engagements.files() if files is None else files)
    return computed.values(known, known.types[name], given, lang)  # type: ignore[arg-type]  # a language


def without(*numbers: str) -> dict[str, str | bytes | None]:
    """The engagement as if these records had not been written yet."""
    return {
        path: text
        for path, text in engagements.files().items()
        if not any(f"/{number}/" in path for number in numbers)
    }


def test_a_form_takes_title_and_client_from_its_project() -> None:
    assert filled("needs-survey", {"project": PROJECT}) == {
        "client": "KH0001",
        "title": "订单系统升级客户需求调研表",
    }
    assert filled("needs-survey", {"project": PROJECT}, lang="en")["title"] == "订单系统升级: needs survey"


@pytest.mark.parametrize(
    ("name", "field", "number"),
    [
        ("assessment", "survey", "XM2026001"),
        ("contract", "assessment", "XM2026002"),
        ("implementation-plan", "contract", "XM2026003"),
    ],
)
def test_a_form_builds_on_the_one_before(name: str, field: str, number: str) -> None:
    assert filled(name, {"project": PROJECT})[field] == number


def test_the_next_round_of_acceptance_names_what_it_is_the_rework_of() -> None:
    second = filled("acceptance-application", {"project": PROJECT}, without("XM2026007", "XM2026008"))
    assert (second["round"], second["rework_of"]) == (2, "XM2026006")
    assert second["title"] == "订单系统升级项目验收申请报告（第 2 轮）"
    first = without("XM2026005", "XM2026006", "XM2026007", "XM2026008")
    assert filled("acceptance-application", {"project": PROJECT}, first)["round"] == 1
    assert "rework_of" not in filled("acceptance-application", {"project": PROJECT}, first)


def test_a_report_answers_the_application_that_waits() -> None:
    report = filled("acceptance-report", {"project": PROJECT}, without("XM2026008"))
    assert (report["application"], report["round"]) == ("XM2026007", 2)


def test_minutes_begin_with_the_team_of_the_day() -> None:
    in_summer = filled("progress-meeting", {"project": PROJECT, "date": "2026-07-30"})
    assert in_summer["attendees"] == ["YG0006", "YG0003", "YG0004"]
    assert filled("progress-meeting", {"project": PROJECT})["attendees"] == ["YG0006", "YG0004"]


def test_what_was_given_is_left_alone() -> None:
    given = {"project": PROJECT, "title": "另一个名称", "round": 9}
    assert not filled("acceptance-application", given).keys() & given.keys()


def test_a_service_review_counts_the_last_quarter_as_the_rule_counts_it_again() -> None:
    review = filled("service-review", {})
    assert review == {
        "period": {"from": "2026-07-01", "to": "2026-09-30"},
        "tickets": 2,
        "within_target": 1,
        "causes": ["软件缺陷：1", "通信网络：1"],
    }
    assert found(reviewed(review["tickets"], review["within_target"])) == []
    assert found(reviewed(review["tickets"] + 1, review["within_target"])) == ["PRJ032"]


def reviewed(tickets: int, within: int) -> Facts:
    text = (
        "type: service-review\nnumber: SH20260004\ntitle: 三季度售后总结\ncreated: 2026-11-23\n"
        f"period: {{from: 2026-07-01, to: 2026-09-30}}\ntickets: {tickets}\nwithin_target: {within}\n"
    )
    return memory.facts({**engagements.files(), "SH20260004": text})


def found(facts: Facts) -> list[str]:
    return [finding.code for finding in check.catalogue()["PRJ032"].check(facts)]


def test_a_period_that_was_given_is_the_one_that_is_counted() -> None:
    review = filled("service-review", {"period": {"from": "2026-10-01", "to": "2026-12-31"}})
    assert review == {"tickets": 1, "within_target": 0}
