"""The clone under audit: cut short, added to, prepared with settings, programs, variables and false objects."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from console import run
from muniment import audit, project
from muniment.history import GitFailure, Repository, UnknownRevision

from .world import World, body, caught, demand, folder, name_of, published, shown, told

DOCUMENT = "JS2026001"


def git(root: Path, *arguments: str, given: bytes | None = None) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_PROTOCOL_FROM_USER": "1"}
    done = subprocess.run(["git", "-C", str(root), *arguments], env=clean, input=given, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def judge(root: Path) -> audit.Audit:
    return audit.audit(Repository(root), project.shipped_types())


def unpack(root: Path) -> None:
    """One file for each object, so that a test can get at one."""
    pack = next((root / ".git" / "objects" / "pack").glob("*.pack"))
    moved = shutil.move(pack, root / "aside.pack")
    pack.with_suffix(".idx").unlink()
    git(root, "unpack-objects", "-q", given=Path(moved).read_bytes())


def forged(world: World) -> World:
    """Main with an act in the name of another."""
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    world.merge(branch.act(DOCUMENT, "quality", "YG0004", committed_by="YG0007"))
    world.flush()
    return world


# Cut short


def test_a_shallow_clone(world: World, tmp_path: Path) -> None:
    root = published(world).flush()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "clone")
    assert judge(tmp_path / "clone").missing == ("shallow",)


def test_a_partial_clone(world: World, tmp_path: Path) -> None:
    root = published(world).flush()
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{root}", "clone")
    assert judge(tmp_path / "clone").missing == ("partial",)


@pytest.mark.parametrize("option", ["--bare", "--no-checkout"])
def test_a_clone_without_files_is_whole(world: World, tmp_path: Path, option: str) -> None:
    """The server's own copy, and one whose files nobody has looked at."""
    root = forged(world).root
    git(tmp_path, "clone", "--quiet", option, f"file://{root}", "clone")
    ran = run(tmp_path / "clone", "audit", "--format=json")
    assert ran.code == 1, ran.said
    assert "1-3-quality.yaml" in ran.out


def test_no_verdict_is_told_to_programs_as_well(world: World, tmp_path: Path) -> None:
    root = published(world).flush()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "clone")
    for question in (["audit"], ["check", "--base", "HEAD"]):
        ran = run(tmp_path / "clone", *question, "--format=json")
        assert ran.code == 3
        assert json.loads(ran.out)["summary"]["verdict"] == "none"


def test_a_repository_whose_objects_have_long_names(tmp_path: Path) -> None:
    """SHA-256: the merge is tried out in a passing repository, which has to name its objects the same way."""
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "long")
    git(tmp_path / "long", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x", "--allow-empty")
    repository = Repository(tmp_path / "long")
    head = str(repository.head)
    with repository.merged(head, head) as (_, made, conflicts):
        assert len(made) == 64
        assert not conflicts


def test_a_clone_of_one_branch_is_whole(world: World, tmp_path: Path) -> None:
    root = published(world).flush()
    git(tmp_path, "clone", "--quiet", "--single-branch", f"file://{root}", "clone")
    verdict = judge(tmp_path / "clone")
    assert not verdict.missing
    assert not verdict.faults
    assert verdict.head == world.main.tip


def test_grafts_are_not_followed(world: World) -> None:
    """A step that no chain allows is not hidden by other parents: neither from the audit nor from git as we ask it."""
    published(world)
    before = world.main.tip
    pull = world.branch().write({body(DOCUMENT): "# 改\n"})
    world.merge(pull)
    root = world.flush()
    grafts = root / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"# 嫁接\n{world.main.tip} {before}\n")
    found = world.audit()
    demand(found, "content-without-revision", DOCUMENT, "audit")
    assert [name_of(finding) for finding in found if finding.severity == "warning"] == ["grafted-commit"]
    assert world.main.tip[:12] in told(next(finding for finding in found if finding.severity == "warning"))


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "empty")
    assert judge(tmp_path / "empty").missing == ("empty",)
    with pytest.raises(UnknownRevision):
        project.load_pull(tmp_path / "empty", "main", "2026-03-02")


def test_an_object_that_is_missing(world: World) -> None:
    root = published(world).flush()
    unpack(root)
    blob = world.main.files[body(DOCUMENT)][1]
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitFailure):
        judge(root)


# Added to


def test_a_replaced_commit_is_not_followed(world: World) -> None:
    """The replacement would hide who made the act; what is judged is the object itself."""
    root = forged(world).flush()
    bad = git(
        root,
        "log",
        "--all",
        "--format=%H",
        "--grep=编辑",
        "-1",
        "--",
        f"{folder(DOCUMENT)}/acts/1-3-quality.yaml",
    )
    raw = git(root, "cat-file", "commit", bad) + "\n"
    mended = raw.replace("wu.lei@example.com", "sun.li@example.com")
    good = git(root, "hash-object", "-t", "commit", "-w", "--stdin", given=mended.encode())
    git(root, "replace", bad, good)
    found = world.audit()
    demand(found, "author-is-not-signer", "1-3-quality.yaml", "audit")
    assert [finding.severity for finding in found if "refs/replace" in str(finding.params)] == ["warning"]


def test_a_replaced_blob_is_not_followed(world: World) -> None:
    root = published(world).flush()
    blob = world.main.files[body(DOCUMENT)][1]
    other = git(root, "hash-object", "-w", "--stdin", given="别的\n".encode())
    git(root, "replace", blob, other)
    assert [finding.severity for finding in world.audit()] == ["warning"]


