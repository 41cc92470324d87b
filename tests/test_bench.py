"""What a build costs, by counting: git processes, pages, bytes, files that a change rewrites. Clocks are for `make bench`."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).resolve().parent.parent
FEW, MANY = 15, 45
DOCUMENT = re.compile(r"(?:en/)?records/(?:XM|JS|GL|QT)/\d{4}/(\w+)/(?:evidence/)?index\.html")
WORDS = "search/pagefind/"
CLIENT = "records/organization/clients/KH0001/KH0001.yaml"


@dataclass(frozen=True)
class Build:
    """A finished site: how often git was started for it, and its files with their size and time."""

    registry: Path
    out: Path
    processes: int
    files: Mapping[str, os.stat_result]

    @property
    def documents(self) -> dict[str, int]:
        """The pages of documents, with their sizes."""
        return {path: facts.st_size for path, facts in self.files.items() if DOCUMENT.fullmatch(path)}


def load_bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench", TOP / "scripts" / "bench.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def build(registry: Path, out: Path) -> Build:
    """The site as the command makes it, with a `git` that writes down that it was called before it does its work."""
    calls = out.with_name(f"{out.name}.calls")
    shims = out.with_name(f"{out.name}.bin")
    shims.mkdir(exist_ok=True)
    shim = shims / "git"
    shim.write_text(
        f'#!/bin/sh\necho "$@" >> "{calls}"\nexec "{shutil.which("git")}" "$@"\n', encoding="utf-8"
    )
    shim.chmod(0o755)
    calls.write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "muniment", "build", "--out", str(out), "--today", "2026-11-23"]
    env = {**os.environ, "PATH": f"{shims}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=registry, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    files = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*") if path.is_file()}
    # The library by which we start it asks for its version, for itself, before there is a build.
    called = [line for line in calls.read_text(encoding="utf-8").splitlines() if line != "version"]
    return Build(registry, out, len(called), files)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Build]:
    top = tmp_path_factory.mktemp("bench")
    bench = load_bench()
    made = []
    for documents in (FEW, MANY):
        bench.generate(top / f"registry-{documents}", documents)
        made.append(build(top / f"registry-{documents}", top / f"site-{documents}"))
    return made[0], made[1]


@pytest.mark.slow
def test_history_is_read_by_few_git_processes_however_many_commits_there_are(
    builds: tuple[Build, Build],
) -> None:
    few, many = builds
    assert 0 < few.processes == many.processes <= 8


@pytest.mark.slow
def test_a_document_adds_its_own_pages_and_no_others(builds: tuple[Build, Build]) -> None:
    for made, documents in zip(builds, (FEW, MANY), strict=True):
        assert len(made.documents) == 4 * documents  # facts and evidence, in two languages
        listed = json.loads((made.out / "records.json").read_bytes())
        assert len({DOCUMENT.fullmatch(path)[1] for path in made.documents}) == documents  # type: ignore[index]
        assert sum(entry["type"] == "document" for entry in listed) == documents


@pytest.mark.slow
def test_a_page_of_a_document_is_as_large_among_many_as_among_few(builds: tuple[Build, Build]) -> None:
    few, many = (sum(made.documents.values()) / len(made.documents) for made in builds)
    assert many < few * 1.1
    assert many < 50_000


@pytest.mark.slow
def test_a_change_rewrites_what_shows_it_and_leaves_the_rest_with_its_time(
    builds: tuple[Build, Build],
) -> None:
    before = builds[0]
    client = before.registry / CLIENT
    original = client.read_bytes()
    client.write_bytes(original + "notes: 联系人已更换。\n".encode())
    try:
        after = build(before.registry, before.out)
    finally:
        client.write_bytes(original)
    # The pieces of the index of words are named after what they hold.
    assert {path for path in after.files.keys() ^ before.files.keys() if not path.startswith(WORDS)} == set()
    changed = {
        path
        for path, facts in after.files.items()
        if path not in before.files
        or (facts.st_mtime_ns, facts.st_ino) != (before.files[path].st_mtime_ns, before.files[path].st_ino)
    }
    assert {"records/KH/KH0001/index.html", "en/records/KH/KH0001/index.html"} <= changed
    assert not changed & before.documents.keys()
    assert len(changed) < 25, sorted(changed)
