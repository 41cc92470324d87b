"""Classification: what is confidential, what of it has to be encrypted, and to whom (R5.2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from muniment import age
from muniment.findings import Fault, Place, Text
from muniment.history import Commit, History
from muniment.keystore import ESCROW, Ring
from muniment.past import Files, Past, Store, by_folder, read_folder
from muniment.policy import Policy
from muniment.records import Record
from muniment.register import Register
from muniment.schemas import STUB, RecordType, Types

CLASSIFIED = ("confidential", "core")
# Rules about the company's work read the other types, so their facts have to stay legible.
_SEALABLE = ("people", "secrecy")


def level(record: Record, policy: Policy) -> str:
    """The confidentiality that holds for a record: its own, else the policy's for its type, else the schema's."""
    own = record.data.get("confidentiality")
    if isinstance(own, Mapping) and own.get("level"):
        return str(own["level"])
    return usual_level(record.type, policy)


def usual_level(kind: RecordType, policy: Policy) -> str:
    """The level of records of this type that say nothing else."""
    return str(policy.value("confidentiality", "defaults", kind.name, default=kind.level))


def is_classified(record: Record, policy: Policy) -> bool:
    return level(record, policy) in CLASSIFIED


def sealed_types(policy: Policy) -> tuple[str, ...]:
    """The types whose facts beyond the stub are encrypted."""
    return tuple(policy.value("confidentiality", "sealed", default=()))


def sealable(types: Types, policy: Policy) -> tuple[str, ...]:
    """The types that can be sealed: about people and secrecy, save where a superior approves, whom only the facts tell."""
    return tuple(
        name
        for name, kind in types.items()
        if kind.group in _SEALABLE
        and not any("superior" in stage.roles for stage in policy.chains.get(kind.chain or "", ()))
    )


def escrow(policy: Policy) -> str:
    """The company's own public key, to which every record's key is wrapped as well; empty where there is none."""
    return str(policy.value("confidentiality", "escrow", default="") or "")


def plain_texts(record: Record) -> Iterator[str]:
    """The body and the attachments that lie there in plain text."""
    body = f"{record.folder}/{record.number}.md"
    for path in record.files:
        if path == body or (path.startswith(f"{record.folder}/files/") and not path.endswith(age.SUFFIX)):
            yield path


def plain_fields(record: Record) -> tuple[str, ...]:
    """The fields beyond the stub that stand in plain text."""
    return tuple(name for name in record.document.plain if name not in STUB)


# -- Readers ------------------------------------------------------------------------------------------------

_CUSTODIAN = Text("custodian", "保管人")
_READER = Text("reader of the record", "记录所列知悉人员")
_BY_LEVEL = Text("reader of the level", "该密级的知悉人员")
_ADDED = Text("added", "后来增加")
_ESCROW = Text("escrow", "托管")


@dataclass(frozen=True)
class Reader:
    """Somebody whom a record is for: staff number or `escrow`, why, and the public key; empty where none is registered."""

    number: str
    why: Text
    recipient: str


def readers(
    record: Record, policy: Policy, register: Register, day: str, ring: Ring | None = None
) -> tuple[Reader, ...]:
    """Whom a record is for on `day`: its custodian, the readers that it and the policy name, and those who were added since
    in its ring; without those who were removed or have left. The escrow comes last.
    """
    own = record.data.get("confidentiality")
    own = own if isinstance(own, Mapping) else {}
    by_level = policy.value("confidentiality", "readers", level(record, policy), default=())
    named = [(str(own["custodian"]), _CUSTODIAN)] if own.get("custodian") else []
    named += [(str(number), _READER) for number in own.get("readers") or ()]
    named += [(str(number), _BY_LEVEL) for number in by_level]
    named += [(number, _ADDED) for number in ring.added] if ring else []
    gone = set(ring.removed) if ring else set()
    found: dict[str, Reader] = {}
    for number, why in named:
        person = register.people.get(number)
        if number in found or number in gone or person is None:
            continue
        if not person.term.end or day <= person.term.end:
            found[number] = Reader(number, why, person.recipient(day))
    return (*found.values(), Reader(ESCROW, _ESCROW, escrow(policy)))


# -- Plain text on the way to main --------------------------------------------------------------------------


def exposed(
    commits: Iterable[Commit],
    history: History,
    past: Past,
    store: Store,
    types: Types,
    policy: Policy,
    after: Mapping[str, Files],
) -> Iterator[Fault]:
    """Commits that bring the plain text of something classified, though it may be encrypted in the end: whoever fetches the
    branch has it. `after` holds the folders as they will be.
    """
    for commit in commits:
        if len(commit.parents) > 1:
            continue
        for folder, changes in by_folder(history.changes[commit.id][0]).items():
            written = {change.path for change in changes if change.new and "/acts/" not in change.path}
            if not written:
                continue
            then = next(iter(read_folder(past.folder(commit.id, folder), store, types)), None)
            last = next(iter(read_folder(after.get(folder, {}), store, types)), None)
            if then is None:
                continue
            for path in _exposed(then, last or then, policy):
                if path in written:
                    yield Fault(
                        "plain-text-in-commit",
                        Place(path),
                        {"path": path, "commit": commit.id[:8]},
                        then.number,
                    )


def _exposed(then: Record, last: Record, policy: Policy) -> Iterator[str]:
    if is_classified(then, policy) or is_classified(last, policy):
        yield from plain_texts(then)
    if then.type.name in sealed_types(policy) and plain_fields(then):
        yield then.path
