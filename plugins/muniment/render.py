"""Rendering: plain data into HTML by templates; the only module that knows Jinja2."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, MutableMapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from muniment import charts, graph, i18n, markup, resources, tongues
from muniment.findings import Lang
from muniment.markup import Drawn, drawn

_WORDS = re.compile(r'(?<![\w.])_\("((?:[^"\\]|\\.)*)"\)')

_MAKE = 2  # of the Python that templates become: what was kept of another make is left alone


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


class _Plain(CodeGenerator):
    """Templates as plainer Python than the library makes of them: a page puts out hundreds of values, a site has thousands of pages.

    None of our templates is handed a function that asks for the template's context, so a call is a call; and what is put out is
    text at once, escaped by a function that remembers what it has escaped.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the library's name
        self.writeline("from muniment.render import put")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - likewise
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        for sign, rest in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if rest is not None:
                self.write(sign)
                self.visit(rest, frame)
                self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - likewise
        self.write("put(")


class _Environment(Environment):
    """Finds a template that it has, and what is known in all of them, in one step each."""

    code_generator_class = _Plain

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        found = self._found.get(name) if isinstance(name, str) and not globals else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str) and not globals:
                self._found[name] = found
        return found

    @cached_property
    def _found(self) -> dict[str, Template]:
        return {}


def put(value: object) -> str:
    """A value as a template puts it out: markup as it is, all else escaped."""
    kind = type(value)
    if kind is str:
        return markup.escape(value)
    return value if kind is Markup else str(escape(value))  # type: ignore[return-value]


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
    environment = _Environment(
        loader=_Translated(resources.path("templates"), _),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled(f"{lang}.{_MAKE}"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["_"] = _
    environment.globals["lang"] = lang
    # Between sentences, and behind a colon: Chinese signs bring their own space.
    environment.globals["gap"] = "" if lang == "zh" else " "
    environment.filters["size"] = size
    environment.globals["spoken"] = partial(_spoken, lang)
    environment.globals["drawings"] = charts.drawings
    environment.globals["told"] = charts.told
    environment.globals["figures"] = charts.table
    environment.globals.update(markup.functions(lang))
    environment.globals.update(graph.functions(lang))
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
