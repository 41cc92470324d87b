"""Secrecy: how agreements, training, checks, access, safeguards and inspections stand on a day (R5.2–R5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from muniment import audience, clearance, personnel
from muniment.facts import Facts
from muniment.records import Record

SOON = 90  # days in which what ends or falls due wants attention
INSPECTED_WITHIN = TRAINED_WITHIN = 365
PARTS = ("agreements", "education", "measures", "documents")

Term = Literal["in_force", "ending", "missing"]
Due = Literal["corrected", "overdue", "soon", "open"]
Source = Literal["level", "grant", "custodian", "reader", "policy"]


@dataclass(frozen=True)
class Duty:
    """What one member of the staff has signed, learnt and been checked for. `post` is set where policy demands a check."""

    person: Record
    agreement: Record | None
    term: Term
    trained: str
    session: str
    is_trained: bool
    post: str
    check: Record | None

    @property
    def department(self) -> str:
        return str(self.person.data.get("department") or "")

    @property
    def is_checked(self) -> bool:
        return not self.post or (self.check is not None and self.check.data["result"] == "passed")

    @property
    def lacks(self) -> tuple[str, ...]:
        """`agreement`, `training`, `check`: what is missing."""
        found = {
            "agreement": self.term == "missing",
            "training": not self.is_trained,
            "check": not self.is_checked,
        }
        return tuple(name for name, is_missing in found.items() if is_missing)


@dataclass(frozen=True)
class Access:
    """That somebody may read a level or a record: by a grant, as its custodian, or as one of its readers."""

    staff: str
    source: Source
    level: str
    document: str
    rights: tuple[str, ...]
    start: str
    until: str
    grant: str
    standing: Literal["current", "ending", "ended", "coming", "asked"]


@dataclass(frozen=True)
class Issue:
    """One finding of an inspection; `found` is None for an inspection that found nothing."""

    inspection: Record
    found: Mapping[str, Any] | None
    standing: Due

    @property
    def department(self) -> str:
        return str(self.inspection.data.get("department") or "")

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(part for part in PARTS if self.inspection.data["checklist"].get(part) == "failed")


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


# -- Persons --------------------------------------------------------------------------------------------------


def duties(facts: Facts) -> tuple[Duty, ...]:
    """Everybody who works here today, by department and number."""
    trained = _trained(facts)
    found = [_duty(facts, person, trained) for person in personnel.active(facts, facts.today)]
    return tuple(sorted(found, key=lambda duty: (duty.department, duty.person.number)))


def _duty(facts: Facts, person: Record, trained: Mapping[str, tuple[str, str]]) -> Duty:
    number = person.number
    held = clearance.agreement(facts, number, facts.today)
    ends = str(held.data.get("until") or "") if held else ""
    is_ending = bool(ends) and ends <= later(facts.today, SOON)
    term: Term = "missing" if held is None else "ending" if is_ending else "in_force"
    day, session = trained.get(number, ("", ""))
    post = clearance.checked_post(facts, number)
    check = clearance.background_check(facts, number, facts.today) if post else None
    is_trained = bool(day) and day >= later(facts.today, -TRAINED_WITHIN)
    return Duty(person, held, term, day, session, is_trained, post, check)


def _trained(facts: Facts) -> dict[str, tuple[str, str]]:
    """By person: the last training in secrecy up to today, and its number."""
    found: dict[str, tuple[str, str]] = {}
    for session in facts.corpus.of("training-session"):
        day = str(session.data.get("date") or "")
        if session.data.get("secrecy") and day <= facts.today:
            for person in session.data.get("attendees") or ():
                found[str(person)] = max(found.get(str(person), ("", "")), (day, session.number))
    return found


# -- Access ---------------------------------------------------------------------------------------------------


def accesses(facts: Facts) -> tuple[Access, ...]:
    """Who may read what above the level of all staff, by person; grants that have ended last."""
    found = [*_granted(facts), *_named(facts)]
    order = ("current", "ending", "asked", "coming", "ended")
    return tuple(sorted(found, key=lambda each: (order.index(each.standing), each.staff, each.document)))


def _granted(facts: Facts) -> Iterator[Access]:
    for grant in clearance.grants(facts):
        data = grant.data
        start, until = str(data["from"]), str(data["until"])
        standing = _standing(facts, start, until) if facts.state(grant.number) == "granted" else "asked"
        rights = tuple(map(str, data["rights"]))
        level = str(data.get("level") or "")
        staff = str(data["staff"])
        if level:
            yield Access(staff, "level", level, "", rights, start, until, grant.number, standing)
        for document in data.get("documents") or ():
            record = facts.corpus.records.get(str(document))
            own = facts.level(record) if record else ""
            yield Access(staff, "grant", own, str(document), rights, start, until, grant.number, standing)


def _named(facts: Facts) -> Iterator[Access]:
    by_level = facts.policy.value("confidentiality", "readers", default={})
    for level, readers in by_level.items():
        for staff in readers:
            if str(staff) not in facts.corpus.records:
                continue  # the policy was read before the corpus was narrowed: whom readers may not know is not named
            yield Access(str(staff), "policy", str(level), "", ("read",), "", "", "", "current")
    for record in classified(facts):
        marks = record.data.get("confidentiality") or {}
        level = facts.level(record)
        if marks.get("custodian"):
            yield Access(
                str(marks["custodian"]), "custodian", level, record.number, ("read",), "", "", "", "current"
            )
        for reader in marks.get("readers") or ():
            yield Access(str(reader), "reader", level, record.number, ("read",), "", "", "", "current")


def _standing(facts: Facts, start: str, until: str) -> Literal["current", "ending", "ended", "coming"]:
    if until < facts.today:
        return "ended"
    if start > facts.today:
        return "coming"
    return "ending" if until <= later(facts.today, SOON) else "current"


def classified(facts: Facts) -> tuple[Record, ...]:
    """The records above the level of all staff."""
    return tuple(record for record in facts.corpus if facts.level(record) not in clearance.OPEN)


# -- Safeguards and inspections -------------------------------------------------------------------------------


def safeguard_standing(facts: Facts, record: Record) -> Literal["overdue", "soon", "open"]:
    """Whether its inspection is overdue, falls due soon, or later; one that was never inspected is overdue."""
    due = str(record.data.get("next_inspection") or "")
    if not due or due < facts.today:
        return "overdue"
    return "soon" if due <= later(facts.today, SOON) else "open"


def issues(facts: Facts) -> tuple[Issue, ...]:
    """All findings, open ones first, then by day; an inspection that found nothing is there as well."""
    found = []
    for inspection in facts.corpus.of("secrecy-inspection"):
        entries = inspection.data.get("findings") or ()
        found += [Issue(inspection, entry, _due(facts, entry)) for entry in entries]
        if not entries:
            found.append(Issue(inspection, None, "corrected"))
    order = ("overdue", "soon", "open", "corrected")
    found.sort(key=lambda issue: str(issue.inspection.data["date"]), reverse=True)
    return tuple(sorted(found, key=lambda issue: order.index(issue.standing)))


def _due(facts: Facts, entry: Mapping[str, Any]) -> Due:
    if entry.get("corrected"):
        return "corrected"
    due = str(entry["due"])
    return "overdue" if due < facts.today else "soon" if due <= later(facts.today, SOON) else "open"


def uninspected(facts: Facts) -> tuple[Record, ...]:
    """Departments with people in them that were not inspected within a year."""
    since = later(facts.today, -INSPECTED_WITHIN)
    seen = {
        str(record.data.get("department"))
        for record in facts.corpus.of("secrecy-inspection")
        if since <= str(record.data["date"]) <= facts.today
    }
    staffed = {str(person.data.get("department") or "") for person in personnel.active(facts, facts.today)}
    return tuple(
        record
        for record in facts.corpus.of("department")
        if record.number in staffed and record.number not in seen
    )


def tells_checks(facts: Facts) -> bool:
    """Whether readers may know of background checks."""
    return not audience.withholds(facts, "background-check") and not clearance.unread_checks(facts)
