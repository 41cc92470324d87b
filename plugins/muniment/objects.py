"""Git objects written straight into one pack: thousands of commits without a process or a file for each."""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias, cast

FILE = "100644"
EXECUTABLE = "100755"
SYMLINK = "120000"
SUBMODULE = "160000"
_FOLDER = "40000"

Entry = tuple[str, str]  # mode and object id
Moment = tuple[int, str]  # seconds since 1970, and the offset of the writer's clock: (1767571200, "+0800")
Folder = dict[str, Entry]
_Nested: TypeAlias = "dict[str, Entry | _Nested | None]"

_TYPES = {"commit": 1, "tree": 2, "blob": 3}
# Trees kept at hand: a history of thousands of commits would otherwise hold every state of every folder.
_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


def create(directory: Path, branch: str = "main") -> Path:
    """A new, empty repository with a working tree; the path of its `.git` folder."""
    git_dir = directory / ".git"
    for folder in ("objects/info", "objects/pack", "refs/heads", "refs/tags", "info"):
        (git_dir / folder).mkdir(parents=True)
    (git_dir / "HEAD").write_bytes(f"ref: refs/heads/{branch}\n".encode())
    (git_dir / "config").write_bytes(
        b"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tlogallrefupdates = true\n"
    )
    return git_dir


class Writer:
    """Collects objects for a repository; they and the references are there after `flush`, or after `with`.

    It writes what it is told, odd things too, because tests of attacks are written with it: only the order
    of a tree's entries is seen to. Trees and files of other writers it does not know.
    """

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir
        self._packs: list[_Pack] = []
        self._where: dict[str, tuple[_Pack, int, int]] = {}
        self._folders: dict[str, Folder] = {}
        self._references: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if kind is None:
            self.flush()
        for pack in self._packs:
            pack.close()

    def object(self, kind: str, data: bytes) -> str:
        """The id of an object of these bytes, which nobody checks."""
        digest = hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
        digest.update(data)
        identity = digest.hexdigest()
        if identity not in self._where:
            if not self._packs or self._packs[-1].finished:
                self._packs.append(_Pack(self._git_dir / "objects/pack"))
            self._where[identity] = (self._packs[-1], *self._packs[-1].add(identity, _TYPES[kind], data))
        return identity

    def blob(self, data: bytes) -> str:
        return self.object("blob", data)

    def tree(self, changes: Mapping[str, Entry | None], base: str | None = None) -> str:
        """`base` with these paths set, or removed by None; only the folders they touch are rewritten."""
        nested: _Nested = {}
        for path, entry in changes.items():
            *folders, name = path.split("/")
            place = nested
            for folder in folders:
                below = place.get(folder)
                if not isinstance(below, dict):
                    below = place[folder] = {}
                place = below
            place[name] = entry
        return self._laid_over(base, nested) or self.object("tree", b"")

    def commit(
        self,
        tree: str,
        parents: Iterable[str] = (),
        *,
        author: Person,
        at: Moment,
        committer: Person | None = None,
        committed: Moment | None = None,
        message: str,
        headers: Iterable[tuple[str, str]] = (),
        sign: Callable[[bytes], str] | None = None,
    ) -> str:
        """A commit; `sign` turns the payload into an armoured signature, which goes last, as in Git's own."""
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines.append(_identity("author", author, at))
        lines.append(_identity("committer", committer or author, committed or at))
        lines += (_header(name, value) for name, value in headers)
        text = f"\n{message}" if message.endswith("\n") else f"\n{message}\n"
        if sign:
            payload = "\n".join(lines) + "\n" + text
            lines.append(_header("gpgsig", sign(payload.encode())))
        return self.object("commit", ("\n".join(lines) + "\n" + text).encode())

    def ref(self, name: str, identity: str) -> None:
        """Point a reference, such as `refs/heads/main`, at an object once it is written."""
        self._references[name] = identity

    def flush(self) -> None:
        """Bring everything so far into the repository; the writer can go on after that."""
        if self._packs and not self._packs[-1].finished:
            self._packs[-1].finish()
        for name, identity in self._references.items():
            path = self._git_dir / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{identity}\n")
        self._references.clear()

    def folder(self, tree: str) -> Folder:
        """The entries of one tree by name; sub-folders have the mode 40000."""
        if tree not in self._folders:
            if len(self._folders) >= _CACHED:
                self._folders.clear()
            self._folders[tree] = _entries(self._read(tree))
        return self._folders[tree]

    def check_out(self, tree: str, directory: Path) -> None:
        """Write the files of a tree of this writer's, and the index that says that they are there."""
        rows = []
        for path, (mode, identity) in sorted(self._files(tree), key=lambda row: os.fsencode(row[0])):
            if not {"", ".", "..", ".git"}.isdisjoint(path.lower().split("/")):
                raise ValueError(path)
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if mode == SYMLINK:
                target.symlink_to(self._read(identity).decode())
            elif mode == SUBMODULE:
                target.mkdir()
            else:
                target.write_bytes(self._read(identity))
                target.chmod(int(mode, 8) & 0o777)
            rows.append(_index_row(path, mode, identity, target.lstat()))
        index = b"DIRC" + struct.pack(">II", 2, len(rows)) + b"".join(rows)
        (self._git_dir / "index").write_bytes(index + _sha1(index).digest())

    def _files(self, tree: str, above: str = "") -> Iterator[tuple[str, Entry]]:
        for name, entry in self.folder(tree).items():
            if entry[0] == _FOLDER:
                yield from self._files(entry[1], f"{above}{name}/")
            else:
                yield above + name, entry

    def _read(self, identity: str) -> bytes:
        pack, offset, length = self._where[identity]
        return pack.read(offset, length)

    def _laid_over(self, base: str | None, changes: _Nested) -> str | None:
        folder = dict(self.folder(base)) if base else {}
        for name, change in changes.items():
            entry = change
            if isinstance(change, dict):
                mode, below = folder.get(name, ("", ""))
                inner = self._laid_over(below if mode == _FOLDER else None, change)
                entry = (_FOLDER, inner) if inner else None
            if entry is None:
                folder.pop(name, None)
            else:
                folder[name] = cast("Entry", entry)
        if not folder:
            return None
        tree = self.object("tree", _packed(folder))
        self._folders[tree] = folder
        return tree


