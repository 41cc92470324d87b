"""Everything that sections 4.3 and 4.4 of the regulation want rejected, tried on the demonstration: one thing is made wrong, and the
check says so at the place where it is wrong. What only commits can show is tried in a clone of its repository.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

import mutations
from muniment import check, project
from mutations import (
    Change,
    Files,
    Row,
    act_drop,
    act_gone,
    act_put,
    append,
    drop,
    findings,
    folders,
    new,
    put,
    row,
)
from samples import commit, git

# The phrases of the column "must be rejected", clause by clause.
PHRASES = {
    "R4.3.1": (
        "a published document with neither",
        "an attachment whose SHA-256 differs",
        "an attachment that is missing",
        "a paper location that differs from class and year binding",
    ),
    "R4.3.2": (
        "no retention resolvable",
        "a QT document without its own period",
        "disposal before expiry",
        "disposal under a hold",
    ),
    "R4.3.3": (
        "a loan without approval",
        "of a document already out",
        "beyond the longest period",
        "by somebody not cleared for its level",
        "a return without a condition check",
    ),
    "R4.4.1–2": (
        "content changed without a higher version",
        "content changed without a new date",
        "content changed without a whole new chain",
        "an update by somebody else without the owner's assent",
    ),
    "R4.4.3": (
        "retirement approved by somebody who is no leader",
        "retirement without request",
        "retirement without reason",
        "a landed record deleted",
        "a landed record moved",
        "a change in a retired document",
        "a document in force that still cites a retired one",
    ),
}
# Of the demonstration: a document with text alone, one with a file, one lent, loans out and returned, lists of disposal.
TEXT, FILED = "JS2024001", "JS2026002"
OVERDUE, RETURNED, RENEWED, RENEWAL = "JY20260001", "JY20250001", "JY20260002", "JY20260003"
BURNT, LIST, APPROVED = "QT2023002", "XH20260001", "XH20260002"
RETIRED = "GL2024004"
# What is said besides of a document that is called confidential and lies there in plain text.
PLAIN = ("SEC010 records/documents/JS/2025/JS2025002/JS2025002.md",)


def _bound(number: str, how: Callable[[Files, str], None]) -> Change:
    """A change of the files beside the facts; the acts are bound to what is there then."""

    def change(files: Files) -> None:
        folder = folders()[number]
        before = mutations._digest(files, folder)
        how(files, folder)
        after = mutations._digest(files, folder)
        for path in [path for path in files if path.startswith(f"{folder}/acts/") and path.endswith(".yaml")]:
            files[path] = files[path].replace(before.encode(), after.encode())

    return change


def without_text(number: str) -> Change:
    return _bound(number, lambda files, folder: _forget(files, f"{folder}/{number}.md"))


def _forget(files: Files, path: str) -> None:
    del files[path]


def without_file(number: str) -> Change:
    def how(files: Files, folder: str) -> None:
        del files[next(path for path in files if path.startswith(f"{folder}/files/"))]

    return _bound(number, how)


def other_file(number: str) -> Change:
    def how(files: Files, folder: str) -> None:
        files[next(path for path in files if path.startswith(f"{folder}/files/"))] = b"another\n"

    return _bound(number, how)


def of_class(letters: str) -> list[str]:
    return sorted(number for number in folders() if number.startswith(letters))


ROWS = [
    row("a published document with neither", "the text is gone", without_text(TEXT), f"DOC002 {TEXT} title"),
    row(
        "an attachment whose SHA-256 differs",
        "exchanged",
        other_file(FILED),
        f"DOC004 {FILED} attachments.0.sha256",
    ),
    row(
        "an attachment that is missing",
        "taken away",
        without_file(FILED),
        f"DOC003 {FILED} attachments.0.file",
    ),
    row(
        "a paper location that differs from class and year binding",
        "in a box of another year",
        put(TEXT, "paper", {"room": "档案室", "shelf": "A-02-25", "box": "JS-2025-01"}),
        f"DOC008 {TEXT} paper.box",
    ),
    row(
        "a paper location that differs from class and year binding",
        "in a box of another class",
        put(TEXT, "paper", {"room": "档案室", "shelf": "A-03-24", "box": "GL-2024-01"}),
        f"DOC008 {TEXT} paper.box",
    ),
    row(
        "a published document with neither",
        "a backup whose digest is none",
        put("BF20260002", "digest", "已核对"),
        "SCH006 BF20260002 digest",
    ),
    row(
        "no retention resolvable",
        "the class has no schedule",
        drop("retention", "classes.GL"),
        *(f"RET001 {number} class" for number in of_class("GL")),
    ),
    row(
        "no retention resolvable",
        "the schedule counts from what never happens",
        put("retention", "classes.JS.from", "handed_over"),
        *(f"RET001 {number} class" for number in of_class("JS")),
    ),
    row(
        "a QT document without its own period",
        "left out",
        drop("QT2024002", "retention"),
        "RET002 QT2024002 number",
    ),
    row(
        "a QT document without its own period",
        "shorter than the minimum of another class",
        put(TEXT, "retention", {"years": 5, "reason": "短期"}),
        f"RET003 {TEXT} retention.years",
    ),
    row(
        "a QT document without its own period",
        "an override without a reason",
        put(TEXT, "retention", {"years": 40}),
        f"RET004 {TEXT} retention",
    ),
    row(
        "disposal before expiry",
        "listed too early",
        append(APPROVED, "documents", "BF20260001"),
        f"RET005 {APPROVED} documents.3",
    ),
    row(
        "disposal before expiry",
        "the period has not begun",
        append(APPROVED, "documents", "FW20260001"),
        f"RET005 {APPROVED} documents.3",
    ),
    row(
        "disposal before expiry",
        "kept for ever",
        append(APPROVED, "documents", "GL2024001"),
        f"RET007 {APPROVED} documents.3",
    ),
    row(
        "disposal before expiry",
        "carried out before its day",
        put(BURNT, "retention.until", "2026-12-31"),
        f"RET005 {LIST} documents.0",
    ),
    row(
        "disposal under a hold",
        "the list is approved",
        put("BF20240002", "hold", {"reason": "审计", "by": "YG0013", "since": "2026-10-08"}),
        f"RET006 {APPROVED} documents.1",
    ),
    row(
        "disposal under a hold",
        "the list was carried out",
        put(BURNT, "hold", {"reason": "审计", "by": "YG0013", "since": "2026-02-02"}),
        f"RET006 {LIST} documents.0",
    ),
    row(
        "disposal under a hold",
        "listed a second time",
        append(APPROVED, "documents", BURNT),
        f"RET008 {APPROVED} documents.3",
    ),
    row(
        "disposal under a hold",
        "destroyed without witnesses",
        act_drop(LIST, "1-4-destruction", "details.witnesses"),
        f"APR007 {LIST}/acts/1-4-destruction details",
    ),
    row(
        "disposal under a hold",
        "one witness alone",
        put(APPROVED, "witnesses", ["YG0006"]),
        f"SCH010 {APPROVED} witnesses",
    ),
    row(
        "disposal under a hold",
        "watched by the one who did it",
        put(LIST, "witnesses", ["YG0003", "YG0007"]),
        f"RET009 {LIST} witnesses.1",
    ),
    row(
        "a loan without approval",
        "the approval is gone",
        act_gone(OVERDUE, "1-1-department"),
        f"APR003 {OVERDUE}/acts/1-2-issue",
        f"APR022 {OVERDUE}/acts/1-2-issue stage",
    ),
    row(
        "a loan without approval",
        "by the head of another department",
        act_put(OVERDUE, "1-1-department", "by", "YG0003"),
        f"APR021 {OVERDUE}/acts/1-1-department by",
    ),
    row(
        "a loan without approval",
        "approved after it was handed out",
        act_put(OVERDUE, "1-1-department", "date", "2026-10-13"),
        f"LOA001 {OVERDUE}/acts/1-2-issue date",
    ),
    row(
        "of a document already out",
        "to another borrower",
        new("JY20260005", like=OVERDUE, borrower="YG0009", author="YG0009"),
        "LOA002 JY20260005 document",
    ),
    row(
        "of a document already out",
        "a renewal that names no loan",
        (act_gone(RENEWED, "1-3-return"), drop(RENEWAL, "renews")),
        f"LOA002 {RENEWAL} document",
    ),
    row(
        "of a document already out",
        "retired meanwhile",
        put("JY20260004", "document", RETIRED),
        "LOA007 JY20260004 document",
    ),
    row(
        "of a document already out",
        "a renewal by somebody else",
        put(RENEWAL, "borrower", "YG0011"),
        f"LOA010 {RENEWAL} borrower",
    ),
    row(
        "beyond the longest period",
        "three months",
        put("JY20260004", "due", "2027-02-20"),
        "LOA003 JY20260004 due",
    ),
    row(
        "beyond the longest period",
        "due before it begins",
        put(OVERDUE, "due", "2026-10-01"),
        f"LOA004 {OVERDUE} due",
    ),
    row(
        "a return without a condition check",
        "the act says nothing",
        act_drop(RETURNED, "1-3-return", "details.condition"),
        f"APR007 {RETURNED}/acts/1-3-return details",
    ),
    row(
        "a return without a condition check",
        "a space",
        act_put(RETURNED, "1-3-return", "details.condition", " "),
        f"APR007 {RETURNED}/acts/1-3-return details",
    ),
    row(
        "a return without a condition check",
        "policy does not ask for it",
        (
            put("review", "chains.loan.2.details", ["remarks"]),
            put("review", "chains.loan.2.optional", ["condition"]),
            *(
                act_put(each, "1-3-return", "details.remarks", "无")
                for each in ("JY20240001", RETURNED, "JY20250002", RENEWED)
            ),
        ),
        "LOA006 review chains.loan.2",
    ),
    row(
        "by somebody not cleared for its level",
        "the document becomes confidential",
        put("JS2025002", "confidentiality", {"level": "confidential", "custodian": "YG0004"}),
        f"LOA005 {OVERDUE} borrower",
        *PLAIN,
    ),
    row(
        "by somebody not cleared for its level",
        "confidential, and the borrower is one of its readers",
        put(
            "JS2025002",
            "confidentiality",
            {"level": "confidential", "custodian": "YG0004", "readers": ["YG0016"]},
        ),
        *PLAIN,
    ),
    row(
        "retirement approved by somebody who is no leader",
        "the head of personnel",
        act_put(RETIRED, "1-5-leader", "by", "YG0006"),
        f"APR021 {RETIRED}/acts/1-5-leader by",
    ),
    row(
        "retirement without request",
        "the request is gone",
        act_gone(RETIRED, "1-4-request"),
        f"APR003 {RETIRED}/acts/1-5-leader",
        f"APR022 {RETIRED}/acts/1-5-leader stage",
    ),
    row(
        "retirement without reason",
        "left out",
        act_drop(RETIRED, "1-4-request", "details.reason"),
        f"APR007 {RETIRED}/acts/1-4-request details",
    ),
    row(
        "a document in force that still cites a retired one",
        "without its successor",
        put("JS2024003", "references", [RETIRED]),
        "LIF011 JS2024003 references.0",
    ),
]


@pytest.mark.parametrize("case", [pytest.param(each, id=f"{each.phrase}: {each.done}") for each in ROWS])
def test_it_is_rejected_at_its_place(case: Row) -> None:
    assert findings(*case.changes) == case.found


# -- What only commits can show -------------------------------------------------------------------------------

_BRANCHES = count()
GUIDE = "records/documents/GL/2025/GL2025001"


class Pull(NamedTuple):
    phrase: str
    changes: dict[str, tuple[str, str]]
    found: set[tuple[str, str]]


PULLS = [
    Pull(
        "content changed without a higher version",
        {f"{GUIDE}/GL2025001.md": ("## 目的", "## 目的\n\n另有补充。")},
        {("LIF003", "GL2025001")},
    ),
    Pull(
        "content changed without a new date",
        {f"{GUIDE}/GL2025001.yaml": ("revision: 1", "revision: 2")},
        {("LIF005", "GL2025001")},
    ),
    Pull(
        "content changed without a whole new chain",
        {
            f"{GUIDE}/GL2025001.yaml": ("revision: 1", "revision: 2"),
            f"{GUIDE}/GL2025001.yaml ": ("updated: 2025-06-16", "updated: 2026-11-20"),
        },
        {("LIF002", "GL2025001")},
    ),
    Pull(
        "an update by somebody else without the owner's assent",
        {
            f"{GUIDE}/GL2025001.yaml": ("revision: 1", "revision: 2"),
            f"{GUIDE}/GL2025001.yaml ": ("updated: 2025-06-16", "updated: 2026-11-20"),
            f"{GUIDE}/GL2025001.yaml  ": ("author: YG0007", "author: YG0011"),
        },
        {("LIF002", "GL2025001"), ("LIF006", "GL2025001")},
    ),
    Pull(
        "a change in a retired document",
        {"records/documents/GL/2024/GL2024004/GL2024004.md": ("## 目的", "## 目的\n\n另有补充。")},
        {("LIF007", RETIRED)},
    ),
]


@pytest.fixture(scope="module")
def clone(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clone") / "registry"
    git(demonstration, "clone", "--quiet", "--shared", str(demonstration), str(root))
    return root


def judged(clone: Path, name: str) -> set[tuple[str, str]]:
    """Codes and numbers of what a pull request of the branch at hand would bring."""
    commit(clone, name)
    loaded, changed, missing = project.load_pull(clone, "main", mutations.TODAY)
    assert not missing
    return {(each.code, each.number or "") for each in check.of_pull(loaded.facts, loaded.faults, changed)}


@pytest.fixture
def branch(clone: Path) -> Path:
    git(clone, "checkout", "--quiet", "-B", f"t{next(_BRANCHES)}", "main")
    return clone


@pytest.mark.parametrize("case", [pytest.param(each, id=each.phrase) for each in PULLS])
def test_a_pull_request_is_rejected(case: Pull, branch: Path) -> None:
    for path, (old, new_text) in case.changes.items():
        file = branch / path.strip()
        text = file.read_text(encoding="utf-8")
        assert old in text, path
        file.write_text(text.replace(old, new_text, 1), encoding="utf-8")
    found = judged(branch, case.phrase)
    assert case.found <= found
    assert {code for code, _ in found} <= {*(code for code, _ in case.found), "APR030", "LIF002", "LIF003"}


def test_a_landed_record_cannot_be_deleted(branch: Path) -> None:
    shutil.rmtree(branch / GUIDE)
    assert ("LIF001", "GL2025001") in judged(branch, "删除")


def test_a_landed_record_cannot_be_moved(branch: Path) -> None:
    target = branch / GUIDE.replace("GL2025001", "GL2025003")
    shutil.move(branch / GUIDE, target)
    (target / "GL2025001.yaml").rename(target / "GL2025003.yaml")
    assert ("NUM002", "GL2025001") in judged(branch, "移动")


def test_a_list_of_disposal_cannot_be_deleted(branch: Path) -> None:
    shutil.rmtree(branch / "records/archive/2026/XH20260001")
    assert ("LIF001", "XH20260001") in judged(branch, "删除销毁清单")


def test_text_cannot_go_before_the_list_is_carried_out(branch: Path) -> None:
    (branch / "records/documents/QT/2024/QT2024004/QT2024004.md").unlink()
    assert ("LIF003", "QT2024004") in judged(branch, "提前移除")


def test_every_phrase_of_the_regulation_is_tried() -> None:
    phrases = {phrase for clause in PHRASES.values() for phrase in clause}
    tried = {each.phrase for each in ROWS} | {each.phrase for each in PULLS}
    assert phrases - tried == {"a landed record deleted", "a landed record moved"}, (
        "these have tests of their own"
    )
