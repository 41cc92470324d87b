"""Refusals: why a record does not fit its type, in words for the person who wrote it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from muniment import dates, fields
from muniment.fields import Field
from muniment.findings import Fault, Place, Pointer, Related, Text

MANY = 12  # more choices than this are not read but skipped
WIDE = 40  # characters of an offending value that are shown


@dataclass(frozen=True)
class Failure:
    """One demand of a schema that a value does not meet, as plain data.

    `keyword` is the demand, `wanted` what it asks for, `schema` the object that states it; `branches` are the
    failures of each alternative, or of what a condition demands.
    """

    keyword: str
    wanted: Any
    schema: Mapping[str, Any]
    value: Any
    pointer: Pointer
    on_key: bool = False
    branches: tuple[tuple[Failure, ...], ...] = ()


@dataclass(frozen=True)
class Form:
    """What a failure is judged against: the type's title and fields, and the file."""

    title: Text
    fields: tuple[Field, ...]
    names: Callable[[Mapping[str, Any]], tuple[frozenset[str], frozenset[str]]]
    path: str

    def field(self, pointer: Pointer) -> Field | None:
        return fields.at(self.fields, pointer)

    def owner(self, pointer: Pointer) -> Text:
        """What the mapping at `pointer` is called: the type itself, or the field that holds it."""
        while pointer:
            found = self.field(pointer)
            if found is not None and found.name != fields.EACH:
                return found.title
            pointer = pointer[:-1]
        return self.title


def faults(failures: Iterable[Failure], form: Form) -> Iterator[Fault]:
    """One fault for each thing to mend; echoes of the same mistake are left out."""
    found = [fault for failure in failures for fault in _faults(failure, form)]
    settled = {fault.place.pointer for fault in found if fault.rule in _SETTLES}
    seen = set()
    for fault in found:
        pointer = fault.place.pointer
        key = (fault.rule, fault.place, fault.params.get("field"))
        if key in seen or (pointer in settled and fault.rule in _ECHOES):
            continue
        seen.add(key)
        yield fault


# Where a value is of the wrong kind, or empty, nothing else about it is worth saying.
_SETTLES = ("wrong-kind-of-value", "empty-value")
_ECHOES = ("unlisted-value", "malformed-value", "number-out-of-range", "text-of-wrong-length", "unmet-demand")


def _faults(failure: Failure, form: Form) -> Iterator[Fault]:
    yield from _EXPLAIN.get(failure.keyword, _unmet)(failure, form)


# -- Values in words ----------------------------------------------------------------------------------------


def shown(value: Any) -> str:
    """A value as it would be written, on one line and not too long."""
    words = {True: "true", False: "false", None: ""}
    text = words[value] if isinstance(value, bool | None) else " ".join(str(value).split())
    return text if len(text) <= WIDE else f"{text[: WIDE - 1]}…"


def both(text: str) -> Text:
    return Text(text, text)


def quoted(names: Iterable[str], labels: Mapping[str, Text] | None = None) -> Text:
    """A list of names in both languages, each with its label where the reader's language has another word."""
    items = list(names)
    known = labels or {}
    more = len(items) - MANY
    rows = items[:MANY]
    zh = "、".join(f"`{name}`（{known[name].zh}）" if name in known else f"`{name}`" for name in rows)
    en = ", ".join(f"`{name}`" for name in rows)
    return Text(f"{en} and {more} more", f"{zh} 等 {len(items)} 项") if more > 0 else Text(en, zh)