class _Pack:
    """One pack file and its index, without deltas: quick to write, and `git gc` makes it small."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="tmp_pack_", dir=folder)
        self._path = Path(name)
        self._file: BufferedRandom = os.fdopen(descriptor, "w+b")
        self._file.write(b"PACK" + struct.pack(">II", 2, 0))
        self._end = self._file.tell()
        self._index: dict[bytes, tuple[int, int]] = {}
        self.finished = False

    def add(self, identity: str, kind: int, data: bytes) -> tuple[int, int]:
        """Append an object; where its compressed bytes stand, and how many they are."""
        head = _size(kind, len(data))
        body = zlib.compress(data, 1)
        self._file.seek(self._end)
        self._file.write(head + body)
        self._index[bytes.fromhex(identity)] = (self._end, zlib.crc32(body, zlib.crc32(head)))
        start = self._end + len(head)
        self._end = start + len(body)
        return start, len(body)

    def read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return zlib.decompress(self._file.read(length))

    def finish(self) -> None:
        self._file.seek(8)
        self._file.write(struct.pack(">I", len(self._index)))
        self._file.seek(0)
        checksum = hashlib.file_digest(self._file, _sha1).digest()
        self._file.write(checksum)
        self._file.flush()
        name = self._path.with_name(f"pack-{checksum.hex()}")
        # Git looks for indexes, so the pack has to be there first. Git's own packs are read-only, too.
        self._path.chmod(0o444)
        self._path.rename(name.with_suffix(".pack"))
        name.with_suffix(".idx").write_bytes(self._index_file(checksum))
        self.finished = True

    def close(self) -> None:
        self._file.close()
        if not self.finished:
            self._path.unlink()

    def _index_file(self, checksum: bytes) -> bytes:
        names = sorted(self._index)
        counts = [0] * 256
        for name in names:
            counts[name[0]] += 1
        for first in range(1, 256):
            counts[first] += counts[first - 1]
        places = [self._index[name] for name in names]
        data = b"".join(
            (
                b"\xfftOc\0\0\0\2",
                struct.pack(">256I", *counts),
                *names,
                struct.pack(f">{len(places)}I", *(check for _, check in places)),
                struct.pack(f">{len(places)}I", *(offset for offset, _ in places)),
                checksum,
            )
        )
        return data + _sha1(data).digest()


def _sha1(data: bytes = b"") -> hashlib._Hash:
    return hashlib.sha1(data, usedforsecurity=False)


def _size(kind: int, length: int) -> bytes:
    """An object's head in a pack: its type and length, seven bits a byte after the first four."""
    head = bytearray([kind << 4 | length & 0x0F])
    length >>= 4
    while length:
        head[-1] |= 0x80
        head.append(length & 0x7F)
        length >>= 7
    return bytes(head)


def _packed(folder: Folder) -> bytes:
    rows = [
        (os.fsencode(name), mode.encode(), bytes.fromhex(identity))
        for name, (mode, identity) in folder.items()
    ]
    # Git sorts a folder as if its name ended with a slash.
    rows.sort(key=lambda row: row[0] + b"/" if row[1] == b"40000" else row[0])
    return b"".join(b"%s %s\0%s" % (mode, name, identity) for name, mode, identity in rows)


def _entries(data: bytes) -> Folder:
    folder: Folder = {}
    at = 0
    while at < len(data):
        end = data.index(b"\0", at)
        mode, _, name = data[at:end].partition(b" ")
        folder[os.fsdecode(name)] = (mode.decode(), data[end + 1 : end + 21].hex())
        at = end + 21
    return folder


def _identity(role: str, person: Person, at: Moment) -> str:
    return f"{role} {person.name} <{person.email}> {at[0]} {at[1]}"


def _header(name: str, value: str) -> str:
    return f"{name} " + value.rstrip("\n").replace("\n", "\n ")


def _index_row(path: str, mode: str, identity: str, found: os.stat_result) -> bytes:
    times = (found.st_ctime_ns, found.st_mtime_ns)
    numbers = [part for time in times for part in divmod(time, 10**9)]
    numbers += [found.st_dev, found.st_ino, int(mode, 8), found.st_uid, found.st_gid, found.st_size]
    name = os.fsencode(path)
    row = struct.pack(">10I", *(number & 0xFFFFFFFF for number in numbers))
    row += bytes.fromhex(identity) + struct.pack(">H", min(len(name), 0xFFF)) + name
    return row + b"\0" * (8 - len(row) % 8)
