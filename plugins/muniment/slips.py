"""Slips of the keyboard: what a person did wrong where a parser gave up, and signs that do not belong in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# U+0085, U+2028 and U+2029 end a line for YAML 1.1 and for no editor: places after them would be wrong.
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
BAD_CHARACTER = re.compile(f"[{CONTROL}{INVISIBLE}\ud800-\udfff]|\r(?!\n)")
INVISIBLE_CHARACTER = re.compile(f"[{INVISIBLE}]")
BAD_VALUE = re.compile(f"[{CONTROL}{INVISIBLE}\ud800-\udfff\r]")  # what an escape must not smuggle in
DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(%[^\r\n]*)")
STAND_IN = "\ufffd"

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


class Stumble(NamedTuple):
    """Where a parser gave up: at `at`, in something that began at `start`, after the scalar `last`."""

    text: str
    context: str
    problem: str
    start: int
    at: int
    last: Any

    @classmethod
    def of(cls, text: str, error: Any, last: Any) -> Stumble:
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


def escapes(text: str, start: int, end: int | None = None) -> Iterator[tuple[int, str | None, str]]:
    """Every escape in a double-quoted text: its place, its sign (None: no such escape), itself."""
    for found in ESCAPE.finditer(text, start, len(text) if end is None else end):
        code = found[1]
        sign: str | None = SHORT_ESCAPES.get(code[0])
        if len(code) > 1 and code[0] in "xuU":
            number = int(code[1:], 16)
            # Halves of a pair are JSON's way to write what UTF-8 writes as one sign.
            sign = chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else None
        yield found.start(), sign, found[0]


def diagnose(stumble: Stumble, bracket: int | None) -> Diagnosis:
    if "tab character" in stumble.problem:
        return "tab-between-words", stumble.at, {}
    for look in (
        _nameless,
        _in_quotes,
        _after_quotes,
        _slip_of_a_key,
        _in_brackets,
        _second_colon,
        _no_colon,
    ):
        if found := look(stumble, bracket):
            return found
    return _out_of_place(stumble)


def _nameless(stumble: Stumble, bracket: int | None) -> Diagnosis | None:
    is_colon = stumble.text[stumble.at : stumble.at + 1] == ":"
    return ("empty-key", stumble.at, {"key": ""}) if is_colon and stumble.is_first() and not bracket else None


def _in_quotes(stumble: Stumble, _: int | None) -> Diagnosis | None:
    if "quoted scalar" not in stumble.context:
        return None
    if "found unexpected" in stumble.problem:
        return "unclosed-quote", stumble.start, {"quote": stumble.text[stumble.start]}
    for index, sign, escape in escapes(stumble.text, stumble.start):
        if sign is None:
            return "unknown-escape", index, {"escape": escape}
    return None


def _after_quotes(stumble: Stumble, _: int | None) -> Diagnosis | None:
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


def _slip_of_a_key(stumble: Stumble, bracket: int | None) -> Diagnosis | None:
    """A colon of the wrong width or without its space: here, where it began, or just above."""
    if bracket is not None:
        return None
    begin, line = stumble.line(stumble.at)
    indexes = [stumble.start, stumble.at]
    if ": " not in line[: stumble.at - begin] and (above := stumble.text[:begin].rstrip()):
        indexes.append(len(above) - 1)
    for index in indexes:
        if found := slip(*stumble.line(index)):
            return found
    return None


def slip(begin: int, line: str) -> Diagnosis | None:
    if found := FULL_WIDTH_SPACE.match(line):
        return "full-width-sign", begin + found.start(1), {"sign": code_point(found[1]), "ascii": " "}
    if found := FULL_WIDTH_COLON.match(line):
        return "full-width-sign", begin + found.start(1), {"sign": "：", "ascii": ": "}
    if found := NO_SPACE.match(line):
        group = found.lastindex or 1
        return "missing-space", begin + found.end(group), {"sign": found[group]}
    return None


def _in_brackets(stumble: Stumble, bracket: int | None) -> Diagnosis | None:
    if bracket is None and "flow" not in stumble.context:
        return None
    sign = stumble.text[stumble.at : stumble.at + 1]
    if sign in ("@", "`", "%", "&", "*", "!", "|", ">"):
        return "unexpected-character", stumble.at, {"character": sign}
    opening = stumble.start if stumble.text[stumble.start : stumble.start + 1] in ("[", "{") else bracket
    if opening is None:
        return None
    return "unclosed-bracket", opening, {"bracket": stumble.text[opening]}


def _second_colon(stumble: Stumble, _: int | None) -> Diagnosis | None:
    if "mapping values" not in stumble.problem:
        return None
    begin, line = stumble.line(stumble.at)
    before = line[: stumble.at - begin]
    if ": " in before:
        return "unquoted-colon", stumble.at, {}
    return "uneven-indentation", begin + len(before) - len(before.lstrip()), {}


def _no_colon(stumble: Stumble, _: int | None) -> Diagnosis | None:
    if "simple key" not in stumble.context:
        return None
    begin, line = stumble.line(stumble.start)
    return "missing-colon", stumble.start, {"text": shown(line[stumble.start - begin :].strip())}


def _out_of_place(stumble: Stumble) -> Diagnosis:
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


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def shown(value: str) -> str:
    """A stretch of the file, short enough for a message and on one line."""
    value = BAD_VALUE.sub(STAND_IN, " ".join(value.split())).replace("`", "'")
    return value if len(value) <= 40 else value[:39] + "…"


SYNTAX = frozenset(
    {
        *("full-width-sign", "tab-between-words", "unclosed-quote", "text-after-quote", "unknown-escape"),
        *("unclosed-bracket", "missing-space", "missing-colon", "unquoted-colon", "uneven-indentation"),
        *("unexpected-character", "empty-file", "top-without-fields"),
    }
)
