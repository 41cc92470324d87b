"""Retention: which schedule holds, from which day it counts, what stands where on a day, and what a disposal leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from memory import acts, document, facts
from muniment import audience, audit, check, project, retention
from muniment.facts import Facts
from muniment.retention import Period
from samples import SAMPLES, commit, git, lay_out

CHAIN = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
POLICY = (SAMPLES / "base/records/policy/retention/retention.yaml").read_text()
PROJECT = """\
type: project
number: FW20260001
title: 空压站节能改造
department: BM01
created: 2026-02-02
client: KH0001
service_type: consulting
manager: YG0006
stage: {stage}
"""


def published(number: str, *lines: str, **more: str) -> dict[str, str]:
    files = {
        f"{number}/{number}.yaml": document(number, "空压站运行报告", *lines),
        f"{number}/{number}.md": "正文\n",
        **more,
    }
    return {**files, **acts(files, number, *CHAIN)}


def period(files: dict[str, str], number: str, today: str = "2026-11-23") -> Period:
    known = facts(files, today)
    found = retention.period(known, known.corpus.records[number])
    assert found is not None
    return found


def test_a_document_is_kept_by_its_class_from_the_day_of_its_last_approval() -> None:
    found = period(published("JS2026001", "kind: report"), "JS2026001")
    assert found.schedule.source == ("classes", "JS")
    assert (found.begins, found.expires) == ("2026-03-12", "2056-03-12")


def test_a_kind_says_more_than_a_class_and_takes_from_it_what_it_leaves_out() -> None:
    found = period(published("XM2026001", "kind: acceptance"), "XM2026001")
    assert found.schedule.source == ("kinds", "acceptance")
    assert (found.years, found.schedule.minimum, found.schedule.trigger) == (30, 10, "project_closed")


def test_a_project_document_waits_until_its_project_is_closed() -> None:
    files = published("XM2026001", "kind: design", "project: FW20260001")
    files["FW20260001"] = PROJECT.format(stage="executing")
    found = period(files, "XM2026001")
    assert (found.begins, found.expires) == ("", "")
    assert not found.is_over("2999-01-01")
    files["FW20260001"] = PROJECT.format(stage="closed") + "closed: 2026-10-30\n"
    assert period(files, "XM2026001").expires == "2036-10-30"


def test_a_document_of_no_project_counts_from_its_publication() -> None:
    assert period(published("XM2026001", "kind: design"), "XM2026001").begins == "2026-03-12"


def test_a_loan_counts_from_the_day_of_its_return() -> None:
    loan = "type: loan\nnumber: JY20260001\nrevision: 1\ntitle: 借阅\ndepartment: BM01\nauthor: YG0006\ncreated: 2026-03-01\nupdated: 2026-03-01\ndocument: JS2026001\nborrower: YG0003\nreason: 参考\nmedium: electronic\nfrom: 2026-03-02\ndue: 2026-03-16\n"
    files = {**published("JS2026001", "kind: report"), "JY20260001": loan}
    told = acts(
        files,
        "JY20260001",
        ("department", "YG0002", "2026-03-01", "chain: loan"),
        ("issue", "YG0006", "2026-03-02", "chain: loan", "decision: done"),
        ("return", "YG0006", "2026-03-12", "chain: loan", "decision: done", "details: {condition: 完好}"),
    )
    assert period(files, "JY20260001").begins == ""
    assert period({**files, **told}, "JY20260001").expires == "2031-03-12"


def test_a_record_states_its_own_period() -> None:
    own = period(
        published("JS2026001", "kind: report", "retention: {years: 40, reason: 建筑使用年限}"), "JS2026001"
    )
    assert (own.is_own, own.expires) == (True, "2066-03-12")
    own = period(
        published("QT2026001", "kind: market", "retention: {until: 2027-06-30, reason: 时效短}"), "QT2026001"
    )
    assert own.expires == "2027-06-30"
    own = period(
        published("QT2026001", "kind: market", "retention: {permanent: true, reason: 史料}"), "QT2026001"
    )
    assert (own.is_permanent, own.expires) == (True, "")


def test_a_list_of_disposal_is_kept_for_ever_even_where_policy_forgets_it() -> None:
    text = POLICY.replace("  disposal: {permanent: true}\n", "")
    disposal = "type: disposal\nnumber: XH20260001\nrevision: 1\ntitle: 清单\ndepartment: BM01\nauthor: YG0003\ncreated: 2026-07-10\nupdated: 2026-07-10\ndocuments: [QT2026001]\nreason: 期满\nmethod: 碎纸\nwitnesses: [YG0004, YG0005]\n"
    files = {
        **published("QT2026001", "kind: market", "retention: {until: 2026-06-30}"),
        "XH20260001": disposal,
        "records/policy/retention/retention.yaml": text,
    }
    assert period(files, "XH20260001").is_permanent


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [("2024-02-29", 1, "2025-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2026-05-06", 10, "2036-05-06")],
)
def test_whole_years_end_on_the_same_day(day: str, years: int, then: str) -> None:
    assert retention.later(day, years) == then


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-23", 12, "2027-11-23"),
        ("2026-12-01", 0, "2026-12-01"),
    ],
)
def test_months_end_on_a_day_that_exists(day: str, months: int, then: str) -> None:
    assert retention.in_months(day, months) == then


def standings(known: Facts) -> dict[str, str]:
    return {fate.record.number: fate.standing for fate in retention.fates(known)}


def test_a_record_stands_where_its_period_and_its_hold_leave_it() -> None:
    files = {
        **published("GL2026001", "kind: service-rules"),
        **published("JS2026001", "kind: report"),
        **published("QT2026001", "kind: market", "retention: {until: 2026-06-30}"),
        **published(
            "QT2026002",
            "kind: market",
            "retention: {until: 2026-06-30}",
            "hold: {reason: 审计, by: YG0005, since: 2026-05-06}",
        ),
        **published("XM2026001", "kind: design", "project: FW20260001"),
        "FW20260001": PROJECT.format(stage="executing"),
    }
    found = standings(facts(files))
    assert {
        number: found[number] for number in ("GL2026001", "JS2026001", "QT2026001", "QT2026002", "XM2026001")
    } == {
        "GL2026001": "permanent",
        "JS2026001": "running",
        "QT2026001": "due",
        "QT2026002": "held",
        "XM2026001": "waiting",
    }


# -- What a disposal leaves -----------------------------------------------------------------------------------

TEXT = "records/documents/QT/2026/QT2026001/QT2026001.md"


@pytest.fixture
def carried_out(tmp_path: Path) -> Path:
    """A registry in which a disposal was carried out and the text of what it names was removed."""
    root = lay_out(SAMPLES / "RET005" / "good", tmp_path / "registry")
    commit(root, "执行销毁清单")
    (root / TEXT).unlink()
    commit(root, "移除已销毁文件的正文")
    return root


def test_what_a_disposal_names_is_destroyed_and_its_number_stays_taken(carried_out: Path) -> None:
    loaded = project.load(carried_out, "2026-11-23")
    known = loaded.facts
    assert known.state("QT2026001") == "disposed"
    assert known.destroyed == {"QT2026001": "XH20260001"}
    assert standings(known)["QT2026001"] == "disposed"
    assert "QT2026001" in known.corpus.records
    assert [finding.code for finding in check.run(known, loaded.faults)] == []


def test_the_page_of_a_destroyed_record_is_a_stub_for_everybody(carried_out: Path) -> None:
    known = project.load(carried_out, "2026-11-23").facts
    for level in ("internal", "core"):
        record = audience.narrow(known, level).corpus.records["QT2026001"]
        assert (record.body, record.files) == (None, ())
        assert [act.stage for act in record.acts] == ["department", "technical", "quality"]


def test_readers_who_may_not_see_the_list_still_learn_that_a_record_is_destroyed(carried_out: Path) -> None:
    path = carried_out / "records/policy/confidentiality/confidentiality.yaml"
    text = path.read_text()
    path.write_text(text.replace("defaults:\n", "defaults:\n  disposal: confidential\n", 1))
    narrowed = audience.narrow(project.load(carried_out, "2026-11-23").facts, "internal")
    assert "XH20260001" not in narrowed.corpus.records
    assert narrowed.state("QT2026001") == "disposed"
    assert narrowed.destroyed == {"QT2026001": audience.MASK}


def test_text_that_goes_without_a_disposal_is_found(tmp_path: Path) -> None:
    root = lay_out(SAMPLES / "RET007" / "good", tmp_path / "registry")  # approved, not carried out
    commit(root, "清单已批准")
    (root / TEXT).unlink()
    loaded = project.load(root, "2026-11-23")
    assert {finding.code for finding in check.run(loaded.facts, loaded.faults)} == {"APR030"}
    commit(root, "移除正文")
    repository = project.open_repository(root)
    assert repository is not None
    found = {fault.rule for fault in audit.audit(repository, project.shipped_types()).faults}
    assert "content-without-revision" in found


def test_the_facts_of_a_destroyed_record_cannot_go(carried_out: Path) -> None:
    git(carried_out, "rm", "-r", "--quiet", TEXT.rpartition("/")[0])
    loaded = project.load(carried_out, "2026-11-23")
    assert "LIF001" in {finding.code for finding in check.run(loaded.facts, loaded.faults)}
