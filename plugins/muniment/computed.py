"""Computed: what a new record says that follows from others, so that nobody counts by hand what a rule counts again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from muniment import appraisal, custody, delivery, engagement, personnel, tickets
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.schemas import RecordType

Values = Mapping[str, Any]


def values(facts: Facts, kind: RecordType, given: Values, lang: Lang) -> dict[str, Any]:
    """The fields of a new record that follow from those that were given and from the other records; `given` is not among them.

    A form of a project takes title, client and what it builds on from the project; a round is the next one; a service
    review counts its tickets, over the last whole quarter where no period was given; totals, scores and grades of people
    follow from what was scored and the policy; a list of handover begins with what is in the leaver's name.
    """
    known = {field.name for field in kind.fields}
    own = engagement.engagements(facts).get(str(given.get("project")))
    found: dict[str, Any] = {}
    if own is not None:
        found["client"] = own.project.data["client"]
        found |= _OF_PROJECT.get(kind.name, _nothing)(facts, own, given)
        found["title"] = _title(own, kind, found.get("round") or given.get("round"), lang)
    found |= _of_person(facts, kind, given, lang)
    found |= _OF_REGISTRY.get(kind.name, _none)(facts, given)
    return {name: value for name, value in found.items() if name in known and name not in given}


def _title(own: Engagement, kind: RecordType, turn: Any, lang: Lang) -> str:
    """Project and form, with the round from the second on."""
    if lang == "zh":
        return f"{own.project.title}{kind.title.zh}" + (f"（第 {turn} 轮）" if turn and turn > 1 else "")
    return f"{own.project.title}: {kind.title.en}" + (f" (round {turn})" if turn and turn > 1 else "")


def _nothing(_facts: Facts, _own: Engagement, _given: Values) -> dict[str, Any]:
    return {}


def _none(_facts: Facts, _given: Values) -> dict[str, Any]:
    return {}


# -- Forms of a project ---------------------------------------------------------------------------------------


def _latest(facts: Facts, own: Engagement, name: str, field: str) -> dict[str, Any]:
    """The newest form of a type, as the value of a field: settled ones before those that are still on their way."""
    held = engagement.in_use(facts, own, name)
    settled = [record for record in held if engagement.settled_on(facts, record)] or list(held)
    newest = max(settled, key=lambda record: (engagement.day_of(record), record.number), default=None)
    return {field: newest.number} if newest else {}


def _assessment(facts: Facts, own: Engagement, _given: Values) -> dict[str, Any]:
    return _latest(facts, own, "needs-survey", "survey")


def _contract(facts: Facts, own: Engagement, _given: Values) -> dict[str, Any]:
    return _latest(facts, own, "assessment", "assessment")


def _plan(facts: Facts, own: Engagement, _given: Values) -> dict[str, Any]:
    return _latest(facts, own, "contract", "contract")


def _application(facts: Facts, own: Engagement, _given: Values) -> dict[str, Any]:
    """The round after the last one; what it is the rework of, if that round failed."""
    held = engagement.in_use(facts, own, "acceptance-application")
    last = max((int(each.data["round"]) for each in held), default=0)
    failed = [
        each.source.number
        for each in delivery.acceptances(facts, own)
        if each.turn == last and each.result == "failed"
    ]
    return {"round": last + 1, **({"rework_of": failed[-1]} if failed else {})}


def _report(facts: Facts, own: Engagement, given: Values) -> dict[str, Any]:
    """The report on the application that was named, else on the latest that has none; its round."""
    held = engagement.in_use(facts, own, "acceptance-application")
    answered = {str(each.data["application"]) for each in engagement.in_use(facts, own, "acceptance-report")}
    named = [each for each in held if each.number == given.get("application")]
    left = named or [each for each in held if each.number not in answered]
    newest = max(left, key=lambda each: int(each.data["round"]), default=None)
    return {"application": newest.number, "round": newest.data["round"]} if newest else {}


def _meeting(facts: Facts, own: Engagement, given: Values) -> dict[str, Any]:
    """Today, with everybody who belongs to the team on that day."""
    day = str(given.get("date") or facts.today)
    present = dict.fromkeys(member.staff for member in own.team if member.overlaps(day, day))
    return {"date": day, "attendees": list(present)}


_OF_PROJECT: Mapping[str, Callable[[Facts, Engagement, Values], dict[str, Any]]] = {
    "assessment": _assessment,
    "contract": _contract,
    "implementation-plan": _plan,
    "acceptance-application": _application,
    "acceptance-report": _report,
    "progress-meeting": _meeting,
}


# -- Reviews --------------------------------------------------------------------------------------------------


def _review(facts: Facts, given: Values) -> dict[str, Any]:
    """How many tickets the period has, how many of them were in time, and their causes, the most frequent first."""
    period = given.get("period") or _last_quarter(facts.today)
    start, end = str(period.get("from") or ""), str(period.get("to") or "")
    if not start or not end:
        return {}
    found = tickets.reported(facts, start, end)
    causes = Counter(str(each.data["cause"]) for each in found if each.data.get("cause"))
    return {
        "period": period,
        "tickets": len(found),
        "within_target": sum(1 for each in found if _is_within(facts, each)),
        **({"causes": [f"{name}：{count}" for name, count in _ranked(causes)]} if causes else {}),
    }


def _is_within(facts: Facts, ticket: Record) -> bool:
    """As the rule on these counts has it: what was solved by the day of the review."""
    solved = tickets.time(facts, ticket, "solved_at")
    return (
        solved is not None
        and solved.date().isoformat() <= facts.today
        and tickets.timing(facts, ticket).is_within
    )


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _last_quarter(today: str) -> dict[str, str]:
    """The last quarter that is over."""
    day = date.fromisoformat(today)
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    last = first - timedelta(days=1)
    return {"from": last.replace(month=last.month - 2, day=1).isoformat(), "to": last.isoformat()}


# -- People ---------------------------------------------------------------------------------------------------


def _of_person(facts: Facts, kind: RecordType, given: Values, lang: Lang) -> dict[str, Any]:
    """Person, month or year, and form: what such a record is called."""
    person = facts.corpus.records.get(str(given.get("staff")))
    if person is None:
        return {}
    when = str(given.get("month") or given.get("year") or "")
    form = kind.title.render(lang)
    parts = [person.title, when, form] if lang == "zh" else [f"{form}:", person.title, when]
    return {"title": " ".join(part for part in parts if part)}


def _evaluation(facts: Facts, given: Values) -> dict[str, Any]:
    """The self-review that it answers, the superior, and the total that the scores give."""
    found: dict[str, Any] = {}
    staff, day = str(given.get("staff")), str(given.get("created") or facts.today)
    own = [each for each in _own(facts, "self-review", staff) if each.data["month"] == given.get("month")]
    if own:
        found["self_review"] = own[-1].number
    person = personnel.as_of(facts, staff, day)
    if person and person.get("superior"):
        found["by"] = person["superior"]
    weights, scores = personnel.policy(facts, day).get("weights"), given.get("scores")
    if weights and isinstance(scores, Mapping) and _are_numbers(*(scores.get(name) for name in weights)):
        found["total"] = _plain(appraisal.total(scores, weights))
    return found


def _annual(facts: Facts, given: Values) -> dict[str, Any]:
    """The months that were evaluated, and with the superior's score the year's score and grade."""
    held = {
        str(each.data["month"]): each.data["total"]
        for each in _own(facts, "evaluation", str(given.get("staff")))
        if str(each.data["month"])[:4] == str(given.get("year"))
    }
    months = given.get("months") or [{"month": month, "total": held[month]} for month in sorted(held)]
    found: dict[str, Any] = {"months": months} if months else {}
    superior: Any = given.get("superior_score")
    rules = personnel.policy(facts, str(given.get("created") or facts.today))
    totals: list[Any] = [each.get("total") for each in months if isinstance(each, Mapping)]
    if totals and rules.get("year") and _are_numbers(*totals, superior):
        score = appraisal.score(totals, superior, rules["year"])
        entry = appraisal.grade(score, rules.get("grades") or ())
        found["score"] = _plain(score)
        found |= {"grade": entry["grade"]} if entry else {}
    return found


def _handover(facts: Facts, given: Values) -> dict[str, Any]:
    """Who leaves by the departure hands over: what is still in that person's name."""
    departure = facts.corpus.records.get(str(given.get("departure")))
    if departure is None or departure.type.name != "departure":
        return {}
    staff = str(departure.data["staff"])
    items: dict[str, dict[str, Any]] = {}
    for held in custody.of(facts, staff, str(departure.data["last_day"])):
        what = f"{held.number} {facts.title(held.number)}"
        items.setdefault(held.number, {"what": what, "kind": _HANDED[held.kind]})
    return {"from": staff, **({"items": list(items.values())} if items else {})}


def _own(facts: Facts, name: str, staff: str) -> list[Record]:
    """A person's records of one type."""
    return [each for each in personnel.in_use(facts, name) if each.data["staff"] == staff]


def _are_numbers(*found: Any) -> bool:
    return all(isinstance(each, int | Decimal) and not isinstance(each, bool) for each in found)


def _plain(value: Decimal) -> int | Decimal:
    """As a person would write it."""
    text = appraisal.plain(value)
    return Decimal(text) if "." in text else int(text)


# How each kind of thing in somebody's name stands in a list of handover.
_HANDED = {"project": "project", "team": "project", "task": "task", "loan": "material", "record": "material"}

_OF_REGISTRY: Mapping[str, Callable[[Facts, Values], dict[str, Any]]] = {
    "service-review": _review,
    "evaluation": _evaluation,
    "annual-appraisal": _annual,
    "handover": _handover,
}
