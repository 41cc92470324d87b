"""The calendar of what falls due: whole, stable, read by others as meant, and without what is above its readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import icalendar
import pytest

from memory import acts, document, facts
from muniment import audience, dues, project
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.registers import due as report

CHAIN = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
TITLE = (
    "空压机市场简报，2026 年上半年；含价格\\费率以及一段很长的说明，用来看看一行超过七十五个字节时会怎样折行"
)
LOAN = """\
type: loan
number: JY20260001
revision: 1
title: 借阅
department: BM01
author: YG0006
created: 2026-10-08
updated: 2026-10-08
document: QT2026002
borrower: YG0003
reason: 参考
medium: electronic
from: 2026-10-09
due: 2026-11-05
"""


def published(number: str, *lines: str) -> dict[str, str]:
    files = {
        f"{number}/{number}.yaml": document(number, TITLE, "kind: market", *lines),
        f"{number}/{number}.md": "正文\n",
    }
    return {**files, **acts(files, number, *CHAIN)}


@pytest.fixture(scope="module")
def known() -> Facts:
    files = {
        **published("QT2026001", "retention: {until: 2027-06-30}"),
        **published(
            "QT2026002",
            "retention: {until: 2027-06-30}",
            "hold: {reason: 审计, by: YG0005, since: 2026-05-06}",
        ),
        **published("QT2026003", "retention: {until: 2060-06-30}"),
        "JY20260001": LOAN,
    }
    lent = acts(
        files,
        "JY20260001",
        ("department", "YG0002", "2026-10-08", "chain: loan"),
        ("issue", "YG0006", "2026-10-09", "chain: loan", "decision: done"),
    )
    return facts({**files, **lent})


def events(content: bytes) -> dict[str, icalendar.Event]:
    read = icalendar.Calendar.from_ical(content)
    return {str(event["UID"]).partition("@")[0]: event for event in read.walk("VEVENT")}


def test_another_program_reads_what_is_meant(known: Facts) -> None:
    found = events(dues.calendar(known, "zh", "https://docs.example.com/"))
    assert set(found) == {"retention-QT2026001", "loan-JY20260001"}, (
        "neither what is on hold nor what is far away"
    )
    event = found["retention-QT2026001"]
    assert event.decoded("DTSTART") == date(2027, 6, 30)
    assert event.decoded("DTEND") == date(2027, 7, 1)
    assert str(event["DESCRIPTION"]) == TITLE
    assert str(event["SUMMARY"]) == "QT2026001 到期待鉴定"
    assert str(event["URL"]) == "https://docs.example.com/records/QT/2026/QT2026001/"
    assert str(found["loan-JY20260001"]["DESCRIPTION"]).startswith("刘洋 · ")


def test_lines_are_as_the_standard_wants_them(known: Facts) -> None:
    content = dues.calendar(known, "zh")
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode()  # no character is cut


def test_the_same_facts_give_the_same_calendar_whatever_the_day_of_the_build(known: Facts) -> None:
    assert dues.calendar(known, "en") == dues.calendar(known, "en")
    assert b"20261123" not in dues.calendar(known, "en"), "no clock"


def test_an_event_keeps_its_identity_when_its_day_moves() -> None:
    early, late = (
        events(dues.calendar(facts(published("QT2026001", f"retention: {{until: {day}}}")), "en"))
        for day in ("2027-06-30", "2028-06-30")
    )
    assert early.keys() == late.keys() == {"retention-QT2026001"}
    assert [early["retention-QT2026001"]["UID"]] == [late["retention-QT2026001"]["UID"]]


STAFF = """\
type: staff
number: YG0009
revision: 1
name: 冯涛
department: BM01
author: YG0001
created: 2026-01-05
updated: 2026-01-05
emails: [feng.tao@example.com]
position: 工程师
joined: 2020-01-06
certificates:
  - {name: 电工证, issuer: 应急管理局, obtained: 2023-05-20, expires: 2026-05-19}
  - {name: 电工证, issuer: 应急管理局, obtained: 2026-05-20, expires: 2029-05-19}
  - {name: 高压作业证, issuer: 应急管理局, obtained: 2024-12-01, expires: 2026-11-30}
roles:
  - {role: department-head, department: BM01, from: 2026-11-01, to: 2026-12-15, deputy_for: YG0002}
