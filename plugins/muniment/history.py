"""What Git knows, read in a few passes, as plain values; the only module that runs git.

Whatever a clone under audit may have been prepared with (variables, configuration, hooks, replace refs, grafts,
mailmap, attributes) must not change what is read here: commits are parsed from their raw bytes, differences come
from plumbing, and no text that git formats for people is trusted.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import git

EMPTY = "0" * 40
# The repository's own configuration may name programs and change what plumbing prints.
_PLAIN = (
    "-c", "safe.directory=*",
    "-c", "core.quotePath=false",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.attributesFile=/dev/null",
    "-c", "core.commitGraph=false",
    "-c", "diff.orderFile=/dev/null",
    "-c", "gc.auto=0",
)  # fmt: skip
_OWN = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}

_REPLACED = "refs/replace/"

# What a caller's environment may hold (hooks set it) and a person's own git must not: another repository, another author.
_LEADING_ASTRAY = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"),
    *("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"),
)


class GitFailure(Exception):
    """Git could not do what was asked; `command` and what it said, for people who know it."""

    def __init__(self, command: str, said: str) -> None:
        super().__init__(f"git {command}: {said}")
        self.command = command
        self.said = said


class GitMissing(Exception):
    """There is no git program on this machine."""


class UnknownRevision(GitFailure):
    """A name that is no commit of this repository."""


class Signatory(
    NamedTuple
):  # not a frozen dataclass: a history has ten thousands of these, and they cost four times as much
    """Author or committer line: `when` in seconds since 1970, `zone` as `+0800`."""

    name: str
    email: str
    when: int
    zone: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as its raw object states it."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Signatory
    committer: Signatory
    message: str
    raw: bytes = field(repr=False)

    @property
    def subject(self) -> str:
        return self.message.strip().partition("\n")[0]


class Change(NamedTuple):
    """One file that differs between a parent and a commit; `""` for the id and mode of a side without it."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str


@dataclass(frozen=True)
class History:
    """Commits, newest first (topological order), each with its difference to every parent.

    `changes[id]` has one entry a parent, in the order of `parents`; a root commit has one, against nothing.
    """

    head: str
    commits: Mapping[str, Commit]
    changes: Mapping[str, tuple[tuple[Change, ...], ...]]

    @cached_property
    def steps(self) -> tuple[Commit, ...]:
        """The first-parent line from the oldest commit known to `head`: how main moved."""
        steps = []
        commit = self.commits.get(self.head)
        while commit is not None:
            steps.append(commit)
            commit = self.commits.get(commit.parents[0]) if commit.parents else None
        return tuple(reversed(steps))

    @property
    def landings(self) -> list[tuple[str, tuple[Change, ...]]]:
        """Every step of main with what it changed, oldest first."""
        return [(step.id, self.step_changes(step)) for step in self.steps]

    def step_changes(self, commit: Commit) -> tuple[Change, ...]:
        """What a step of main changed against its first parent."""
        return self.changes[commit.id][0]


@dataclass(frozen=True)
class Limits:
    """Why a clone cannot prove everything: `missing` parts end a verdict; `replaced` names and the commits to which
    `grafts` give other parents are not followed.
    """

    missing: tuple[str, ...]
    replaced: tuple[str, ...]
    grafts: tuple[str, ...] = ()


