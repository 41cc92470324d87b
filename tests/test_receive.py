"""Real pushes to a bare repository whose hook guards main."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from muniment.demo import replay
from samples import WHO, git

HOOK = Path(__file__).parent.parent / "scripts" / "pre-receive"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("told") / "demo"
    replay.replay(root, {".gitattributes": b"* -text\n"})
    return root


@pytest.fixture
def places(told: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A bare repository with the hook that holds the demonstration, and a clone of it."""
    server, clone = tmp_path / "server.git", tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--bare", str(told), str(server))
    tool = tmp_path / "muniment"
    tool.write_text(f'#!/bin/sh\nexec {sys.executable} -m muniment "$@"\n')
    tool.chmod(0o755)
    hook = server / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    shutil.copy(HOOK, hook)
    git(tmp_path, "clone", "--quiet", str(server), str(clone))
    return server, clone


def push(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **WHO, "MUNIMENT": str(clone.parent / "muniment"), "MUNIMENT_LANG": "en"}
    env["PYTHONPATH"] = str(Path(__file__).parent.parent / "plugins")
    return subprocess.run(["git", "push", *arguments], cwd=clone, env=env, capture_output=True, text=True)


def tip(server: Path) -> str:
    return git(server, "rev-parse", "refs/heads/main").strip()


def client(clone: Path, name: str, number: str = "KH0011") -> None:
    path = clone / f"records/organization/clients/{number}/{number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"type: client\nnumber: {number}\nname: {name}\n", encoding="utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "新客户")


def merge(clone: Path, branch: str) -> None:
    git(clone, "checkout", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-ff", "--message", f"合并 {branch}", branch)


def test_a_branch_may_be_pushed_and_its_merge_lands(places: tuple[Path, Path]) -> None:
    server, clone = places
    git(clone, "checkout", "--quiet", "-b", "kh0011")
    client(clone, "云台精密制造有限公司")
    assert push(clone, "origin", "kh0011").returncode == 0
    merge(clone, "kh0011")
    done = push(clone, "origin", "main")
    assert done.returncode == 0, done.stderr
    assert tip(server) == git(clone, "rev-parse", "main").strip()


def test_a_direct_push_to_main_is_refused(places: tuple[Path, Path]) -> None:
    server, clone = places
    before = tip(server)
    client(clone, "云台精密制造有限公司")
    done = push(clone, "origin", "main")
    assert done.returncode == 1
    assert "one merge commit at a time" in done.stderr
    assert tip(server) == before


def test_a_merge_of_an_unfinished_chain_is_refused_with_its_finding(places: tuple[Path, Path]) -> None:
    server, clone = places
    before = tip(server)
    merge(clone, "origin/xm2026021")
    done = push(clone, "origin", "main")
    assert done.returncode == 1
    assert "records/documents/XM/2026/XM2026021/XM2026021.yaml" in done.stderr
    assert "quality" in done.stderr
    assert "Traceback" not in done.stderr
    assert tip(server) == before


def test_a_record_with_a_gap_is_refused(places: tuple[Path, Path]) -> None:
    server, clone = places
    before = tip(server)
    git(clone, "checkout", "--quiet", "-b", "kh0013")
    client(clone, "云台精密制造有限公司", "KH0013")
    merge(clone, "kh0013")
    done = push(clone, "origin", "main")
    assert done.returncode == 1
    assert "NUM004" in done.stderr
    assert tip(server) == before


def test_main_is_neither_deleted_nor_rewritten(places: tuple[Path, Path]) -> None:
    server, clone = places
    git(server, "config", "receive.denyDeleteCurrent", "ignore")
    before = tip(server)
    assert "never deleted" in push(clone, "origin", ":main").stderr
    git(clone, "reset", "--quiet", "--hard", "HEAD~1")
    assert push(clone, "--force", "origin", "main").returncode == 1
    assert tip(server) == before


def test_an_evil_merge_is_refused(places: tuple[Path, Path]) -> None:
    server, clone = places
    before = tip(server)
    git(clone, "checkout", "--quiet", "-b", "kh0011")
    client(clone, "云台精密制造有限公司")
    git(clone, "checkout", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-ff", "--no-commit", "kh0011")
    (clone / "records/documents/GL/2024/GL2024001/GL2024001.md").write_text("改过的制度\n", encoding="utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "合并 kh0008")
    done = push(clone, "origin", "main")
    assert done.returncode == 1
    assert "GL2024001" in done.stderr
    assert tip(server) == before


def test_a_history_that_stands_the_audit_may_begin_a_server(
    told: Path, places: tuple[Path, Path], tmp_path: Path
) -> None:
    server, clone = places
    fresh = tmp_path / "fresh.git"
    git(tmp_path, "init", "--quiet", "--bare", str(fresh))
    shutil.copy(server / "hooks" / "pre-receive", fresh / "hooks" / "pre-receive")
    assert push(clone, str(fresh), "main:main").returncode == 0
    git(clone, "checkout", "--quiet", "--orphan", "other")
    git(clone, "commit", "--quiet", "--message", "另起炉灶")
    assert push(clone, "--force", str(fresh), "other:main").returncode == 1
