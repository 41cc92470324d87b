"""Engagement: a project from the first talk to the end of after-sales on one page, as plain data (R2.1–R2.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from muniment import delivery, engagement, i18n, tables, tickets
from muniment.charts import Chart, Picture, Row, Series, figure
from muniment.delivery import Account, Action, Round
from muniment.engagement import Engagement, Need
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, plan, registers, service, values, words

MOST_ENTRIES = 10  # of the work log
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
class Section:
    """A part of the page: a sentence of figures, the records that it is made from, pictures, tables. `empty` and `command`
    say how it begins.
    """

    name: str
    title: str
    text: str = ""
    sources: tuple[Cell, ...] = ()
    pictures: tuple[Picture, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""
    command: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(len(table) for table in self.tables)


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
        tuple(make(facts, own, lang) for make in _SECTIONS),
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
        command=_command(own, following.form.type)
        if following and own.stage not in engagement.OVER and not facts.is_narrowed
        else "",
    )


def _command(own: Engagement, name: str) -> str:
    return f"muniment new {name} --set project={own.project.number}"


# -- Plan and team --------------------------------------------------------------------------------------------


def _plan(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    tasks = delivery.progress(facts, own)
    held = engagement.plan(facts, own)
    done = sum(1 for item in tasks if item.done)
    late = sum(1 for item in tasks if item.standing == "overdue")
    text = _("{done} of {total} tasks done, {late} overdue on {day}.").format(
        done=done, total=len(tasks), late=late, day=facts.today
    )
    return Section(
        "plan",
        _("Implementation plan"),
        text if tasks else "",
        (values.references_cell(facts, [held.number], lang),) if held else (),
        pictures=(plan.gantt(facts, tasks, lang),) if tasks else (),
        tables=(plan.table(facts, tasks, lang),),
        empty=_(
            "There is no implementation plan yet. It names the tasks by phase, who is in charge, and the milestones;"
            " the work log then says what is done."
        ),
        command=_command(own, "implementation-plan"),
    )


def _team(facts: Facts, own: Engagement, lang: Lang) -> Section:
    """Who does what from when to when, with the hours that the work log has for each."""
    _ = i18n.translator(lang)
    hours: dict[str, Decimal] = {}
    for entry in delivery.entries(facts, own):
        if entry.get("hours") is not None:
            staff = str(entry["by"])
            hours[staff] = hours.get(staff, Decimal()) + Decimal(entry["hours"])
    columns = (
        Column("staff", _("Member"), "reference"),
        Column("duty", _("Duty")),
        Column("skill", _("Skill")),
        Column("from", _("From"), "date"),
        Column("to", _("To"), "date"),
        Column("hours", _("Hours logged"), "decimal"),
    )
    listed = dict(enumerate(own.project.data.get("team") or ()))
    rows = []
    seen: set[str] = set()
    for member in own.team:
        entry = listed.get(int(member.pointer[1]), {}) if len(member.pointer) > 1 else {}
        total = hours.get(member.staff) if member.staff not in seen else None
        seen.add(member.staff)
        rows.append(
            (
                values.references_cell(facts, [member.staff], lang),
                Cell(member.duty or _("project manager"), member.duty or "manager"),
                Cell(str(entry.get("skill") or ""), entry.get("skill")),
                Cell(member.start, member.start),
                Cell(member.end, member.end or None),
                Cell("" if total is None else f"{total:f}", total),
            )
        )
    total = sum(hours.values(), Decimal())
    return Section(
        "team",
        _("Team and duties"),
        _("{hours} hours in the work log.").format(hours=f"{total:f}") if total else "",
        tables=(Table(_("Team"), columns, tuple(rows)),),
    )


# -- Log and meetings -----------------------------------------------------------------------------------------


def _log(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    logs = engagement.in_use(facts, own, "work-log")
    entries = delivery.entries(facts, own)
    columns = (
        Column("date", _("Date"), "date"),
        Column("by", _("Who"), "reference"),
        Column("hours", _("Hours"), "decimal"),
        Column("progress", _("Progress")),
        Column("problem", _("Problem")),
        Column("solution", _("Solution")),
    )
    rows = tuple(
        (
            Cell(str(entry["date"]), entry["date"]),
            values.references_cell(facts, [str(entry["by"])], lang),
            Cell("" if entry.get("hours") is None else str(entry["hours"]), entry.get("hours")),
            Cell(str(entry["progress"]), entry["progress"]),
            Cell(str(entry.get("problem") or ""), entry.get("problem")),
            Cell(str(entry.get("solution") or ""), entry.get("solution")),
        )
        for entry in reversed(entries[-MOST_ENTRIES:])
    )
    unsolved = sum(1 for entry in entries if entry.get("problem") and not entry.get("solution"))
    text = _("{total} entries, the newest {shown} of them below; {open} problems without a solution.").format(
        total=len(entries), shown=len(rows), open=unsolved
    )
    return Section(
        "log",
        _("Work log"),
        text if entries else "",
        (values.references_cell(facts, [log.number for log in logs], lang),) if logs else (),
        tables=(Table(_("Work log"), columns, rows),),
        empty=_(
            "Nothing is in the work log yet. Each entry says what was done, what went wrong and how it was solved."
        ),
        command=_command(own, "work-log"),
    )


def _meetings(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    held = sorted(
        engagement.in_use(facts, own, "progress-meeting"),
        key=lambda record: (str(record.data["date"]), record.number),
        reverse=True,
    )
    columns = (
        Column("number", _("Number"), "number"),
        Column("date", _("Date"), "date"),
        Column("title", _("Title")),
        Column("progress", _("Progress")),
        Column("problems", _("Problems")),
        Column("open", _("Open actions"), "integer"),
    )
    promised = delivery.actions(facts, own)
    rows = tuple(
        (
            values.number_cell(facts, record.number),
            Cell(str(record.data["date"]), record.data["date"]),
            registers.title_cell(facts, record, lang),
            Cell(str(record.data["progress"]), record.data["progress"]),
            Cell(str(record.data.get("problems") or ""), record.data.get("problems")),
            _count_cell(sum(1 for each in promised if each.source is record and not each.done)),
        )
        for record in held
    )
    left = tuple(each for each in promised if not each.done)
    return Section(
        "meetings",
        _("Meetings and open actions"),
        _("{total} meetings; {open} of {all} actions and demands are open, {late} overdue.").format(
            total=len(held),
            open=len(left),
            all=len(promised),
            late=sum(1 for each in left if each.is_overdue(facts.today)),
        )
        if held or promised
        else "",
        tables=(action_table(facts, left, lang), Table(_("Meetings"), columns, rows)),
        empty=_("No meeting has been held yet. Its minutes name actions, each with an owner and a day."),
        command=_command(own, "progress-meeting"),
    )


def _count_cell(count: int) -> Cell:
    return Cell(str(count) if count else "", count)


def action_table(facts: Facts, actions: Iterable[Action], lang: Lang) -> Table:
    """What is still to be done, by day."""
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("what", _("What")),
        Column("owner", _("Who"), "reference", True),
        Column("due", _("Due"), "date"),
        Column("days", _("Days late"), "integer"),
    )
    rows = tuple(
        (
            values.number_cell(facts, each.source.number),
            Cell(each.what, each.what),
            values.references_cell(facts, [each.owner], lang),
            Cell(each.due, each.due),
            plan.days_cell(max(delivery.days(each.due, facts.today), 0)),
        )
        for each in actions
    )
    return Table(_("Open actions"), columns, rows, _("Nothing is open."))


# -- Rounds ---------------------------------------------------------------------------------------------------


def result_cell(result: str, lang: Lang) -> Cell:
    _ = i18n.translator(lang)
    title = {"passed": _("passed"), "failed": _("failed")}.get(result, _("not judged yet"))
    return Cell(title, result or None, tone=result or "later")


def _inspections(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("object", _("Object")),
        Column("standard", _("Standard")),
        Column("maker", _("Made by"), "reference"),
        Column("round", _("Round"), "integer"),
        Column("date", _("Date"), "date"),
        Column("inspector", _("Inspector"), "reference"),
        Column("result", _("Result"), "state"),
        Column("defects", _("Defects")),
        Column("rework_due", _("Rework due"), "date"),
    )
    rows = []
    for each in delivery.inspections(facts, own):
        told = each.source.data
        entry = told["rounds"][each.turn - 1]
        rows.append(
            (
                values.number_cell(facts, each.source.number),
                Cell(str(told["object"]), told["object"]),
                Cell(str(told["standard"]), told["standard"]),
                values.references_cell(facts, [str(told["maker"])], lang),
                Cell(str(each.turn), each.turn),
                Cell(each.day, each.day),
                values.references_cell(facts, [str(entry["inspector"])], lang),
                result_cell(each.result, lang),
                faults_cell(each, lang),
                Cell(each.due, each.due or None),
            )
        )
    return Section(
        "inspections",
        _("Inspections"),
        tables=(Table(_("Rounds of inspection"), columns, tuple(rows)),),
        empty=_(
            "No result has been inspected yet. Each is judged against a standard by somebody who did not make it;"
            " what fails is reworked and inspected again."
        ),
        command=_command(own, "quality-inspection"),
    )


def faults_cell(each: Round, lang: Lang) -> Cell:
    return Cell(("；" if lang == "zh" else "; ").join(each.faults), list(each.faults))


def _acceptance(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    columns = (
        Column("round", _("Round"), "integer"),
        Column("application", _("Application"), "reference"),
        Column("report", _("Report"), "reference"),
        Column("date", _("Date"), "date"),
        Column("result", _("Conclusion"), "state"),
        Column("problems", _("Problems")),
        Column("due", _("Rework due"), "date"),
    )
    rows = tuple(acceptance_row(facts, each, lang) for each in delivery.acceptances(facts, own))
    return Section(
        "acceptance",
        _("Acceptance"),
        tables=(Table(_("Rounds of acceptance"), columns, rows),),
        empty=_(
            "Nothing has been handed over for acceptance yet. The application names the results, the test reports and"
            " other evidence; a group of client, company and quality side judges them."
        ),
        command=_command(own, "acceptance-application"),
    )


def acceptance_row(facts: Facts, each: Round, lang: Lang) -> tuple[Cell, ...]:
    application = [each.application.number] if each.application else []
    report = [each.source.number] if each.source is not each.application else []
    return (
        Cell(str(each.turn), each.turn),
        values.references_cell(facts, application, lang),
        values.references_cell(facts, report, lang),
        Cell(each.day if report else "", each.day if report else None),
        result_cell(each.result, lang),
        faults_cell(each, lang),
        Cell(each.due, each.due or None),
    )


# -- Money ----------------------------------------------------------------------------------------------------


def _money(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    account = delivery.account(facts, own)
    columns = (
        Column("term", _("Instalment")),
        Column("due", _("Due"), "date"),
        Column("amount", _("Amount"), "decimal"),
        Column("paid", _("Paid"), "decimal"),
        Column("open", _("Open"), "decimal"),
        Column("days", _("Paid on")),
    )
    terms = tuple(
        (
            Cell(each.condition, each.condition),
            Cell(each.due, each.due or None),
            amount_cell(each.amount),
            amount_cell(each.paid),
            amount_cell(each.open),
            Cell(_(", ").join(dict.fromkeys(each.days)), list(dict.fromkeys(each.days))),
        )
        for each in account.instalments
    )
    return Section(
        "money",
        _("Money"),
        _account_text(facts, account, lang),
        charts=(_money_chart(facts, account, lang),) if account.instalments else (),
        tables=(Table(_("Instalments"), columns, terms), _payments(own, lang)),
        empty=_(
            "There is no contract yet, and no payment. The contract states the instalments; payments are entered here."
        ),
        command=f"muniment show {own.project.number}"
        if not account.instalments and not own.project.data.get("payments")
        else "",
    )


def _joined(sentences: Iterable[str], lang: Lang) -> str:
    return (" " if lang == "en" else "").join(sentences)


def amount_cell(amount: Decimal) -> Cell:
    return Cell(figure(amount), amount)


def _account_text(facts: Facts, account: Account, lang: Lang) -> str:
    _ = i18n.translator(lang)
    if not account.instalments and not account.collected:
        return ""
    collected = figure(account.collected)
    if account.fee is None:
        return _("{collected} collected.").format(collected=collected)
    overdue = account.overdue(facts.today)
    text = _("{collected} of {fee} {currency} collected.").format(
        collected=collected, fee=figure(account.fee), currency=account.currency
    )
    late = _("{amount} should have come in by {day}.").format(amount=figure(overdue), day=facts.today)
    return _joined([text, late] if overdue else [text], lang)


def _money_chart(facts: Facts, account: Account, lang: Lang) -> Chart:
    """Each instalment by what is paid, what is late and what is not due yet."""
    _ = i18n.translator(lang)
    rows = []
    for turn, each in enumerate(account.instalments, start=1):
        is_late = bool(each.due) and each.due < facts.today
        late, ahead = (each.open, Decimal()) if is_late else (Decimal(), each.open)
        title = f"{turn} {each.condition} {each.due}".strip()
        rows.append(Row(str(turn), title, (each.paid, late, ahead)))
    return Chart(
        "money",
        _("Instalments and payments"),
        "bars",
        _("Instalment"),
        (
            Series("paid", _("paid"), "good"),
            Series("late", _("overdue"), "bad"),
            Series("ahead", _("not due yet"), "muted"),
        ),
        tuple(rows),
    )


def _payments(own: Engagement, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("date", _("Date"), "date"),
        Column("amount", _("Amount"), "decimal"),
        Column("receipt", _("Receipt")),
    )
    rows = tuple(
        (
            Cell(str(each["date"]), each["date"]),
            amount_cell(Decimal(each["amount"])),
            Cell(str(each.get("receipt") or ""), each.get("receipt")),
        )
        for each in own.project.data.get("payments") or ()
    )
    return Table(_("Payments"), columns, rows)


# -- After-sales ----------------------------------------------------------------------------------------------


def _service(facts: Facts, own: Engagement, lang: Lang) -> Section:
    _ = i18n.translator(lang)
    records = own.records.get("service-ticket", ())
    told: Mapping[str, Any] = own.project.data.get("after_sales") or {}
    parts = []
    if told:
        contact = " ".join(str(told[name]) for name in ("contact", "phone") if told.get(name))
        parts.append(_("Contact: {contact}.").format(contact=contact))
    if told.get("until"):
        parts.append(_("Free support until {day}.").format(day=told["until"]))
    if records:
        found = [tickets.verdict(facts, record) for record in records]
        parts.append(
            _("{total} tickets, {respond} answered in time, {solve} solved in time.").format(
                total=len(records),
                respond=sum(1 for each in found if each.respond == "within"),
                solve=sum(1 for each in found if each.solve == "within"),
            )
        )
    marks = [record.data["satisfaction"] for record in records if record.data.get("satisfaction") is not None]
    if marks:
        parts.append(
            _("Satisfaction {mean} of 5 ({n} answers).").format(mean=tickets.mean(marks), n=len(marks))
        )
    return Section(
        "service",
        _("After-sales"),
        _joined(parts, lang),
        tables=(service.table(facts, records, _("Tickets"), lang, in_full=False),),
        empty=_(
            "No ticket has come in. Each problem that the client reports becomes one, with urgency and complexity; these"
            " decide by when it is answered and solved."
        ),
        command=_command(own, "service-ticket"),
    )


_SECTIONS: tuple[Callable[[Facts, Engagement, Lang], Section], ...] = (
    _plan,
    _team,
    _log,
    _meetings,
    _inspections,
    _acceptance,
    _money,
    _service,
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
        text = f"{record.title} · {result_cell(entry['result'], lang).text}"
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
