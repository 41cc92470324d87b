"""What numbers have been used for, from the landed line of history; the memory behind the NUM rules (B1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from muniment.history import Change, History


@dataclass(frozen=True)
class Life:
    """One stay of a record's file on main: the step that brought it, its versions, the step that took it away."""

    path: str
    began: str
    blobs: tuple[str, ...]
    ended: str = ""


@dataclass(frozen=True)
class Ledger:
    """Lives of the files of facts on the landed line, by number, and numbers that other branches hold.

    `complete` is false where history is cut short (shallow or partial clone), so that absence proves nothing.
    `tip` maps the paths of facts at the point from which the working tree departs to their blob ids.
    """

    lives: Mapping[str, tuple[Life, ...]] = field(default_factory=dict)
    tip: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complete: bool = True

    def last(self, number: str) -> Life | None:
        lives = self.lives.get(number)
        return lives[-1] if lives else None

    def highest(self, letters: str) -> Iterator[str]:
        """Every number with these letters that main or another branch has ever held."""
        yield from (number for number in (*self.lives, *self.elsewhere) if number[:2] == letters)


def number_of(path: str) -> str | None:
    """The number in the path of a record's facts, `None` for any other file."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".yaml")
    if name == stem or not path.startswith("records/") or not folder.endswith(f"/{stem}"):
        return None
    return None if path.startswith("records/policy/") else stem


def read(history: History, elsewhere: Iterable[tuple[str, Iterable[Change]]], *, complete: bool) -> Ledger:
    """`history` runs along the first parents of main; `elsewhere` is (branch, changes against main)."""
    open_lives: dict[str, tuple[str, list[str]]] = {}
    lives: dict[str, list[Life]] = {}
    for step in history.steps:
        for change in history.step_changes(step):
            number = number_of(change.path)
            if number is None:
                continue
            if not change.old or change.path not in open_lives:
                open_lives[change.path] = (step.id, [])
            began, blobs = open_lives[change.path]
            if change.new:
                blobs.append(change.new)
            else:
                del open_lives[change.path]
                lives.setdefault(number, []).append(Life(change.path, began, tuple(blobs), step.id))
    for path, (began, blobs) in open_lives.items():
        number = number_of(path)
        if number is not None:
            lives.setdefault(number, []).append(Life(path, began, tuple(blobs)))
    held: dict[str, list[str]] = {}
    for branch, changes in elsewhere:
        for change in changes:
            number = number_of(change.path)
            if number is not None and change.new and not change.old:
                held.setdefault(number, []).append(branch)
    return Ledger(
        {number: tuple(found) for number, found in lives.items()},
        {path: blobs[-1] for path, (_, blobs) in open_lives.items() if blobs},
        {number: tuple(branches) for number, branches in held.items()},
        complete,
    )
