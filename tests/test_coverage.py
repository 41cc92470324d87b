"""Each clause of the regulation is put into effect by something that exists, and the page that says so counts what is there."""

from __future__ import annotations

import json
import re
from typing import Any

import click
import pytest

import memory
from muniment import audience, clauses, cli, coverage, reports, resources, tables
from test_people_reports import GRADED

REGULATION = (
    *("R1.1", "R1.2", "R1.3"),
    *("R2.1.1", "R2.1.2", "R2.1.3", "R2.2.1", "R2.2.2", "R2.2.3", "R2.2.4"),
    *("R2.3.1", "R2.3.2", "R2.3.3", "R2.3.4", "R2.4.1", "R2.4.2", "R2.4.3", "R2.4.4"),
    *("R3.1.1", "R3.1.2", "R3.1.3", "R3.2.1", "R3.2.2", "R3.2.3", "R3.2.4", "R3.2.5"),
    *("R3.3.1", "R3.3.2", "R3.3.3", "R3.3.4", "R3.4.1", "R3.4.2", "R3.4.3", "R3.4.4"),
    *("R4.1.1", "R4.1.2", "R4.2.1", "R4.2.2", "R4.3.1", "R4.3.2", "R4.3.3", "R4.4.1", "R4.4.2", "R4.4.3"),
    *("R5.1", "R5.2.1", "R5.2.2", "R5.2.3", "R5.2.4", "R5.3"),
)


def named() -> dict[str, set[str]]:
    """Every clause that a schema, a rule or a report names, with who does."""
    found: dict[str, set[str]] = {}
    for file in resources.path("schemas").glob("*.json"):
        for clause in json.loads(file.read_bytes()).get("x-record", {}).get("clauses", ()):
            found.setdefault(clause, set()).add(file.name)
    for clause, rules in coverage.rules_by_clause().items():
        found.setdefault(clause, set()).update(rule.code for rule in rules)
    for report in reports.catalogue().values():
        for clause in report.clauses:
            found.setdefault(clause, set()).add(report.name)
    return found


def rows(level: str = "", **files: Any) -> dict[str, dict[str, tables.Cell]]:
    facts = memory.facts(files)
    made = coverage.table(audience.narrow(facts, level) if level else facts, "zh")
    names = [column.name for column in made.columns]
    return {row[0].text: dict(zip(names, row, strict=True)) for row in made.rows}


def test_the_list_has_every_clause_of_the_regulation_in_order() -> None:
    assert tuple(clauses.CLAUSES) == REGULATION


@pytest.mark.parametrize("clause", REGULATION)
def test_every_clause_is_put_into_effect_by_a_type_a_rule_or_a_report(clause: str) -> None:
    facts = memory.facts({})
    assert (
        coverage.types(facts, clause)
        or coverage.rules_by_clause().get(clause)
        or coverage.reports_by_clause().get(clause)
    )


def test_no_clause_is_named_anywhere_that_the_regulation_does_not_have() -> None:
    assert {clause: who for clause, who in named().items() if clause not in clauses.CLAUSES} == {}


@pytest.mark.parametrize("clause", REGULATION)
def test_every_clause_says_in_both_languages_what_it_wants(clause: str) -> None:
    text = clauses.CLAUSES[clause].text
    assert re.search(r"[\u4e00-\u9fff]", text.zh)
    assert text.en
    assert not re.search(r"[\u4e00-\u9fff]", text.en)


def test_the_commands_that_are_said_to_put_a_clause_into_effect_exist() -> None:
    known = cli.muniment.list_commands(click.Context(cli.muniment))
    told = {means.command for clause in clauses.CLAUSES.values() for means in clause.means if means.command}
    assert told <= set(known)


def test_records_are_counted_as_they_stand() -> None:
    found = rows(**GRADED)
    assert found["R3.3.4"]["records"].value == 3
    assert [part.text for part in found["R3.3.4"]["types"].parts] == ["年度考核（3）"]
    assert found["R3.3.4"]["rules"].value == ["STF016"]
    assert "grades" in found["R3.3.4"]["reports"].value
    assert found["R2.3.2"]["records"].value == 0


def test_what_is_above_the_readers_is_withheld_and_not_counted() -> None:
    found = rows("internal", **GRADED)
    assert found["R3.3.4"]["records"].text == "不可见"
    assert [part.text for part in found["R3.3.4"]["types"].parts] == ["年度考核（不可见）"]


def test_a_report_is_found_by_its_clause_and_this_one_by_the_first() -> None:
    assert [module.NAME for module in coverage.reports_by_clause()["R1.1"]] == ["coverage"]
    assert reports.catalogue()["coverage"].title.zh == "规范覆盖"
