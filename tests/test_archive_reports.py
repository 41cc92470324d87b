"""Reports of the archive: retention, forecast, holds, destructions, loans, shelves, stock-taking, missing papers, backups."""

from __future__ import annotations

from memory import acts, base, document, facts
from muniment import audience, reports
from muniment.facts import Facts
from muniment.tables import Table

CHAIN = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
PAPER = "paper: {room: 档案室, shelf: A-02, box: JS-2026-01, pages: 24}"
LOAN = """\
type: loan
number: {number}
revision: 1
title: 借阅空压站运行报告
department: BM01
author: YG0006
created: 2026-10-08
updated: 2026-10-08
document: JS2026001
borrower: YG0003
reason: 编写改造方案
medium: paper
from: 2026-10-09
due: {due}
"""
DISPOSAL = """\
type: disposal
number: XH20260001
revision: 1
title: 2026 年第一批到期文件销毁清单
department: BM01
author: YG0003
created: 2026-07-10
updated: 2026-07-10
documents: [QT2026001]
reason: 保管期满
method: 碎纸
witnesses: [YG0004, YG0005]
"""
PROJECT = """\
type: project
number: FW20260001
title: 空压站节能改造
department: BM01
created: 2026-02-02
client: KH0001
service_type: consulting
manager: YG0006
stage: executing
"""


def published(number: str, *lines: str) -> dict[str, str]:
    files = {
        f"{number}/{number}.yaml": document(number, "空压站运行报告", *lines),
        f"{number}/{number}.md": "正文\n",
    }
    return {**files, **acts(files, number, *CHAIN)}


def lent(number: str, due: str) -> dict[str, str]:
    files = {number: LOAN.format(number=number, due=due)}
    told = acts(
        files,
        number,
        ("department", "YG0002", "2026-10-08", "chain: loan"),
        ("issue", "YG0006", "2026-10-09", "chain: loan", "decision: done"),
    )
    return {**files, **told}


def disposed(*, whole: bool) -> dict[str, str]:
    files = {"XH20260001": DISPOSAL}
    stages = [
        ("appraisal", "YG0006", "2026-07-10", "chain: disposal"),
        ("department", "YG0002", "2026-07-11", "chain: disposal"),
        ("leader", "YG0001", "2026-07-12", "chain: disposal"),
        (
            "destruction", "YG0006", "2026-07-20", "chain: disposal", "decision: done",
            "details: {witnesses: [YG0004, YG0005], method: 碎纸后送造纸厂}",
        ),
    ]  # fmt: skip
    return {**files, **acts(files, "XH20260001", *(stages if whole else stages[:2]))}


def table(known: Facts, name: str) -> Table:
    return reports.catalogue()[name].table(known, "en")


def rows(known: Facts, name: str, *columns: str) -> list[tuple[object, ...]]:
    found = table(known, name)
    at = {column.name: index for index, column in enumerate(found.columns)}
    return [tuple(row[at[each]].value for each in columns) for row in found.rows]


def test_retention_says_by_which_rule_until_when_and_who_had_it_destroyed() -> None:
    files = {
        **published("JS2026001", "kind: report"),
        **published("QT2026001", "kind: market", "retention: {until: 2026-06-30, reason: 时效短}"),
        **published("QT2026002", "kind: market", "retention: {until: 2027-05-31, reason: 时效短}"),
        **disposed(whole=True),
    }
    found = {
        number: rest
        for number, *rest in rows(
            facts(files), "retention", "number", "rule", "expires", "standing", "decided"
        )
    }
    assert found["JS2026001"] == ["classes/JS", "2056-03-12", "running", []]
    assert found["QT2026002"] == ["classes/QT", "2027-05-31", "soon", []]
    assert found["QT2026001"] == ["classes/QT", "2026-06-30", "disposed", ["YG0001"]]
    assert found["XH20260001"][2] == "permanent"


def test_what_is_due_comes_first_and_nobody_else_is_told_of_what_is_above_them() -> None:
    files = {
        **published(
            "QT2026001", "kind: market", "retention: {until: 2026-06-30}", "confidentiality: {level: public}"
        ),
        **published("JS2026001", "kind: report"),
    }
    known = facts(files)
    assert rows(known, "retention", "number", "standing")[0] == ("QT2026001", "due")
    told = rows(audience.narrow(known, "public"), "retention", "number")
    assert ("QT2026001",) in told
    assert ("JS2026001",) not in told


def test_the_forecast_counts_ten_years_by_quarter() -> None:
    files = {
        **published("QT2026001", "kind: market", "retention: {until: 2026-06-30}"),
        **published("QT2026002", "kind: market", "retention: {until: 2027-05-31}"),
        **published(
            "QT2026003",
            "kind: market",
            "retention: {until: 2027-06-30}",
            "hold: {reason: 审计, by: YG0005, since: 2026-05-06}",
        ),
    }
    found = {
        key: rest for key, *rest in rows(facts(files), "retention-forecast", "key", "review", "held", "total")
    }
    assert len(found) == 40
    assert next(iter(found)) == "2026Q4"
    assert list(found)[-1] == "2036Q3"
    assert found["2026Q4"] == [1, 0, 1], "what is over already is due now"
    assert found["2027Q2"] == [1, 1, 2]


