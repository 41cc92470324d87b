"""What the reports on people say, recounted by hand from a few records, and what a wider audience is told instead."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import memory
from muniment import audience, charts, reports, tables
from muniment.facts import Facts
from muniment.findings import Lang

Files = dict[str, str | bytes | None]
TODAY = "2026-11-23"


def staff(number: str, *lines: str) -> Files:
    """A person of the base with more lines; lines with a known field take the place of the old one."""
    path = f"{memory.folder(number)}/{number}.yaml"
    told = memory.base()[path].decode().rstrip("\n")
    names = {line.partition(":")[0] for line in lines}
    kept: list[str] = []
    inside = False
    for line in told.splitlines():
        inside = (line.startswith(" ") and inside) or line.partition(":")[0] in names
        if not inside:
            kept.append(line)
    return {number: "\n".join([*kept, *lines]) + "\n"}


def table(name: str, files: Files, today: str = TODAY, level: str = "", lang: Lang = "zh") -> tables.Table:
    facts = memory.facts(files, today)
    return reports.catalogue()[name].table(audience.narrow(facts, level) if level else facts, lang)


def rows(name: str, files: Files, *names: str, **more: Any) -> list[dict[str, Any]]:
    """The values of some columns."""
    made = table(name, files, **more)
    at = {column.name: place for place, column in enumerate(made.columns)}
    return [{each: row[at[each]].value for each in names} for row in made.rows]


def figures(name: str, facts: Facts) -> dict[str, tuple[Any, ...]]:
    (chart,) = reports.catalogue()[name].charts(facts, "zh")
    return {row.title: row.values for row in chart.rows}


# -- Staff ----------------------------------------------------------------------------------------------------


def test_who_has_left_stands_last_with_the_years_until_that_day_and_no_roles() -> None:
    files = staff("YG0003", "left: 2026-02-28")
    found = rows("roster", files, "number", "years", "roles", "state")
    assert found[-1] == {"number": "YG0003", "years": 8, "roles": [], "state": "left"}
    assert found[0] == {
        "number": "YG0001",
        "years": 11,
        "roles": ["leader", "senior-staff"],
        "state": "active",
    }


def test_a_person_is_shown_with_the_projects_of_today_only() -> None:
    project = """type: project
number: FW20260001
title: 平台
created: 2026-02-01
client: KH0001
service_type: development
manager: YG0006
stage: executing
team:
  - {staff: YG0003, duty: 测试, skill: 软件测试}
  - {staff: YG0004, duty: 质量, from: 2026-02-01, to: 2026-03-01}
"""
    found = rows("roster", {"FW20260001": project}, "number", "projects")
    held = {row["number"]: row["projects"] for row in found}
    assert held["YG0006"] == held["YG0003"] == ["FW20260001"]
    assert held["YG0004"] == []


# -- Recruitment ----------------------------------------------------------------------------------------------

PLAN = """type: recruitment-plan
number: ZP20260001
revision: 1
title: 2026 年招聘计划
department: BM01
author: YG0006
created: 2026-01-05
updated: 2026-01-05
year: 2026
posts:
  - {post: 测试工程师, count: 3, requirements: 三年以上经验, channels: [招聘网站, 内部推荐]}
  - {post: 架构师, count: 1, requirements: 五年以上经验}
"""
SELECTION = """type: selection
number: ZP20260002
title: 测试工程师选拔
created: 2026-03-02
plan: ZP20260001
post: 测试工程师
candidates:
  - {name: 何静, resume: passed, written: passed, interview: passed, practical: passed, result: hired}
  - {name: 郑凯, resume: passed, written: failed, result: rejected}
  - {name: 罗平, resume: passed, written: passed, interview: passed, practical: passed, result: hired}
"""
RECRUITING: Files = {
    "ZP20260001": PLAN,
    "ZP20260002": SELECTION,
    "YG0007": memory.base()[f"{memory.folder('YG0003')}/YG0003.yaml"]
    .decode()
    .replace("YG0003", "YG0007")
    .replace("刘洋", "何静")
    .replace("高级工程师", "测试工程师")
    .replace("2017-03-01", "2026-04-01")
    .replace("liu.yang", "he.jing"),
}


def test_posts_are_set_against_who_was_chosen_and_who_has_joined() -> None:
    names = ("post", "count", "candidates", "chosen", "joined", "open")
    assert rows("recruitment", RECRUITING, *names) == [
        {"post": "测试工程师", "count": 3, "candidates": 3, "chosen": 2, "joined": 1, "open": 1},
        {"post": "架构师", "count": 1, "candidates": 0, "chosen": 0, "joined": 0, "open": 1},
    ]
    assert figures("recruitment", memory.facts(RECRUITING, TODAY)) == {
        "技术部 · 测试工程师": (2, 1),
        "技术部 · 架构师": (0, 1),
    }


def test_selections_that_are_not_for_the_readers_are_withheld_and_not_counted_as_none() -> None:
    made = table("recruitment", RECRUITING, level="internal")
    row = [cell.words for cell in made.rows[0]]
    at = [column.name for column in made.columns].index("selections")
    assert row[at : at + 5] == ["不可见", "不可见", "不可见", "1", "2"]
    assert "何静" not in tables.to_csv(made).decode()
    assert b"ZP20260002" not in tables.rows_json(made)


# -- Training -------------------------------------------------------------------------------------------------

TRAINING: Files = {
    "PX20260001": """type: training-plan
