"""The reports on people, recounted by hand from the files of the demonstration, without anything of ours."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml

import memory
from muniment import personnel, policy, records, reports
from muniment.demo import materials
from muniment.facts import Facts
from muniment.records import Tree
from test_project_reports import Told, rows

TODAY = "2026-11-23"


@cache
def files() -> dict[str, bytes]:
    """The demonstration's files, with what is sealed in them in plain text."""
    return materials.opened()


@cache
def told() -> dict[str, list[Told]]:
    """The YAML by type, every scalar as text."""
    found: dict[str, list[Told]] = defaultdict(list)
    for path, content in sorted(files().items()):
        if path.endswith(".yaml") and path.split("/")[-1][:-5] == path.split("/")[-2]:
            data = yaml.load(content.decode(), yaml.BaseLoader)  # noqa: S506 - makes text of everything
            found[data["type"]].append(data)
    return found


@pytest.fixture(scope="module")
def facts() -> Facts:
    corpus = records.load(Tree(dict.fromkeys(files(), "100644"), files().__getitem__), memory.types())
    rules = policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")
    return Facts(corpus, memory.types(), rules, TODAY)


@cache
def acts(number: str) -> dict[str, Told]:
    """The acts of a record by their stage."""
    texts = [
        content.decode()
        for path, content in files().items()
        if f"/{number}/acts/" in path and path.endswith(".yaml")
    ]
    found = [yaml.load(text, yaml.BaseLoader) for text in texts]  # noqa: S506 - makes text of everything
    return {str(act["stage"]): act for act in found}


def staff() -> dict[str, Told]:
    return {each["number"]: each for each in told()["staff"]}


def here(day: str) -> list[Told]:
    return [each for each in told()["staff"] if each["joined"] <= day <= each.get("left", "9999")]


def test_the_demonstration_has_people_to_recount() -> None:
    for name in (
        "recruitment-plan",
        "selection",
        "training-session",
        "evaluation",
        "annual-appraisal",
        "departure",
    ):
        assert told()[name], name


def test_everybody_is_on_the_roster_with_the_roles_of_today(facts: Facts) -> None:
    found = {row["number"]: row for row in rows(facts, "roster")}
    assert found.keys() == staff().keys()
    for number, person in staff().items():
        held = [
            each["role"]
            for each in person.get("roles", [])
            if each.get("from", "") <= TODAY <= each.get("to", "9999") and "left" not in person
        ]
        assert found[number]["roles"] == list(dict.fromkeys(held)), number


def test_posts_add_up_to_plans_and_hires_to_selections(facts: Facts) -> None:
    found = rows(facts, "recruitment")
    posts = [(plan, post) for plan in told()["recruitment-plan"] for post in plan["posts"]]
    assert len(found) == len(posts)
    chosen = Counter(
        (selection["plan"], selection["post"])
        for selection in told()["selection"]
        for candidate in selection["candidates"]
        if candidate.get("result") == "hired"
    )
    for plan, post in posts:
        (row,) = [each for each in found if (each["plan"], each["post"]) == (plan["number"], post["post"])]
        assert row["count"] == int(post["count"])
        assert row["chosen"] == chosen[plan["number"], post["post"]]
        assert row["open"] == int(post["count"]) - max(row["chosen"], min(row["joined"], row["count"]))


def test_training_is_done_late_or_still_to_come_as_the_sessions_say(facts: Facts) -> None:
    found = rows(facts, "training")
    sessions = told()["training-session"]
    planned = [(plan, item) for plan in told()["training-plan"] for item in plan["items"]]
    assert sum(row["standing"] != "extra" for row in found) == len(planned)
    for plan, item in planned:
        held = [
            each for each in sessions if each.get("plan") == plan["number"] and each["topic"] == item["topic"]
        ]
        over = f"{plan['year']}-{int(item['month']):02}-31" < TODAY
        expected = (
            "done"
            if any("closed" in each for each in held)
            else "held"
            if held
            else "overdue"
            if over
            else "planned"
        )
        (row,) = [each for each in found if (each["plan"], each["topic"]) == (plan["number"], item["topic"])]
        assert row["standing"] == expected, item
        assert row["attendees"] == (
            len({who for each in held for who in each["attendees"]}) if held else None
        )
        scores = [
            Decimal(result["score"])
            for each in held
            for result in each.get("evaluation", {}).get("results", [])
        ]
        if scores:
            assert abs(row["mean"] - sum(scores) / len(scores)) <= Decimal("0.05")
    answered = {
        each["number"]
        for each in sessions
        if any((plan["number"], item["topic"]) == (each.get("plan"), each["topic"]) for plan, item in planned)
    }
    extra = [row["sessions"][0] for row in found if row["standing"] == "extra"]
    assert sorted(extra) == sorted({each["number"] for each in sessions} - answered)