def nearest(word: str, choices: Mapping[str, Text]) -> str | None:
    """The choice that was probably meant: by its name in either language, or nearly so."""
    low = word.strip().lower()
    names = {name.lower(): name for name in choices}
    for name, label in choices.items():
        names.setdefault(label.en.lower(), name)
        names.setdefault(label.zh.lower(), name)
    if low in names:
        return names[low]
    close = difflib.get_close_matches(low.replace(" ", "_"), names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


KINDS = {
    "object": Text("a group of fields", "一组字段"),
    "array": Text("a list", "列表"),
    "string": Text("text", "文字"),
    "integer": Text("a whole number", "整数"),
    "number": Text("a number", "数字"),
    "boolean": Text("`true` or `false`", " `true` 或 `false`"),
    "null": Text("nothing", "空值"),
}


def kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    for kind, types in _PYTHON.items():
        if isinstance(value, types):
            return kind
    return "null"


_PYTHON: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "number": (Decimal, float),
    "string": str,
    "array": list,
    "object": dict,
}


def _found(value: Any) -> Text:
    kind = kind_of(value)
    if kind in ("integer", "number", "boolean"):
        word = {"integer": "数字", "number": "数字", "boolean": "真假值"}[kind]
        return Text(
            f"the {'word' if kind == 'boolean' else 'number'} `{shown(value)}`", f"{word} `{shown(value)}`"
        )
    return KINDS[kind] if kind != "string" else Text(f"the text `{shown(value)}`", f"文字 `{shown(value)}`")


def _expected(failure: Failure) -> Text:
    form = failure.schema.get("x-form")
    if isinstance(form, Mapping):
        return Text(str(form.get("en", "")), str(form.get("zh", "")))
    wanted = failure.wanted if isinstance(failure.wanted, list) else [failure.wanted]
    words = [KINDS[kind] for kind in wanted if kind in KINDS and kind != "null"] or [KINDS["null"]]
    return Text(" or ".join(word.en for word in words), "或".join(word.zh for word in words))


def label(pointer: Pointer) -> str:
    """The name of a place in a message: its field, with the position where it is an item of a list."""
    names = [part for part in pointer if isinstance(part, str)]
    name = names[-1] if names else ""
    return f"{name}[{pointer[-1] + 1}]" if pointer and isinstance(pointer[-1], int) else name


def _fault(rule: str, failure: Failure, form: Form, cure: Text | None = None, **params: object) -> Fault:
    place = Place(form.path, failure.pointer, failure.on_key)
    return Fault(rule, place, {"field": label(failure.pointer), **params}, help=cure)


# -- Fields that are missing, unknown, or in each other's way -----------------------------------------------


def unknown_type(name: str, titles: Mapping[str, Text], path: str) -> Fault:
    """The fault for a record whose type nobody knows."""
    near = nearest(name, titles)
    cure = Text("did you mean `{nearest}`?", "是不是 `{nearest}`（{title}）？") if near else None
    params = {"type": shown(name), "nearest": near or "", "title": titles[near] if near else both("")}
    return Fault("unknown-type", Place(path, ("type",)), params, help=cure)


def _missing(failure: Failure, form: Form) -> Iterator[Fault]:
    for name in failure.wanted:
        if name not in failure.value:
            yield missing(name, failure.pointer, form)


def missing(name: str, pointer: Pointer, form: Form) -> Fault:
    field = form.field((*pointer, name))
    place = Place(form.path, pointer) if pointer else Place(form.path, (), line=1, column=1)
    params = {"field": name, "called": _called(field), "example": f"{name}: {example(field)}"}
    return Fault("missing-field", place, params)


def _called(field: Field | None) -> Text:
    """The field's title in brackets, where it says more than its name."""
    if field is None:
        return both("")
    same = field.title.en.replace(" ", "_") == field.name
    return Text("" if same else f" ({field.title.en})", f"（{field.title.zh}）")


def example(field: Field | None) -> str:
    """A value that could stand in a field, as it would be written on one line."""
    if field is None:
        return "…"
    if field.default is not None:
        return shown(field.default)
    if field.examples:
        first = field.examples[0]
        number = isinstance(first, str) and re.fullmatch(r"[0-9.+-]+", first)
        return f'"{first}"' if number and not re.search("-.*-", first) else shown(first)
    kinds = {
        "date": "2026-05-06",
        "time": "2026-05-06T09:30",
        "integer": "1",
        "decimal": "1",
        "boolean": "true",
    }
    return kinds.get(field.kind) or (field.values[0] if field.values else "…")


