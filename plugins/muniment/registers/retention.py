"""Retention of records

Every record that is kept by a schedule: by which rule, from which day, until when, and where it stands today – running, within its last
twelve months, over and due for appraisal or destruction, on hold, kept for ever, not begun because its event has not happened, or
destroyed and by whose decision. Nothing here is done by itself: what is due waits for a list of disposal (R4.3.2).
---
保管期限一览

按规定保管的每一份记录：依据哪一条规定、从哪天起算、保管到哪天，以及目前的状况：保管中、一年内到期、已到期待鉴定或待销毁、
冻结、永久、尚未起算，或者已销毁及由谁批准。到期不会自动处置，须列入销毁清单并经审批。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from muniment import i18n, lifecycle, retention
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.retention import Fate, Period
from muniment.tables import Cell, Column, Table
from muniment.views import keeping, registers, values

NAME = "retention"
TITLE = Text("Retention of records", "保管期限一览")
CLAUSES = ("R4.3.2",)
ORDER = 50
STANDINGS: Mapping[str, Text] = {
    "due": Text("over, due", "已到期"),
    "soon": Text("within twelve months", "一年内到期"),
    "running": Text("running", "保管中"),
    "waiting": Text("not begun", "尚未起算"),
    "permanent": Text("for ever", "永久保管"),
    "held": Text("on hold", "冻结"),
    "unsettled": Text("no schedule", "没有规定"),
    "disposed": Text("destroyed", "已销毁"),
}
_TONES = {
    "due": "overdue",
    "soon": "due",
    "running": "active",
    "waiting": "registered",
    "permanent": "active",
    "held": "waiting",
    "unsettled": "overdue",
    "disposed": "disposed",
}
_ACTIONS = {"review": Text("appraise", "鉴定"), "destroy": Text("destroy", "销毁")}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("type", _("Type"), facet=True),
        Column("department", _("Department"), "reference", True),
        Column("rule", _("Schedule"), facet=True),
        Column("begins", _("Counts from"), "date"),
        Column("expires", _("Kept until"), "date"),
        Column("action", _("Afterwards"), facet=True),
        Column("standing", _("Standing"), "state", True),
        Column("why", _("Why")),
        Column("decided", _("Decided by"), "reference"),
    )
    fates = sorted(retention.fates(facts), key=lambda fate: _place(facts, fate))
    rows = tuple(_row(facts, fate, lang) for fate in fates)
    return Table(TITLE.render(lang), columns, rows, _("Nothing is kept by a schedule yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    counts = Counter(standing(facts, fate) for fate in retention.fates(facts))
    rows = tuple(
        Row(name, title.render(lang), (counts[name],)) for name, title in STANDINGS.items() if counts[name]
    )
    return (
        Chart(
            "standing",
            _("Records by where their period stands"),
            "bars",
            _("Standing"),
            (Series("records", _("records")),),
            rows,
            empty=_("Nothing is kept by a schedule yet."),
        ),
    )


def standing(facts: Facts, fate: Fate) -> str:
    """As the engine has it, and `soon` in the last twelve months."""
    expires = fate.period.expires if fate.period else ""
    if fate.standing == "running" and expires <= retention.in_months(facts.today, 12):
        return "soon"
    return fate.standing


def _place(facts: Facts, fate: Fate) -> tuple[int, str, str]:
    """What has to be done first, then what comes next."""
    order = list(STANDINGS)
    expires = fate.period.expires if fate.period else ""
    return order.index(standing(facts, fate)), expires, fate.record.number


def _row(facts: Facts, fate: Fate, lang: Lang) -> tuple[Cell, ...]:
    record, period = fate.record, fate.period
    name = standing(facts, fate)
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        Cell(values.heading(record.type.title.render(lang), lang), record.type.name),
        values.reference_cell(facts, record.department or "", lang),
        keeping.rule_cell(facts, period, lang),
        values.date_cell(period.begins if period else ""),
        values.date_cell(period.expires if period else ""),
        _action(period, lang),
        Cell(STANDINGS[name].render(lang), name, tone=_TONES[name]),
        _why(facts, fate),
        values.references_cell(facts, _deciders(facts, record.number), lang),
    )


def _action(period: Period | None, lang: Lang) -> Cell:
    if period is None or period.is_permanent:
        return Cell()
    action = period.schedule.action
    return Cell(_ACTIONS[action].render(lang) if action in _ACTIONS else action, action)


def _why(facts: Facts, fate: Fate) -> Cell:
    """The reason of the hold, of the disposal, or of a period of its own."""
    hold = retention.hold(fate.record)
    disposal = facts.corpus.records.get(facts.destroyed.get(fate.record.number, ""))
    own = fate.record.data.get("retention") or {}
    reason = str((disposal.data if disposal else hold or own).get("reason") or "")
    return Cell(reason, reason or None)


def _deciders(facts: Facts, number: str) -> list[str]:
    """Who approved the destruction last: a leader of the company."""
    disposal = facts.corpus.records.get(facts.destroyed.get(number, ""))
    if disposal is None:
        return []
    steps = lifecycle.chain_steps(disposal, facts.policy, lifecycle.DISPOSAL)
    decided = [step.act.by for step in steps if step.act and not step.stage.event]
    return decided[-1:]
