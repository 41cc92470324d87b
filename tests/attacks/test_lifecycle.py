"""What has landed: deletion, renumbering, retirement, voids, the organization, imports."""

from __future__ import annotations

import json

import pytest

from muniment import resources

from .conftest import Make
from .world import (
    World,
    body,
    caught,
    demand,
    facts,
    folder,
    own_type,
    published,
    shown,
    staff,
)

DOCUMENT = "JS2026001"
ACTS = f"{folder(DOCUMENT)}/acts"


# Deleted, moved, renumbered


def test_a_landed_record_is_deleted(world: World) -> None:
    branch = published(world).branch()
    branch.write({path: None for path in branch.files if path.startswith(folder(DOCUMENT))})
    caught(branch, "landed-record-missing", [DOCUMENT, folder(DOCUMENT)])


def test_a_landed_record_is_deleted_and_its_acts_are_left(world: World) -> None:
    branch = published(world).branch().write({facts(DOCUMENT): None, body(DOCUMENT): None})
    caught(branch, "landed-record-missing", DOCUMENT)


def test_a_landed_draft_is_deleted(world: World) -> None:
    world.merge(world.branch("first").own("survey", "DY20260001"))
    caught(world.branch().write({facts("DY20260001"): None}), "landed-record-missing", "DY20260001")


def test_a_landed_record_is_moved(world: World) -> None:
    branch = published(world).branch()
    old, new = folder(DOCUMENT), f"records/documents/JS/2025/{DOCUMENT}"
    entries = {path: entry for path, entry in branch.files.items() if path.startswith(old)}
    moved = {path.replace(old, new): entry for path, entry in entries.items()}
    branch.commit({**dict.fromkeys(entries), **moved})
    for found in (world.pull(branch), world.merge(branch).audit()):
        demand(found, "number-differs-from-path", [DOCUMENT, "2025"], "either")
        assert {finding.code[:3] for finding in found} <= {"NUM", "LIF"}, "its acts say it once more"


def test_a_landed_record_is_renumbered(world: World) -> None:
    branch = published(world).branch()
    text = branch.text(facts(DOCUMENT)).replace(DOCUMENT, "JS2026002")
    branch.write({facts(DOCUMENT): None, body(DOCUMENT): None, **dict.fromkeys(branch.acts(DOCUMENT))})
    branch.write({facts("JS2026002"): text, body("JS2026002"): "# 报告\n"}).approve("JS2026002")
    caught(branch, "landed-number-changed", DOCUMENT, audited="landed-record-missing")


def test_the_number_in_a_landed_record_is_changed(world: World) -> None:
    branch = published(world).branch().edit(facts(DOCUMENT), DOCUMENT, "JS2026002")
    caught(branch, "landed-number-changed", [DOCUMENT, "JS2026002"], audited="number-differs-from-path")


def test_a_number_is_used_again(world: World) -> None:
    gone = published(world).branch("gone")
    world.merge(gone.write({path: None for path in gone.files if path.startswith(folder(DOCUMENT))}))
    branch = world.branch().draft(title="另一份报告", author="YG0006", by="YG0006").approve(DOCUMENT)
    demand(world.pull(branch), "number-used-before", DOCUMENT, "pull")
    demand(world.merge(branch).audit(), "landed-record-missing", DOCUMENT, "audit")


def test_a_type_is_changed(world: World) -> None:
    world.merge(world.branch("first").own("agreement", "XY20260001"))
    branch = world.branch().edit(facts("XY20260001"), '"agreement"', '"survey"')
    caught(branch, "type-changed", "XY20260001")


# Retirement


def retired(world: World) -> World:
    branch = published(world).branch("retire").act(DOCUMENT, "request", "YG0002", chain="retirement")
    world.merge(branch.act(DOCUMENT, "leader", "YG0001", chain="retirement"))
    return world.day("2026-03-16")


def test_a_retired_record_is_revised(world: World) -> None:
    branch = retired(world).branch().revise().approve(DOCUMENT)
    caught(branch, "ended-record-changed", DOCUMENT)


def test_a_retired_record_is_changed_by_a_byte(world: World) -> None:
    branch = retired(world).branch().edit(body(DOCUMENT), "正文。", "正文。。")
    caught(branch, "ended-record-changed", DOCUMENT)


def test_a_retirement_is_taken_back(world: World) -> None:
    branch = retired(world).branch()
    branch.act(DOCUMENT, "leader", "YG0001", chain="retirement", decision="withdrawn")
    caught(branch, "ended-record-changed", [f"{ACTS}/1-6-leader.yaml"])