def _extra(failure: Failure, form: Form) -> Iterator[Fault]:
    always, sometimes = form.names(failure.schema)
    patterns = failure.schema.get("patternProperties", {})
    names = [
        name
        for name in failure.value
        if name not in always | sometimes and not any(re.search(pattern, name) for pattern in patterns)
    ]
    for name in names:
        yield _unknown(name, failure, form, sorted(always | sometimes))
    if not names:
        # Only a branch that does not hold declares them; an envelope that failed elsewhere leaves none.
        for name in failure.value:
            if name in sometimes:
                yield _misplaced(name, failure, form)


def _unknown(name: str, failure: Failure, form: Form, known: Sequence[str]) -> Fault:
    inside = {each.name: each for each in form.fields}
    if failure.pointer:
        parent = form.field(failure.pointer)
        inside = {each.name: each for each in parent.fields} if parent else {}
    choices = {each: inside[each].title if each in inside else both(each) for each in known}
    near = nearest(name, choices)
    if near and near not in failure.value:
        cure = Text("did you mean `{nearest}`?", "是不是 `{nearest}`（{title}）？")
    elif len(known) <= MANY:
        cure = Text("its fields are {known}", "可用的字段：{known}")
    else:
        cure = None
    return Fault(
        "unknown-field",
        Place(form.path, (*failure.pointer, name), on_key=True),
        {
            "field": name,
            "owner": form.owner(failure.pointer),
            "nearest": near or "",
            "title": choices[near] if near else both(""),
            "known": quoted(known, {each: inside[each].title for each in known if each in inside}),
        },
        help=cure,
    )


def _misplaced(name: str, failure: Failure, form: Form) -> Fault:
    place = Place(form.path, (*failure.pointer, name), on_key=True)
    return Fault("misplaced-field", place, {"field": name, "owner": form.owner(failure.pointer)})


def _forbidden(failure: Failure, form: Form) -> Iterator[Fault]:
    if not failure.pointer:
        yield from _unmet(failure, form)
        return
    yield _misplaced(str(failure.pointer[-1]), _parent(failure), form)


def _parent(failure: Failure) -> Failure:
    return Failure("", None, {}, None, failure.pointer[:-1])


def _excluded(failure: Failure, form: Form) -> Iterator[Fault]:
    """`not`: most often it keeps two fields apart."""
    if not failure.wanted:
        yield from _forbidden(failure, form)
        return
    names = failure.wanted.get("required", ()) if isinstance(failure.wanted, Mapping) else ()
    if isinstance(failure.value, dict) and len(names) > 1:
        yield _conflict(failure, form, names)
    elif isinstance(failure.value, dict) and names:
        yield _misplaced(names[0], failure, form)
    else:
        yield from _unmet(failure, form)


def _conflict(failure: Failure, form: Form, names: Iterable[str]) -> Fault:
    return _fault(
        "conflicting-fields", failure, form, fields=quoted(names), owner=form.owner(failure.pointer)
    )


def _dependent(failure: Failure, form: Form) -> Iterator[Fault]:
    for given, names in failure.wanted.items():
        if given not in failure.value:
            continue
        for name in names:
            if name not in failure.value:
                fault = missing(name, failure.pointer, form)
                note = Text("`{field}` stands here, and needs it", "这里有 `{field}`，就必须有它")
                reason = _note(form, (*failure.pointer, given), note, given, failure.value[given])
                yield replace(fault, related=(reason,))


