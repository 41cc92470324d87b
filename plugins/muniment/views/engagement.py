"""Engagement: a project from the first talk to the end of after-sales on one page, as plain data (R2.1–R2.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from muniment import delivery, engagement, i18n, tables, tickets
from muniment.charts import figure
from muniment.delivery import Account
from muniment.engagement import Engagement, Need
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values, words, work
from muniment.views.work import Section

MOST_EVENTS = 40  # of the timeline before it is folded
# Facts of the project and records that name it which have a section of their own here.
TOLD = ("team", "payments", "after_sales")
TOLD_TYPES = (
    *(form.type for form in engagement.FORMS),
    "work-log",
    "progress-meeting",
    "quality-inspection",
    "service-ticket",
)
_ACTS = ("approved", "done", "imported", "rejected")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stage on the line: `standing` is done, current, rejected or open; `forms` what one needs to enter it."""

    name: str
    title: str
    standing: str
    forms: tuple[tuple[str, Cell], ...]
    day: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the project on a day."""

    day: str
    title: str
    text: str
    link: str
    number: str


@dataclass(frozen=True, slots=True)
class EngagementView:
    number: str
    stage: Cell
    stops: tuple[Stop, ...]
    forms: Section
    sections: tuple[Section, ...]
    events: tuple[Event, ...]

    @property
    def recent(self) -> tuple[Event, ...]:
        return self.events[:MOST_EVENTS]

    @property
    def earlier(self) -> tuple[Event, ...]:
        return self.events[MOST_EVENTS:]


def view(facts: Facts, record: Record, lang: Lang) -> EngagementView:
    """Raises `KeyError` for a record that is no project."""
    own = engagement.engagements(facts)[record.number]
    needs = engagement.needs(facts, own)
    return EngagementView(
        record.number,
        values.state_cell(facts, record, lang),
        tuple(_stops(facts, own, needs, lang)),
        _forms(facts, own, needs, lang),
        tuple(make(facts, own, lang) for make in work.SECTIONS),
        tuple(_events(facts, own, lang)),
    )


def is_open(record: Record) -> bool:
    """Whether it is a project whose facts can be read here."""
    return record.type.name == "project" and record.seal != "closed"


def data(facts: Facts, record: Record) -> dict[str, Any]:
    """The same for programs: each table as rows under the names of its columns."""
    shown = view(facts, record, "en")
    return {
        "number": shown.number,
        "today": facts.today,
        "stage": shown.stage.value,
        "stages": [
            {
                "stage": stop.name,
                "standing": stop.standing,
                "entered": stop.day or None,
                "forms": [cell.value for _title, cell in stop.forms],
            }
            for stop in shown.stops
        ],
        "sections": {
            section.name: {table.title: tables.rows(table) for table in section.tables}
            for section in (shown.forms, *shown.sections)
        },
        "account": _account_data(delivery.account(facts, engagement.engagements(facts)[record.number])),
        "timeline": [
            {"date": event.day, "event": event.title, "text": event.text, "number": event.number}
            for event in shown.events
        ],
    }


def _account_data(account: Account) -> dict[str, Any]:
    return {"currency": account.currency or None, "fee": account.fee, "collected": account.collected}


# -- Stages and forms -----------------------------------------------------------------------------------------


def need_title(standing: str, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return {
        "there": _("there"),
        "begun": _("in hand"),
        "missing": _("missing"),
        "withheld": _("none for these readers"),
        "later": _("not yet due"),
        "waived": _("not asked for"),
    }[standing]


def _need_cell(facts: Facts, need: Need, lang: Lang) -> Cell:
    """Where records were left out nobody can say that a form is missing: it may stand above the readers' level."""
    standing = "withheld" if facts.is_narrowed and need.standing == "missing" else need.standing
    return Cell(need_title(standing, lang), standing, tone=standing)


def _stops(facts: Facts, own: Engagement, needs: tuple[Need, ...], lang: Lang) -> Iterator[Stop]:
    """The stages in order; one that was declined or cancelled ends there."""
    kind = own.project.type
    for stage in _line(own, needs):
        forms = tuple(
            (_form_title(facts, need, lang), _need_cell(facts, need, lang))
            for need in needs
            if need.form.stage == stage
        )
        title = words.state_name(facts, kind, stage, lang)
        yield Stop(stage, title, _stop_standing(own, stage), forms, _entered(facts, own, needs, stage))


def _line(own: Engagement, needs: tuple[Need, ...]) -> tuple[str, ...]:
    if own.stage == "declined":
        return ("intake", "assessed", "declined")
    if own.stage == "cancelled":
        last = max(
            (engagement.STAGES.index(need.form.stage) for need in needs if need.standing == "there"),
            default=0,
        )
        return (*engagement.STAGES[: last + 1], "cancelled")
    return engagement.STAGES


def _stop_standing(own: Engagement, stage: str) -> str:
    if stage in ("declined", "cancelled"):
        return "rejected"
    if own.stage in ("declined", "cancelled", "closed"):
        return "done"
    if stage == own.stage:
        return "current"
    return "done" if own.has_reached(stage) else "open"


def _entered(facts: Facts, own: Engagement, needs: tuple[Need, ...], stage: str) -> str:
    """The day from which the project could be in a stage: its own first day, the last of its forms, its close."""
    if stage == "intake":
        return own.start
    if stage in engagement.OVER:
        return own.end if own.stage == stage else ""
    days = [min(_settled(facts, need), default="") for need in needs if need.form.stage == stage]
    return max(days) if days and all(days) and own.has_reached(stage) else ""