def test_a_record_is_changed_and_retired_at_once(world: World) -> None:
    branch = published(world).branch().revise().approve(DOCUMENT)
    branch.act(DOCUMENT, "request", "YG0002", chain="retirement")
    branch.act(DOCUMENT, "leader", "YG0001", chain="retirement")
    caught(branch, "changed-and-retired", "2-4-request.yaml")


def test_somebody_who_is_no_leader_retires(world: World) -> None:
    branch = published(world).branch().act(DOCUMENT, "request", "YG0002", chain="retirement")
    branch.act(DOCUMENT, "leader", "YG0004", chain="retirement")
    caught(branch, "role-not-held", ["1-5-leader.yaml", "YG0004", "leader"])


def test_the_leader_retires_what_nobody_asked_him_to(world: World) -> None:
    branch = published(world).branch().act(DOCUMENT, "leader", "YG0001", chain="retirement")
    caught(branch, "stage-out-of-order", ["1-4-leader.yaml", "request"])


@pytest.mark.parametrize("details", [{}, {"reason": "  "}])
def test_a_retirement_without_reason(world: World, details: dict[str, str]) -> None:
    branch = published(world).branch()
    branch.act(DOCUMENT, "request", "YG0002", chain="retirement", fields={"details": details})
    caught(branch, "details-missing", ["1-4-request.yaml", "reason"])


@pytest.mark.parametrize(
    ("successor", "rule"), [("JS2026099", "missing-target"), (DOCUMENT, "circle-of-succession")]
)
def test_a_successor_that_nobody_finds(world: World, successor: str, rule: str) -> None:
    branch = published(world).branch()
    details = {"reason": "已被替代", "successor": successor}
    branch.act(DOCUMENT, "request", "YG0002", chain="retirement", fields={"details": details})
    demand(world.pull(branch), rule, ["1-4-request.yaml", successor], "pull")


def test_a_number_voided_by_somebody_else(world: World) -> None:
    branch = published(world).branch()
    branch.example("void", "JS2026002", author="YG0007", created="2026-03-09", updated="2026-03-09")
    branch.act("JS2026002", "void", "YG0004")
    caught(branch, "role-not-held", ["JS2026002", "1-1-void.yaml", "YG0004"])


# The organization


def test_a_policy_in_one_pull_with_records(world: World) -> None:
    branch = (
        world.branch().reform("documents", "longest_days: 30", "longest_days: 20").organization("documents")
    )
    branch.draft().approve(DOCUMENT)
    caught(branch, "organization-with-records", ["documents", DOCUMENT])


def test_a_policy_without_its_chain(world: World) -> None:
    branch = world.branch().reform("review", "role: [quality-manager]", "role: [project-manager]")
    caught(branch, "chain-not-whole", ["review", "personnel"])


@pytest.mark.parametrize("name", ["confidentiality", "review"])
def test_a_policy_is_deleted(world: World, name: str) -> None:
    caught(world.branch().write({facts(name): None}), "landed-record-missing", name)


def test_a_member_of_staff_who_enrols_himself(world: World) -> None:
    text = world.main.text(staff("YG0007")).replace("YG0007", "YG0010").replace("wu.lei", "wu.lei2")
    caught(world.branch().write({staff("YG0010"): text}), "chain-not-whole", ["YG0010", "personnel"])


def test_a_chain_that_the_same_pull_makes_shorter(world: World) -> None:
    """The chain in force is that of main, whatever the branch says it will be."""
    line = "    - {stage: technical, role: [technical-expert, senior-staff]}\n"
    branch = world.branch().reform("review", line, "").organization("review")
    branch.draft().approve(DOCUMENT, "department", "quality")
    caught(branch, "stage-out-of-order", ["1-2-quality.yaml", "technical"])


def test_a_type_that_the_same_pull_frees_from_its_chain(world: World) -> None:
    free = own_type("agreement", "contract", "XY")
    free["x-record"]["chain"] = None
    branch = world.branch().write({"schemas/agreement.schema.json": json.dumps(free)})
    branch.own("agreement", "XY20260001")
    caught(branch, "chain-not-whole", ["XY20260001", "legal"])


@pytest.mark.parametrize("chain", [None, "client"])
def test_a_type_that_a_pull_before_frees_from_its_chain(world: World, chain: str | None) -> None:
    """Nobody approves the file of a type, so what it says of the chain stays as it was."""
    free = own_type("agreement", "contract", "XY")
    free["x-record"]["chain"] = chain
    branch = world.branch().write({"schemas/agreement.schema.json": json.dumps(free)})
    caught(branch, "chain-of-type-changed", ["agreement", "contract"])


def test_policies_that_a_type_hides(world: World) -> None:
    """Policies are found by their group: moved out of it, all chains would be gone."""
    policy = json.loads((resources.path("schemas") / "policy-review.schema.json").read_text(encoding="utf-8"))
    policy["x-record"]["group"] = "archive"
    branch = world.branch().write({"schemas/policy-review.schema.json": json.dumps(policy)})
    caught(branch, "chain-of-type-changed", "policy-review")


