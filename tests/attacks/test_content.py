"""What was approved: content that changed before or after, acts that were moved, edited, replayed or taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from muniment.objects import EXECUTABLE

from .world import (
    Branch,
    World,
    as_yaml,
    body,
    caught,
    demand,
    document,
    facts,
    folder,
    moment,
    name_of,
    published,
)

DOCUMENT = "JS2026001"
ACTS = f"{folder(DOCUMENT)}/acts"
LAST = "1-3-quality.yaml"


def content_of(files: dict[str, str]) -> str:
    lines = "".join(
        f"{hashlib.sha256(text.encode()).hexdigest()} 100644 {path}\n" for path, text in sorted(files.items())
    )
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()


# Before and after


def test_an_approval_of_what_is_not_written_yet(world: World) -> None:
    """The digest fits in the end, but the commit that approves holds another text."""
    branch = world.branch().draft()
    final = {f"{DOCUMENT}.yaml": branch.text(facts(DOCUMENT)), f"{DOCUMENT}.md": "# 报告\n\n定稿。\n"}
    branch.act(DOCUMENT, "department", "YG0002", fields={"content": content_of(final)})
    early = str(branch.tip)[:8]
    branch.write({body(DOCUMENT): final[f"{DOCUMENT}.md"]}).approve(DOCUMENT, "technical", "quality")
    caught(branch, "act-before-content", ["1-1-department.yaml", early])


def byte_of_the_body(branch: Branch) -> None:
    branch.edit(body(DOCUMENT), "正文。", "正文。 ")


def field_of_the_facts(branch: Branch) -> None:
    branch.edit(facts(DOCUMENT), "巡检", "检查")


def comment_in_the_facts(branch: Branch) -> None:
    branch.edit(facts(DOCUMENT), "revision", "# 附注\nrevision")


def attachment(branch: Branch) -> None:
    branch.edit(f"{folder(DOCUMENT)}/files/a.txt", "数据", "数据2")


def mode(branch: Branch) -> None:
    branch.commit({body(DOCUMENT): (EXECUTABLE, branch.files[body(DOCUMENT)][1])})


def added(branch: Branch) -> None:
    branch.write({f"{folder(DOCUMENT)}/files/b.txt": "附件二\n"})


def removed(branch: Branch) -> None:
    branch.write({f"{folder(DOCUMENT)}/files/a.txt": None})


def line_ends(branch: Branch) -> None:
    branch.write({body(DOCUMENT): branch.text(body(DOCUMENT)).replace("\n", "\r\n")})


CHANGES = [
    byte_of_the_body,
    field_of_the_facts,
    comment_in_the_facts,
    attachment,
    mode,
    added,
    removed,
    line_ends,
]


@pytest.mark.parametrize("change", CHANGES)
def test_content_that_changes_after_the_last_approval(world: World, change: Callable[[Branch], None]) -> None:
    branch = world.branch().draft().write({f"{folder(DOCUMENT)}/files/a.txt": "数据\n"}).approve(DOCUMENT)
    change(branch)
    caught(branch, "act-of-other-content", [LAST, DOCUMENT])


@pytest.mark.parametrize("change", CHANGES)
def test_content_that_changes_in_a_pull_of_its_own(world: World, change: Callable[[Branch], None]) -> None:
    first = world.branch("first").draft().write({f"{folder(DOCUMENT)}/files/a.txt": "数据\n"})
    world.merge(first.approve(DOCUMENT))
    branch = world.day("2026-03-09").branch()
    change(branch)
    caught(branch, "content-without-revision", [facts(DOCUMENT), "2"])


def test_content_between_two_approvals(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.write({body(DOCUMENT): "# 报告\n\n别的话。\n"}).approve(DOCUMENT, "quality")
    caught(branch, "act-of-other-content", ["1-2-technical.yaml"])


# Replays


def test_an_act_copied_to_another_record(world: World) -> None:
    branch = world.branch().draft().draft("JS2026002").approve(DOCUMENT)
    copies = {path.replace(DOCUMENT, "JS2026002"): branch.text(path) for path in branch.acts(DOCUMENT)}
    branch.write({path: text for path, text in copies.items() if "quality" in path}, by="YG0004")
    branch.write({path: text for path, text in copies.items() if "quality" not in path}, by="YG0002")
    caught(branch, "act-of-another-record", [f"JS2026002/acts/{LAST}", DOCUMENT])


def test_an_act_rewritten_for_another_record(world: World) -> None:
    branch = (
        world.branch()
        .draft()
        .draft("JS2026002", title="另一份")
        .approve(DOCUMENT)
        .approve("JS2026002", "department", "technical")
    )
    was = branch.text(f"{ACTS}/{LAST}").replace(DOCUMENT, "JS2026002")
    branch.write({f"{folder('JS2026002')}/acts/{LAST}": was}, by="YG0004")
    caught(branch, "act-of-other-content", ["JS2026002", LAST])


def test_acts_of_the_first_revision_for_the_second(world: World) -> None:
    branch = published(world).branch().revise()
    for path in branch.acts(DOCUMENT):
        text = branch.text(path).replace("revision: 1", "revision: 2")
        by = text.partition('by: "')[2].partition('"')[0]
        branch.write({path.replace("/1-", "/2-"): text}, by=by)
    caught(branch, "act-of-other-content", ["2-3-quality.yaml"])


def test_an_act_of_a_revision_to_come(world: World) -> None:
    branch = published(world).branch()
    branch.act(DOCUMENT, "department", "YG0002", fields={"revision": 2}, file=f"{ACTS}/2-1-department.yaml")
    caught(branch, "act-of-later-revision", ["2-1-department.yaml", "2", "1"])


def test_a_record_that_does_not_exist(world: World) -> None:
    path = f"{folder(DOCUMENT)}/acts/1-1-department.yaml"
    values = {
        "record": DOCUMENT,
        "revision": 1,
        "chain": "document",
        "stage": "department",
        "decision": "approved",
        "by": "YG0002",
        "date": "2026-03-02",
        "content": content_of({}),
    }
    caught(
        world.branch().write({path: as_yaml(values)}, by="YG0002"),
        "missing-target",
        ["1-1-department.yaml", DOCUMENT],
    )


def test_a_folder_inside_a_published_record(world: World) -> None:
    branch = published(world).branch().write({f"{folder(DOCUMENT)}/more/b.txt": "附件\n"})
    caught(branch, "content-without-revision", [DOCUMENT, "more/b.txt"])


@pytest.mark.parametrize("name", ["acts/acts/1-1-department.yaml", "acts/files/1-1-department.yaml"])
def test_acts_in_a_folder_within_their_folder(world: World, name: str) -> None:
    branch = world.branch().draft().act(DOCUMENT, "department", "YG0002", file=f"{folder(DOCUMENT)}/{name}")
    branch.act(DOCUMENT, "technical", "YG0003", file=f"{ACTS}/1-2-technical.yaml")
    branch.act(DOCUMENT, "quality", "YG0004", file=f"{ACTS}/{LAST}")
    caught(branch, "act-file-name", name)


def test_a_file_where_the_folder_of_acts_should_be(world: World) -> None:
    branch = world.branch().draft().write({ACTS: "同意\n"})
    caught(branch, "chain-not-whole", [DOCUMENT, "quality"])


# Files of acts


def test_an_act_under_another_name(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", file=f"{ACTS}/1-3-technical.yaml")
    caught(branch, "act-file-name", ["1-3-technical.yaml", LAST])


def test_an_act_out_of_number(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", file=f"{ACTS}/1-7-quality.yaml")
    caught(branch, "act-number", ["1-7-quality.yaml", "3"])


def test_a_landed_act_is_renamed(world: World) -> None:
    branch = published(world).branch()
    branch.move(f"{ACTS}/{LAST}", f"{ACTS}/1-4-quality.yaml", by="YG0004")
    caught(branch, "act-removed", [LAST, str(branch.tip)[:8]])


def test_a_landed_act_is_edited(world: World) -> None:
    branch = published(world).branch().edit(f"{ACTS}/{LAST}", "approved", "rejected", by="YG0004")
    caught(branch, "act-changed", [LAST, str(branch.tip)[:8]])


def test_a_landed_act_is_deleted(world: World) -> None:
    branch = published(world).branch().write({f"{ACTS}/{LAST}": None})
    caught(branch, "act-removed", [LAST, str(branch.tip)[:8]])


def test_an_act_that_comes_back_with_another_verdict(world: World) -> None:
    """Deleted in one pull and added in the next: the first step is named."""
    world.merge(published(world).branch("first").write({f"{ACTS}/{LAST}": None}))
    world.merge(world.branch("second").act(DOCUMENT, "quality", "YG0004", decision="rejected"))
    demand(world.audit(), "act-removed", [LAST], "audit")


def test_an_act_that_is_edited_within_the_branch(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.edit(f"{ACTS}/{LAST}", "2026-03-02", "2026-03-03", by="YG0004")
    caught(branch, "act-changed", [LAST, str(branch.tip)[:8]])


def test_a_rejection_that_is_removed_within_the_branch(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    branch.act(DOCUMENT, "technical", "YG0003", decision="rejected")
    branch.write({f"{ACTS}/1-2-technical.yaml": None}, by="YG0007")
    branch.approve(DOCUMENT, ("technical", "YG0009"), "quality")
    caught(branch, "act-changed", ["1-2-technical.yaml"])


def test_a_rejection_that_leaves_no_trace_at_the_end(world: World) -> None:
    branch = world.branch().draft().act(DOCUMENT, "department", "YG0002", decision="rejected")
    branch.act(DOCUMENT, "department", "YG0002", decision="rejected", fields={"comment": "还是不行"})
    branch.write({f"{ACTS}/1-2-department.yaml": None})
    gone = str(branch.tip)[:8]
    branch.write({f"{ACTS}/1-1-department.yaml": None}).act(DOCUMENT, "department", "YG0008")
    caught(branch.approve(DOCUMENT, "technical", "quality"), "act-removed", ["1-2-department.yaml", gone])


def test_a_request_that_comes_and_goes_on_a_landed_record(world: World) -> None:
    branch = published(world).branch().act(DOCUMENT, "request", "YG0002", chain="retirement")
    branch.write({f"{ACTS}/1-4-request.yaml": None})
    gone = str(branch.tip)[:8]
    branch.draft("JS2026002").approve("JS2026002")
    caught(branch, "act-removed", ["1-4-request.yaml", gone])


def test_a_rejection_that_stands(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", decision="rejected")
    caught(branch, "chain-not-whole", [DOCUMENT, "quality"])


def test_an_approval_that_was_withdrawn(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.act(DOCUMENT, "technical", "YG0003", decision="withdrawn")
    caught(branch, "chain-not-whole", [DOCUMENT, "technical"])


def test_a_word_taken_back_after_publication(world: World) -> None:
    """Taking a document out of force is a leader's act; nobody else can do it by the back door."""
    branch = published(world).branch().act(DOCUMENT, "quality", "YG0004", decision="withdrawn")
    caught(branch, "chain-not-whole", [DOCUMENT, "quality"])