def _settled(facts: Facts, need: Need) -> list[str]:
    """When the copies of a form were through; a round of acceptance that failed settles nothing."""
    decisive = [copy for copy in need.copies if copy.data.get("conclusion") != "failed"]
    return [day for copy in decisive if (day := engagement.settled_on(facts, copy))]


def _form_title(facts: Facts, need: Need, lang: Lang) -> str:
    kind = facts.types.get(need.form.type)
    return values.heading(kind.title.render(lang), lang) if kind else need.form.type


def _forms(facts: Facts, own: Engagement, needs: tuple[Need, ...], lang: Lang) -> Section:
    """Each form that the process asks for, with the records that are there for it and what they wait for."""
    _ = i18n.translator(lang)
    columns = (
        Column("stage", _("Needed for")),
        Column("form", _("Form")),
        Column("standing", _("State"), "state"),
        Column("records", _("Records"), "reference"),
        Column("settled", _("Complete on"), "date"),
        Column("waiting", _("Waits for")),
    )
    rows = []
    for need in needs:
        settled = _settled(facts, need)
        waiting = [
            standing.waiting.name
            for copy in need.copies
            if need.standing == "begun" and (standing := facts.standings[copy.number]).waiting
        ]
        rows.append(
            (
                Cell(words.state_name(facts, own.project.type, need.form.stage, lang), need.form.stage),
                Cell(_form_title(facts, need, lang), need.form.type),
                _need_cell(facts, need, lang),
                values.references_cell(facts, [copy.number for copy in need.copies], lang),
                Cell(max(settled, default=""), max(settled, default=None)),
                Cell(_(", ").join(words.stage(facts, name, lang) for name in waiting), waiting),
            )
        )
    following = next(
        (need for need in needs if need.standing in ("missing", "later") and not need.copies), None
    )
    return Section(
        "forms",
        _("Stage and forms"),
        _("What each stage needs, and whether it is there."),
        tables=(Table(_("Forms"), columns, tuple(rows)),),
        command=work.command(own, following.form.type)
        if following and own.stage not in engagement.OVER and not facts.is_narrowed
        else "",
    )


# -- Timeline -------------------------------------------------------------------------------------------------


def _events(facts: Facts, own: Engagement, lang: Lang) -> list[Event]:
    """What happened, newest first; on one day in the order of the process."""
    _ = i18n.translator(lang)
    record = own.project
    found = [Event(own.start, _("Project taken on"), record.title, "", record.number)]
    for records in own.records.values():
        for each in records:
            found += _EVENTS.get(each.type.name, _of_form)(facts, each, lang)
    for payment in record.data.get("payments") or ():
        amount = figure(Decimal(payment["amount"]))
        text = f"{amount} {payment.get('receipt') or ''}".strip()
        found.append(Event(str(payment["date"]), _("Payment"), text, "", record.number))
    if own.end:
        found.append(
            Event(own.end, values.state_cell(facts, record, lang).text, record.title, "", record.number)
        )
    order = {name: place for place, name in enumerate(("project", *(form.type for form in engagement.FORMS)))}
    kinds = facts.corpus.records
    found.sort(key=lambda event: (event.day, order.get(kinds[event.number].type.name, 99), event.number))
    return found[::-1]


def _event(facts: Facts, record: Record, day: object, title: str, text: str) -> Event:
    return Event(str(day)[:10], title, text, addresses.record(facts.policy, record.number), record.number)


def _of_form(facts: Facts, record: Record, lang: Lang) -> Iterator[Event]:
    """A form or any other record: that it was written, and what its chain decided."""
    _ = i18n.translator(lang)
    title = values.heading(record.type.title.render(lang), lang)
    if record.data.get("created"):
        yield _event(
            facts, record, record.data["created"], _("{form} written").format(form=title), record.title
        )
    for act in record.acts:
        if act.decision in _ACTS:
            stage = words.stage(facts, act.stage, lang)
            decision = words.decision(act.decision, lang)
            who = facts.title(act.by)
            yield _event(facts, record, act.date, f"{title} · {stage}", f"{who} {decision}")


def _of_meeting(facts: Facts, record: Record, lang: Lang) -> Iterator[Event]:
    _ = i18n.translator(lang)
    yield _event(facts, record, record.data["date"], _("Meeting"), record.title)


def _of_inspection(facts: Facts, record: Record, lang: Lang) -> Iterator[Event]:
    _ = i18n.translator(lang)
    for turn, entry in enumerate(record.data.get("rounds") or (), start=1):
        text = f"{record.title} · {work.result_cell(entry['result'], lang).text}"
        yield _event(facts, record, entry["date"], _("Inspection, round {n}").format(n=turn), text)


def _of_ticket(facts: Facts, record: Record, lang: Lang) -> Iterator[Event]:
    _ = i18n.translator(lang)
    for field, title in (
        ("reported_at", _("Ticket reported")),
        ("solved_at", _("Ticket solved")),
        ("closed", _("Ticket closed")),
    ):
        if record.data.get(field):
            moment = tickets.time(facts, record, field) if field != "closed" else None
            day = moment.date().isoformat() if moment else record.data[field]
            yield _event(facts, record, day, title, record.title)


_EVENTS: Mapping[str, Callable[[Facts, Record, Lang], Iterator[Event]]] = {
    "progress-meeting": _of_meeting,
    "quality-inspection": _of_inspection,
    "service-ticket": _of_ticket,
}
