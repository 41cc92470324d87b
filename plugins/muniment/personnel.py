"""People: their register and the personnel policy as they stood on a day, and how far a departure has come (R3.1–R3.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from muniment.facts import Facts
from muniment.lifecycle import ENDED
from muniment.records import Act, Record

POLICY = "personnel"
# How long a certificate has left, and the state whose colours say so.
EXPIRY_TONES: Mapping[str, str] = {
    "expired": "expired",
    "90": "due",
    "365": "registered",
    "later": "active",
    "permanent": "active",
}


def in_use(facts: Facts, *types: str) -> Iterator[Record]:
    """The records of these types that have not ended."""
    return (record for record in facts.corpus.of(*types) if facts.state(record.number) not in ENDED)


def active(facts: Facts, day: str) -> tuple[Record, ...]:
    """Who works here on a day, the last one included, by number."""
    return tuple(
        person
        for person in sorted(facts.corpus.of("staff"), key=lambda person: person.number)
        if str(person.data.get("joined") or "") <= day <= str(person.data.get("left") or "9999-12-31")
    )


def certificates(person: Record) -> Mapping[str, Mapping[str, Any]]:
    """A person's certificates by name; of several of one name the one that lasts longest."""
    held = person.data.get("certificates") or ()
    return {str(each["name"]): each for each in sorted(held, key=ends)}


def ends(certificate: Mapping[str, Any]) -> str:
    """Its last day; one that does not run out comes after all others."""
    return str(certificate.get("expires") or "9999-12-31")


def expiry(certificate: Mapping[str, Any], today: str) -> tuple[str, int | None]:
    """How long a certificate has left, as a key of `EXPIRY_TONES`, and in days; its last day still counts."""
    if not certificate.get("expires"):
        return "permanent", None
    days = (date.fromisoformat(str(certificate["expires"])) - date.fromisoformat(today)).days
    if days < 0:
        return "expired", days
    return ("90" if days <= 90 else "365" if days <= 365 else "later"), days


def as_of(facts: Facts, number: str, day: str) -> Mapping[str, Any] | None:
    """What a record said on a day; `None` where only history could tell and it is not at hand.

    A superior or a weight that changes today must not upset what was right last year. The first revision holds for all days
    before it, because nothing older is known.
    """
    record = facts.corpus.records.get(number)
    if record is None:
        return None
    if record.revision == 1 or _since(record) <= day:
        return record.data
    earlier = [each.record for each in facts.revisions.get(number, ()) if each.number < record.revision]
    known = [each for each in earlier if each.revision == 1 or _since(each) <= day]
    return known[-1].data if known else None


def policy(facts: Facts, day: str) -> Mapping[str, Any]:
    """The personnel policy as it stood on a day; empty where it is not known."""
    return as_of(facts, POLICY, day) or {}


def departures(facts: Facts) -> Iterator[tuple[Record, Act]]:
    """Every departure that is completed, with the act that completed it."""
    for record in in_use(facts, "departure"):
        steps = facts.standings[record.number].steps
        if steps and steps[-1].is_done and steps[-1].act is not None:
            yield record, steps[-1].act


def handovers(facts: Facts, departure: Record) -> tuple[Record, ...]:
    """The lists of what the leaver has handed over for this departure."""
    lists = in_use(facts, "handover")
    return tuple(record for record in lists if record.data["departure"] == departure.number)


def _since(record: Record) -> str:
    return str(record.data.get("effective") or record.data.get("updated") or "")