number: PX20260001
revision: 1
title: 2026 年培训计划
department: BM01
author: YG0006
created: 2026-01-05
updated: 2026-01-05
year: 2026
items:
  - {topic: 自动化测试, content: technical, method: internal, month: 3, instructor: YG0003}
  - {topic: 文档管理, content: process, method: internal, month: 5, instructor: YG0004}
  - {topic: 沟通技巧, content: soft, method: external, month: 10, instructor: 外聘讲师}
  - {topic: 性能调优, content: technical, method: online, month: 11, instructor: YG0003}
""",
    "PX20260002": """type: training-session
number: PX20260002
title: 自动化测试（一）
created: 2026-03-10
plan: PX20260001
topic: 自动化测试
content: technical
method: internal
date: 2026-03-10
instructor: YG0003
attendees: [YG0004, YG0006]
evaluation:
  method: exam
  results:
    - {staff: YG0004, score: 80}
    - {staff: YG0006, score: 85.5}
  conclusion: 掌握良好
  improvement: 下半年增加实操
closed: 2026-03-20
""",
    "PX20260003": """type: training-session
number: PX20260003
title: 文档管理
created: 2026-06-01
plan: PX20260001
topic: 文档管理
content: process
method: internal
date: 2026-06-01
instructor: YG0004
attendees: [YG0006]
""",
    "PX20260004": """type: training-session
number: PX20260004
title: 保密教育
created: 2026-07-01
topic: 保密教育
content: process
method: internal
date: 2026-07-01
instructor: YG0004
attendees: [YG0001, YG0002]
secrecy: true
""",
}


def test_each_item_of_the_plan_is_shown_with_what_was_done_and_found() -> None:
    names = ("topic", "standing", "date", "attendees", "mean", "improvement")
    found = rows("training", TRAINING, *names)
    assert [tuple(row.values()) for row in found] == [
        ("自动化测试", "done", "2026-03-10", 2, Decimal("82.8"), "下半年增加实操"),
        ("文档管理", "held", "2026-06-01", 1, None, None),
        ("沟通技巧", "overdue", None, None, None, None),
        ("性能调优", "planned", None, None, None, None),
        ("保密教育", "extra", "2026-07-01", 2, None, None),
    ]
    drawn = figures("training", memory.facts(TRAINING, TODAY))
    assert drawn == {"专业技术": (1, 0, 0, 1, 0), "流程制度": (0, 1, 0, 0, 1), "通用能力": (0, 0, 1, 0, 0)}


def test_a_month_is_overdue_only_when_it_is_over() -> None:
    found = rows("training", TRAINING, "topic", "standing", today="2026-10-31")
    assert {row["topic"]: row["standing"] for row in found}["沟通技巧"] == "planned"


# -- Skills and certificates ----------------------------------------------------------------------------------

CERTIFIED = staff(
    "YG0003",
    "skills: [软件测试, 软件开发]",
    "certificates:",
    "  - {name: 软件评测师, obtained: 2020-05-01}",
    "  - {name: 安全员, obtained: 2022-12-01, expires: 2025-12-01}",
    "  - {name: 安全员, obtained: 2025-11-20, expires: 2027-02-01}",
    "  - {name: 电工证, obtained: 2020-11-22, expires: 2026-11-22}",
    "  - {name: 驾驶证, obtained: 2020-11-23, expires: 2027-02-21}",
)


def test_the_matrix_has_a_column_for_each_skill_and_the_certificates_with_their_last_day() -> None:
    made = table("skills", CERTIFIED)
    titles = [column.title for column in made.columns][4:]
    assert sorted(titles) == sorted(["软件开发", "软件测试", "证书"])
    row = next(row for row in made.rows if row[0].text == "YG0003")
    shown = {title: cell.words for title, cell in zip(titles, row[4:], strict=True)}
    assert (shown["软件开发"], shown["软件测试"]) == ("✓", "✓")
    assert set(shown["证书"].split("; ")) == {
        "软件评测师",
        "安全员，至 2027-02-01",
        "电工证，2026-11-22 已过期",
        "驾驶证，至 2027-02-21",
    }
    other = next(row for row in made.rows if row[0].text == "YG0001")
    assert [cell.words for cell in other[4:]] == ["", "", ""]


def test_who_has_left_is_not_in_the_matrix() -> None:
    files = CERTIFIED | {"YG0003": str(CERTIFIED["YG0003"]) + "left: 2026-11-22\n"}
    assert "YG0003" not in {row[0].text for row in table("skills", files).rows}
    assert len(table("skills", files, today="2026-11-22").rows) == 6


def test_certificates_are_listed_by_the_day_they_run_out() -> None:
    found = rows("certificates", CERTIFIED, "certificate", "days", "standing")
    assert [tuple(row.values()) for row in found] == [
        ("电工证", -1, "expired"),
        ("安全员", 70, "90"),
        ("驾驶证", 90, "90"),
        ("软件评测师", None, "permanent"),
    ]
    counted = figures("certificates", memory.facts(CERTIFIED, TODAY))
    assert list(counted.values()) == [(1,), (2,), (0,), (0,), (1,)]


@pytest.mark.parametrize(
    ("today", "standing"), [("2026-11-22", "90"), ("2026-08-23", "365"), ("2025-11-21", "later")]
)
def test_a_certificate_holds_on_its_last_day(today: str, standing: str) -> None:
    found = rows("certificates", CERTIFIED, "certificate", "standing", today=today)
    assert {row["certificate"]: row["standing"] for row in found}["电工证"] == standing


# -- Reviews and grades ---------------------------------------------------------------------------------------


def review(number: str, person: str, month: str) -> Files:
    return {
        number: f"""type: self-review