def _conditional(failure: Failure, form: Form) -> Iterator[Fault]:
    """What a condition demands, with the field that made it apply."""
    tested = failure.wanted.get("properties", {}) if isinstance(failure.wanted, Mapping) else {}
    reasons = [name for name in tested if isinstance(failure.value, dict) and name in failure.value]
    note = Text("because `{field}` is `{value}`", "因为 `{field}` 是 `{value}`")
    for inner in failure.branches:
        for fault in faults(inner, form):
            notes = [
                _note(form, (*failure.pointer, name), note, name, failure.value[name]) for name in reasons
            ]
            yield replace(fault, related=(*fault.related, *notes))


def _note(form: Form, pointer: Pointer, note: Text, name: str, value: Any) -> Related:
    return Related(Place(form.path, pointer), note, {"field": name, "value": shown(value)})


# -- Alternatives -------------------------------------------------------------------------------------------


def _alternatives(failure: Failure, form: Form) -> Iterator[Fault]:
    """`anyOf` and `oneOf`: which field to choose, or what is wrong with the nearest alternative."""
    asked = [
        name for branch in failure.wanted if isinstance(branch, dict) for name in branch.get("required", ())
    ]
    only_names = all(isinstance(branch, dict) and set(branch) == {"required"} for branch in failure.wanted)
    if not failure.branches:
        given = [name for name in asked if isinstance(failure.value, dict) and name in failure.value]
        yield _conflict(failure, form, dict.fromkeys(given))
    elif only_names and isinstance(failure.value, dict):
        field = form.field(failure.pointer)
        titles = {each.name: each.title for each in (field.fields if field else form.fields)}
        names = quoted(dict.fromkeys(asked), titles)
        yield _fault("missing-alternative", failure, form, fields=names, owner=form.owner(failure.pointer))
    elif only_names:
        return  # the kind of value is wrong, which is said elsewhere
    else:
        yield from _best(failure, form)


def _best(failure: Failure, form: Form) -> Iterator[Fault]:
    kinds = [
        inner.wanted
        for branch in failure.branches
        for inner in branch
        if inner.keyword == "type" and inner.pointer == failure.pointer
    ]
    if len(kinds) == len(failure.branches):
        wanted = [kind for each in kinds for kind in (each if isinstance(each, list) else [each])]
        yield from _wrong_kind(
            Failure("type", list(dict.fromkeys(wanted)), {}, failure.value, failure.pointer), form
        )
        return
    nearest_branch = min(failure.branches, key=lambda branch: _distance(branch, failure.pointer))
    yield from faults(nearest_branch, form)


def _distance(branch: Sequence[Failure], pointer: Pointer) -> tuple[bool, bool, int]:
    at_root = [inner.keyword for inner in branch if inner.pointer == pointer]
    other = any(inner.keyword == "const" for inner in branch)  # a branch for another kind of thing altogether
    return "type" in at_root, other, len(branch)


# -- Single values ------------------------------------------------------------------------------------------


def _wrong_kind(failure: Failure, form: Form) -> Iterator[Fault]:
    if failure.value is None:
        yield _empty(failure, form)
        return
    wanted = failure.wanted if isinstance(failure.wanted, list) else [failure.wanted]
    right = _right_kind(failure.value, wanted, failure.schema) or ""
    inner = form.field(failure.pointer) if "object" in wanted else None
    cure = None
    if right:
        quotes = "string" in wanted and right[:1] == '"'
        cure = _QUOTE if quotes else Text("write `{right}`", "请写成 `{right}`")
        name = label(failure.pointer)
        right = right if not name or "[" in name else f"{name}: {right}"
    elif inner and inner.fields:
        cure = Text("write its fields below, indented: {known}", "请在下面各起一行，缩进填写：{known}")
    known = {each.name: each.title for each in inner.fields} if inner else {}
    params = {"found": _found(failure.value), "expected": _expected(failure), "right": right}
    yield _fault("wrong-kind-of-value", failure, form, cure, **params, known=quoted(known, known))


_QUOTE = Text("put it in quotes: `{right}`", "请加引号：`{right}`")


