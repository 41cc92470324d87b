"""Values: the facts of a record as people read them, guided by the fields of its type, still without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from muniment import i18n
from muniment.audience import MASK, ROLE
from muniment.facts import Facts
from muniment.fields import Field
from muniment.findings import Lang
from muniment.recall import recalled
from muniment.records import Record
from muniment.tables import Cell, Column, Kind
from muniment.views import addresses, words

_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_SCALARS = ("text", "integer", "decimal", "boolean", "date", "time", "enum", "reference", "any")
_SHORT = ("text", "name", "date", "time", "withheld")
# Shown as the page's heading, in a section of their own, or as the address.
HEADING = ("type", "number", "title", "name", "revision")
SECTIONS = ("attachments", "paper")


@dataclass(frozen=True, slots=True)
class Value:
    """A value for a page. `kind` says how to show it: text, paragraphs, markdown, date, time, name, reference, withheld, email,
    phone, code, list, inline (a list of short values), fields (an object), table (a list of objects).
    """

    kind: str
    text: str = ""
    link: str = ""
    note: str = ""
    items: tuple[Value, ...] = ()
    entries: tuple[Entry, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it needs the width of the page rather than a place beside its label."""
        if self.kind in ("table", "fields", "markdown"):
            return True
        return bool(self.items) and any(item.is_wide for item in self.items)


@dataclass(frozen=True, slots=True)
class Entry:
    """A label with its value; `name` is the field, `hint` what the field is for."""

    name: str
    label: str
    value: Value
    hint: str = ""


_NOTHING = Value("text")


def entries(
    facts: Facts, fields: Iterable[Field], data: Mapping[str, Any], lang: Lang, without: Iterable[str] = ()
) -> Iterator[Entry]:
    """The filled fields in reading order, then whatever else the facts hold."""
    known = set(without)
    for field in fields:
        if field.name in known:
            continue
        known.add(field.name)
        value = data.get(field.name)
        if not is_empty(value):
            shown = of(facts, field, value, lang)
            yield Entry(
                field.name, heading(field.title.render(lang), lang), shown, field.description.render(lang)
            )
    for name, value in data.items():
        if name not in known and not is_empty(value):
            yield Entry(name, heading(label_of(name), lang), plain(facts, value, lang))


def is_empty(value: object) -> bool:
    return value is None or value == "" or value == [] or value == {}


def label_of(name: str) -> str:
    return name.replace("_", " ")


def of(facts: Facts, field: Field, value: Any, lang: Lang) -> Value:
    """The value of a field; one that is not of its field's kind is shown as it is."""
    if field.kind == "list" and isinstance(value, list):
        return _list(facts, field.item, value, lang)
    if isinstance(value, Mapping):
        return _object(facts, field, value, lang)
    if isinstance(value, list):
        return plain(facts, value, lang)
    if field.kind == "reference":
        return reference(facts, str(value), lang)
    if field.kind == "markdown":
        return Value("markdown", str(value))
    return _scalar(field, text_of(facts, field, value, lang))


def _scalar(field: Field, text: str) -> Value:
    if field.kind in ("date", "time"):
        return Value(field.kind, text, note=text.replace(" ", "T"))
    if field.name == "phone":
        return Value("phone", text, "tel:" + re.sub(r"[^0-9+]", "", text))
    return _text(text)


def _text(text: str) -> Value:
    if "\n" in text.strip():
        return Value("paragraphs", text.strip())
    if _EMAIL.fullmatch(text):
        return Value("email", text, f"mailto:{text}")
    # Keys and digests: long, and without a place to break.
    if len(text) > 40 and text.isascii() and " " not in text[:40]:
        return Value("code", text)
    return Value("text", text)


def text_of(facts: Facts, field: Field | None, value: Any, lang: Lang) -> str:
    """A single value in the reader's words."""
    _ = i18n.translator(lang)
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is None:
        return str(value)
    if field.kind == "decimal" and isinstance(value, (int, Decimal)):
        return f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    if field.kind == "time":
        return str(value).replace("T", " ", 1)
    if field.policy and isinstance(value, str):
        own = words.value(facts, field.policy, value, lang)
        if own is not None:
            return own
    label = field.labels.get(str(value))
    return label.render(lang) if label else str(value)


