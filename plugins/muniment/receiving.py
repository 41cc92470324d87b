"""Receiving: what a server's hook lets onto main, judged before it is there.

Where no forge guards main, a bare repository's `pre-receive` hook does the same: main moves by one merge commit at a
time, and the merge must pass the check that a pull request passes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from muniment import audit, check, objects, project
from muniment.findings import Finding, Text
from muniment.history import Commit, Repository
from muniment.source import Document

_NONE = "0" * 40


@dataclass(frozen=True)
class Update:
    """One line of what git tells a hook: a reference moves from `old` to `new`; forty zeros stand for nothing."""

    old: str
    new: str
    ref: str


@dataclass(frozen=True)
class Answer:
    """Whether an update may happen: `refusal` says why not in a sentence, `findings` in particular."""

    refusal: Text | None = None
    findings: tuple[Finding, ...] = ()
    documents: Mapping[str, Document] | None = None

    @property
    def is_welcome(self) -> bool:
        return self.refusal is None and not any(finding.severity == "error" for finding in self.findings)


_DELETED = Text("{ref} is never deleted", "不得删除 {ref}")
_REWRITTEN = Text(
    "{ref} moves by one merge commit at a time, made with `git merge --no-ff` on top of what it is now",
    "{ref} 每次只能前进一个合并提交：请在其最新状态上执行 `git merge --no-ff`",
)
_CUT = Text(
    "no verdict: the server's repository is not whole ({missing})",
    "无法下结论：服务器上的仓库不完整（{missing}）",
)
_FAULTY = Text(
    "the history that would become {ref} does not stand the audit", "将成为 {ref} 的历史未通过审核"
)


def judge(git_dir: Path, update: Update, branch: str, today: str | None = None) -> Answer:
    """The answer to one update of a bare repository. Only `branch` is guarded; drafts may come and go elsewhere.

    Raises `GitFailure` where the objects cannot be read.
    """
    ref = f"refs/heads/{branch}"
    if update.ref != ref:
        return Answer()
    if update.new == _NONE:
        return _refused(_DELETED, ref=ref)
    kept = Repository(git_dir)
    if kept.limits.missing:
        return _refused(_CUT, missing=", ".join(kept.limits.missing))
    with _aside(kept, update) as root:
        here = Repository(root)
        if update.old == _NONE:
            return _beginning(here, ref)
        if not _is_merge_onto(here.commits([update.new])[update.new], update.old):
            return _refused(_REWRITTEN, ref=ref)
        loaded, changed, _ = project.load_pull(root, update.old, today)
        findings = check.of_pull(loaded.facts, loaded.faults, changed)
        return Answer(None, tuple(findings), loaded.facts.corpus.documents)


def _refused(words: Text, **params: str) -> Answer:
    return Answer(Text(words.render("en", params), words.render("zh", params)))


def _is_merge_onto(commit: Commit, old: str) -> bool:
    return len(commit.parents) == 2 and commit.parents[0] == old


def _beginning(here: Repository, ref: str) -> Answer:
    """The first push brings a whole history, which is audited from its first commit."""
    verdict = audit.audit(here, project.shipped_types())
    findings = tuple(check.sort(check.in_words(verdict.faults)))
    faulty = any(finding.severity == "error" for finding in findings)
    refusal = Text(_FAULTY.render("en", {"ref": ref}), _FAULTY.render("zh", {"ref": ref})) if faulty else None
    return Answer(refusal, findings)


@contextmanager
def _aside(kept: Repository, update: Update) -> Iterator[Path]:
    """A passing repository that sees the server's objects and those that git holds in quarantine during a push.

    What is judged is HEAD there; main is as the server has it, so that nothing of the push is believed yet.
    """
    stores = [kept.git_dir / "objects"]
    for name in ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"):
        stores += [kept.git_dir / part for part in os.environ.get(name, "").split(os.pathsep) if part]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        git_dir = objects.create(root, "received")
        lines = "".join(f"{store.resolve()}\n" for store in dict.fromkeys(stores) if store.is_dir())
        (git_dir / "objects" / "info" / "alternates").write_text(lines)
        refs = {name: commit for name, commit in kept.refs.items() if name != update.ref}
        if update.old != _NONE:
            refs[update.ref] = update.old
        for name, commit in {**refs, "refs/heads/received": update.new}.items():
            path = git_dir / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{commit}\n")
        yield root
