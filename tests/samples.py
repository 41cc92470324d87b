"""Lays a sample out as a real registry in a real repository, as the pages of the rules describe it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
WHO = {
    "GIT_AUTHOR_NAME": "林远",
    "GIT_AUTHOR_EMAIL": "yg0001@example.com",
    "GIT_COMMITTER_NAME": "林远",
    "GIT_COMMITTER_EMAIL": "yg0001@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(root: Path, *arguments: str, **env: str) -> str:
    """Run git in `root` as the first founder; `env` adds to or replaces the identity."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env={**os.environ, **WHO, **env},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def commit(root: Path, message: str, **env: str) -> str:
    """Commit everything in the working tree and return the new id."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message, **env)
    return git(root, "rev-parse", "HEAD").strip()


def base(root: Path, *more: Path) -> Path:
    """The minimal sound registry, committed on main; `more` are laid over it before the first commit."""
    shutil.copytree(SAMPLES / "base", root, dirs_exist_ok=True)
    for step in more:
        overlay(step, root)
    (root / ".gitattributes").write_text("* -text\n")
    return begin(root)


def begin(root: Path) -> Path:
    """A repository whose first commit holds what lies there."""
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(
        root, "开始登记", GIT_AUTHOR_DATE="2026-01-05T09:00+0800", GIT_COMMITTER_DATE="2026-01-05T09:00+0800"
    )
    return root


def lay_out(sample: Path, root: Path) -> Path:
    """A sample over the base: numbered folders are committed one after the other, the last stays uncommitted.

    A folder `1@name` is committed on a branch of that name instead, and main goes on without it.
    """
    base(root)
    steps = sorted(
        (folder for folder in sample.iterdir() if folder.name[:1].isdigit()),
        key=lambda path: int(path.name.partition("@")[0]),
    )
    for step in steps or [sample]:
        branch = step.name.partition("@")[2]
        if step != (steps or [sample])[0]:
            commit(root, "上一步")
        if branch:
            git(root, "checkout", "--quiet", "-b", branch)
        overlay(step, root)
        if branch:
            commit(root, "另一个分支")
            git(root, "checkout", "--quiet", "main")
    return root


def overlay(step: Path, root: Path) -> None:
    """Copy a step's files over the registry and carry out its `.removed` and `.special` lists."""
    shutil.copytree(
        step,
        root,
        dirs_exist_ok=True,
        symlinks=True,
        ignore=shutil.ignore_patterns(".removed", ".special"),
        copy_function=shutil.copy,  # git overlooks a change of equal length under an old time
    )
    for line in _lines(step / ".removed"):
        target = root / line
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    for line in _lines(step / ".special"):
        kind, *rest = line.split()
        _make_special(root, kind, rest)


def _make_special(root: Path, kind: str, rest: list[str]) -> None:
    """What files cannot show: `kind`, then what it needs, then the path."""
    if kind == "first":  # the first commit holds everything up to here
        shutil.rmtree(root / ".git")
        begin(root)
        return
    target = root / rest[-1]
    target.parent.mkdir(parents=True, exist_ok=True)
    if kind == "fifo":
        os.mkfifo(target)
    elif kind == "gitdir":
        git(root, "init", "--quiet", str(target))
    elif kind == "shallow":
        (root / ".git" / "shallow").write_text(git(root, "rev-parse", "HEAD"))
    elif kind == "symlink":
        target.symlink_to(rest[0])
    elif kind == "chmod":
        target.chmod(int(rest[0], 8))
    elif kind == "copy":
        shutil.copyfile(root / rest[0], target)  # two names that some file systems cannot hold at once
    elif kind == "pad":
        target.write_bytes(target.read_bytes().ljust(int(rest[0]), b"#"))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line.strip()] if path.exists() else []


def fingerprint(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file below `root` with mode, time and content, to show that nothing was written."""
    found = {}
    for path in sorted(root.rglob("*")):
        known = path.lstat()
        readable = stat.S_ISREG(known.st_mode) and os.access(path, os.R_OK)
        # A trial merge renews the time of objects that it meets again, as git does everywhere.
        is_object = path.is_relative_to(root / ".git" / "objects")
        found[str(path.relative_to(root))] = (
            known.st_mode,
            0 if is_object else known.st_mtime_ns,
            path.read_bytes() if readable else b"",
        )
    return found
