"""Milestones: on time or late

Every milestone of the plans that hold: when it was due, when the work log says it was reached, and how many days late it was
or is. The picture counts them by the quarter in which they were due (R2.2.1).

A milestone that is not reached and past its day is *overdue*; one that was reached after its day is *done late*.
---
里程碑按时情况

现行实施计划中的全部里程碑：应在哪天完成、工作日志记载哪天完成、逾期多少天。图中按应完成的季度统计。

过了期限仍未完成为“逾期”，过了期限才完成为“逾期完成”。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import delivery, engagement, i18n
from muniment.charts import Chart, Row, Series, Tone
from muniment.delivery import Progress, Standing
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import plan, trends, values, words

NAME = "milestones"
TITLE = Text("Milestones: on time or late", "里程碑按时情况")
CLAUSES = ("R2.2.1", "R1.3")
ORDER = 42
_TONES: tuple[tuple[Standing, Tone], ...] = (
    ("done", "good"),
    ("late", "warning"),
    ("overdue", "bad"),
    ("running", "muted"),
)


def milestones(facts: Facts) -> Iterator[tuple[Engagement, Progress]]:
    """All milestones of projects that were not given up, by the day on which they are due."""
    found = [
        (own, item)
        for own in engagement.engagements(facts).values()
        if own.stage not in ("declined", "cancelled")
        for item in delivery.progress(facts, own)
        if item.task.is_milestone
    ]
    yield from sorted(found, key=lambda pair: (pair[1].task.due, pair[0].project.number, pair[1].task.name))


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("plan", _("Plan"), "number"),
        Column("project", _("Project"), "reference", True),
        Column("phase", _("Phase")),
        Column("milestone", _("Milestone")),
        Column("responsible", _("In charge"), "reference", True),
        Column("due", _("Due"), "date"),
        Column("done", _("Done"), "date"),
        Column("standing", _("State"), "state", True),
        Column("days", _("Days late"), "integer"),
    )
    rows = tuple(
        (
            values.number_cell(facts, item.plan.number),
            values.references_cell(facts, [own.project.number], lang),
            Cell(item.task.phase, item.task.phase),
            Cell(item.task.name, item.task.name),
            values.references_cell(facts, [item.task.responsible], lang),
            Cell(item.task.due, item.task.due),
            Cell(item.done, item.done or None),
            plan.standing_cell(item.standing, lang),
            plan.days_cell(item.days),
        )
        for own, item in milestones(facts)
    )
    empty = _("No plan has a milestone yet.")
    return Table(TITLE.render(lang), columns, rows, words.withheld(facts, lang, "project") or empty)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    found = trends.by_quarter((item.task.due, item.standing) for _own, item in milestones(facts))
    rows = []
    for quarter, standings in found[-trends.MOST_QUARTERS :]:
        # What is not due yet is one thing here, begun or not.
        told: list[str] = ["running" if each == "ahead" else each for each in standings]
        rows.append(Row(quarter, quarter, tuple(told.count(name) for name, _tone in _TONES)))
    titles = {name: plan.standing_title(name, lang) for name, _tone in _TONES}
    titles["running"] = _("not due yet")
    return (
        Chart(
            "quarters",
            _("Milestones by quarter"),
            "columns",
            _("Quarter"),
            tuple(Series(name, titles[name], tone) for name, tone in _TONES),
            tuple(rows),
            empty=_("No plan has a milestone yet."),
        ),
    )
