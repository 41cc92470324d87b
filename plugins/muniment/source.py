"""Strict YAML: bytes to plain values, with a line and a column for every value and every fault."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from muniment import lines
from muniment.charsets import foreign_encoding, wide_encoding
from muniment.findings import Fault, Place, Pointer
from muniment.scalars import MAX_FAULTS
from muniment.slips import (
    BAD_CHARACTER,
    CONTROL,
    DIRECTIVE,
    INVISIBLE,
    INVISIBLE_CHARACTER,
    SYNTAX,
    code_point,
    line_column,
    shown,
)

if TYPE_CHECKING:
    from muniment.composition import Node

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A sound file: its text (without byte order mark) and its values."""

    path: str
    text: str
    data: dict[str, Any]

    def place(self, pointer: Pointer, on_key: bool = False) -> tuple[int, int]:
        """Line and column of a value, of a field's name with `on_key`, or of the nearest parent that exists.

        Most documents are never asked, so the places are found by reading the text again.
        """
        node = nodes(self.text)
        key: Node | None = None
        for part in pointer:
            if part not in node.fields:
                break
            key = node.keys.get(str(part))
            node = node.fields[part]
        meant = key if on_key and key else node
        return meant.line, meant.column

    @property
    def plain(self) -> Mapping[str, Any]:
        """The values that stand in plain text."""
        return self.data

    @property
    def words(self) -> str:
        """All text that the values come from."""
        return self.text

    def file_of(self, pointer: Pointer) -> str:  # noqa: ARG002 - a document in two files has to look
        """The file that a value stands in."""
        return self.path


@dataclass(frozen=True, slots=True)
class Opened(Document):
    """A record whose facts beyond the stub are encrypted, with the key at hand: `text` and `path` are the stub's, `data` is
    all of it, `sealed` what was encrypted.
    """

    sealed: Document
    stub: Document

    @property
    def plain(self) -> Mapping[str, Any]:
        return self.stub.data

    @property
    def words(self) -> str:
        return f"{self.text}\n{self.sealed.text}"

    def place(self, pointer: Pointer, on_key: bool = False) -> tuple[int, int]:
        if pointer and pointer[0] in self.sealed.data:
            return self.sealed.place(pointer, on_key)
        return Document.place(self, pointer, on_key)

    def file_of(self, pointer: Pointer) -> str:
        return self.sealed.path if pointer and pointer[0] in self.sealed.data else self.path


def opened(stub: Document, sealed: Document) -> Opened:
    """Both as one."""
    return Opened(stub.path, stub.text, {**stub.data, **sealed.data}, sealed, stub)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document, or the faults that keep a file from being one; a document may come with warnings."""

    document: Document | None
    faults: tuple[Fault, ...] = ()


UNUSUAL = re.compile(f"[{CONTROL}{INVISIBLE}\r\t]|^%", re.MULTILINE)


# -- Files --------------------------------------------------------------------------------------------------

WARNINGS = frozenset({"crlf-line-end", "multi-line-flow"})  # a test holds this against the rules
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def load(path: str, content: bytes, *, parser: Callable[[str], Any] | None = None) -> Loaded:
    """Read a file of facts; never raises, whatever the bytes are."""
    if len(content) > MAX_BYTES:
        params = {"size": len(content), "limit": MAX_BYTES}
        return Loaded(None, (Fault("oversized-file", Place(path, (), False, 1, 1), params),))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Loaded(None, (_encoding_fault(path, content, error.start),))
    if not content.startswith((BYTE_ORDER_MARK, b"%")) and not UNUSUAL.search(text):
        data = lines.values(text) if parser is None else None
        if data is None:
            from muniment import composition

            data = composition.quick_values(text, parser or composition.PARSERS[0])
        if data is not None:
            return Loaded(Document(path, text, data))
    return _load_carefully(path, content, text, parser)


def _load_carefully(path: str, content: bytes, text: str, parser: Callable[[str], Any] | None) -> Loaded:
    from muniment import composition

    if encoding := wide_encoding(content):
        return Loaded(None, (_foreign(Place(path, (), False, 1, 1), encoding),))
    faults = []
    if content.startswith(BYTE_ORDER_MARK):
        text = text[1:]
        faults.append(Fault("byte-order-mark", Place(path, (), False, 1, 1)))
    faults += islice(_text_faults(path, text), MAX_FAULTS)
    root, found = composition.compose(path, text, parser or composition.PARSERS[0])
    spoilt = {fault.place.line for fault in faults if fault.rule != "crlf-line-end"}
    # A sign that does not belong there makes the line unreadable, or its neighbour; say it once.
    faults += [
        one for one in found if one.rule not in SYNTAX or not {one.place.line, one.place.line - 1} & spoilt
    ]
    faults.sort(key=lambda one: (one.place.line, one.place.column))
    faults = faults[:MAX_FAULTS]
    if any(fault.rule not in WARNINGS for fault in faults) or root is None:
        return Loaded(None, tuple(faults))
    return Loaded(Document(path, text, root.value), tuple(faults))


def nodes(text: str) -> Node:
    """The tree of a sound text; an empty mapping where there is none."""
    from muniment import composition

    return composition.nodes(text)


def _text_faults(path: str, text: str) -> Iterator[Fault]:
    def at(index: int) -> Place:
        return Place(path, (), False, *line_column(text, index))

    for found in BAD_CHARACTER.finditer(text):
        rule = "invisible-character" if INVISIBLE_CHARACTER.match(found[0]) else "control-character"
        yield Fault(rule, at(found.start()), {"character": code_point(found[0])})
    if directive := DIRECTIVE.match(text):
        yield Fault("directive", at(directive.start(1)), {"directive": shown(directive[1])})
    if (first := text.find("\r\n")) >= 0:
        yield Fault("crlf-line-end", at(first), {"count": text.count("\r\n")})


def _encoding_fault(path: str, content: bytes, offset: int) -> Fault:
    encoding = foreign_encoding(content)
    before = content[:offset].decode("utf-8")
    place = Place(
        path, (), False, *(line_column(before, len(before)) if encoding in ("", "GB18030") else (1, 1))
    )
    if encoding:
        return _foreign(place, encoding)
    return Fault("broken-utf-8", place, {"byte": f"0x{content[offset]:02X}", "offset": offset})


def _foreign(place: Place, encoding: str) -> Fault:
    name, new = shlex.quote(place.path), shlex.quote(f"{place.path}.new")
    command = f"iconv -f {encoding} -t UTF-8 {name} > {new} && mv {new} {name}"
    return Fault("foreign-encoding", place, {"encoding": encoding, "command": command})
