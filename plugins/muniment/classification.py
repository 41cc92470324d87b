"""Classification: what is confidential, what of it has to be encrypted, and to whom (R5.2.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from muniment import age
from muniment.findings import Fault, Place, Text
from muniment.history import Change, Commit, History
from muniment.keystore import ESCROW, Ring
from muniment.past import Files, Past, Store, by_folder, read_folder
from muniment.policy import Policy
from muniment.records import Record
from muniment.register import Register
from muniment.schemas import STUB, RecordType, Types

CLASSIFIED = ("confidential", "core")
# The term of what is confidential for as long as it is not published (公布前); others are days, or none.
PUBLICATION = "publication"
# Rules about the company's work read the other types, so their facts have to stay legible.
_SEALABLE = ("people", "secrecy")
_CLASSIFIED = re.compile(rb"\b(?:confidential|core)\b")
_STATED = re.compile(rb"^confidentiality:.*?\blevel:\s*[\"']?(\w+)", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(rb"^type: ([a-z-]+)\s*$", re.MULTILINE)


def level(record: Record, policy: Policy) -> str:
    """The confidentiality that holds for a record: its own, else the policy's for its type, else the schema's."""
    own = record.data.get("confidentiality")
    if isinstance(own, Mapping) and own.get("level"):
        return str(own["level"])
    return usual_level(record.type, policy)


def stated_level(content: bytes) -> str:
    """The level that a file of facts states for itself, without reading all of it; empty where it states none."""
    found = _STATED.search(content)
    return found[1].decode("ascii", "replace") if found else ""


def term(record: Record) -> str:
    """How long a record stays at its level: a day, `publication`, or empty for permanently."""
    own = record.data.get("confidentiality")
    return str(own.get("until") or "") if isinstance(own, Mapping) else ""


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


def plain_evidence(record: Record) -> Iterator[str]:
    """What acts on the present revision bring in plain text. What earlier acts brought cannot be undone, nor could any change
    of it be made without voiding them.
    """
    for act in (*record.acts, *record.readings):
        folder = act.path.rpartition("/")[0]
        for entry in act.data.get("evidence") or () if act.revision == record.revision else ():
            path = f"{folder}/{entry['file']}"
            if path in record.act_paths and not path.endswith(age.SUFFIX):
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


@dataclass(frozen=True)
class Way:
    """How commits came, or are about to come, to main: the history with its files, and the rules as they were before."""

    history: History
    past: Past
    store: Store
    types: Types
    policy: Policy


def exposed(
    commits: Iterable[Commit], way: Way, after: Callable[[str], Files], rule: str = "plain-text-in-commit"
) -> Iterator[Fault]:
    """Commits that bring the plain text of something classified, though it may be encrypted in the end: whoever fetches the
    branch has it. `after` gives a folder as it is once all of them are there.
    """
    for commit in commits:
        if len(commit.parents) > 1:
            continue
        brought = [
            change
            for change in way.history.changes[commit.id][0]
            if change.new and _may_be_plain(change, way)
        ]
        for folder, changes in by_folder(brought).items() if brought else ():
            written = {change.path for change in changes}
            then, last = way.past.folder(commit.id, folder), after(folder)
            # Nearly all records are open; that can be seen without reading them as records.
            if not any(_may_be_classified(folder, files, way) for files in (then, last)):
                continue
            record = next(iter(read_folder(then, way.store, way.types)), None)
            if record is None:
                continue
            later = next(iter(read_folder(last, way.store, way.types)), None) or record
            for path in _exposed(record, later, way.policy):
                if path in written:
                    params = {"path": path, "commit": commit.id[:8]}
                    yield Fault(rule, Place(path), params, record.number)


def _may_be_plain(change: Change, way: Way) -> bool:
    """Whether a file could be the plain text of something: a body, an attachment, evidence, the facts of a sealed type."""
    path = change.path
    if path.endswith(age.SUFFIX) or not path.startswith("records/"):
        return False
    if not path.endswith(".yaml") or "/files/" in path:
        return True
    if "/acts/" in path or change.new_mode == "160000":
        return False
    kind = _type(way.store.read(change.new), way)
    return kind is None or kind.name in sealed_types(way.policy)


def _type(content: bytes, way: Way) -> RecordType | None:
    """The type of a record as its file says it plainly."""
    named = _TYPE.search(content)
    return way.types.get(named[1].decode()) if named else None


def _may_be_classified(folder: str, files: Files, way: Way) -> bool:
    """Whether the facts there could be those of something classified or sealed; for certain it is settled by reading them."""
    entry = files.get(f"{folder}/{folder.rpartition('/')[2]}.yaml")
    if entry is None or entry[0] == "160000":
        return bool(files)
    content = way.store.read(entry[1])
    # A word may be written with escapes.
    if _CLASSIFIED.search(content) or b"\\" in content:
        return True
    kind = _type(content, way)
    if kind is None:
        return True
    return usual_level(kind, way.policy) in CLASSIFIED or kind.name in sealed_types(way.policy)


def _exposed(then: Record, last: Record, policy: Policy) -> Iterator[str]:
    if is_classified(then, policy) or is_classified(last, policy):
        yield from plain_texts(then)
        yield from plain_evidence(then)
    if then.type.name in sealed_types(policy) and plain_fields(then):
        yield then.path
