"""Plan: an implementation plan against what was done, as a Gantt chart and as a table (R2.2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from muniment import charts, i18n
from muniment.charts import Box, Drawing, Mark, Picture, Stroke, Tone, Words
from muniment.delivery import Progress, Standing
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.tables import Cell, Column, Table
from muniment.views import values

WIDE, NARROW = 800, 340
_ROW, _BAR, _THIN = 26, 12, 5
_HEAD = 40  # above the first row: months and today
_TONES: dict[Standing, Tone] = {
    "done": "good",
    "late": "warning",
    "overdue": "bad",
    "running": "",
    "ahead": "muted",
}


def standing_title(standing: Standing, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return {
        "done": _("done in time"),
        "late": _("done late"),
        "overdue": _("overdue"),
        "running": _("under way"),
        "ahead": _("not begun"),
    }[standing]


def standing_cell(standing: Standing, lang: Lang) -> Cell:
    return Cell(standing_title(standing, lang), standing, tone=standing)


def table(facts: Facts, tasks: Iterable[Progress], lang: Lang) -> Table:
    """The tasks by phase, with who is in charge and how far they are."""
    _ = i18n.translator(lang)
    columns = (
        Column("phase", _("Phase")),
        Column("task", _("Task")),
        Column("responsible", _("In charge"), "reference"),
        Column("start", _("Start"), "date"),
        Column("due", _("Due"), "date"),
        Column("done", _("Done"), "date"),
        Column("standing", _("State"), "state"),
        Column("days", _("Days late"), "integer"),
        Column("milestone", _("Milestone")),
    )
    return Table(_("Tasks"), columns, tuple(_row(facts, each, lang) for each in tasks))


def _row(facts: Facts, item: Progress, lang: Lang) -> tuple[Cell, ...]:
    task = item.task
    return (
        Cell(task.phase, task.phase),
        Cell(task.name, task.name),
        values.references_cell(facts, [task.responsible], lang),
        Cell(task.start, task.start),
        Cell(task.due, task.due),
        Cell(item.done, item.done or None),
        standing_cell(item.standing, lang),
        days_cell(item.days),
        Cell("◆" if task.is_milestone else "", task.is_milestone),
    )


def days_cell(days: int) -> Cell:
    return Cell(str(days) if days else "", days)


# -- Gantt ----------------------------------------------------------------------------------------------------


def gantt(facts: Facts, tasks: tuple[Progress, ...], lang: Lang) -> Picture:
    """Tasks by phase over time: a bar from start to due, thin where it took longer, a diamond for a milestone, today."""
    _ = i18n.translator(lang)
    told = "; ".join(f"{item.task.name} {_said(item, lang)}" for item in tasks)
    drawn = tuple(
        (size, _drawing(facts.today, tasks, lang, width))
        for size, width in (("wide", WIDE), ("narrow", NARROW))
    )
    return Picture("gantt", _("Plan and what was done"), told, drawn)


def _said(item: Progress, lang: Lang) -> str:
    task = item.task
    done = f" {item.done}" if item.done else ""
    return f"{task.start} – {task.due}, {standing_title(item.standing, lang)}{done}"


def _drawing(today: str, tasks: tuple[Progress, ...], lang: Lang, width: float) -> Drawing:
    _ = i18n.translator(lang)
    is_narrow = width < WIDE
    left = 4.0 if is_narrow else min(max(charts.text_units(item.task.name) for item in tasks) + 22, 250)
    first, last = _span(today, tasks)
    room = max(charts.text_units(_note(item, lang)) for item in tasks) + 16
    scale = (width - left - (10 if is_narrow else room)) / max((last - first).days, 1)

    def at(day: str) -> float:
        return round(left + (date.fromisoformat(day) - first).days * scale, 1)

    boxes: list[Box] = []
    marks: list[Mark] = []
    words: list[Words] = []
    y = float(_HEAD)
    phase = None
    for item in tasks:
        if item.task.phase != phase:
            phase = item.task.phase
            words.append(Words(0, y + 15, charts.shortened(phase, width), is_strong=True))
            y += 22
        said = _note(item, lang)
        if is_narrow:
            name = charts.shortened(item.task.name, width - charts.text_units(said) - 10)
            words.append(Words(0, y + 12, f"{name}  {said}".rstrip()))
            y += 18
        else:
            words.append(Words(10, y + 13, charts.shortened(item.task.name, left - 16)))
        own, end = _bar(today, item, at, y + 4, _said(item, lang))
        boxes += own
        if item.task.is_milestone:
            marks.append(
                Mark(at(item.task.due), y + 4 + _BAR / 2, "diamond", _TONES[item.standing], item.task.name)
            )
        if not is_narrow:
            words.append(Words(end + 11, y + 14, said))
        y += _ROW
    strokes = list(_months(first, last, at, y, width, words))
    if first <= date.fromisoformat(today) <= last:
        strokes.append(Stroke(at(today), 20, at(today), y, "today"))
        label = f"{_('today')} {today[5:]}"
        words.append(Words(at(today), 12, label, "end" if at(today) > width * 0.7 else "start"))
    return Drawing(width, y + 6, tuple(boxes), tuple(words), tuple(strokes), (), tuple(marks))


def _note(item: Progress, lang: Lang) -> str:
    """Beside a bar: that it is done, how late it was or is."""
    _ = i18n.translator(lang)
    late = _("+{n} days").format(n=item.days) if item.days else ""
    return f"✓ {late}".strip() if item.done else late


def _bar(
    today: str, item: Progress, at: Callable[[str], float], y: float, said: str
) -> tuple[list[Box], float]:
    task = item.task
    tone = _TONES[item.standing]
    start, due = at(task.start), at(task.due)
    title = f"{task.name} · {said}"
    planned = "good" if item.standing == "late" else tone
    boxes = [Box(start, y, max(round(due - start, 1), 3.0), _BAR, planned, title)]
    end = max(due, start + 3)
    if item.days:
        end = at(item.done or today)
        boxes.append(Box(due, y + (_BAR - _THIN) / 2, max(round(end - due, 1), 2.0), _THIN, tone, title))
    return boxes, end


def _span(today: str, tasks: tuple[Progress, ...]) -> tuple[date, date]:
    """From the first start to the last day that is drawn; today only while something is open, or it lies within."""
    days = [day for item in tasks for day in (item.task.start, item.task.due, item.done) if day]
    if any(item.is_open for item in tasks):
        days.append(today)
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    return first, max(last, first + timedelta(days=7))


def _months(
    first: date, last: date, at: Callable[[str], float], floor: float, width: float, words: list[Words]
) -> Iterator[Stroke]:
    """A line for the beginning of months, so many that their names have room; the names go to `words`."""
    months = [
        date(index // 12, index % 12 + 1, 1)
        for index in range(first.year * 12 + first.month, last.year * 12 + last.month)
    ]
    room = (at(last.isoformat()) - at(first.isoformat())) / max((last - first).days, 1) * 30
    every = next((step for step in (1, 2, 3, 6, 12) if step * room >= 54), 24)
    for month in months:
        if (month.year * 12 + month.month - 1) % every == 0:
            x = at(month.isoformat())
            yield Stroke(x, 32, x, floor, "grid")
            if x + 26 <= width:
                words.append(Words(max(x, 26), 28, month.isoformat()[:7], "middle"))
