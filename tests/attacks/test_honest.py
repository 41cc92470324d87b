"""What honest people do stays green, as a pull request and in the audit of main."""

from __future__ import annotations

import pytest

from muniment import audit, project
from muniment.history import Repository
from muniment.objects import FILE

from .conftest import Make
from .world import (
    CHINA,
    FORGE,
    PEOPLE,
    WHOLE,
    Branch,
    World,
    as_yaml,
    body,
    digest,
    document,
    facts,
    folder,
    key,
    public,
    published,
    signer,
    sound,
    staff,
)

DOCUMENT = "JS2026001"


# Documents


def test_publication(world: World) -> None:
    sound(world.branch().draft().approve(DOCUMENT))
    assert set(world.levels().values()) == {"declared"}


def test_signed_publication(make: Make) -> None:
    world = make(level="signed")
    sound(world.branch().draft().approve(DOCUMENT))
    assert set(world.levels().values()) == {"signed"}


def test_a_batch_of_records_with_one_commit_a_person(world: World) -> None:
    branch = (
        world.branch().draft(DOCUMENT).draft("JS2026002").draft("JS2026003", author="YG0006", by="YG0006")
    )
    for stage, by in (("department", "YG0002"), ("technical", "YG0003"), ("quality", "YG0004")):
        branch.act(DOCUMENT, stage, by, with_acts=[("JS2026002", stage), ("JS2026003", stage)])
    sound(branch)


def test_deputies(world: World) -> None:
    sound(world.branch().draft().approve(DOCUMENT, ("department", "YG0008"), "technical", "quality"))


def test_second_and_third_revision(world: World) -> None:
    published(world)
    sound(world.branch("second").revise().approve(DOCUMENT))
    world.day("2026-04-01")
    sound(world.branch("third").revise(revision=3, text="再改").approve(DOCUMENT))


def test_rejection_and_its_cure_in_one_revision(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", decision="rejected", fields={"comment": "缺少计算依据"})
    branch.write({body(DOCUMENT): "# 报告\n\n正文，附计算依据。\n"}, on="2026-03-04")
    sound(branch.approve(DOCUMENT))


def test_a_word_taken_back_and_given_again(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "department", "YG0002", decision="withdrawn").approve(DOCUMENT)
    sound(branch)


def test_a_word_taken_back_and_the_text_mended(world: World) -> None:
    """What its stage has taken back approves nothing any more, so it does not stand against the new text."""
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "department", "YG0002", decision="withdrawn")
    sound(branch.edit(body(DOCUMENT), "正文。", "补充依据。").approve(DOCUMENT))


def test_a_deputy_goes_on_where_the_head_took_his_word_back(world: World) -> None:
    """The head's last word on the stage is no yes, so he is free for another stage."""
    branch = world.branch().draft().act(DOCUMENT, "department", "YG0008")
    branch.act(DOCUMENT, "department", "YG0008", decision="withdrawn")
    sound(branch.approve(DOCUMENT, "department", ("technical", "YG0008"), "quality"))


def test_the_branch_brings_main_in_between_two_approvals(world: World) -> None:
    branch = world.branch("slow").draft("JS2026002").approve("JS2026002", "department")
    published(world)
    branch.update(by="YG0007").approve("JS2026002", "technical")
    world.merge(world.branch("project").example("project", "FW20260001", by="YG0006"))
    branch.update(by="YG0003")
    sound(branch.approve("JS2026002", "quality"))


def test_an_attachment_with_a_chinese_name(world: World) -> None:
    branch = world.branch().draft().write({f"{folder(DOCUMENT)}/files/附件一.txt": "数据\n"})
    sound(branch.approve(DOCUMENT))


def test_another_author_with_the_word_of_the_first_department(world: World) -> None:
    published(world)
    branch = world.branch().revise(by="YG0006").edit(facts(DOCUMENT), "YG0007", "YG0006", by="YG0006")
    sound(branch.approve(DOCUMENT))


