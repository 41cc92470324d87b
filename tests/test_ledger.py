"""What became of numbers that main has no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import memory
from muniment import audience, ledger
from muniment.history import Change
from muniment.ledger import Ledger

HANDBOOK = ("document", "2026-01-01", "手册")
SCHEME = ("document", "2026-01-01", "方案")
REPORT = ("document", "2026-03-01", "报告")
Tree = Mapping[str, tuple[str, ...]]


def moved(*states: Tree) -> dict[str, str]:
    """What became of the numbers in states of main, each of which a step makes of the one before."""
    said: dict[str, tuple[str, ...]] = {}
    landings = []
    before: Tree = {}
    for step, after in enumerate(states):
        changes = []
        for number in sorted({*before, *after}):
            old, new = ("/".join(side.get(number, ())) for side in (before, after))
            said |= {old: before.get(number, ()), new: after.get(number, ())}
            if old != new:
                changes.append(Change(f"records/documents/JS/2026/{number}/{number}.yaml", "", "", old, new))
        landings.append((str(step), changes))
        before = after
    return ledger.moved(ledger.turns(landings), said, before)


def test_two_that_moved_in_one_step_are_told_apart_by_what_they_say() -> None:
    assert moved(
        {"JS2026001": HANDBOOK, "JS2026002": SCHEME}, {"JS2026003": SCHEME, "JS2026004": HANDBOOK}
    ) == {"JS2026001": "JS2026004", "JS2026002": "JS2026003"}


def test_those_that_move_up_by_one_lead_to_their_new_places() -> None:
    assert moved(
        {"JS2026002": SCHEME},
        {"JS2026003": SCHEME, "JS2026004": HANDBOOK},
        {"JS2026001": SCHEME, "JS2026003": HANDBOOK},
    ) == {"JS2026002": "JS2026001", "JS2026004": "JS2026003"}


def test_another_title_in_the_same_step_is_no_hindrance_where_nothing_else_moved() -> None:
    assert moved({"JS2026001": HANDBOOK}, {"JS2026002": SCHEME}) == {"JS2026001": "JS2026002"}


def test_one_that_was_taken_away_does_not_lead_to_another_that_came_in_its_step() -> None:
    assert moved({"JS2026001": HANDBOOK}, {"JS2026002": REPORT}) == {}
    assert moved({"JS2026001": HANDBOOK}, {"JS2026002": ("loan", *HANDBOOK[1:])}) == {}
    assert moved({"JS2026001": ()}, {"JS2026002": ()}) == {}


def test_of_two_that_say_the_same_nobody_knows_which_it_was() -> None:
    assert moved({"JS2026001": HANDBOOK}, {"JS2026002": HANDBOOK, "JS2026003": HANDBOOK}) == {}


def test_a_number_leads_on_over_many_steps_there_and_back() -> None:
    numbers = ("JS2026001", "JS2026002", "JS2026001", "JS2026002", "JS2026003")
    assert moved(*({number: HANDBOOK} for number in numbers)) == {
        "JS2026001": "JS2026003",
        "JS2026002": "JS2026003",
    }
    assert moved({"JS2026001": HANDBOOK}, {"JS2026002": HANDBOOK}, {}) == {}


def test_a_lower_site_does_not_tell_where_a_record_above_it_went() -> None:
    core = "confidentiality: {level: core, custodian: YG0004}"
    facts = memory.facts(
        {
            "JS2026002": memory.document("JS2026002", "并购方案", core),
            "JS2026003": memory.document("JS2026003", "手册"),
        }
    )
    held = Ledger(moved={"JS2026001": "JS2026002", "JS2026004": "JS2026003"})
    narrowed = audience.narrow(replace(facts, ledger=held), "internal").ledger
    assert narrowed is not None
    assert dict(narrowed.moved) == {"JS2026004": "JS2026003"}