def _grafts(common: Path) -> tuple[str, ...]:
    """The commits that `info/grafts` names; git 2 still follows the file unless it is told not to."""
    try:
        lines = (common / "info" / "grafts").read_text(errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(line.split()[0] for line in lines if line.strip() and not line.startswith("#"))


def _clean_environment() -> dict[str, str]:
    """No GIT_* variable of the caller (hooks set them, attackers may) reaches the git that we start."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _OWN


def _started(
    root: Path, arguments: Sequence[str], given: IO[bytes] | int, out: IO[bytes] | int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            ["git", *_PLAIN, *arguments],
            cwd=root,
            env=_clean_environment(),
            stdin=given,
            stdout=out,
            stderr=subprocess.PIPE,
        )
    except FileNotFoundError as problem:
        raise GitMissing from problem


def _finished(
    arguments: Sequence[str], code: int, out: bytes, said: bytes, fine: tuple[int, ...] = (0,)
) -> bytes:
    if code not in fine:
        raise GitFailure(arguments[0], said.decode("utf-8", "replace").strip())
    return out


def _git(root: Path) -> git.Git:
    """Git as its user has set it up. Loaded late: reading a history does without."""
    # A machine without Git is told so when Git is needed, not by an exception while this is imported.
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    import git

    return git.Git(str(root))


_SHA1 = 40  # letters of an id
_BARE = {
    "sha1": "[core]\n\trepositoryformatversion = 0\n\tbare = true\n",
    "sha256": "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n",
}
_LISTING = ("ls-tree", "-r", "-z", "--full-tree")


class Repository:
    """The Git repository whose top is the registry's root; a bare repository for a server's hook."""

    def __init__(self, root: Path, places: tuple[Path, Path, Path | None] | None = None) -> None:
        """`places` as git would tell them, if they are known. Raises `GitFailure` where there is no repository at `root`."""
        self.root = root
        # Several parts of a run ask for the same commit, which never changes.
        self._listed: tuple[str, Mapping[str, tuple[str, str]]] | None = None
        self._expected: dict[str, Callable[[], bytes]] = {}
        self.git_dir, self._common, self._work = places or self._places()

    def _run(self, *arguments: str, given: bytes | None = None, fine: tuple[int, ...] = (0,)) -> bytes:
        with _started(self.root, arguments, subprocess.PIPE if given else subprocess.DEVNULL) as process:
            out, said = process.communicate(given or None)
        return _finished(arguments, process.returncode, out, said, fine)

    def _begin(
        self, *arguments: str, given: bytes = b"", fine: tuple[int, ...] = (0,)
    ) -> Callable[[], bytes]:
        """Start git and go on meanwhile, since there is more than one processor; what is returned waits for it, like `_run`.

        It reads and writes files: through a pipe it would only go as fast as somebody reads along.
        """
        out = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been waited for
        with tempfile.TemporaryFile() as asked:
            asked.write(given)
            asked.seek(0)
            process = _started(self.root, arguments, asked, out)

        def wait() -> bytes:
            with out, process:
                _, said = process.communicate()
                out.seek(0)
                return _finished(arguments, process.returncode, out.read(), said, fine)

        return wait

    def _places(self) -> tuple[Path, Path, Path | None]:
        """The git folder, the one that its worktrees share, and the top of the working tree: none in a bare repository."""
        asked = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel")
        told = self._run("rev-parse", *asked, fine=(0, 128)).split(b"\n")[:-1]
        if len(told) not in (2, 3):  # no repository, or a folder whose name has lines
            told = [self._run("rev-parse", each).rstrip(b"\n") for each in asked[:2]]
            told += filter(None, [self._run("rev-parse", asked[2], fine=(0, 128)).rstrip(b"\n")])
        own, common, *rest = (Path(os.fsdecode(each)) for each in told)
        return own, common if common.is_absolute() else self.root / common, next(iter(rest), None)

    @property
    def top(self) -> Path:
        """Where the working tree begins; the git folder itself for a bare repository."""
        return self._work or self.git_dir

    def resolve(self, name: str) -> str:
        """The id of the commit called `name`; raises `UnknownRevision`."""
        try:
            found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except GitFailure as failure:
            raise UnknownRevision("rev-parse", f"no commit is called {name}") from failure
        return found.decode("ascii").strip()

    @cached_property
    def head(self) -> str | None:
        """The id of HEAD, `None` before the first commit. Raises `GitFailure` where its commit cannot be read."""
        try:
            return self.resolve("HEAD")
        except UnknownRevision:
            try:
                named = self._run("rev-parse", "--verify", "--quiet", "HEAD").decode("ascii").strip()
            except GitFailure:
                return None
            raise GitFailure("rev-parse", f"the commit of HEAD, {named}, cannot be read") from None

    @cached_property
    def branch(self) -> str:
        """The branch that is checked out, empty on a detached HEAD."""
        for _, name, is_here in self._named:
            if is_here:
                return name.removeprefix("refs/heads/")
        try:
            return os.fsdecode(self._run("symbolic-ref", "--quiet", "--short", "HEAD")).strip()
        except GitFailure:
            return ""

    @cached_property
    def refs(self) -> Mapping[str, str]:
        """Local and remote-tracking branches: full name to commit id."""
        branches = [pair for pair in self._named if not pair[1].startswith(_REPLACED)]
        return {name: commit for commit, name, _ in branches if not name.endswith("/HEAD")}

    @cached_property
    def _named(self) -> tuple[tuple[str, str, bool], ...]:
        """Branches and replace refs: the id, the full name, whether HEAD stands there."""
        form = "--format=%(HEAD)%(objectname) %(refname)"
        listed = self._run("for-each-ref", form, "refs/heads", "refs/remotes", "refs/replace")
        lines = [line for line in os.fsdecode(listed).split("\n") if line]
        parts = [(line[1:].split(" ", 1), line[0] == "*") for line in lines]
        return tuple((commit, name, is_here) for (commit, name), is_here in parts)

    @cached_property
    def main(self) -> str | None:
        """The id of the landed line: `main` here, else where it was fetched, else HEAD."""
        for name in (
            "refs/heads/main",
            "refs/remotes/origin/main",
            "refs/heads/master",
            "refs/remotes/origin/master",
        ):
            if name in self.refs:
                return self.refs[name]
        return self.head

    def at(self, commit: str) -> Repository:
        """This repository as if `commit` were the last one: its HEAD and its main, with no branch beside it."""
        past = copy(self)
        past.__dict__.update(head=commit, main=commit, branch="", refs=MappingProxyType({}))
        return past

    def bundle(self, commit: str) -> bytes:
        """The whole history up to `commit` in one file, which `git clone` reads; its only branch is `main`."""
        with tempfile.TemporaryDirectory() as folder:
            bare = self.borrower(Path(folder))
            bare._run("update-ref", "refs/heads/main", commit)
            bare._run("symbolic-ref", "HEAD", "refs/heads/main")
            # One thread, so that the same history packs into the same bytes.
            bare._run(
                "-c", "pack.threads=1", "bundle", "create", "--quiet", f"{folder}/main.bundle", "HEAD", "main"
            )
            return Path(folder, "main.bundle").read_bytes()

    def line(self, head: str) -> Mapping[str, int]:
        """The commits that main went through on its way to `head`, oldest first, with their committers' times."""
        listed = self._run("rev-list", "--first-parent", "--reverse", head).decode("ascii").split()
        return {commit.id: commit.committer.when for commit in self.commits(listed).values()}

    @cached_property
    def object_format(self) -> str:
        """How objects are named: `sha1` or `sha256`."""
        for known, _, _ in self._named:
            return "sha1" if len(known) == _SHA1 else "sha256"
        return self._run("rev-parse", "--show-object-format").decode("ascii").strip()

    @cached_property
    def limits(self) -> Limits:
        """What this clone lacks (shallow, partial) and what it would have us believe (replace refs, grafts)."""
        common, missing = self._common, []
        if (common / "shallow").exists() and (common / "shallow").stat().st_size:
            missing.append("shallow")
        if any((common / "objects" / "pack").glob("*.promisor")):
            missing.append("partial")
        replaced = tuple(name for _, name, _ in self._named if name.startswith(_REPLACED))
        return Limits(tuple(missing), replaced, _grafts(common))

    def history(self, head: str, *, without: Sequence[str] = (), first_parent: bool = False) -> History:
        """All commits reachable from `head` and not from `without`, in three processes whatever their number."""
        arguments = ["rev-list", "--topo-order", "--parents", *(["--first-parent"] if first_parent else [])]
        listed = (
            self._run(*arguments, head, *(f"^{commit}" for commit in without)).decode("ascii").splitlines()
        )
        pairs: list[tuple[str, str]] = []
        for line in listed:
            commit, *parents = line.split()
            pairs += [(commit, parent) for parent in (parents[:1] if first_parent else parents)] or [
                (commit, "")
            ]
        differences = self._differences(pairs)
        commits = self.commits([line.split(" ", 1)[0] for line in listed])
        changes: dict[str, list[tuple[Change, ...]]] = {}
        for (commit, _), found in zip(pairs, differences(), strict=True):
            changes.setdefault(commit, []).append(found)
        return History(head, commits, {commit: tuple(found) for commit, found in changes.items()})

    def landings(self, head: str, paths: Sequence[str]) -> Callable[[], list[tuple[str, tuple[Change, ...]]]]:
        """Have git begin to look for the steps of main up to `head` that touched one of `paths`; what is returned gives them,
        oldest first, each with its changes.

        Only along first parents may git be asked for paths: elsewhere it leaves out commits that matter.
        """
        if not paths:
            return list
        asked = ("rev-list", "--first-parent", "--reverse", "--stdin")
        wait = self._begin(*asked, given=_asked(head, paths))
        return lambda: self._landed(wait().decode("ascii").split())

    def _landed(self, ids: Sequence[str]) -> list[tuple[str, tuple[Change, ...]]]:
        commits = self.commits(ids)
        pairs = [(commit.id, commit.parents[0] if commit.parents else "") for commit in commits.values()]
        return [
            (commit, changes) for (commit, _), changes in zip(pairs, self.differences(pairs), strict=True)
        ]

    def touching(self, head: str, paths: Sequence[str]) -> tuple[str, ...]:
        """The commits up to `head` that wrote one of `paths`, newest first; for people to look at, not for a verdict."""
        listed = self._run("rev-list", "--stdin", given=_asked(head, paths))
        return tuple(listed.decode("ascii").split())

    def differences(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[Change, ...]]:
        """The changed files from the second to the first commit of each pair (an empty one is nothing)."""
        return self._differences(pairs)()

    def _differences(self, pairs: Sequence[tuple[str, str]]) -> Callable[[], Iterator[tuple[Change, ...]]]:
        """Have git begin to look; what is returned gives what it has found."""
        if not pairs:
            return lambda: iter(())
        given = "".join(f"{commit} {parent}".rstrip() + "\n" for commit, parent in pairs).encode("ascii")
        options = ("--stdin", "-r", "--raw", "-z", "--root", "--no-renames", "--always", "--no-abbrev")
        wait = self._begin("diff-tree", *options, "--ignore-submodules=none", given=given)
        return lambda: _per_pair(wait())

    def between(self, old: str, new: str) -> tuple[Change, ...]:
        """The changed files from one tree to another."""
        options = ("-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none")
        tokens = iter(self._run("diff-tree", *options, old, new).split(b"\0"))
        return tuple(_change(token, next(tokens)) for token in tokens if token)

    def commits(self, ids: Sequence[str]) -> dict[str, Commit]:
        """Parsed commits by id, in the order given."""
        return {commit: parse_commit(commit, raw) for commit, raw in self._objects(ids)}

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Contents by id; raises `GitFailure` where one is missing, as in a partial clone."""
        return dict(self._objects(list(dict.fromkeys(ids))))

    def _objects(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if not ids:
            return
        out = self._run("cat-file", "--batch", given="".join(f"{name}\n" for name in ids).encode())
        at = 0
        for name in ids:
            end = out.index(b"\n", at)
            header = out[at:end].split(b" ")
            if len(header) != 3:
                raise GitFailure("cat-file", f"object {name} is missing")
            size = int(header[2])
            content = out[end + 1 : end + 1 + size]
            # Git trusts the packs of a clone; one that was prepared may hold other bytes under a known name.
            if _name(header[1], content, len(name)) != name:
                raise GitFailure("cat-file", f"object {name} holds other bytes than its name says")
            yield name, content
            at = end + 2 + size

    def expect(self, revision: str) -> None:
        """Have git begin to list the `files` of a commit, which will be asked for."""
        self._expected[revision] = self._begin(*_LISTING, revision)

    def files(self, revision: str) -> Mapping[str, tuple[str, str]]:
        """Every file of a commit or tree: path to (mode, blob id)."""
        if self._listed is None or self._listed[0] != revision:
            begun = self._expected.pop(revision, None)
            listed = os.fsdecode(begun() if begun else self._run(*_LISTING, revision))
            found = {}
            for entry in listed.split("\0"):
                if entry:
                    head, _, path = entry.partition("\t")
                    found[path] = (head[:6], head[head.rindex(" ") + 1 :])
            self._listed = revision, found
        return self._listed[1]

    def mentions(self, tree: str, words: Iterable[str]) -> Callable[[], tuple[str, ...]]:
        """Have git begin to look for the files of facts in a commit or tree that bear one of some words, as git finds text; what
        is returned gives their paths.
        """
        wanted = "\n".join(sorted(words))
        if not wanted:
            return tuple
        options = ("-l", "-z", "-F", "--full-name", "-f", "-")
        places = (":(top,glob)records/**/*.yaml", ":(top,exclude,glob)records/**/acts/**")
        wait = self._begin("grep", *options, tree, "--", *places, given=wanted.encode(), fine=(0, 1))
        return lambda: tuple(entry.partition(":")[2] for entry in os.fsdecode(wait()).split("\0") if entry)

    def merge_base(self, one: str, other: str) -> str | None:
        try:
            return self._run("merge-base", one, other).decode("ascii").split("\n")[0] or None
        except GitFailure:
            return None

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether `other` descends from `one` (or is it)."""
        try:
            self._run("merge-base", "--is-ancestor", one, other)
        except GitFailure:
            return False
        return True

    def borrower(self, folder: Path) -> Repository:
        """A bare repository made in `folder` that has our objects; what is written there does not come to us."""
        # As `git init --bare` would leave it, without asking git three times.
        for name in ("objects/info", "refs/heads"):
            (folder / name).mkdir(parents=True)
        (folder / "HEAD").write_bytes(b"ref: refs/heads/main\n")
        (folder / "config").write_text(_BARE[self.object_format], encoding="ascii")
        borrowed = os.fsencode((self._common / "objects").resolve())
        (folder / "objects/info/alternates").write_bytes(borrowed + b"\n")
        return Repository(folder, (folder, folder, None))

    @contextmanager
    def merged(self, ours: str, theirs: str) -> Iterator[tuple[Repository, str, tuple[str, ...]]]:
        """A passing repository that holds the merge of `theirs` into `ours`, its tree, and the paths in conflict.

        Merged in an empty bare repository that borrows our objects: `.gitattributes` of the branch under
        test (`merge=union`) would otherwise hide a conflict, and nothing is written into ours.
        """
        with tempfile.TemporaryDirectory() as folder:
            bare = self.borrower(Path(folder))
            options = ("--write-tree", "--allow-unrelated-histories", "-z", "--name-only", "--no-messages")
            out = bare._run("merge-tree", *options, ours, theirs, fine=(0, 1))
            tree, *names = os.fsdecode(out).split("\0")
            yield bare, tree.strip(), tuple(dict.fromkeys(name for name in names if name))


# -- Writing ------------------------------------------------------------------------------------------------


class Desk:
    """The working tree of a person, written with that person's own git: name, signing and hooks as set up there.

    What it makes stands in a passing repository first and comes into ours by one command of git, so a run that is cut off
    leaves no half of it behind.
    """

    def __init__(self, repository: Repository) -> None:
        self.reader = repository
        self._git = _git(repository.root)

    def _run(
        self, *arguments: str, given: bytes | None = None, env: Mapping[str, str] = MappingProxyType({})
    ) -> bytes:
        with _own_environment():
            process = self._git.execute(
                ["git", "-c", "i18n.commitEncoding=UTF-8", *arguments],
                as_process=True,
                istream=-1 if given is not None else None,
                env={"GIT_REFLOG_ACTION": "muniment", **env},
            )
        out, said = process.proc.communicate(given)  # type: ignore[union-attr]  # as_process gives a process
        if process.proc.returncode:  # type: ignore[union-attr]  # as_process makes it
            raise GitFailure(arguments[0], said.decode("utf-8", "replace").strip())
        return bytes(out)

    @property
    def locks(self) -> tuple[Path, ...]:
        """Locks that other runs of git hold, or have left behind."""
        folder = self.reader.git_dir
        named = (folder / name for name in ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock"))
        return tuple(path for path in (*named, *(folder / "refs").rglob("*.lock")) if path.exists())

    def uncommitted(self, folder: str) -> tuple[str, ...]:
        """Files in a folder that the last commit does not hold as they are, ignored ones included."""
        options = ("--porcelain=v1", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames")
        listed = self._run(
            "status", *options, "--", f":(top,literal){folder}", env={"GIT_OPTIONAL_LOCKS": "0"}
        )
        return tuple(entry[3:] for entry in os.fsdecode(listed).split("\0") if entry)

    @contextmanager
    def drafted(
        self, parent: str, files: Mapping[str, bytes], message: str
    ) -> Iterator[tuple[Repository, str]]:
        """A commit over `parent` that adds `files`, and the passing repository that holds it; ours is as it was.

        The person's `pre-commit` and `commit-msg` hooks have seen it; `take` brings it in.
        """
        with tempfile.TemporaryDirectory() as folder:
            passing = self.reader.borrower(Path(folder))
            env = {"GIT_OBJECT_DIRECTORY": f"{folder}/objects", "GIT_INDEX_FILE": f"{folder}/index"}
            self._run("read-tree", parent, env=env)
            entries = b""
            for path, content in files.items():
                blob = self._run("hash-object", "-w", "--stdin", given=content, env=env).strip()
                entries += b"100644 " + blob + b"\t" + os.fsencode(path) + b"\0"
            self._run("update-index", "--add", "-z", "--index-info", given=entries, env=env)
            tree = self._run("write-tree", env=env).decode("ascii").strip()
            note = Path(folder, "COMMIT_EDITMSG")
            note.write_text(message, encoding="utf-8")
            self._hook("pre-commit", env=env)
            self._hook("commit-msg", str(note), env=env)
            signed = ("-S",) if is_true(identity(self.reader.root).get("commit.gpgsign")) else ()
            made = self._run("commit-tree", tree, "-p", parent, *signed, given=note.read_bytes(), env=env)
            yield passing, made.decode("ascii").strip()

    def take(self, drafted: Repository, commit: str, branch: str = "") -> None:
        """Bring a drafted commit in: on to the branch that is checked out, or on a new one, which is checked out then."""
        parents = drafted.commits([commit])[commit].parents
        wanted = "".join(f"{line}\n" for line in (commit, *(f"^{parent}" for parent in parents)))
        pack = drafted._run("pack-objects", "--quiet", "--stdout", "--revs", given=wanted.encode("ascii"))
        self._run("unpack-objects", "-q", given=pack)
        on = ("checkout", "-B", branch) if branch else ("merge", "--ff-only", "--no-verify-signatures")
        try:
            self._run(*on, "--quiet", commit)
            self._hook("post-commit")
        except GitFailure:
            # What a hook says of a deed that is done comes too late to undo it.
            if Repository(self.reader.root).head != commit:
                raise

    def _hook(self, name: str, *arguments: str, env: Mapping[str, str] = MappingProxyType({})) -> None:
        self._run("hook", "run", "--ignore-missing", name, "--", *arguments, env=env)

    @contextmanager
    def branched(self, branch: str) -> Iterator[None]:
        """Check out a new branch where we stand; when what follows fails, all branches are as they were."""
        before, known = self.reader.branch, self.reader.refs.get(f"refs/heads/{branch}")
        self._run("checkout", "--quiet", "-B", branch)
        try:
            yield
        except BaseException:
            self._run("checkout", "--quiet", before)
            undo = ("update-ref", f"refs/heads/{branch}", known) if known else ("branch", "-q", "-D", branch)
            self._run(*undo)
            raise

    def replace_branch(self, branch: str, files: Mapping[str, bytes], message: str) -> str:
        """Let a branch hold these files (names without folders) in one commit that has no parents and leaves no trace in a
        log, so that what it held before can be forgotten.
        """
        entries = b""
        for name, content in sorted(files.items()):
            blob = self._run("hash-object", "-w", "--stdin", given=content).strip()
            entries += b"100644 blob " + blob + b"\t" + os.fsencode(name) + b"\0"
        tree = self._run("mktree", "-z", given=entries).decode("ascii").strip()
        signed = ("-S",) if is_true(identity(self.reader.root).get("commit.gpgsign")) else ()
        made = self._run("commit-tree", tree, *signed, given=message.encode()).decode("ascii").strip()
        self._run("-c", "core.logAllRefUpdates=false", "update-ref", f"refs/heads/{branch}", made)
        return made

    def tracked(self, folder: str) -> frozenset[str]:
        """Files of a folder that git knows."""
        listed = self._run("ls-files", "-z", "--full-name", "--", f":(top,literal){folder}")
        return frozenset(path for path in os.fsdecode(listed).split("\0") if path)

    def move(self, old: str, new: str) -> None:
        """`git mv`: a file or folder with what git knows of it."""
        self._run("mv", "--", old, new)

    def restage(self, old: str, new: str) -> None:
        """What git knew in one folder it knows in another, as the files there stand."""
        self._run("rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", f":(top,literal){old}")
        self._run("add", "--", f":(top,literal){new}")

    def configure(self, values: Mapping[str, str]) -> None:
        """Set options of this clone alone, all or none."""
        before = {}
        try:
            for name, value in values.items():
                before[name] = self._configured(name)
                self._run("config", "--local", name, value)
        except BaseException:
            for name, earlier in before.items():
                if earlier is not None:
                    self._run("config", "--local", name, earlier)
                elif self._configured(name) is not None:
                    self._run("config", "--local", "--unset", name)
            raise

    def _configured(self, name: str) -> str | None:
        try:
            return os.fsdecode(self._run("config", "--local", "-z", "--get", name)).rstrip("\0")
        except GitFailure:
            return None


@contextmanager
def _own_environment() -> Iterator[None]:
    """The caller's environment without what would lead git elsewhere or make it commit as somebody else."""
    saved = {name: os.environ.pop(name) for name in _LEADING_ASTRAY if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(saved)


def signs(config: Mapping[str, str]) -> bool:
    """Whether git is set up to sign every commit with an SSH key."""
    has_key = "user.signingkey" in config or "gpg.ssh.defaultkeycommand" in config
    return is_true(config.get("commit.gpgsign")) and config.get("gpg.format") == "ssh" and has_key


def is_true(value: str | None) -> bool:
    """How git reads a yes; an option without a value is one."""
    return value is not None and value.lower() in ("", "true", "yes", "on", "1")


def _asked(head: str, paths: Sequence[str]) -> bytes:
    return (
        b"\n".join([head.encode("ascii"), b"--", *(b":(literal)" + os.fsencode(path) for path in paths)])
        + b"\n"
    )


def identity(root: Path) -> dict[str, str]:
    """What git is configured with for the person at this machine, by name (`user.email`, `user.signingkey`)."""
    from git.exc import GitError

    try:
        listed = _git(root).execute(["git", "config", "--list", "-z"], stdout_as_string=True)
    except GitError:
        return {}
    entries = (entry.partition("\n") for entry in str(listed).split("\0") if entry)
    return {name: value for name, _, value in entries}


def _name(kind: bytes, content: bytes, length: int) -> str:
    """The id that an object of these bytes has, in the format whose ids are that long."""
    digest = hashlib.sha1(usedforsecurity=False) if length == len(EMPTY) else hashlib.sha256()
    digest.update(b"%s %d\0" % (kind, len(content)))
    digest.update(content)
    return digest.hexdigest()


def _change(token: bytes, path: bytes) -> Change:
    """One entry of git's raw differences: `:<mode> <mode> <id> <id> <status>` and the path."""
    old_mode, new_mode, old, new, _ = token[1:].decode("ascii").split(" ")
    return Change(os.fsdecode(path), *(_given(value) for value in (old_mode, new_mode, old, new)))


def _per_pair(listed: bytes) -> Iterator[tuple[Change, ...]]:
    """The changes of each pair, from what `diff-tree --stdin` prints: the id of a commit before those of its pair."""
    tokens = iter(listed.split(b"\0"))
    found: list[Change] = []
    started = False
    for token in tokens:
        if token.startswith(b":"):
            found.append(_change(token, next(tokens)))
        elif token:
            if started:
                yield tuple(found)
            found, started = [], True
    yield tuple(found)


def _given(value: str) -> str:
    return value if value.strip("0") else ""


_NOBODY = Signatory("", "", 0, "+0000")
# As Git writes a commit; what follows may be a signature, but none of these again.
_USUAL = re.compile(
    rb"tree ([0-9a-f]+)\n((?:parent [0-9a-f]+\n)*)author ([^\n]*)\ncommitter ([^\n]*)(?:\n|\Z)"
)
_AGAIN = re.compile(rb"^(?:tree|parent|author|committer)(?:[ \n]|\Z)", re.MULTILINE)


def parse_commit(name: str, raw: bytes) -> Commit:
    """A commit from its raw bytes. Lines that are not as Git writes them leave empty values behind, and so do those that
    programs read differently: some take the first of two authors, some the last, some stop at a NUL.
    """
    head, _, message = raw.partition(b"\n\n")
    text = message.decode("utf-8", "replace")
    usual = _USUAL.match(head)
    if usual and b"\0" not in head and not _AGAIN.search(head, usual.end()):
        tree, lines, author, committer = usual.groups()
        parents = lines.decode("ascii").split()[1::2]
        return Commit(
            name, tree.decode("ascii"), tuple(parents), _signatory(author), _signatory(committer), text, raw
        )
    return _odd_commit(name, head, text, raw)


def _odd_commit(name: str, head: bytes, text: str, raw: bytes) -> Commit:
    tree, parents = "", []
    people = {b"author": _NOBODY, b"committer": _NOBODY}
    seen: set[bytes] = set()
    for line in head.split(b"\n"):
        key, _, value = line.partition(b" ")
        if key == b"parent":
            parents.append(value.decode("ascii", "replace"))
        elif key == b"tree" and not tree:
            tree = value.decode("ascii", "replace")
        elif key in people:
            unclear = key in seen or b"\0" in head
            seen.add(key)
            people[key] = _NOBODY if unclear else _signatory(value)
    return Commit(name, tree, tuple(parents), people[b"author"], people[b"committer"], text, raw)


def _signatory(value: bytes) -> Signatory:
    who, _, when = value.rpartition(b"> ")
    seconds, _, zone = when.partition(b" ")
    return Signatory(
        *_person(who),
        int(seconds) if seconds.isdigit() and len(seconds) < 16 else 0,
        zone.decode("ascii", "replace") or "+0000",
    )


@lru_cache(maxsize=1 << 10)
def _person(who: bytes) -> tuple[str, str]:
    """Name and address; few people make many commits."""
    name, _, email = who.partition(b"<")
    return name.decode("utf-8", "replace").strip(), email.decode("utf-8", "surrogateescape")
