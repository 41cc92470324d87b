"""Lines: the plain form of YAML that forms and acts are written in, read line by line, ten times as fast as by a parser."""

from __future__ import annotations

import re
from typing import Any

from muniment.scalars import SUSPECT, WORDS, OddScalarError, scalar

DEEPEST = 16  # levels; forms have three or four

_KEY = r"[^\W\d][\w-]{0,99}"
# Every line matches; what is odd about it lands in the value, which then is refused.
_LINE = re.compile(rf"( *)(- )?(?:({_KEY}):(?: |(?=\n)))?([^\n]*)\n")
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_FIRST = r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[0-9]))"
_PLAIN = re.compile(rf"{_FIRST}[^:#\n]*+(?::(?![ \n]|$)[^:#\n]*+)*+(?<! )")
# Inside brackets: a value, a list of values, fields with values; then fields with any of these.
_ITEM = rf"(?:{_QUOTED}|{_FIRST}[^,:#\[\]{{}}\n]*+(?::(?=\w)[^,:#\[\]{{}}\n]*+)*+(?<! ))"
_LIST = rf"\[(?:{_ITEM}(?:, {_ITEM})*+)?\]"
_FIELDS = rf"\{{(?:{_KEY}: {_ITEM}(?:, {_KEY}: {_ITEM})*+)?\}}"
_ANY = rf"(?:{_ITEM}|{_LIST}|{_FIELDS})"
_ITEMS = re.compile(_ITEM)
_PAIRS = re.compile(rf"({_KEY}): ({_ANY})")
_FLOW = re.compile(rf"{_LIST}|\{{{_KEY}: {_ANY}(?:, {_KEY}: {_ANY})*+\}}")
_QUOTES = re.compile(_QUOTED)


class _OddError(Exception):
    """A form that is not ours; whether it is sound, a parser says."""


def values(text: str) -> dict[str, Any] | None:
    """The values of a text in the plain form: fields and lists in blocks, `[a, b]` and `{a: b, c: [d], e: {f: g}}` with no more inside,
    values on one line without escapes. None for any other, be it sound or not.

    The text has been searched for signs that no file may hold.
    """
    if not text.endswith("\n"):
        return None
    try:
        return _read(text)
    except (_OddError, OddScalarError):
        return None


def _read(text: str) -> dict[str, Any]:  # noqa: C901 - one loop is what makes it quick
    root: dict[str, Any] = {}
    here: Any = root
    at = 0
    outer: list[tuple[Any, int]] = []
    waiting: str | None = None  # the field of `here` whose value follows on the next lines
    for indent, dash, key, value in _LINE.findall(text):
        depth = len(indent)
        if not key and not dash:
            if not value or value[0] == "#":
                continue
            raise _OddError
        if waiting is not None:
            inner: Any = [] if dash else {}
            if depth < at or (depth == at and not dash) or len(outer) >= DEEPEST:
                raise _OddError
            here[waiting] = inner
            outer.append((here, at))
            here, at, waiting = inner, depth, None
        else:
            while at > depth or (at == depth and not dash and type(here) is list and outer):
                here, at = outer.pop()
        if at != depth or (type(here) is list) is not bool(dash):
            raise _OddError
        if dash:
            if not key:
                here.append(_value(value))
                continue
            item: dict[str, Any] = {}
            here.append(item)
            outer.append((here, at))
            here, at = item, depth + 2
        if key in here or key in WORDS:
            raise _OddError
        if value:
            here[key] = _value(value)
        else:
            waiting = key
    if waiting is not None or not root:
        raise _OddError
    return root


def _value(text: str) -> Any:
    if _PLAIN.fullmatch(text):
        return scalar(text) if text[0] in SUSPECT else text
    if _QUOTES.fullmatch(text):
        return text[1:-1]
    if text == "{}" or _FLOW.fullmatch(text):
        return _inner(text)
    raise _OddError


def _inner(text: str) -> Any:
    if text[0] == "[":
        return [_inner(item) for item in _ITEMS.findall(text, 1, len(text) - 1)]
    if text[0] == "{":
        pairs = _PAIRS.findall(text, 1, len(text) - 1)
        found = {key: _inner(item) for key, item in pairs if key not in WORDS}
        if len(found) != len(pairs):
            raise _OddError
        return found
    if text[0] in "\"'":
        return text[1:-1]
    return scalar(text) if text[0] in SUSPECT else text
