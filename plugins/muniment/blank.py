"""Blank forms: the YAML of a new record, what must be filled in first, the rest as comments to uncover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muniment import tongues
from muniment.edit import dump
from muniment.fields import Field
from muniment.findings import Lang, Text
from muniment.schemas import RecordType

_OPTIONAL = Text(
    "What follows may be left out. To fill a field in, take the # at the beginning of its line away.",
    "以下为选填内容。需要填写时，去掉该行行首的 #。",
)
_EXAMPLE = Text("for example {value}", "例如 {value}")
_CHOICES = Text("one of {values}", "可填 {values}")
_NUMBER_OF = Text("number of: {types}", "填写编号：{types}")
# What a field looks like while nobody has filled it in; used in comments only.
_SHAPES = {"date": "2026-05-06", "time": "2026-05-06T09:30", "integer": 1, "decimal": 1, "boolean": True}


def blank(
    kind: RecordType,
    types: Mapping[str, RecordType],
    number: str,
    lang: Lang,
    given: Mapping[str, Any],
    today: str,
) -> str:
    """A new record of `kind`; `given` are fields that are known already, in any order."""
    known = {"type": kind.name, "number": number, **_dates(kind, today), **given}
    head = [f"# {line}" for line in _lines(_about(kind, lang))]
    filled = [field for field in kind.fields if field.required or field.name in known]
    lines = [line for field in filled for line in _field(field, known, types, lang)]
    strangers = {name: known[name] for name in known if name not in {field.name for field in kind.fields}}
    lines += dump(strangers).splitlines() if strangers else []
    rest = [field for field in kind.fields if field not in filled]
    covered = ["", f"# {_OPTIONAL.render(lang)}"] if rest else []
    for field in rest:
        covered += _comment(field, types, lang)
        covered += [f"#{line}" for line in _sample({field.name: field}, lang)]
    return "\n".join([*head, *lines, *covered]) + "\n"


def _dates(kind: RecordType, today: str) -> dict[str, Any]:
    starts = {"revision": 1, "created": today, "updated": today}
    return {
        field.name: starts[field.name] for field in kind.fields if field.required and field.name in starts
    }


def _about(kind: RecordType, lang: Lang) -> str:
    title, description = kind.title.render(lang), kind.description.render(lang)
    return f"{title}{': ' if lang == 'en' else '：'}{description}" if description else title


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _comment(field: Field, types: Mapping[str, RecordType], lang: Lang) -> list[str]:
    """Title, meaning and hints of a field, as comment lines."""
    text = field.title.render(lang)
    if description := field.description.render(lang):
        text += (": " if lang == "en" else "：") + description.rstrip(".。")
    hints = [hint for hint in (_hint(field, types, lang), _example(field, lang)) if hint]
    if hints:
        text += f" ({'; '.join(hints)})" if lang == "en" else f"（{'；'.join(hints)}）"
    return [f"# {line}" for line in _lines(text)]


def _hint(field: Field, types: Mapping[str, RecordType], lang: Lang) -> str:
    """The choices of a field, or the kinds of record whose number it takes."""
    inner = field.item if field.kind == "list" and field.item else field
    if inner.values:
        named = [_labelled(value, inner.labels, lang) for value in inner.values]
        return _CHOICES.render(lang, {"values": (", " if lang == "en" else "、").join(named)})
    titles = [types[name].title.render(lang) for name in inner.references if name in types]
    if titles:
        return _NUMBER_OF.render(lang, {"types": (", " if lang == "en" else "、").join(titles)})
    return ""


def _labelled(value: str, labels: Mapping[str, Text], lang: Lang) -> str:
    label = labels[value].render(lang) if value in labels else value
    if label == value:
        return value
    return f"{value} ({label})" if lang == "en" else f"{value}（{label}）"


def _example(field: Field, lang: Lang) -> str:
    if not field.examples or isinstance(field.examples[0], dict | list):
        return ""
    return _EXAMPLE.render(lang, {"value": dump(_spoken(field.examples, lang)).strip()})


def _spoken(examples: tuple[Any, ...], lang: Lang) -> Any:
    """The first example in the reader's language; a number or a name in Latin letters serves both."""
    return next((each for each in examples if tongues.of(str(each)) == lang), examples[0])


def _field(
    field: Field, known: Mapping[str, Any], types: Mapping[str, RecordType], lang: Lang
) -> Iterator[str]:
    """A field that has to stand: its value where it is known, else room for it."""
    value = known.get(field.name, _settled(field))
    if field.name not in ("type", "number", "revision"):
        yield from _comment(field, types, lang)
    if value is not None:
        yield from dump({field.name: value}).splitlines()
    elif field.kind == "object" and field.fields:
        yield f"{field.name}:"
        for line in _room(field):
            yield f"  {line}"
    elif field.kind == "list":
        yield f"{field.name}:"
        inner = list(_room(field.item)) if field.item and field.item.kind == "object" else []
        for _ in range(max(field.least, 1)):
            yield f"  - {inner[0]}" if inner else "  -"
            yield from (f"    {line}" for line in inner[1:])
    else:
        yield f"{field.name}:"


def _room(field: Field) -> Iterator[str]:
    """The fields inside a group that nobody may leave out, still empty; all of them where none is demanded."""
    for each in [inner for inner in field.fields if inner.required] or field.fields:
        value = _settled(each)
        yield dump({each.name: value}).strip() if value is not None else f"{each.name}:"


def _settled(field: Field) -> Any:
    """The value of a field that leaves no choice, or whose schema proposes one."""
    if field.default is not None:
        return field.default
    return field.values[0] if field.required and len(field.values) == 1 else None


def _sample(named: Mapping[str, Field], lang: Lang, pad: str = "") -> Iterator[str]:
    """Fields with values that show their shape; the names of inner fields stand beside them as comments."""
    for name, field in named.items():
        note = f"  # {field.title.render(lang)}" if pad else ""
        inner = {each.name: each for each in field.fields}
        if field.kind == "list" and field.item and field.item.fields:
            yield f"{pad}{name}:{note}"
            rows = list(_sample({each.name: each for each in field.item.fields}, lang, pad + "    "))
            yield f"{pad}  - {rows[0].strip()}"
            yield from rows[1:]
        elif inner:
            yield f"{pad}{name}:{note}"
            yield from _sample(inner, lang, pad + "  ")
        else:
            line = dump({name: _shape(field, lang)}).splitlines()
            yield f"{pad}{line[0]}{note}"
            yield from (pad + rest for rest in line[1:])


def _shape(field: Field, lang: Lang) -> Any:
    if field.default is not None:
        return field.default
    if field.examples:
        return _spoken(field.examples, lang)
    if field.kind == "list":
        return [_shape(field.item, lang)] if field.item else []
    if field.kind == "object":
        return {}
    if field.values:
        return field.values[0]
    if field.references:
        return "…"
    return _SHAPES.get(field.kind, "…")
