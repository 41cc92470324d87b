"""Retention: by which schedule a record is kept, from which day, until when, and what keeps it from disposal (R4.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from muniment import engagement, lifecycle
from muniment.approvals import YES
from muniment.facts import Facts
from muniment.findings import Pointer
from muniment.policy import Policy
from muniment.records import Act, Record

PUBLISHED, PROJECT_CLOSED, CONTRACT_ENDED = "published", "project_closed", "contract_ended"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GENERAL = "document"  # the type that holds documents of every kind; what policy says of a kind says more
_YEAR_LAST = 9999


@dataclass(frozen=True)
class Schedule:
    """What policy says of one class, kind or type: `source` is the place in the policy `retention`, as (`kinds`, `acceptance`).

    One of `years`, `is_permanent` and `is_on_record` holds; the last means that every record states its own period.
    """

    source: Pointer
    years: int | None
    is_permanent: bool
    is_on_record: bool
    minimum: int
    trigger: str
    action: str


@dataclass(frozen=True)
class Period:
    """For how long one record is kept. `is_own`: the record states it itself, within what the schedule allows.

    `begins` is the day on which the trigger happened, empty while it has not; `expires` is the first day on which the record
    may go, empty for ever and where nothing can be said yet.
    """

    schedule: Schedule
    is_own: bool
    is_permanent: bool
    years: int | None
    begins: str
    expires: str

    def is_over(self, day: str) -> bool:
        return bool(self.expires) and self.expires <= day

    @property
    def is_settled(self) -> bool:
        """Whether it is known for how long the record is kept, be it that its trigger has not happened yet."""
        return self.is_permanent or self.years is not None or bool(self.expires)


# -- Schedules ------------------------------------------------------------------------------------------------


def schedule(policy: Policy, record: Record) -> Schedule | None:
    """The one schedule that holds for a record: that of its type, else of its kind, else of its class.

    What a kind leaves out (`from`, `action`, the minimum) its class says. A list of disposal is kept for ever whatever policy
    says, since nothing else shows that what is missing went by rights.
    """
    group = str(record.data.get("class"))
    places = [("types", record.type.name), ("kinds", str(record.data.get("kind"))), ("classes", group)]
    if record.type.name == _GENERAL:
        places = [places[1], places[0], places[2]]
    whole = _entry(policy, ("classes", group)) or {}
    for place in places:
        found = _entry(policy, place)
        if found is not None:
            return _schedule(place, found, whole, record)
    if record.type.chain == lifecycle.DISPOSAL:
        return Schedule(("types", record.type.name), None, True, False, 0, "", "")
    return None


def _entry(policy: Policy, place: tuple[str, str]) -> Mapping[str, Any] | None:
    found = policy.value("retention", *place)
    return found if isinstance(found, Mapping) else None


def _schedule(place: Pointer, entry: Mapping[str, Any], whole: Mapping[str, Any], record: Record) -> Schedule:
    usual = PUBLISHED if record.type.group == "documents" else "created"
    return Schedule(
        place,
        entry.get("years"),
        bool(entry.get("permanent")),
        bool(entry.get("required_on_record")),
        max(int(entry.get("minimum", 0)), int(whole.get("minimum", 0))),
        str(entry.get("from") or whole.get("from") or usual),
        str(entry.get("action") or whole.get("action") or "review"),
    )


def schedules(policy: Policy) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Every entry of the policy with its place."""
    for table in ("classes", "kinds", "types"):
        for name in policy.value("retention", table, default={}):
            entry = _entry(policy, (table, name))
            if entry is not None:
                yield (table, name), entry


# -- Periods --------------------------------------------------------------------------------------------------


def period(facts: Facts, record: Record) -> Period | None:
    """How long a record is kept; None where no schedule holds for it."""
    kept = facts.kept.setdefault(__name__, {})
    if isinstance(kept, dict):
        if record.number not in kept:
            kept[record.number] = _period(facts, record)
        found = kept[record.number]
        return found if isinstance(found, Period) else None
    return _period(facts, record)


def _period(facts: Facts, record: Record) -> Period | None:
    rule = schedule(facts.policy, record)
    if rule is None:
        return None
    own = record.data.get("retention") or {}
    begins = triggered(facts, record, rule.trigger)
    if own.get("until"):
        return Period(rule, True, False, None, begins, str(own["until"]))
    is_permanent = bool(own.get("permanent")) or (rule.is_permanent and not own)
    years = None if is_permanent else own.get("years", rule.years)
    expires = later(begins, years) if begins and years is not None else ""
    return Period(rule, bool(own), is_permanent, years, begins, expires)


def later(day: str, years: int) -> str:
    """The same day so many years on; the last of February where a year has no 29th."""
    year, rest = int(day[:4]) + years, day[4:]
    if year > _YEAR_LAST:
        return ""
    try:
        date.fromisoformat(f"{year:04d}{rest}")
    except ValueError:
        rest = "-02-28"
    return f"{year:04d}{rest}"


def hold(record: Record) -> Mapping[str, Any] | None:
    """The hold that keeps a record from disposal: `{reason, by, since}`."""
    found = record.data.get("hold")
    return found if isinstance(found, Mapping) else None


# -- Triggers -------------------------------------------------------------------------------------------------


