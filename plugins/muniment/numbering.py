"""Running numbers: which are used, which are missing, which comes next (R4.1.2).

A number is used as soon as a folder in the working tree bears it, whatever state its files are in; it is burnt once
main has held it; and it is held while another branch bears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from muniment.facts import Facts
from muniment.ledger import Life, blob_id, identity
from muniment.policy import Series
from muniment.recall import recalled
from muniment.records import Record


@dataclass(frozen=True)
class Run:
    """The serials of one series in one year (empty for series without) that the working tree uses."""

    series: Series
    year: str
    serials: Mapping[int, str]

    @property
    def first(self) -> int:
        return self.series.first_of(self.year)


@dataclass(frozen=True)
class Gap:
    """Serials `start` to `end`, both missing, before the record numbered `after` and behind `before` (may be empty)."""

    run: Run
    start: int
    end: int
    before: str
    after: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(
            self.run.series.number(self.run.year, serial) for serial in range(self.start, self.end + 1)
        )


def used(facts: Facts) -> Iterator[tuple[str, str]]:
    """Every number in use with the file of its facts: sound records, twins, and folders whose file is broken."""
    for record in (*facts.corpus, *facts.corpus.twins):
        yield record.number, record.path
        folder = record.folder.rpartition("/")[2]
        if folder != record.number and folder not in facts.corpus.records:
            yield folder, record.path
    yield from facts.corpus.broken.items()


@recalled
def runs(facts: Facts) -> tuple[Run, ...]:
    """All runs in use, in the order of the policy and of the years."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for number, _ in used(facts):
        series = facts.policy.series_of(number)
        parsed = series.parse(number) if series else None
        if parsed:
            found.setdefault((number[:2], parsed[0]), {})[parsed[1]] = number
    return tuple(
        Run(series, year, serials)
        for letters, series in facts.policy.series.items()
        for (owner, year), serials in sorted(found.items())
        if owner == letters
    )


def gaps(run: Run) -> Iterator[Gap]:
    """The holes in a run, each as long as it is."""
    expected, before = run.first, ""
    for serial in sorted(run.serials):
        if serial < expected:
            before = run.serials[serial]
            continue
        if serial > expected:
            yield Gap(run, expected, serial - 1, before, run.serials[serial])
        expected, before = serial + 1, run.serials[serial]


def holders(facts: Facts, number: str) -> tuple[str, ...]:
    """Branches outside the working tree that hold `number`; main itself where it has moved on since."""
    if facts.ledger is None:
        return ()
    life = facts.ledger.last(number)
    moved_on = life is not None and not life.ended and life.path not in facts.ledger.tip
    return (*(("main",) if moved_on else ()), *facts.ledger.elsewhere.get(number, ()))


def vanished(facts: Facts, number: str) -> Life | None:
    """The landed life of a number that the working tree no longer bears, `None` where it never landed."""
    if facts.ledger is None:
        return None
    life = facts.ledger.last(number)
    return life if life is not None and (life.ended or life.path in facts.ledger.tip) else None


def next_number(facts: Facts, letters: str, year: str) -> str:
    """The number that a new record takes: after every one that is used, burnt or held.

    Raises `KeyError` for letters without a series and `OverflowError` where the series has no serial left.
    """
    series = facts.policy.series[letters]
    year = year if series.yearly else ""
    highest = series.first_of(year) - 1
    known = [number for number, _ in used(facts)]
    if facts.ledger is not None:
        known += facts.ledger.highest(letters)
    for number in known:
        parsed = series.parse(number)
        if parsed and parsed[0] == year:
            highest = max(highest, parsed[1])
    if series.is_full(highest + 1):
        raise OverflowError(letters)
    return series.number(year, highest + 1)


def next_number_or_none(facts: Facts, letters: str, year: str) -> str | None:
    """`next_number` for the words of a finding: `None` where there is no next one."""
    try:
        return next_number(facts, letters, year)
    except (KeyError, OverflowError):
        return None


def is_beyond(series: Series, number: str) -> bool:
    """Whether a number would be well formed if only its series could widen."""
    return (
        not series.widen
        and series.parse(number) is None
        and replace(series, widen=True).parse(number) is not None
    )


def is_explained(facts: Facts, number: str) -> bool:
    """Whether a missing number is held by a branch, or is the business of another rule because it has landed."""
    return bool(holders(facts, number)) or vanished(facts, number) is not None


def folder_names(facts: Facts) -> Iterator[tuple[str, str]]:
    """The names of record folders outside the policies, each with its file of facts."""
    paths = {path for _, path in used(facts)} | set(facts.corpus.broken.values())
    for path in sorted(paths):
        name = path.split("/")[-2]
        if not path.startswith("records/policy/") and name[:1].isalpha() and any(map(str.isdigit, name)):
            yield name, path


def renumbered(facts: Facts) -> Iterator[tuple[str, str, Record]]:
    """Landed records that bear another number now: (landed path, landed number, record).

    Either the field changed in place, or the folder is gone and a record that has not landed says the same
    (type, creation and title).
    """
    if facts.ledger is None:
        return
    records = (*facts.corpus, *facts.corpus.twins)
    here = {record.path: record for record in records}
    fresh = {_identity(record): record for record in records if record.path not in facts.ledger.tip}
    for path, blob in facts.ledger.tip.items():
        was = path.split("/")[-2]
        record = here.get(path)
        if record is not None and record.number != was:
            yield path, was, record
        elif path not in facts.corpus.tree.modes:
            moved = fresh.get(facts.ledger.identities.get(blob, ()))
            if moved is not None:
                yield path, was, moved


def _identity(record: Record) -> tuple[str, ...]:
    return identity(record.data)


def missing(facts: Facts) -> Iterator[Life]:
    """Landed lives of records whose facts are gone from the working tree and were not moved to another number."""
    if facts.ledger is None:
        return
    moved = {path for path, _, _ in renumbered(facts)}
    here = facts.corpus.tree.modes
    for lives in facts.ledger.lives.values():
        life = lives[-1]
        if life.path not in here and life.path not in moved and (life.ended or life.path in facts.ledger.tip):
            yield life


def used_before(facts: Facts, number: str, path: str) -> str | None:
    """The step that ended an earlier life of a number which the working tree now gives to another record.

    A file that came back exactly as one of its old versions is the old record restored.
    """
    if facts.ledger is None:
        return None
    lives = facts.ledger.lives.get(number, ())
    ended = [life for life in lives if life.ended]
    if not ended or path not in facts.corpus.tree.modes:
        return None
    current = next((life for life in lives if not life.ended), None)
    first = current.blobs[0] if current else blob_id(facts.corpus.tree.read(path))
    return None if any(first in life.blobs for life in ended) else ended[-1].ended
