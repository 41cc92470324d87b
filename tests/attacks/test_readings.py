"""Readings: who has read what is as hard to forge as who has approved it, and people read side by side."""

from __future__ import annotations

import pytest

from .conftest import Make
from .world import World, caught, demand, folder, published, sound

DOCUMENT = "JS2026001"
ACTS = f"{folder(DOCUMENT)}/acts"


def file(by: str, revision: int = 1) -> str:
    return f"{revision}-read-{by}.yaml"


@pytest.fixture
def running(world: World) -> World:
    """A registry with a published document."""
    return published(world)


# What honest people do


def test_many_read_one_revision_side_by_side(running: World) -> None:
    branches = [running.branch(f"read-{by}").read(by) for by in ("YG0005", "YG0006", "YG0008")]
    sound(*branches)
    assert {f"{DOCUMENT}/{file(by)}" for by in ("YG0005", "YG0006", "YG0008")} <= set(running.levels())


def test_one_commit_confirms_several_documents(running: World) -> None:
    published(running, "JS2026002")
    other = f"{folder('JS2026002')}/acts/{file('YG0005')}"
    branch = running.branch().read("YG0005", "JS2026002")
    text = branch.text(other)
    both = running.branch("both").read("YG0005", also={other: text})
    sound(both)


def test_a_reading_is_worth_what_its_commit_is(make: Make) -> None:
    world = published(make(level="signed"))
    sound(world.branch().read("YG0005"))
    assert world.levels()[f"{DOCUMENT}/{file('YG0005')}"] == "signed"


def test_the_next_revision_is_read_anew_and_the_earlier_readings_stand(running: World) -> None:
    sound(running.branch("first").read("YG0005"))
    running.merge(running.branch("revise").revise(on="2026-03-16").approve(DOCUMENT))
    running.day("2026-03-20")
    sound(running.branch("second").read("YG0005"))
    assert {file("YG0005"), file("YG0005", 2)} <= {path.rpartition("/")[2] for path in running.main.acts()}


def test_what_was_read_before_the_next_revision_landed_is_merged_after_it(running: World) -> None:
    slow = running.branch("slow").read("YG0005")
    running.merge(running.branch("revise").revise(on="2026-03-16").approve(DOCUMENT))
    sound(slow)


def test_the_author_and_an_approver_may_confirm_as_well(running: World) -> None:
    sound(running.branch("author").read("YG0007"), running.branch("head").read("YG0002"))


def test_an_approver_who_has_left_keeps_nobody_from_reading(running: World) -> None:
    left = "joined: 2017-03-01\nleft: 2026-03-10\n"
    leaving = running.branch("leave").reform("YG0003", "joined: 2017-03-01\n", left)
    running.merge(leaving.organization("YG0003"))
    running.day("2026-03-20")
    sound(running.branch("read").read("YG0005"))


def test_paper_is_brought_in_while_importing(make: Make) -> None:
    world = make(importing=True)
    world.merge(world.branch("publish").draft().approve(DOCUMENT))
    sound(world.branch("sheet").read("YG0005", decision="imported", committed_by="YG0006"))
    assert world.levels()[f"{DOCUMENT}/{file('YG0005')}"] == "imported"


def test_paper_is_not_brought_in_afterwards(running: World) -> None:
    branch = running.branch().read("YG0005", decision="imported", committed_by="YG0006")
    caught(branch, "import-closed", file("YG0005"))


# Forgeries


def test_a_reading_in_the_name_of_another(running: World) -> None:
    branch = running.branch().read("YG0005", committed_by="YG0007")
    caught(branch, "author-is-not-signer", [file("YG0005"), "wu.lei@example.com"])


def test_a_reading_signed_with_the_key_of_another(make: Make) -> None:
    world = published(make(level="signed"))
    caught(world.branch().read("YG0005", sign="YG0007"), "signature-of-another", file("YG0005"))


def test_a_reading_below_the_level_that_the_policy_asks_of_readings(make: Make) -> None:
    world = published(
        make(review=lambda text: text.replace("{default: declared", "{reading: signed, default: declared"))
    )
    sound(world.branch("signed").read("YG0006", sign="YG0006"))
    caught(world.branch().read("YG0005"), "evidence-too-weak", file("YG0005"))


def test_the_readings_of_several_people_in_one_commit(running: World) -> None:
    other = f"{ACTS}/{file('YG0006')}"
    text = running.branch("other").read("YG0006").text(other)
    branch = running.branch().read("YG0005", also={other: text})
    caught(branch, "act-commit-does-more", file("YG0006"))


def test_a_reading_together_with_a_change(running: World) -> None:
    branch = running.branch().read("YG0005", also={"README.md": "改"})
    caught(branch, "act-commit-does-more", [file("YG0005"), "README.md"])