def test_another_department_with_the_word_of_the_first(world: World) -> None:
    published(world)
    branch = world.branch().revise(by="YG0002").edit(facts(DOCUMENT), "BM01", "BM02", by="YG0002")
    branch.edit(facts(DOCUMENT), "YG0007", "YG0002", by="YG0002")
    sound(branch.approve(DOCUMENT, ("department", "YG0005"), "technical", "quality"))


def test_retirement_in_two_pulls(world: World) -> None:
    published(world)
    sound(world.branch("ask").act(DOCUMENT, "request", "YG0002", chain="retirement"))
    world.day("2026-03-12")
    sound(world.branch("grant").act(DOCUMENT, "leader", "YG0001", chain="retirement"))


def test_retirement_in_one_pull(world: World) -> None:
    published(world)
    branch = world.branch().act(DOCUMENT, "request", "YG0002", chain="retirement")
    sound(branch.act(DOCUMENT, "leader", "YG0001", chain="retirement"))


def test_a_number_that_is_given_up(world: World) -> None:
    published(world)
    branch = world.branch().example(
        "void", "JS2026002", author="YG0007", created="2026-03-09", updated="2026-03-09"
    )
    sound(branch.act("JS2026002", "void", "YG0006"))


# Events


def agreement(branch: Branch) -> Branch:
    return (
        branch.own("agreement", "XY20260001")
        .act("XY20260001", "legal", "YG0005")
        .act("XY20260001", "leader", "YG0001")
    )


def test_a_contract_is_reviewed_approved_and_signed_later(world: World) -> None:
    sound(agreement(world.branch()))
    world.day("2026-03-20")
    sound(world.branch("signed").act("XY20260001", "signature", "YG0006", evidence=b"%PDF-1.7 scan"))


def test_an_event_in_the_pull_of_the_approvals(world: World) -> None:
    sound(agreement(world.branch()).act("XY20260001", "signature", "YG0006", evidence=b"%PDF-1.7 scan"))


def test_drafts_of_a_chain_of_events_change_until_the_client_confirms(world: World) -> None:
    sound(world.branch("first").own("survey", "DY20260001"))
    sound(world.branch("again").edit(facts("DY20260001"), "约定", "约定（二）"))
    world.day("2026-03-10")
    sound(world.branch("confirm").act("DY20260001", "client", "YG0006", evidence=b"%PDF-1.7"))


def test_a_loan_is_handed_out_and_comes_back(world: World) -> None:
    published(world)
    branch = world.branch("ask").example(
        "loan", "JY20260001", borrower="YG0007", author="YG0007", created="2026-03-09", updated="2026-03-09"
    )
    sound(branch.act("JY20260001", "department", "YG0002"))
    sound(world.branch("out").act("JY20260001", "issue", "YG0006", on="2026-03-11"))
    sound(world.branch("back").act("JY20260001", "return", "YG0006", on="2026-03-25"))


# Organization


JOINING = """\
type: staff
number: YG0010
revision: 1
name: 何静
department: BM01
author: YG0006
created: 2026-03-02
updated: 2026-03-02
emails: [he.jing@example.com]
position: 工程师
joined: 2026-03-02
roles:
  - {role: technical-expert}
"""


def test_staff_join_and_approve_what_comes_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEOPLE, "YG0010", type(PEOPLE["YG0001"])("YG0010", "何静", "he.jing@example.com"))
    sound(world.branch("join").write({staff("YG0010"): JOINING}, by="YG0006").organization("YG0010"))
    sound(world.branch().draft().approve(DOCUMENT, "department", ("technical", "YG0010"), "quality"))


def test_staff_leave_and_what_they_approved_stays(world: World) -> None:
    published(world)
    branch = world.branch("leave").reform(
        "YG0003", "joined: 2017-03-01\n", "joined: 2017-03-01\nleft: 2026-03-10\n"
    )
    sound(branch.organization("YG0003"))
    world.day("2026-03-16")
    sound(
        world.branch("next")
        .draft("JS2026002")
        .approve("JS2026002", "department", ("technical", "YG0009"), "quality")
    )