def test_skills_and_certificates_are_those_of_the_staff_register(facts: Facts) -> None:
    found = {row["number"]: row for row in rows(facts, "skills")}
    assert sorted(found) == sorted(each["number"] for each in here(TODAY))
    for person in here(TODAY):
        row = found[person["number"]]
        assert {name[6:] for name, value in row.items() if name.startswith("skill:") and value} == set(
            person.get("skills", [])
        )
    listed = rows(facts, "certificates")
    assert Counter((row["number"], row["certificate"]) for row in listed) == Counter(
        (person["number"], name)
        for person in here(TODAY)
        for name in {each["name"] for each in person.get("certificates", [])}
    )
    for row in listed:
        if row["expires"]:
            days = (date.fromisoformat(row["expires"]) - date.fromisoformat(TODAY)).days
            expected = "expired" if days < 0 else "90" if days <= 90 else "365" if days <= 365 else "later"
            assert (row["days"], row["standing"]) == (days, expected)
        else:
            assert row["standing"] == "permanent"


def test_missing_reviews_are_those_that_nobody_wrote(facts: Facts) -> None:
    found = rows(facts, "reviews")
    handed_in = {
        name: {(each["month"], each["staff"]) for each in told()[name]}
        for name in ("self-review", "evaluation")
    }
    first = min(month for month, _who in handed_in["self-review"] | handed_in["evaluation"])
    months = sorted({row["month"] for row in found})
    assert (months[0], months[-1]) == (first, "2026-10")
    for month in months:
        last = f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]}"
        due = {
            each["number"]
            for each in told()["staff"]
            if "superior" in each and each["joined"] <= f"{month}-01" and last <= each.get("left", "9999")
        }
        due |= {who for name in handed_in for when, who in handed_in[name] if when == month}
        own = [row for row in found if row["month"] == month]
        assert sum(row["due"] for row in own) == len(due)
        for name, column in (("self-review", "missing_self"), ("evaluation", "missing_evaluation")):
            missing = {who for who in due if (month, who) not in handed_in[name]}
            assert {who for row in own for who in row[column]} == missing


def test_grades_are_counted_once_in_the_department_of_the_person(facts: Facts) -> None:
    counted: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    scores: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for each in told()["annual-appraisal"]:
        key = (int(each["year"]), staff()[each["staff"]]["department"])
        counted[key][each["grade"]] += 1
        scores[key].append(Decimal(each["score"]))
    found: dict[tuple[int, str], dict[str, Any]] = {
        (row["year"], row["department"]): row for row in rows(facts, "grades")
    }
    assert found.keys() == counted.keys()
    for key, grades in counted.items():
        row = found[key]
        assert {
            name[6:]: count for name, count in row.items() if name.startswith("grade:") and count
        } == dict(grades)
        assert abs(row["mean"] - sum(scores[key]) / len(scores[key])) <= Decimal("0.05")


def test_departures_in_progress_are_those_without_the_last_act(facts: Facts) -> None:
    found = {row["number"]: row for row in rows(facts, "departures")}
    going = [each for each in told()["departure"] if "formalities" not in acts(each["number"])]
    assert going
    assert found.keys() == {each["number"] for each in going}
    for each in going:
        row = found[each["number"]]
        for stage in ("superior", "interview"):
            stated = acts(each["number"]).get(stage)
            assert row[f"stage:{stage}"] == (stated["date"] if stated else None)
        items = [
            item
            for held in told()["handover"]
            if held["departure"] == each["number"]
            for item in held["items"]
        ]
        assert row["received"] == {"received": sum("received" in item for item in items), "items": len(items)}
        assert row["days"] == (date.fromisoformat(each["last_day"]) - date.fromisoformat(TODAY)).days
        managed = {
            project["number"]
            for project in told()["project"]
            if project["manager"] == each["staff"]
            and project["stage"] not in ("closed", "declined", "cancelled")
        }
        assert {held["number"] for held in row["holdings"] if held["kind"] == "project"} == managed
    assert {record.number for record, _act in personnel.departures(facts)} == {
        each["number"] for each in told()["departure"]
    } - found.keys()


@pytest.mark.parametrize("name", ["reviews", "grades"])
def test_what_is_sealed_is_said_to_be_so_and_not_counted_as_none(name: str) -> None:
    written = materials.written()
    corpus = records.load(Tree(dict.fromkeys(written, "100644"), written.__getitem__), memory.types())
    rules = policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")
    made = reports.catalogue()[name].table(Facts(corpus, memory.types(), rules, TODAY), "zh")
    assert made.rows == ()
    assert "已加密" in made.empty
