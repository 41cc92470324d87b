"""Rendering: plain data into HTML by templates; the only module that knows Jinja2."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from muniment import charts, i18n, resources, tongues
from muniment.findings import Lang
from muniment.lifecycle import ENDED
from muniment.tables import Cell, Column, Table

_WORDS = re.compile(r'(?<![\w.])_\("((?:[^"\\]|\\.)*)"\)')


class _Translated(FileSystemLoader):
    """Templates in one language: their words are put in once, not looked up again for every page."""

    def __init__(self, folder: Path, translate: Callable[[str], str]) -> None:
        super().__init__(folder)
        self._translate = translate

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, is_current = super().get_source(environment, template)
        return _WORDS.sub(self._literal, source), name, is_current

    def _literal(self, match: re.Match[str]) -> str:
        words = match[1].encode("ascii", "backslashreplace").decode("unicode-escape")
        escaped = self._translate(words).replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
        return f'"{escaped}"'


@lru_cache(maxsize=2)
def _environment(lang: Lang) -> Environment:
    _ = i18n.translator(lang)
    environment = Environment(
        loader=_Translated(resources.path("templates"), _),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["_"] = _
    environment.globals["lang"] = lang
    environment.filters["size"] = size
    environment.globals["spoken"] = partial(_spoken, lang)
    environment.globals["drawings"] = charts.drawings
    environment.globals["told"] = charts.told
    environment.globals["figures"] = charts.table
    environment.globals["rows"] = partial(_rows, _(", "))
    return environment


__all__ = ["Markup", "page", "size"]


def page(template: str, lang: Lang, url: str, **context: Any) -> str:
    """The body of a page at `url` (without the language). `base` leads to the language's root, `root` to the site's."""
    base = "../" * url.count("/")
    root = base if lang == "zh" else f"../{base}"
    html = _environment(lang).get_template(template).render(**{"base": base, "root": root, **context})
    if lang == "zh":
        return html
    return _marked(html, [str(value) for value in context.values() if _is_chinese(value)])


def _is_chinese(value: object) -> bool:
    """A finished text whose element says as a whole that it is Chinese, see `_spoken`."""
    return isinstance(value, Markup) and bool(value) and tongues.of(value) == "zh"


def _marked(html: str, finished: Sequence[str]) -> str:
    """The English page with its Chinese marked as such, but for the finished parts in it."""
    if not finished:
        return tongues.mark(html, "en")
    before, part, after = html.partition(finished[0])
    return _marked(before, finished[1:]) + part + _marked(after, finished[1:])


def _spoken(lang: Lang, text: str) -> Markup:
    """The attribute of an element that holds this text."""
    return Markup(tongues.attribute(text, lang))  # noqa: S704 - one of two fixed values


# -- Rows -----------------------------------------------------------------------------------------------------
# A register has thousands of rows, and each document stands in eight lists: a template's macro for each cell would take a
# minute where this takes a second.


def _rows(separator: str, table: Table, base: str) -> Markup:
    """The rows of a table as HTML; `separator` stands between the parts of a cell."""
    lines = []
    for row in table.rows:
        ended = ' class="mu-register__ended"' if any(item.tone in ENDED for item in row) else ""
        cells = "".join(
            [_cell(item, column, base, separator) for item, column in zip(row, table.columns, strict=True)]
        )
        lines.append(f"<tr{ended}>{cells}</tr>\n")
    return Markup("".join(lines))  # noqa: S704 - every value is escaped where it is put in


def _cell(item: Cell, column: Column, base: str, separator: str) -> str:
    kind = column.kind
    if kind == "number":
        return f'<td class="mu-register__number">{_content(item, base, separator)}</td>'
    if kind in ("integer", "decimal"):
        sort = f' data-sort="{escape(str(item.value))}"' if item.text else ""
        return f'<td class="mu-register__amount"{sort}>{escape(item.text)}</td>'
    if kind in ("date", "time"):
        return f'<td class="mu-number">{escape(item.text)}</td>'
    if kind == "mark":
        return f'<td class="mu-register__mark">{escape(item.text)}</td>'
    if kind in ("state", "level") and (item.text or item.parts):
        return f"<td>{' '.join([_badge(part, kind) for part in item.parts or (item,)])}</td>"
    return f"<td>{_content(item, base, separator)}</td>"


def _badge(item: Cell, kind: str) -> str:
    return f'<span class="mu-badge mu-{kind}--{escape(item.tone)}">{escape(item.text)}</span>'


def _content(item: Cell, base: str, separator: str) -> str:
    if item.parts:
        return separator.join([_content(part, base, separator) for part in item.parts])
    if item.link:
        title = f' title="{escape(item.key)}"' if item.key else ""
        return f'<a href="{base}{escape(item.link)}"{title}>{escape(item.text)}</a>'
    return escape(item.text)


def size(count: int) -> str:
    """A number of bytes as people read it."""
    amount = float(count)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"
