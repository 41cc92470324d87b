"""Work: what a project's plan, team, log, meetings, inspections, acceptance, money and after-sales come to, each of them a section
of its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from muniment import delivery, engagement, i18n, tickets
from muniment.charts import Chart, Picture, Row, Series, figure
from muniment.delivery import Account, Action, Round
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.tables import Cell, Column, Table
from muniment.views import plan, registers, service, values

MOST_ENTRIES = 10  # of the work log


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


def command(own: Engagement, name: str) -> str:
    """What begins the next record of a type for this project."""
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
        command=command(own, "implementation-plan"),
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
        command=command(own, "work-log"),
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
        command=command(own, "progress-meeting"),
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
        command=command(own, "quality-inspection"),
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
        command=command(own, "acceptance-application"),
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
        command=command(own, "service-ticket"),
    )


SECTIONS: tuple[Callable[[Facts, Engagement, Lang], Section], ...] = (
    _plan,
    _team,
    _log,
    _meetings,
    _inspections,
    _acceptance,
    _money,
    _service,
)
