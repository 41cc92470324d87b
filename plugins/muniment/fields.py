"""Fields: what a record type asks for, read from its schema in the order in which people read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from muniment.findings import Pointer, Text

Schema = Mapping[str, Any]
Lookup = Callable[[str], Schema]
Shared = dict[tuple[int, tuple[str, ...], bool, bool], tuple[Schema, "Field"]]

EACH = "*"  # in a path: every item of a list, every value of a mapping
MAX_DEPTH = 8  # a schema may contain itself; a form may not

# Where a schema holds other schemas: under names, in a list, or alone.
NAMED = ("$defs", "properties", "patternProperties", "dependentSchemas")
LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
ALONE = (
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
BRANCHES = ("anyOf", "oneOf", "then", "else", "dependentSchemas")


@dataclass(frozen=True)
class Field:
    """One property of a type. `path` leads to it from the record; `*` in it stands for every item of a list.

    `item` describes the items of a list, or the values of a mapping whose names are free. `envelope` marks
    the fields that every record has, `is_long` those that hold sentences. `least` is how many items a list has to have.
    """

    name: str
    path: tuple[str, ...]
    kind: str
    title: Text
    description: Text
    required: bool = False
    envelope: bool = False
    references: tuple[str, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    policy: str = ""
    fields: tuple[Field, ...] = ()
    item: Field | None = None
    examples: tuple[Any, ...] = ()
    default: Any = None
    is_long: bool = False
    least: int = 0


class UnresolvedError(LookupError):
    """A schema refers to one that is not there."""


def python_pattern(pattern: str) -> str:
    """The pattern for Python, where `$` alone would match before a line break at the end, too."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\$(?=$|[)|])", r"\1\\Z", pattern)


