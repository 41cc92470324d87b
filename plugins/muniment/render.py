"""Rendering: plain data into HTML by templates; the only module that knows Jinja2."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from muniment import i18n, resources
from muniment.findings import Lang


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
    environment.globals["_"] = i18n.translator(lang)
    environment.globals["lang"] = lang
    environment.filters["size"] = size
    return environment


__all__ = ["Markup", "page", "size"]


def page(template: str, lang: Lang, url: str, **context: Any) -> str:
    """The body of a page at `url` (without the language). `base` leads to the language's root, `root` to the site's."""
    base = "../" * url.count("/")
    root = base if lang == "zh" else f"../{base}"
    return _environment(lang).get_template(template).render(base=base, root=root, **context)


def size(count: int) -> str:
    """A number of bytes as people read it."""
    amount = float(count)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"