number: {number}
title: 自评
created: {month}-28
staff: {person}
month: {month}
summary: 完成。
scores: {{performance: 80, attitude: 80, teamwork: 80}}
"""
    }


def evaluation(number: str, own: str, person: str, month: str) -> Files:
    return {
        number: f"""type: evaluation
number: {number}
title: 评价
created: {month}-28
staff: {person}
month: {month}
self_review: {own}
by: YG0002
scores: {{performance: 80, attitude: 80, teamwork: 80}}
total: 80
"""
    }


REVIEWED: Files = {
    **review("JX20260001", "YG0003", "2026-09"),
    **evaluation("JX20260002", "JX20260001", "YG0003", "2026-09"),
    **review("JX20260003", "YG0006", "2026-09"),
    **review("JX20260004", "YG0003", "2026-10"),
}


def test_whose_reviews_are_missing_is_told_by_month_and_department() -> None:
    names = (
        "month",
        "department",
        "due",
        "self_reviews",
        "evaluations",
        "missing_self",
        "missing_evaluation",
    )
    found = rows("reviews", REVIEWED, *names)
    assert [tuple(row.values()) for row in found] == [
        ("2026-10", "BM01", 3, 1, 0, ["YG0002", "YG0006"], ["YG0002", "YG0003", "YG0006"]),
        ("2026-10", "BM02", 2, 0, 0, ["YG0004", "YG0005"], ["YG0004", "YG0005"]),
        ("2026-09", "BM01", 3, 2, 1, ["YG0002"], ["YG0002", "YG0006"]),
        ("2026-09", "BM02", 2, 0, 0, ["YG0004", "YG0005"], ["YG0004", "YG0005"]),
    ]
    assert figures("reviews", memory.facts(REVIEWED, TODAY)) == {"2026-09": (1, 1, 3), "2026-10": (0, 1, 4)}


@pytest.mark.parametrize(
    ("lines", "month", "is_due"),
    [
        (("joined: 2026-09-01",), "2026-09", True),
        (("joined: 2026-09-02",), "2026-09", False),
        (("left: 2026-10-31",), "2026-10", True),
        (("left: 2026-10-30",), "2026-10", False),
    ],
)
def test_a_review_is_owed_for_months_that_were_worked_as_a_whole(
    lines: tuple[str, ...], month: str, is_due: bool
) -> None:
    found = rows("reviews", {**REVIEWED, **staff("YG0004", *lines)}, "month", "missing_self")
    missing = [number for row in found if row["month"] == month for number in row["missing_self"]]
    assert ("YG0004" in missing) == is_due


def appraisal(number: str, person: str, score: str, grade: str, *lines: str) -> Files:
    told = f"""type: annual-appraisal
number: {number}
title: 年度考核
created: 2026-01-20
staff: {person}
year: 2025
summary: 完成。
superior_score: {score}
months:
  - {{month: 2025-12, total: {score}}}