def test_a_hold_on_a_project_or_its_client_would_freeze_what_belongs_to_it() -> None:
    files = {
        "FW20260001": PROJECT,
        **published(
            "QT2026001", "kind: client-material", "project: FW20260001", "retention: {until: 2027-05-31}"
        ),
        **published(
            "QT2026002",
            "kind: client-material",
            "project: FW20260001",
            "retention: {until: 2030-05-31}",
            "hold: {reason: 审计, by: YG0005, since: 2026-05-06}",
        ),
    }
    found = rows(facts(files), "hold-scope", "number", "soon", "next", "held")
    assert ("FW20260001", 1, "2027-05-31", 1) in found
    assert ("KH0001", 1, "2027-05-31", 1) in found


def test_destructions_name_the_stage_that_a_list_waits_at_or_who_decided_it() -> None:
    files = published("QT2026001", "kind: market", "retention: {until: 2026-06-30}")
    columns = ("document", "stage", "decided", "date", "method", "witnesses")
    witnesses = ["YG0004", "YG0005"]
    assert rows(facts({**files, **disposed(whole=False)}), "destructions", *columns) == [
        ("QT2026001", "leader", ["YG0002"], None, "碎纸", witnesses)
    ]
    assert rows(facts({**files, **disposed(whole=True)}), "destructions", *columns) == [
        ("QT2026001", None, ["YG0001"], "2026-07-20", "碎纸后送造纸厂", witnesses)
    ]


def test_a_loan_is_overdue_the_day_after_it_was_due() -> None:
    files = {**published("JS2026001", "kind: report", PAPER), **lent("JY20260001", "2026-11-05")}
    for day, standing, days in (
        ("2026-10-20", "out", 16),
        ("2026-11-05", "due", 0),
        ("2026-11-06", "overdue", -1),
    ):
        assert rows(facts(files, day), "loans-out", "number", "standing", "days") == [
            ("JY20260001", standing, days)
        ]


def test_the_shelf_list_gives_paper_and_file_each_others_number_and_the_borrower() -> None:
    files = {
        **published("JS2026001", "kind: report", PAPER),
        **published("JS2026002", "kind: report", PAPER),
        **lent("JY20260001", "2026-11-05"),
    }
    assert rows(facts(files), "shelf-list", "box", "reference", "number", "borrower") == [
        ("JS-2026-01", "JS-2026-01-001", "JS2026001", "YG0003"),
        ("JS-2026-01", "JS-2026-01-002", "JS2026002", None),
    ]
    assert rows(facts(files), "stock-taking", "number", "expected") == [
        ("JS2026001", "out"),
        ("JS2026002", "in"),
    ]


def test_what_was_destroyed_lies_in_no_box() -> None:
    own = PAPER.replace("JS-", "QT-")
    files = {
        **published("QT2026001", "kind: market", "retention: {until: 2026-06-30}", own),
        **disposed(whole=True),
    }
    assert table(facts(files), "shelf-list").rows == ()


def test_a_paper_is_missing_where_policy_asks_for_one() -> None:
    policy = base()["records/policy/documents/documents.yaml"].decode() + "paper_copies: {kinds: [report]}\n"
    files = {
        **published("JS2026001", "kind: report"),
        **published("JS2026002", "kind: report", PAPER),
        **published("JS2026003", "kind: solution"),
    }
    assert rows(
        facts({**files, "documents/documents.yaml": policy}), "paper-missing", "number", "published", "days"
    ) == [("JS2026001", "2026-03-12", 256)]
    assert table(facts(files), "paper-missing").empty == "The policy asks for no paper copies."


def test_a_backup_counts_from_the_day_on_which_it_was_verified() -> None:
    backup = "type: backup\nnumber: {number}\ntitle: 季度备份\ncreated: {day}\ndate: {day}\nscope: 全部\ntarget: 异地机房\ndigest: sha256:9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c\n"
    policy = (
        base()["records/policy/documents/documents.yaml"].decode()
        + "backups: {longest_days: 100, verified_days: 200}\n"
    )
    files = {
        "BF20260001": backup.format(number="BF20260001", day="2026-03-31")
        + "verified: 2026-04-01\nverified_by: YG0006\n",
        "BF20260002": backup.format(number="BF20260002", day="2026-09-30"),
        "documents/documents.yaml": policy,
    }
    columns = ("last", "age", "verified", "verified_age", "standing")
    assert rows(facts(files), "backup-evidence", *columns) == [
        ("BF20260002", 54, "BF20260001", 236, "overdue")
    ]
    assert rows(facts(files, "2026-10-15"), "backup-evidence", *columns)[0][-1] == "active"
