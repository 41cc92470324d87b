"""Record folders as they stood at any commit of a history, put together from differences instead of whole trees."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from muniment import records, source
from muniment.history import Change, Commit, History
from muniment.records import Corpus, Open, Record, Tree
from muniment.schemas import Types
from muniment.source import Document, Loaded

Files = Mapping[str, tuple[str, str]]
_GITLINK = "160000"


class Store:
    """Contents by blob id, fetched in a few batches; what was read from one is kept. `open` is that of its trees.

    `known` are sound documents by path that were read from elsewhere: most files are in the working tree as they landed.
    """

    def __init__(
        self,
        fetch: Callable[[Iterable[str]], Mapping[str, bytes]],
        open: Open = records.nothing_opens,
        known: Mapping[str, Document] | None = None,
    ) -> None:
        self._fetch = fetch
        self.open = open
        self._known = known or {}
        self._contents: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}
        self._documents: dict[tuple[str, str], Loaded] = {}

    def again(self, open: Open, known: Mapping[str, Document]) -> Store:
        """A store with the same contents for trees that open otherwise."""
        store = Store(self._fetch, open, known)
        store._contents, store._digests = self._contents, self._digests
        return store

    def want(self, ids: Iterable[str]) -> None:
        """Fetch together what will be read one by one."""
        missing = {name for name in ids if name and name not in self._contents}
        if missing:
            self._contents.update(self._fetch(missing))

    def read(self, blob: str) -> bytes:
        if blob not in self._contents:
            self.want([blob])
        return self._contents[blob]

    def sha256(self, blob: str) -> str:
        if blob not in self._digests:
            self._digests[blob] = hashlib.sha256(self.read(blob)).hexdigest()
        return self._digests[blob]

    def load(self, path: str, blob: str) -> Loaded:
        key = (path, blob)
        if key not in self._documents:
            content, known = self.read(blob), self._known.get(path)
            is_same = known is not None and known.text.encode() == content
            self._documents[key] = Loaded(known) if is_same else source.load(path, content)
        return self._documents[key]


@dataclass(frozen=True)
class StoredTree(Tree):
    """A tree whose files are blobs of a store."""

    files: Files = field(default_factory=dict)
    store: Store | None = None

    def sha256(self, path: str) -> str:
        return self._store.sha256(self.files[path][1])

    def load(self, path: str) -> Loaded:
        return self._store.load(path, self.files[path][1])

    @property
    def _store(self) -> Store:
        if self.store is None:
            raise ValueError("a stored tree without a store")
        return self.store


class Documents(Mapping[str, Document]):
    """The documents among the files of a commit, each read when it is first asked for."""

    def __init__(self, files: Files, store: Store) -> None:
        self._files = {path: blob for path, (mode, blob) in files.items() if mode != _GITLINK}
        self._store = store

    def __getitem__(self, path: str) -> Document:
        document = self._store.load(path, self._files[path]).document
        if document is None:
            raise KeyError(path)
        return document

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._files if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def tree(files: Files, store: Store) -> StoredTree:
    """The files of a commit as a tree; submodules are left out, since they hold nothing to read."""
    kept = {path: entry for path, entry in files.items() if entry[0] != _GITLINK}
    modes = {path: mode for path, (mode, _) in kept.items()}
    return StoredTree(modes, lambda path: store.read(kept[path][1]), (), store.open, kept, store)


class Past:
    """`folder(commit, path)` for every commit of `history` and for those just outside it, which `outside` lists whole."""

    def __init__(
        self,
        history: History,
        outside: Callable[[str], Files],
        known: Mapping[str, dict[str, dict[str, tuple[str, str]]]] | None = None,
    ) -> None:
        """`known` are commits outside whose files the caller has `grouped` already."""
        self._history = history
        self._outside = outside
        self._index = {commit.id: index for index, commit in enumerate(history.steps)}
        self._along: dict[str, tuple[list[int], list[dict[str, tuple[str, str]]]]] = {}
        self._grouped: dict[str, dict[str, list[Change]]] = {}
        self._borders = dict(known or {})
        self._known: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        for index, commit in enumerate(history.steps):
            for folder, changes in self._by_folder(commit).items():
                at, states = self._along.setdefault(folder, ([], []))
                before = states[-1] if states else self._at_border(history.steps[0], folder)
                at.append(index)
                states.append(laid_over(before, changes))

    def _by_folder(self, commit: Commit) -> Mapping[str, list[Change]]:
        if commit.id not in self._grouped:
            self._grouped[commit.id] = by_folder(self._history.changes[commit.id][0])
        return self._grouped[commit.id]

    def _at_border(self, first: Commit, folder: str) -> dict[str, tuple[str, str]]:
        return self._border(first.parents[0], folder) if first.parents else {}

    def _border(self, commit: str, folder: str) -> dict[str, tuple[str, str]]:
        """A folder at a commit that the history does not reach."""
        if commit not in self._borders:
            self._borders[commit] = grouped(self._outside(commit))
        return self._borders[commit].get(folder, {})

    def folder(self, commit: str, folder: str) -> Mapping[str, tuple[str, str]]:
        """The files of one record folder at a commit: path to (mode, blob)."""
        later: list[Commit] = []
        state: dict[str, tuple[str, str]] | None = None
        while state is None:
            known = self._known.get((commit, folder))
            if known is not None:
                state = known
            elif commit in self._index:
                state = self._on_main(self._index[commit], folder)
            elif commit not in self._history.commits:
                state = self._border(commit, folder)
            else:
                here = self._history.commits[commit]
                later.append(here)
                if not here.parents:
                    state = {}
                else:
                    commit = here.parents[0]
        for here in reversed(later):
            changes = self._by_folder(here).get(folder)
            state = laid_over(state, changes) if changes else state
            self._known[here.id, folder] = state
        return state

    def _on_main(self, index: int, folder: str) -> dict[str, tuple[str, str]]:
        at, states = self._along.get(folder, ([], []))
        place = bisect_right(at, index)
        if place:
            return states[place - 1]
        return self._at_border(self._history.steps[0], folder) if self._history.steps else {}


def grouped(files: Files) -> dict[str, dict[str, tuple[str, str]]]:
    """The files under `records/`, by record folder."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    here: dict[str, tuple[str, str]] = {}
    inside = "\0"  # of the folder that the last one lay in: git lists files by their paths, so most lie where it did
    for path, entry in files.items():
        rest = path[len(inside) :] if path.startswith(inside) else "/"
        if "/" in rest and not rest.startswith(("acts/", "files/")):
            if not path.startswith(records.ROOT):
                continue
            folder = records.folder_of(path)
            here = found.setdefault(folder, {})
            inside = f"{folder}/" if "/" in folder else "\0"
        here[path] = entry
    return found