def triggered(facts: Facts, record: Record, trigger: str) -> str:
    """The day on which a trigger happened to a record, empty while it has not.

    A trigger is an event of the record's project or contract, a state that a stage of its chain leads to, or the name of a field
    that holds a day. A document of no project counts from its publication.
    """
    if trigger == PUBLISHED:
        return _published(facts, record)
    if trigger == PROJECT_CLOSED:
        return _project_closed(facts, record)
    if trigger == CONTRACT_ENDED:
        return _contract_ended(facts, record)
    return _reached(facts, record, trigger) or _day(record.data.get(trigger))


def is_known(facts: Facts, record: Record, trigger: str) -> bool:
    """Whether the trigger can ever happen to a record of this type."""
    chains = (record.type.chain or "", "retirement")
    states = {stage.becomes for chain in chains for stage in facts.policy.chains.get(chain, ())}
    fields = {field.name for field in record.type.fields}
    return trigger in (PUBLISHED, PROJECT_CLOSED, CONTRACT_ENDED, *states, *fields)


def _day(value: object) -> str:
    return value[:10] if isinstance(value, str) and _DAY.match(value) else ""


def _published(facts: Facts, record: Record) -> str:
    """The day of the last decision on the newest revision that has all of them."""
    steps = facts.standings[record.number].steps
    if not steps or (facts.state(record.number) == "in_force" and not record.acts):
        return _day(record.data.get("updated")) or _day(record.data.get("created"))
    decisions = [step for step in steps if not step.stage.event] or list(steps[-1:])
    last = decisions[-1]
    days = [
        act.date
        for act in record.acts
        if (act.chain, act.stage) == (record.type.chain, last.stage.name)
        and act.decision in YES
        and (act.revision < record.revision or (last.is_done and act == last.act))
    ]
    return max(days, default="")[:10]


def _reached(facts: Facts, record: Record, state: str) -> str:
    """The day of the act that led to a state."""
    for chain in (record.type.chain or "", "retirement"):
        for step in _steps(facts, record, chain):
            if step.stage.becomes == state and step.is_done and step.act:
                return step.act.date[:10]
    return ""


def _steps(facts: Facts, record: Record, chain: str) -> tuple[lifecycle.Step, ...]:
    if chain == record.type.chain:
        return facts.standings[record.number].steps
    return lifecycle.chain_steps(record, facts.policy, chain)


def _project_closed(facts: Facts, record: Record) -> str:
    if record.type.name == "project":
        return engagement.engagements(facts)[record.number].end
    if not record.data.get("project"):
        return _published(facts, record)
    own = engagement.of(facts, record)
    return own.end if own is not None else ""


def _contract_ended(facts: Facts, record: Record) -> str:
    """The last day of the contract itself, of the contracts of the project, else the day on which the project closed."""
    if isinstance(record.data.get("period"), Mapping):
        return _day(record.data["period"].get("end"))
    own = engagement.of(facts, record)
    ends = [_day(each.data["period"]["end"]) for each in engagement.contracts(facts, own)] if own else []
    return max(ends) if ends else _project_closed(facts, record)


# -- What becomes of records ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """What the archive has to know of one record: its period, and where it stands in it on the day of the facts.

    `standing` is `permanent`, `running`, `waiting` (for the trigger), `due`, `held`, `disposed`, `unsettled`.
    """

    record: Record
    period: Period | None
    standing: str


def fates(facts: Facts) -> Iterator[Fate]:
    """Every record that is kept by a schedule, and every document that should be; drafts and void numbers are none yet."""
    for record in facts.corpus:
        found = period(facts, record)
        state = facts.state(record.number)
        if state in ("draft", "in_review", "void") and not (found and found.begins):
            continue
        if found is not None or record.type.group == "documents" or record.number in facts.destroyed:
            yield Fate(record, found, _standing(facts, record, found))


def _standing(facts: Facts, record: Record, found: Period | None) -> str:
    if record.number in facts.destroyed:
        return "disposed"
    if hold(record) is not None:
        return "held"
    if found is None or not found.is_settled:
        return "unsettled"
    if found.is_permanent:
        return "permanent"
    if not found.expires:
        return "waiting"
    return "due" if found.is_over(facts.today) else "running"


# -- Disposals ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listing:
    """A record on a list of disposal; `day` is the one by which it is judged: of the destruction, else of the list."""

    disposal: Record
    index: int
    target: Record
    day: str

    @property
    def pointer(self) -> Pointer:
        return ("documents", self.index)


def listings(facts: Facts) -> Iterator[Listing]:
    """What every list of disposal names, as far as today's policy may judge it.

    A list that was carried out before the policy took its present form was judged by the policy of its day.
    """
    revised = str(facts.policy.value("retention", "updated", default=""))
    for disposal in disposals(facts):
        act = lifecycle.destruction(disposal, facts.policy)
        day = act.date[:10] if act else engagement.day_of(disposal)
        if act and act.date[:10] < revised:
            continue
        for index, number in enumerate(disposal.data["documents"]):
            target = facts.corpus.records.get(number)
            if target is not None:
                yield Listing(disposal, index, target, day)


def disposals(facts: Facts) -> Iterator[Record]:
    for kind in facts.types.values():
        if kind.chain == lifecycle.DISPOSAL:
            yield from facts.corpus.of(kind.name)


def carried_out(facts: Facts, disposal: Record) -> Act | None:
    """The act that carried a list out."""
    return lifecycle.destruction(disposal, facts.policy)


def in_months(day: str, months: int) -> str:
    """The day so many months on, the last of the month where that one is shorter."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = first_after - timedelta(days=1)
    return min(last, date(year, month + 1, min(int(day[8:10]), last.day))).isoformat()
