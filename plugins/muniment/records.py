"""Records: folders of files with facts and acts, put together from a tree of files.

A tree is the working tree or any commit; what is read from either is the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from muniment import age, source
from muniment.findings import Fault, Place
from muniment.schemas import RecordType, Types
from muniment.source import Document, Loaded

ROOT = "records/"
# Letters of other scripts that look like those of numbers; one of them makes a second, invisible XM2026001.
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧаеорсухіјѕ", "ABEKMHOPCTXYIJSABEZHIKMNOPTYXaeopcyxijs"
)
_ACT = re.compile(r"(?P<revision>[1-9]\d*)-(?P<n>[1-9]\d*)-(?P<stage>[a-z][a-z0-9_-]*)\.yaml")
# Many people read one revision at the same time, each on a branch of their own: the name takes no place in the row of acts.
_READING = re.compile(r"(?P<revision>[1-9]\d*)-read-[A-Z]{2}\d+\.yaml")


Seal = Literal["", "closed", "open"]
Open = Callable[[str, bytes], bytes | None]


def nothing_opens(_number: str, _content: bytes) -> bytes | None:
    """What a tree opens where no key is at hand."""
    return None


@dataclass(frozen=True)
class Tree:
    """Files of a registry: `modes` maps a path (relative, with `/`) to its Git mode, `read` gives the bytes.

    `faults` are what the reader of the tree already found (a link, a pipe, a file it may not read). `open` gives the plain
    text of an encrypted file of the record of that number, None where no key is at hand.
    """

    modes: Mapping[str, str]
    read: Callable[[str], bytes]
    faults: tuple[Fault, ...] = ()
    open: Open = nothing_opens

    def sha256(self, path: str) -> str:
        return hashlib.sha256(self.read(path)).hexdigest()

    def load(self, path: str) -> Loaded:
        """The YAML file at `path`; a tree of history has read most of its files before and keeps them."""
        return source.load(path, self.read(path))

    def digest(self, folder: str, paths: Iterable[str]) -> str:
        """`sha256:` over one line `<sha256> <mode> <path>` a file, paths relative to `folder` (trust.md)."""
        lines = hashlib.sha256()
        for path in sorted(paths, key=os.fsencode):
            name = os.fsencode(path[len(folder) + 1 :])
            lines.update(f"{self.sha256(path)} {self.modes[path]} ".encode() + name + b"\n")
        return f"sha256:{lines.hexdigest()}"


@dataclass(frozen=True)
class Act:
    """One decision or event on a record: a file that is added once and never changed. `n` is its place among the acts of its
    revision, 0 for a reading, which has none.
    """

    path: str
    document: Document
    revision: int
    n: int
    stage: str
    chain: str
    decision: str
    by: str
    date: str
    content: str

    @property
    def data(self) -> Mapping[str, Any]:
        return self.document.data


@dataclass(frozen=True)
class Record:
    """The facts of one record with what lies beside them.

    `number` and `type` are as stated in the file, `path` is the file of the facts; `files` are the other
    files that belong to the facts (body, attachments); `act_paths` everything under `acts/`. `readings` are the acts by which
    people say that they have read a revision; they are no part of any chain. `seal` says whether the facts
    beyond the stub are encrypted, and whether a key was at hand.
    """

    number: str
    type: RecordType
    path: str
    document: Document
    tree: Tree = field(repr=False)
    files: tuple[str, ...] = ()
    act_paths: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    readings: tuple[Act, ...] = ()
    seal: Seal = ""

    @property
    def data(self) -> Mapping[str, Any]:
        return self.document.data

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def title(self) -> str:
        """What people call it: `title`, or `name` of staff, clients and departments; the number failing both."""
        return str(self.data.get(self.type.title_field) or self.data.get("title") or self.number)

    @property
    def revision(self) -> int:
        value = self.data.get("revision", 1)
        return value if isinstance(value, int) else 1

    @property
    def department(self) -> str | None:
        value = self.data.get("department")
        return value if isinstance(value, str) else None

    @cached_property
    def body(self) -> str | None:
        """The Markdown of a document that is written here; None as well where it is encrypted and no key at hand."""
        path = f"{self.folder}/{self.number}.md"
        if path in self.files:
            return self.tree.read(path).decode("utf-8", "replace")
        plain = (
            None if self.is_locked or path + age.SUFFIX not in self.files else self.plain(path + age.SUFFIX)
        )
        return plain.decode("utf-8", "replace") if plain is not None else None

    @property
    def encrypted(self) -> tuple[str, ...]:
        """The files that are encrypted: facts, body, attachments."""
        return tuple(path for path in self.files if path.endswith(age.SUFFIX))

    @property
    def ciphers(self) -> tuple[str, ...]:
        """All of its files that need a key: what is encrypted of the record itself, and the evidence of its acts."""
        return (*self.encrypted, *(path for path in self.act_paths if path.endswith(age.SUFFIX)))

    @cached_property
    def is_locked(self) -> bool:
        """Whether something of it is encrypted and cannot be read here. A record is read as a whole or not at all: one of
        which a part cannot be opened is shown as its stub.
        """
        if self.seal == "closed":
            return True
        return any(self.plain(path) is None for path in self.encrypted)

    def plain(self, path: str) -> bytes | None:
        """The plain text of an encrypted file, None where it cannot be opened."""
        return self.tree.open(self.number, self.tree.read(path))

    @cached_property
    def content(self) -> str:
        """The digest that acts bind to."""
        return self.tree.digest(self.folder, (self.path, *self.files))

    @property
    def attachments(self) -> tuple[str, ...]:
        """Names of the files in `files/`, relative to that folder."""
        start = f"{self.folder}/files/"
        return tuple(path[len(start) :] for path in self.files if path.startswith(start))


@dataclass(frozen=True)
class Corpus:
    """All records of a tree. `broken` maps the number (or folder name) of a record that could not be read to its file,
    so that others who name it are not told that it does not exist.
    """

    records: Mapping[str, Record]
    twins: tuple[Record, ...]
    broken: Mapping[str, str]
    documents: Mapping[str, Document]
    faults: tuple[Fault, ...]
    tree: Tree = field(repr=False)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Record, ...]]:
        groups: dict[str, list[Record]] = {}
        for record in self:
            groups.setdefault(record.type.name, []).append(record)
        return {name: tuple(records) for name, records in groups.items()}

    def is_closed(self, *types: str) -> bool:
        """Whether facts of some type are encrypted and cannot be read here: then nobody can say what is not there."""
        return any(record.seal == "closed" for name in types for record in self.by_type.get(name, ()))

    def legible(self, number: str) -> Record | None:
        """The record of that number, if its facts can be read here."""
        record = self.records.get(number)
        return None if record is None or record.seal == "closed" else record

    def of(self, *types: str) -> Iterator[Record]:
        """The records of some types whose facts can be read here."""
        for name in types:
            yield from (record for record in self.by_type.get(name, ()) if record.seal != "closed")


@dataclass
class _Folder:
    """What lies in one record folder, while the tree is walked."""

    facts: str
    files: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)


def load(tree: Tree, types: Types) -> Corpus:
    """Every record under `records/`; whatever cannot be one is a fault and the others go on."""
    folders, strays = _folders(tree)
    faults = [*tree.faults, *(Fault("stray-file", Place(path), {"path": path}) for path in strays)]
    documents: dict[str, Document] = {}
    records: dict[str, Record] = {}
    broken: dict[str, str] = {}
    twins: list[Record] = []
    for name, folder in folders.items():
        record = _record(tree, types, folder, documents, faults)
        if record is None:
            broken.setdefault(name.rpartition("/")[2], folder.facts)
        elif record.number not in records:
            records[record.number] = record
        elif _is_at_home(record) and not _is_at_home(records[record.number]):
            twins.append(records[record.number])
            records[record.number] = record
        else:
            twins.append(record)
    ordered = dict(sorted(records.items()))
    return Corpus(ordered, tuple(twins), broken, documents, tuple(faults), tree)


def folder_of(path: str) -> str:
    """The record folder that a path under `records/` lies in: what stands before `acts/` or `files/`, else its folder."""
    # Asked for every file of a registry, so it looks for these names without taking the path apart.
    second = path.find("/", path.find("/") + 1)
    if second >= 0:
        for name in ("/acts/", "/files/"):
            inside = path.find(name, second)
            if inside >= 0:
                path = path[: inside + 1]
    return path.rpartition("/")[0]


def is_reading(path: str) -> bool:
    """Whether a file says that somebody has read a revision: that changes nothing about the record."""
    return "/acts/" in path and _READING.fullmatch(path.rpartition("/")[2]) is not None


def twins(paths: Iterable[str]) -> Iterator[Fault]:
    """Paths that some file systems cannot tell apart, or people: case, normalisation, look-alike letters."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        plain = path.isascii()
        folded = path.lower() if plain else unicodedata.normalize("NFC", path).casefold()
        other = seen.setdefault(folded, path)
        if other != path:
            yield Fault("twin-path", Place(path), {"path": path, "other": other})
        elif plain:
            continue
        elif path != unicodedata.normalize("NFC", path):
            yield Fault("twin-path", Place(path), {"path": path, "other": unicodedata.normalize("NFC", path)})
        elif not _structure(path).isascii():
            meant = unicodedata.normalize("NFKC", path).translate(_LOOK_ALIKES)
            yield Fault("twin-path", Place(path), {"path": path, "other": meant})