def test_objects_borrowed_from_elsewhere(world: World, tmp_path: Path) -> None:
    root = published(world).flush()
    git(tmp_path, "clone", "--quiet", "--shared", str(root), "clone")
    verdict = judge(tmp_path / "clone")
    assert not verdict.faults
    assert verdict.steps == 1


def test_an_object_that_holds_other_bytes_than_its_name(world: World, tmp_path: Path) -> None:
    """Git believes its own object store; whoever prepared the clone may have written into it."""
    root = published(world).flush()
    git(tmp_path, "clone", "--quiet", "--shared", str(root), "clone")
    blob = world.main.files[f"{folder(DOCUMENT)}/acts/1-3-quality.yaml"][1]
    text = world.contents[blob].replace(b"YG0004", b"YG0003")
    unpack(root)
    place = root / ".git" / "objects" / blob[:2]
    (place / blob[2:]).unlink()
    (place / blob[2:]).write_bytes(zlib.compress(b"blob %d\0" % len(text) + text))
    with pytest.raises(GitFailure, match=blob[:12]):
        judge(tmp_path / "clone")


# Settings, programs, variables


HOSTILE = """\
[core]
	repositoryformatversion = 0
	bare = false
	fsmonitor = touch {mark}
	hooksPath = {hooks}
	attributesFile = {hooks}/attributes
	pager = touch {mark}
	editor = touch {mark}
	sshCommand = touch {mark}
	quotePath = true
	useReplaceRefs = true
	commitGraph = true
[gpg]
	program = {hooks}/run
	format = ssh
[gpg "ssh"]
	program = {hooks}/run
	allowedSignersFile = {hooks}/signers
[diff]
	external = {hooks}/run
	renames = copies
	ignoreSubmodules = all
	noprefix = true
	orderFile = {hooks}/order
[diff "evil"]
	textconv = {hooks}/run
	command = {hooks}/run
[filter "evil"]
	clean = {hooks}/run
	smudge = {hooks}/run
	required = true
[merge "evil"]
	driver = {hooks}/run
[merge]
	renames = true
	default = evil
[log]
	showSignature = true
	mailmap = true
	follow = true
	excludeDecoration = *
[mailmap]
	file = {hooks}/mailmap
[color]
	ui = always
[alias]
	rev-list = !touch {mark}
	cat-file = !touch {mark}
[format]
	pretty = oneline
[i18n]
	logOutputEncoding = UTF-16
	commitEncoding = GBK
[include]
	path = {hooks}/more
[extensions]
	worktreeConfig = true
"""


@pytest.fixture
def hostile(world: World, tmp_path: Path) -> tuple[World, Path]:
    """A clone that does what it can to be believed; the file `mark` appears when one of its programs runs."""
    hooks, mark = tmp_path / "hooks", tmp_path / "mark"
    hooks.mkdir()
    run = f"#!/bin/sh\ntouch {mark}\necho good\nexit 0\n"
    for name in (
        "run",
        "pre-commit",
        "post-checkout",
        "reference-transaction",
        "post-index-change",
        "fsmonitor-watchman",
    ):
        (hooks / name).write_text(run)
        (hooks / name).chmod(0o755)
    (hooks / "attributes").write_text("* diff=evil filter=evil merge=evil\n")
    (hooks / "mailmap").write_text("孙丽 <sun.li@example.com> 吴磊 <wu.lei@example.com>\n")
    (hooks / "order").write_text("*.md\n")
    (hooks / "more").write_text("[core]\n\tabbrev = 4\n")
    (world.git_dir / "info").mkdir(exist_ok=True)
    (world.git_dir / "info" / "attributes").write_text("* merge=union diff=evil -text\n")
    (world.git_dir / "config").write_text(HOSTILE.format(mark=mark, hooks=hooks))
    return world, mark


def test_settings_of_the_clone_neither_hide_nor_run_anything(hostile: tuple[World, Path]) -> None:
    world, mark = hostile
    world.main.write({".mailmap": "孙丽 <sun.li@example.com> 吴磊 <wu.lei@example.com>\n"}, by="YG0001")
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", committed_by="YG0007")
    caught(branch, "author-is-not-signer", ["1-3-quality.yaml", "wu.lei@example.com"])
    assert not mark.exists()


def test_settings_of_the_clone_do_not_disturb_the_honest(hostile: tuple[World, Path]) -> None:
    world, mark = hostile
    branch = world.branch().draft().approve(DOCUMENT)
    assert not world.pull(branch), shown(world.pull(branch))
    assert not world.merge(branch).audit()
    assert not mark.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "/nowhere"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "/nowhere"),
        ("GIT_NAMESPACE", "other"),
        ("GIT_REPLACE_REF_BASE", "refs/heads/"),
        ("GIT_SHALLOW_FILE", "/dev/null"),
        ("GIT_GRAFT_FILE", "/nowhere"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_CONFIG_PARAMETERS", "'core.quotepath=true'"),
        ("GIT_CONFIG_COUNT", "broken"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_DEFAULT_HASH", "sha256"),
        ("GIT_TRACE", "1"),
        ("GIT_CEILING_DIRECTORIES", "/"),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_ATTR_SOURCE", "HEAD"),
    ],
)
def test_variables_do_not_matter(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    branch = forged(world).branch("next").draft("JS2026002").approve("JS2026002", "department")
    monkeypatch.setenv(name, value)
    demand(world.audit(), "author-is-not-signer", "1-3-quality.yaml", "audit")
    demand(world.pull(branch), "chain-not-whole", "JS2026002", "pull")
