"""Rendering: plain data into HTML by templates; the only module that knows Jinja2."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from muniment import i18n, resources
from muniment.findings import Lang
from muniment.lifecycle import ENDED
from muniment.tables import Cell, Column, Table


@lru_cache(maxsize=2)
def _environment(lang: Lang) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    _ = i18n.translator(lang)
    environment.globals["_"] = _
    environment.globals["lang"] = lang
    environment.filters["size"] = size
    environment.globals["rows"] = _rows_in(_(", "))
    return environment


__all__ = ["Markup", "page", "size"]


def page(template: str, lang: Lang, url: str, **context: Any) -> str:
    """The body of a page at `url` (without the language). `base` leads to the language's root, `root` to the site's."""
    base = "../" * url.count("/")
    root = base if lang == "zh" else f"../{base}"
    return _environment(lang).get_template(template).render(base=base, root=root, **context)


# -- Rows -----------------------------------------------------------------------------------------------------
# A register has thousands of rows, and each document stands in eight lists: a template's macro for each cell would take a
# minute where this takes a second.


def _rows_in(separator: str) -> Callable[[Table, str], Markup]:
    """The rows of a table as HTML, in a language whose lists are separated so."""

    def cell(item: Cell, base: str, badge: str = "") -> str:
        if item.parts:
            return separator.join([cell(part, base) for part in item.parts])
        text = escape(item.text)
        if badge:
            return f'<span class="mu-badge mu-{badge}--{escape(item.tone)}">{text}</span>' if text else ""
        if item.link:
            title = f' title="{escape(item.key)}"' if item.key else ""
            return f'<a href="{base}{escape(item.link)}"{title}>{text}</a>'
        return text

    def shown(item: Cell, column: Column, base: str) -> str:
        kind = column.kind
        if kind == "number":
            return f'<td class="mu-register__number">{cell(item, base)}</td>'
        if kind in ("integer", "decimal"):
            sort = f' data-sort="{escape(str(item.value))}"' if item.text else ""
            return f'<td class="mu-register__amount"{sort}>{escape(item.text)}</td>'
        return f"<td>{cell(item, base, kind if kind in ('state', 'level') else '')}</td>"

    def rows(table: Table, base: str) -> Markup:
        columns = table.columns
        lines = []
        for row in table.rows:
            ended = any(item.tone in ENDED for item in row)
            cells = "".join([shown(item, column, base) for item, column in zip(row, columns, strict=True)])
            lines.append(f'<tr class="mu-register__ended">{cells}</tr>\n' if ended else f"<tr>{cells}</tr>\n")
        return Markup("".join(lines))  # noqa: S704 - every value above is escaped

    return rows


def size(count: int) -> str:
    """A number of bytes as people read it."""
    amount = float(count)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"
