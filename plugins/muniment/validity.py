"""Validity: from which day to which day each revision of a document was in force (R4.4.1–R4.4.3, B9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from muniment import lifecycle
from muniment.approvals import IN_FORCE
from muniment.facts import Facts
from muniment.recall import recalled
from muniment.records import Act, Record

GROUP = "documents"

End = Literal["", "revision", "retirement", "disposal"]


@dataclass(frozen=True, slots=True)
class Period:
    """A revision in force from `start` up to, but without, `end` (ISO days; an empty end lasts). `record` is the document
    as it stood then; `ended_by` says whether a later revision took its place, or the document was retired or destroyed.
    """

    record: Record
    start: str
    end: str = ""
    ended_by: End = ""

    def holds(self, day: str) -> bool:
        return self.start <= day and (not self.end or day < self.end)


@recalled
def every(facts: Facts) -> dict[str, tuple[Period, ...]]:
    """The periods of each document, oldest first, by number; those that never came into force are left out."""
    found = {record.number: periods(facts, record) for record in facts.corpus if record.type.group == GROUP}
    return {number: each for number, each in found.items() if each}


def on(facts: Facts, day: str) -> list[Period]:
    """What was in force on a day; a day to come counts what is settled by now."""
    return [period for each in every(facts).values() for period in each if period.holds(day)]


def snapshots(facts: Facts) -> tuple[str, ...]:
    """The days, newest first, of which the site keeps the list of documents in force: those of the policy, since main began."""
    if not facts.landed:
        return ()
    first = min(facts.landed.values())
    days = facts.policy.value("documents", "snapshots", default=("12-31",))
    years = range(int(first[:4]), int(facts.today[:4]) + 1)
    found = (f"{year}-{day}" for year in years for day in days)
    return tuple(sorted((day for day in found if first <= day < facts.today), reverse=True))


def periods(facts: Facts, record: Record) -> tuple[Period, ...]:
    """When each revision of one document was in force, oldest first.

    A revision counts from the day on which main held the last approval that it needed, or from its effective date where
    that is later; what was imported from the day on which it was decided. It ends with the start of the next, or when
    main held the last act of its retirement.
    """
    begun = [
        Period(then, start)
        for then in _revisions(facts, record)
        if (start := _start(facts, then, is_given=then is record and record.path in facts.given))
    ]
    # A revision that took effect before the one it replaces leaves that one no day.
    begun = [
        each for at, each in enumerate(begun) if all(each.start < later.start for later in begun[at + 1 :])
    ]
    ended = [replace(each, end=later.start, ended_by="revision") for each, later in pairwise(begun)]
    found = [*ended, *begun[-1:]]
    ends: tuple[tuple[End, str], ...] = (
        ("retirement", _retired(facts, record)),
        ("disposal", _destroyed(facts, record)),
    )
    for why, day in ends:
        found = list(_before(day, why, found))
    return tuple(found)


def _revisions(facts: Facts, record: Record) -> Iterator[Record]:
    """The revisions that main has seen, with the acts on each; the last as the record stands now."""
    for seen in facts.revisions.get(record.number, ()):
        if seen.number < record.revision:
            acts = tuple(act for act in record.acts if act.revision == seen.number)
            yield replace(seen.record, acts=acts)
    yield record


def _start(facts: Facts, record: Record, *, is_given: bool) -> str:
    """Empty where it never came into force."""
    data = record.data
    effective = str(data.get("effective") or "")
    if record.type.chain is None:
        return max(str(data.get("created") or data.get("updated") or ""), effective)
    state = ""
    # Of what was destroyed the text may be gone, to which the approvals were given.
    left = lifecycle.stub(record) if record.number in facts.destroyed else record
    for step in lifecycle.chain_steps(left, facts.policy, record.type.chain):
        state = step.stage.becomes or state
        if step.is_done and step.act and state in IN_FORCE:
            return max(_day(facts, step.act), effective)
    if is_given and not record.acts:
        return max(str(data.get("updated") or ""), effective)
    return ""


def _day(facts: Facts, act: Act) -> str:
    """When an act came to stand: on main, or where it was decided before there was one."""
    return act.date if act.decision == "imported" else facts.landed.get(act.path, act.date)


def _retired(facts: Facts, record: Record) -> str:
    steps = lifecycle.chain_steps(record, facts.policy, "retirement")
    last = steps[-1] if steps else None
    return _day(facts, last.act) if last and last.is_done and last.act else ""


def _destroyed(facts: Facts, record: Record) -> str:
    """The day on which a list of disposal had this document destroyed; of a list that readers may not see, the day is not told."""
    if record.number not in facts.destroyed:
        return ""
    made = facts.corpus.records.get(facts.destroyed[record.number])
    return _day(facts, made.acts[-1]) if made and made.acts else facts.today


def _before(day: str, why: End, found: list[Period]) -> Iterator[Period]:
    """The periods cut off where the document ended on some day."""
    for each in found:
        if not day or (each.end and each.end <= day):
            yield each
        elif each.start < day:
            yield replace(each, end=day, ended_by=why)
