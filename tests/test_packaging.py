"""The wheel works where nothing else is: an empty environment, a new folder, no checkout near it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
# One worker makes the wheel and the environment, for all of these.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """The output of a command that has to succeed, without anything of this checkout in its environment."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "GIT_", "MUNIMENT"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, "NO_MKDOCS_2_WARNING": "1", **env},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (
        f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, TOP, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, and ProperDocs beside it."""
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", place, cwd=place)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, "properdocs", cwd=place)
    return programs


@pytest.fixture(scope="module")
def demonstration(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    run(programs / "muniment", "init", "x", "--demo", cwd=folder)
    return folder / "x"


def test_the_wheel_carries_what_a_registry_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for wanted in (
        "muniment/schemas/document.schema.json",
        "muniment/schemas/x-record.schema.json",
        "muniment/handbook/zh/clerk.md",
        "muniment/handbook/en/clerk.md",
        "muniment/samples/NUM004/bad",
        "muniment/demo/records/policy/numbering/numbering.yaml",
        "muniment/demo/story.yaml",
        "muniment/starter/.github/workflows/check.yml",
        "muniment/starter/.gitattributes",
        "muniment/starter/records/policy/review/review.yaml",
        "muniment/locale/zh_CN/LC_MESSAGES/muniment.mo",
        "muniment/assets/muniment.css",
        "muniment/templates/",
        "muniment/py.typed",
    ):
        assert any(name.startswith(wanted) for name in names), wanted
    assert not any("__pycache__" in name or name.endswith(".pyc") for name in names)


def test_the_demonstration_is_sound_and_builds_under_both_engines(
    programs: Path, demonstration: Path
) -> None:
    run(programs / "muniment", "check", cwd=demonstration)
    before = run("git", "status", "--porcelain", cwd=demonstration)
    run(programs / "mkdocs", "build", "--strict", cwd=demonstration)
    assert (demonstration / "site" / "index.html").is_file()
    assert (demonstration / "site" / "en" / "index.html").is_file()
    run(
        programs / "properdocs",
        "build",
        "--strict",
        "--config-file",
        "mkdocs.yml",
        "--site-dir",
        "other",
        cwd=demonstration,
    )
    pages = {
        path.relative_to(demonstration / "site") for path in (demonstration / "site").rglob("index.html")
    }
    others = {
        path.relative_to(demonstration / "other") for path in (demonstration / "other").rglob("index.html")
    }
    assert pages == others
    assert before == "", "init leaves nothing uncommitted"


def test_a_registry_of_ones_own_starts_sound(programs: Path, tmp_path: Path) -> None:
    run(programs / "muniment", "init", "mine", cwd=tmp_path)
    run(programs / "muniment", "check", cwd=tmp_path / "mine")
    run(programs / "mkdocs", "build", "--strict", cwd=tmp_path / "mine")
    run(programs / "muniment", "build", "--out", tmp_path / "site", cwd=tmp_path / "mine")
    assert (tmp_path / "site" / "records.json").is_file()
    assert (tmp_path / "site" / "handbook" / "clerk" / "index.html").is_file()
    attributes = (tmp_path / "mine" / ".gitattributes").read_text(encoding="utf-8")
    assert attributes.splitlines()[-1] == "* -text"