@recalled
def reference(facts: Facts, number: str, lang: Lang) -> Value:
    """A link to the record of that number, by its name where people have one, else by number and title."""
    if number == MASK:
        return Value("withheld", withheld_cell(lang).text)
    if number.startswith(ROLE):
        # A build that names no person says in which role somebody acted.
        role = number.removeprefix(ROLE)
        return Value("text", heading(words.role(facts, role, lang) if role else words.staff(lang), lang))
    record = facts.corpus.records.get(number)
    if record is None:
        return Value("text", number)
    link = addresses.record(facts.policy, number)
    if record.type.title_field == "name":
        return Value("name", record.title, link, number)
    return Value("reference", record.title if record.title != number else "", link, number)


def _object(facts: Facts, field: Field, value: Mapping[str, Any], lang: Lang) -> Value:
    if value.keys() <= {"zh", "en"}:
        return Value("text", words.pick(value, lang, ""))
    if not field.fields and field.item is not None:
        return _mapping(facts, field, field.item, value, lang)
    found = tuple(entries(facts, field.fields, value, lang))
    return Value("fields", entries=found)


def _mapping(facts: Facts, field: Field, item: Field, value: Mapping[str, Any], lang: Lang) -> Value:
    """A mapping whose names are free, such as the series of the policy `numbering`."""

    def title(name: str) -> str:
        return text_of(facts, field, name, lang) if field.labels else name

    rows = [each for each in value.values() if isinstance(each, Mapping) and not each.keys() <= {"zh", "en"}]
    if len(rows) == len(value) > 0 and item.fields and _is_flat(item):
        return _table(facts, item, [(title(name), each) for name, each in value.items()], lang)
    return Value(
        "fields",
        entries=tuple(
            Entry(name, title(name), of(facts, item, each, lang))
            for name, each in value.items()
            if not is_empty(each)
        ),
    )


def _list(facts: Facts, item: Field | None, values: list[Any], lang: Lang) -> Value:
    if item is None:
        return plain(facts, values, lang)
    if values and all(isinstance(each, Mapping) for each in values) and item.fields:
        if _is_flat(item):
            return _table(facts, item, [("", each) for each in values], lang)
        return Value("list", items=tuple(of(facts, item, each, lang) for each in values))
    shown = tuple(of(facts, item, each, lang) for each in values)
    short = all(each.kind in _SHORT and len(each.text) <= 24 for each in shown)
    return Value("inline" if short else "list", items=shown)


def _is_flat(item: Field) -> bool:
    """Whether the object fits a row: single values, or lists and pairs of such."""
    return all(
        field.kind in _SCALARS
        or (field.kind == "list" and field.item is not None and field.item.kind in _SCALARS)
        or (field.kind == "object" and {inner.name for inner in field.fields} <= {"zh", "en"})
        for field in item.fields
    )


def _table(facts: Facts, item: Field, rows: list[tuple[str, Mapping[str, Any]]], lang: Lang) -> Value:
    used = [field for field in item.fields if any(not is_empty(row.get(field.name)) for _name, row in rows)]
    _ = i18n.translator(lang)
    named = any(name for name, _values in rows)
    heads = tuple(heading(field.title.render(lang), lang) for field in used)
    return Value(
        "table",
        heads=(_("Name"), *heads) if named else heads,
        rows=tuple(
            (
                *((Value("text", name),) if named else ()),
                *(
                    _NOTHING if is_empty(row.get(field.name)) else of(facts, field, row[field.name], lang)
                    for field in used
                ),
            )
            for name, row in rows
        ),
    )


