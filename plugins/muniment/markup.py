"""Markup: values, facts and rows as HTML, put together without templates, since a page has hundreds of them.

A register has thousands of rows, each document stands in eight lists, and a record has dozens of facts: a template's macro for
each would take a minute where this takes a second. Templates call what is here as if it were theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from markupsafe import escape as escape_anew

from muniment import i18n, tongues
from muniment.findings import Lang
from muniment.lifecycle import ENDED
from muniment.tables import Cell, Column, Kind, Table, text_width
from muniment.views.values import Entry, Value

# What stands for the way to the language's root where rows are made for several pages. No text can be mistaken for it: a quote
# in a text is escaped.
HERE = "~/"
YEARS = "year"  # the name of the facet that is made of numbers
YEAR = re.compile(r"[A-Z]+(\d{4})\d{3,}$")  # assets/registers.js reads the same


@lru_cache(maxsize=20_000)  # names, dates and states come again and again
def escape(text: str) -> str:
    return str(escape_anew(text))


def functions(lang: Lang) -> Mapping[str, Callable[..., Markup | list[Markup]]]:
    """What a template may call, by name; `base` leads from its page to the language's root."""
    _ = i18n.translator(lang)
    comma = _(", ")

    def value(item: Value, base: str) -> Markup:
        return _done(_value(item, base, comma))

    def entries(items: Iterable[Entry], base: str) -> Markup:
        return _done(_entries(items, base, comma))

    def grid(item: Value, base: str, label: str) -> Markup:
        return _done(_grid(item, base, comma, label))

    known: dict[int, _Line] = {}

    def rows(table: Table, base: str) -> Markup:
        return _done(_at("".join(_rows(table, comma, known)), base))

    return {
        "value": value,
        "entries": entries,
        "grid": grid,
        "rows": rows,
        "rooms": lambda table: [_done(each) for each in _rooms(table)],
        "state": lambda cell: _done(_badge("state", cell)),
        "level": lambda cell: _done(_badge("level", cell)),
    }