def _structure(path: str) -> str:
    """The part of a path that numbers make up; attachments may bear Chinese names."""
    return path.partition("/files/")[0]


def _is_at_home(record: Record) -> bool:
    return record.path.endswith(f"/{record.number}/{record.number}.yaml")


def _folders(tree: Tree) -> tuple[dict[str, _Folder], list[str]]:
    """Record folders by path, and the files under `records/` that belong to none."""
    paths = sorted(path for path in tree.modes if path.startswith(ROOT))
    folders: dict[str, _Folder] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name.endswith((".yaml", ".yml")) and not _is_inside(path):
            # Of several files in one folder the one named like the folder holds the facts.
            known = folders.get(folder)
            if known is None or name == f"{folder.rpartition('/')[2]}.yaml":
                folders[folder] = _Folder(path)
    strays = []
    taken = {entry.facts for entry in folders.values()}
    for path in paths:
        if path in taken:
            continue
        home, kind = _home(path, folders)
        if home is None or kind == "stray":
            strays.append(path)
        if home is not None:
            # A stray in a record's folder is content all the same: the digest covers it.
            (folders[home].acts if kind == "act" else folders[home].files).append(path)
    return folders, strays


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return "acts" in parts[2:-1] or "files" in parts[2:-1]


def _home(path: str, folders: Mapping[str, _Folder]) -> tuple[str | None, str]:
    """The record folder that a file belongs to, and what it is there: `act`, `file` or `stray`."""
    folder = path.rpartition("/")[0]
    while folder and folder not in folders:
        folder = folder.rpartition("/")[0]
    if not folder:
        return None, "stray"
    rest = path[len(folder) + 1 :]
    if rest.startswith("acts/"):
        return folder, "act"
    number = folders[folder].facts.rpartition("/")[2].removesuffix(".yaml")
    own = (f"{number}.md", f"{number}.md{age.SUFFIX}", f"{number}{age.SUFFIX}")
    return folder, "file" if rest.startswith("files/") or rest in own else "stray"


