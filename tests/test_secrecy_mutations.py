"""For every "must be rejected" of section 5: one change of the demonstration gives the right finding at the right place."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

import browsing
from muniment import audit, check, project, records
from muniment.demo import materials
from muniment.facts import Facts
from muniment.records import Tree
from samples import commit, git

SECRECY = "records/secrecy"
CORE = "records/documents/GL/2026/GL2026003"
SCAN = "签字页"


@pytest.fixture(scope="module")
def facts(demonstration: Path) -> Facts:
    return project.load(demonstration, browsing.DAY).facts


def found(facts: Facts, changes: dict[str, tuple[str, str]]) -> set[tuple[str, str, int]]:
    """Code, file and line of what is found once these texts are replaced, each in its file."""
    files = materials.opened()
    for path, (old, new) in changes.items():
        text = files.get(path, b"").decode()
        assert old in text, f"{path} does not say {old!r}"
        files[path] = (text.replace(old, new, 1) if old else new).encode()
    sealed, plain = materials.sealed(files)
    mutated = Tree(
        dict.fromkeys(sealed, "100644"), sealed.__getitem__, open=lambda _, content: plain.get(content)
    )
    corpus = records.load(mutated, facts.types)
    said = check.run(replace(facts, corpus=corpus, policy=project.policies(corpus)))
    return {(each.code, each.place.path, each.place.line) for each in said}


def line_of(facts: Facts, path: str, words: str) -> int:
    lines = facts.corpus.tree.read(path).decode().splitlines()
    return next(n for n, line in enumerate(lines, 1) if words in line)


def of(number: str) -> str:
    return f"{SECRECY}/{number[2:6]}/{number}/{number}.yaml"


def test_the_demonstration_itself_is_sound(facts: Facts) -> None:
    assert {code for code, _, _ in found(facts, {}) if code[:3] in ("SEC", "POL", "SCH")} == set()


@pytest.mark.parametrize(
    ("changes", "code", "path", "words"),
    [
        pytest.param(
            {of("BX20240007"): ("until: 2027-01-18", "until: 2026-01-31")},
            "SEC002", of("SQ20260001"), "staff:",
            id="access granted to somebody whose agreement had ended",
        ),
        pytest.param(
            {of("BX20240007"): ("signed: 2024-01-19", "signed: 2026-02-03")},
            "SEC002", of("SQ20260001"), "staff:",
            id="access granted before the agreement was signed",
        ),
        pytest.param(
            {of("BX20240007"): ("staff: YG0007", "staff: YG0006")},
            "SEC002", of("SQ20260001"), "staff:",
            id="access granted to somebody without any agreement",
        ),
        pytest.param(
            {of("BJ20240001"): ("result: passed", "result: failed")},
            "SEC003", of("SQ20260001"), "staff:",
            id="access granted though the check that the post demands was failed",
        ),
        pytest.param(
            {of("BJ20240001"): ("staff: YG0007", "staff: YG0006")},
            "SEC003", of("SQ20260001"), "staff:",
            id="access granted without the check that the post demands",
        ),
        pytest.param(
            {of("BX20240007"): ("until: 2027-01-18", "until: 2026-06-30")},
            "SEC004", of("SQ20260001"), "until:",
            id="an agreement that ends before the access",
        ),
        pytest.param(
            {of("BJ20250001"): (", corrected: 2025-07-04", "")},
            "SEC005", of("BJ20250001"), "what:",
            id="an inspection closed with a finding open",
        ),
        pytest.param(
            {of("BX20240013"): ("signed: 2024-01-19", "signed: 2026-12-01")},
            "SEC006", "records/projects/2026/HY20260009/HY20260009.yaml", "custodian:",
            id="a custodian without an agreement",
        ),
        pytest.param(
            {of("SQ20260001").replace("SQ20260001.yaml", "acts/1-2-secrecy.yaml"): ("by: YG0013", "by: YG0007")},
            "SEC007", of("SQ20260001").replace("SQ20260001.yaml", "acts/1-2-secrecy.yaml"), "by:",
            id="access that somebody granted to himself",
        ),
        pytest.param(
            {of("AF20240001"): ("next_inspection: 2026-11-18", "next_inspection: 2025-11-18")},
            "SEC008", of("AF20240001"), "next_inspection:",
            id="a next inspection before the last",
        ),
        pytest.param(
            {of("BJ20260001"): ("measures: passed", "measures: failed")},
            "SEC009", of("BJ20260001"), "checklist:",
            id="a part of an inspection failed without a finding",
        ),
        pytest.param(
            {of("BJ20260001"): (", documents: passed", "")},
            "SCH002", of("BJ20260001"), "checklist:",
            id="an inspection that leaves out one of the four parts",
        ),
        pytest.param(
            {"records/organization/staff/YG0013/YG0013.yaml": ("role: secrecy-officer", "role: senior-staff")},
            "POL004", "", "",
            id="nobody holds the role secrecy officer",
        ),
        pytest.param(
            {"records/documents/GL/2024/GL2024001/GL2024001.yaml": ("type: document\n", "type: document\nconfidentiality: {level: core}\n")},
            "SEC012", "records/documents/GL/2024/GL2024001/GL2024001.yaml", "",
            id="a classified document without a custodian",
        ),
        pytest.param(
            {"records/documents/GL/2024/GL2024001/GL2024001.yaml": ("type: document\n", "type: document\nconfidentiality: {level: core, custodian: YG0013}\n")},
            "SEC010", "records/documents/GL/2024/GL2024001/GL2024001.md", "",
            id="a classified document in plain text",
        ),
        pytest.param(
            {
                f"{CORE}/acts/1-2-technical.txt": ("", SCAN),
                f"{CORE}/acts/1-2-technical.yaml": (
                    "meaning:",
                    f"evidence: [{{file: 1-2-technical.txt, sha256: {hashlib.sha256(SCAN.encode()).hexdigest()}}}]\nmeaning:",
                ),
            },
            "SEC010", f"{CORE}/acts/1-2-technical.txt", "",
            id="the evidence of an act on a classified document in plain text",
        ),
        pytest.param(
            {"records/projects/2026/HY20260009/HY20260009.yaml": ('until: "2028-11-18"', "until: publication")},
            "SEC026", "records/projects/2026/HY20260009/HY20260009.yaml", "until:",
            id="a term until publication of what is never published",
        ),
        pytest.param(
            {"records/projects/2026/HY20260009/HY20260009.yaml": ('until: "2028-11-18"', "until: 长期")},
            "SCH006", "records/projects/2026/HY20260009/HY20260009.yaml", "until:",
            id="a term in words that nobody can tell the end of",
        ),
        pytest.param(
            {of("BJ20260001"): ("type: secrecy-inspection\n", "type: secrecy-inspection\nnotes: 【机密】\n")},
            "SEC001", of("BJ20260001"), "",
            id="a mark of state secrets",
        ),
    ],
)  # fmt: skip
def test_what_must_be_rejected_is_found(
    facts: Facts, changes: dict[str, tuple[str, str]], code: str, path: str, words: str
) -> None:
    said = {each for each in found(facts, changes) if each[0] == code}
    assert said, code
    if path:
        assert {place for _, place, _ in said} == {path}
    if words:
        assert {line for _, _, line in said} == {line_of(facts, path, words)}


def test_plain_text_that_was_merged_is_found_by_the_audit_ever_after(
    demonstration: Path, tmp_path: Path
) -> None:
    root = tmp_path / "registry"
    git(tmp_path, "clone", "--quiet", "--shared", str(demonstration), str(root))
    path = root / CORE / "GL2026003.md"
    path.write_text("# 底价\n")
    leaked = commit(root, "更新")
    path.unlink()
    commit(root, "再次更新")
    repository = project.open_repository(root)
    assert repository is not None
    found = [
        fault
        for fault in audit.audit(repository, project.shipped_types()).faults
        if fault.rule == "plain-text-on-main"
    ]
    assert [(fault.place.path, fault.params["commit"]) for fault in found] == [
        (f"{CORE}/GL2026003.md", leaked[:8])
    ]