def test_a_role_goes_from_one_to_another(world: World) -> None:
    published(world)
    branch = world.branch("roles").reform(
        "YG0004", "{role: quality-manager}", "{role: quality-manager, to: 2026-03-10}"
    )
    branch.reform("YG0007", "roles: []", "roles:\n  - {role: quality-manager, from: 2026-03-10}")
    sound(branch.organization("YG0004").organization("YG0007"))
    world.day("2026-03-16")
    branch = world.branch("next").draft("JS2026002", author="YG0006", by="YG0006")
    sound(branch.approve("JS2026002", "department", "technical", ("quality", "YG0007")))


def test_a_key_is_followed_by_another(make: Make) -> None:
    world = published(make(level="signed"))
    line = f'{{key: "{public("YG0003")}", from: 2026-01-05'
    new = f'{line}, to: 2026-03-10}}\n  - {{key: "{public("YG0003-2")}", from: 2026-03-10}}'
    sound(world.branch("key").reform("YG0003", f"{line}}}", new).organization("YG0003"))
    world.day("2026-03-16")
    branch = world.branch("next").draft("JS2026002").approve("JS2026002", "department")
    branch.act("JS2026002", "technical", "YG0003", sign="YG0003-2")
    sound(branch.approve("JS2026002", "quality"))
    assert key("YG0003") != key("YG0003-2")
    assert set(world.levels().values()) == {"signed"}


def test_a_policy_is_revised_by_its_own_chain(world: World) -> None:
    branch = world.branch("policy").reform(
        "documents", "loans: {longest_days: 30}", "loans: {longest_days: 20}"
    )
    sound(branch.organization("documents"))


# Evidence


def test_commits_of_the_web_editor(make: Make) -> None:
    world = make(level="forge", forge=True)
    branch = world.branch().draft().approve(DOCUMENT, sign="forge", via=FORGE)
    sound(branch)
    assert set(world.levels().values()) == {"forge"}


