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
