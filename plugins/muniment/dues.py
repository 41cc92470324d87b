"""Dues: the days on which something has to be done or comes to an end, as events of a calendar and as entries of feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from muniment import i18n, loans, retention
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.views import addresses

# A calendar is for what people can still prepare for; a record that is kept until 2070 would only fill it.
AHEAD = 24  # months
BEHIND = 24


@dataclass(frozen=True, slots=True)
class Due:
    """One day on which something about a record falls due. `kind` and `number` make the event the same one in every build, so
    that a calendar moves it instead of adding another; `part` tells apart several of one kind.
    """

    kind: str
    number: str
    day: str
    title: str
    text: str = ""
    part: str = ""

    @property
    def key(self) -> str:
        return "-".join(each for each in (self.kind, self.number, self.part) if each)


Source = Callable[[Facts, Lang], Iterable[Due]]


def dues(facts: Facts, lang: Lang) -> tuple[Due, ...]:
    """Everything that falls due two years back and ahead, by day."""
    first, last = retention.in_months(facts.today, -BEHIND), retention.in_months(facts.today, AHEAD)
    found = [due for source in SOURCES for due in source(facts, lang) if first <= due.day <= last]
    return tuple(sorted(found, key=lambda due: (due.day, due.key)))


# -- What falls due: one function for each kind ----------------------------------------------------------------


def expiries(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Records whose period is over; those on hold are not due, whatever the day."""
    _ = i18n.translator(lang)
    words = {"review": _("{number} to be appraised"), "destroy": _("{number} to be destroyed")}
    for fate in retention.fates(facts):
        if fate.standing in ("running", "due") and fate.period is not None:
            record = fate.record
            title = words.get(fate.period.schedule.action, words["review"]).format(number=record.number)
            yield Due("retention", record.number, fate.period.expires, title, record.title)


def returns(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Loans that are out."""
    _ = i18n.translator(lang)
    for loan in loans.loans(facts):
        if loan.is_out:
            title = _("{number} due back: {document}").format(number=loan.number, document=loan.document)
            text = f"{facts.title(loan.borrower)} · {facts.title(loan.document)}"
            yield Due("loan", loan.number, loan.due, title, text)


def disposals(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Lists that are approved and wait to be carried out, on the day of the approval."""
    _ = i18n.translator(lang)
    for disposal in retention.disposals(facts):
        steps = facts.standings[disposal.number].steps
        waiting = facts.standings[disposal.number].waiting
        acts = [step.act for step in steps if step.act and step.is_done]
        if waiting is not None and waiting.becomes == "disposed" and acts:
            title = _("{number} to be carried out").format(number=disposal.number)
            yield Due("disposal", disposal.number, acts[-1].date[:10], title, disposal.title)


SOURCES: tuple[Source, ...] = (expiries, returns, disposals)


# -- As a calendar (RFC 5545) -----------------------------------------------------------------------------------


def calendar(facts: Facts, lang: Lang, site: str = "") -> bytes:
    """`due.ics`: an all-day event for each due. The same facts give the same bytes: an event is stamped with the day of its
    record's present wording, never with the clock's.
    """
    _ = i18n.translator(lang)
    name = _("{company}: what falls due").format(company=facts.policy.company.render(lang))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Muniment//due//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for due in dues(facts, lang):
        lines += _event(facts, due, lang, site)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def _event(facts: Facts, due: Due, lang: Lang, site: str) -> Iterator[str]:
    record = facts.corpus.records.get(due.number)
    stamp = (str(record.data.get("updated") or record.data.get("created") or "") if record else "") or due.day
    url = addresses.record(facts.policy, due.number)
    prefix = "" if lang == i18n.LANGS[0] else f"{lang}/"
    day = date.fromisoformat(due.day)
    yield "BEGIN:VEVENT"
    yield f"UID:{due.key}@{_realm(facts)}"
    yield f"DTSTAMP:{stamp[:10].replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(due.title)}"
    if due.text:
        yield f"DESCRIPTION:{escaped(due.text)}"
    yield f"CATEGORIES:{due.kind.upper()}"
    if site:
        yield f"URL:{site}{prefix}{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _realm(facts: Facts) -> str:
    """What tells this registry's events from another's: made of the company's name, since a site may move."""
    company = facts.policy.company
    return f"{hashlib.sha256(f'{company.zh}/{company.en}'.encode()).hexdigest()[:12]}.muniment"


def escaped(text: str) -> str:
    """Text as a value: backslash, comma, semicolon and line break have a meaning of their own."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, none of which cuts a character, with the end that the standard asks for."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
