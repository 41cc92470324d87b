"""How a branch comes to main: squashed, rebased, pushed, merged with changes of the merge's own, or without a part."""

from __future__ import annotations

from .conftest import Make
from .world import Branch, World, body, caught, demand, document, facts, folder, published

DOCUMENT = "JS2026001"
ACTS = f"{folder(DOCUMENT)}/acts"
LAST = "1-3-quality.yaml"


def whole(world: World, name: str = "pull") -> Branch:
    return world.branch(name).draft().approve(DOCUMENT)


def fresh(branch: Branch) -> dict[str, tuple[str, str]]:
    return {path: entry for path, entry in branch.files.items() if branch.fork.get(path) != entry}


# Not by a merge


def test_a_squash(world: World) -> None:
    branch = whole(world)
    world.main.commit(fresh(branch), by="YG0001", message="squash")
    demand(world.audit(), "act-outside-branch", [LAST, str(world.main.tip)[:8]], "audit")


def test_a_rebase(world: World) -> None:
    """The same commits once more, one after the other on main."""
    world.merge(world.branch("project").example("project", "FW20260001", by="YG0006"))
    world.main.draft().approve(DOCUMENT)
    demand(world.audit(), "act-outside-branch", [LAST, str(world.main.tip)[:8]], "audit")


def test_a_fast_forward(world: World) -> None:
    world.fast_forward(whole(world))
    demand(world.audit(), "act-outside-branch", [LAST, str(world.main.tip)[:8]], "audit")


def test_content_pushed_to_main(world: World) -> None:
    published(world).main.revise()
    demand(world.audit(), "chain-not-whole", DOCUMENT, "audit")


def test_an_act_pushed_to_main(world: World) -> None:
    published(world).main.act(DOCUMENT, "request", "YG0002", chain="retirement")
    demand(world.audit(), "act-outside-branch", ["1-4-request.yaml", str(world.main.tip)[:8]], "audit")


def test_a_deletion_pushed_to_main(world: World) -> None:
    published(world).main.write({f"{ACTS}/{LAST}": None})
    demand(world.audit(), "act-removed", [LAST, str(world.main.tip)[:8]], "audit")


def test_acts_picked_from_a_branch_that_never_landed(make: Make) -> None:
    world = make(level="signed")
    aside = whole(world, "aside")
    branch = world.branch().draft()
    for path in aside.acts(DOCUMENT):
        branch.write({path: aside.text(path)}, by="YG0002", via="wu.lei@example.com", sign="YG0007")
    caught(branch, "signature-of-another", ["1-1-department.yaml", "YG0007"])


# Merges with something of their own


def test_a_merge_to_main_with_a_change_of_its_own(world: World) -> None:
    world.merge(whole(world), change={body(DOCUMENT): "# 报告\n\n合并者的话。\n"})
    demand(world.audit(), "merge-adds-own", [body(DOCUMENT), str(world.main.tip)[:8]], "audit")


