"""Attachments: the files of a record and of its acts, with as much of each as a page can show at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from muniment import age
from muniment.charsets import foreign_encoding
from muniment.records import Act, Record

Kind = Literal["image", "pdf", "table", "text"]
# What a reader wants to see is whether this is the right file; for more there is the file itself.
MOST_ROWS = 20
MOST_COLUMNS = 12
MOST_LINES = 40
_MOST_BYTES = 64_000
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "avif", "svg"), "image"),
    "pdf": "pdf",
    **dict.fromkeys(("csv", "tsv"), "table"),
    **dict.fromkeys(("txt", "text", "md", "log", "json", "yaml", "yml", "xml", "toml", "ini", "sql"), "text"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file: `text`, or a table; `left` lines of it are not shown. Of a picture and a PDF there is only the
    kind, since a browser shows them by itself.
    """

    kind: Kind
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the record; `path` is where the site keeps it, from the root of the site, empty where it is locked. `sha256`
    is that of the file as it lies in the registry, which may be encrypted; `source` is its path there.
    """

    name: str
    title: str
    kind: str
    size: int
    sha256: str
    path: str
    source: str
    is_encrypted: bool = False
    preview: Preview | None = None

    @property
    def ending(self) -> str:
        """What sort of file it is, in the letters that people know it by."""
        return _ending(self.name).upper()


def attachments(record: Record, url: str) -> Iterator[Attachment]:
    """The files in `files/`, with what the facts say about each."""
    told = {
        str(entry.get("file")): entry
        for entry in record.data.get("attachments") or ()
        if isinstance(entry, Mapping)
    }
    for name in record.attachments:
        entry = told.get(name, {})
        shown = name.removesuffix(age.SUFFIX)
        path = f"{record.folder}/files/{name}"
        content = content_of(record, path)
        yield Attachment(
            shown,
            str(entry.get("title") or shown),
            str(entry.get("kind") or ""),
            len(record.tree.read(path) if content is None else content),
            str(entry.get("sha256") or ""),
            "" if content is None else f"{url}files/{shown}",
            path,
            shown != name,
            None if content is None else preview(shown, content),
        )


def content_of(record: Record, path: str) -> bytes | None:
    """A file of the record for its readers: in plain text; None where the record is locked."""
    if path not in record.ciphers:
        return record.tree.read(path)
    return None if record.is_locked else record.plain(path)


def evidence(record: Record, act: Act, url: str) -> Iterator[Attachment]:
    """The files that an act brings along, those that can be opened here."""
    folder = act.path.rpartition("/")[0]
    for entry in act.data.get("evidence") or ():
        name = str(entry.get("file") or "")
        path = f"{folder}/{name}"
        content = content_of(record, path) if path in record.act_paths and path in record.tree.modes else None
        if content is not None:
            shown = name.removesuffix(age.SUFFIX)
            picture = Preview("image") if _KINDS.get(_ending(shown)) == "image" else None
            digest = str(entry.get("sha256") or "")
            yield Attachment(
                shown, shown, "", len(content), digest, f"{url}acts/{shown}", path, shown != name, picture
            )


def files(record: Record, url: str) -> Iterator[tuple[str, str]]:
    """What the site keeps beside the record's page: (path in the registry, path in the site)."""
    for name in record.attachments:
        if not (name.endswith(age.SUFFIX) and record.is_locked):
            yield f"{record.folder}/files/{name}", f"{url}files/{name.removesuffix(age.SUFFIX)}"
    for act in (*record.acts, *record.readings):
        for each in evidence(record, act, url):
            yield each.source, each.path


# -- Previews -------------------------------------------------------------------------------------------------


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def preview(name: str, content: bytes) -> Preview | None:
    """None for what a browser cannot show, such as the files of an office program, and for what is not what its name says."""
    kind = _KINDS.get(_ending(name))
    if kind in ("image", "pdf"):
        return Preview(kind)
    return _read(kind, content, "\t" if _ending(name) == "tsv" else "") if kind and content else None


@lru_cache(maxsize=64)  # a record's page is made in each language
def _read(kind: Kind, content: bytes, separator: str) -> Preview | None:
    is_whole = len(content) <= _MOST_BYTES
    text = _text(content[:_MOST_BYTES], is_whole=is_whole)
    if text is None:
        return None
    lines = text.splitlines()
    total = len(lines) if is_whole else content.count(b"\n") + (not content.endswith(b"\n"))
    if kind == "table":
        reader = csv.reader(lines, delimiter=separator or _separator(lines[0]))
        heads, *rows = islice(reader, MOST_ROWS + 1)
        width = min(max(len(row) for row in (heads, *rows)), MOST_COLUMNS)
        if width < 2:
            return _plain(lines, total)
        shown = tuple(tuple([*row, *[""] * width][:width]) for row in (heads, *rows))
        return Preview("table", heads=shown[0], rows=shown[1:], left=total - reader.line_num)
    return _plain(lines, total)


def _plain(lines: list[str], total: int) -> Preview:
    return Preview("text", "\n".join(lines[:MOST_LINES]), left=max(total - MOST_LINES, 0))


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def _text(content: bytes, *, is_whole: bool) -> str | None:
    """None where it is no text; of a long file whole lines."""
    if not is_whole:
        content = content[: content.rfind(b"\n") + 1] or content
    encoding = foreign_encoding(content) or "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text.strip("\r\n") if text.strip() and "\0" not in text else None