def by_folder(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes under `records/`, by record folder."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        if change.path.startswith(records.ROOT):
            found.setdefault(records.folder_of(change.path), []).append(change)
    return found


def laid_over(state: Files, changes: Iterable[Change]) -> dict[str, tuple[str, str]]:
    """The files of a state with changes made to them."""
    files = dict(state)
    for change in changes:
        if change.new:
            files[change.path] = (change.new_mode, change.new)
        else:
            files.pop(change.path, None)
    return files


def read_folder(files: Files, store: Store, types: Types) -> Corpus:
    """The record that the files of one folder make, as a corpus of one (or none, with the faults)."""
    return records.load(tree(files, store), types)


def revision(record: Record, files: Files, store: Store) -> Record | None:
    """The record of that folder as these files (without acts) make it; None where its facts cannot be read any more.

    It keeps its type: what an earlier revision says is shown, not judged.
    """
    entry = files.get(record.path)
    document = store.load(record.path, entry[1]).document if entry else None
    if document is None or not isinstance(document.data, dict):
        return None
    store.want(blob for mode, blob in files.values() if mode != _GITLINK)
    rest = tuple(sorted(path for path in files if path != record.path))
    held = tree(files, store)
    document, seal, _ = records.unsealed(held, record.path, document, rest)
    return Record(record.number, record.type, record.path, document, held, rest, seal=seal)
