"""Overdue in projects and service

Everything of projects and after-sales whose day has passed: tasks of plans, actions of meetings, demands of acceptance groups,
rework, instalments, tickets without an answer or a solution. Nothing here holds back a change of records: time alone never makes
a record wrong (R2.2.1, R2.2.3, R2.2.4, R2.3.4, R2.4.2).
---
项目与服务逾期事项

项目和售后中已过期限的全部事项：计划任务、会议待办、验收整改、返工、分期款、未响应或未解决的服务记录单。
逾期只作提示，不会使任何记录通不过检查。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from muniment import delivery, engagement, i18n, tickets
from muniment.charts import Chart, Row, Series, figure
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.registers import rework
from muniment.tables import Cell, Column, Table
from muniment.views import plan, values, words

NAME = "overdue"
TITLE = Text("Overdue in projects and service", "项目与服务逾期事项")
CLAUSES = ("R2.2.1", "R2.2.3", "R2.2.4", "R2.3.4", "R2.4.2")
ORDER = 25
KINDS = ("task", "action", "demand", "rework", "instalment", "response", "solution")


@dataclass(frozen=True)
class Overdue:
    """`source` is the number of the record that says so, `who` the person whose turn it is."""

    kind: str
    source: str
    project: str
    what: str
    who: str
    due: str


def kind_title(kind: str, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return {
        "task": _("task"),
        "action": _("action"),
        "demand": _("demand"),
        "rework": _("rework"),
        "instalment": _("instalment"),
        "response": _("response"),
        "solution": _("solution"),
    }[kind]


def overdue(facts: Facts) -> list[Overdue]:
    """The longest overdue first; of projects that are over only what is still owed."""
    found: list[Overdue] = []
    for own in engagement.engagements(facts).values():
        if own.stage not in engagement.OVER:
            found += _work(facts, own)
        if own.stage not in ("declined", "cancelled"):
            found += _money(facts, own)
        found += _tickets(facts, own)
    for own, failure in rework.failed(facts):
        if not failure.is_acceptance and failure.is_overdue(facts.today) and own.stage not in engagement.OVER:
            source, number = failure.round.source, own.project.number
            maker = str(source.data["maker"])
            found.append(Overdue("rework", source.number, number, source.title, maker, failure.round.due))
    return sorted(found, key=lambda each: (each.due, each.source, each.what))


def _work(facts: Facts, own: Engagement) -> Iterator[Overdue]:
    number = own.project.number
    for item in delivery.progress(facts, own):
        if item.standing == "overdue":
            yield Overdue(
                "task", item.plan.number, number, item.task.name, item.task.responsible, item.task.due
            )
    for action in delivery.actions(facts, own):
        if action.is_overdue(facts.today):
            kind = "demand" if action.source.type.name == "acceptance-report" else "action"
            yield Overdue(kind, action.source.number, number, action.what, action.owner, action.due)


def _money(facts: Facts, own: Engagement) -> Iterator[Overdue]:
    manager = str(own.project.data["manager"])
    account = delivery.account(facts, own)
    for each in account.instalments:
        if each.open and each.due and each.due < facts.today:
            what = f"{each.condition} {figure(each.open)} {account.currency}"
            yield Overdue("instalment", each.contract.number, own.project.number, what, manager, each.due)


def _tickets(facts: Facts, own: Engagement) -> Iterator[Overdue]:
    """What is still not answered or not solved; what came late is in the report on after-sales."""
    for ticket in own.records.get("service-ticket", ()):
        verdict, (respond, solve) = tickets.verdict(facts, ticket), tickets.deadlines(facts, ticket)
        steps = ticket.data.get("steps") or ()
        who = str(steps[-1]["by"]) if steps else str(own.project.data["manager"])
        for kind, field, standing, deadline in (
            ("response", "responded_at", verdict.respond, respond),
            ("solution", "solved_at", verdict.solve, solve),
        ):
            if standing == "beyond" and not ticket.data.get(field) and deadline:
                day = deadline.date().isoformat()
                yield Overdue(kind, ticket.number, own.project.number, ticket.title, who, day)


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("kind", _("Kind"), facet=True),
        Column("what", _("What")),
        Column("project", _("Project"), "reference", True),
        Column("who", _("Who"), "reference", True),
        Column("due", _("Due"), "date"),
        Column("days", _("Days late"), "integer"),
    )
    rows = tuple(
        (
            values.number_cell(facts, each.source),
            Cell(kind_title(each.kind, lang), each.kind),
            Cell(each.what, each.what),
            values.references_cell(facts, [each.project], lang),
            values.references_cell(facts, [each.who], lang),
            Cell(each.due, each.due),
            plan.days_cell(delivery.days(each.due, facts.today)),
        )
        for each in overdue(facts)
    )
    empty = words.withheld(facts, lang, "project") or _("Nothing is overdue.")
    return Table(TITLE.render(lang), columns, rows, empty)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    counts = Counter(each.kind for each in overdue(facts))
    return (
        Chart(
            "kinds",
            _("Overdue by kind"),
            "bars",
            _("Kind"),
            (Series("overdue", _("overdue"), "bad"),),
            tuple(Row(kind, kind_title(kind, lang), (counts[kind],)) for kind in KINDS if counts[kind]),
            empty=_("Nothing is overdue."),
        ),
    )
