"""Who is to read a document, who has read which revision, who is late, and when a document is to be reviewed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from memory import acts, base, document, facts
from muniment import acting, audience, check, distribution, feeds, fitness
from muniment.facts import Event, Facts
from muniment.history import Commit, Signatory
from muniment.registers import distribution as coverage
from muniment.registers import periodic_reviews, reading, readings, recent, waiting
from muniment.views import reading as pages
from muniment.views import record as pages_of_records

NUMBER = "JS2026001"
TODAY = "2026-04-30"
CHAIN = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
WHO = Signatory("周敏", "zhou.min@example.com", 1_774_000_000, "+0800")
COMMIT = Commit("0" * 40, "", (), WHO, WHO, "办理", b"")
POLICY = "records/policy/documents/documents.yaml"
EVERYONE = "distribution: {everyone: true}"
READ = ("chain: reading", "decision: done")


def person(number: str, *lines: str) -> str:
    told = [
        "type: staff",
        f"number: {number}",
        "revision: 1",
        f"name: {number}",
        "department: BM01",
        "author: YG0001",
    ]
    told += [
        "created: 2026-01-05",
        "updated: 2026-01-05",
        f"emails: [{number.lower()}@example.com]",
        "position: 工程师",
    ]
    return "\n".join([*told, *(lines or ("joined: 2020-01-06",))]) + "\n"


def registry(
    *lines: str,
    read: tuple[tuple[str, str], ...] = (),
    more: Mapping[str, str] | None = None,
    policy: str = "",
    today: str = TODAY,
) -> Facts:
    """A published document, with people who have read it; `policy` is added to the policy on documents."""
    files = {
        f"{NUMBER}/{NUMBER}.yaml": document(NUMBER, "巡检手册", *lines),
        f"{NUMBER}/{NUMBER}.md": "正文\n",
    }
    said = [("read", by, day, *READ) for by, day in read]
    told = {**files, **acts(files, NUMBER, *CHAIN, *said), **(more or {})}
    if policy:
        told[POLICY] = base()[POLICY].decode() + policy
    return facts(told, today)


def standings(known: Facts) -> dict[str, str]:
    circle = distribution.circle(known, NUMBER)
    return {reader.staff: reader.standing for reader in circle.readers} if circle else {}


# Who is to read it


def test_what_is_distributed_to_nobody_is_read_by_nobody() -> None:
    assert standings(registry()) == {}
    assert (
        standings(
            registry(
                "distribution: {departments: []}", policy="distribution: {classes: {JS: {everyone: true}}}\n"
            )
        )
        == {}
    )


def test_everybody_who_works_here_is_meant() -> None:
    more = {
        "YG0007": person("YG0007", "joined: 2020-01-06", "left: 2026-04-01"),
        "YG0008": person("YG0008", "joined: 2026-06-01"),
    }
    assert set(standings(registry(EVERYONE, more=more))) == {f"YG000{n}" for n in range(1, 7)}


def test_a_department_is_meant_with_those_below_it() -> None:
    below = "type: department\nnumber: BM03\nrevision: 1\nname: 巡检组\nhead: YG0002\nparent: BM01\nauthor: YG0001\n"
    more = {
        "BM03": f"{below}created: 2026-01-05\nupdated: 2026-01-05\n",
        "YG0007": person("YG0007", "department: BM03", "joined: 2020-01-06").replace(
            "department: BM01\n", ""
        ),
    }
    assert set(standings(registry("distribution: {departments: [BM01]}", more=more))) == {
        "YG0002",
        "YG0003",
        "YG0006",
        "YG0007",
    }


def test_people_and_roles_are_named() -> None:
    known = registry("distribution: {staff: [YG0001], roles: [quality-manager]}")
    assert set(standings(known)) == {"YG0001", "YG0004"}


def test_policy_decides_where_the_document_says_nothing_by_kind_before_class() -> None:
    classes = "distribution: {classes: {JS: {everyone: true}}}\n"
    assert len(standings(registry(policy=classes))) == 6
    kinds = "distribution: {classes: {JS: {everyone: true}}, kinds: {manual: {staff: [YG0005]}}}\n"
    assert set(standings(registry(policy=kinds))) == {"YG0005"}
    assert set(standings(registry("distribution: {staff: [YG0001]}", policy=kinds))) == {"YG0001"}


def test_who_is_not_cleared_is_not_asked_to_read() -> None:
    level = "confidentiality: {level: confidential, scope: [technical], custodian: YG0002, readers: [YG0005]}"
    assert set(standings(registry(EVERYONE, level))) == {"YG0002", "YG0005", "YG0006"}, (
        "custodian, reader and author"
    )


def test_a_draft_is_read_by_nobody() -> None:
    files = {
        f"{NUMBER}/{NUMBER}.yaml": document(NUMBER, "巡检手册", EVERYONE),
        f"{NUMBER}/{NUMBER}.md": "正文\n",
    }
    assert distribution.circles(facts({**files, **acts(files, NUMBER, *CHAIN[:2])}, TODAY)) == ()


# Who has read it


def test_who_wrote_or_approved_a_revision_has_read_it() -> None:
    found = standings(registry(EVERYONE))
    assert [staff for staff, standing in found.items() if standing == "signed"] == [
        "YG0002",
        "YG0003",
        "YG0004",
        "YG0006",
    ]
    assert [staff for staff, standing in found.items() if standing == "late"] == ["YG0001", "YG0005"]


def test_a_reading_counts_for_exactly_this_revision() -> None:
    known = registry(EVERYONE, read=(("YG0005", "2026-03-20"),))
    assert standings(known)["YG0005"] == "read"
    record = known.corpus.records[NUMBER]
    files = {
        f"{NUMBER}/{NUMBER}.yaml": document(
            NUMBER, "巡检手册", EVERYONE, "revision: 2", "updated: 2026-04-20"
        ),
        f"{NUMBER}/{NUMBER}.md": "改了\n",
    }
    chain = tuple((stage, by, "2026-04-21") for stage, by, _day in CHAIN)
    old = {
        path.removeprefix("records/documents/JS/2026/"): record.tree.read(path).decode()
        for path in record.act_paths
    }
    after = facts({**files, **acts(files, NUMBER, *chain, revision=2), **old}, TODAY)
    assert standings(after)["YG0005"] == "waiting"
    (earlier,) = pages.view(after, after.corpus.records[NUMBER], "zh").earlier  # type: ignore[union-attr]  # it is distributed
    assert [reader.person.text for reader in earlier.readers] == ["周敏"]


@pytest.mark.parametrize(("today", "standing"), [("2026-03-26", "waiting"), ("2026-03-27", "late")])
def test_a_fortnight_is_given_where_policy_says_nothing(today: str, standing: str) -> None:
    assert standings(registry(EVERYONE, today=today))["YG0005"] == standing


def test_the_days_count_from_the_policys_beginning_and_from_a_persons() -> None:
    policy = "distribution: {within_days: 10, from: 2026-04-01}\n"
    more = {"YG0007": person("YG0007", "joined: 2026-04-13")}
    circle = distribution.circle(registry(EVERYONE, more=more, policy=policy), NUMBER)
    assert circle is not None
    due = {reader.staff: reader.due for reader in circle.readers}
    assert (due["YG0005"], due["YG0007"]) == ("2026-04-11", "2026-04-23")


def test_a_person_is_told_of_what_falls_due_first() -> None:
    known = registry(EVERYONE)
    assert [
        (circle.record.number, reader.standing)
        for circle, reader in distribution.waiting_for(known, "YG0005")
    ] == [(NUMBER, "late")]
    assert distribution.waiting_for(known, "YG0002") == ()


# What the reports say


def test_the_reports_count_and_name_who_has_not_read_it() -> None:
    known = registry(EVERYONE, read=(("YG0005", "2026-03-20"),))
    (row,) = coverage.table(known, "zh").rows
    assert [cell.value for cell in row[5:]] == [6, 5, 0, 1, 83]
    (row,) = reading.table(known, "zh").rows
    assert (row[0].words, row[2].text, row[7].value, row[8].text) == ("YG0001 王建国", NUMBER, 35, "超期未读")
    (row,) = readings.table(known, "en").rows
    assert (row[0].value, row[4].words, row[6].value) == ("2026-03-20", "YG0005 周敏", True)
    (chart,) = coverage.charts(known, "zh")
    assert chart.rows[0].values == (5, 0, 1)


def test_the_public_is_not_told_who_reads_what() -> None:
    level = "confidentiality: {level: public}"
    known = audience.narrow(registry(EVERYONE, level, read=(("YG0005", "2026-03-20"),)), "public")
    record = known.corpus.records[NUMBER]
    assert record.readings == ()
    assert distribution.circles(known) == ()
    assert pages.view(known, record, "zh") is None
    assert not any("YG0005" in path for path in record.act_paths)


def test_the_record_says_it_all_as_json() -> None:
    known = registry(EVERYONE, read=(("YG0005", "2026-03-20"),))
    told = pages.data(known, known.corpus.records[NUMBER])["distribution"]
    assert told["since"] == "2026-03-12"
    assert {each["staff"]: each["standing"] for each in told["readers"]} == standings(known)


def faults(known: Facts) -> list[str]:
    """What the check has against the document's acts."""
    return [each.code for each in check.run(known, ()) if each.code.startswith("APR")]


