"""The workflows, of this repository and of a company's own, are sound, and their commands exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from muniment import reports, resources

TOP = Path(__file__).parent.parent
STARTER = resources.path("starter")
HOMES = [pytest.param(TOP, id="repository"), pytest.param(STARTER, id="starter")]
PINNED = re.compile(r"uses: ([\w/-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+\n")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / command[0]
    return subprocess.run([str(program), *command[1:]], capture_output=True, text=True)


def workflows(home: Path) -> list[Path]:
    return sorted((home / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("home", HOMES)
def test_zizmor_finds_nothing(home: Path) -> None:
    done = run("zizmor", "--offline", "--no-progress", "--collect=all", str(home / ".github"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("github-workflows", "workflows/*.yml"),
        ("dependabot", "dependabot.yml"),
        ("github-issue-config", "ISSUE_TEMPLATE/config.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/[!c]*.yml"),
    ],
)
def test_forge_files_fit_their_schemas(home: Path, schema: str, names: str) -> None:
    files = [str(file) for file in sorted((home / ".github").glob(names))]
    assert files
    done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pipeline_for_gitlab_fits_its_schema() -> None:
    done = run(
        "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci",
        str(STARTER / ".gitlab-ci.yml"),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("home", HOMES)
def test_actions_are_pinned_by_commit_and_say_their_version(home: Path) -> None:
    for file in workflows(home):
        text = file.read_text(encoding="utf-8")
        assert len(PINNED.findall(text)) == text.count("uses: "), file


def test_the_starter_pins_the_same_actions_as_this_repository() -> None:
    # Updates arrive for this repository's workflows only; this test carries them over.
    pins = [
        {pin for file in workflows(home) for pin in PINNED.findall(file.read_text(encoding="utf-8"))}
        for home in (TOP, STARTER)
    ]
    assert pins[0] == pins[1]


@pytest.mark.parametrize("home", HOMES)
def test_no_token_may_write_and_no_credentials_stay(home: Path) -> None:
    for file in workflows(home):
        text = file.read_text(encoding="utf-8")
        assert "\npermissions: {}\n" in text, file
        assert "contents: write" not in text
        assert text.count("actions/checkout@") == text.count("persist-credentials: false"), file


def test_a_pull_request_is_checked_by_the_version_of_its_base_and_with_all_of_history() -> None:
    text = (STARTER / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert 'git show "$BASE:requirements.txt"' in text
    assert "fetch-depth: 0" in text
    assert "merge_group:" in text
    assert "pull_request_target" not in text


def test_the_starter_pins_this_version() -> None:
    version = re.search(
        r'^version = "(.*)"$', (TOP / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert version
    assert (STARTER / "requirements.txt").read_text(encoding="utf-8") == f"muniment[search]=={version[1]}\n"


def test_the_scripts_of_workflows_are_sound_shell() -> None:
    shell = shutil.which("bash")
    assert shell
    for file in [*workflows(TOP), *workflows(STARTER)]:
        for script in scripts(file.read_text(encoding="utf-8")):
            done = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True)
            assert done.returncode == 0, (file, script, done.stderr)
    assert subprocess.run([shell, "-n", str(TOP / ".ci/run")]).returncode == 0


def scripts(text: str) -> list[str]:
    """The `run:` steps of a workflow, each as a script."""
    blocks = re.findall(r"^( *)(?:- )?run: \|\n((?:\1 +.*\n|\n)+)", text, re.MULTILINE)
    return [block for _, block in blocks] + re.findall(r"run: ([^|\n].*)", text)


def test_every_command_in_the_starter_exists() -> None:
    from muniment.cli import muniment

    files = [
        *workflows(STARTER),
        *(STARTER / name for name in (".gitlab-ci.yml", ".pre-commit-config.yaml", "README.md")),
    ]
    used = {
        name
        for file in files
        for name in re.findall(
            r"muniment\"? ([a-z]+)\b(?=[^:]*$)", file.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert "check" in used
    context = muniment.make_context("muniment", [], resilient_parsing=True)
    assert used <= set(muniment.list_commands(context)), used


def test_every_report_of_the_daily_run_exists() -> None:
    text = (STARTER / ".github/workflows/scheduled.yml").read_text(encoding="utf-8")
    named = re.search(r"for name in ([a-z -]+); do", text)
    assert named
    assert set(named[1].split()) <= set(reports.catalogue())
