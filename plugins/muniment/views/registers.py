"""Registers: the records of one type, or any list of records, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from muniment import i18n
from muniment.facts import Facts
from muniment.fields import Field
from muniment.findings import Lang
from muniment.records import Record
from muniment.schemas import RecordType
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values, words

# Above this many rows a page takes seconds to load (field notes). Then each year has a page of its own, and the first page
# shows the newest rows only, so that it weighs the same however long the register grows.
MOST_ROWS = 2_000
FIRST_ROWS = 400

Maker = Callable[[Facts, Record, Lang], Cell]


@dataclass(frozen=True, slots=True)
class Register:
    """A register as its page shows it."""

    name: str
    title: str
    text: str
    table: Table
    url: str
    series: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a table that is too long for one page: its rows from `start` up to `stop`, under `name` in addresses."""

    name: str
    title: str
    start: int
    stop: int

    @property
    def count(self) -> int:
        return self.stop - self.start


def of_type(facts: Facts, kind: RecordType, lang: Lang) -> Table:
    """The register of a type: its schema's columns, with state and level."""
    return table(facts, kind, in_order(facts, facts.corpus.by_type.get(kind.name, ())), lang)


def in_order(facts: Facts, records: Iterable[Record]) -> list[Record]:
    """Newest numbers first where a series counts by year; people, clients and departments from the first on."""
    found = sorted(records, key=lambda record: record.number)
    if found and addresses.year_of(facts.policy, found[0].number):
        found.sort(
            key=lambda record: (addresses.year_of(facts.policy, record.number), record.number), reverse=True
        )
    return found


def table(facts: Facts, kind: RecordType, records: Sequence[Record], lang: Lang) -> Table:
    names = ["number", *(name for name in kind.columns if name not in ("number", "level"))]
    if "state" not in names and kind.state_field not in names:
        names.append("state")
    names.append("level")
    shown = len(names)
    names += [name for name in kind.facets if name not in names]
    fields = {field.name: field for field in kind.fields}
    makers = [_maker(name, fields.get(name), kind) for name in names]
    columns = [_column(name, fields.get(name), kind, lang) for name in names]
    columns[shown:] = [replace(column, aside=True) for column in columns[shown:]]
    return Table(
        kind.title.render(lang),
        tuple(_dated(facts, columns, records)),
        tuple(tuple(make(facts, record, lang) for make in makers) for record in records),
        kind.description.render(lang),
    )


def _column(name: str, field: Field | None, kind: RecordType, lang: Lang) -> Column:
    _ = i18n.translator(lang)
    facet = name in kind.facets
    if name == "number":
        return Column(name, _("Number"), "number")
    if name == "state" or name == kind.state_field:
        title = values.heading(field.title.render(lang), lang) if field else _("State")
        return Column(name, title, "state", True)
    if name == "level":
        return Column(name, _("Level"), "level", True)
    if name == "year":
        return Column(name, _("Year"), "text", facet)
    if field is None:
        return Column(name, values.heading(values.label_of(name), lang), "text", facet)
    return values.column(field, lang, facet=facet)


def _dated(facts: Facts, columns: Iterable[Column], records: Iterable[Record]) -> Iterator[Column]:
    """The columns, of which that of the numbers says whether years stand in them."""
    has_years = any(addresses.year_of(facts.policy, record.number) for record in records)
    for column in columns:
        yield replace(column, years=True) if has_years and column.name == "number" else column


def _maker(name: str, field: Field | None, kind: RecordType) -> Maker:
    if name == "number":
        return lambda facts, record, _lang: values.number_cell(facts, record.number)
    if name == "state" or name == kind.state_field:
        return values.state_cell
    if name == "level":
        return values.level_cell
    if name == "year":
        return lambda facts, record, _lang: _year_cell(facts, record)
    if name == kind.title_field:
        return title_cell
    return lambda facts, record, lang: values.cell(facts, field, record.data.get(name), lang)


def _year_cell(facts: Facts, record: Record) -> Cell:
    year = addresses.year_of(facts.policy, record.number)
    return Cell(year, year)


def title_cell(facts: Facts, record: Record, lang: Lang) -> Cell:  # noqa: ARG001 - cells are made alike
    return Cell(record.title, record.title, addresses.record(facts.policy, record.number))


# -- Lists over several types -----------------------------------------------------------------------------------


def field_of(record: Record, name: str) -> Field | None:
    return next((field for field in record.type.fields if field.name == name), None)


def _type_cell(facts: Facts, record: Record, lang: Lang) -> Cell:  # noqa: ARG001 - cells are made alike
    return Cell(values.heading(record.type.title.render(lang), lang), record.type.name)