def _right_kind(value: Any, wanted: Sequence[str], schema: Mapping[str, Any]) -> str | None:
    """What was probably meant, as it would be written."""
    if "string" in wanted and not isinstance(value, list | dict):
        mended = dates.mend(str(value), schema.get("format", ""))
        return mended or (f'"{shown(value)}"' if "format" not in schema else None)
    if "boolean" in wanted:
        return _TRUTH.get(str(value).strip().lower())
    if ("integer" in wanted or "number" in wanted) and isinstance(value, str | Decimal):
        return _number(str(value), "number" in wanted)
    if "array" in wanted and not isinstance(value, list | dict):
        text = shown(value)
        return f"[{text}]" if not re.search(r"[\[\]{},:#'\"]", text) else None
    return None


_TRUTH = {
    **dict.fromkeys(("yes", "y", "on", "1", "是", "有", "对", "真"), "true"),
    **dict.fromkeys(("no", "n", "off", "0", "否", "无", "不", "假"), "false"),
}


def _number(text: str, fraction: bool) -> str | None:
    match = re.search(r"-?[0-9]+(?:\.[0-9]+)?", re.sub(r"(?<=[0-9])[,，](?=[0-9]{3})", "", text))
    if match is None:
        return None
    found = re.sub(r"^(-?)0+(?=[0-9])", r"\1", match[0])
    if "." in found and not fraction:
        whole, _, rest = found.partition(".")
        return whole if not rest.strip("0") else None
    return found


def _empty(failure: Failure, form: Form) -> Fault:
    """Nothing stands where something should; what, as fully as the schema tells."""
    choices = failure.schema.get("enum")
    expected = _expected(failure)
    if choices:
        named = quoted(map(shown, choices), fields.labels(failure.schema))
        expected = Text(f"one of {named.en}", f"其中一项：{named.zh}")
    elif failure.keyword != "type" and "x-form" not in failure.schema:
        expected = KINDS["string"]
    return _fault("empty-value", failure, form, expected=expected)


def _unlisted(failure: Failure, form: Form) -> Iterator[Fault]:
    wanted = failure.wanted if failure.keyword == "enum" else [failure.wanted]
    value = failure.value
    if value is None:
        yield _empty(failure, form)
        return
    labels = fields.labels(failure.schema)
    names = [shown(each) for each in wanted]
    near = nearest(str(value), {name: labels.get(name, both(name)) for name in names})
    hint = failure.schema.get("x-hints", {}).get(value) if isinstance(value, str) else None
    if isinstance(hint, Mapping):
        cure: Text | None = Text(str(hint.get("en", "")), str(hint.get("zh", "")))
        params: dict[str, object] = {}
    else:
        cure = Text(
            "did you mean `{nearest}`? the choices are {allowed}", "是不是 `{nearest}`？可选：{allowed}"
        )
        params = {"nearest": near or ""}
    if near is None or len(names) == 1:
        cure = cure if isinstance(hint, Mapping) else None
    yield _fault(
        "unlisted-value", failure, form, cure, value=shown(value), allowed=quoted(names, labels), **params
    )


def _malformed(failure: Failure, form: Form) -> Iterator[Fault]:
    value = failure.value
    if not str(value).strip():
        yield _empty(failure, form)
        return
    wording = failure.schema.get("x-form", _FORMATS.get(failure.schema.get("format", ""), _ANY_FORM))
    words = Text(str(wording.get("en", "")), str(wording.get("zh", "")))
    right = dates.mend(str(value), failure.schema.get("format", failure.schema.get("pattern", "")))
    cure = Text("write `{right}`", "请写成 `{right}`") if right else None
    if (
        right is None
        and failure.schema.get("format") in (dates.DATE, dates.TIME)
        and dates.has_form(value, failure.schema["format"])
    ):
        cure = Text("there is no such day or time", "没有这一天或这一时刻")
    yield _fault("malformed-value", failure, form, cure, value=shown(value), wanted=words, right=right or "")