def test_a_reading_by_somebody_on_no_register(running: World) -> None:
    branch = running.branch().read("YG0005", fields={"by": "YG0077"}, file=f"{ACTS}/{file('YG0077')}")
    caught(branch, "unknown-person", [file("YG0077"), "YG0077"])


def test_a_leaver_dates_a_reading_back(running: World) -> None:
    left = "joined: 2020-01-06\nleft: 2026-03-08\n"
    leaving = running.branch("leave").reform("YG0007", "joined: 2020-01-06\n", left)
    running.merge(leaving.organization("YG0007"))
    branch = running.branch().read("YG0007", fields={"date": "2026-03-08"})
    caught(branch, "reader-not-employed", file("YG0007"))


# What was not in force, or was not what lies there


def test_a_reading_of_a_draft(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical").read("YG0005")
    caught(branch, "reading-of-unpublished", file("YG0005"))


def test_a_reading_that_comes_with_the_publication(world: World) -> None:
    caught(world.branch().draft().approve(DOCUMENT).read("YG0005"), "reading-of-unpublished", file("YG0005"))


def test_a_reading_of_a_revision_that_only_a_branch_has(running: World) -> None:
    branch = running.branch().revise(on="2026-03-16").approve(DOCUMENT).read("YG0005")
    caught(branch, "reading-of-unpublished", file("YG0005", 2))


def test_a_reading_made_before_the_publication_and_merged_after_it(world: World) -> None:
    draft = world.branch("draft").draft()
    early = world.branch("early", draft).read("YG0005")
    world.merge(draft.approve(DOCUMENT))
    caught(early, "reading-of-unpublished", file("YG0005"))


def test_a_reading_of_a_revision_that_is_still_to_come(running: World) -> None:
    branch = running.branch().read("YG0005", fields={"revision": 2}, file=f"{ACTS}/{file('YG0005', 2)}")
    caught(branch, "act-of-later-revision", file("YG0005", 2))


def test_a_reading_of_an_earlier_revision_with_the_content_of_the_present_one(running: World) -> None:
    running.merge(running.branch("revise").revise(on="2026-03-16").approve(DOCUMENT))
    branch = running.branch().read("YG0005", fields={"revision": 1}, file=f"{ACTS}/{file('YG0005')}")
    caught(branch, "act-before-content", file("YG0005"))


def test_a_reading_of_other_content(running: World) -> None:
    branch = running.branch().read("YG0005", fields={"content": f"sha256:{'0' * 64}"})
    caught(branch, "reading-of-other-content", file("YG0005"), audited="reading-of-other-content")


def test_a_reading_copied_from_another_document(running: World) -> None:
    published(running, "JS2026002")
    branch = running.branch().read("YG0005", "JS2026002", file=f"{ACTS}/{file('YG0005')}")
    caught(branch, "act-of-another-record", file("YG0005"))


def test_a_reading_under_the_name_of_somebody_else(running: World) -> None:
    caught(running.branch().read("YG0005", file=f"{ACTS}/{file('YG0006')}"), "act-file-name", file("YG0006"))


def test_a_reading_of_what_is_retired(running: World) -> None:
    retiring = running.branch("retire").act(DOCUMENT, "request", "YG0002", chain="retirement")
    running.merge(retiring.act(DOCUMENT, "leader", "YG0001", chain="retirement"))
    running.day("2026-03-20")
    caught(running.branch().read("YG0005"), "ended-record-changed", file("YG0005"))


def test_a_reading_dated_ahead(running: World) -> None:
    caught(running.branch().read("YG0005", fields={"date": "2026-04-30"}), "act-date-differs", file("YG0005"))


# What is altered or lost later


def test_a_reading_altered_later(running: World) -> None:
    running.merge(running.branch("read").read("YG0005"))
    path = f"{ACTS}/{file('YG0005')}"
    branch = running.branch().edit(path, running.today, "2026-03-08", by="YG0005")
    caught(branch, "act-changed", file("YG0005"))


def test_a_reading_removed_later(running: World) -> None:
    running.merge(running.branch("read").read("YG0005"))
    caught(running.branch().write({f"{ACTS}/{file('YG0005')}": None}), "act-removed", file("YG0005"))


def test_a_reading_that_a_merge_leaves_out(running: World) -> None:
    running.merge(running.branch().read("YG0005"), change={f"{ACTS}/{file('YG0005')}": None})
    demand(running.audit(), "act-lost-in-merge", file("YG0005"), "audit")


def test_a_reading_that_reaches_main_without_a_merge(running: World) -> None:
    running.main.read("YG0005")
    found = {finding.code for finding in running.audit()}
    assert found == {"APR045"}


def test_no_reading_takes_the_place_of_an_approval(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", chain="reading", decision="done")
    caught(branch, "unknown-stage", "1-3-quality.yaml")
