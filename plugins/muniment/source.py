"""Strict YAML: bytes to plain values, with a line and a column for every value and every fault."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from muniment.findings import Fault, Place, Pointer, Related, Text

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_DIGITS = 30
MAX_FAULTS = 100  # a file of rubbish must not become a million findings

type_of = type


class PureParser(Reader, Scanner, Parser):
    """PyYAML's events without libyaml; slower, the same results."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


def _parsers() -> tuple[Callable[[str], Any], ...]:
    try:
        from yaml._yaml import CParser  # wheels have it; a build without libyaml does not
    except ImportError:
        return (PureParser,)
    return CParser, PureParser


PARSERS = _parsers()


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
        shown = key if on_key and key else node
        return shown.line, shown.column


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document, or the faults that keep a file from being one; a document may come with warnings."""

    document: Document | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the stretch of text that it takes; `style` is its opening sign, if it has one."""

    value: Any
    start: int
    end: int
    line: int
    column: int
    style: str = ""
    fields: Mapping[str | int, Node] = field(default_factory=dict)
    keys: Mapping[str, Node] = field(default_factory=dict)


# -- Scalars ------------------------------------------------------------------------------------------------

WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
SUSPECT = frozenset(["", *"0123456789+-.~nNtTfF"])  # how a plain scalar that is no text can begin
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
OTHER_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


class _OddScalarError(ValueError):
    """A plain scalar that two readers of YAML would take for two things; its text is the rule's name."""


def scalar(value: str) -> str | int | bool | Decimal | None:
    """What a plain scalar means (YAML 1.2 core, without the forms that mislead)."""
    return _short_scalar(value) if len(value) <= MAX_DIGITS + 2 else _scalar(value)


def _scalar(value: str) -> str | int | bool | Decimal | None:
    if value in WORDS:
        return WORDS[value]
    if OTHER_NUMBER.fullmatch(value):
        return _number(value)
    if (DAY.fullmatch(value) and not _is_day(value)) or (TIME.fullmatch(value) and not _is_time(value)):
        raise _OddScalarError("impossible-date")
    return value


_short_scalar = lru_cache(maxsize=1 << 14)(_scalar)  # the same dates, numbers and words come again and again


def _number(value: str) -> int | Decimal:
    # Counted before it is converted: int() of very long text is slow, and refuses it in its own words.
    if sum(map(str.isdigit, value)) > MAX_DIGITS:
        raise _OddScalarError("overlong-number")
    if INTEGER.fullmatch(value):
        return int(value)
    if DECIMAL.fullmatch(value):
        return Decimal(value)
    raise _OddScalarError("unclear-number")


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


# -- Characters ---------------------------------------------------------------------------------------------

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# U+0085, U+2028 and U+2029 end a line for YAML 1.1 and for no editor: places after them would be wrong.
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
BAD_CHARACTER = re.compile(f"[{CONTROL}{INVISIBLE}\ud800-\udfff]|\r(?!\n)")
INVISIBLE_CHARACTER = re.compile(f"[{INVISIBLE}]")
BAD_VALUE = re.compile(f"[{CONTROL}{INVISIBLE}\ud800-\udfff\r]")  # what an escape must not smuggle in
UNUSUAL = re.compile(f"[{CONTROL}{INVISIBLE}\r\t]|^%", re.MULTILINE)
DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(%[^\r\n]*)")
STAND_IN = "\ufffd"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _is_plain_key(key: str) -> bool:
    return (key.isascii() and key.isidentifier() and key not in WORDS) or (key.isalnum() and key not in WORDS)


# -- The quick way: values only -----------------------------------------------------------------------------


def _quick_values(text: str, parser: Callable[[str], Any]) -> dict[str, Any] | None:
    """The values of an ordinary document; None for anything that needs a closer look, be it sound or not."""
    read = parser(text).get_event
    read()
    start = read()
    if type_of(start) is not DocumentStartEvent or start.version or start.tags:
        return None
    data = _quick_document(read, "\\" in text)
    if not isinstance(data, dict):
        return None
    read()
    return data if type_of(read()) is StreamEndEvent else None