def test_an_act_with_other_changes_in_its_commit(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", also={body(DOCUMENT): "# 报告\n\n我的话。\n"})
    caught(branch, "act-commit-does-more", [LAST, str(branch.tip)[:8], body(DOCUMENT)])


def test_acts_of_two_persons_in_one_commit(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department")
    draft = world.branch("aside", of=branch).act(DOCUMENT, "technical", "YG0003")
    other = {f"{ACTS}/1-2-technical.yaml": draft.text(f"{ACTS}/1-2-technical.yaml")}
    branch.act(DOCUMENT, "quality", "YG0004", also=other, file=f"{ACTS}/{LAST}")
    del world.branches["aside"]
    caught(branch, "act-commit-does-more", [LAST, str(branch.tip)[:8]])


@pytest.mark.parametrize(
    ("twist", "rule"),
    [
        (lambda text: text + 'decision: "rejected"\n', "duplicate-key"),
        (lambda text: text.replace('by: "YG0004"', 'by: &me "YG0004"') + "comment: *me\n", "anchor"),
        (lambda text: text + "surprise: 1\n", "unknown-field"),
        (lambda text: text.replace('by: "YG0004"\n', ""), "missing-field"),
        (lambda text: text.replace('"approved"', '"waved through"'), "unlisted-value"),
        (lambda text: "---\n" + text + "---\n" + text, ""),
    ],
)
def test_an_act_that_two_readers_read_differently(
    world: World, twist: Callable[[str], str], rule: str
) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", text=twist)
    for found in (world.pull(branch), world.merge(branch).audit()):
        errors = [finding for finding in found if finding.place.path == f"{ACTS}/{LAST}"]
        assert errors
        assert not rule or rule in {name_of(finding) for finding in errors}


# Details and evidence


def agreement(branch: Branch) -> Branch:
    return (
        branch.own("agreement", "XY20260001")
        .act("XY20260001", "legal", "YG0005")
        .act("XY20260001", "leader", "YG0001")
    )


def test_details_that_a_stage_asks_for(world: World) -> None:
    branch = agreement(world.branch())
    branch.act(
        "XY20260001", "signature", "YG0006", evidence=b"%PDF", fields={"details": {"signed": "2026-03-02"}}
    )
    caught(branch, "details-missing", ["1-3-signature.yaml", "client_signatory"])


def test_details_that_no_stage_asks_for(world: World) -> None:
    branch = agreement(world.branch())
    details = {"client_signatory": "赵敏", "signed": "2026-03-02", "discount": "10"}
    branch.act("XY20260001", "signature", "YG0006", evidence=b"%PDF", fields={"details": details})
    caught(branch, "unknown-detail", ["1-3-signature.yaml", "discount"])


def test_evidence_that_is_not_there(world: World) -> None:
    branch = agreement(world.branch()).act("XY20260001", "signature", "YG0006")
    caught(branch, "evidence-file-missing", ["1-3-signature.yaml"])


def test_evidence_that_is_named_and_not_there(world: World) -> None:
    branch = agreement(world.branch())
    entry = {"file": "1-3-signature.pdf", "sha256": hashlib.sha256(b"x").hexdigest()}
    branch.act("XY20260001", "signature", "YG0006", fields={"evidence": [entry]})
    caught(branch, "evidence-file-missing", ["1-3-signature.yaml", "1-3-signature.pdf"])


def test_evidence_of_other_bytes(world: World) -> None:
    branch = agreement(world.branch())
    entry = {"file": "1-3-signature.pdf", "sha256": hashlib.sha256(b"x").hexdigest()}
    branch.act("XY20260001", "signature", "YG0006", evidence=b"%PDF", fields={"evidence": [entry]})
    caught(branch, "evidence-file-differs", ["1-3-signature.yaml", "1-3-signature.pdf"])


def test_evidence_of_another_act(world: World) -> None:
    branch = agreement(world.branch())
    entry = {"file": "../acts/1-1-legal.yaml", "sha256": hashlib.sha256(b"x").hexdigest()}
    branch.act(
        "XY20260001", "signature", "YG0006", fields={"evidence": [{**entry, "file": "1-1-legal.yaml"}]}
    )
    caught(branch, "evidence-file-missing", ["1-3-signature.yaml", "1-1-legal.yaml"])


def test_evidence_that_belongs_to_no_act(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.write({f"{ACTS}/1-3-quality.pdf": b"%PDF"}, by="YG0004")
    caught(branch, "evidence-of-no-act", "1-3-quality.pdf")


def test_evidence_that_is_altered_later(world: World) -> None:
    world.merge(agreement(world.branch("first")).act("XY20260001", "signature", "YG0006", evidence=b"%PDF"))
    scan = f"{folder('XY20260001')}/acts/1-3-signature.pdf"
    branch = world.branch().write({scan: b"%PDF other"}, by="YG0006")
    caught(branch, "act-changed", ["1-3-signature.pdf", str(branch.tip)[:8]])


# Dates


def test_an_act_dated_after_today(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", fields={"date": "2026-03-20"})
    caught(branch, "act-in-future", [LAST, "2026-03-20"], audited="act-date-differs")


def test_an_act_dated_a_month_before_its_commit(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", fields={"date": "2026-02-02"})
    caught(branch, "act-date-differs", [LAST, "2026-02-02", str(branch.tip)[:8]])


@pytest.mark.parametrize(("when", "date"), [("1970-01-01", "1970-01-01"), ("2026-02-02", "2026-02-02")])
def test_a_clock_that_was_set_back(world: World, when: str, date: str) -> None:
    branch = world.branch().draft(on="2026-03-05").approve(DOCUMENT, "department", "technical")
    ground = str(branch.tip)[:8]
    fields = {"date": date}
    branch.act(DOCUMENT, "quality", "YG0004", fields=fields, at=moment(f"{when}T04:00"))
    rule = "role-not-held" if when < "2000" else "act-date-differs"
    caught(branch, rule, [LAST, date] if when < "2000" else [LAST, date, ground])


def test_a_clock_that_was_set_on(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", fields={"date": "2099-01-01"}, at=moment("2099-01-01T04:00"))
    caught(branch, "act-in-future", [LAST, "2099-01-01"])


def test_a_time_that_no_clock_shows(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", at=(10**15, "+0800"))
    caught(branch, "act-date-differs", [LAST, str(branch.tip)[:8]])


# Revisions


def test_a_revision_that_is_skipped(world: World) -> None:
    branch = published(world).branch().revise()
    branch.edit(facts(DOCUMENT), "revision: 2", "revision: 3").approve(DOCUMENT)
    caught(branch, "content-without-revision", [DOCUMENT, "3", "2"])


def test_a_first_revision_that_is_none(world: World) -> None:
    branch = world.branch().draft(revision=2).approve(DOCUMENT)
    caught(branch, "first-revision", [DOCUMENT, "2"])


def test_a_revision_that_is_not_raised(world: World) -> None:
    branch = published(world).branch().write({body(DOCUMENT): "# 报告\n\n悄悄改了。\n"})
    branch.approve(DOCUMENT)
    caught(branch, "content-without-revision", [DOCUMENT, "2"])


def test_a_revision_with_the_date_of_the_last(world: World) -> None:
    branch = published(world).branch().edit(facts(DOCUMENT), "revision: 1", "revision: 2")
    caught(branch.approve(DOCUMENT), "updated-not-later", [DOCUMENT, "2026-03-02"])


def test_two_revisions_in_one_pull(world: World) -> None:
    branch = published(world).branch().revise().approve(DOCUMENT)
    branch.revise(revision=3, on="2026-03-11").approve(DOCUMENT)
    caught(branch, "content-without-revision", [DOCUMENT, "3"])


def test_another_document_in_its_place(world: World) -> None:
    branch = (
        published(world)
        .branch()
        .write({facts(DOCUMENT): document(title="别的", author="YG0006")}, by="YG0006")
    )
    caught(branch.approve(DOCUMENT), "content-without-revision", [DOCUMENT])