def test_a_merge_to_main_with_an_act_of_its_own(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    aside = world.branch("aside", of=branch).act(DOCUMENT, "quality", "YG0004")
    world.merge(branch, change={f"{ACTS}/{LAST}": aside.text(f"{ACTS}/{LAST}")})
    demand(world.audit(), "merge-adds-own", [LAST, str(world.main.tip)[:8]], "audit")


def test_a_merge_to_main_that_changes_another_record(world: World) -> None:
    published(world)
    branch = world.branch().draft("JS2026002").approve("JS2026002")
    world.merge(branch, change={body(DOCUMENT): "# 报告\n\n合并者的话。\n"})
    demand(world.audit(), "merge-adds-own", [body(DOCUMENT), str(world.main.tip)[:8]], "audit")


def test_a_merge_in_the_branch_that_changes_a_record(world: World) -> None:
    branch = world.branch().draft()
    published(world, "JS2026002")
    branch.update(by="YG0003", change={body(DOCUMENT): "# 报告\n\n刘洋在合并中写的。\n"})
    evil = str(branch.tip)[:8]
    caught(branch.approve(DOCUMENT), "merge-adds-own", [body(DOCUMENT), evil])


def test_a_merge_in_the_branch_that_adds_an_act(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    aside = world.branch("aside", of=branch).act(DOCUMENT, "quality", "YG0004")
    text = aside.text(f"{ACTS}/{LAST}")
    del world.branches["aside"]
    published(world, "JS2026002")
    branch.update(by="YG0004", change={f"{ACTS}/{LAST}": text})
    caught(branch, "merge-adds-own", [LAST, str(branch.tip)[:8]])


def test_an_octopus_with_something_of_its_own(world: World) -> None:
    first, second = whole(world, "first"), world.branch("second").draft("JS2026002").approve("JS2026002")
    world.merge(first, second, change={body(DOCUMENT): "# 报告\n\n第三者的话。\n"})
    demand(world.audit(), "merge-adds-own", [body(DOCUMENT), str(world.main.tip)[:8]], "audit")


def test_a_merge_that_leaves_out_the_branch(world: World) -> None:
    world.merge(whole(world), ours=True)
    demand(world.audit(), "act-lost-in-merge", [LAST, str(world.main.tip)[:8]], "audit")


def test_a_merge_that_leaves_out_one_rejection(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.act(DOCUMENT, "quality", "YG0004", decision="rejected")
    world.merge(branch, change={f"{ACTS}/1-4-quality.yaml": None})
    demand(world.audit(), "act-lost-in-merge", ["1-4-quality.yaml", str(world.main.tip)[:8]], "audit")


def test_a_merge_in_the_branch_that_leaves_out_main(world: World) -> None:
    branch = world.branch().draft("JS2026002")
    published(world)
    branch.update(by="YG0007", ours=True)
    evil = str(branch.tip)[:8]
    branch.approve("JS2026002")
    branch.fork = dict(world.main.files)
    caught(branch, "act-lost-in-merge", [f"{ACTS}/{LAST}", evil])


def test_a_merge_in_the_branch_that_undoes_a_project(world: World) -> None:
    """A type without chain changes freely, but somebody has to do it in a commit of his own."""
    world.merge(world.branch("project").example("project", "FW20260001", by="YG0006"))
    branch = world.branch().draft()
    path = facts("FW20260001")
    world.merge(world.branch("later").edit(path, "订单系统升级", "订单系统改造", by="YG0006"))
    branch.update(by="YG0007", ours=True)
    evil = str(branch.tip)[:8]
    branch.approve(DOCUMENT)
    caught(branch, "merge-adds-own", [path, evil])


def test_a_merge_to_main_that_undoes_a_project(world: World) -> None:
    world.merge(world.branch("project").example("project", "FW20260001", by="YG0006"))
    branch = whole(world)
    path = facts("FW20260001")
    before = world.main.text(path)
    world.merge(world.branch("later").edit(path, "订单系统升级", "订单系统改造", by="YG0006"))
    world.merge(branch, change={path: before})
    demand(world.audit(), "merge-adds-own", [path, str(world.main.tip)[:8]], "audit")


# Which parent is main


def test_a_foxtrot(world: World) -> None:
    """The branch merges main and main is moved there: what was the branch is now the line of main."""
    branch = whole(world)
    published(world, "JS2026002")
    branch.update(by="YG0001")
    world.fast_forward(branch)
    demand(world.audit(), "act-outside-branch", [f"{ACTS}/{LAST}"], "audit")


def test_another_beginning_that_merges_the_old_main(world: World) -> None:
    """A first commit is taken as given, so who replaces it decides everything; the seal shows it."""
    seal = str(published(world).main.tip)
    old = world.branch("old")
    usurper = Branch(world, "main", None, {})
    usurper.commit(dict(world.main.files), by="YG0007")
    old.fork = dict(usurper.files)
    usurper.merge(old, by="YG0007")
    world.main = usurper
    assert not [finding for finding in world.audit() if finding.severity == "error"]
    demand(world.audit(seal), "seal-broken", [seal[:12], str(usurper.tip)[:12]], "audit")


def test_a_rewritten_history(world: World) -> None:
    seal = str(published(world).main.tip)
    world.branch("kept", of=world.main)
    world.main.tip = None
    world.main.commit(dict(world.main.files), by="YG0001")
    demand(world.audit(seal), "seal-broken", [seal[:12]], "audit")
    demand(
        world.audit("9" * 40), "seal-broken", ["9" * 12, "不是同一个登记库"], "a clone without that commit"
    )


def test_an_empty_tree(world: World) -> None:
    branch = published(world).branch()
    kept = dict(branch.files)
    branch.commit(dict.fromkeys(kept), by="YG0007")
    caught(branch, "landed-record-missing", [DOCUMENT])


def test_main_stands_empty_for_a_while(world: World) -> None:
    kept = dict(published(world).main.files)
    world.main.commit(dict.fromkeys(kept), by="YG0001")
    empty = str(world.main.tip)[:8]
    world.main.commit(kept, by="YG0001")
    demand(world.audit(), "landed-record-missing", [DOCUMENT, empty], "audit")


def test_a_branch_of_another_root(world: World) -> None:
    branch = Branch(world, "pull", None, {})
    world.branches["pull"] = branch
    branch.commit(dict(world.main.files), by="YG0007")
    branch.draft().approve(DOCUMENT, "department", "technical")
    branch.fork = dict(world.main.files)
    caught(branch, "chain-not-whole", [DOCUMENT, "quality"])


# Conflicts


def test_two_branches_with_one_number(world: World) -> None:
    one = whole(world, "one")
    other = world.branch("other").write(
        {facts(DOCUMENT): document(title="另一份"), body(DOCUMENT): "# 另一份\n"}, by="YG0006"
    )
    world.merge(one)
    found = world.pull(other)
    demand(found, "merge-conflict", facts(DOCUMENT), "pull")


def test_a_conflict_that_attributes_would_hide(world: World) -> None:
    """`merge=union` makes git keep both sides; here both sides are a conflict."""
    world.merge(world.branch("first").example("project", "FW20260001", by="YG0006"))
    path = facts("FW20260001")
    one = world.branch("one").edit(path, "订单系统升级", "系统升级甲")
    two = world.branch("two").edit(path, "订单系统升级", "系统升级乙")
    two.write({".gitattributes": "*.yaml merge=union\n* -text\n"})
    world.merge(one)
    demand(world.pull(two), "merge-conflict", path, "pull")
    both = world.main.text(path) + 'notes: "乙"\n'
    world.merge(two, change={path: both})
    demand(world.audit(), "merge-adds-own", [path, str(world.main.tip)[:8]], "audit")
