"""Record types: one JSON Schema file each, and the judgement whether a record fits its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema_rs

from muniment import dates, fields, jsontext, refusals
from muniment.fields import Field
from muniment.findings import Fault, Place, Pointer, Text
from muniment.refusals import Failure, Form

if TYPE_CHECKING:
    from muniment.judge import Judge

BASE = "https://muniment.example/schemas/"
SUFFIX = ".schema.json"
COMMON = "common"
BLOCK = "x-record"
ACT = "act"
# What acts are and what all types build upon is the tool's own: loosened, it would let through what nothing else looks at.
_FOUNDATION = frozenset((COMMON, BLOCK, ACT))
NEVER: Mapping[str, Any] = {"not": {}}  # no value fits
# What stays readable of a record whose facts are encrypted: enough to number, date, keep and dispose of it.
STUB = (
    *("type", "number", "revision", "title", "department", "author", "created", "updated", "effective"),
    *("confidentiality", "retention", "hold", "paper", "attachments"),
)
DERIVED = ("state", "level", "year")  # columns that no field holds


@dataclass(frozen=True)
class State:
    """A state of a type without a chain: it holds where all `fields` (dotted paths) are filled."""

    name: str
    title: Text
    fields: tuple[str, ...]


@dataclass(frozen=True)
class RecordType:
    """One type of record, as its schema file describes it."""

    name: str
    title: Text
    description: Text
    group: str
    series: tuple[str, ...]
    chain: str | None
    level: str
    title_field: str
    columns: tuple[str, ...]
    facets: tuple[str, ...]
    clauses: tuple[str, ...]
    states: tuple[State, ...]
    state_field: str
    order: int
    schema: Mapping[str, Any]
    read: Callable[[], tuple[Field, ...]] = field(repr=False, compare=False)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Read from the schema when the first asks; a check of one pull request meets few of the types."""
        return self.read()

    @cached_property
    def _references(self) -> tuple[Field, ...]:
        return tuple(each for each in fields.walk(self.fields) if each.references)

    def references(self, data: Any) -> Iterator[tuple[Pointer, str, tuple[str, ...]]]:
        """Every filled reference: its place, the number, and the types or groups it may lead to."""
        for each in self._references:
            if isinstance(data, dict) and each.path[0] in data:
                for pointer, value in fields.values(data, each.path):
                    if isinstance(value, str):
                        yield pointer, value, each.references


@dataclass(frozen=True)
class _Sheet:
    """One schema file that could be read."""

    name: str
    path: str
    text: str
    schema: dict[str, Any]

    def place(self, pointer: Pointer, on_key: bool = False) -> Place:
        return Place(self.path, pointer, on_key, *jsontext.place(self.text, pointer))

    @property
    def is_type(self) -> bool:
        return BLOCK in self.schema