def _quick_document(read: Callable[[], Any], escapes: bool) -> Any:  # noqa: C901 - one loop is what makes it quick
    stack: list[tuple[Any, str | None, int]] = []
    container: Any = []
    key: str | None = None
    while True:
        event = read()
        kind = type_of(event)
        value: Any
        if kind is ScalarEvent:
            value = event.value
            if event.tag is not None or event.anchor is not None:
                return None
            if key is None and type_of(container) is dict:
                if value in container or not _is_plain_key(value):
                    return None
                key = value
                continue
            if not event.style:
                if value[:1] in SUSPECT:
                    value = scalar(value)
            elif escapes and event.style == '"' and BAD_VALUE.search(value):
                return None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if _is_unusual(event) or len(stack) >= MAX_DEPTH or (key is None and type_of(container) is dict):
                return None
            stack.append((container, key, event.start_mark.line if event.flow_style else -1))
            container, key = ({} if kind is MappingStartEvent else []), None
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = container
            container, key, line = stack.pop()
            if line not in (-1, event.end_mark.line):
                return None
        else:
            return None
        if not stack:
            return value
        if key is None:
            container.append(value)
        else:
            container[key] = value
            key = None


def _is_unusual(event: Any) -> bool:
    return event.tag is not None or event.anchor is not None


# -- The careful way: values, places and every fault --------------------------------------------------------


class _Frame:
    """A mapping or a list that is being read."""

    __slots__ = ("fields", "key", "key_node", "keys", "start", "value")

    def __init__(self, start: Any, value: dict[str, Any] | list[Any]) -> None:
        self.start = start
        self.value = value
        self.fields: dict[str | int, Node] = {}
        self.keys: dict[str, Node] = {}
        self.key: str | None = None
        self.key_node: Node | None = None

    def expects_key(self) -> bool:
        return self.key is None and isinstance(self.value, dict)

    def step(self) -> str | int:
        return len(self.value) if self.key is None else self.key

    def steps(self) -> tuple[str | int, ...]:
        """The frame's part of a pointer: nothing before a field has its name."""
        step = self.step()
        return () if self.expects_key() or str(step).startswith("\0") else (step,)

    def last_end(self) -> int:
        """Where the last value ends: libyaml ends a block only at the next token, after any comments."""
        for node in reversed(self.fields.values()):
            return node.end
        return int(self.start.end_mark.index)