_ANY_FORM = {"en": "of the form that the field asks for", "zh": "这个字段要求的写法"}
_FORMATS = {
    "date": {"en": "a date such as 2026-05-06", "zh": "日期（如 2026-05-06）"},
    "datetime-local": {"en": "a time such as 2026-05-06T09:30", "zh": "时间（如 2026-05-06T09:30）"},
    "email": {"en": "an e-mail address such as li.na@example.com", "zh": "电子邮箱（如 li.na@example.com）"},
    "uri": {"en": "an address such as https://example.com", "zh": "网址（如 https://example.com）"},
}


def _range(failure: Failure, form: Form) -> Iterator[Fault]:
    limit = shown(failure.wanted)
    words = {
        "minimum": Text(f"the least is {limit}", f"最小为 {limit}"),
        "maximum": Text(f"the most is {limit}", f"最大为 {limit}"),
        "exclusiveMinimum": Text(f"it must be more than {limit}", f"须大于 {limit}"),
        "exclusiveMaximum": Text(f"it must be less than {limit}", f"须小于 {limit}"),
        "multipleOf": Text(f"it must be a multiple of {limit}", f"须为 {limit} 的倍数"),
    }
    yield _fault(
        "number-out-of-range", failure, form, value=shown(failure.value), limit=words[failure.keyword]
    )


def _length(failure: Failure, form: Form) -> Iterator[Fault]:
    if failure.keyword == "minLength" and not failure.value.strip():
        yield _empty(failure, form)
        return
    limit = failure.wanted
    words = {
        "minLength": Text(f"at least {limit} are needed", f"至少需要 {limit} 个"),
        "maxLength": Text(f"at most {limit} fit", f"最多 {limit} 个"),
    }
    yield _fault(
        "text-of-wrong-length", failure, form, length=len(failure.value), limit=words[failure.keyword]
    )


def _count(failure: Failure, form: Form) -> Iterator[Fault]:
    limit = failure.wanted
    least = failure.keyword.startswith("min")
    words = Text(f"at least {limit} needed", f"至少需要 {limit} 项")
    if not least:
        words = Text(f"at most {limit} allowed", f"最多 {limit} 项")
    yield _fault("wrong-number-of-items", failure, form, count=len(failure.value), limit=words)


def _repeated(failure: Failure, form: Form) -> Iterator[Fault]:
    for index, value in enumerate(failure.value):
        first = failure.value.index(value)
        if value is None:
            continue  # two places left empty repeat nothing
        if first == index or isinstance(value, bool) != isinstance(failure.value[first], bool):
            continue
        place = Place(form.path, (*failure.pointer, index))
        earlier = Related(Place(form.path, (*failure.pointer, first)), Text("first here", "首次出现"))
        params = {
            "field": label(failure.pointer),
            "value": shown(value) if not isinstance(value, dict) else "…",
        }
        yield Fault("repeated-item", place, params, related=(earlier,))


def _unmet(failure: Failure, form: Form) -> Iterator[Fault]:
    """A demand that only a type made by others states."""
    yield _fault("unmet-demand", failure, form, owner=form.owner(failure.pointer), keyword=failure.keyword)


_EXPLAIN: dict[str, Callable[[Failure, Form], Iterator[Fault]]] = {
    "required": _missing,
    "additionalProperties": _extra,
    "unevaluatedProperties": _extra,
    "dependentRequired": _dependent,
    "if": _conditional,
    "not": _excluded,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "type": _wrong_kind,
    "enum": _unlisted,
    "const": _unlisted,
    "pattern": _malformed,
    "format": _malformed,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _count,
    "maxItems": _count,
    "minProperties": _count,
    "maxProperties": _count,
    "uniqueItems": _repeated,
    "false": _forbidden,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _range),
}
