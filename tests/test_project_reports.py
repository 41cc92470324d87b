"""The reports on projects and service, recounted by hand from the files of the demonstration, without anything of ours."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml

import engagements
import memory
from muniment import audience, charts, policy, records, reports, resources, tables
from muniment.facts import Facts
from muniment.records import Tree

TODAY = "2026-11-23"
OVER = ("closed", "declined", "cancelled")
Told = dict[str, Any]


# -- By hand --------------------------------------------------------------------------------------------------


@cache
def told() -> dict[str, list[Told]]:
    """The demonstration's YAML by type, every scalar as text."""
    found: dict[str, list[Told]] = defaultdict(list)
    for file in sorted(resources.path("records").rglob("*.yaml")):
        if file.stem == file.parent.name:
            data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes text of everything
            found[data["type"]].append(data)
    return found


def of(project: Told, name: str) -> list[Told]:
    return [each for each in told()[name] if each.get("project") == project["number"]]


def quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) - 1) // 3 + 1}"


def days(start: str, end: str) -> int:
    return max((date.fromisoformat(end) - date.fromisoformat(start)).days, 0)


@cache
def calendar() -> tuple[set[str], set[str], list[tuple[time, time]]]:
    (organization,) = told()["policy-organization"]
    given = organization["calendar"]
    spans = [(time.fromisoformat(each["from"]), time.fromisoformat(each["to"])) for each in given["hours"]]
    return set(given["holidays"]), set(given.get("working_days") or ()), spans


def worked(start: str, end: str) -> int:
    """Minutes of work between two moments, each minute looked at by itself."""
    holidays, exchanged, spans = calendar()
    at, stop, minutes = datetime.fromisoformat(start[:16]), datetime.fromisoformat(end[:16]), 0
    while at < stop:
        day = at.date().isoformat()
        is_worked = day in exchanged or (at.weekday() < 5 and day not in holidays)
        if not is_worked:
            at = datetime.combine(at.date() + timedelta(days=1), time())
            continue
        minutes += any(begin <= at.time() < close for begin, close in spans)
        at += timedelta(minutes=1)
    return minutes


def target(ticket: Told, field: str) -> Decimal:
    (levels,) = told()["policy-service-levels"]
    return next(
        Decimal(each[field])
        for each in levels["targets"]
        if (each["urgency"], each["complexity"]) == (ticket["urgency"], ticket["complexity"])
    )


def verdict(ticket: Told, stated: str, limit: str) -> str:
    until = ticket.get(stated)
    if until is None:
        late = Decimal(worked(ticket["reported_at"], f"{TODAY}T00:00")) > target(ticket, limit) * 60
        return "beyond" if late else "open"
    return "within" if worked(ticket["reported_at"], until) <= target(ticket, limit) * 60 else "beyond"


def done_days(project: Told) -> dict[str, str]:
    found: dict[str, str] = {}
    for log in of(project, "work-log"):
        for entry in log["entries"]:
            for name in entry.get("done") or ():
                found[name] = min(found.get(name, "9999"), entry["date"])
    return found


def tasks() -> list[tuple[Told, Told, Told, str]]:
    """Every task of a plan that no other plan supersedes, with the day on which the log calls it done."""
    superseded = {number for plan in told()["implementation-plan"] for number in plan.get("supersedes") or ()}
    return [
        (project, plan, task, done_days(project).get(task["name"], ""))
        for project in told()["project"]
        for plan in of(project, "implementation-plan")
        if plan["number"] not in superseded
        for phase in plan["phases"]
        for task in phase["tasks"]
    ]


# -- By the reports -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def facts() -> Facts:
    top = resources.path("records")
    whole = {
        f"records/{file.relative_to(top).as_posix()}": file.read_bytes()
        for file in top.rglob("*")
        if file.is_file()
    }
    corpus = records.load(Tree(dict.fromkeys(whole, "100644"), whole.__getitem__), memory.types())
    rules = policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")
    return Facts(corpus, memory.types(), rules, TODAY)