def subschemas(schema: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """The schema and every schema inside it, with its place."""
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for keyword in NAMED:
        if isinstance(inner := schema.get(keyword), dict):
            for name, each in inner.items():
                yield from subschemas(each, (*pointer, keyword, name))
    for keyword in LISTED:
        if isinstance(inner := schema.get(keyword), list):
            for index, each in enumerate(inner):
                yield from subschemas(each, (*pointer, keyword, index))
    for keyword in ALONE:
        yield from subschemas(schema.get(keyword), (*pointer, keyword))


def merged(schema: Schema, lookup: Lookup, seen: tuple[str, ...] = ()) -> dict[str, Any]:
    """The schema with what it refers to and combines laid into one; what stands nearer wins.

    `x-sometimes` lists the properties that only a branch (`anyOf`, `then` …) declares.
    """
    whole: dict[str, Any] = {"properties": {}, "required": [], "x-sometimes": []}
    target = schema.get("$ref")
    if isinstance(target, str) and target not in seen:
        seen = (*seen, target)
        _lay(whole, merged(lookup(target), lookup, seen))
    for part in schema.get("allOf", ()):
        if isinstance(part, Mapping):
            _lay(whole, merged(part, lookup, seen))
    _lay(whole, schema)
    for branch in _branches(schema):
        found = merged(branch, lookup, seen)
        for name, each in found["properties"].items():
            if name not in whole["properties"]:
                whole["properties"][name] = each
                whole["x-sometimes"].append(name)
    return whole


def _lay(whole: dict[str, Any], part: Schema) -> None:
    for keyword, value in part.items():
        if keyword == "properties":
            for name, each in value.items():
                known = whole["properties"].get(name)
                whole["properties"][name] = {"allOf": [known, each]} if known is not None else each
        elif keyword in ("required", "x-sometimes"):
            whole[keyword] += [name for name in value if name not in whole[keyword]]
        elif keyword == "x-en":
            whole[keyword] = {**whole.get(keyword, {}), **value}
        elif keyword not in ("$ref", "allOf"):
            whole[keyword] = value


def _branches(schema: Schema) -> Iterator[Schema]:
    for keyword in BRANCHES:
        inner = schema.get(keyword, ())
        if keyword in ("then", "else"):
            inner = (inner,)
        for each in inner.values() if isinstance(inner, dict) else inner:
            if isinstance(each, Mapping):
                yield each


def read(schema: Schema, lookup: Lookup, shared: Shared) -> tuple[Field, ...]:
    """The fields of a record type: the envelope's head, its own, the envelope's tail.

    `shared` keeps what was read already: most fields of most types are the envelope's.
    """
    return _fields(merged(schema, lookup), lookup, (), shared)


def _fields(whole: Schema, lookup: Lookup, path: tuple[str, ...], shared: Shared) -> tuple[Field, ...]:
    properties: Mapping[str, Any] = whole["properties"]
    order: list[str] = whole.get("x-order", [EACH])
    own = [name for name in properties if name not in order]
    names = [
        name for place in order for name in (own if place == EACH else [place]) if properties.get(name, False)
    ]
    return tuple(
        _field(properties[name], lookup, (*path, name), shared, name in whole["required"], name in order)
        for name in names
        if isinstance(properties[name], Mapping) and properties[name] != {"not": {}}
    )


def _field(
    schema: Schema,
    lookup: Lookup,
    path: tuple[str, ...],
    shared: Shared,
    required: bool = False,
    envelope: bool = False,
) -> Field:
    key = (id(schema), path, required, envelope)
    if key not in shared:
        # The schema is kept beside its field: its identity must not pass to another while we look it up.
        shared[key] = schema, _new_field(schema, lookup, path, shared, required, envelope)
    return shared[key][1]


def _new_field(
    schema: Schema, lookup: Lookup, path: tuple[str, ...], shared: Shared, required: bool, envelope: bool
) -> Field:
    whole = merged(schema, lookup)
    words = whole.get("x-en", {})
    name = path[-1]
    deeper = len(path) < MAX_DEPTH
    inner = whole.get("items") if "items" in whole else whole.get("additionalProperties")
    return Field(
        name,
        path,
        _kind(whole),
        Text(str(words.get("title", name)), str(whole.get("title", name))),
        Text(str(words.get("description", "")), str(whole.get("description", ""))),
        required,
        envelope,
        tuple(whole.get("x-reference", ())),
        labels(whole),
        tuple(str(value) for value in whole.get("enum", ())),
        str(whole.get("x-policy", "")),
        _fields(whole, lookup, path, shared) if deeper else (),
        _field(inner, lookup, (*path, EACH), shared) if deeper and isinstance(inner, Mapping) else None,
        tuple(whole.get("examples", ())),
        whole.get("const", whole.get("default")),
        whole.get("x-widget") == "text",
        int(whole.get("minItems", 0)),
    )


def labels(schema: Schema) -> dict[str, Text]:
    """The names that people read for the values of an enumeration."""
    return {
        value: Text(str(names.get("en", value)), str(names.get("zh", value)))
        for value, names in schema.get("x-labels", {}).items()
    }


_KINDS = {
    "array": "list",
    "object": "object",
    "integer": "integer",
    "number": "decimal",
    "boolean": "boolean",
    "string": "text",
}
_FORMATS = {"date": "date", "datetime-local": "time", "date-time": "time"}


def _kind(whole: Schema) -> str:
    if "x-reference" in whole:
        return "reference"
    if "enum" in whole:
        return "enum"
    if whole.get("x-widget") == "markdown":
        return "markdown"
    if isinstance(whole.get("const"), str):
        return "text"
    return _FORMATS.get(whole.get("format", ""), _KINDS.get(str(whole.get("type")), "any"))


def at(fields: tuple[Field, ...], pointer: Pointer) -> Field | None:
    """The field that a place in a record belongs to."""
    found: Field | None = None
    for part in pointer:
        inner = found.fields if found else fields
        step = next((each for each in inner if each.name == part), found.item if found else None)
        if step is None:
            return None
        found = step
    return found


def walk(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Every field, each followed by those inside it."""
    for each in fields:
        yield each
        yield from walk(each.fields)
        if each.item:
            yield from walk((each.item,))


def values(data: Any, path: tuple[str, ...]) -> Iterator[tuple[Pointer, Any]]:
    """Every value that stands at `path`, with its own place."""
    if not path:
        yield (), data
        return
    head, rest = path[0], path[1:]
    if head == EACH:
        inner: Any = (
            data.items() if isinstance(data, dict) else enumerate(data if isinstance(data, list) else ())
        )
    else:
        inner = ((head, data[head]),) if isinstance(data, dict) and head in data else ()
    for key, value in inner:
        for pointer, each in values(value, rest):
            yield (key, *pointer), each