score: {score}
grade: {grade}
"""
    return {number: told + "".join(f"{line}\n" for line in lines)}


GRADED: Files = {
    **appraisal("JX20260001", "YG0003", "92", "A"),
    **appraisal("JX20260002", "YG0006", "81.5", "B"),
    **appraisal("JX20260003", "YG0004", "55", "D", "outcome: {improvement_plan: 参加培训}"),
}


def test_grades_are_counted_by_department() -> None:
    found = rows(
        "grades",
        GRADED,
        "year",
        "department",
        "appraised",
        "grade:A",
        "grade:B",
        "grade:D",
        "mean",
        "improvement",
    )
    assert [tuple(row.values()) for row in found] == [
        (2025, "BM01", 2, 1, 1, 0, Decimal("86.8"), 0),
        (2025, "BM02", 1, 0, 0, 1, Decimal("55.0"), 1),
    ]
    drawn = figures("grades", memory.facts(GRADED, TODAY))
    assert drawn == {"技术部": (1, 1, 0, 0), "综合管理部": (0, 0, 0, 1)}


# -- Departures -----------------------------------------------------------------------------------------------

LEAVING: Files = {
    "LZ20260001": """type: departure
number: LZ20260001
revision: 1
title: 离职申请表
department: BM01
author: YG0003
created: 2026-11-02
updated: 2026-11-02
staff: YG0003
applied: 2026-11-02
last_day: 2026-12-05
reason: 个人发展
""",
    "LZ20260002": """type: handover
number: LZ20260002
title: 工作交接清单
created: 2026-11-20
departure: LZ20260001
from: YG0003
to: YG0006
items:
  - {what: 测试服务器账号, kind: material, received: 2026-11-20}
  - {what: 回归测试用例, kind: task}
""",
    "FW20260001": """type: project
number: FW20260001
title: 平台
created: 2026-02-01
client: KH0001
service_type: development
manager: YG0003
stage: executing
team:
  - {staff: YG0003, duty: 测试}
""",
}
SUPERIOR = ("superior", "YG0002", "2026-11-03", "chain: departure")


def test_a_departure_shows_its_stages_its_days_and_what_is_still_in_the_leavers_name() -> None:
    files = LEAVING | memory.acts(LEAVING, "LZ20260001", SUPERIOR)
    names = (
        "staff",
        "days",
        "state",
        "stage:superior",
        "stage:interview",
        "received",
        "successors",
        "holdings",
    )
    (found,) = rows("departures", files, *names)
    assert tuple(found.values()) == (
        "YG0003",
        12,
        "approved",
        "2026-11-03",
        None,
        {"received": 1, "items": 2},
        ["YG0006"],
        [{"kind": "project", "number": "FW20260001"}, {"kind": "team", "number": "FW20260001"}],
    )


def test_a_completed_departure_is_no_longer_in_progress() -> None:
    done = (
        SUPERIOR,
        (
            "interview",
            "YG0002",
            "2026-11-10",
            "chain: departure",
            "decision: done",
            "details: {findings: 无}",
        ),
        (
            "formalities",
            "YG0005",
            "2026-12-05",
            "chain: departure",
            "decision: done",
            "details: {property: 已归还, wages: 已结清, social_insurance: 已停缴}",
        ),
    )
    files = LEAVING | memory.acts(LEAVING, "LZ20260001", *done)
    assert rows("departures", files, "number") == []


# -- Audiences ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "files", "kind"),
    [
        ("reviews", REVIEWED, "月度绩效考核自评表"),
        ("grades", GRADED, "年度考核"),
        ("departures", LEAVING, "离职申请表"),
    ],
)
def test_a_report_on_what_is_confidential_says_so_where_its_readers_may_not_know(
    name: str, files: Files, kind: str
) -> None:
    assert table(name, files, level="confidential").rows
    made = table(name, files, level="internal")
    assert made.rows == ()
    assert kind in made.empty
    assert "普通商密" in made.empty
    narrowed = audience.narrow(memory.facts(files, TODAY), "internal")
    for chart in reports.catalogue()[name].charts(narrowed, "zh"):
        assert chart.is_empty
        assert kind in chart.empty


def test_every_report_on_people_is_sound_in_a_registry_without_any() -> None:
    for name in (
        "roster",
        "recruitment",
        "training",
        "skills",
        "certificates",
        "reviews",
        "grades",
        "departures",
    ):
        report = reports.catalogue()[name]
        facts = memory.facts({})
        made = report.table(facts, "en")
        assert name == "roster" or name == "skills" or (made.rows == () and made.empty)
        assert all(charts.told(chart) or chart.is_empty for chart in report.charts(facts, "en"))
        assert all(clause.startswith("R") for clause in report.clauses)
