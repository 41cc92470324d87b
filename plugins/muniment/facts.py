"""All that a rule, a register or a page may know: records, policies, what numbers were used for, and the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from muniment import classification, lifecycle, register
from muniment.audit import Audit
from muniment.evidence import Proof
from muniment.findings import Fault, Pointer, Text
from muniment.history import Commit
from muniment.keystore import Keystore
from muniment.ledger import Ledger
from muniment.lifecycle import Standing
from muniment.policy import Policy
from muniment.records import Corpus, Record
from muniment.register import Register
from muniment.schemas import RecordType, Types

# States that a record reaches only by being published, or after it was.
_PUBLISHED = ("published", "signed", "confirmed", "in_force", "retired", "disposed")


@dataclass(frozen=True)
class Reference:
    """A value in one record that names another: `source` at `pointer` says `target`, which must be one of `types`."""

    source: Record
    pointer: Pointer
    target: str
    types: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """A role as the staff register states it; empty dates are open ends."""

    staff: str
    role: str
    department: str
    start: str
    end: str

    def is_held(self, day: str) -> bool:
        """On that day, both ends included; dates compare as text because they are ISO."""
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)


@dataclass(frozen=True)
class Event:
    """One commit that touched a record: which files of its folder, and whether it moved main itself."""

    commit: Commit
    paths: tuple[str, ...]
    landed: bool


@dataclass(frozen=True)
class Revision:
    """A record as it stood on main with one number of revision (without its acts); `landed` is the step that brought it,
    `beside` the folders of all records that this step changed.
    """

    number: int
    record: Record
    landed: Commit
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Loss:
    """When and by which list of disposal the text of a record was destroyed after the moment that facts tell of; `level` is that
    of the list. Both are empty for readers who may not see it.
    """

    day: str = ""
    list: str = ""
    level: str = ""


@dataclass(frozen=True)
class Facts:
    """`today` is an ISO date in the policy's zone. `ledger` is None outside Git. `given` holds the paths of facts that
    stand as the root commit brought them. `landed` is the day on which main last changed a file under `records/`, by path.
    `events` and `revisions` are filled where the past is shown, `audit` for builds only. `audience` is the level that these
    facts were narrowed to; empty while they are whole.

    `lowered` is by number for records without revisions: each level that was written in them once and, in seconds, when it was
    replaced. `raised` is by number, for facts of a past moment: the level that the record states today. `revisions` is by number, oldest first, and holds only records of which main has seen more than one. `burnt` is what
    `destroyed` says where the records alone do not tell it: readers who may not see a list of disposal must not take what it
    names for a document in force. `lost` is by number, for facts of a past moment: whose text was destroyed since. `keystore` holds the keys of encrypted records as they are wrapped to their readers.
    """

    corpus: Corpus
    types: Types
    policy: Policy
    today: str
    ledger: Ledger | None = None
    given: frozenset[str] = frozenset()
    events: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    commit: Commit | None = None
    judges: Register | None = None
    audit: Audit | None = None
    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    lowered: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    raised: Mapping[str, str] = field(default_factory=dict)
    landed: Mapping[str, str] = field(default_factory=dict)
    audience: str = ""
    keystore: Keystore = field(default_factory=Keystore)
    burnt: Mapping[str, str] | None = None
    lost: Mapping[str, Loss] = field(default_factory=dict)

    @cached_property
    def destroyed(self) -> Mapping[str, str]:
        """What disposals have destroyed: number of the record -> number of the list that names it."""
        return lifecycle.destroyed(self.corpus, self.policy) if self.burnt is None else self.burnt

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether records above the readers' level were left out or cannot be opened, so that what is not there may be withheld."""
        is_short = bool(self.audience) and "" in self.corpus.broken.values()
        return is_short or any(record.seal == "closed" for record in self.corpus)

    @cached_property
    def disputed(self) -> Mapping[str, tuple[Fault, ...]]:
        """What the audit found, by the file that it found it in."""
        found: dict[str, list[Fault]] = {}
        for fault in self.audit.faults if self.audit else ():
            found.setdefault(fault.place.path, []).append(fault)
        return {path: tuple(faults) for path, faults in found.items()}

    @property
    def proofs(self) -> Mapping[str, Proof]:
        """What stands behind each act, by its path, where history was audited."""
        return self.audit.proofs if self.audit else {}

    @cached_property
    def kept(self) -> dict[str, object]:
        """What modules above have worked out of these facts, each under its own name, so that it is done once."""
        return {}

    @cached_property
    def register(self) -> Register:
        """Who may do what: the one that was handed in (a pull request is judged by its base), else the records' own."""
        return self.judges or register.build((person.data for person in self.corpus.of("staff")), self.policy)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where each record stands, by number."""
        return {
            record.number: lifecycle.standing(
                record,
                self.policy,
                given=record.path in self.given,
                destroyed=record.number in self.destroyed,
            )
            for record in self.corpus
        }

    def state(self, number: str) -> str:
        """The state of a record; empty where there is no such record."""
        standing = self.standings.get(number)
        return standing.state if standing else ""

    def state_title(self, record: Record) -> Text:
        return lifecycle.state_title(record, self.state(record.number))

    def level(self, record: Record) -> str:
        """The confidentiality that holds for a record: its own, else the policy's for its type, else the schema's.

        When its term is over (after the day, or once it is published), the record is as confidential as others of its type.
        """
        own = classification.level(record, self.policy)
        if own in classification.CLASSIFIED and self._is_over(record):
            usual = classification.usual_level(record.type, self.policy)
            return own if usual in classification.CLASSIFIED else usual
        return own

    def _is_over(self, record: Record) -> bool:
        term = classification.term(record)
        if term == classification.PUBLICATION:
            return self.state(record.number) in _PUBLISHED
        return bool(term) and term < self.today

    def usual_level(self, kind: RecordType) -> str:
        """The level of records of this type that say nothing else."""
        return classification.usual_level(kind, self.policy)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every value of every record that names another record."""
        return tuple(
            Reference(record, pointer, target, types)
            for record in (*self.corpus, *self.corpus.twins)
            for pointer, target, types in record.type.references(record.data)
        )

    @cached_property
    def referrers(self) -> Mapping[str, tuple[Reference, ...]]:
        """By number: who names that record."""
        found: dict[str, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.target, []).append(reference)
        return {number: tuple(references) for number, references in found.items()}

    def title(self, number: str) -> str:
        """What people call the record of that number; the number itself where there is none."""
        record = self.corpus.records.get(number)
        return record.title if record else number

    @cached_property
    def roles(self) -> Mapping[str, tuple[Role, ...]]:
        """The roles of the staff register, by staff number."""
        return {
            person.number: tuple(
                Role(
                    person.number,
                    str(entry.get("role", "")),
                    str(entry.get("department") or ""),
                    str(entry.get("from") or ""),
                    str(entry.get("to") or ""),
                )
                for entry in person.data.get("roles") or ()
            )
            for person in self.corpus.of("staff")
        }

    def holders(self, role: str, day: str, department: str | None = None) -> Iterator[str]:
        """Staff numbers of those who hold `role` on `day`, in `department` where one is named."""
        for person in self.corpus.of("staff"):
            left = str(person.data.get("left") or "")
            if (left and left < day) or (person.data.get("joined") or "") > day:
                continue
            if any(
                held.role == role
                and held.is_held(day)
                and (department is None or held.department == department)
                for held in self.roles[person.number]
            ):
                yield person.number


def expand(facts: Facts, types: tuple[str, ...]) -> tuple[str, ...]:
    """Names of types for what a reference allows: a type, a group of types, or `*` for any."""
    if "*" in types:
        return tuple(facts.types)
    return tuple(name for name, kind in facts.types.items() if name in types or kind.group in types)
