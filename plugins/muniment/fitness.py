"""Fitness: until when a document counts as still fit for use, and who last found it so (periodic review, B13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from muniment import approvals, dates, lifecycle, retention, validity
from muniment.facts import Facts
from muniment.recall import recalled
from muniment.records import Act, Record

SOON = 60  # days

Standing = Literal["overdue", "soon", "fit"]


@dataclass(frozen=True, slots=True)
class Review:
    """A document in force that is reviewed from time to time. `last` is the day on which it was last found fit, `act` the
    act that says so, none while that was its publication; `due` is the day by which it is to be reviewed again.
    """

    record: Record
    last: str
    due: str
    act: Act | None = None
    months: int | None = None

    def standing(self, today: str) -> Standing:
        if self.due < today:
            return "overdue"
        return "soon" if (date.fromisoformat(self.due) - date.fromisoformat(today)).days <= SOON else "fit"


@recalled
def reviews(facts: Facts) -> tuple[Review, ...]:
    """Every document that is to be reviewed again, the first to fall due first."""
    found = [each for record in facts.corpus if (each := review(facts, record)) is not None]
    return tuple(sorted(found, key=lambda each: (each.due, each.record.number)))


def review(facts: Facts, record: Record) -> Review | None:
    """The next review of one document; None where none is asked for, or it is not in force.

    The last review says when the next is to be, else policy by kind or class; before any review the document's own `review_by`
    comes first.
    """
    if record.type.group != validity.GROUP or record.type.chain is None:
        return None
    periods = validity.every(facts).get(record.number, ())
    if facts.state(record.number) not in approvals.IN_FORCE or not periods:
        return None
    act = reaffirmed(facts, record)
    months = every(facts, record)
    last = act.date if act else periods[-1].start
    own = (act.data.get("details") or {}).get("next_review") if act else record.data.get("review_by")
    due = (
        str(own) if own and dates.is_date(str(own)) else (retention.in_months(last, months) if months else "")
    )
    return Review(record, last, due, act, months) if due else None


def every(facts: Facts, record: Record) -> int | None:
    """After how many months policy wants such a document reviewed: by kind, else by class."""
    for table, name in (("kinds", record.data.get("kind")), ("classes", record.data.get("class"))):
        found = facts.policy.value("documents", "review_every", table, str(name))
        if isinstance(found, int):
            return found
    return None


def reaffirmed(facts: Facts, record: Record) -> Act | None:
    """The last act by which the present content was found still fit: of the last stage of the chain, and not taken back."""
    stages = facts.policy.chains.get(approvals.REAFFIRMATION, ())
    same = (approvals.REAFFIRMATION, record.revision, record.content)
    acts = {act.n: act for act in record.acts if (act.chain, act.revision, act.content) == same}
    ended = lifecycle.ends(acts.values(), stages)
    return acts[ended[-1]] if ended else None