@pytest.mark.parametrize(
    ("day", "found"), [("2026-05-05", []), ("2026-05-07", []), ("2026-05-08", ["APR050"])]
)
def test_what_is_retired_is_not_read_any_more(day: str, found: list[str]) -> None:
    """A day apart is as much as the date of an act may differ from that of its commit."""
    retirement = (
        (
            "request",
            "YG0002",
            "2026-05-04",
            "chain: retirement",
            "decision: done",
            "details: {reason: 已停用}",
        ),
        ("leader", "YG0001", "2026-05-06", "chain: retirement"),
    )
    files = {f"{NUMBER}/{NUMBER}.yaml": document(NUMBER, "巡检手册"), f"{NUMBER}/{NUMBER}.md": "## 正文\n"}
    said = acts(files, NUMBER, *CHAIN, *retirement, ("read", "YG0005", day, *READ))
    assert faults(facts({**files, **said}, "2026-06-01")) == found


# A review of several stages, again and again

TWICE = "details: [conclusion], optional: [next_review]}\n    - {stage: quality, role: [quality-manager]}"


def rounds(*stages: tuple[str, str, str], today: str = "2028-06-01") -> Facts:
    """A published document whose review has a second stage, with these acts of its reviews."""
    policy = "records/policy/review/review.yaml"
    one = "    - stage: reaffirmation\n      event: true\n      role: [department-head]\n      of: owner\n      details: [conclusion]\n      optional: [next_review]\n"
    two = f"    - {{stage: reaffirmation, event: true, role: [department-head], of: owner, {TWICE}\n"
    text = base()[policy].decode()
    assert one in text
    files = {f"{NUMBER}/{NUMBER}.yaml": document(NUMBER, "巡检手册"), f"{NUMBER}/{NUMBER}.md": "## 正文\n"}
    lines = {"reaffirmation": ("decision: done", "details: {conclusion: 适用}"), "quality": ()}
    done = [
        (
            stage.removesuffix("-"),
            by,
            day,
            "chain: reaffirmation",
            *(("decision: withdrawn",) if stage.endswith("-") else lines[stage]),
        )
        for stage, by, day in stages
    ]
    told = {**files, **acts(files, NUMBER, *CHAIN, *done), policy: text.replace(one, two)}
    return facts({**told, POLICY: base()[POLICY].decode() + "review_every: {classes: {JS: 12}}\n"}, today)


