"""Who acts: forged and unlike addresses, roles that are not held, persons who decide twice or on what they wrote."""

from __future__ import annotations

import pytest

from .conftest import Make
from .world import World, body, caught, demand, facts, folder, published, staff

DOCUMENT = "JS2026001"
TECHNICAL = "1-2-technical.yaml"


# The author of the commit


def test_an_act_in_the_name_of_another(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", committed_by="YG0007")
    caught(branch, "author-is-not-signer", [TECHNICAL, str(branch.tip)[:8], "wu.lei@example.com"])


@pytest.mark.parametrize(
    "email",
    [
        "liu.yаng@example.com",  # a Cyrillic letter
        "liu.yang@example.com ",
        " liu.yang@example.com",
        "",
        "liu.yang@example.com.",
        "LİU.YANG@example.com",  # a capital that lower-cases to another letter in some languages
        "liu.yang@ｅxample.com",
        "liu.yang+x@example.com",
        "YG0003",
    ],
)
def test_an_address_that_only_looks_like_the_persons(world: World, email: str) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", email=email)
    caught(branch, "author-is-not-signer", [TECHNICAL, str(branch.tip)[:8]])


def test_an_address_that_two_persons_claim_proves_neither(make: Make) -> None:
    world = make(changed={staff("YG0099"): TWIN})
    branch = world.branch().draft().approve(DOCUMENT)
    caught(branch, "author-is-not-signer", TECHNICAL)


TWIN = """\
type: staff
number: YG0099
revision: 1
name: 刘洋
department: BM01
author: YG0001
created: 2026-01-05
updated: 2026-01-05
emails: [Liu.Yang@example.com]
position: 工程师
roles:
  - {role: senior-staff}
"""


def test_somebody_who_is_on_no_register(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", fields={"by": "YG0077"})
    caught(branch, "unknown-person", [TECHNICAL, "YG0077"])


# Roles


LEFT = "joined: 2017-03-01\nleft: 2026-03-10\n"


def test_a_leaver_dates_act_and_commit_back(world: World) -> None:
    leaving = world.branch("leave").reform("YG0003", "joined: 2017-03-01\n", LEFT)
    world.merge(leaving.organization("YG0003"))
    branch = world.branch().draft().approve(DOCUMENT, "department")
    before = world.now
    branch.act(DOCUMENT, "technical", "YG0003")
    assert before.date().isoformat() == "2026-03-02"
    world.day("2026-03-16")
    world.merge(world.branch("project").example("project", "FW20260001", by="YG0006"))
    caught(branch, "role-not-held", [TECHNICAL, "YG0003", "technical-expert"])


def granted(text: str) -> tuple[str, str]:
    return "roles: []", f"roles:\n  - {text}"


def test_a_role_that_he_grants_himself_in_the_same_pull(world: World) -> None:
    branch = world.branch().draft(author="YG0006", by="YG0006")
    branch.reform("YG0007", *granted("{role: technical-expert}"), by="YG0007")
    branch.approve(DOCUMENT, "department", ("technical", "YG0007"), "quality")
    caught(branch, "role-not-held", [TECHNICAL, "YG0007", "technical-expert"])


def test_a_role_that_the_pull_itself_has_approved(world: World) -> None:
    """Even approved by the whole chain of the organization: it counts from the next step on."""
    branch = world.branch().reform("YG0007", *granted("{role: technical-expert}")).organization("YG0007")
    branch.draft(author="YG0006", by="YG0006")
    branch.approve(DOCUMENT, "department", ("technical", "YG0007"), "quality")
    caught(branch, "role-not-held", [TECHNICAL, "YG0007", "technical-expert"])


def from_tomorrow(make: Make) -> World:
    later = "roles:\n  - {role: technical-expert, from: 2026-03-03}\n"
    return make(changed={staff("YG0099"): TWIN.replace("Liu.Yang", "liu.er").partition("roles:")[0] + later})


def test_a_role_that_begins_tomorrow(make: Make) -> None:
    branch = from_tomorrow(make).branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", email="liu.er@example.com", fields={"by": "YG0099"})
    caught(branch, "role-not-held", [TECHNICAL, "YG0099", "2026-03-02"])


def test_a_role_that_begins_tomorrow_and_a_clock_that_is_ahead(make: Make) -> None:
    world = from_tomorrow(make)
    branch = world.branch().draft().approve(DOCUMENT, "department")
    when = (int(world.now.timestamp()) + 30 * 86400, "+0800")
    act = {"by": "YG0099", "date": "2026-04-01"}
    branch.act(DOCUMENT, "technical", "YG0003", email="liu.er@example.com", fields=act, at=when)
    caught(branch, "act-in-future", [TECHNICAL, "2026-04-01"])


def test_the_role_of_another_department(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, ("department", "YG0005"), "technical", "quality")
    caught(branch, "role-not-held", ["1-1-department.yaml", "YG0005", "BM01"])


def test_no_role_at_all(world: World) -> None:
    branch = world.branch().draft(author="YG0006", by="YG0006")
    branch.approve(DOCUMENT, "department", "technical", ("quality", "YG0007"))
    caught(branch, "role-not-held", ["1-3-quality.yaml", "YG0007", "quality-manager"])


def test_a_department_that_is_changed_to_be_ones_own(world: World) -> None:
    """The head of another department cannot draw a document to himself."""
    published(world)
    branch = world.branch().revise().edit(facts(DOCUMENT), "BM01", "BM02")
    branch.approve(DOCUMENT, ("department", "YG0005"), "technical", "quality")
    caught(branch, "owner-assent-missing", [DOCUMENT, "BM01"])


def test_an_author_who_takes_over_without_a_word_of_the_first(world: World) -> None:
    published(world)
    branch = world.branch().revise(by="YG0006").edit(facts(DOCUMENT), "YG0007", "YG0006", by="YG0006")
    branch.edit(facts(DOCUMENT), "BM01", "BM02", by="YG0006")
    branch.approve(DOCUMENT, ("department", "YG0005"), "technical", "quality")
    caught(branch, "owner-assent-missing", [DOCUMENT, "YG0007", "YG0006"])


def test_an_old_act_that_a_slow_branch_brings_without_the_role(world: World) -> None:
    """A further approval of the first revision lands with the second: nobody holds that role for it."""
    slow = published(world).branch("slow")
    slow.act(DOCUMENT, "quality", "YG0007", file=f"{folder(DOCUMENT)}/acts/1-4-quality.yaml")
    world.merge(world.branch("second").revise().approve(DOCUMENT))
    caught(slow, "role-not-held", ["1-4-quality.yaml", "YG0007"])


# Authors and approvers


def test_an_approver_who_is_the_author(world: World) -> None:
    branch = world.branch().draft(author="YG0003").approve(DOCUMENT)
    caught(branch, "approver-is-author", [TECHNICAL, "YG0003"])


def test_an_approver_who_wrote_a_part(world: World) -> None:
    branch = world.branch().draft().write({body(DOCUMENT): "# 报告\n\n刘洋的话。\n"}, by="YG0003")
    wrote = str(branch.tip)[:8]
    caught(branch.approve(DOCUMENT), "approver-wrote", [TECHNICAL, "YG0003", wrote])


def test_an_approver_whose_part_was_written_over(world: World) -> None:
    branch = world.branch().draft().write({body(DOCUMENT): "# 报告\n\n刘洋的话。\n"}, by="YG0003")
    wrote = str(branch.tip)[:8]
    branch.write({body(DOCUMENT): "# 报告\n\n吴磊的话。\n"})
    caught(branch.approve(DOCUMENT), "approver-wrote", [TECHNICAL, wrote])


def test_an_approver_who_wrote_from_his_other_address(world: World) -> None:
    branch = world.branch().draft()
    branch.write({f"{folder(DOCUMENT)}/files/a.txt": "表\n"}, by="YG0009", email="feng@HOME.example")
    branch.approve(DOCUMENT, "department", ("technical", "YG0009"), "quality")
    caught(branch, "approver-wrote", [TECHNICAL, "YG0009"])


def test_an_approver_who_wrote_under_the_name_of_another(make: Make) -> None:
    """His key gives him away: he signed the commit that bears the author's name."""
    branch = make(level="signed").branch().draft(sign="YG0003").approve(DOCUMENT)
    caught(branch, "approver-wrote", [TECHNICAL, "YG0003"])


def test_an_approver_who_wrote_from_an_address_that_he_shares(make: Make) -> None:
    world = make(changed={staff("YG0099"): TWIN.replace("Liu.Yang@example.com", "feng@home.example")})
    branch = world.branch().draft()
    branch.write({body(DOCUMENT): "# 报告\n\n他的话。\n"}, by="YG0009", email="feng@home.example")
    branch.approve(DOCUMENT, "department", ("technical", "YG0009"), "quality")
    caught(branch, "approver-wrote", [TECHNICAL, "YG0009"])


def test_one_person_at_two_stages(world: World) -> None:
    branch = (
        world.branch().draft().approve(DOCUMENT, ("department", "YG0008"), ("technical", "YG0008"), "quality")
    )
    caught(branch, "one-person-two-stages", [TECHNICAL, "YG0008", "department"])


def test_one_person_at_two_stages_from_two_addresses(world: World) -> None:
    branch = world.branch().draft().act(DOCUMENT, "department", "YG0008")
    branch.act(DOCUMENT, "technical", "YG0008", email="zheng@home.example").approve(DOCUMENT, "quality")
    caught(branch, "one-person-two-stages", [TECHNICAL, "YG0008", "department"])


def test_one_person_at_two_stages_in_one_commit(world: World) -> None:
    branch = world.branch().draft()
    branch.act(DOCUMENT, "department", "YG0008", with_acts=[(DOCUMENT, "technical")]).approve(
        DOCUMENT, "quality"
    )
    caught(branch, "one-person-two-stages", [TECHNICAL, "YG0008", "department"])


# Stages


def test_a_stage_that_is_left_out(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    caught(branch, "chain-not-whole", [DOCUMENT, "quality"])


def test_a_stage_that_is_skipped(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "quality")
    caught(branch, "stage-out-of-order", ["1-2-quality.yaml", "technical"])


def test_no_approval_at_all(world: World) -> None:
    caught(world.branch().draft(), "chain-not-whole", [DOCUMENT, "department, technical, quality"])


def test_stages_whose_numbers_are_in_order_and_whose_commits_are_not(world: World) -> None:
    """The later stage was decided first; its number and its date say otherwise."""
    branch = world.branch().draft()
    path = f"{folder(DOCUMENT)}/acts/"
    branch.act(DOCUMENT, "technical", "YG0003", file=f"{path}{TECHNICAL}")
    late = str(branch.tip)[:8]
    branch.act(DOCUMENT, "department", "YG0002", file=f"{path}1-1-department.yaml").approve(
        DOCUMENT, "quality"
    )
    caught(branch, "stage-not-descended", [TECHNICAL, "department", late])


def test_stages_that_were_decided_side_by_side(world: World) -> None:
    branch = world.branch().draft()
    one, two = world.branch("one", of=branch), world.branch("two", of=branch)
    one.act(DOCUMENT, "department", "YG0002")
    two.act(DOCUMENT, "technical", "YG0003", file=f"{folder(DOCUMENT)}/acts/{TECHNICAL}")
    late = str(two.tip)[:8]
    one.merge(two, by="YG0002").approve(DOCUMENT, "quality")
    one.fork = dict(world.main.files)
    caught(one, "stage-not-descended", [TECHNICAL, "department", late])


def test_a_stage_that_no_chain_has(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.act(DOCUMENT, "blessing", "YG0001")
    caught(branch, "unknown-stage", ["1-4-blessing.yaml", "blessing"])


def test_the_chain_of_another_type(world: World) -> None:
    """A void needs one word only; a document does not become one by the chain that its act names."""
    branch = world.branch().draft().act(DOCUMENT, "void", "YG0006", chain="void")
    caught(branch, "unknown-stage", ["1-1-void.yaml", "void"])


def test_an_event_that_is_approved(world: World) -> None:
    published(world)
    branch = world.branch().act(DOCUMENT, "request", "YG0002", chain="retirement", decision="approved")
    caught(branch, "decision-not-of-stage", ["1-4-request.yaml", "approved"])


def test_an_event_before_what_it_follows(world: World) -> None:
    published(world)
    branch = world.branch().example(
        "loan", "JY20260001", borrower="YG0007", author="YG0007", created="2026-03-09", updated="2026-03-09"
    )
    branch.act("JY20260001", "department", "YG0002").act("JY20260001", "return", "YG0006")
    caught(branch, "stage-out-of-order", ["1-2-return.yaml", "issue"])


def test_findings_say_it_once(world: World) -> None:
    """One fault, one finding, in the pull request as in the audit."""
    branch = world.branch().draft().approve(DOCUMENT, ("department", "YG0005"), "technical", "quality")
    assert len(world.pull(branch)) == 1
    world.merge(branch)
    found = world.audit()
    assert len(found) == 1
    demand(found, "role-not-held", "1-1-department.yaml", "audit")