def test_an_address_in_other_case(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", email="Liu.Yang@Example.COM")
    sound(branch.approve(DOCUMENT, "quality"))


def test_the_second_address_of_a_person(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0009", email="feng@home.example")
    sound(branch.approve(DOCUMENT, "quality"))


def test_a_signature_where_none_is_asked_for(world: World) -> None:
    sound(world.branch().draft(sign="YG0007").approve(DOCUMENT, sign="nobody knows this key"))
    assert set(world.levels().values()) == {"declared"}


def test_an_act_dated_the_evening_before(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical", on="2026-03-04")
    sound(branch.act(DOCUMENT, "quality", "YG0004", fields={"date": "2026-03-03"}))


# Import


def test_import_and_its_closing(make: Make) -> None:
    world = make(importing=True)
    branch = world.branch("import").draft(created="2026-01-20", updated="2026-01-20")
    for stage, by in (("department", "YG0002"), ("technical", "YG0003"), ("quality", "YG0004")):
        branch.act(
            DOCUMENT, stage, by, decision="imported", fields={"date": "2026-01-20"}, committed_by="YG0006"
        )
    sound(branch.draft("JS2026002", title="未完成的报告"))
    assert set(world.levels().values()) == {"imported"}
    branch = world.branch("close").reform("review", "importing: true", "importing: false")
    sound(branch.organization("review"))
    world.day("2026-04-01")
    sound(world.branch("next").revise().approve(DOCUMENT))


def test_the_first_commit_brings_what_was_decided_before(make: Make) -> None:
    """It is taken as given, and what it says was imported is shown as that."""
    text = document()
    inside = {f"{DOCUMENT}.yaml": text.encode()}
    values = {"record": DOCUMENT, "revision": 1, "chain": "document", "by": "YG0004", "date": "2019-05-06"}
    values |= {
        "decision": "imported",
        "source": "纸质档案",
        "content": digest(inside, {f"{DOCUMENT}.yaml": FILE}),
    }
    acts = {
        f"{folder(DOCUMENT)}/acts/1-{n}-{stage}.yaml": as_yaml({**values, "stage": stage})
        for n, stage in enumerate(WHOLE, start=1)
    }
    world = make(changed={facts(DOCUMENT): text, **acts})
    assert not world.audit()
    assert set(world.levels().values()) == {"imported"}


def test_a_later_revision_is_imported_over_an_imported_one(make: Make) -> None:
    world = make(importing=True)
    branch = world.branch("first").draft()
    sound(branch.act(DOCUMENT, "quality", "YG0004", decision="imported", committed_by="YG0006"))
    branch = world.branch("second").revise(on="2026-03-10")
    sound(branch.act(DOCUMENT, "quality", "YG0004", decision="imported", committed_by="YG0006"))


# Concurrency


def test_two_pulls_of_a_merge_queue(world: World) -> None:
    first = world.branch("first").draft(DOCUMENT).approve(DOCUMENT)
    second = world.branch("second").draft("JS2026002").approve("JS2026002")
    sound(first, second)


def test_a_slow_branch_fills_its_number_later(world: World) -> None:
    slow = world.branch("slow").draft(DOCUMENT)
    sound(world.branch("quick").draft("JS2026002").approve("JS2026002"))
    sound(slow.approve(DOCUMENT, on="2026-03-11"))


def test_a_draft_is_renumbered_before_its_first_act(world: World) -> None:
    branch = world.branch().draft(DOCUMENT)
    published(world)
    text = document("JS2026002", created="2026-03-02", updated="2026-03-02")
    changes = {facts(DOCUMENT): None, body(DOCUMENT): None}
    branch.write({**changes, facts("JS2026002"): text, body("JS2026002"): "# 报告\n"})
    sound(branch.approve("JS2026002"))


def test_a_project_changed_on_both_sides_merges_cleanly(world: World) -> None:
    """Git joins the two changes; the merge commit holds what neither side has, and nothing of its own."""
    sound(world.branch("client").example("project", "FW20260001", by="YG0006"))
    path = facts("FW20260001")
    padded = "".join(f"# {line}\n" for line in range(12))
    sound(world.branch("padded").write({path: world.main.text(path) + padded}))
    one = world.branch("one").edit(path, "订单系统升级", "订单系统改造")
    sound(world.branch("two").edit(path, "# 11\n", "# 十一\n"))
    both = world.main.text(path).replace("订单系统升级", "订单系统改造")
    assert not world.pull(one)
    world.merge(one, change={path: both})
    assert not world.audit()


def test_an_octopus_of_two_whole_branches(world: World) -> None:
    first = world.branch("first").draft(DOCUMENT).approve(DOCUMENT)
    second = world.branch("second").draft("JS2026002").approve("JS2026002")
    assert not world.merge(first, second).audit()


def test_criss_cross_merges(world: World) -> None:
    one = world.branch("one").draft(DOCUMENT)
    two = world.branch("two").draft("JS2026002")
    here, there = world.branch("a", of=one), world.branch("b", of=two)
    here.fork = there.fork = one.fork = two.fork = dict(world.main.files)
    here.merge(two)
    there.merge(one)
    one_again = world.branch("joined", of=here)
    one_again.fork = dict(world.main.files)
    one_again.merge(there)
    sound(one_again.approve(DOCUMENT).approve("JS2026002"))


def test_a_branch_with_a_thousand_commits(world: World) -> None:
    branch = world.branch().draft()
    for count in range(1_000):
        branch.write({body(DOCUMENT): f"# 报告\n\n第 {count} 稿。\n"})
    sound(branch.approve(DOCUMENT))


# The clone


def test_a_detached_head_is_a_head(world: World) -> None:
    published(world)
    world.flush()
    (world.git_dir / "HEAD").write_text(f"{world.main.tip}\n")
    verdict = audit.audit(Repository(world.root), project.shipped_types())
    assert verdict.head == world.main.tip
    assert not verdict.faults


def test_the_seal_of_an_earlier_audit_holds(world: World) -> None:
    seal = str(published(world).main.tip)
    sound(world.branch("second").revise().approve(DOCUMENT))
    assert not world.audit(seal)
    assert not world.audit(seal[:12])


def test_signatures_of_the_helpers_are_those_of_openssh() -> None:
    assert signer("YG0003")(b"x").startswith("-----BEGIN SSH SIGNATURE-----\n")
    assert CHINA.utcoffset(None) is not None
