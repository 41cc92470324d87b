"""Charts: figures that people rather look at than read, as shapes for a drawing and as the table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Literal

from muniment import tables
from muniment.tables import Cell, Column, Table

Kind = Literal["bars", "columns", "line"]
Tone = Literal["", "good", "warning", "bad", "muted"]
Value = int | Decimal
# Two drawings of one chart, in units of about a pixel: words keep their size where a drawing that shrinks would not.
WIDE, NARROW = 640, 340
_LETTER, _HAN = 7.0, 12.2  # the width of a character in the widest of the fonts that a system may have
_LINE = 16  # the height of a line of words
_BAR = 20
_PLOT = 150  # the height of columns and lines


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted: `name` is the key in data, `tone` the colour and texture of its bars."""

    name: str
    title: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar, column or point in time, with a value for each series; None where there is nothing to say yet."""

    key: str
    title: str
    values: tuple[Value | None, ...]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The value that is aimed at, drawn as a line across."""

    value: Value
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`bars` lie and `columns` stand, several series stacked; a `line` joins the values of each series.

    `name` is the key in files and anchors, `head` says what the rows are, `unit` follows every figure, `text` says in a
    sentence what is to be seen, `empty` what would be there while nothing is.
    """

    name: str
    title: str
    kind: Kind
    head: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    target: Target | None = None
    text: str = ""
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value for row in self.rows for value in row.values)


# -- As a table -----------------------------------------------------------------------------------------------


def table(chart: Chart, total: str = "") -> Table:
    """The same figures in rows; a last column with their sum where `total` gives its heading."""
    kind: tables.Kind = (
        "decimal" if any(isinstance(value, Decimal) for value in _values(chart)) else "integer"
    )
    columns = [Column("key", chart.head), *(Column(each.name, each.title, kind) for each in chart.series)]
    if total:
        columns.append(Column("total", total, kind))
    rows = []
    for row in chart.rows:
        cells = [
            Cell(row.title, row.key, row.link),
            *(_figure_cell(value, chart.unit) for value in row.values),
        ]
        if total:
            cells.append(_figure_cell(_sum(row.values), chart.unit))
        rows.append(tuple(cells))
    return Table(chart.title, tuple(columns), tuple(rows), chart.empty)


def _figure_cell(value: Value | None, unit: str) -> Cell:
    return Cell() if value is None else Cell(figure(value, unit), value)


def figure(value: Value, unit: str = "") -> str:
    """A value as people read it; whole amounts without a fraction."""
    if isinstance(value, Decimal):
        return f"{int(value):,}{unit}" if value == int(value) else f"{value:,f}{unit}"
    return f"{value:,}{unit}"


def _values(chart: Chart) -> Iterator[Value]:
    for row in chart.rows:
        yield from (value for value in row.values if value is not None)


def _sum(values: Iterable[Value | None]) -> Value:
    return sum((value for value in values if value is not None), 0)


# -- As shapes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A bar or a part of one; `title` is shown to who points at it."""

    x: float
    y: float
    width: float
    height: float
    tone: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """`y` is the line that the letters stand on."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: an `axis`, a line of the `grid`, a `target`, `today`."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "axis"


@dataclass(frozen=True, slots=True)
class Trace:
    """A broken line through points."""

    points: tuple[tuple[float, float], ...]
    tone: str = ""

    @property
    def path(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on a line, or a milestone: its shape differs with its meaning, not only its colour."""

    x: float
    y: float
    shape: Literal["circle", "square", "diamond"] = "circle"
    tone: str = ""
    title: str = ""

    @property
    def path(self) -> str:
        """The outline of a square or a diamond."""
        x, y, reach = self.x, self.y, 5 if self.shape == "square" else 7
        if self.shape == "square":
            return f"M{x - reach:g} {y - reach:g}h{2 * reach}v{2 * reach}h-{2 * reach}z"
        return f"M{x - reach:g} {y:g}L{x:g} {y - reach:g}L{x + reach:g} {y:g}L{x:g} {y + reach:g}z"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are drawn: strokes, boxes, traces, marks, words."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    words: tuple[Words, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    traces: tuple[Trace, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def tones(self) -> tuple[str, ...]:
        """Those of its bars that have a texture. One tone is told from all others by being plain: the ordinary one, else `good`."""
        found = {box.tone for box in self.boxes}
        return tuple(sorted(found - {"", *(() if "" in found else ("good",))}))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of another kind than the charts, for wide and for narrow places; `told` says it in a sentence."""

    name: str
    title: str
    told: str
    drawings: tuple[tuple[str, Drawing], ...]


def drawings(chart: Chart) -> tuple[tuple[str, Drawing], ...]:
    """The chart for wide and for narrow places, each with the name of its kind of place."""
    draw = {"bars": _bars, "columns": _columns, "line": _line}[chart.kind]
    return (("wide", draw(chart, WIDE)), ("narrow", draw(chart, NARROW)))


def told(chart: Chart) -> str:
    """The chart in a sentence for who cannot see it."""
    rows = []
    for row in chart.rows:
        said = [
            f"{figure(value, chart.unit)} {series.title}"
            if len(chart.series) > 1
            else figure(value, chart.unit)
            for series, value in zip(chart.series, row.values, strict=True)
            if value is not None
        ]
        rows.append(f"{row.title} {', '.join(said) or '–'}")
    if chart.target:
        rows.append(f"{chart.target.title} {figure(chart.target.value, chart.unit)}")
    return "; ".join(rows)


def text_units(text: str) -> float:
    """About how wide words are drawn."""
    wide = tables.text_width(text) - len(text)
    return (len(text) - wide) * _LETTER + wide * _HAN


def shortened(text: str, room: float) -> str:
    """The text as far as there is room for it."""
    if text_units(text) <= room + 0.01:  # the room may have been reckoned from this very text
        return text
    kept = ""
    for character in text:
        if text_units(f"{kept}{character}…") > room:
            break
        kept += character
    return f"{kept}…"


def _legend(chart: Chart, width: float) -> tuple[list[Box], list[Mark], list[Words], float]:
    """What the tones stand for, in as many lines as they need; the height that they take."""
    boxes: list[Box] = []
    marks: list[Mark] = []
    words: list[Words] = []
    if len(chart.series) < 2:
        return boxes, marks, words, 0
    x, y = 0.0, 0.0
    for index, series in enumerate(chart.series):
        room = 22 + text_units(series.title) + 18
        if x and x + room > width:
            x, y = 0.0, y + _LINE + 6
        if chart.kind == "line":
            marks.append(Mark(x + 7, y + 9, _shape(index), series.tone))
        else:
            boxes.append(Box(x, y + 2, 14, 14, series.tone))
        words.append(Words(x + 22, y + 13, series.title))
        x += room
    return boxes, marks, words, y + _LINE + 12


def _shape(index: int) -> Literal["circle", "square", "diamond"]:
    return ("circle", "square", "diamond")[index % 3]


def _bars(chart: Chart, width: float) -> Drawing:
    """Lying bars with the label before them, or above them where the drawing is narrow."""
    boxes, _marks, words, y = _legend(chart, width)
    is_narrow = width < WIDE
    widest = max((text_units(row.title) for row in chart.rows), default=0)
    start = 0 if is_narrow else min(widest + 12, width * 0.4)
    sums = [_sum(row.values) for row in chart.rows]
    most = max([*sums, chart.target.value if chart.target else 0]) or 1
    end_room = max((text_units(figure(each, chart.unit)) for each in sums), default=0) + 12
    scale = (width - start - end_room) / float(most)
    top = y
    for row, total in zip(chart.rows, sums, strict=True):
        if is_narrow:
            words.append(Words(0, y + 12, shortened(row.title, width)))
            y += _LINE + 2
        else:
            words.append(Words(0, y + 15, shortened(row.title, start - 12)))
        parts, x = _stack(chart, row, start, scale)
        boxes += [Box(at, y, size, _BAR, tone, title) for at, size, tone, title in parts]
        words.append(Words(x + 6, y + 15, figure(total, chart.unit)))
        y += _BAR + (12 if is_narrow else 10)
    strokes = [] if is_narrow else [Stroke(start, top - 4, start, y - 4)]
    if chart.target:
        at = start + float(chart.target.value) * scale
        strokes.append(Stroke(at, top - 4, at, y - 4, "target"))
        label = f"{chart.target.title} {figure(chart.target.value, chart.unit)}"
        words.append(Words(min(at, width), y + 10, label, "end" if at > width / 2 else "start"))
        y += _LINE + 4
    return Drawing(width, y, tuple(boxes), tuple(words), tuple(strokes))


def _stack(
    chart: Chart, row: Row, start: float, scale: float
) -> tuple[list[tuple[float, float, Tone, str]], float]:
    """The parts of a bar one after the other as (start, size, tone, title), and where it ends."""
    parts = []
    for series, value in zip(chart.series, row.values, strict=True):
        if value:
            size = max(round(float(value) * scale, 1), 2.0)
            title = f"{row.title} · {series.title} {figure(value, chart.unit)}"
            parts.append((round(start, 1), size, series.tone, title))
            start += size
    return parts, round(start, 1)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values of standing charts lie: `left` of the first place, `step` from one to the next, `floor` of nought."""

    left: float
    step: float
    floor: float
    scale: float

    def x(self, index: int) -> float:
        return round(self.left + (index + 0.5) * self.step, 1)

    def y(self, value: Value | float) -> float:
        return round(self.floor - float(value) * self.scale, 1)


