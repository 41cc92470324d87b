"""Assignments: `field=value` as people type it, made values of the kinds that a schema asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from muniment.fields import Field
from muniment.findings import Pointer, Text
from muniment.scalars import OddScalarError, scalar

_SEPARATOR = re.compile(r"\s*[,，、;；]\s*")
_PAIR = Text("write field=value, not `{given}`", "应写成 字段=值，而不是 `{given}`")
_UNKNOWN = Text("there is no field `{name}`{near}", "没有字段 `{name}`{near}")
_NEAR = Text(" (did you mean `{near}`?)", "（是否指 `{near}`？）")
_GROUP = Text(
    "`{name}` has fields of its own; set one of them, such as `{example}=…`",
    "`{name}` 由若干字段组成；请填写其中的字段，如 `{example}=…`",
)
_LEAF = Text("`{name}` has no fields of its own", "`{name}` 之下没有字段")
_ITEM = Text(
    "`{name}` is a list; say which item, counted from 0, such as `{example}=…`",
    "`{name}` 是列表；请指明第几项（从 0 数起），如 `{example}=…`",
)
_NEXT = Text("the next item of `{name}` is {next}, not {given}", "`{name}` 的下一项是 {next}，不是 {given}")
_TWICE = Text("`{name}` is given twice", "`{name}` 写了两次")
_WHOLE = Text("`{name}` is a whole number, not `{given}`", "`{name}` 是整数，而不是 `{given}`")
_NUMBER = Text("`{name}` is a number, not `{given}`", "`{name}` 是数字，而不是 `{given}`")
_TRUTH = Text("`{name}` is true or false, not `{given}`", "`{name}` 填 true 或 false，而不是 `{given}`")
_CHOICE = Text("`{name}` is one of {choices}, not `{given}`", "`{name}` 可填 {choices}，没有 `{given}`")


class Unassignable(ValueError):
    """A pair that fits no field; `words` say why."""

    def __init__(self, words: Text, **params: object) -> None:
        super().__init__(words.render("en", params))
        self.words = words
        self.params = params


def read(fields: tuple[Field, ...], pairs: Iterable[str]) -> tuple[dict[str, Any], tuple[Pointer, ...]]:
    """The values that the pairs give, nested as in the record, and where each stands. Raises `Unassignable`."""
    data: dict[str, Any] = {}
    places: list[Pointer] = []
    for pair in pairs:
        name, found, value = pair.partition("=")
        name = name.strip()
        if not found or not name:
            raise Unassignable(_PAIR, given=pair)
        pointer, field = _field(fields, name)
        typed = _typed(field, name, value)
        _lay(data, pointer, typed, name)
        places.append(pointer)
    return data, tuple(places)


def _field(fields: tuple[Field, ...], name: str) -> tuple[Pointer, Field]:
    """The field called `a.b.0.c`, each part by its name or its title."""
    pointer: list[str | int] = []
    known: tuple[Field, ...] = fields
    field: Field | None = None
    for part in name.split("."):
        item = field.item if field else None
        if known:
            field = _named(known, part, _dotted(pointer))
            pointer.append(field.name)
        elif field is None or item is None:
            raise Unassignable(_LEAF, name=_dotted(pointer))
        elif field.kind == "list" and not part.isdecimal():
            raise Unassignable(_ITEM, name=_dotted(pointer), example=f"{_dotted(pointer)}.0.{part}")
        else:
            # An item of a list, or an entry of a mapping whose names are free.
            pointer.append(int(part) if field.kind == "list" else part)
            field = item
        known = field.fields
    if field is None:
        raise Unassignable(_UNKNOWN, name=name, near="")
    return tuple(pointer), field


def _dotted(pointer: Iterable[str | int]) -> str:
    return ".".join(str(step) for step in pointer)


def _named(fields: tuple[Field, ...], name: str, before: str) -> Field:
    for field in fields:
        if name in (field.name, field.title.zh, field.title.en):
            return field
    choices: Mapping[str, str] = {
        word: field.name for field in fields for word in (field.name, field.title.zh, field.title.en)
    }
    found = get_close_matches(name, choices, n=1, cutoff=0.5)
    full = f"{before}.{name}" if before else name
    hint = (
        Text(*(part.format(near=choices[found[0]]) for part in (_NEAR.en, _NEAR.zh)))
        if found
        else Text("", "")
    )
    raise Unassignable(_UNKNOWN, name=full, near=hint)


def _typed(field: Field, name: str, value: str) -> Any:
    """A value as its field wants it: text stays text, though it may look like a number."""
    if field.kind == "list":
        item = field.item
        if item is not None and (item.fields or item.kind in ("object", "list")):
            example = f"{name}.0.{item.fields[0].name}" if item.fields else f"{name}.0"
            raise Unassignable(_ITEM, name=name, example=example)
        parts = [part for part in _SEPARATOR.split(value.strip()) if part]
        return [_typed(item, name, part) if item else part for part in parts]
    if field.kind == "object":
        inner = field.fields[0].name if field.fields else "…"
        raise Unassignable(_GROUP, name=name, example=f"{name}.{inner}")
    if field.kind in ("integer", "decimal", "boolean", "any"):
        return _scalar(field.kind, name, value)
    return _chosen(field, name, value)


def _scalar(kind: str, name: str, value: str) -> Any:
    try:
        found = scalar(value.strip())
    except OddScalarError:
        found = value
    if kind == "boolean" and not isinstance(found, bool):
        raise Unassignable(_TRUTH, name=name, given=value)
    if kind == "integer" and (isinstance(found, bool) or not isinstance(found, int)):
        raise Unassignable(_WHOLE, name=name, given=value)
    if kind == "decimal" and (isinstance(found, (bool, str)) or found is None):
        raise Unassignable(_NUMBER, name=name, given=value)
    return found


def _chosen(field: Field, name: str, value: str) -> str:
    """A text, or one of the values of a field, by itself or by what people call it."""
    if value.strip() in field.values:
        return value.strip()
    for choice, label in field.labels.items():
        if value.strip() in (label.zh, label.en):
            return choice
    if not field.values:
        return value
    raise Unassignable(_CHOICE, name=name, choices=", ".join(field.values), given=value)


def _lay(data: dict[str, Any], pointer: Pointer, value: Any, name: str) -> None:
    node: Any = data
    for place, step in enumerate(pointer):
        last = place == len(pointer) - 1
        inner: Any = value if last else [] if isinstance(pointer[place + 1], int) else {}
        if isinstance(node, list):
            if not isinstance(step, int) or step > len(node):
                raise Unassignable(_NEXT, name=_dotted(pointer[:place]), next=len(node), given=step)
            if step == len(node):
                node.append(inner)
            elif last:
                raise Unassignable(_TWICE, name=name)
        elif step not in node:
            node[step] = inner
        elif last and isinstance(value, list) and isinstance(node[step], list):
            node[step] += value
        elif last:
            raise Unassignable(_TWICE, name=name)
        node = node[step]
