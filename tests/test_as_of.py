"""The registry as it was: `--at` a day or a commit (B9)."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

import console
from muniment.mkdocs_plugin import build
from samples import git

DAY = "2024-09-30"


@pytest.fixture(scope="module")
def then(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that was never told of anything after that day."""
    commits = git(demonstration, "rev-list", "--first-parent", "--before", f"{DAY}T23:59:59+08:00", "main")
    clone = tmp_path_factory.mktemp("then") / "registry"
    git(demonstration, "clone", "-q", "--no-hardlinks", str(demonstration), str(clone))
    git(clone, "checkout", "-q", "-B", "main", commits.split()[0])
    git(clone, "remote", "remove", "origin")
    return clone


@pytest.mark.parametrize(
    "asked", [("report", "in-force"), ("report", "document", "--format", "csv"), ("check",)]
)
def test_a_past_day_says_what_a_clone_of_that_day_says(
    demonstration: Path, then: Path, asked: tuple[str, ...]
) -> None:
    ours = console.run(demonstration, *asked, "--at", DAY)
    theirs = console.run(then, *asked, "--today", DAY)
    assert (ours.code, ours.said) == (theirs.code, theirs.said)
    assert ours.said.strip()


def test_a_commit_is_a_moment_too(demonstration: Path, then: Path) -> None:
    tip = git(then, "rev-parse", "HEAD").strip()
    at_commit = console.run(demonstration, "report", "document", "--at", tip)
    assert at_commit.out == console.run(demonstration, "report", "document", "--at", DAY).out
    shown = console.run(demonstration, "show", "XM2024005", "--format", "json", "--at", tip)
    assert json.loads(shown.out)["revision"] == 2


def test_revisions_and_approvals_after_that_day_are_unknown(demonstration: Path) -> None:
    now = console.run(demonstration, "show", "XM2024005", "--format", "json")
    before = console.run(demonstration, "show", "XM2024005", "--format", "json", "--at", DAY)
    assert json.loads(now.out)["revision"] == 3
    then = json.loads(before.out)
    assert then["revision"] == 2
    assert {act["revision"] for act in then["acts"]} == {1, 2}


def test_a_build_of_a_past_day_says_so_on_every_page(demonstration: Path, tmp_path: Path) -> None:
    written = build(demonstration, tmp_path / "site", at=DAY, today=DAY)
    page = (tmp_path / "site/records/XM/2024/XM2024005/index.html").read_text(encoding="utf-8")
    assert f"这是 {DAY} 时的登记库" in page
    assert "XM2025" not in (tmp_path / "site/records.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "site/revision.json").read_bytes())["today"] == DAY
    assert not any("XM2025" in path for path in written.paths)


@pytest.mark.parametrize("at", ["2023-12-31", "nonsense", "2024-13-01"])
def test_a_moment_that_nobody_knows_ends_in_a_sentence(demonstration: Path, at: str, tmp_path: Path) -> None:
    for command in (("check",), ("report", "in-force"), ("build", "--out", str(tmp_path / "site"))):
        ran = console.run(demonstration, *command, "--at", at, "--lang", "en")
        assert ran.code == 2
        assert at in ran.err
        assert "2024-01-02" in ran.err
    assert not (tmp_path / "site").exists()


def test_the_past_needs_a_history(tmp_path: Path, demonstration: Path) -> None:
    git(demonstration, "archive", "--format=tar", "-o", str(tmp_path / "a.tar"), "main")
    plain = tmp_path / "plain"
    plain.mkdir()
    git(plain, "init", "-q")
    with tarfile.open(tmp_path / "a.tar") as archive:
        archive.extractall(plain, filter="data")
    ran = console.run(plain, "check", "--at", DAY, "--lang", "en")
    assert ran.code == 2
    assert "without a Git history" in ran.err


def test_base_and_at_do_not_go_together(demonstration: Path) -> None:
    assert console.run(demonstration, "check", "--base", "main~1", "--at", DAY).code == 2
