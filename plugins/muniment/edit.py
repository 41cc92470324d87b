"""Edits from text to text that leave comments, order, quotes and line ends as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from muniment.findings import Pointer
from muniment.scalars import MAX_DEPTH, MAX_DIGITS, scalar
from muniment.slips import BAD_VALUE
from muniment.source import load, nodes

if TYPE_CHECKING:
    from muniment.composition import Node

STEP = 2  # how far we indent
# Words that no reader of YAML takes for anything else; all other texts are put to the reader itself.
PLAIN = re.compile(r"[^\W\d_](?:[\w./（）()《》、，。-]| (?=[\w（]))*")
DASH = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ ]*(-)")
COLON = re.compile(r"\s*:")


GONE = object()


class EditError(ValueError):
    """The edit cannot be made without touching more than was asked for."""


# -- Writing ------------------------------------------------------------------------------------------------


def dump(value: Any) -> str:
    """YAML in block style; a text is quoted exactly where the strict reader would read something else."""
    head, lines = _block(value, 0)
    return "\n".join([*([head] if head else []), *lines]) + "\n"


def _block(value: Any, indent: int) -> tuple[str, list[str]]:
    """What stands on the line of the key, and the lines below it."""
    if isinstance(value, Mapping | list | tuple) and indent >= MAX_DEPTH * STEP:
        raise EditError(f"values are nested more than {MAX_DEPTH} levels deep")
    pad = " " * indent
    if isinstance(value, Mapping) and value:
        return "", [line for key, item in value.items() for line in _field(key, item, pad)]
    if isinstance(value, list | tuple) and value:
        return "", [line for item in value for line in _item(item, pad)]
    if isinstance(value, str) and (mark := _literal_mark(value)):
        text = value.removesuffix("\n").split("\n")
        return mark, [pad + line if line else "" for line in text]
    return _flow(value, in_flow=False), []


def _field(key: str, value: Any, pad: str) -> list[str]:
    head, lines = _block(value, len(pad) + STEP)
    return [f"{pad}{_key(key)}:{' ' if head else ''}{head}", *lines]


def _item(value: Any, pad: str) -> list[str]:
    head, lines = _compact(value, len(pad) + STEP)
    return [f"{pad}- {head}", *lines]


def _compact(value: Any, indent: int) -> tuple[str, list[str]]:
    """As `_block`, for an item of a list, whose first line stands beside the dash."""
    head, lines = _block(value, indent)
    return (head, lines) if head else (lines[0][indent:], lines[1:])


def _literal_mark(text: str) -> str:
    """`|` or `|-` where a block of lines says the same as the text, else nothing."""
    body = text.removesuffix("\n")
    if "\n" not in text or not body or body[0] in " \n\t" or body.endswith("\n") or BAD_VALUE.search(text):
        return ""
    if body.rsplit("\n", 1)[-1].isspace():
        return ""
    return "|" if body != text else "|-"


def _flow(value: Any, in_flow: bool = True) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key, True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return _text(value, in_flow)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return _number(value)


def _number(value: Any) -> str:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if not isinstance(value, int | Decimal):
        raise EditError(f"a value of type {type(value).__name__} cannot be written")
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS):
        raise EditError(f"the number {value} cannot be written with decimal digits")
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        raise EditError(f"a number has more than {MAX_DIGITS} digits")
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if sum(map(str.isdigit, text)) > MAX_DIGITS:
        raise EditError(f"a number has more than {MAX_DIGITS} digits")
    return text


def _key(key: str, in_flow: bool = False) -> str:
    if key == "":
        raise EditError("a field needs a name")
    if len(key) > 200:
        raise EditError("the name of a field is too long")  # YAML would need another form of mapping
    if PLAIN.fullmatch(key) and _is_word(key):
        return key
    if "\n" not in key and _reads_as_key(key, in_flow):
        return key
    return _quoted(key)


def _text(text: str, in_flow: bool) -> str:
    if PLAIN.fullmatch(text) and not ("," in text and in_flow) and _is_word(text):
        return text
    if "\n" not in text and _reads_as_itself(text, in_flow):
        return text
    return _quoted(text)


def _is_word(text: str) -> bool:
    return not BAD_VALUE.search(text) and scalar(text) == text


def _quoted(text: str) -> str:
    if "\n" not in text and "\t" not in text and not BAD_VALUE.search(text):
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    shown = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + BAD_VALUE.sub(_escape, shown) + '"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=4096)
def _reads_as_itself(text: str, in_flow: bool) -> bool:
    if in_flow:
        return _reads(f"a: [{text}, {{b: {text}}}]\n", {"a": [text, {"b": text}]})
    return _reads(f"a:\n  - {text}\nb: {text}\n", {"a": [text], "b": text})


@lru_cache(maxsize=4096)
def _reads_as_key(key: str, in_flow: bool) -> bool:
    if in_flow:
        return _reads(f"a: [{{{key}: 1}}]\n", {"a": [{key: 1}]})
    return _reads(f"a:\n  - {key}: 1\n", {"a": [{key: 1}]}) and _reads(f"{key}: 1\n", {key: 1})


def _reads(text: str, expected: dict[str, Any]) -> bool:
    try:
        loaded = load("", text.encode())
    except UnicodeEncodeError:
        return False
    return loaded.document is not None and not loaded.faults and loaded.document.data == expected


# -- Changing -----------------------------------------------------------------------------------------------


def set_value(text: str, pointer: Pointer, value: Any, *, after: str | None = None) -> str:
    """Put a value in place of another, or add the field: last in its mapping, or after the sibling `after`.

    The text must be one that the strict reader accepts.
    """
    text = _ended(text)
    way, rest = _walk(text, pointer)
    if rest:
        value = _nested(rest[1:], value)
        changed = _add(text, pointer[: len(way) - 1], way, rest[0], value, after)
        pointer = pointer[: len(way)]
    else:
        changed = _replace(text, pointer, way, value)
    return _proven(text, changed, pointer, value)


def append(text: str, pointer: Pointer, value: Any) -> str:
    """Put an item at the end of a list; the list is made where there is none."""
    text = _ended(text)
    way, rest = _walk(text, pointer)
    if rest or way[-1].value is None:
        return set_value(text, pointer, [value])
    if not isinstance(way[-1].value, list):
        raise EditError("an item can only be added to a list")
    return set_value(text, (*pointer, len(way[-1].value)), value)


def remove(text: str, pointer: Pointer) -> str:
    """Take a field or an item out, with the comment on its line; nothing happens where there is none."""
    text = _ended(text)
    way, rest = _walk(text, pointer)
    if rest:
        return text
    if not pointer:
        raise EditError("the whole document cannot be removed")
    parent = way[-2]
    if len(parent.fields) == 1:
        return set_value(text, pointer[:-1], type(parent.value)())
    if _in_flow(way):
        changed = _cut_in_flow(text, parent, pointer[-1])
    else:
        changed = _cut_lines(text, parent, pointer[-1])
    return _proven(text, changed, pointer, GONE)


def _walk(text: str, pointer: Pointer) -> tuple[list[Node], Pointer]:
    """The nodes on the way to a value, and the part of the pointer that does not exist."""
    way = [nodes(text)]
    for count, step in enumerate(pointer):
        if step not in way[-1].fields:
            return way, pointer[count:]
        way.append(way[-1].fields[step])
    return way, ()


def _nested(steps: Pointer, value: Any) -> Any:
    for step in reversed(steps):
        value = [value] if step == 0 else {str(step): value}
    return value


def _in_flow(way: Sequence[Node]) -> bool:
    """Whether the last node stands inside brackets."""
    return any(node.style and isinstance(node.value, dict | list) for node in way[:-1])


def _replace(text: str, pointer: Pointer, way: list[Node], value: Any) -> str:
    old = way[-1]
    if not pointer:
        return _replace_all(text, old, value)
    if _in_flow(way):
        mid = " " if text[old.start - 1 : old.start] == ":" else ""
        return text[: old.start] + mid + _flow(value) + text[old.end :]
    parent, step = way[-2], pointer[-1]
    sign = _sign_end(text, parent, step)
    if isinstance(parent.value, list):
        same_line = "\n" not in text[sign : old.start] and old.start > sign
        head, lines = _compact(value, old.column - 1 if same_line else _column(text, sign) + 1)
    else:
        head, lines = _block(value, parent.column - 1 + STEP)
    return _put(text, sign, old, head, lines)


def _replace_all(text: str, root: Node, value: Any) -> str:
    if not isinstance(value, Mapping):
        raise EditError("a document is a mapping")
    head, lines = _block(value, root.column - 1)
    body = _eol(text).join([*([head] if head else []), *lines]).lstrip(" ")
    end = "" if text[root.end :] else _eol(text)
    return text[: root.start] + body + end + text[root.end :]


def _put(text: str, sign: int, old: Node, head: str, lines: list[str]) -> str:
    """Write a value after its colon or dash, in place of the old one; a comment on the line stays there."""
    eol = _eol(text)
    if "\n" in text[sign : old.start]:
        line_end = _line_end(text, sign)
        rest = text[_line_end(text, old.end) :]
        gap, tail = " ", text[sign:line_end]
    else:
        line_end = _line_end(text, old.end)
        gap, tail, rest = text[sign : old.start] or " ", text[old.end : line_end], text[line_end:]
    first = text[:sign] + (gap + head if head else "")
    return eol.join([first + tail, *lines]) + rest


def _add(text: str, pointer: Pointer, way: list[Node], step: str | int, value: Any, after: str | None) -> str:
    """Add a field or an item to the last node of the way, which `pointer` names."""
    parent = way[-1]
    fresh = [value] if step == 0 else {str(step): value}
    if not parent.fields and (parent.value is None or isinstance(parent.value, type(fresh))):
        if parent.start == len(text) and len(way) == 1:
            return text + dump(fresh).replace("\n", _eol(text))
        return _replace(text, pointer, way, fresh)
    if isinstance(parent.value, list) is not (step == len(parent.fields) and isinstance(step, int)):
        raise EditError(f"there is no place for `{step}`")
    if not isinstance(parent.value, dict | list):
        raise EditError(f"`{step}` can only be added to a mapping or a list")
    last = parent.fields.get(after or "") or list(parent.fields.values())[-1]
    if parent.style or _in_flow(way):
        entry = _flow(value) if isinstance(parent.value, list) else f"{_key(str(step), True)}: {_flow(value)}"
        return f"{text[: last.end]}, {entry}{text[last.end :]}"
    pad = " " * (parent.column - 1)
    lines = _item(value, pad) if isinstance(parent.value, list) else _field(str(step), value, pad)
    end = _line_end(text, last.end)
    return _eol(text).join([text[:end], *lines]) + text[end:]


def _cut_in_flow(text: str, parent: Node, step: str | int) -> str:
    steps = list(parent.fields)
    place = steps.index(step)
    if place + 1 < len(steps):
        return text[: _begin(parent, step)] + text[_begin(parent, steps[place + 1]) :]
    return text[: parent.fields[steps[place - 1]].end] + text[parent.fields[step].end :]


def _cut_lines(text: str, parent: Node, step: str | int) -> str:
    is_list = isinstance(parent.value, list)
    begin = _sign_end(text, parent, step) - 1 if is_list else _begin(parent, step)
    if not is_list and text[:begin].rstrip(" ").endswith("?"):
        raise EditError("a field written with `?` cannot be removed")
    line_begin = text.rfind("\n", 0, begin) + 1
    end = _line_end(text, parent.fields[step].end)
    rest = text[end:].removeprefix("\r").removeprefix("\n")
    if text[line_begin:begin].strip(" "):
        # The first field of an item: what follows takes its place beside the dash.
        return text[:begin] + rest.lstrip(" ")
    return text[:line_begin] + rest


def _begin(parent: Node, step: str | int) -> int:
    return parent.keys[str(step)].start if isinstance(parent.value, dict) else parent.fields[step].start


def _sign_end(text: str, parent: Node, step: str | int) -> int:
    """The place after the colon of a field, or after the dash of an item."""
    if isinstance(parent.value, dict):
        found = COLON.match(text, parent.keys[str(step)].end)
    else:
        place = int(step)
        found = DASH.match(text, parent.fields[place - 1].end if place else parent.start)
    return found.end() if found else _refuse()


def _refuse() -> NoReturn:
    raise EditError("this way of writing cannot be edited; write it as `name: value`")


def _column(text: str, index: int) -> int:
    return index - text.rfind("\n", 0, index) - 1


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    if end < 0:
        return len(text)
    return end - 1 if text[index:end].endswith("\r") else end


def _eol(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str) -> str:
    """The text with a line end at its end, which must not become part of a block of lines."""
    if not text or text.endswith("\n"):
        return text
    ended = text + _eol(text)
    if nodes(ended).value == nodes(text).value:
        return ended
    last = nodes(text)
    while last.fields:
        last = list(last.fields.values())[-1]
    return f"{ended[: last.start + 1]}-{ended[last.start + 1 :]}"


def _proven(text: str, changed: str, pointer: Pointer, value: Any) -> str:
    """The changed text, if it says what was asked for and nothing else is different."""
    if nodes(changed).value != _with(nodes(text).value, pointer, value):
        _refuse()
    return changed


def _with(data: Any, pointer: Pointer, value: Any) -> Any:
    """A copy of the values in which one is another, or gone."""
    if not pointer:
        return value
    step, rest = pointer[0], pointer[1:]
    if not data:
        data = [] if step == 0 else {}
    children: dict[Any, Any] = dict(enumerate(data)) if isinstance(data, list) else dict(data)
    if value is GONE and not rest:
        del children[step]
    else:
        children[step] = _with(children.get(step), rest, value)
    return list(children.values()) if isinstance(data, list) else children