def _own(name: str) -> Maker:
    return lambda facts, record, lang: values.cell(facts, field_of(record, name), record.data.get(name), lang)


_MAKERS: Mapping[str, Maker] = {
    "number": lambda facts, record, _lang: values.number_cell(facts, record.number),
    "title": title_cell,
    "type": _type_cell,
    "class": _own("class"),
    "kind": _own("kind"),
    "department": _own("department"),
    "author": _own("author"),
    "revision": _own("revision"),
    "created": _own("created"),
    "updated": _own("updated"),
    "effective": _own("effective"),
    "year": lambda facts, record, _lang: _year_cell(facts, record),
    "state": values.state_cell,
    "level": values.level_cell,
}


def _list_columns(lang: Lang) -> Mapping[str, Column]:
    _ = i18n.translator(lang)
    return {
        "number": Column("number", _("Number"), "number"),
        "title": Column("title", _("Title")),
        "type": Column("type", _("Type"), facet=True),
        "class": Column("class", _("Class"), facet=True),
        "kind": Column("kind", _("Kind"), facet=True),
        "department": Column("department", _("Department"), "reference", True),
        "author": Column("author", _("Author"), "reference"),
        "revision": Column("revision", _("Revision"), "integer"),
        "created": Column("created", _("Created"), "date"),
        "updated": Column("updated", _("Updated"), "date"),
        "effective": Column("effective", _("Effective"), "date"),
        "year": Column("year", _("Year"), facet=True),
        "state": Column("state", _("State"), "state", True),
        "level": Column("level", _("Level"), "level", True),
    }


def listing(
    facts: Facts, title: str, names: Sequence[str], records: Iterable[Record], lang: Lang, empty: str = ""
) -> Table:
    """Records of any types under columns that all have: `number`, `title`, `type`, `department`, `state` and so on."""
    columns = _list_columns(lang)
    makers = [_MAKERS[name] for name in names]
    records = list(records)
    return Table(
        title,
        tuple(_dated(facts, (columns[name] for name in names), records)),
        tuple(tuple(make(facts, record, lang) for make in makers) for record in records),
        empty,
    )


def register(facts: Facts, kind: RecordType, lang: Lang) -> Register:
    shown = of_type(facts, kind, lang)
    return Register(
        kind.name,
        values.heading(kind.title.render(lang), lang),
        kind.description.render(lang),
        shown,
        addresses.register(kind.name),
        tuple(letters for letters in kind.series if letters != "*"),
    )


def shards(facts: Facts, table: Table, lang: Lang) -> tuple[Shard, ...]:
    """The parts of a table of more than `MOST_ROWS` rows, in its order; none where one page holds it.

    Parts are years where the table goes by years, newest first, else so many rows each.
    """
    if len(table) <= MOST_ROWS:
        return ()
    years = [addresses.year_of(facts.policy, str(row[0].value)) for row in table.rows]
    if years == sorted(years, reverse=True) and years[0]:
        return tuple(_by_year(years, lang))
    starts = range(0, len(table), MOST_ROWS)
    runs = [(start, min(start + MOST_ROWS, len(table))) for start in starts]
    return tuple(
        Shard(str(place), f"{start + 1}–{stop}", start, stop) for place, (start, stop) in enumerate(runs, 1)
    )


def _by_year(years: Sequence[str], lang: Lang) -> Iterator[Shard]:
    """Counted from the oldest row of a year, so that only its newest part grows and the others keep their rows for ever."""
    _ = i18n.translator(lang)
    start = 0
    for year, rows in groupby(years):
        stop = start + len(list(rows))
        title, parts = year or _("without a year"), -(-(stop - start) // MOST_ROWS)
        for part in range(parts, 0, -1):
            first, last = max(stop - part * MOST_ROWS, start), stop - (part - 1) * MOST_ROWS
            suffix = "" if part == parts else f"-{part}"
            yield Shard(f"{year or 'other'}{suffix}", f"{title}{f' ({part})' if suffix else ''}", first, last)
        start = stop


def groups(facts: Facts, lang: Lang) -> list[tuple[str, str, list[RecordType]]]:
    """Types by group, in reading order: (name, title, types)."""
    found: dict[str, list[RecordType]] = {name: [] for name in words.GROUPS}
    for kind in sorted(facts.types.values(), key=lambda kind: (kind.order, kind.name)):
        found.setdefault(kind.group, []).append(kind)
    return [(name, words.group(name, lang), kinds) for name, kinds in found.items() if kinds]