def _done(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - every value is escaped where it is put in


# -- Values of facts ------------------------------------------------------------------------------------------


def _value(item: Value, base: str, comma: str) -> str:
    simple = _SIMPLE.get(item.kind)
    if simple is not None:
        return simple.format(
            text=escape(item.text), link=escape(item.link), note=escape(item.note), base=base
        )
    shown = _COMPOUND.get(item.kind)
    return shown(item, base, comma) if shown else ""


_SIMPLE: Mapping[str, str] = {
    "text": "{text}",
    "name": '<a href="{base}{link}" title="{note}">{text}</a>',
    "date": '<time datetime="{note}">{text}</time>',
    "time": '<time datetime="{note}">{text}</time>',
    "email": '<a href="{link}">{text}</a>',
    "phone": '<a href="{link}">{text}</a>',
    "code": '<code class="mu-code">{text}</code>',
    "withheld": '<span class="mu-note">{text}</span>',
}


def _reference(item: Value, base: str, _comma: str) -> str:
    title = f" {escape(item.text)}" if item.text else ""
    return (
        f'<a href="{base}{escape(item.link)}"><span class="mu-number">{escape(item.note)}</span>{title}</a>'
    )


def _paragraphs(item: Value, _base: str, _comma: str) -> str:
    paragraphs = (paragraph.strip() for paragraph in item.text.split("\n\n"))
    return "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in paragraphs if each)


def _inline(item: Value, base: str, comma: str) -> str:
    return comma.join([_whole(_value(part, base, comma), part.text) for part in item.items])


def _whole(link: str, text: str) -> str:
    """A link among others that is not to be broken while it is short."""
    return link.replace("<a ", '<a class="mu-whole" ', 1) if text_width(text) <= _WHOLE else link


def _list(item: Value, base: str, comma: str) -> str:
    return f"<ul>{''.join([f'<li>{_value(part, base, comma)}</li>' for part in item.items])}</ul>"


def _fields(item: Value, base: str, comma: str) -> str:
    return _entries(item.entries, base, comma)


def _entries(entries: Iterable[Entry], base: str, comma: str) -> str:
    lines = ['<dl class="mu-facts">\n']
    for entry in entries:
        wide = ' class="mu-facts__wide"' if entry.value.is_wide else ""
        hint = f' title="{escape(entry.hint)}"' if entry.hint else ""
        shown = _value(entry.value, base, comma)
        lines.append(f"<div{wide}><dt{hint}>{escape(entry.label)}</dt><dd>{shown}</dd></div>\n")
    return "".join([*lines, "</dl>"])


def _grid(item: Value, base: str, comma: str, label: str = "") -> str:
    heads = "".join(
        [
            f'<th scope="col"{_room(map(_breadth, column))}>{escape(head)}</th>'
            for head, *column in zip(item.heads, *item.rows, strict=True)
        ]
    )
    lines = "".join(
        [
            f"<tr>{''.join([f'<td>{_value(part, base, comma)}</td>' for part in row])}</tr>\n"
            for row in item.rows
        ]
    )
    return (
        f'<div class="mu-scroll" role="region" tabindex="0" aria-label="{escape(label or ", ".join(item.heads))}">'
        f'<table class="mu-table">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}</tbody></table></div>'
    )


_COMPOUND: Mapping[str, Callable[[Value, str, str], str]] = {
    "reference": _reference,
    "paragraphs": _paragraphs,
    "markdown": _paragraphs,
    "inline": _inline,
    "list": _list,
    "fields": _fields,
    "table": _grid,
}


# -- The room of columns --------------------------------------------------------------------------------------

# On a phone a table is wider than the window, and a browser would then break Chinese after each character. In narrow letters,
# which are half an em: what is no longer than this stays in one line, what is longer takes about two.
_ONE_LINE = 16
_MOST_ROOM = 22
_WHOLE = 10  # of several in a cell, such as names: what is no longer is never broken
_ARROW = 5  # what a heading to sort by has at its end


def _room(widths: Iterable[int]) -> str:
    """The least width of a column whose texts are as wide as this, for its heading."""
    longest = max(widths, default=0)
    room = longest if longest <= _ONE_LINE else min(max(longest // 2 + 2, _ONE_LINE - 2), _MOST_ROOM)
    return f' class="mu-room-{max(-(-room // 2), 2)}"' if room else ""


def _rooms(table: Table) -> list[str]:
    """For each column; figures need less than what they are called, and numbers, days and badges are never broken."""
    return [
        _room_of(column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)
    ]


def _room_of(column: Column, cells: Iterable[Cell]) -> str:
    if column.kind in ("integer", "decimal"):
        return _room([text_width(column.title) + _ARROW])
    if column.kind in ("text", "reference"):
        return _room(sum(text_width(part.text) + 2 for part in cell.parts or (cell,)) - 2 for cell in cells)
    return ""


def _breadth(item: Value) -> int:
    if item.items:
        return max(map(_breadth, item.items))
    number = text_width(item.note) + 1 if item.kind == "reference" else 0
    return number + text_width(item.text)


# -- Rows of registers ----------------------------------------------------------------------------------------


def _badge(kind: str, cell: Cell) -> str:
    return f'<span class="mu-badge mu-{kind}--{escape(cell.tone)}">{escape(cell.text)}</span>'


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of a table, made once for all the pages that it is spread over: their links begin with `HERE`. `facets` are the
    values of those columns that are facets, with how many rows have each.
    """

    rows: tuple[str, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]

    def at(self, base: str, start: int, stop: int) -> Markup:
        """Some of the rows on a page from which `base` leads to the language's root."""
        return _done(_at("".join(self.rows[start:stop]), base))


def drawn(table: Table, lang: Lang) -> Drawn:
    _ = i18n.translator(lang)
    comma = _(", ")
    rows = [tongues.mark(row, lang) for row in _rows(table, comma, {})]
    return Drawn(tuple(rows), {name: _counted(values) for name, values in _facets(table, comma)})


def _facets(table: Table, comma: str) -> Iterator[tuple[str, Iterator[str]]]:
    """By the name of each facet the values of the rows, as a browser reads them in the cells."""
    for place, column in enumerate(table.columns):
        if column.facet:
            between = " " if column.kind in ("state", "level") else comma
            yield column.name, (_words(row[place], between).strip() for row in table.rows)
        if column.years:
            found = (YEAR.match(row[place].text) for row in table.rows)
            yield YEARS, (match[1] if match else "" for match in found)


def _words(item: Cell, between: str) -> str:
    return between.join(_words(part, between) for part in item.parts) if item.parts else item.text


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items()))


_MOST_KNOWN = 12_000  # rows


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as markup, for columns of these kinds."""

    row: tuple[Cell, ...]
    kinds: tuple[Kind, ...]
    html: str


def _at(rows: str, base: str) -> str:
    return rows.replace(f'href="{HERE}', f'href="{base}')


def _rows(table: Table, comma: str, known: dict[int, _Line]) -> Iterator[str]:
    """The rows of a table, their links beginning with `HERE`. A document's row stands in a dozen lists: it is looked for in
    `known` by the object that it is.
    """
    if len(known) > _MOST_KNOWN:
        known.clear()
    kinds = tuple([column.kind for column in table.columns])
    for row in table.rows:
        line = known.get(id(row))
        if line is None or line.row is not row or line.kinds != kinds:
            line = known[id(row)] = _Line(row, kinds, _row(row, kinds, comma))
        yield line.html


def _row(row: tuple[Cell, ...], kinds: tuple[Kind, ...], comma: str) -> str:
    ended = ' class="mu-register__ended"' if any(item.tone in ENDED for item in row) else ""
    cells = [_cell(item, kind, HERE, comma) for item, kind in zip(row, kinds, strict=True)]
    return f"<tr{ended}>{''.join(cells)}</tr>\n"


def _cell(item: Cell, kind: Kind, base: str, comma: str) -> str:
    if kind == "number":
        return f'<td class="mu-register__number">{_content(item, base, comma)}</td>'
    if kind in ("integer", "decimal"):
        sort = f' data-sort="{escape(str(item.value))}"' if item.text else ""
        return f'<td class="mu-register__amount"{sort}>{escape(item.text)}</td>'
    if kind in ("date", "time"):
        return f'<td class="mu-number">{escape(item.text)}</td>'
    if kind == "mark":
        return f'<td class="mu-register__mark">{escape(item.text)}</td>'
    if kind in ("state", "level") and (item.text or item.parts):
        return f"<td>{' '.join([_badge(kind, part) for part in item.parts or (item,)])}</td>"
    return f"<td>{_content(item, base, comma)}</td>"


def _content(item: Cell, base: str, comma: str) -> str:
    if item.parts:
        return comma.join([_whole(_content(part, base, comma), part.text) for part in item.parts])
    if item.link:
        title = f' title="{escape(item.key)}"' if item.key else ""
        return f'<a href="{base}{escape(item.link)}"{title}>{escape(item.text)}</a>'
    return escape(item.text)