def _record(
    tree: Tree, types: Types, folder: _Folder, documents: dict[str, Document], faults: list[Fault]
) -> Record | None:
    document = read(tree, folder.facts, documents, faults)
    if document is None:
        return None
    document, seal, faulty = unsealed(tree, folder.facts, document, folder.files)
    documents[folder.facts] = document
    faults += faulty
    data = document.data
    judge = types.validate_stub if seal == "closed" else types.validate
    found = list(judge(data.get("type"), data, folder.facts))
    faults += found
    kind = types.get(str(data.get("type")))
    number = data.get("number")
    if found or kind is None or not isinstance(number, str):
        return None
    acts = []
    for path in folder.acts:
        act = _act(tree, types, path, documents, faults)
        if act is not None and path.rpartition("/")[0] != f"{folder.facts.rpartition('/')[0]}/acts":
            faults.append(
                Fault("act-file-name", Place(path), {"name": path, "right": path.rpartition("/")[2]})
            )
            continue
        if act is not None:
            acts.append(act)
    acts.sort(key=lambda act: (act.revision, act.n, act.path))
    return Record(
        number,
        kind,
        folder.facts,
        document,
        tree,
        tuple(folder.files),
        tuple(folder.acts),
        tuple(act for act in acts if act.n),
        tuple(act for act in acts if not act.n),
        seal,
    )


def unsealed(
    tree: Tree, path: str, stub: Document, files: Iterable[str]
) -> tuple[Document, Seal, tuple[Fault, ...]]:
    """The document of the facts at `path` with those of them that are encrypted, as far as a key is at hand: all of the
    record's `files` have to open.
    """
    beside = path.removesuffix(".yaml") + age.SUFFIX
    if beside not in tree.modes:
        return stub, "", ()
    number = str(stub.data.get("number"))
    plain = tree.open(number, tree.read(beside))
    others = (name for name in files if name.endswith(age.SUFFIX) and name != beside)
    is_open = plain is not None and all(tree.open(number, tree.read(name)) is not None for name in others)
    loaded = source.load(beside, plain) if plain is not None and is_open else Loaded(None)
    if loaded.document is None:
        return stub, "closed", loaded.faults
    return source.opened(stub, loaded.document), "open", loaded.faults


def read(tree: Tree, path: str, documents: dict[str, Document], faults: list[Fault]) -> Document | None:
    """The YAML file at `path`; its faults are added to `faults`, the document to `documents`."""
    try:
        loaded = tree.load(path)
    except OSError as problem:
        faults.append(Fault("unreadable-file", Place(path), {"path": path, "kind": problem.strerror or "?"}))
        return None
    faults += loaded.faults
    if loaded.document is not None:
        documents[path] = loaded.document
    return loaded.document


def _act(
    tree: Tree, types: Types, path: str, documents: dict[str, Document], faults: list[Fault]
) -> Act | None:
    name = path.rpartition("/")[2]
    if not name.endswith(".yaml"):
        return None
    document = read(tree, path, documents, faults)
    if document is None:
        return None
    found = list(types.validate_act(document.data, path))
    faults += found
    if found:
        return None
    match = _ACT.fullmatch(name) or _READING.fullmatch(name)
    if match is None:
        right = f"{document.data['revision']}-N-{document.data['stage']}.yaml"
        faults.append(Fault("act-file-name", Place(path), {"name": name, "right": right}))
        return None
    data = document.data
    return Act(
        path,
        document,
        int(match["revision"]),
        int(match.groupdict().get("n", 0)),
        str(data["stage"]),
        str(data["chain"]),
        str(data["decision"]),
        str(data["by"]),
        str(data["date"]),
        str(data["content"]),
    )
