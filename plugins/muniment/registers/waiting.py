"""Waiting for whom

Every record that waits for a decision or an event: which stage comes next, which role settles it, and who holds that
role today. A stage that nobody can settle is shown as such; the staff register is the place to mend it (R4.2.2).
---
待办事项

等待审批或办理的记录：轮到哪个环节、由哪个角色办理、今天由谁担任该角色。无人担任的环节会注明，请在人员档案中补充角色。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import acting, i18n, lifecycle
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.policy import Stage
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import record as records
from muniment.views import values, words
from muniment.views.registers import title_cell

NAME = "waiting"
TITLE = Text("Waiting for whom", "待办事项")
CLAUSES = ("R4.2.2",)
ORDER = 20


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("type", _("Type"), facet=True),
        Column("state", _("State"), "state", True),
        Column("stage", _("Next stage"), facet=True),
        Column("role", _("Role"), facet=True),
        Column("holders", _("Who"), "reference", True),
        Column("since", _("Since"), "date"),
    )
    rows = [row(facts, record, stage, lang) for record, stage in waiting(facts)]
    rows.sort(key=lambda cells: (cells[7].text, cells[0].text))
    return Table(
        TITLE.render(lang), columns, tuple(rows), _("Nothing waits: every chain that was begun is complete.")
    )


def waiting(facts: Facts) -> Iterator[tuple[Record, Stage]]:
    """Records whose chain is not through, with the stage whose turn it is; a requested retirement and a begun review count as well."""
    for record in facts.corpus:
        if facts.state(record.number) not in lifecycle.ENDED and (turn := acting.turn(facts, record)):
            yield record, turn.stage


def row(facts: Facts, record: Record, stage: Stage, lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    holders = list(records.holders(facts, record, stage))
    last = (
        record.acts[-1].date
        if record.acts
        else str(record.data.get("updated") or record.data.get("created") or "")
    )
    return (
        values.number_cell(facts, record.number),
        title_cell(facts, record, lang),
        Cell(values.heading(record.type.title.render(lang), lang), record.type.name),
        values.state_cell(facts, record, lang),
        Cell(words.stage(facts, stage.name, lang), stage.name),
        Cell(" / ".join(words.role(facts, role, lang) for role in stage.roles), list(stage.roles)),
        values.references_cell(facts, holders, lang) if holders else Cell(_("nobody holds this role"), []),
        Cell(last, last),
    )
