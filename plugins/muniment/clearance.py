"""Clearance: who may read a record on a day, from its level, the people it names and the grants that were given (R4.3.3, R5.2.3)."""

from __future__ import annotations

from muniment import audience
from muniment.facts import Facts
from muniment.records import Record

# What every member of the staff may read.
OPEN = ("public", "internal")


def is_cleared(facts: Facts, staff: str, record: Record, day: str) -> bool:
    """Whether a person may read a record on a day: it is open to all staff, it names the person, or a grant covers it."""
    level = facts.level(record)
    if level in OPEN:
        return True
    marks = record.data.get("confidentiality") or {}
    if staff in (marks.get("custodian"), record.data.get("author"), *(marks.get("readers") or ())):
        return True
    return any(
        _covers(facts, grant, record, level, day)
        for grant in facts.corpus.of("access-grant")
        if grant.data["staff"] == staff
    )


def _covers(facts: Facts, grant: Record, record: Record, level: str, day: str) -> bool:
    data = grant.data
    if facts.state(grant.number) != "granted" or not data["from"] <= day <= data["until"]:
        return False
    if record.number in (data.get("documents") or ()):
        return True
    up_to = data.get("level")
    return bool(up_to) and audience.is_within(facts.policy, level, str(up_to))


# -- What a clearance rests on ------------------------------------------------------------------------------


def agreement(facts: Facts, staff: str, day: str) -> Record | None:
    """The confidentiality agreement that binds a person on a day, the one that lasts longest of several."""
    held = [
        record
        for record in facts.corpus.of("nda")
        if record.data["staff"] == staff and str(record.data["signed"]) <= day <= _end(record)
    ]
    return max(held, key=lambda record: (_end(record), record.number), default=None)


def _end(agreement: Record) -> str:
    """Without a date it lasts."""
    return str(agreement.data.get("until") or "9999-12-31")


def checked_post(facts: Facts, staff: str) -> str:
    """The person's post, where policy demands a background check for it; else empty."""
    person = facts.corpus.records.get(staff)
    post = str(person.data.get("position") or "") if person else ""
    demanded = facts.policy.value("personnel", "posts", post, "background_check", default=False)
    return post if demanded else ""


def background_check(facts: Facts, staff: str, day: str) -> Record | None:
    """The last background check of a person up to a day, passed or not."""
    held = [
        record
        for record in facts.corpus.of("background-check")
        if record.data["staff"] == staff and str(record.data["date"]) <= day
    ]
    return max(held, key=lambda record: (str(record.data["date"]), record.number), default=None)


def unread_checks(facts: Facts) -> bool:
    """Whether there are background checks whose facts are sealed here, so that their absence proves nothing."""
    return facts.corpus.is_closed("background-check")


def grants(facts: Facts) -> tuple[Record, ...]:
    """Every grant that was not given up."""
    return tuple(
        record
        for record in facts.corpus.of("access-grant")
        if facts.state(record.number) not in ("void", "retired")
    )