class Types(Mapping[str, RecordType]):
    """The record types of a registry by name."""

    def __init__(self, library: _Library, broken: frozenset[str]) -> None:
        self._library = library
        self._broken = broken
        found = [_record_type(sheet, library) for sheet in library.sheets.values() if sheet.is_type]
        self._types = {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.name))}

    def __getitem__(self, name: str) -> RecordType:
        return self._types[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    @classmethod
    def shipped(cls, sources: Iterable[tuple[str, bytes]]) -> Types:
        """The types of the package alone, as `load` would give them: its tests have judged its files."""
        sheets = {}
        for path, content in sources:
            text, schema, fault = jsontext.read(path, content)
            if fault is not None:
                raise ValueError(path)
            sheets[_name(path)] = _Sheet(_name(path), path, text, schema)
        return cls(_Library(sheets), frozenset())

    @classmethod
    def load(cls, sources: Iterable[tuple[str, bytes]]) -> tuple[Types, tuple[Fault, ...]]:
        """The types in (path, content) pairs, later ones in place of earlier; unsound files are left out."""
        faults: list[Fault] = []
        versions: dict[str, list[_Sheet]] = {}
        broken: set[str] = set()
        for path, content in sources:
            sheet, found = _sheet(path, content)
            faults += found
            if sheet is None:
                broken.add(_name(path))
            else:
                versions.setdefault(sheet.name, []).append(sheet)
        for name in _FOUNDATION & versions.keys():
            first, *others = versions[name]
            versions[name] = [first]
            faults += [
                Fault("replaced-foundation", each.place(("$id",)), {"file": each.path.rpartition("/")[2]})
                for each in others
                if each.schema != first.schema
            ]
        library, found = _sound({name: known[-1] for name, known in versions.items()})
        faults += found
        failed = versions.keys() - library.sheets.keys()
        if any(len(versions[name]) > 1 for name in failed):
            # The package's own type stands in for one that should have replaced it.
            library, _ = _sound(
                {name: known[0 if name in failed else -1] for name, known in versions.items()}
            )
        return cls(library, frozenset(broken | versions.keys()) - library.sheets.keys()), tuple(faults)

    def whole(self, name: str) -> dict[str, Any]:
        """The schema of a type as one document that leans on no other, for programs that read its records elsewhere."""
        return _gathered(self._library.absolute[name], self._library.lookup)

    def validate(self, name: object, data: Any, path: str) -> Iterator[Fault]:
        """What keeps `data` from being a record of the type `name`."""
        if isinstance(name, str) and (name in self._types or (name == ACT and ACT in self._library.sheets)):
            yield from self._judge(name, data, path)
        elif not isinstance(name, str) or name not in self._broken:
            yield from self._untyped(name, data, path)

    def validate_stub(self, name: object, data: Any, path: str) -> Iterator[Fault]:
        """What keeps `data` from being the readable stub of a record whose other facts are encrypted."""
        if isinstance(name, str) and name in self._types:
            yield from self._judge(name, data, path, stub=True)
        else:
            yield from self.validate(name, data, path)

    def validate_act(self, data: Any, path: str) -> Iterator[Fault]:
        """What keeps `data` from being an act (trust.md)."""
        yield from self._judge(ACT, data, path)

    def _judge(self, name: str, data: Any, path: str, *, stub: bool = False) -> Iterator[Fault]:
        failures = self._library.failures(self._library.stub(name) if stub else name, data)
        if failures:
            sheet = self._library.sheets[name]
            form = Form(_title(sheet), self._library.fields(name), self._library.names, path)
            yield from refusals.faults(failures, form)

    def _untyped(self, name: object, data: Any, path: str) -> Iterator[Fault]:
        form = Form(Text("a record", "记录"), _TYPE_FIELD, lambda _: (frozenset(), frozenset()), path)
        if not isinstance(data, dict):
            yield from refusals.faults([Failure("type", "object", {}, data, ())], form)
        elif "type" not in data:
            yield refusals.missing("type", (), form)
        elif name is None:
            yield from refusals.faults([Failure("type", "string", {}, name, ("type",))], form)
        else:
            titles = {kind.name: kind.title for kind in self._types.values()}
            yield refusals.unknown_type(refusals.shown(name), titles, path)


_TYPE_FIELD = (Field("type", ("type",), "text", Text("type", "类型"), Text("", ""), examples=("document",)),)


# -- Judging ------------------------------------------------------------------------------------------------


class _Library:
    """All schemas of a registry, able to find one another; a type is compiled when its first record comes."""

    def __init__(self, sheets: Mapping[str, _Sheet]) -> None:
        self.sheets = sheets
        self.absolute = {name: _absolute(sheet.schema, _uri(name)) for name, sheet in sheets.items()}
        self._by_uri = {_uri(name): each for name, each in self.absolute.items()}
        self._found: dict[str, Mapping[str, Any]] = {}
        self._shared: fields.Shared = {}
        self._fields: dict[str, tuple[Field, ...]] = {}
        self._quick: dict[str, Callable[[Any], bool]] = {}

    def lookup(self, uri: str) -> Mapping[str, Any]:
        if uri not in self._found:
            found = self._at(uri)
            self._found[uri] = found if isinstance(found, Mapping) else {}
        return self._found[uri]

    def _at(self, uri: str) -> Any:
        base, _, pointer = uri.partition("#")
        try:
            found: Any = self._by_uri[base]
            for part in pointer.split("/")[1:]:
                name = unquote(part).replace("~1", "/").replace("~0", "~")
                found = found[int(name) if isinstance(found, list) else name]
        except (LookupError, TypeError, ValueError):
            found = None
        # Anchors, identifiers inside, and what is not there at all are the library's business.
        return self._judge.lookup(uri) if found is None or pointer[:1] not in ("", "/") else found

    @cached_property
    def _judge(self) -> Judge:
        """The slow judge. To load it takes longer than to check a small registry, in which he is seldom asked."""
        from muniment.judge import Judge

        return Judge(self._by_uri, _FORMATS)

    def fields(self, name: str) -> tuple[Field, ...]:
        if name not in self._fields:
            self._fields[name] = fields.read(self.absolute[name], self.lookup, self._shared)
        return self._fields[name]

    @cached_property
    def _quick_registry(self) -> jsonschema_rs.Registry:
        return jsonschema_rs.Registry(list(self._by_uri.items()))

    def quick(self, name: str) -> Callable[[Any], bool]:
        """A fast judge of one type; where it cannot read the schema, it never says yes and the slow one decides."""
        if name not in self._quick:
            try:
                self._quick[name] = jsonschema_rs.Draft202012Validator(
                    self.absolute[name],
                    registry=self._quick_registry,
                    formats=_FORMATS,
                    validate_formats=True,
                    offline=True,
                ).is_valid
            except (ValueError, jsonschema_rs.ReferencingError):
                self._quick[name] = _never
        return self._quick[name]

    def failures(self, name: str, data: Any) -> list[Failure]:
        """The demands of a type that `data` does not meet."""
        if not _has_round_decimal(data):
            try:
                if self.quick(name)(data):
                    return []
            except (ValueError, TypeError, OverflowError):
                pass  # text that is no Unicode, numbers beyond measure: the slow judge looks at them
        return self._judge.failures(self.absolute[name], data)

    def stub(self, name: str) -> str:
        """The name of a schema that asks for no more than the stub of that type, made when it is first asked for."""
        made = f"{name}-stub"
        if made not in self.absolute:
            whole = self.absolute[name]
            self.absolute[made] = {
                "$schema": whole.get("$schema"),
                "$id": _uri(made),
                "type": "object",
                "allOf": [part for part in whole.get("allOf", ()) if set(part) == {"$ref"}],
                "properties": {k: v for k, v in whole.get("properties", {}).items() if k in STUB},
                "required": [each for each in whole.get("required", ()) if each in STUB],
            }
        return made

    def names(self, schema: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
        """The properties that a schema declares, and those that only one of its branches declares."""
        whole = fields.merged(schema, self.lookup)
        sometimes = frozenset(whole["x-sometimes"])
        return frozenset(whole["properties"]) - sometimes, sometimes


def _never(_data: Any) -> bool:
    return False


def _has_round_decimal(data: Any) -> bool:
    """Whether `1.0` stands somewhere: the fast judge takes it for a whole number, we do not."""
    if isinstance(data, Decimal):
        return data == data.to_integral_value()
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return any(_has_round_decimal(part) for part in parts if type(part) not in _NEITHER)


# Of a schema that goes out: what holds it together with its file, and words for those who fill in forms, with examples in them.
_ASIDE = ("$ref", "$id", "$schema", "$defs", "x-form", "x-widget", "x-record")
_UNPLAIN = re.compile(r"[^\w-]+")
_NEITHER = frozenset((str, int, bool, type(None)))  # most values are no numbers with a point, nor hold any
_FORMATS: dict[str, Callable[[str], bool]] = {dates.DATE: dates.is_date, dates.TIME: dates.is_time}


# -- Reading schema files -----------------------------------------------------------------------------------


def _uri(name: str) -> str:
    return f"{BASE}{name}{SUFFIX}"


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(SUFFIX)


def _gathered(schema: Mapping[str, Any], lookup: Callable[[str], Mapping[str, Any]]) -> dict[str, Any]:
    """The same with all that it refers to laid into its own `$defs`. Examples name numbers that a registry may have for its secrets,
    so they stay behind.
    """
    parts: dict[str, Any] = {}

    def laid(node: Any) -> Any:
        if isinstance(node, list):
            return [laid(each) for each in node]
        if not isinstance(node, Mapping):
            return node
        made = {
            name: laid(each)
            for name, each in node.items()
            if name not in _ASIDE and not (name == "examples" and isinstance(each, list))
        }
        target = node.get("$ref")
        if isinstance(target, str):
            name = _UNPLAIN.sub(".", target.removeprefix(BASE).replace(f"{SUFFIX}#/$defs/", "/")).strip(".")
            if name not in parts:
                parts[name] = {}  # what refers to itself is done once
                parts[name] = laid(lookup(target))
            made["$ref"] = f"#/$defs/{name}"
        return made

    return {"$schema": schema.get("$schema"), **laid(schema), "$defs": parts}


def _absolute(node: Any, base: str) -> Any:
    """The same with every `$ref` written out in full, so that it means the same wherever it is laid."""
    if isinstance(node, list):
        return [_absolute(each, base) for each in node]
    if not isinstance(node, dict):
        return node
    whole = {key: _absolute(value, base) for key, value in node.items()}
    if isinstance(properties := whole.get("properties"), dict):
        # The library forgets where `false` stood; the same demand put this way keeps its place.
        whole["properties"] = {key: NEVER if each is False else each for key, each in properties.items()}
    target = whole.get("$ref")
    if isinstance(target, str):
        whole["$ref"] = target if "://" in target else base + target if target[:1] == "#" else BASE + target
    return whole


def _title(sheet: _Sheet) -> Text:
    words = sheet.schema.get("x-en", {})
    return Text(str(words.get("title", sheet.name)), str(sheet.schema.get("title", sheet.name)))


def _sheet(path: str, content: bytes) -> tuple[_Sheet | None, list[Fault]]:
    """One schema file, judged by itself."""
    name = _name(path)
    text, schema, fault = jsontext.read(path, content)
    if fault is not None:
        return None, [fault]
    sheet = _Sheet(name, path, text, schema)
    faults = [*_misnamed(sheet), *_not_a_schema(sheet)]
    return (None if faults else sheet), faults


def _misnamed(sheet: _Sheet) -> Iterator[Fault]:
    found = sheet.schema.get("$id")
    wanted = _uri(sheet.name)
    if found != wanted or not sheet.path.endswith(SUFFIX) or not re.fullmatch(r"[a-z][a-z0-9-]*", sheet.name):
        file = sheet.path.rpartition("/")[2]
        params = {"file": file, "id": refusals.shown(found), "wanted": wanted}
        yield Fault("misnamed-schema", sheet.place(("$id",)), params)


def _not_a_schema(sheet: _Sheet) -> Iterator[Fault]:
    if not jsonschema_rs.meta.is_valid(sheet.schema):
        from muniment import judge

        places = judge.unsound(sheet.schema)
        inner = [
            place for place in places if not any(place == other[: len(place)] != other for other in places)
        ]
        for pointer in sorted(inner or [()], key=str)[:5]:
            yield _unsound(
                sheet, pointer, Text("JSON Schema does not allow this", "JSON Schema 不允许这样写")
            )
        return
    for pointer, schema in fields.subschemas(sheet.schema):
        patterns = [schema["pattern"]] if "pattern" in schema else []
        for pattern in (*patterns, *schema.get("patternProperties", ())):
            if not _is_pattern(pattern):
                problem = Text(f"`{pattern}` is no pattern", f"`{pattern}` 不是正则表达式")
                yield _unsound(sheet, (*pointer, "pattern"), problem)


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(fields.python_pattern(pattern))
    except re.error:
        return False
    return True


def _unsound(sheet: _Sheet, pointer: Pointer, problem: Text) -> Fault:
    names = [str(part) for part in pointer] or ["$schema"]
    return Fault("unsound-schema", sheet.place(pointer), {"keyword": names[-1], "problem": problem})


def _sound(sheets: Mapping[str, _Sheet]) -> tuple[_Library, list[Fault]]:
    """The sheets that hold together with the others, and what is wrong with the rest."""
    library = _Library(sheets)
    groups = _groups(sheets)
    faults: dict[str, list[Fault]] = {}
    for name, sheet in sheets.items():
        found = list(_loose_ends(sheet, library)) or list(_misfits(sheet, library, groups))
        if found:
            faults[name] = found
    if faults:
        library = _Library({name: sheet for name, sheet in sheets.items() if name not in faults})
    return library, [fault for found in faults.values() for fault in found]


def _groups(sheets: Mapping[str, _Sheet]) -> frozenset[str]:
    """Every name that a reference may lead to."""
    names = {"*"}
    for name, sheet in sheets.items():
        if sheet.is_type:
            block = sheet.schema[BLOCK]
            names |= {name, str(block.get("group"))} if isinstance(block, dict) else {name}
    return frozenset(names)


def _loose_ends(sheet: _Sheet, library: _Library) -> Iterator[Fault]:
    """References of a schema to schemas that are not there, and schemas that contain themselves at once."""
    for pointer, schema in fields.subschemas(library.absolute[sheet.name]):
        target = schema.get("$ref")
        if not isinstance(target, str):
            continue
        try:
            library.lookup(target)
        except fields.UnresolvedError:
            written = target.removeprefix(BASE)
            problem = Text(f"`{written}` is not there", f"找不到 `{written}`")
            yield _unsound(sheet, (*pointer, "$ref"), problem)
        else:
            if _is_circular(schema, library, ()):
                yield _unsound(sheet, (*pointer, "$ref"), Text("it leads back to itself", "它引用了自己"))


def _is_circular(schema: Any, library: _Library, seen: tuple[str, ...]) -> bool:
    if not isinstance(schema, Mapping):
        return False
    target = schema.get("$ref")
    if isinstance(target, str):
        try:
            if target in seen or _is_circular(library.lookup(target), library, (*seen, target)):
                return True
        except fields.UnresolvedError:
            return False  # said where it stands
    parts = [part for keyword in ("allOf", "anyOf", "oneOf") for part in schema.get(keyword, ())]
    return any(_is_circular(part, library, seen) for part in (*parts, schema.get("then"), schema.get("else")))


def _misfits(sheet: _Sheet, library: _Library, groups: frozenset[str]) -> Iterator[Fault]:
    """What is wrong with a type beyond JSON Schema: its block, the types and fields that it names."""
    for pointer, schema in fields.subschemas(sheet.schema):
        for index, target in enumerate(_listed(schema.get("x-reference"))):
            if target not in groups:
                params = {"target": refusals.shown(target), "nearest": _near(target, groups)}
                yield Fault("unknown-reference-target", sheet.place((*pointer, "x-reference", index)), params)
    if sheet.is_type and BLOCK in library.sheets:
        failures = library.failures(BLOCK, sheet.schema[BLOCK])
        yield from _block_faults(sheet, failures)
        if not failures:
            yield from _unknown_columns(sheet, library)
    elif any(
        part.get("$ref") == _uri(COMMON) + "#/$defs/record"
        for part in library.absolute[sheet.name].get("allOf", ())
        if isinstance(part, dict)
    ):
        yield Fault("unsound-type-block", sheet.place(()), {"field": BLOCK, "type": sheet.name})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _near(word: object, choices: Iterable[str]) -> str:
    return refusals.nearest(str(word), {name: refusals.both(name) for name in choices}) or ""


def _block_faults(sheet: _Sheet, failures: Iterable[Failure]) -> Iterator[Fault]:
    """The faults of `x-record`, told by the name of what has to be looked at."""
    form = Form(
        refusals.both(BLOCK), (), lambda schema: (frozenset(schema.get("properties", ())), frozenset()), ""
    )
    names: dict[str, Pointer] = {}
    for fault in refusals.faults(failures, form):
        pointer = fault.place.pointer
        named = str(fault.params.get("field") or "") or BLOCK
        names.setdefault(named, (BLOCK, *pointer))
    for name, pointer in names.items():
        yield Fault("unsound-type-block", sheet.place(pointer), {"field": name, "type": sheet.name})


def _unknown_columns(sheet: _Sheet, library: _Library) -> Iterator[Fault]:
    block = sheet.schema[BLOCK]
    known = {
        ".".join(part for part in field.path if part != fields.EACH)
        for field in fields.walk(library.fields(sheet.name))
    }
    known |= set(DERIVED)
    named: list[tuple[Pointer, str]] = [
        (("columns", index), name) for index, name in enumerate(block["columns"])
    ]
    named += [(("facets", index), name) for index, name in enumerate(block["facets"])]
    named += [
        (("states", index, "if", nth), name)
        for index, state in enumerate(block.get("states", ()))
        for nth, name in enumerate(state.get("if", ()))
    ]
    if "state_field" in block:
        named.append((("state_field",), block["state_field"]))
    for pointer, name in named:
        if name not in known:
            params = {"column": name, "type": sheet.name, "nearest": _near(name, known)}
            yield Fault("unknown-column", sheet.place((BLOCK, *pointer)), params)


def _record_type(sheet: _Sheet, library: _Library) -> RecordType:
    block, words = sheet.schema[BLOCK], sheet.schema.get("x-en", {})
    return RecordType(
        name=sheet.name,
        title=_title(sheet),
        description=Text(str(words.get("description", "")), str(sheet.schema.get("description", ""))),
        group=block["group"],
        series=tuple(block["series"]),
        chain=block["chain"],
        level=block["level"],
        title_field=block["title"],
        columns=tuple(block["columns"]),
        facets=tuple(block["facets"]),
        clauses=tuple(block["clauses"]),
        states=tuple(
            State(entry["state"], Text(entry["en"], entry["zh"]), tuple(entry.get("if", ())))
            for entry in block.get("states", ())
        ),
        state_field=block.get("state_field", ""),
        order=block["order"],
        schema=sheet.schema,
        read=partial(library.fields, sheet.name),
    )
