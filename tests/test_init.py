"""`muniment init`: a registry that is sound from its first commit, or nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from console import run
from muniment import resources, starting
from samples import git

COMPANY = "青禾检测有限公司"
TODAY = "2026-11-23"
FOUNDERS = ("--founder", "王建国 <wang@qinghe.example.com>", "--founder", "李娜 <li@qinghe.example.com>")


def init(folder: Path, *arguments: str, lang: str = "zh") -> str:
    ran = run(folder, "init", "registry", *arguments, "--lang", lang, "--today", TODAY)
    assert ran.code == 0, ran
    return ran.err


def facts(root: Path, path: str) -> dict[str, object]:
    found = yaml.safe_load((root / path).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_registry_is_sound_and_committed_by_its_first_founder(tmp_path: Path, lang: str) -> None:
    said = init(tmp_path, "--company", COMPANY, *FOUNDERS, lang=lang)
    root = tmp_path / "registry"
    assert git(root, "log", "--format=%an <%ae> %cn %ad", "--date=iso").strip() == (
        f"王建国 <wang@qinghe.example.com> 王建国 {TODAY} 09:00:00 +0800"
    )
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "branch", "--show-current").strip() == "main"
    git(root, "fsck", "--strict")
    checked = run(root, "check", "--lang", "en", "--today", TODAY)
    assert (checked.code, "nothing to mend" in checked.err) == (0, True), checked
    assert not any((root / ".git/hooks").glob("*"))
    for command in ("cd registry", "muniment check", "muniment new"):
        assert command in said
    assert "--amend" not in said


def test_what_was_given_stands_in_the_files(tmp_path: Path) -> None:
    init(tmp_path, "--company", COMPANY, *FOUNDERS)
    root = tmp_path / "registry"
    organization = facts(root, "records/policy/organization/organization.yaml")
    assert organization["company"] == {"zh": COMPANY, "en": COMPANY}
    second = facts(root, "records/organization/staff/YG0002/YG0002.yaml")
    assert (second["name"], second["emails"]) == ("李娜", ["li@qinghe.example.com"])
    assert "wang@qinghe.example.com" in (root / "CODEOWNERS").read_text(encoding="utf-8")
    for path in git(root, "ls-files", "-z").split("\0"):
        if path:
            assert b"@COMPANY@" not in (root / path).read_bytes(), path
            assert b"@TODAY@" not in (root / path).read_bytes(), path


@pytest.mark.parametrize("name", ['A "B" & C: D', "back\\slash", "#1", "@x", "公司'", "no", "{a}", "--x"])
def test_names_that_yaml_could_misread_stay_what_they_are(tmp_path: Path, name: str) -> None:
    init(tmp_path, f"--company={name}", "--founder", f"{name} <a@x.example>", *FOUNDERS[2:])
    root = tmp_path / "registry"
    assert facts(root, "records/policy/organization/organization.yaml")["company"] == {"zh": name, "en": name}
    assert facts(root, "records/organization/staff/YG0001/YG0001.yaml")["name"] == name
    assert run(root, "check", "--today", TODAY).code == 0


def test_more_than_two_founders_become_staff(tmp_path: Path) -> None:
    init(tmp_path, "--company", COMPANY, *FOUNDERS, "--founder", "周敏 <zhou@qinghe.example.com>")
    root = tmp_path / "registry"
    assert facts(root, "records/organization/staff/YG0003/YG0003.yaml")["name"] == "周敏"
    assert run(root, "check", "--today", TODAY).code == 0


def test_without_a_terminal_it_says_what_to_replace(tmp_path: Path) -> None:
    said = init(tmp_path, lang="en")
    root = tmp_path / "registry"
    assert "records/organization/staff/YG0002/YG0002.yaml" in said
    assert "records/policy/organization/organization.yaml" in said
    assert "--amend" in said
    assert run(root, "check", "--today", TODAY).code == 0


def test_git_says_who_the_first_founder_is(tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = 沈砚\nemail = shen@x.example\n", encoding="utf-8")
    ran = run(tmp_path, "init", "registry", GIT_CONFIG_GLOBAL=str(config))
    assert ran.code == 0
    assert git(tmp_path / "registry", "log", "--format=%an %ae").strip() == "沈砚 shen@x.example"


def test_an_old_register_can_be_brought_along(tmp_path: Path) -> None:
    init(tmp_path, "--company", COMPANY, *FOUNDERS, "--importing")
    assert facts(tmp_path / "registry", "records/policy/review/review.yaml")["importing"] is True


def test_it_pins_the_version_that_made_it(tmp_path: Path) -> None:
    from importlib import metadata

    init(tmp_path, "--company", COMPANY, *FOUNDERS)
    pinned = (tmp_path / "registry/requirements.txt").read_text(encoding="utf-8")
    assert pinned == f"muniment[search]=={metadata.version('muniment')}\n"


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry/.hidden").write_text("x")
    ran = run(tmp_path, "init", "registry", "--company", COMPANY, *FOUNDERS, "--lang", "en")
    assert ran.code == 2
    assert "not empty" in ran.err
    assert [path.name for path in (tmp_path / "registry").iterdir()] == [".hidden"]


def test_an_empty_folder_is_used_and_so_is_the_current_one(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    assert run(tmp_path / "registry", "init", ".", "--company", COMPANY, *FOUNDERS).code == 0
    assert run(tmp_path / "registry", "check").code == 0


@pytest.mark.parametrize("was_there", [True, False])
def test_a_failure_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, was_there: bool
) -> None:
    from muniment.objects import Writer

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    target = tmp_path / "registry"
    if was_there:
        target.mkdir()
    monkeypatch.setattr(Writer, "check_out", full)
    for arguments in (("--company", COMPANY, *FOUNDERS), ("--demo",)):
        ran = run(tmp_path, "init", "registry", *arguments, "--lang", "en")
        assert ran.code == 2, ran
        assert "the disk is full" in ran.err
        assert target.exists() == was_there
        assert not was_there or not any(target.iterdir())


@pytest.mark.parametrize(
    "given",
    ["王建国", "<a@x.example>", "王建国 <nobody>", "王建国 a@x.example", "a <b@c> d", "甲 <a b@x.example>"],
)
def test_a_founder_has_a_name_and_an_address(tmp_path: Path, given: str) -> None:
    ran = run(tmp_path, "init", "registry", "--company", COMPANY, "--founder", given)
    assert ran.code == 2
    assert not (tmp_path / "registry").exists()


def test_a_company_that_no_record_can_hold_is_refused(tmp_path: Path) -> None:
    ran = run(tmp_path, "init", "registry", "--company", "x" * 500, *FOUNDERS)
    assert ran.code == 2
    assert not (tmp_path / "registry").exists()


def test_no_placeholder_of_the_starter_is_unknown() -> None:
    import re

    known = {
        "COMPANY",
        "TODAY",
        "IMPORTING",
        *(f"FOUNDER{n}_{part}" for n in (1, 2) for part in ("NAME", "EMAIL")),
    }
    for path in resources.path("starter").rglob("*"):
        if path.is_file():
            assert set(re.findall(r"@([A-Z][A-Z0-9_]+)@", path.read_text(encoding="utf-8"))) <= known, path


def test_the_same_day_gives_the_same_commit(tmp_path: Path) -> None:
    ids = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        init(tmp_path / name, "--company", COMPANY, *FOUNDERS)
        ids.append(git(tmp_path / name / "registry", "rev-parse", "HEAD"))
    assert ids[0] == ids[1]


def test_the_demonstration_is_sound(tmp_path: Path) -> None:
    """That it builds, `test_packaging.py` tries with the wheel."""
    said = init(tmp_path, "--demo")
    root = tmp_path / "registry"
    assert "muniment build" in said
    assert run(root, "check").code == 0
    assert git(root, "status", "--porcelain") == ""
    assert int(git(root, "rev-list", "--count", "HEAD")) > 100


@pytest.mark.slow
def test_mkdocs_builds_a_new_registry_strictly(tmp_path: Path) -> None:
    init(tmp_path, "--company", COMPANY, *FOUNDERS)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=tmp_path / "registry", capture_output=True, text=True, check=False, env={**os.environ},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    home = (tmp_path / "registry/site/index.html").read_text(encoding="utf-8")
    assert "从这里开始" in home
    # A policy is called by its name, not by its number.
    assert "审批制度 Review" in home


@pytest.mark.slow
def test_findings_stop_a_build_unless_it_is_a_draft(tmp_path: Path) -> None:
    init(tmp_path, "--company", COMPANY, *FOUNDERS)
    root = tmp_path / "registry"
    assert run(root, "new", "client").code == 0
    ran = run(root, "build", "--lang", "en")
    assert ran.code == 1
    assert "SCH009" in ran.out
    assert "--draft" in ran.err
    assert not (root / "site").exists()
    built = run(root, "build", "--draft")
    assert (built.code, "http.server" in built.err) == (0, True), built
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine").write_text("x")
    assert run(root, "build", "--draft", "--out", str(tmp_path / "full")).code == 2
    (root / "mkdocs.yml").write_text("site_name: [")
    ran = run(root, "build", "--draft")
    assert ran.code == 2, ran
    assert "Traceback" not in ran.err


def test_founders_are_read_from_a_line() -> None:
    person = starting.founder("  王 建国  < wang@x.example > ")
    assert person is not None
    assert (person.name, person.email) == ("王 建国", "wang@x.example")