def rows(facts: Facts, name: str) -> list[Told]:
    """What `muniment report NAME --format json` writes."""
    found: list[Told] = json.loads(
        tables.rows_json(reports.catalogue()[name].table(facts, "zh")), parse_float=Decimal
    )
    return found


def drawn(facts: Facts, name: str, chart: str) -> dict[str, dict[str, Any]]:
    """What `reports/NAME.CHART.json` holds, by its rows."""
    found = {each.name: each for each in reports.catalogue()[name].charts(facts, "zh")}
    return {
        row["key"]: {key: value for key, value in row.items() if key != "key"}
        for row in tables.rows(charts.table(found[chart]))
    }


# -- Recounts -------------------------------------------------------------------------------------------------


def test_the_demonstration_has_something_to_recount() -> None:
    assert len(told()["service-ticket"]) > 10
    assert len(told()["acceptance-report"]) > 2
    assert sum(1 for _project, _plan, task, _done in tasks() if task.get("milestone") == "true") > 5


def test_projects_are_counted_by_stage_and_listed_while_they_are_under_way(facts: Facts) -> None:
    stages = Counter(project["stage"] for project in told()["project"])
    assert {name: row["projects"] for name, row in drawn(facts, "pipeline", "stages").items()} == {
        **dict.fromkeys(drawn(facts, "pipeline", "stages"), 0),
        **stages,
    }
    going = {project["number"] for project in told()["project"] if project["stage"] not in OVER}
    assert {row["number"] for row in rows(facts, "pipeline")} == going


def test_milestones_are_on_time_late_or_overdue_as_the_work_logs_say(facts: Facts) -> None:
    expected = []
    for project, plan, task, done in tasks():
        if task.get("milestone") == "true" and project["stage"] not in ("declined", "cancelled"):
            late = days(task["due"], done or TODAY)
            standing = ("late" if late else "done") if done else ("overdue" if late else "ahead")
            if standing == "ahead" and task["start"] <= TODAY:
                standing = "running"
            expected.append((plan["number"], task["name"], task["due"], done or None, standing, late))
    names = ("plan", "milestone", "due", "done", "standing", "days")
    assert sorted(tuple(row[name] for name in names) for row in rows(facts, "milestones")) == sorted(expected)
    for name, row in drawn(facts, "milestones", "quarters").items():
        own = Counter(each[4] for each in expected if quarter(each[2]) == name)
        assert row == {
            "done": own["done"],
            "late": own["late"],
            "overdue": own["overdue"],
            "running": own["running"] + own["ahead"],
        }


def test_the_first_pass_rate_counts_first_rounds_alone(facts: Facts) -> None:
    first = [report for report in told()["acceptance-report"] if report["round"] == "1"]
    passed = sum(1 for report in first if report["conclusion"] == "passed")
    counted = drawn(facts, "acceptance", "first-rounds").values()
    assert sum(row["passed"] for row in counted) == passed
    assert sum(row["failed"] for row in counted) == len(first) - passed
    listed = Counter(row["result"] for row in rows(facts, "acceptance") if row["report"])
    assert listed == Counter(report["conclusion"] for report in told()["acceptance-report"])
    for name, row in drawn(facts, "acceptance", "first-pass").items():
        told_here = drawn(facts, "acceptance", "first-rounds")[name]
        whole = told_here["passed"] + told_here["failed"]
        share = None if not whole else round(Decimal(100 * told_here["passed"]) / whole, 1)
        assert row["rate"] == share


