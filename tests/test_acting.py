"""Whose turn it is, and what an act's file says, without disk and Git."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest

from memory import acts, document, facts, tree, types
from muniment import acting, records, source
from muniment.acting import Deed, Impossible
from muniment.facts import Facts
from muniment.records import Record

NUMBER = "JS2026001"
DRAFT = {NUMBER: document(NUMBER, "巡检手册"), f"{NUMBER}/{NUMBER}.md": "## 目的\n"}
FILES: Mapping[str, str | bytes | None] = {
    f"{NUMBER}/{NUMBER}.yaml": DRAFT[NUMBER],
    f"{NUMBER}/{NUMBER}.md": "## 目的\n",
}
WHOLE = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
REQUEST = (
    "request",
    "YG0002",
    "2026-04-01",
    "chain: retirement",
    "decision: done",
    "details: {reason: 停用}",
)
LEADER = ("leader", "YG0001", "2026-04-02", "chain: retirement")


def registry(*stages: tuple[str, ...], number: str = NUMBER) -> tuple[Facts, Record]:
    known = facts({**FILES, **acts(FILES, NUMBER, *stages)})
    return known, known.corpus.records[number]


def impossible(call: object, *arguments: object, **options: object) -> Impossible:
    with pytest.raises(Impossible) as caught:
        call(*arguments, **options)  # type: ignore[operator]  # every caller passes a function
    return caught.value


@pytest.mark.parametrize(
    ("stages", "chain", "stage"),
    [
        ((), "document", "department"),
        (WHOLE[:1], "document", "technical"),
        (WHOLE[:2], "document", "quality"),
        ((WHOLE[0], ("technical", "YG0003", "2026-03-11", "decision: rejected")), "document", "technical"),
        ((*WHOLE, REQUEST), "retirement", "leader"),
    ],
)
def test_the_turn_is_of_the_first_stage_that_has_not_said_yes(
    stages: tuple[tuple[str, ...], ...], chain: str, stage: str
) -> None:
    at = acting.turn(*registry(*stages))
    assert at is not None
    assert (at.chain, at.stage.name) == (chain, stage)


def test_nobodys_turn_comes_once_the_chain_is_whole_or_the_record_was_given() -> None:
    assert acting.turn(*registry(*WHOLE)) is None
    assert acting.turn(*registry(number="YG0003")) is None


def test_an_event_is_no_decision() -> None:
    known, record = registry(*WHOLE)
    problem = impossible(acting.next_turn, known, record, chain="retirement", decision=True)
    assert f"muniment act {NUMBER} request" in str(problem)


def test_what_is_retired_or_has_no_chain_is_closed() -> None:
    assert "retired" in str(impossible(acting.require_open, *registry(*WHOLE, REQUEST, LEADER)))
    assert "nobody has to approve" in str(impossible(acting.require_open, *registry(number="KH0001")))


@pytest.mark.parametrize("name", ["technical", "专业审核", "professional review"])
def test_a_stage_is_found_by_name_and_by_label(name: str) -> None:
    assert acting.named_turn(*registry(), name).stage.name == "technical"


def test_of_two_stages_with_one_name_the_one_is_meant_whose_turn_it_is() -> None:
    assert acting.named_turn(*registry(*WHOLE, REQUEST), "leader").chain == "retirement"


def test_a_stage_that_is_none_is_told_with_those_that_are() -> None:
    problem = impossible(acting.named_turn, *registry(), "approval")
    assert problem.is_use
    assert "department, technical, quality, request, leader" in str(problem)
    assert "has department, technical, quality" in str(
        impossible(acting.named_turn, *registry(), "leader", chain="document")
    )


def test_what_is_not_in_force_is_not_retired() -> None:
    assert "not in force" in str(impossible(acting.named_turn, *registry(WHOLE[0]), "request"))


def test_a_settled_stage_is_settled_until_it_is_withdrawn() -> None:
    known, record = registry(WHOLE[0])
    at = acting.named_turn(known, record, "department")
    assert "陈志强 on 2026-03-10" in str(impossible(acting.settle, known, record, at, None))
    assert acting.settle(known, record, at, "withdrawn") == "withdrawn"
    assert acting.settle(known, record, at, "rejected") == "rejected"
    other = acting.named_turn(known, record, "technical")
    assert "nothing to withdraw" in str(impossible(acting.settle, known, record, other, "withdrawn"))


def test_a_decision_is_a_yes_unless_said_otherwise() -> None:
    known, record = registry(*WHOLE)
    assert acting.settle(known, record, acting.next_turn(known, record, chain="retirement"), None) == "done"
    known, record = registry()
    assert acting.settle(known, record, acting.next_turn(known, record), None) == "approved"


def test_details_are_named_by_name_or_label_and_a_name_given_twice_is_a_list() -> None:
    known, record = registry()
    stage = next(stage for stage in known.policy.chains["disposal"] if stage.name == "destruction")
    pairs = ["监销人=孙丽", "witnesses = 周敏", "witnesses=李娜", "method=粉碎=碎纸机"]
    given = acting.details(known, record, stage, pairs)
    assert given == {"witnesses": ["孙丽", "周敏", "李娜"], "method": "粉碎=碎纸机"}
    assert acting.missing(stage, "done", {"method": "粉碎"}) == ("witnesses",)
    assert acting.missing(stage, "rejected", {}) == ()
    for pair in ("method", "=粉碎", "method= "):
        assert "name=value" in str(impossible(acting.details, known, record, stage, [pair]))


def test_the_file_of_an_act_has_its_fields_in_their_order() -> None:
    known, record = registry(WHOLE[0])
    at = acting.next_turn(known, record)
    deed = Deed(
        at,
        "approved",
        "YG0003",
        "2026-03-11",
        "专业审核：同意",
        "可以\n很好",
        {"date": "2026-03-11"},
        {".pdf": b"scan"},
    )
    made = acting.files(record, deed)
    folder = f"{record.folder}/acts"
    assert [*made] == [f"{folder}/1-2-technical.yaml", f"{folder}/1-2-technical.pdf"]
    loaded = source.load("", made[f"{folder}/1-2-technical.yaml"])
    assert loaded.document is not None
    assert not loaded.faults
    assert list(loaded.document.data.items()) == [
        ("record", NUMBER),
        ("revision", 1),
        ("chain", "document"),
        ("stage", "technical"),
        ("decision", "approved"),
        ("by", "YG0003"),
        ("date", "2026-03-11"),
        ("content", record.content),
        ("meaning", "专业审核：同意"),
        ("comment", "可以\n很好"),
        ("details", {"date": "2026-03-11"}),
        ("evidence", [{"file": "1-2-technical.pdf", "sha256": hashlib.sha256(b"scan").hexdigest()}]),
    ]
    assert not list(known.types.validate_act(loaded.document.data, "act.yaml"))


def test_what_is_not_said_is_not_written() -> None:
    known, record = registry()
    deed = Deed(acting.next_turn(known, record), "approved", "YG0002", "2026-03-10")
    text = next(iter(acting.files(record, deed).values())).decode()
    assert [line.partition(":")[0] for line in text.splitlines()][-1] == "content"


def test_files_that_cannot_be_read_have_their_place_in_the_row() -> None:
    broken = {f"{NUMBER}/acts/1-7-technical.yaml": "record: [\n", f"{NUMBER}/acts/notes.txt": "x"}
    record = records.load(tree({**FILES, **broken}), types()).records[NUMBER]
    assert acting.next_n(record) == 8


@pytest.mark.parametrize(
    ("decision", "word"),
    [("approved", "同意"), ("rejected", "退回"), ("withdrawn", "撤回"), ("done", "已办理")],
)
def test_the_meaning_is_in_the_companys_words(decision: str, word: str) -> None:
    known, _ = registry()
    stage = known.policy.chains["document"][1]
    assert acting.meaning(known, stage, decision, "zh") == f"专业审核：{word}"
    assert acting.meaning(known, stage, decision, "en").startswith("professional review: ")


def test_evidence_keeps_only_the_ending_of_its_name() -> None:
    assert acting.evidence([("扫描 件.PDF", b"x"), ("b.jpg", b"y")]) == {".pdf": b"x", ".jpg": b"y"}
    for files in (
        [("scan", b"x")],
        [("a.yml", b"x")],
        [("a.pdf", b"")],
        [("a.pdf", b"x"), ("b.PDF", b"x")],
        [("a.扫", b"x")],
    ):
        assert impossible(acting.evidence, files).is_use


# -- The next revision --------------------------------------------------------------------------------------


def test_a_revision_changes_three_lines_and_no_other() -> None:
    known, record = registry(*WHOLE)
    text = acting.revised(known, record, record, "YG0003")
    changed = {
        new for old, new in zip(DRAFT[NUMBER].splitlines(), text.splitlines(), strict=True) if old != new
    }
    assert changed == {"revision: 2", "updated: 2026-11-23", "author: YG0003"}
    assert "author: YG0006" in acting.revised(known, record, record, "YG0006")


def test_there_is_no_revision_of_what_has_not_landed_or_has_ended() -> None:
    known, record = registry(*WHOLE)
    assert "still the draft" in str(impossible(acting.revised, known, record, None, "YG0006"))
    known, record = registry(*WHOLE, REQUEST, LEADER)
    assert "retired" in str(impossible(acting.revised, known, record, record, "YG0006"))
    known, client = registry(number="KH0001")
    assert "edit it and commit" in str(impossible(acting.revised, known, client, client, "YG0006"))
