"""YAML by its events: what no quicker way has read, with a line and a column for every value and every fault.

Only what is unusual comes here, so that a run that meets nothing unusual need not load PyYAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

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
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken

from muniment.findings import Fault, Place, Pointer, Related, Text
from muniment.scalars import MAX_DEPTH, MAX_DIGITS, MAX_FAULTS, SUSPECT, WORDS, OddScalarError, scalar
from muniment.slips import (
    BAD_CHARACTER,
    BAD_VALUE,
    COMMENT,
    DIRECTIVE,
    INVISIBLE_CHARACTER,
    SPACES,
    STAND_IN,
    SYNTAX,
    Stumble,
    code_point,
    diagnose,
    escapes,
    line_column,
    shown,
    slip,
)

WHITE = "\0 \t\r\n\x85\u2028\u2029"

type_of = type


class PureParser(Reader, Scanner, Parser):
    """PyYAML's events without libyaml; slower, the same results."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)

    # Two places where PyYAML's scanner and libyaml's draw the line differently; libyaml's way is taken.

    def scan_plain(self) -> ScalarToken:
        start = end = self.get_mark()
        chunks: list[str] = []
        spaces: list[str] = []
        while self.peek() != "#" and (length := self._plain_length(start)):
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start) or []
            if not spaces or (not self.flow_level and self.column <= self.indent):
                break
        return ScalarToken("".join(chunks), True, start, end)

    def _plain_length(self, start: Any) -> int:
        length = 0
        while (sign := self.peek(length)) not in WHITE and not (self.flow_level and sign in ",[]{}"):
            if sign == ":" and (behind := self.peek(length + 1)) in WHITE + ",?[]{}" * bool(self.flow_level):
                if behind in WHITE:
                    break
                raise ScannerError(
                    "while scanning a plain scalar", start, "found unexpected ':'", self.get_mark()
                )
            length += 1
        return length

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        found = re.match(r"([-+]?)([1-9]?)([-+]?)#", self.prefix(3) + "\0")
        if not found or (found[1] and found[3]):
            return super().scan_block_scalar_indicators(start_mark)
        self.forward(found.end() - 1)
        keep = found[1] or found[3]
        return (keep == "+" if keep else None), (int(found[2]) if found[2] else None)


def _parsers() -> tuple[Callable[[str], Any], ...]:
    try:
        from yaml._yaml import CParser  # wheels have it; a build without libyaml does not
    except ImportError:
        return (PureParser,)
    return CParser, PureParser


PARSERS = _parsers()


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


# -- The quick way: values only -----------------------------------------------------------------------------


def _is_plain_key(key: str) -> bool:
    return (key.isascii() and key.isidentifier() and key not in WORDS) or (key.isalnum() and key not in WORDS)


def quick_values(text: str, parser: Callable[[str], Any]) -> dict[str, Any] | None:
    """The values of an ordinary document; None for anything that needs a closer look, be it sound or not."""
    try:
        return _quick_values(text, parser)
    except (yaml.YAMLError, ValueError, OverflowError):
        return None


def _quick_values(text: str, parser: Callable[[str], Any]) -> dict[str, Any] | None:
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


def _quick_document(read: Callable[[], Any], has_escapes: bool) -> Any:  # noqa: C901 - one loop is what makes it quick
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
            elif has_escapes and event.style == '"' and BAD_VALUE.search(value):
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
            for index, sign, escape in escapes(self.text, self.text.rfind("\n", 0, parser.index) + 1):
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
            self._fault("alias", event.start_mark, name=shown(event.anchor or ""))
            self._attach(self._node(event, None))
        elif isinstance(event, ScalarEvent):
            self._properties(event)
            self.last = event
            if event.style:
                self.opaque.append(_span(event))
            if event.style in ("|", ">") and event.value.lstrip("\n").startswith("\t"):
                # libyaml cannot tell this tab from indentation, PyYAML's own scanner can.
                self.fault_at("tab-between-words", self.text.index("\t", _span(event)[0]))
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
            self._fault("full-width-sign", mark, key=key, sign=code_point(space), ascii=" ")
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
        self.faults.append(Fault("duplicate-key", place, {"key": shown(key)}, related=related))

    def _value(self, event: Any) -> Any:
        self._check_escapes(event)
        if event.style or event.value[:1] not in SUSPECT:
            return event.value
        try:
            return scalar(event.value)
        except OddScalarError as odd:
            self._fault(str(odd), event.start_mark, value=shown(event.value), limit=MAX_DIGITS)
            return event.value

    def _check_escapes(self, event: Any) -> None:
        if event.style != '"' or "\\" not in self.text:
            return
        for index, sign, escape in escapes(self.text, event.start_mark.index, event.end_mark.index):
            if sign is None:
                self.fault_at("unknown-escape", index, escape=escape)
                raise _StopError
            if BAD_VALUE.match(sign):
                hidden = INVISIBLE_CHARACTER.match(sign)
                rule = "invisible-character" if hidden else "control-character"
                self.fault_at(rule, index, character=code_point(sign))

    def _properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault("anchor", event.start_mark, name=shown(event.anchor))
        if event.tag is not None:
            written = re.match(r"(?:&\S+\s+)?(!\S*)", self.text[event.start_mark.index :][:80])
            self._fault("tag", event.start_mark, tag=shown(written[1] if written else event.tag))

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
        stumble = Stumble.of(self.text, error, self.last)
        flows = [frame.start.start_mark.index for frame in self.stack if frame.start.flow_style]
        rule, index, params = diagnose(stumble, flows[0] if flows else None)
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
            self.faults = [
                one
                for one in self.faults
                if (one.place.line, one.place.column) < here and one.rule not in SYNTAX
            ]
            self.fault_at("tab-between-words", at)


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


class _StopError(Exception):
    """Nothing after this place can be read with sense."""


def compose(path: str, text: str, parser: Callable[[str], Any]) -> tuple[Node | None, list[Fault]]:
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
        slipped = slip(*Stumble(readable, "", "", 0, root.start, None).line(root.start))
        rule, at, params = slipped or ("top-without-fields", root.start, {})
        composer.fault_at(rule, at, **params)
    return root, composer.faults


def _has_syntax_fault(faults: list[Fault]) -> bool:
    return any(fault.rule in SYNTAX for fault in faults)


@lru_cache(maxsize=64)
def nodes(text: str) -> Node:
    """The tree of a sound text; an empty mapping where there is none."""
    root, _ = compose("", text, PARSERS[0])
    return root if root and isinstance(root.value, dict) else Node({}, len(text), len(text), 1, 1)