def _plot(chart: Chart, width: float, top: float, most: float) -> tuple[_Plot, list[Stroke], list[Words]]:
    """Axes with round figures, the labels of the rows (each second or third where they would touch), the target."""
    ticks = _ticks(most)
    left = max(text_units(figure(tick, chart.unit)) for tick in ticks) + 14
    count = max(len(chart.rows), 1)
    room = 0 if chart.target is None else _LINE
    widest = max((text_units(row.title) for row in chart.rows), default=0)
    # The last label stands under the middle of its place.
    beyond = max((widest - (width - left) / count) / 2 + 2, 0)
    step = min((width - left - beyond) / count, 110)
    plot = _Plot(left, step, top + room + _PLOT, _PLOT / float(ticks[-1]))
    right = left + plot.step * count
    strokes = [Stroke(left, plot.y(tick), right, plot.y(tick), "grid" if tick else "axis") for tick in ticks]
    words = [Words(left - 6, plot.y(tick) + 4, figure(tick, chart.unit), "end") for tick in ticks]
    every = max(1, -(-int(widest + 8) // max(int(plot.step), 1)))
    for index, row in enumerate(chart.rows):
        if (len(chart.rows) - 1 - index) % every == 0:
            words.append(Words(plot.x(index), plot.floor + 16, row.title, "middle"))
    if chart.target:
        at = plot.y(chart.target.value)
        strokes.append(Stroke(left, at, right, at, "target"))
        words.append(
            Words(left + 2, at - 5, f"{chart.target.title} {figure(chart.target.value, chart.unit)}")
        )
    return plot, strokes, words


def _ticks(most: float) -> list[int]:
    """Round figures from nought to at least `most`, five at most."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if 4 * step >= most:
                return list(range(0, step * max(ceil(most / step), 1) + 1, step))
        size *= 10


def _columns(chart: Chart, width: float) -> Drawing:
    """Standing columns, the parts of each on top of another."""
    boxes, _marks, words, top = _legend(chart, width)
    sums = [_sum(row.values) for row in chart.rows]
    most = float(max([*sums, chart.target.value if chart.target else 0]) or 1)
    plot, strokes, labels = _plot(chart, width, top + _LINE, most)
    size = min(plot.step * 0.6, 44)
    has_room = plot.step > max(text_units(figure(total, chart.unit)) for total in sums)
    for index, (row, total) in enumerate(zip(chart.rows, sums, strict=True)):
        at = plot.floor
        for series, value in zip(chart.series, row.values, strict=True):
            if value:
                height = max(round(float(value) * plot.scale, 1), 2.0)
                at = round(at - height, 1)
                title = f"{row.title} · {series.title} {figure(value, chart.unit)}"
                boxes.append(
                    Box(round(plot.x(index) - size / 2, 1), at, round(size, 1), height, series.tone, title)
                )
        if total and has_room:
            words.append(Words(plot.x(index), at - 5, figure(total, chart.unit), "middle"))
    return Drawing(width, plot.floor + 24, tuple(boxes), (*words, *labels), tuple(strokes))


def _line(chart: Chart, width: float) -> Drawing:
    """A line for each series, broken where a row has nothing to say."""
    _boxes, marks, words, top = _legend(chart, width)
    values = [float(value) for value in _values(chart)]
    most = max([*values, float(chart.target.value) if chart.target else 0.0], default=0.0) or 1.0
    plot, strokes, labels = _plot(chart, width, top + _LINE, most)
    traces: list[Trace] = []
    for place, series in enumerate(chart.series):
        runs = list(_runs(chart.rows, place))
        traces += [
            Trace(tuple((plot.x(index), plot.y(value)) for index, value in run), series.tone)
            for run in runs
            if len(run) > 1
        ]
        for index, value in (point for run in runs for point in run):
            said = figure(value, chart.unit)
            title = f"{chart.rows[index].title} · {series.title} {said}"
            marks.append(Mark(plot.x(index), plot.y(value), _shape(place), series.tone, title))
            if len(chart.series) == 1 and plot.step > text_units(said):
                words.append(Words(plot.x(index), plot.y(value) - 9, said, "middle"))
    return Drawing(width, plot.floor + 24, (), (*words, *labels), tuple(strokes), tuple(traces), tuple(marks))


def _runs(rows: Sequence[Row], place: int) -> Iterator[list[tuple[int, Value]]]:
    """Neighbouring rows that have a value of this series."""
    run: list[tuple[int, Value]] = []
    for index, row in enumerate(rows):
        value = row.values[place]
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((index, value))
    if run:
        yield run
