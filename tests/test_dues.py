"""The calendar of what falls due: whole, stable, read by others as meant, and without what is above its readers."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest

from memory import acts, document, facts
from muniment import audience, dues
from muniment.facts import Facts

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


def test_readers_are_told_of_nothing_above_them(known: Facts) -> None:
    assert b"QT2026001" not in dues.calendar(audience.narrow(known, "public"), "zh")


@pytest.mark.parametrize(
    ("text", "escaped"), [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("一\n二", "一\\n二"), ("", "")]
)
def test_signs_with_a_meaning_are_escaped(text: str, escaped: str) -> None:
    assert dues.escaped(text) == escaped