@pytest.mark.parametrize("name", ["act", "common"])
def test_what_an_act_is_cannot_be_loosened(world: World, name: str) -> None:
    loose = json.loads((resources.path("schemas") / f"{name}.schema.json").read_text(encoding="utf-8"))
    loose["required"] = []
    loose.get("$defs", {})["date"] = {"type": "string"}
    branch = world.branch().write({f"schemas/{name}.schema.json": json.dumps(loose)})
    caught(branch, "replaced-foundation", f"{name}.schema.json")
    late = world.branch("late").draft()
    late.act(DOCUMENT, "department", "YG0002", fields={"date": "gestern", "content": None})
    found = world.pull(late)
    assert any(finding.place.path.endswith("1-1-department.yaml") for finding in found), shown(found)


def test_a_type_that_the_same_pull_brings(world: World) -> None:
    schema = own_type("memo", "client", "XY")
    branch = world.branch().write({"schemas/memo.schema.json": json.dumps(schema)}).own("memo", "XY20260001")
    caught(branch, "unknown-type", ["XY20260001", "memo"])


def test_a_type_whose_file_is_made_unsound(world: World) -> None:
    """A type that cannot be read must not mean that its records are judged by nobody."""
    broken = own_type("agreement", "contract", "XY")
    del broken["x-record"]["level"]
    branch = world.branch("break").write({"schemas/agreement.schema.json": json.dumps(broken)})
    caught(branch, "unsound-type-block", ["agreement", "level"])
    caught(world.branch().own("agreement", "XY20260001"), "unknown-type", ["XY20260001", "agreement"])


# Import


def test_importing_is_switched_on_again(world: World) -> None:
    branch = world.branch().reform("review", "importing: false", "importing: true").organization("review")
    caught(branch, "import-reopened", "review")


def test_an_imported_act_when_nothing_is_imported(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", decision="imported", committed_by="YG0007")
    caught(branch, "import-closed", "1-3-quality.yaml")


def test_an_import_that_was_prepared_before_it_closed(make: Make) -> None:
    world = make(importing=True)
    branch = world.branch("late").draft()
    for stage, by in (("department", "YG0002"), ("technical", "YG0003"), ("quality", "YG0004")):
        branch.act(DOCUMENT, stage, by, decision="imported", committed_by="YG0007")
    closing = world.branch("close").reform("review", "importing: true", "importing: false")
    world.merge(closing.organization("review"))
    caught(branch, "import-closed", "1-1-department.yaml")


def test_an_import_over_what_was_approved_here(make: Make) -> None:
    branch = published(make(importing=True)).branch().revise()
    branch.act(DOCUMENT, "quality", "YG0004", decision="imported", committed_by="YG0007")
    caught(branch, "chain-not-whole", [DOCUMENT, "department, technical"])


def test_a_draft_over_what_was_approved_here(make: Make) -> None:
    branch = published(make(importing=True)).branch().edit(body(DOCUMENT), "正文。", "别的。")
    caught(branch, "content-without-revision", DOCUMENT)


def test_a_policy_as_a_draft_while_importing(make: Make) -> None:
    """A policy is in force as soon as it lands, so it is never a draft."""
    branch = make(importing=True).branch().reform("review", "[quality-manager]", "[project-manager]")
    caught(branch, "chain-not-whole", ["review", "personnel"])


@pytest.mark.parametrize("by", ["YG0007", "YG0005"])
def test_a_role_by_import(make: Make, by: str) -> None:
    branch = make(importing=True).branch().reform("YG0007", "roles: []", "roles:\n  - {role: leader}")
    branch.act("YG0007", "personnel", "YG0005", chain="organization", decision="imported", committed_by=by)
    branch.act("YG0007", "leader", "YG0001", chain="organization", decision="imported", committed_by=by)
    found = branch.world.pull(branch)
    assert [finding for finding in found if finding.severity == "error"]


def test_an_import_of_somebody_unknown(make: Make) -> None:
    branch = make(importing=True).branch().draft()
    branch.act(DOCUMENT, "quality", "YG0004", decision="imported", fields={"by": "YG0077"})
    caught(branch, "unknown-person", ["1-1-quality.yaml", "YG0077"])


def test_an_import_without_a_source(make: Make) -> None:
    branch = make(importing=True).branch().draft()
    branch.act(DOCUMENT, "quality", "YG0004", decision="imported", fields={"source": " "})
    found = branch.world.pull(branch)
    assert any(
        finding.place.path.endswith("1-1-quality.yaml") for finding in found if finding.severity == "error"
    )
