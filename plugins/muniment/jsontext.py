"""Schema files as text: JSON with a line for every value and every fault."""

from __future__ import annotations

import json
import re
from typing import Any

from muniment.findings import Fault, Place, Pointer, Text

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


class _RepeatedNameError(ValueError):
    """An object holds the same name twice; readers differ in which one counts."""


def read(path: str, content: bytes) -> tuple[str, dict[str, Any], Fault | None]:
    """Text and values of a JSON file that holds one object, or why it cannot be read."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return "", {}, _unreadable(path, Text("it is not UTF-8", "不是 UTF-8 编码"), line, 1)
    try:
        values = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        reason = Text("JSON breaks off here", "JSON 语法到此不通")
        return text, {}, _unreadable(path, reason, problem.lineno, problem.colno)
    except _RepeatedNameError as problem:
        name = str(problem)
        reason = Text(f"`{name}` stands twice in one object", f"同一对象中 `{name}` 出现两次")
        return text, {}, _unreadable(path, reason, 1, 1)
    except (ValueError, RecursionError):
        reason = Text("it holds what JSON has no room for", "含有 JSON 不允许的内容")
        return text, {}, _unreadable(path, reason, 1, 1)
    if not isinstance(values, dict):
        return text, {}, _unreadable(path, Text("it is not one object", "不是一个对象"), 1, 1)
    return text, values, None


def _unreadable(path: str, reason: Text, line: int, column: int) -> Fault:
    return Fault("unreadable-schema", Place(path, (), False, line, column), {"reason": reason})


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _RepeatedNameError(name)
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def place(text: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column of a value in sound JSON text, or of its nearest parent that exists."""
    start = _skip(text, 0)
    for part in pointer:
        found = _inside(text, start, part)
        if found is None:
            break
        start = found
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _skip(text: str, index: int) -> int:
    match = _SPACE.match(text, index)
    return match.end() if match else index


def _inside(text: str, start: int, part: str | int) -> int | None:
    """Where the value named `part` begins in the object or list that begins at `start`."""
    opening = text[start]
    if opening != ("[" if isinstance(part, int) else "{"):
        return None
    index, count = _skip(text, start + 1), 0
    while text[index] not in "]}":
        name: str | int = count
        if opening == "{":
            name, index = _DECODER.raw_decode(text, index)
            index = _skip(text, _skip(text, index) + 1)
        if name == part:
            return index
        index = _skip(text, _DECODER.raw_decode(text, index)[1])
        if text[index] == ",":
            index = _skip(text, index + 1)
        count += 1
    return None