def turn(known: Facts) -> str:
    found = acting.turn(known, known.corpus.records[NUMBER])
    return found.stage.name if found else ""


FIRST, SECOND = ("reaffirmation", "YG0002", "2027-03-01"), ("quality", "YG0004", "2027-03-02")
AGAIN, LAST = ("reaffirmation", "YG0002", "2028-03-01"), ("quality", "YG0004", "2028-03-02")


def test_it_is_the_turn_of_the_next_stage_in_every_round() -> None:
    for done, whose, first, fit_on in (
        ((), "", "reaffirmation", "2026-03-12"),
        ((FIRST,), "quality", "quality", "2026-03-12"),
        ((FIRST, SECOND), "", "reaffirmation", "2027-03-02"),
        ((FIRST, SECOND, AGAIN), "quality", "quality", "2027-03-02"),
        ((FIRST, SECOND, AGAIN, LAST), "", "reaffirmation", "2028-03-02"),
        (
            (FIRST, SECOND, AGAIN, LAST, ("quality-", "YG0004", "2028-03-03")),
            "quality",
            "quality",
            "2027-03-02",
        ),
    ):
        known = rounds(*done)
        record = known.corpus.records[NUMBER]
        assert turn(known) == whose, done
        assert acting.next_turn(known, record, chain="reaffirmation").stage.name == first, done
        assert (fit(known) or ("",))[0] == fit_on, done
        waits = [(each.number, stage.name) for each, stage in waiting.waiting(known) if each.number == NUMBER]
        assert waits == ([(NUMBER, whose)] if whose else []), done
        assert faults(known) == [], done


def test_a_stage_of_the_first_round_does_not_count_in_the_second() -> None:
    assert faults(rounds(FIRST, SECOND, LAST)) == ["APR022"]


# Reviewed from time to time


def fit(known: Facts) -> tuple[str, str, str] | None:
    found = fitness.review(known, known.corpus.records[NUMBER])
    return (found.last, found.due, found.standing(known.today)) if found else None