def test_tickets_took_the_working_hours_that_a_clock_gives(facts: Facts) -> None:
    found = {row["number"]: row for row in rows(facts, "after-sales")}
    assert found.keys() == {ticket["number"] for ticket in told()["service-ticket"]}
    for ticket in told()["service-ticket"]:
        row = found[ticket["number"]]
        for name, stated, limit in (
            ("respond", "responded_at", "respond_hours"),
            ("solve", "solved_at", "solve_hours"),
        ):
            hours = None
            if stated in ticket:
                hours = Decimal(worked(ticket["reported_at"], ticket[stated])) / 60
                assert abs(row[name] - hours) <= Decimal("0.05"), ticket["number"]
            else:
                assert row[name] is None
            assert row[f"{name}_target"] == target(ticket, limit)
            assert row[f"{name}_standing"] == verdict(ticket, stated, limit), ticket["number"]


def test_tickets_are_counted_by_quarter_and_cause(facts: Facts) -> None:
    expected: dict[tuple[str, str | None], list[Told]] = defaultdict(list)
    for ticket in told()["service-ticket"]:
        expected[quarter(ticket["reported_at"]), ticket.get("cause")].append(ticket)
    found = {(row["quarter"], row["cause"]): row for row in rows(facts, "ticket-trends")}
    assert found.keys() == expected.keys()
    for key, group in expected.items():
        row = found[key]
        marks = [int(ticket["satisfaction"]) for ticket in group if "satisfaction" in ticket]
        assert row["tickets"] == len(group)
        assert row["open"] == sum(1 for ticket in group if "solved_at" not in ticket)
        in_time = [verdict(ticket, "solved_at", "solve_hours") for ticket in group]
        assert row["solve"] == in_time.count("within")
        assert (row["satisfaction"] is None) == (not marks)
        if marks:
            assert abs(row["satisfaction"] - Decimal(sum(marks)) / len(marks)) <= Decimal("0.05")
    total = Counter(quarter(ticket["reported_at"]) for ticket in told()["service-ticket"])
    drawn_here = drawn(facts, "ticket-trends", "quarters")
    assert {name: sum(row.values()) for name, row in drawn_here.items() if sum(row.values())} == total


def test_rework_lists_every_round_that_failed(facts: Facts) -> None:
    expected = [
        (report["number"], int(report["round"]), "acceptance")
        for report in told()["acceptance-report"]
        if report["conclusion"] == "failed"
    ]
    expected += [
        (record["number"], turn, "inspection")
        for record in told()["quality-inspection"]
        for turn, entry in enumerate(record.get("rounds") or (), start=1)
        if entry["result"] == "failed"
    ]
    found = [(row["number"], row["round"], row["kind"]) for row in rows(facts, "rework")]
    assert sorted(found) == sorted(expected)
    counted = drawn(facts, "rework", "quarters").values()
    assert sum(sum(row.values()) for row in counted) == len(expected)


def open_actions() -> list[tuple[str, str, str]]:
    found = [
        (meeting["number"], action["what"], action["due"])
        for meeting in told()["progress-meeting"]
        for action in meeting.get("actions") or ()
        if "done" not in action
    ]
    for report in told()["acceptance-report"]:
        later = [
            other
            for other in told()["acceptance-report"]
            if other["project"] == report["project"]
            and int(other["round"]) > int(report["round"])
            and other["conclusion"] == "passed"
        ]
        found += [
            (report["number"], demand["what"], demand["due"])
            for demand in report.get("demands") or ()
            if "done" not in demand and not later
        ]
    return found


def test_open_actions_are_those_that_nobody_has_done(facts: Facts) -> None:
    found = [(row["number"], row["what"], row["due"]) for row in rows(facts, "actions")]
    assert sorted(found) == sorted(open_actions())


