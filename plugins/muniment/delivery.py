"""Delivery: how far the work of an engagement has come — tasks, rounds, payments, what was promised in meetings (R2.2–R2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from muniment import engagement
from muniment.engagement import Engagement, Task
from muniment.facts import Facts
from muniment.records import Record

Standing = Literal["done", "late", "overdue", "running", "ahead"]


@dataclass(frozen=True)
class Progress:
    """A task of the plan with the day on which it was done. `late` was done after its day; `overdue` should be done by now."""

    task: Task
    plan: Record
    done: str
    standing: Standing
    days: int

    @property
    def is_open(self) -> bool:
        return not self.done


@dataclass(frozen=True)
class Instalment:
    """A part of the fee: `paid` of it is there, by the payments `days`, in the order in which they came in."""

    contract: Record
    due: str
    amount: Decimal
    condition: str
    paid: Decimal
    days: tuple[str, ...]

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid


@dataclass(frozen=True)
class Account:
    """What a client owes and has paid. `fee` is None without a contract that says so; `surplus` is what no instalment asked for."""

    currency: str
    fee: Decimal | None
    collected: Decimal
    surplus: Decimal
    instalments: tuple[Instalment, ...]

    def overdue(self, today: str) -> Decimal:
        """What should be there by now, and is not."""
        return sum((each.open for each in self.instalments if each.due and each.due < today), Decimal())


@dataclass(frozen=True)
class Action:
    """What somebody was asked to do, in a meeting or by an acceptance group."""

    source: Record
    what: str
    owner: str
    due: str
    done: str

    def is_overdue(self, today: str) -> bool:
        return not self.done and self.due < today


@dataclass(frozen=True)
class Round:
    """One round of an inspection or of an acceptance, on its day; `result` is empty until it is known."""

    source: Record
    turn: int
    day: str
    result: Literal["passed", "failed", ""]
    faults: tuple[str, ...]
    due: str
    application: Record | None = None


# -- Tasks ----------------------------------------------------------------------------------------------------


def progress(facts: Facts, own: Engagement) -> tuple[Progress, ...]:
    """The tasks of the plan that holds; a task is done on the first day on which the work log or the plan says so."""
    plan = engagement.plan(facts, own)
    if plan is None:
        return ()
    logged = logged_done(facts, own)
    return tuple(
        _progress(facts.today, plan, task, logged.get(task.name, "")) for task in engagement.tasks(plan)
    )


def _progress(today: str, plan: Record, task: Task, logged: str) -> Progress:
    done = min((day for day in (task.done, logged) if day), default="")
    standing: Standing
    if done:
        standing = "late" if done > task.due else "done"
    elif task.due < today:
        standing = "overdue"
    else:
        standing = "running" if task.start <= today else "ahead"
    return Progress(task, plan, done, standing, max(days(task.due, done or today), 0))


def logged_done(facts: Facts, own: Engagement) -> Mapping[str, str]:
    """The tasks that the work log calls done, with the first day of each."""
    found: dict[str, str] = {}
    for entry in entries(facts, own):
        for name in entry.get("done") or ():
            found.setdefault(str(name), str(entry["date"]))
    return found


def entries(facts: Facts, own: Engagement) -> list[Mapping[str, Any]]:
    """The entries of all work logs of a project, oldest first."""
    found = [entry for log in engagement.in_use(facts, own, "work-log") for entry in log.data["entries"]]
    return sorted(found, key=lambda entry: str(entry["date"]))


def days(start: str, end: str) -> int:
    """From one day to another, negative where they are reversed."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


# -- Actions --------------------------------------------------------------------------------------------------


def actions(facts: Facts, own: Engagement) -> tuple[Action, ...]:
    """What meetings decided to do and what acceptance groups demanded, by day."""
    found = [
        Action(
            meeting,
            str(action["what"]),
            str(action["owner"]),
            str(action["due"]),
            str(action.get("done") or ""),
        )
        for meeting in engagement.in_use(facts, own, "progress-meeting")
        for action in meeting.data.get("actions") or ()
    ]
    rounds = acceptances(facts, own)
    found += [
        Action(
            report,
            str(demand["what"]),
            str(own.project.data["manager"]),
            str(demand["due"]),
            str(demand.get("done") or "") or _passed_after(rounds, int(report.data["round"])),
        )
        for report in engagement.in_use(facts, own, "acceptance-report")
        for demand in report.data.get("demands") or ()
    ]
    return tuple(sorted(found, key=lambda action: (action.due, action.source.number, action.what)))


