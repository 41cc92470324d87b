"""Service: tickets against the targets of their urgency and complexity, as tables (R2.4.2)."""

from __future__ import annotations

from collections.abc import Iterable

from muniment import i18n, tickets
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.tickets import Standing
from muniment.views import registers, values


def standing_title(standing: Standing, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return {"within": _("in time"), "beyond": _("too late"), "open": _("still open")}[standing]


def standing_cell(standing: Standing, lang: Lang) -> Cell:
    return Cell(standing_title(standing, lang), standing, tone=standing)


def hours_cell(value: object) -> Cell:
    return Cell("" if value is None else str(value), value)


def table(facts: Facts, records: Iterable[Record], title: str, lang: Lang, *, in_full: bool = True) -> Table:
    """Tickets with how long response and solution took in working hours, newest first; without project, client and targets
    where they are not told `in_full`.
    """
    _ = i18n.translator(lang)
    labels = {
        field.name: values.heading(field.title.render(lang), lang)
        for field in facts.types["service-ticket"].fields
    }
    columns = [
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        *([Column("project", labels["project"], "reference", True)] if in_full else []),
        *([Column("client", labels["client"], "reference", True)] if in_full else []),
        Column("urgency", labels["urgency"], facet=True),
        Column("complexity", labels["complexity"], facet=True),
        Column("reported_at", labels["reported_at"], "time"),
        Column("respond_standing", _("Response"), "state", True),
        Column("respond", _("Hours taken"), "decimal"),
        *([Column("respond_target", _("Target"), "decimal")] if in_full else []),
        Column("solve_standing", _("Solution"), "state", True),
        Column("solve", _("Hours taken"), "decimal"),
        *([Column("solve_target", _("Target"), "decimal")] if in_full else []),
        Column("state", _("State"), "state", True),
        Column("satisfaction", labels["satisfaction"], "integer"),
    ]
    newest = sorted(
        records, key=lambda record: (str(record.data["reported_at"]), record.number), reverse=True
    )
    rows = tuple(_row(facts, record, lang, in_full=in_full) for record in newest)
    return Table(title, tuple(columns), rows, _("No ticket has been registered yet."))


def _row(facts: Facts, record: Record, lang: Lang, *, in_full: bool) -> tuple[Cell, ...]:
    taken, found = tickets.timing(facts, record), tickets.verdict(facts, record)

    def own(name: str) -> Cell:
        return values.cell(facts, registers.field_of(record, name), record.data.get(name), lang)

    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        *((own("project"), own("client")) if in_full else ()),
        own("urgency"),
        own("complexity"),
        own("reported_at"),
        standing_cell(found.respond, lang),
        hours_cell(tickets.hours(taken.respond)),
        *((hours_cell(tickets.hours(taken.respond_target)),) if in_full else ()),
        standing_cell(found.solve, lang),
        hours_cell(tickets.hours(taken.solve)),
        *((hours_cell(tickets.hours(taken.solve_target)),) if in_full else ()),
        values.state_cell(facts, record, lang),
        own("satisfaction"),
    )
