"""Distribution: who is to read a document, who has read its present revision, and who has not (B13, ISO 9001 7.5.3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from muniment import approvals, clearance, personnel, validity
from muniment.facts import Facts
from muniment.recall import recalled
from muniment.records import Act, Record

WITHIN = 14  # days in which a revision is to be read, where policy says nothing else

Standing = Literal["read", "signed", "waiting", "late"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One person on the list of one document: `read` with a reading, `signed` as its author or approver, else `waiting` until
    `due`, then `late`. `day` is when it was read or signed, `act` what says so (none for the author).
    """

    staff: str
    standing: Standing
    due: str
    day: str = ""
    act: Act | None = None

    @property
    def is_open(self) -> bool:
        return self.standing in ("waiting", "late")


@dataclass(frozen=True, slots=True)
class Circle:
    """A document in force with those who are to read its present revision; `since` is the day from which it holds."""

    record: Record
    since: str
    readers: tuple[Reader, ...]

    @property
    def open(self) -> tuple[Reader, ...]:
        return tuple(reader for reader in self.readers if reader.is_open)

    def count(self, *standings: Standing) -> int:
        return sum(reader.standing in standings for reader in self.readers)


@dataclass(frozen=True, slots=True)
class Reading:
    """That somebody has read a revision, on or off the list, of the present revision or an earlier one."""

    record: Record
    act: Act

    @property
    def is_current(self) -> bool:
        return self.act.revision == self.record.revision


def circles(facts: Facts) -> tuple[Circle, ...]:
    """Every document in force that somebody is to read, by number."""
    return tuple(_by_number(facts).values())


@recalled
def _by_number(facts: Facts) -> Mapping[str, Circle]:
    people = personnel.active(facts, facts.today)
    made = (_circle(facts, record, people) for record in _current(facts) if rule(facts, record) is not None)
    return {circle.record.number: circle for circle in made if circle is not None}


def circle(facts: Facts, number: str) -> Circle | None:
    """The circle of one document; None where it is not in force, or nobody is to read it."""
    return _by_number(facts).get(number)


def waiting_for(facts: Facts, staff: str) -> tuple[tuple[Circle, Reader], ...]:
    """What one person has still to read, the first to fall due first."""
    found = [(each, reader) for each in circles(facts) for reader in each.open if reader.staff == staff]
    return tuple(sorted(found, key=lambda pair: (pair[1].due, pair[0].record.number)))


def readings(facts: Facts) -> tuple[Reading, ...]:
    """Every reading of every revision, by document, revision and day."""
    return tuple(
        Reading(record, act)
        for record in facts.corpus
        for act in sorted(record.readings, key=lambda act: (-act.revision, act.date, act.by))
    )


def rule(facts: Facts, record: Record) -> Mapping[str, Any] | None:
    """To whom a document is distributed: as it says itself, else as policy does for its kind, then for its class."""
    own = record.data.get("distribution")
    if isinstance(own, Mapping):
        return own
    for table, name in (("kinds", record.data.get("kind")), ("classes", record.data.get("class"))):
        found = facts.policy.value("documents", "distribution", table, str(name))
        if isinstance(found, Mapping):
            return found
    return None


def listed(facts: Facts, record: Record, people: Iterable[Record]) -> Iterator[Record]:
    """Those of some people to whom a document is distributed and who may read it."""
    found = rule(facts, record)
    if found is None:
        return
    departments = _with_parts(facts, found.get("departments") or ())
    named, roles = set(found.get("staff") or ()), set(found.get("roles") or ())
    for person in people:
        held = {role.role for role in facts.roles[person.number] if role.is_held(facts.today)}
        is_meant = (
            found.get("everyone") is True
            or person.number in named
            or person.data.get("department") in departments
            or not roles.isdisjoint(held)
        )
        if is_meant and clearance.is_cleared(facts, person.number, record, facts.today):
            yield person


def _with_parts(facts: Facts, departments: Iterable[object]) -> set[str]:
    """Departments with those below them."""
    found = {str(each) for each in departments}
    below = {record.number: str(record.data.get("parent") or "") for record in facts.corpus.of("department")}
    while more := {number for number, parent in below.items() if parent in found} - found:
        found |= more
    return found


def _current(facts: Facts) -> Iterator[Record]:
    for record in facts.corpus:
        is_document = record.type.group == validity.GROUP and record.type.chain is not None
        if is_document and facts.state(record.number) in approvals.IN_FORCE:
            yield record


def _circle(facts: Facts, record: Record, people: tuple[Record, ...]) -> Circle | None:
    readers = tuple(listed(facts, record, people))
    periods = validity.every(facts).get(record.number, ())
    if not readers or not periods:
        return None
    since = periods[-1].start
    return Circle(record, since, tuple(_reader(facts, record, person, since) for person in readers))


def _reader(facts: Facts, record: Record, person: Record, since: str) -> Reader:
    due = _due(facts, since, str(person.data.get("joined") or ""))
    for act in record.readings:
        if (act.by, act.revision, act.content) == (person.number, record.revision, record.content):
            return Reader(person.number, "read", due, act.date, act)
    for act in approvals.reviews(record, facts.policy.chains):
        if act.by == person.number:
            return Reader(person.number, "signed", due, act.date, act)
    if record.data.get("author") == person.number:
        return Reader(person.number, "signed", due, str(record.data.get("updated") or since))
    return Reader(person.number, "late" if due < facts.today else "waiting", due)


def _due(facts: Facts, since: str, joined: str) -> str:
    """So many days after it came into force, after the person came, or after policy began to ask for it, whatever was last."""
    within = facts.policy.value("documents", "distribution", "within_days", default=WITHIN)
    begun = str(facts.policy.value("documents", "distribution", "from", default=""))
    return (date.fromisoformat(max(since, joined, begun)) + timedelta(days=int(within))).isoformat()
