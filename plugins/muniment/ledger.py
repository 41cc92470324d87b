"""What numbers have been used for, from the landed line of history; the memory behind the NUM rules (B1)."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from muniment.history import Change


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

    `reason` says why history is cut short (`shallow`, `partial`), so that absence proves nothing.
    `tip` maps the paths of facts at the point from which the working tree departs to their blob ids; `identities`
    tells, for those of `tip` that the working tree lacks, what they said (see `identity`). `moved` is what became of numbers
    that main has no more but whose record it has: old number -> the one that it bears now.
    """

    @property
    def complete(self) -> bool:
        return not self.reason

    lives: Mapping[str, tuple[Life, ...]] = field(default_factory=dict)
    tip: Mapping[str, str] = field(default_factory=dict)
    identities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

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


def identity(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells one record from another but for its number: type, creation and title."""
    title = data.get("title") or data.get("name") or ""
    return (str(data.get("type", "")), str(data.get("created", "")), str(title))


def blob_id(content: bytes) -> str:
    """The id that Git gives to a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def lives(landings: Iterable[tuple[str, Iterable[Change]]]) -> dict[str, tuple[Life, ...]]:
    """Lives by number, from the steps of main with their changes, oldest first."""
    begun: dict[str, tuple[str, list[str]]] = {}
    found: dict[str, list[Life]] = {}
    for step, changes in landings:
        for change in changes:
            number = number_of(change.path)
            if number is None:
                continue
            began, blobs = begun.setdefault(change.path, (step, []))
            if change.new:
                blobs.append(change.new)
            else:
                del begun[change.path]
                found.setdefault(number, []).append(Life(change.path, began, tuple(blobs), step))
    for path, (began, blobs) in begun.items():
        found.setdefault(number_of(path) or "", []).append(Life(path, began, tuple(blobs)))
    return {number: tuple(stays) for number, stays in found.items()}


@dataclass(frozen=True)
class Turn:
    """A step that took records from main, by number: the last versions of those that it took away, the versions that it
    replaced, and those that it brought, of which some are of records that are `new` on main.
    """

    gone: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    new: frozenset[str]


def turns(landings: Iterable[tuple[str, Iterable[Change]]]) -> tuple[Turn, ...]:
    """The steps in which a number may have changed, oldest first."""
    found = []
    for _, changes in landings:
        facts = [(number, each) for each in changes if (number := number_of(each.path)) is not None]
        if any(not each.new for _, each in facts):
            found.append(
                Turn(
                    {number: each.old for number, each in facts if not each.new},
                    {number: each.old for number, each in facts if each.old},
                    {number: each.new for number, each in facts if each.new},
                    frozenset(number for number, each in facts if not each.old),
                )
            )
    return tuple(found)


def moved(
    turned: Iterable[Turn], said: Mapping[str, tuple[str, ...]], here: Container[str]
) -> dict[str, str]:
    """Old number -> the one of the records `here` that bore it, over as many steps as it took. `said` is what versions said.

    What left main is what the same step brought with the same words; where only one left and one came, the day on which it
    was written is enough. Several may move up by one, each into the place of the next.
    """
    now: dict[str, str] = {}
    for turn in turned:
        onward = {number: to for number in turn.before if (to := _onward(turn, number, said))}
        now = {old: onward.get(number, number) for old, number in now.items()} | onward
    return {old: number for old, number in now.items() if old not in here and number in here}


def _onward(turn: Turn, number: str, said: Mapping[str, tuple[str, ...]]) -> str:
    """The number that a record bears after a step; empty where it is the same one, or where nobody can tell."""
    words = said.get(turn.before[number], ())
    if number in turn.after and said.get(turn.after[number], ()) == words:
        return ""
    alike = [other for other, blob in turn.after.items() if other != number and said.get(blob, ()) == words]
    if not alike and number in turn.gone and len(turn.gone) == len(turn.new) == 1:
        alike = [other for other in turn.new if said.get(turn.after[other], ())[:2] == words[:2]]
    return alike[0] if len(alike) == 1 and all(words[:2]) else ""


def held(branches: Iterable[tuple[str, Iterable[Change]]]) -> dict[str, tuple[str, ...]]:
    """Numbers that branches add to main, each with the names of those branches."""
    found: dict[str, list[str]] = {}
    for branch, changes in branches:
        for change in changes:
            number = number_of(change.path)
            if number is not None and change.new and not change.old:
                found.setdefault(number, []).append(branch)
    return {number: tuple(names) for number, names in found.items()}
