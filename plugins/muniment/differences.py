"""Differences: what was added to a text and what was taken out of it, by lines and within them, for people to read.

Nothing is lost: the pieces that are not `added` make the old text, those that are not `removed` the new one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeVar

Kind = Literal["same", "added", "removed"]
T = TypeVar("T")

# A word, a figure, a run of space; of Chinese each character, since nothing stands between its words.
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*|\s+|.", re.DOTALL
)
_WORD = re.compile(r"\w")
_LARGEST = (
    4_000_000  # comparisons; beyond, what stands between the common beginning and end counts as replaced
)
_PAIRS = 3_600  # lines of one changed part that are compared each with each
_ALIKE = 0.4  # below, two lines are not one line that was changed
_AROUND = 1  # lines left beside a change when what did not change is folded away
_WORTH = 3  # fewer lines than this are not worth folding


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without its end: `changed` where both texts have it in different words. `is_code` where it stands between
    fences, so that its spaces matter.
    """

    kind: Literal["same", "added", "removed", "changed"]
    pieces: tuple[Piece, ...]
    is_code: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines one below the other; those of a folded passage did not change and may be left out at first."""

    is_folded: bool
    lines: tuple[Line, ...]


def of_lines(old: str, new: str) -> tuple[Line, ...]:
    """The lines of both texts in reading order, each with what changed in it."""
    before, after = old.split("\n"), new.split("\n")
    found: list[Line] = []
    for start, end, other, stop, is_same in _blocks(before, after):
        if is_same:
            found += [Line("same", (Piece("same", line),)) for line in after[other:stop]]
        else:
            found += _paired(before[start:end], after[other:stop])
    return tuple(_with_code(found))


def _with_code(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines; each text has fences of its own."""
    inside = {"old": False, "new": False}
    for line in lines:
        sides = {"removed": ("old",), "added": ("new",)}.get(line.kind, ("old", "new"))
        is_fence = line.text.lstrip().startswith("```")
        yield replace(line, is_code=True) if is_fence or any(inside[side] for side in sides) else line
        for side in sides if is_fence else ():
            inside[side] = not inside[side]


def of_words(old: str, new: str) -> tuple[Piece, ...]:
    """What changed within a line or a short text."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for start, end, other, stop, is_same in _blocks(before, after):
        if is_same:
            pieces.append(Piece("same", "".join(after[other:stop])))
        else:
            pieces += _pieces("".join(before[start:end]), "".join(after[other:stop]))
    return _calm(pieces)


def of_items(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Kind, int]]:
    """Entries of a list, known by their text: what happened to each, with its place in the list that it is of."""
    for start, end, other, stop, is_same in _blocks(old, new):
        if is_same:
            yield from (("same", place) for place in range(other, stop))
        else:
            yield from (("removed", place) for place in range(start, end))
            yield from (("added", place) for place in range(other, stop))


def passages(lines: Iterable[Line]) -> tuple[Passage, ...]:
    """The lines, long parts that did not change folded."""
    found: list[Passage] = []
    groups = [(is_same, tuple(group)) for is_same, group in groupby(lines, lambda line: line.kind == "same")]
    shown: list[Line] = []
    for place, (is_same, group) in enumerate(groups):
        head = 0 if place == 0 else _AROUND
        tail = len(group) - (0 if place == len(groups) - 1 else _AROUND)
        if is_same and sum(bool(line.text.strip()) for line in group[head:tail]) >= _WORTH:
            shown += group[:head]
            found += [Passage(False, tuple(shown))] if shown else []
            found.append(Passage(True, group[head:tail]))
            shown = list(group[tail:])
        else:
            shown += group
    return (*found, Passage(False, tuple(shown))) if shown else tuple(found)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Ranges of both that follow each other: (from, to, from, to, whether they are the same)."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = len(old) - tail, len(new) - tail
    if head:
        yield 0, head, 0, head, True
    if (ends[0] - head) * (ends[1] - head) > _LARGEST:
        yield head, ends[0], head, ends[1], False
    elif head < max(ends):
        matcher = SequenceMatcher(None, old[head : ends[0]], new[head : ends[1]], autojunk=False)
        for tag, start, end, other, stop in matcher.get_opcodes():
            yield start + head, end + head, other + head, stop + head, tag == "equal"
    if tail:
        yield ends[0], len(old), ends[1], len(new), True


def _pieces(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece("removed", old)
    if new:
        yield Piece("added", new)


def _calm(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces without confetti: a character or two that happen to agree between changes are changes as well."""
    kept: list[Piece] = []
    listed = list(pieces)
    old = new = ""
    for place, piece in enumerate(listed):
        is_last = place == len(listed) - 1
        is_first = not old and not new
        if piece.kind == "removed":
            old += piece.text
        elif piece.kind == "added":
            new += piece.text
        elif not is_first and not is_last and _is_chance(piece.text):
            old, new = old + piece.text, new + piece.text
        else:
            kept += [*_pieces(old, new), piece]
            old = new = ""
    kept += _pieces(old, new)
    return tuple(kept)


def _is_chance(text: str) -> bool:
    words = len(_WORD.findall(text))
    return words == 0 if text.isascii() else words < 2


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines of a changed part: those that are alike side by side, the others as taken out or added."""
    start = other = 0
    for left, right in (*_couples(old, new), (len(old), len(new))):
        yield from (Line("removed", (Piece("removed", line),)) for line in old[start:left])
        yield from (Line("added", (Piece("added", line),)) for line in new[other:right])
        if left < len(old):
            yield _line(old[left], new[right])
        start, other = left + 1, right + 1


def _line(old: str, new: str) -> Line:
    pieces = of_words(old, new)
    is_same = all(piece.kind == "same" for piece in pieces)
    return Line("same" if is_same else "changed", pieces)


def _couples(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which lines are the same line in other words, in the order of both, so that they are most alike together."""
    if not old or not new or len(old) * len(new) > _PAIRS:
        return []
    bags = [_bag(line) for line in old], [_bag(line) for line in new]
    width = len(new) + 1
    best = [[0.0] * width for _ in range(len(old) + 1)]
    for left in reversed(range(len(old))):
        for right in reversed(range(len(new))):
            both = _likeness(bags[0][left], bags[1][right])
            both = both + best[left + 1][right + 1] if both >= _ALIKE else 0.0
            best[left][right] = max(both, best[left + 1][right], best[left][right + 1])
    found, left, right = [], 0, 0
    while left < len(old) and right < len(new):
        if best[left][right] == best[left + 1][right]:
            left += 1
        elif best[left][right] == best[left][right + 1]:
            right += 1
        else:
            found.append((left, right))
            left, right = left + 1, right + 1
    return found


def _bag(line: str) -> Counter[str]:
    return Counter(token for token in _TOKEN.findall(line) if _WORD.match(token))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """From nothing (0) to everything (1) in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
