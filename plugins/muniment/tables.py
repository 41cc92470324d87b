"""Tables: rows under typed columns, and the same rows as CSV, JSON, XLSX and plain text."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any, Literal

from muniment import sheets

Kind = Literal["text", "number", "reference", "date", "time", "integer", "decimal", "state", "level", "mark"]
_NUMERIC = ("integer", "decimal")
# What a spreadsheet would run as a formula. Full-width signs: Chinese and Japanese versions take them as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# NUL cannot stand in a strict source, so no text can pass itself off as a number.
_EXACT = re.compile(r'"\\u0000(-?[0-9.]+)"')
_WIDEST = 60  # of a column in a sheet or on a terminal, in narrow characters


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `text` for people, `value` as the facts state it, `link` the page that it names (from the language's
    root), `key` the number of that record, `tone` the name of a state or level, `parts` the members where it is several.
    """

    text: str = ""
    value: Any = None
    link: str = ""
    key: str = ""
    tone: str = ""
    parts: tuple[Cell, ...] = ()

    @property
    def words(self) -> str:
        """The text for places without links: a name alone would not say which record it is."""
        if self.parts:
            return "; ".join(part.words for part in self.parts)
        return f"{self.key} {self.text}" if self.key and self.key != self.text else self.text


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the key in data, `title` the heading; a `facet` is offered for choosing rows. A `mark` is a sign in a matrix.
    `aside` is what a page shows when it is asked for; `years` is said of numbers that hold a year, which is then a facet, too.
    """

    name: str
    title: str
    kind: Kind = "text"
    facet: bool = False
    aside: bool = False
    years: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is the caption; `empty` says what would stand here while there are no rows. `period` names the columns between
    whose days a row holds (the second one is the first day on which it no longer does), so that a day can be asked for.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    period: tuple[str, str] = ("", "")

    def __len__(self) -> int:
        return len(self.rows)


def to_json(value: Mapping[str, object] | Iterable[object]) -> bytes:
    """JSON with one entry of the outermost object or list a line, in which a decimal keeps every digit that was written.

    Python's encoder is ten times slower when it has to indent.
    """
    if isinstance(value, Mapping):
        entries = [f"{_encoded(name)}: {_encoded(each)}" for name, each in value.items()]
        opening, closing = "{", "}"
    else:
        entries = [_encoded(each) for each in value]
        opening, closing = "[", "]"
    # A file name may hold bytes that are no text; the escape is one of JSON's own.
    return "\n".join((opening, ",\n".join(entries), closing, "")).encode("utf-8", "backslashreplace")


def _encoded(value: object) -> str:
    text = _ENCODER.encode(value)
    return _EXACT.sub(r"\1", text) if "\\u0000" in text else text


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"\0{value:f}"
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)


def rows_json(table: Table) -> bytes:
    """A list with one object a row, the facts' own values under the columns' names."""
    return to_json(rows(table))


def rows(table: Table) -> list[dict[str, Any]]:
    """The facts' own values under the columns' names."""
    names = [column.name for column in table.columns]
    return [{name: cell.value for name, cell in zip(names, row, strict=True)} for row in table.rows]


def to_csv(table: Table) -> bytes:
    """For spreadsheets: marked as UTF-8, and no cell that would be run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(column.title) for column in table.columns])
    numeric = [column.kind in _NUMERIC for column in table.columns]
    for row in table.rows:
        writer.writerow(
            [
                _figure(cell) if is_number else _harmless(cell.words)
                for cell, is_number in zip(row, numeric, strict=True)
            ]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _figure(cell: Cell) -> str:
    """Without the separators that people read by; anything but a number is text after all."""
    if isinstance(cell.value, (int, Decimal)) and not isinstance(cell.value, bool):
        return format(cell.value, "f") if isinstance(cell.value, Decimal) else str(cell.value)
    return _harmless(cell.words)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_xlsx(table: Table, mark: str = "") -> bytes:
    """One sheet with a frozen heading and a filter; equal tables give equal bytes. A `mark` of secrecy stands at the head of
    every page that is printed of it.
    """
    columns, widths = [], []
    for column, cells in zip(
        table.columns, zip(*table.rows, strict=True) if table.rows else repeat(()), strict=False
    ):
        words = [cell.words for cell in cells]
        longest = max(map(text_width, words), default=0)
        widths.append(min(max(longest, text_width(column.title) + 3, 6) + 2, _WIDEST))
        columns.append(_in_sheet(cells, words, column.kind))
    rows = zip(*columns, strict=True)
    return sheets.book(table.title, [column.title for column in table.columns], widths, rows, mark)


def _in_sheet(cells: Iterable[Cell], words: Iterable[str], kind: Kind) -> list[sheets.Value]:
    """A column as a sheet holds it: numbers and days as such, all else in words, and nothing for nothing."""
    if kind in _NUMERIC:
        return [_amount(cell.value, said) for cell, said in zip(cells, words, strict=True)]
    if kind == "date":
        return [_day(cell, said) for cell, said in zip(cells, words, strict=True)]
    return [said or None for said in words]


def _amount(value: object, said: str) -> sheets.Value:
    # Above fifteen digits a sheet would round.
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and len(str(value)) <= 15:
        return value
    return said or None


def _day(cell: Cell, said: str) -> sheets.Value:
    if not isinstance(cell.value, str):
        return said or None
    try:
        day = date.fromisoformat(cell.value)
    except ValueError:
        return cell.text or None
    return day if day >= sheets.FIRST_DAY else cell.text or None


def to_text(table: Table) -> str:
    """For a terminal: columns aligned, Han characters counted as two."""
    lines = [[column.title for column in table.columns]]
    lines += [[_short(cell.words) for cell in row] for row in table.rows]
    widths = [max(text_width(line[index]) for line in lines) for index in range(len(table.columns))]
    right = [column.kind in _NUMERIC for column in table.columns]
    shown = [_aligned(line, widths, right) for line in lines]
    shown.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(shown) + "\n"


def _aligned(line: Iterable[str], widths: list[int], right: list[bool]) -> str:
    parts = []
    for text, width, to_right in zip(line, widths, right, strict=True):
        space = " " * (width - text_width(text))
        parts.append(space + text if to_right else text + space)
    return "  ".join(parts).rstrip()


def _short(text: str) -> str:
    """One line of at most the widest column."""
    text = " ".join(text.split())
    if text_width(text) <= _WIDEST:
        return text
    kept, width = [], 1
    for character in text:
        width += text_width(character)
        if width > _WIDEST:
            break
        kept.append(character)
    return "".join(kept) + "…"


@lru_cache(maxsize=20_000)  # a title stands in a dozen lists
def text_width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