"""
SAFEGUARD = """\
type: safeguard
number: AF20260001
title: 档案室门禁
department: BM01
author: YG0004
created: 2026-01-06
updated: 2026-01-06
kind: physical
place: 三楼
owner: YG0006
measure: 门禁
inspected: 2026-01-06
next_inspection: 2026-11-01
"""


def told(files: Mapping[str, str], lang: Lang = "zh") -> dict[str, str]:
    return {due.key: f"{due.day} {due.title} {' '.join(due.who)}" for due in dues.every(facts(files), lang)}


def test_a_certificate_that_was_renewed_is_not_due() -> None:
    found = [text for text in told({"YG0009": STAFF}).values() if "证书" in text]
    assert found == ["2026-11-30 YG0009 证书到期：高压作业证 YG0009"]


def test_a_role_that_ends_is_told_and_never_overdue() -> None:
    assert any(text.startswith("2026-12-15 YG0009 角色到期") for text in told({"YG0009": STAFF}).values())
    later = facts({"YG0009": STAFF}, today="2026-12-20")
    assert [due.kind for due in dues.waiting(later, "zh") if due.number == "YG0009"] == ["certificate"]


def test_what_has_been_inspected_moves_on() -> None:
    assert told({"AF20260001": SAFEGUARD}) == {
        "safeguard-AF20260001": "2026-11-01 AF20260001 应检查：档案室门禁 YG0006"
    }
    after = SAFEGUARD.replace("next_inspection: 2026-11-01", "next_inspection: 2027-11-01")
    assert list(told({"AF20260001": after})) == ["safeguard-AF20260001"], "the same event on another day"


def test_two_of_one_name_are_two_events() -> None:
    twice = STAFF.replace(
        "电工证, issuer: 应急管理局, obtained: 2023-05-20, expires: 2026-05-19", "X, obtained: 2023-05-20"
    )
    roles = "  - {role: senior-staff, to: 2026-12-15}\n" * 2
    found = [
        key
        for key in told({"YG0009": twice.replace("roles:\n", "roles:\n" + roles)})
        if key.startswith("role")
    ]
    assert len(found) == len(set(found)) == 3


@pytest.fixture(scope="module")
def company(demonstration: Path) -> Facts:
    return project.load(demonstration, "2026-11-29").facts


def test_the_demonstration_tells_of_every_part(company: Facts) -> None:
    kinds = {due.kind for due in dues.every(company, "zh")}
    assert kinds >= {
        *(
            "retention",
            "loan",
            "disposal",
            "backup",
            "task",
            "milestone",
            "instalment",
            "action",
            "contract",
            "support",
        ),
        *(
            "solution",
            "certificate",
            "training",
            "goal",
            "departure",
            "safeguard",
            "finding",
            "agreement",
            "grant",
            "term",
        ),
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("group", ["", *dues.GROUPS])
def test_every_calendar_is_one_that_other_programs_read(company: Facts, lang: Lang, group: str) -> None:
    content = dues.calendar(company, lang, "https://docs.example.com/", group)
    read = icalendar.Calendar.from_ical(content)
    assert not read.errors
    found = read.walk("VEVENT")
    assert len({str(event["UID"]) for event in found}) == len(found)
    assert all(not event.errors and {"DTSTAMP", "DTSTART", "SUMMARY", "URL"} <= set(event) for event in found)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert len(found) == len(dues.dues(company, lang, group))


def test_the_calendars_of_the_parts_make_up_the_whole(company: Facts) -> None:
    parts = [key for group in dues.GROUPS for key in events(dues.calendar(company, "zh", group=group))]
    assert sorted(parts) == sorted(events(dues.calendar(company, "zh")))


def test_the_calendar_says_the_same_on_the_next_day(company: Facts, demonstration: Path) -> None:
    tomorrow = project.load(demonstration, "2026-11-30").facts
    before, after = events(dues.calendar(company, "zh")), events(dues.calendar(tomorrow, "zh"))
    assert all(before[key].to_ical() == after[key].to_ical() for key in before.keys() & after.keys())


def test_the_report_says_what_the_calendars_say(company: Facts) -> None:
    rows = report.table(company, "zh").rows
    assert [(row[0].text, row[2].key or row[2].text) for row in rows] == [
        (due.day, due.number) for due in dues.waiting(company, "zh")
    ]
    (chart,) = report.charts(company, "zh")
    assert chart.rows[0].key == "overdue"
    assert sum(map(int, filter(None, chart.rows[0].values))) == sum(row[7].value == "overdue" for row in rows)


def test_readers_are_told_of_nothing_above_them(known: Facts) -> None:
    assert b"QT2026001" not in dues.calendar(audience.narrow(known, "public"), "zh")


@pytest.mark.parametrize(
    ("text", "escaped"), [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("一\n二", "一\\n二"), ("", "")]
)
def test_signs_with_a_meaning_are_escaped(text: str, escaped: str) -> None:
    assert dues.escaped(text) == escaped
