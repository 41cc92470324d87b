"""Rendering: plain data into HTML by templates; the only module that knows Jinja2."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup

from muniment import charts, i18n, markup, resources, tongues
from muniment.findings import Lang
from muniment.markup import Drawn, drawn

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


def compiled(kind: str) -> BytecodeCache | None:
    """Where templates are kept as Python compiled them, beside themselves as it keeps modules; none where it may not write there.

    `kind` tells apart templates of one name. What is kept is used only for exactly the same source.
    """
    folder = resources.path("templates") / "__pycache__"
    if sys.dont_write_bytecode:
        return None
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    return FileSystemBytecodeCache(str(folder), f"%s.{kind}.jinja")


@lru_cache(maxsize=2)
def _environment(lang: Lang) -> Environment:
    _ = i18n.translator(lang)
    environment = Environment(
        loader=_Translated(resources.path("templates"), _),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        bytecode_cache=compiled(lang),
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
    environment.globals.update(markup.functions(lang))
    return environment


__all__ = ["Drawn", "Markup", "compiled", "drawn", "page", "size"]


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


def size(count: int) -> str:
    """A number of bytes as people read it."""
    amount = float(count)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"
