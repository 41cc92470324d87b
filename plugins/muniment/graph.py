"""Graph: a record among those that it is related to, drawn as SVG once for wide and once for narrow places.

The layout is a list on either side, so it needs no library and a tenth of a millisecond, and the same relations give the same
bytes. Arrows lead from the record that names to the one that is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup
from markupsafe import escape as escape_anew

from muniment import charts, i18n
from muniment.findings import Lang
from muniment.views.relations import Group, Node, Relations

# In units of about a pixel: words keep their size where a drawing that shrinks would not.
_SIDE, _MIDDLE, _GAP = 250, 214, 46
_NARROW, _INDENT = 340, 26
_HEIGHT, _STEP = 42, 48  # of a box, and from one to the next
_LINE = 24  # of the name of a type, and of what is left out
_PAD = 10


class _Pen(NamedTuple):
    """What every part of a drawing needs: the way to the language's root, and the words for what is left out."""

    base: str
    more: str
    name: str


def functions(lang: Lang) -> Mapping[str, Callable[..., Markup]]:
    """What a template may call, by name; `base` leads from its page to the language's root."""
    _ = i18n.translator(lang)
    more, name = _("{n} more"), _("Relations of {number}")

    def graph(relations: Relations, base: str) -> Markup:
        pen = _Pen(base, more, _escape(name.format(number=relations.number)))
        return Markup(_wide(relations, pen) + _narrow(relations, pen))  # noqa: S704 - every text is escaped where it is put in

    return {"graph": graph}


@lru_cache(maxsize=20_000)  # a record stands in the pictures of all its neighbours
def _escape(text: str) -> str:
    return str(escape_anew(text))


@lru_cache(maxsize=20_000)
def _fit(text: str, room: int) -> str:
    return _escape(charts.shortened(text, room))


@lru_cache(maxsize=20_000)
def _role(text: str, number: str, width: int) -> str:
    """The field as far as there is room for it beside the number."""
    return _fit(text, width - 24 - int(charts.text_units(number)))


def _svg(size: str, extent: tuple[int, int], pen: _Pen, paths: str, marks: str) -> str:
    width, height = extent
    return (
        f'<svg class="mu-graph__{size}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-label="{pen.name}"><path d="{paths}"/>{marks}</svg>\n'
    )


def _wide(relations: Relations, pen: _Pen) -> str:
    """What names the record on the left, what it names on the right."""
    before, after = relations.before, relations.after
    heights = _extent(before), _extent(after)
    tall = max(*heights, _HEIGHT)
    left = _SIDE + _GAP if before else 0
    right = left + _MIDDLE
    middle = tall // 2
    marks, met = _column(before, (0, (tall - heights[0]) // 2, _SIDE), pen)
    paths = "".join([_curve(_SIDE, y, left, middle) for y in met])
    if before:
        paths += _head(left, middle)
    marks += _centre(relations, (left, middle - _HEIGHT // 2, _MIDDLE))
    others, met = _column(after, (right + _GAP, (tall - heights[1]) // 2, _SIDE), pen)
    paths += "".join([_curve(right, middle, right + _GAP, y) + _head(right + _GAP, y) for y in met])
    width = right + _GAP + _SIDE if after else right
    return _svg("wide", (width, tall), pen, paths, marks + others)


def _narrow(relations: Relations, pen: _Pen) -> str:
    """What names the record above it, what it names below."""
    before, after = relations.before, relations.after
    width, trunk = _NARROW - _INDENT, _INDENT // 2
    marks, met = _column(before, (_INDENT, 0, width), pen)
    top = _extent(before) + _PAD if before else 0
    paths = "".join([f"M{_INDENT} {y}H{trunk}" for y in met])
    if before:
        paths += f"M{trunk} {met[0]}V{top}m-4 -6l4 6l4 -6"
    marks += _centre(relations, (0, top, _NARROW))
    below = top + _HEIGHT
    others, met = _column(after, (_INDENT, below + _PAD, width), pen)
    if after:
        paths += f"M{trunk} {below}V{met[-1]}"
        paths += "".join([f"M{trunk} {y}H{_INDENT}{_head(_INDENT, y)}" for y in met])
        below += _PAD + _extent(after)
    return _svg("narrow", (_NARROW, below), pen, paths, marks + others)


def _extent(groups: Iterable[Group]) -> int:
    """The height of a column."""
    return sum([_LINE + len(each.nodes) * _STEP + bool(each.nodes and each.more) * _LINE for each in groups])


def _column(groups: Iterable[Group], at: tuple[int, int, int], pen: _Pen) -> tuple[str, list[int]]:
    """The groups one below another from `at` (left, top, width), and the heights at which lines meet them."""
    x, y, width = at
    marks: list[str] = []
    met: list[int] = []
    for group in groups:
        title = _fit(group.title, width - 40)
        if group.nodes:
            marks.append(f'<text x="{x}" y="{y + 16}">{title}</text>')
        else:
            marks.append(_more(group, f"{title} {group.more}", x, y, pen))
            met.append(y + 12)
        y += _LINE
        for node in group.nodes:
            marks.append(
                f'<a href="{pen.base}{_escape(node.link)}" transform="translate({x} {y})">{_box(node, width)}</a>'
            )
            met.append(y + _HEIGHT // 2)
            y += _STEP
        if group.nodes and group.more:
            marks.append(_more(group, pen.more.format(n=group.more), x, y - 4, pen))
            y += _LINE
    return "".join(marks), met


def _more(group: Group, text: str, x: int, y: int, pen: _Pen) -> str:
    link = group.link if group.link.startswith("#") else f"{pen.base}{group.link}"
    return (
        f'<a class="mu-graph__more" href="{_escape(link)}"><text x="{x + 8}" y="{y + 16}">{text}</text></a>'
    )


@lru_cache(maxsize=20_000)
def _box(node: Node, width: int) -> str:
    ended = ' class="mu-graph__ended"' if node.is_ended else ""
    number = _escape(node.number)
    return (
        f'<title>{number} {_escape(node.title)}</title><rect{ended} width="{width}" height="{_HEIGHT}" rx="4"/>'
        f'<text x="8" y="16">{number}</text><text x="{width - 8}" y="16">{_role(node.role, node.number, width)}</text>'
        f'<text x="8" y="33">{_fit(node.title, width - 18)}</text>'
    )


def _centre(relations: Relations, at: tuple[int, int, int]) -> str:
    x, y, width = at
    ended = ' class="mu-graph__ended"' if relations.is_ended else ""
    return (
        f'<g transform="translate({x} {y})"><rect{ended} width="{width}" height="{_HEIGHT}" rx="4"/>'
        f'<text x="8" y="16">{_escape(relations.number)}</text>'
        f'<text x="8" y="33">{_fit(relations.title, width - 18)}</text></g>'
    )


def _curve(x: int, y: int, to: int, at: int) -> str:
    half = (x + to) // 2
    return f"M{x} {y}C{half} {y} {half} {at} {to} {at}"


def _head(x: int, y: int) -> str:
    """The point of an arrow that ends at the left of a box."""
    return f"M{x - 6} {y - 4}l6 4l-6 4"