def _passed_after(rounds: tuple[Round, ...], turn: int) -> str:
    """The day on which a later round passed: the group that did so has found the demands met, and nobody writes that into
    the report of the earlier round any more, since the client has signed it.
    """
    return next((each.day for each in rounds if each.turn > turn and each.result == "passed"), "")


# -- Rounds ---------------------------------------------------------------------------------------------------


def inspections(facts: Facts, own: Engagement) -> Iterator[Round]:
    """The rounds of all inspections of a project, each inspection's in turn."""
    for record in engagement.in_use(facts, own, "quality-inspection"):
        for turn, entry in enumerate(record.data.get("rounds") or (), start=1):
            faults = tuple(str(each) for each in entry.get("defects") or ())
            yield Round(
                record, turn, str(entry["date"]), entry["result"], faults, str(entry.get("rework_due") or "")
            )


def acceptances(facts: Facts, own: Engagement) -> tuple[Round, ...]:
    """The rounds of a project's acceptance in order: one for each application, with its report where there is one."""
    reports = engagement.in_use(facts, own, "acceptance-report")
    found = []
    answered = set()
    for application in engagement.in_use(facts, own, "acceptance-application"):
        report = next((each for each in reports if each.data["application"] == application.number), None)
        if report is not None:
            answered.add(report.number)
            found.append(_acceptance(facts, report, application))
        else:
            found.append(
                Round(
                    application,
                    int(application.data["round"]),
                    engagement.day_of(application),
                    "",
                    (),
                    "",
                    application,
                )
            )
    found += [_acceptance(facts, report, None) for report in reports if report.number not in answered]
    return tuple(sorted(found, key=lambda each: (each.turn, each.day)))


def _acceptance(facts: Facts, report: Record, application: Record | None) -> Round:
    day = engagement.settled_on(facts, report) or engagement.day_of(report)
    demands = [str(demand["due"]) for demand in report.data.get("demands") or ()]
    problems = tuple(str(each) for each in report.data.get("problems") or ())
    return Round(
        report,
        int(report.data["round"]),
        day,
        report.data["conclusion"],
        problems,
        max(demands, default=""),
        application,
    )


# -- Money ----------------------------------------------------------------------------------------------------


def account(facts: Facts, own: Engagement) -> Account:
    """Instalments of the contracts that hold against the payments; what comes in pays the earliest that is still open."""
    contracts = engagement.contracts(facts, own)
    paid = sorted(
        (str(each["date"]), Decimal(each["amount"])) for each in own.project.data.get("payments") or ()
    )
    terms = [
        (str(term.get("due") or ""), contract, Decimal(term["amount"]), str(term["condition"]))
        for contract in contracts
        for term in contract.data["payment_terms"]
    ]
    instalments, surplus = _settle(terms, paid)
    fees = [Decimal(contract.data["fee"]["amount"]) for contract in contracts]
    currencies = dict.fromkeys(str(contract.data["fee"]["currency"]) for contract in contracts)
    return Account(
        next(iter(currencies), ""),
        sum(fees, Decimal()) if len(currencies) == 1 else None,
        sum((amount for _day, amount in paid), Decimal()),
        surplus,
        tuple(instalments),
    )


def _settle(
    terms: Iterable[tuple[str, Record, Decimal, str]], paid: list[tuple[str, Decimal]]
) -> tuple[list[Instalment], Decimal]:
    left = list(paid)
    found = []
    for due, contract, amount, condition in terms:
        got, days_paid = Decimal(), []
        while left and got < amount:
            day, money = left.pop(0)
            used = min(money, amount - got)
            got += used
            days_paid.append(day)
            if money > used:
                left.insert(0, (day, money - used))
        found.append(Instalment(contract, due, amount, condition, got, tuple(days_paid)))
    return found, sum((money for _day, money in left), Decimal())
