"""Open actions of meetings and acceptance

What meetings decided and acceptance groups demanded, and nobody has done yet: who is to do it, by when, and how many days late
it is. To close one, enter the day in `done` of the minutes or of the report (R2.2.3, R2.3.4).
---
会议与验收待办

项目会议决定的、验收组要求的、尚未完成的事项：由谁办理、期限哪天、已逾期多少天。完成后在会议纪要或验收报告的 `done` 中填写日期。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muniment import delivery, engagement, i18n
from muniment.charts import Chart, Row, Series
from muniment.delivery import Action
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import plan, values, words

NAME = "actions"
TITLE = Text("Open actions of meetings and acceptance", "会议与验收待办")
CLAUSES = ("R2.2.3", "R2.3.4")
ORDER = 47


def open_actions(facts: Facts) -> Iterator[tuple[Engagement, Action]]:
    """By day, of all projects."""
    found = [
        (own, action)
        for own in engagement.engagements(facts).values()
        for action in delivery.actions(facts, own)
        if not action.done
    ]
    yield from sorted(found, key=lambda pair: (pair[1].due, pair[1].source.number, pair[1].what))


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("project", _("Project"), "reference", True),
        Column("type", _("Type"), facet=True),
        Column("what", _("What")),
        Column("owner", _("Who"), "reference", True),
        Column("due", _("Due"), "date"),
        Column("days", _("Days late"), "integer"),
    )
    rows = tuple(
        (
            values.number_cell(facts, each.source.number),
            values.references_cell(facts, [own.project.number], lang),
            Cell(values.heading(each.source.type.title.render(lang), lang), each.source.type.name),
            Cell(each.what, each.what),
            values.references_cell(facts, [each.owner], lang),
            Cell(each.due, each.due),
            plan.days_cell(max(delivery.days(each.due, facts.today), 0)),
        )
        for own, each in open_actions(facts)
    )
    empty = words.withheld(facts, lang, "progress-meeting") or _("Nothing is open.")
    return Table(TITLE.render(lang), columns, rows, empty)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """By person: what is late and what still has time."""
    _ = i18n.translator(lang)
    counts: Counter[tuple[str, bool]] = Counter(
        (each.owner, each.is_overdue(facts.today)) for _own, each in open_actions(facts)
    )
    owners = sorted(
        {owner for owner, _late in counts},
        key=lambda owner: (-counts[owner, True], -counts[owner, False], owner),
    )
    return (
        Chart(
            "owners",
            _("Open actions by person"),
            "bars",
            _("Who"),
            (Series("late", _("overdue"), "bad"), Series("open", _("not due yet"), "muted")),
            tuple(
                Row(
                    owner,
                    values.references_cell(facts, [owner], lang).text,
                    (counts[owner, True], counts[owner, False]),
                    values.references_cell(facts, [owner], lang).parts[0].link,
                )
                for owner in owners
            ),
            empty=_("Nothing is open."),
        ),
    )