def plain(facts: Facts, value: Any, lang: Lang) -> Value:
    """A value that no field describes."""
    if isinstance(value, Mapping):
        if value.keys() <= {"zh", "en"}:
            return Value("text", words.pick(value, lang, ""))
        return Value(
            "fields",
            entries=tuple(
                Entry(name, heading(label_of(name), lang), plain(facts, each, lang))
                for name, each in value.items()
                if not is_empty(each)
            ),
        )
    if isinstance(value, list):
        shown = tuple(plain(facts, each, lang) for each in value)
        short = all(each.kind in _SHORT and len(each.text) <= 24 for each in shown)
        return Value("inline" if short else "list", items=shown)
    if isinstance(value, str) and (value in facts.corpus.records or value == MASK):
        return reference(facts, value, lang)
    return _text(text_of(facts, None, value, lang))


# -- Cells of registers -------------------------------------------------------------------------------------


@recalled
def number_cell(facts: Facts, number: str) -> Cell:
    return Cell(number, number, addresses.record(facts.policy, number))


def state_cell(facts: Facts, record: Record, lang: Lang) -> Cell:
    state = facts.state(record.number)
    return Cell(words.state(facts, record, lang), state, tone=state)


def level_cell(facts: Facts, record: Record, lang: Lang) -> Cell:
    level = facts.level(record)
    return Cell(words.level(level, lang), level, tone=level)


def cell(facts: Facts, field: Field | None, value: Any, lang: Lang) -> Cell:
    """A value in one cell of a register."""
    if is_empty(value):
        return Cell()
    if isinstance(value, list):
        item = field.item if field and field.kind == "list" else None
        parts = tuple(cell(facts, item, each, lang) for each in value)
        return Cell(_separator(lang).join(part.text for part in parts), value, parts=parts)
    if isinstance(value, Mapping):
        return Cell(_object_text(facts, field, value, lang), value)
    if field is not None and field.kind == "reference":
        return reference_cell(facts, str(value), lang)
    return Cell(text_of(facts, field, value, lang), value)


@recalled
def reference_cell(facts: Facts, number: str, lang: Lang) -> Cell:
    """One record in a cell; empty without a number."""
    if not number:
        return Cell()
    shown = reference(facts, number, lang)
    if shown.kind == "name":
        return Cell(shown.text, number, shown.link, key=shown.note)
    return Cell(f"{shown.note} {shown.text}".strip(), number, shown.link)


def withheld_cell(lang: Lang) -> Cell:
    """Where a value is not for the readers; nought or nothing would be taken for the truth."""
    _ = i18n.translator(lang)
    return Cell(_("withheld"))


def count_cell(count: int) -> Cell:
    return Cell(f"{count:,}", count)


def date_cell(day: object) -> Cell:
    return Cell(str(day), str(day)) if day else Cell()


def references_cell(facts: Facts, numbers: list[str], lang: Lang) -> Cell:
    """Several records in one cell."""
    parts = []
    for number in numbers:
        shown = reference(facts, number, lang)
        text = shown.text if shown.kind != "reference" else f"{number} {shown.text}".strip()
        parts.append(Cell(text, number, shown.link, key=number if shown.kind == "name" else ""))
    return Cell(_separator(lang).join(part.text for part in parts), list(numbers), parts=tuple(parts))


def _object_text(facts: Facts, field: Field | None, value: Mapping[str, Any], lang: Lang) -> str:
    """An object in a few words: its first filled field, which is what it is about, and the second in brackets."""
    if value.keys() <= {"zh", "en"}:
        return words.pick(value, lang, "")
    known = {inner.name: inner for inner in (field.fields if field else ())}
    names = [
        name
        for name in (*known, *(name for name in value if name not in known))
        if not is_empty(value.get(name))
    ]
    texts = [cell(facts, known.get(name), value[name], lang).text for name in names[:2]]
    return f"{texts[0]} ({texts[1]})" if len(texts) > 1 else "".join(texts)


def _separator(lang: Lang) -> str:
    return "、" if lang == "zh" else ", "


_KINDS: Mapping[str, Kind] = {
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "reference": "reference",
}


def column(field: Field, lang: Lang, *, facet: bool) -> Column:
    return Column(field.name, heading(field.title.render(lang), lang), _KINDS.get(field.kind, "text"), facet)


def heading(title: str, lang: Lang) -> str:
    """English titles of fields are written small; a heading begins with a capital."""
    return title[:1].upper() + title[1:] if lang == "en" else title