def reviewed(
    day: str, *lines: str, policy: str = "review_every: {classes: {JS: 12}}\n", today: str = TODAY
) -> Facts:
    files = {f"{NUMBER}/{NUMBER}.yaml": document(NUMBER, "巡检手册"), f"{NUMBER}/{NUMBER}.md": "正文\n"}
    act = ("reaffirmation", "YG0002", day, "chain: reaffirmation", "decision: done", *lines)
    told = {**files, **acts(files, NUMBER, *CHAIN, act), POLICY: base()[POLICY].decode() + policy}
    return facts(told, today)


def test_a_document_is_reviewed_where_policy_or_the_document_says_so() -> None:
    assert fit(registry()) is None
    assert fit(registry(policy="review_every: {classes: {JS: 12}}\n")) == ("2026-03-12", "2027-03-12", "fit")
    assert fit(registry(policy="review_every: {classes: {JS: 12}, kinds: {manual: 2}}\n")) == (
        "2026-03-12",
        "2026-05-12",
        "soon",
    )
    assert fit(registry("review_by: 2026-04-29", policy="review_every: {classes: {JS: 12}}\n")) == (
        "2026-03-12",
        "2026-04-29",
        "overdue",
    )


def test_a_review_counts_the_months_anew_without_a_new_revision() -> None:
    known = reviewed("2027-03-01", "details: {conclusion: 继续适用}", today="2027-04-01")
    assert fit(known) == ("2027-03-01", "2028-03-01", "fit")
    assert known.state(NUMBER) == "published"
    (row,) = periodic_reviews.table(known, "zh").rows
    assert [cell.text for cell in row[4:9]] == ["2027-03-01", "陈志强", "继续适用", "12", "2028-03-01"]


def test_a_review_may_name_the_next_day() -> None:
    assert fit(reviewed("2027-03-01", "details: {conclusion: 适用, next_review: 2027-09-01}", policy="")) == (
        "2027-03-01",
        "2027-09-01",
        "fit",
    )
    assert fit(reviewed("2027-03-01", "details: {conclusion: 适用, next_review: 明年}", policy="")) is None


def test_the_next_revision_begins_anew() -> None:
    known = reviewed("2027-03-01", "details: {conclusion: 适用}")
    record = known.corpus.records[NUMBER]
    files = {
        f"{NUMBER}/{NUMBER}.yaml": document(NUMBER, "巡检手册", "revision: 2", "updated: 2027-05-10"),
        f"{NUMBER}/{NUMBER}.md": "改了\n",
    }
    chain = tuple((stage, by, "2027-05-11") for stage, by, _day in CHAIN)
    old = {
        path.removeprefix("records/documents/JS/2026/"): record.tree.read(path).decode()
        for path in record.act_paths
    }
    policy = {POLICY: base()[POLICY].decode() + "review_every: {classes: {JS: 12}}\n"}
    after = facts({**files, **acts(files, NUMBER, *chain, revision=2), **old, **policy}, "2027-06-01")
    assert fit(after) == ("2027-05-11", "2028-05-11", "fit")


# Newest records


def test_what_bears_no_date_of_its_change_shows_the_day_of_it() -> None:
    session = "type: training-session\nnumber: PX20260001\ntitle: 安全培训\ndepartment: BM01\nauthor: YG0005\ncreated: 2026-04-01\n"
    session += "topic: 安全\ncontent: process\nmethod: internal\ndate: 2026-04-02\nhours: 2\ninstructor: 周敏\nattendees: [YG0006]\n"
    known = facts({"PX20260001": session}, TODAY)
    path = known.corpus.records["PX20260001"].path
    seen = replace(known, landed={path: "2026-04-20"})
    shown = {row[0].text: row[5].text for row in recent.table(seen, "zh").rows}
    assert shown["PX20260001"] == "2026-04-20"
    assert all(shown.values())


def test_a_reading_is_no_news_about_the_document() -> None:
    known = registry(EVERYONE, read=(("YG0005", "2026-03-20"),))
    record = known.corpus.records[NUMBER]
    landed = dict.fromkeys((record.path, *record.files, *record.act_paths), "2026-03-13")
    landed[record.readings[0].path] = "2026-03-21"
    seen = replace(known, landed=landed)
    assert b"2026-03-21" not in feeds.atom(seen, "all", "zh", "")
    events = tuple(Event(COMMIT, (path,), landed=False) for path in (record.path, record.readings[0].path))
    shown = list(pages_of_records.changes(replace(known, events={NUMBER: events}), record, "zh", {}))
    assert [change.touched for change in shown] == [("基本信息",)]