def test_money_adds_up_to_the_cent(facts: Facts) -> None:
    found = {row["number"]: row for row in rows(facts, "receipts")}
    for project in told()["project"]:
        paid = sum((Decimal(each["amount"]) for each in project.get("payments") or ()), Decimal())
        contracts = of(project, "contract")
        if not paid and not contracts:
            assert project["number"] not in found
            continue
        row = found[project["number"]]
        assert Decimal(row["collected"]) == paid
        if contracts:
            terms = [term for contract in contracts for term in contract["payment_terms"]]
            due = sum((Decimal(term["amount"]) for term in terms if term.get("due", "9") < TODAY), Decimal())
            fee = sum((Decimal(contract["fee"]["amount"]) for contract in contracts), Decimal())
            assert Decimal(row["fee"]) == fee
            assert Decimal(row["due"]) == due
            assert Decimal(row["collected"]) + Decimal(row["overdue"]) + Decimal(row["open"]) == fee
        else:
            assert row["fee"] is None


def test_what_is_overdue_is_overdue_by_hand(facts: Facts) -> None:
    found = Counter(row["kind"] for row in rows(facts, "overdue"))
    stages = {project["number"]: project["stage"] for project in told()["project"]}
    late_tasks = [
        task["name"]
        for project, _plan, task, done in tasks()
        if not done and task["due"] < TODAY and project["stage"] not in OVER
    ]
    assert found["task"] == len(late_tasks)
    owner = {
        each["number"]: each["project"]
        for name in ("progress-meeting", "acceptance-report")
        for each in told()[name]
    }
    late = [
        number for number, _what, due in open_actions() if due < TODAY and stages[owner[number]] not in OVER
    ]
    assert found["action"] + found["demand"] == len(late)
    unanswered = [
        ticket["number"]
        for ticket in told()["service-ticket"]
        if "solved_at" not in ticket and verdict(ticket, "solved_at", "solve_hours") == "beyond"
    ]
    assert found["solution"] == len(unanswered)
    assert {row["number"] for row in rows(facts, "overdue") if row["kind"] == "solution"} == set(unanswered)


# -- Readers, and what small registries show ---------------------------------------------------------------------

NAMES = (
    "pipeline",
    "milestones",
    "acceptance",
    "after-sales",
    "ticket-trends",
    "rework",
    "actions",
    "overdue",
    "receipts",
)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_registry_gives_an_empty_report_that_says_so(name: str) -> None:
    nothing = memory.facts({})
    report = reports.catalogue()[name]
    for lang in ("zh", "en"):
        made = report.table(nothing, lang)  # type: ignore[arg-type]  # a language
        assert len(made) == 0
        assert made.empty
        assert all(chart.is_empty and chart.empty for chart in report.charts(nothing, lang))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_readers_who_may_not_know_projects_are_told_so_and_shown_nothing(name: str) -> None:
    narrowed = audience.narrow(memory.facts(engagements.files()), "public")
    made = reports.catalogue()[name].table(narrowed, "zh")
    assert len(made) == 0
    assert "公开" in made.empty
    assert all(chart.is_empty for chart in reports.catalogue()[name].charts(narrowed, "zh"))


def test_demands_of_a_round_are_met_when_a_later_round_passes() -> None:
    found = {row["number"] for row in rows(memory.facts(engagements.files()), "actions")}
    assert found == {"HY20260001"}


def test_a_deadline_passes_over_nights_weekends_and_holidays() -> None:
    """Reported on Monday at 9, eight working hours to solve: the same day at 18, by the calendar of the base."""
    row = next(row for row in rows(memory.facts(engagements.files()), "overdue") if row["kind"] == "solution")
    assert (row["number"], row["due"], row["days"]) == ("SH20260003", "2026-11-02", 21)


def test_a_rework_that_nobody_inspected_again_is_overdue() -> None:
    files = dict(engagements.files())
    path = "records/projects/2026/ZJ20260001/ZJ20260001.yaml"
    text = files[path]
    assert isinstance(text, str)
    files[path] = text.replace("  - {date: 2026-06-08, inspector: YG0004, result: passed}\n", "")
    found = [row for row in rows(memory.facts(files), "overdue") if row["kind"] == "rework"]
    assert [(row["number"], row["due"], row["who"]) for row in found] == [
        ("ZJ20260001", "2026-06-05", ["YG0003"])
    ]