class _Composer:
    """Reads the events of one text, whatever they are, without recursion."""

    def __init__(self, path: str, text: str, parser: Callable[[str], Any]) -> None:
        self.path = path
        self.text = text
        self.faults: list[Fault] = []
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.last: Any = None  # the last scalar, for the diagnosis of what follows it
        self.opaque: list[tuple[int, int]] = []  # quoted texts and blocks, where tabs may stand
        self.end = len(text)
        self._new_parser = parser

    def run(self) -> None:
        parser = self._new_parser(self.text)
        try:
            self._read(parser)
        except _StopError:
            pass
        except yaml.MarkedYAMLError as error:
            self._syntax_fault(error)
        except (ValueError, OverflowError):
            # PyYAML's own scanner hands the number of `\U........` to chr() without looking at it.
            for index, sign, escape in _escapes(self.text, self.text.rfind("\n", 0, parser.index) + 1):
                if sign is None:
                    self.fault_at("unknown-escape", index, escape=escape)
                    break
        if "\t" in self.text:
            self._tab_fault()

    def _read(self, parser: Any) -> None:
        documents = 0
        while len(self.faults) < MAX_FAULTS:
            event = parser.get_event()
            if isinstance(event, StreamEndEvent):
                return
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault("several-documents", event.start_mark)
                    return
            elif isinstance(event, CollectionStartEvent):
                self._properties(event)
                if len(self.stack) >= MAX_DEPTH:
                    self.end, _ = _span(event)
                    self._fault("deep-nesting", event.start_mark, limit=MAX_DEPTH)
                    return
                self._open(event)
            else:
                self._close_or_scalar(event)

    def _open(self, event: Any) -> None:
        if self.stack and self.stack[-1].expects_key():
            self._fault("composite-key", event.start_mark)
        self.stack.append(_Frame(event, {} if isinstance(event, MappingStartEvent) else []))

    def _close_or_scalar(self, event: Any) -> None:
        if isinstance(event, CollectionEndEvent):
            self._close(event)
        elif isinstance(event, AliasEvent):
            self._fault("alias", event.start_mark, name=_shown(event.anchor or ""))
            self._attach(self._node(event, None))
        elif isinstance(event, ScalarEvent):
            self._properties(event)
            self.last = event
            if event.style:
                self.opaque.append(_span(event))
            if self.stack and self.stack[-1].expects_key():
                self._key(event)
            else:
                self._attach(self._node(event, self._value(event)))

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        start, end = frame.start.start_mark, frame.last_end()
        if frame.start.flow_style:
            end = event.end_mark.index
            in_flow = self.stack and self.stack[-1].start.flow_style
            if event.end_mark.line != start.line and not in_flow:
                self._fault("multi-line-flow", start, bracket=self.text[start.index])
        style = self.text[start.index] if frame.start.flow_style else ""
        node = Node(
            frame.value, start.index, end, start.line + 1, start.column + 1, style, frame.fields, frame.keys
        )
        if self.stack and self.stack[-1].expects_key():
            self._set_key(f"\0{start.index}", node)
        else:
            self._attach(node)

    def _node(self, event: Any, value: Any) -> Node:
        mark, end = event.start_mark, event.end_mark.index
        style = getattr(event, "style", "") or ""
        if style in ("|", ">"):
            # libyaml counts the empty lines after a block to the block, where only `+` keeps them.
            header = self.text[mark.index : end].split("\n", 1)[0].split("#", 1)[0]
            end = mark.index + len(self.text[mark.index : end].rstrip(" \r\n"))
            if "+" in header:
                end = max(end, len(self.text[: event.end_mark.index].removesuffix("\n").removesuffix("\r")))
        return Node(value, mark.index, end, mark.line + 1, mark.column + 1, style)

    def _attach(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        step = frame.step()
        # Of equal keys the first one keeps its place, which is what a fault about the second points to.
        frame.fields.setdefault(step, node)
        if isinstance(frame.value, list):
            frame.value.append(node.value)
        else:
            frame.value.setdefault(str(step), node.value)
            frame.key = None

    # -- Keys and values

    def _key(self, event: Any) -> None:
        key, mark = event.value, event.start_mark
        if key == "" or (not event.style and WORDS.get(key, True) is None):
            self._fault("empty-key", mark, key=key)
            key = f"\0{mark.index}"
        elif key == "<<" and not event.style:
            self._fault("merge-key", mark)
        elif key[0] in SPACES or key[-1] in SPACES:
            space = key[0] if key[0] in SPACES else key[-1]
            self._fault("full-width-sign", mark, key=key, sign=_code_point(space), ascii=" ")
        self._check_escapes(event)
        self._set_key(key, self._node(event, key))

    def _set_key(self, key: str, node: Node) -> None:
        frame = self.stack[-1]
        frame.key, first = key, frame.keys.get(key)
        if first is None:
            frame.keys[key] = node
            return
        place = Place(self.path, self._pointer(), True, node.line, node.column)
        earlier = Place(self.path, self._pointer(), True, first.line, first.column)
        related = (Related(earlier, Text("it stands here first", "第一次出现在这里")),)
        self.faults.append(Fault("duplicate-key", place, {"key": _shown(key)}, related=related))

    def _value(self, event: Any) -> Any:
        self._check_escapes(event)
        if event.style or event.value[:1] not in SUSPECT:
            return event.value
        try:
            return scalar(event.value)
        except _OddScalarError as odd:
            self._fault(str(odd), event.start_mark, value=_shown(event.value), limit=MAX_DIGITS)
            return event.value

    def _check_escapes(self, event: Any) -> None:
        if event.style != '"' or "\\" not in self.text:
            return
        for index, sign, escape in _escapes(self.text, event.start_mark.index, event.end_mark.index):
            if sign is None:
                self.fault_at("unknown-escape", index, escape=escape)
                raise _StopError
            if BAD_VALUE.match(sign):
                hidden = INVISIBLE_CHARACTER.match(sign)
                rule = "invisible-character" if hidden else "control-character"
                self.fault_at(rule, index, character=_code_point(sign))

    def _properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault("anchor", event.start_mark, name=_shown(event.anchor))
        if event.tag is not None:
            written = re.match(r"(?:&\S+\s+)?(!\S*)", self.text[event.start_mark.index :][:80])
            self._fault("tag", event.start_mark, tag=_shown(written[1] if written else event.tag))

    # -- Faults

    def _pointer(self) -> Pointer:
        return tuple(step for frame in self.stack for step in frame.steps())

    def _fault(self, rule: str, mark: Any, **params: object) -> None:
        on_key = bool(self.stack) and self.stack[-1].expects_key()
        pointer = self._pointer()
        if on_key and params.get("key"):
            pointer = (*pointer, str(params["key"]))
        place = Place(self.path, pointer, on_key, mark.line + 1, mark.column + 1)
        self.faults.append(Fault(rule, place, params))

    def fault_at(self, rule: str, index: int, **params: object) -> None:
        line, column = line_column(self.text, index)
        self.faults.append(Fault(rule, Place(self.path, (), False, line, column), params))

    def _syntax_fault(self, error: yaml.MarkedYAMLError) -> None:
        stumble = _Stumble.of(self.text, error, self.last)
        flows = [frame.start.start_mark.index for frame in self.stack if frame.start.flow_style]
        rule, index, params = _diagnose(stumble, flows[0] if flows else None)
        self.end = stumble.start if stumble.is_inside_text() else min(stumble.at + 1, len(self.text))
        self.fault_at(rule, index, **params)

    def _tab_fault(self) -> None:
        """A tab anywhere but in quotes, blocks and comments; the two parsers disagree about them."""
        text = self.text[: self.end]
        for start, end in self.opaque:
            text = text[:start] + "x" * len(text[start:end]) + text[end:]
        text = COMMENT.sub(lambda found: "x" * len(found[0]), text)
        at = text.find("\t")
        if at >= 0:
            here = line_column(self.text, at)
            self.faults = [one for one in self.faults if (one.place.line, one.place.column) < here]
            self.fault_at("tab-between-words", at)


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


class _StopError(Exception):
    """Nothing after this place can be read with sense."""


# -- What a syntax fault really is --------------------------------------------------------------------------

COMMENT = re.compile(r"(?:^|(?<=[ \t\n]))#[^\n]*")
SPACES = "\u3000\u00a0"
NAME = r"[ ]*(?:- +)*[\"']?\w[\w .()（）/-]{0,40}?[\"']?"  # a field's name, as far as one can tell
FULL_WIDTH_COLON = re.compile(rf"{NAME}(：)")
NO_SPACE = re.compile(r"[ ]*(?:- +)*\w[\w-]{0,40}(:)(?=[^\s:/])|[ ]*(-)(?=[^\s-])")
FULL_WIDTH_SPACE = re.compile(f"[ ]*([{SPACES}])")
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|[\s\S])")
SHORT_ESCAPES = dict(
    zip('0abt\tnvfre "/\\N_LP\n\r', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029\n\n', strict=True)
)

Diagnosis = tuple[str, int, dict[str, object]]


class _Stumble(NamedTuple):
    """Where a parser gave up: at `at`, in something that began at `start`, after the scalar `last`."""

    text: str
    context: str
    problem: str
    start: int
    at: int
    last: Any

    @classmethod
    def of(cls, text: str, error: yaml.MarkedYAMLError, last: Any) -> _Stumble:
        at = error.problem_mark.index if error.problem_mark else len(text)
        start = error.context_mark.index if error.context_mark else at
        return cls(text, error.context or "", error.problem or "", start, min(at, len(text)), last)

    def is_inside_text(self) -> bool:
        return "tab character" not in self.problem and (
            "quoted scalar" in self.context or "block scalar" in self.context
        )

    def line(self, index: int) -> tuple[int, str]:
        """The line around an index, and where it begins."""
        begin = self.text.rfind("\n", 0, index) + 1
        return begin, self.text[begin:].split("\n", 1)[0]

    def is_first(self) -> bool:
        begin, _ = self.line(self.at)
        return not self.text[begin : self.at].strip()


def _escapes(text: str, start: int, end: int | None = None) -> Iterator[tuple[int, str | None, str]]:
    """Every escape in a double-quoted text: its place, its sign (None: no such escape), itself."""
    for found in ESCAPE.finditer(text, start, len(text) if end is None else end):
        code = found[1]
        sign: str | None = SHORT_ESCAPES.get(code[0])
        if len(code) > 1 and code[0] in "xuU":
            number = int(code[1:], 16)
            # Halves of a pair are JSON's way to write what UTF-8 writes as one sign.
            sign = chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else None
        yield found.start(), sign, found[0]


def _diagnose(stumble: _Stumble, bracket: int | None) -> Diagnosis:
    if "tab character" in stumble.problem:
        return "tab-between-words", stumble.at, {}
    for look in (_in_quotes, _after_quotes, _slip_of_a_key, _in_brackets, _second_colon, _no_colon):
        if found := look(stumble, bracket):
            return found
    return _out_of_place(stumble)


def _in_quotes(stumble: _Stumble, _: int | None) -> Diagnosis | None:
    if "quoted scalar" not in stumble.context:
        return None
    if "found unexpected" in stumble.problem:
        return "unclosed-quote", stumble.start, {"quote": stumble.text[stumble.start]}
    for index, sign, escape in _escapes(stumble.text, stumble.start):
        if sign is None:
            return "unknown-escape", index, {"escape": escape}
    return None


def _after_quotes(stumble: _Stumble, _: int | None) -> Diagnosis | None:
    """`title: "a" b`, or a quote that was not closed and met the opening quote of a later line."""
    last = stumble.last
    if last is None or last.style not in ("'", '"'):
        return None
    between = stumble.text[last.end_mark.index : stumble.at]
    if (
        between.strip(" ")
        or "','" in stumble.problem
        or not stumble.text[stumble.at : stumble.at + 1].strip()
    ):
        return None
    if last.start_mark.line != last.end_mark.line:
        return "unclosed-quote", last.start_mark.index, {"quote": last.style}
    return "text-after-quote", stumble.at, {"quote": last.style}


def _slip_of_a_key(stumble: _Stumble, bracket: int | None) -> Diagnosis | None:
    """A colon of the wrong width or without its space: here, where it began, or just above."""
    if bracket is not None:
        return None
    begin, line = stumble.line(stumble.at)
    indexes = [stumble.start, stumble.at]
    if ": " not in line[: stumble.at - begin] and (above := stumble.text[:begin].rstrip()):
        indexes.append(len(above) - 1)
    for index in indexes:
        if found := _slip(*stumble.line(index)):
            return found
    return None


def _slip(begin: int, line: str) -> Diagnosis | None:
    if found := FULL_WIDTH_SPACE.match(line):
        return "full-width-sign", begin + found.start(1), {"sign": _code_point(found[1]), "ascii": " "}
    if found := FULL_WIDTH_COLON.match(line):
        return "full-width-sign", begin + found.start(1), {"sign": "：", "ascii": ": "}
    if found := NO_SPACE.match(line):
        group = found.lastindex or 1
        return "missing-space", begin + found.end(group), {"sign": found[group]}
    return None


def _in_brackets(stumble: _Stumble, bracket: int | None) -> Diagnosis | None:
    if bracket is None and "flow" not in stumble.context:
        return None
    sign = stumble.text[stumble.at : stumble.at + 1]
    if sign in ("@", "`", "%", "&", "*", "!", "|", ">"):
        return "unexpected-character", stumble.at, {"character": sign}
    opening = stumble.start if stumble.text[stumble.start : stumble.start + 1] in ("[", "{") else bracket
    if opening is None:
        return None
    return "unclosed-bracket", opening, {"bracket": stumble.text[opening]}


def _second_colon(stumble: _Stumble, _: int | None) -> Diagnosis | None:
    if "mapping values" not in stumble.problem:
        return None
    begin, line = stumble.line(stumble.at)
    before = line[: stumble.at - begin]
    if stumble.is_first():
        return "empty-key", stumble.at, {"key": ""}
    if ": " in before:
        return "unquoted-colon", stumble.at, {}
    return "uneven-indentation", begin + len(before) - len(before.lstrip()), {}


def _no_colon(stumble: _Stumble, _: int | None) -> Diagnosis | None:
    if "simple key" not in stumble.context:
        return None
    begin, line = stumble.line(stumble.start)
    return "missing-colon", stumble.start, {"text": _shown(line[stumble.start - begin :].strip())}


def _out_of_place(stumble: _Stumble) -> Diagnosis:
    at = stumble.at
    if re.search(r"an? (alias|anchor|tag|block scalar|directive)", stumble.context):
        at = stumble.start
    elif stumble.is_first() and stumble.text[at : at + 1] not in tuple("@`%]}|>,&*!"):
        return "uneven-indentation", at, {}
    if not (sign := stumble.text[at : at + 1].strip()):
        return "uneven-indentation", at, {}
    return "unexpected-character", at, {"character": sign}


def line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _shown(value: str) -> str:
    """A stretch of the file, short enough for a message and on one line."""
    value = BAD_VALUE.sub(STAND_IN, " ".join(value.split())).replace("`", "'")
    return value if len(value) <= 40 else value[:39] + "…"


# -- Files --------------------------------------------------------------------------------------------------

WARNINGS = frozenset({"crlf-line-end", "multi-line-flow"})  # a test holds this against the rules
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def load(path: str, content: bytes, *, parser: Callable[[str], Any] = PARSERS[0]) -> Loaded:
    """Read a file of facts; never raises, whatever the bytes are."""
    if len(content) > MAX_BYTES:
        params = {"size": len(content), "limit": MAX_BYTES}
        return Loaded(None, (Fault("oversized-file", Place(path, (), False, 1, 1), params),))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Loaded(None, (_encoding_fault(path, content, error.start),))
    if not content.startswith((BYTE_ORDER_MARK, b"%")) and not UNUSUAL.search(text):
        try:
            data = _quick_values(text, parser)
        except (yaml.YAMLError, ValueError, OverflowError):
            data = None
        if data is not None:
            return Loaded(Document(path, text, data))
    return _load_carefully(path, content, text, parser)


def _load_carefully(path: str, content: bytes, text: str, parser: Callable[[str], Any]) -> Loaded:
    if fault := _wide_encoding_fault(path, content):
        return Loaded(None, (fault,))
    faults = []
    if content.startswith(BYTE_ORDER_MARK):
        text = text[1:]
        faults.append(Fault("byte-order-mark", Place(path, (), False, 1, 1)))
    faults += islice(_text_faults(path, text), MAX_FAULTS)
    root, found = _compose(path, text, parser)
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


SYNTAX = frozenset(
    {
        *("full-width-sign", "tab-between-words", "unclosed-quote", "text-after-quote", "unknown-escape"),
        *("unclosed-bracket", "missing-space", "missing-colon", "unquoted-colon", "uneven-indentation"),
        *("unexpected-character", "empty-file", "top-without-fields"),
    }
)


def _compose(path: str, text: str, parser: Callable[[str], Any]) -> tuple[Node | None, list[Fault]]:
    """The tree of any text; signs that no parser accepts are replaced so that the rest can be read."""
    readable = BAD_CHARACTER.sub(STAND_IN, text)
    if directive := DIRECTIVE.match(readable):
        at = directive.start(1)
        readable = f"{readable[:at]}#{readable[at + 1 :]}"
    composer = _Composer(path, readable, parser)
    composer.run()
    root = composer.root
    if not composer.faults and (root is None or (root.start == root.end and not root.style)):
        composer.fault_at("empty-file", 0)
    elif root is not None and not isinstance(root.value, dict) and not _has_syntax_fault(composer.faults):
        slip = _slip(*_Stumble(readable, "", "", 0, root.start, None).line(root.start))
        rule, at, params = slip or ("top-without-fields", root.start, {})
        composer.fault_at(rule, at, **params)
    return root, composer.faults


def _has_syntax_fault(faults: list[Fault]) -> bool:
    return any(fault.rule in SYNTAX for fault in faults)


@lru_cache(maxsize=64)
def nodes(text: str) -> Node:
    """The tree of a sound text; an empty mapping where there is none."""
    root, _ = _compose("", text, PARSERS[0])
    return root if root and isinstance(root.value, dict) else Node({}, len(text), len(text), 1, 1)


def _text_faults(path: str, text: str) -> Iterator[Fault]:
    def at(index: int) -> Place:
        return Place(path, (), False, *line_column(text, index))

    for found in BAD_CHARACTER.finditer(text):
        rule = "invisible-character" if INVISIBLE_CHARACTER.match(found[0]) else "control-character"
        yield Fault(rule, at(found.start()), {"character": _code_point(found[0])})
    if directive := DIRECTIVE.match(text):
        yield Fault("directive", at(directive.start(1)), {"directive": _shown(directive[1])})
    if (first := text.find("\r\n")) >= 0:
        yield Fault("crlf-line-end", at(first), {"count": text.count("\r\n")})


# -- Encodings ----------------------------------------------------------------------------------------------

MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
NULS = (
    (re.compile(rb"[^\0]\0\0\0", re.DOTALL), "UTF-32LE"),
    (re.compile(rb"\0\0\0[^\0]", re.DOTALL), "UTF-32BE"),
    (re.compile(rb"[^\0]\0[^\0]", re.DOTALL), "UTF-16LE"),
    (re.compile(rb"\0[^\0]\0[^\0]", re.DOTALL), "UTF-16BE"),
)
HAN = re.compile("[\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef·—]")


def _encoding_fault(path: str, content: bytes, offset: int) -> Fault:
    if fault := _wide_encoding_fault(path, content):
        return fault
    before = content[:offset].decode("utf-8")
    place = Place(path, (), False, *line_column(before, len(before)))
    if _is_gb18030(content):
        return _foreign(place, "GB18030")
    return Fault("broken-utf-8", place, {"byte": f"0x{content[offset]:02X}", "offset": offset})


def _wide_encoding_fault(path: str, content: bytes) -> Fault | None:
    place = Place(path, (), False, 1, 1)
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _foreign(place, encoding)
    for pattern, encoding in NULS:
        if pattern.match(content) and _decodes(content, encoding):
            return _foreign(place, encoding)
    return None


def _foreign(place: Place, encoding: str) -> Fault:
    name = shlex.quote(place.path)
    new = shlex.quote(f"{place.path}.new")
    command = f"iconv -f {encoding} -t UTF-8 {name} > {new} && mv {new} {name}"
    return Fault("foreign-encoding", place, {"encoding": encoding, "command": command})


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_gb18030(content: bytes) -> bool:
    """Whether it is Chinese in the old encoding, rather than UTF-8 with a broken byte."""
    try:
        wide = [sign for sign in content.decode("gb18030") if not sign.isascii()]
    except UnicodeDecodeError:
        return False
    as_utf8 = content.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    sound = sum(not sign.isascii() for sign in as_utf8) - broken
    # The characters of daily use come first in GB 2312; chance finds rare ones.
    usual = sum(bool(HAN.match(sign)) and _encodes(sign, "gb2312") for sign in wide)
    return sound <= broken and usual * 10 >= len(wide) * 8


def _encodes(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
