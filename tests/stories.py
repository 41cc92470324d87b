"""Samples whose fault lies in the commits: a `story.txt` says who committed which folder of the sample where.

One sentence a line; a name without quotes is a folder of the sample beside the story, or a branch:

    first holds before
    2026-05-04 YG0006 commits text to draft
    2026-05-05 YG0002 commits department to draft, signed
    2026-05-06 YG0003 commits technical to second from draft~1
    2026-05-07 YG0006 merges second into draft
    2026-05-08 YG0006 merges draft with extra
    2026-05-09 YG0006 squashes draft
    the auditor seals main
    main goes back to main~1
    somebody replaces main by main~1
    somebody grafts main onto main~2
    draft asks to be merged

A branch begins at main unless the sentence says from where. `signed` may be followed by `with the key of YG0003` or
`over another text`; `in the forge` has the forge's key sign. `merges draft, keeping its own` drops what the branch brings.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from muniment import audit, check, project, source, sshsig
from muniment.demo import keys
from muniment.findings import Finding
from samples import base, git, overlay

NAME = "story.txt"
FORGE = "forge@example.com"
_DATED = r"(?P<day>\d{4}-\d\d-\d\d) (?P<who>YG\d{4})"
_SIGNED = (
    r"(?:, (?P<signed>signed|in the forge)(?: with the key of (?P<key>\S+)| (?P<wrong>over another text))?)?"
)


@dataclass
class Telling:
    """A story while it is told: the repository so far, how many sentences were said, and the id that was sealed."""

    sample: Path
    root: Path
    said: int = 0
    seal: str | None = None
    asked: bool = False

    def env(self, day: str, who: str, signed: str = "") -> dict[str, str]:
        """Who commits, and when: a few minutes later than the sentence before."""
        time = f"{day}T10:{self.said:02d}:00+0800"
        path = f"records/organization/staff/{who}/{who}.yaml"
        person = source.load(path, (self.root / path).read_bytes()).document
        assert person is not None
        name, email = str(person.data["name"]), str(person.data["emails"][0])
        is_forge = signed == "in the forge"
        return {
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_AUTHOR_DATE": time,
            "GIT_COMMITTER_NAME": "forge" if is_forge else name,
            "GIT_COMMITTER_EMAIL": FORGE if is_forge else email,
            "GIT_COMMITTER_DATE": time,
        }


def tell(sample: Path, root: Path) -> Telling:
    """The repository that a sample's story makes at `root`."""
    lines = [line for line in (sample / NAME).read_text().splitlines() if line.strip()]
    held = re.fullmatch(r"first holds (\S+)", lines[0])
    base(root, *([sample / held[1]] if held else []))
    telling = Telling(sample, root)
    for line in lines[1:] if held else lines:
        telling.said += 1
        for pattern, say in _SENTENCES.items():
            found = re.fullmatch(pattern, line)
            if found:
                say(telling, **{name: value or "" for name, value in found.groupdict().items()})
                break
        else:
            raise ValueError(f"{sample / NAME}: what does {line!r} mean?")
    return telling


def findings(told: Telling, today: str) -> Iterator[Finding]:
    """What `audit` says of main, and `check --base main` of the branch that asks to be merged."""
    repository = project.open_repository(told.root)
    assert repository is not None
    verdict = audit.audit(repository, project.shipped_types(), told.seal)
    yield from check.in_words(verdict.faults)
    if told.asked:
        loaded, changed, missing = project.load_pull(told.root, "main", today)
        assert not missing
        yield from check.of_pull(loaded.facts, loaded.faults, changed)


def _commits(
    told: Telling, day: str, who: str, what: str, branch: str, start: str, signed: str, key: str, wrong: str
) -> None:
    env = told.env(day, who, signed)
    _go_to(told, branch, start or "main")
    overlay(told.sample / what, told.root)
    git(told.root, "add", "--all")
    git(told.root, "commit", "--quiet", "--message", what, **env)
    if signed:
        _sign(told.root, "forge" if signed == "in the forge" else key or who, b"x" if wrong else b"")


def _merges(told: Telling, day: str, who: str, branch: str, into: str, keeping: str, extra: str) -> None:
    env = told.env(day, who)
    _go_to(told, into or "main", "main")
    strategy = ["--strategy=ours"] if keeping else []
    git(told.root, "merge", "--quiet", "--no-ff", "--no-commit", *strategy, branch, **env)
    if extra:
        overlay(told.sample / extra, told.root)
        git(told.root, "add", "--all")
    git(told.root, "commit", "--quiet", "--message", f"merge {branch}", **env)


def _squashes(told: Telling, day: str, who: str, branch: str) -> None:
    _go_to(told, "main", "main")
    git(told.root, "merge", "--quiet", "--squash", branch)
    git(told.root, "commit", "--quiet", "--message", branch, **told.env(day, who))


def _seals(told: Telling) -> None:
    told.seal = git(told.root, "rev-parse", "main").strip()


def _goes_back(told: Telling, to: str) -> None:
    _go_to(told, "main", "main")
    git(told.root, "reset", "--quiet", "--hard", to)


def _replaces(told: Telling, what: str, by: str) -> None:
    git(told.root, "replace", what, by)


def _grafts(told: Telling, what: str, onto: str) -> None:
    ids = git(told.root, "rev-parse", what, onto).split()
    path = told.root / ".git" / "info" / "grafts"
    path.parent.mkdir(exist_ok=True)
    path.write_text(" ".join(ids) + "\n")


def _asks(told: Telling, branch: str) -> None:
    told.asked = True
    _go_to(told, branch, "main")


_SENTENCES: dict[str, Callable[..., None]] = {
    rf"{_DATED} commits (?P<what>\S+) to (?P<branch>[\w-]+)(?: from (?P<start>\S+?))?{_SIGNED}": _commits,
    rf"{_DATED} merges (?P<branch>[\w-]+)(?: into (?P<into>[\w-]+))?(?P<keeping>, keeping its own)?"
    r"(?: with (?P<extra>\S+))?": _merges,
    rf"{_DATED} squashes (?P<branch>[\w-]+)": _squashes,
    r"the auditor seals main": _seals,
    r"main goes back to (?P<to>\S+)": _goes_back,
    r"somebody replaces (?P<what>\S+) by (?P<by>\S+)": _replaces,
    r"somebody grafts (?P<what>\S+) onto (?P<onto>\S+)": _grafts,
    r"(?P<branch>[\w-]+) asks to be merged": _asks,
}


def _go_to(told: Telling, branch: str, start: str) -> None:
    known = git(told.root, "branch", "--list", branch).strip()
    git(told.root, "checkout", "--quiet", *([branch] if known else ["-b", branch, start]))


def _sign(root: Path, holder: str, instead: bytes) -> None:
    """Put a signature into the commit at HEAD; over `instead` where that is given."""
    raw = git(root, "cat-file", "commit", "HEAD").encode()
    armoured = sshsig.sign(instead or raw, keys.private(holder)).strip().replace("\n", "\n ")
    head, _, rest = raw.partition(b"\n\n")
    signed = head + b"\ngpgsig " + armoured.encode() + b"\n\n" + rest
    done = subprocess.run(
        ["git", "hash-object", "-w", "-t", "commit", "--stdin"],
        cwd=root,
        input=signed,
        check=True,
        capture_output=True,
    )
    git(root, "reset", "--quiet", "--soft", done.stdout.decode().strip())
