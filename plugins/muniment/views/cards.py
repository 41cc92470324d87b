"""Cards: what the search page knows of each record, by what its finds are narrowed, and where each number leads."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from muniment import i18n, lifecycle
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.pages import Card
from muniment.records import Record
from muniment.tables import to_json
from muniment.views import addresses, documents, shelves, values, words
from muniment.views.record import RecordView
from muniment.views.values import Entry, Value

FACETS = ("type", "class", "year", "state", "department", "level")
# People do not act on these any more, so they are found only by those who ask for them; a void number says that it is void.
_ENDED = tuple(state for state in lifecycle.ENDED if state != "void")
_ASIDE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet: `count` tells how many records have it that have not ended, `ended` how many that have."""

    value: str
    title: str
    count: int
    ended: int


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    options: tuple[Option, ...]


def card(facts: Facts, record: Record, view: RecordView, body: str) -> Card:
    """`body` is the plain text of the record's body."""
    kind = record.type.title
    attached = (
        part
        for each in view.attachments
        for part in (each.name, each.title if each.title != each.name else "")
    )
    said = (
        body,
        *_of_entries((*view.facts, *view.sections)),
        *attached,
        facts.title(record.department) if record.department else "",
        shelves.references(facts).get(record.number, ""),
    )
    names = f"{record.number} {record.title} {kind.zh} {kind.en}"
    return Card(record.number, record.title, names, " · ".join(part for part in said if part))


def _of_entries(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield from _of_value(entry.value)


def _of_value(value: Value) -> Iterator[str]:
    """The words of a value, however it is nested. Nobody looks for a day by its figures alone."""
    if value.kind in ("name", "reference"):
        yield f"{value.note} {value.text}".strip()
    elif value.kind not in ("date", "time"):
        yield value.text
    for inner in (*value.items, *(cell for row in value.rows for cell in row)):
        yield from _of_value(inner)
    yield from _of_entries(value.entries)


# -- Facets ---------------------------------------------------------------------------------------------------


def has_ended(facts: Facts, record: Record) -> bool:
    """Whether a record is found only by those who ask for what is no longer in force."""
    return facts.state(record.number) in _ENDED and record.type.chain != lifecycle.DISPOSAL


def of_record(facts: Facts, record: Record) -> tuple[str, ...]:
    """The record's value of each facet, in their order; empty where it has none."""
    policy = facts.policy
    created = str(record.data.get("created") or record.data.get("date") or "")
    own_class = str(record.data.get("class") or "") if "kind" in record.data else ""
    return (
        record.type.name,
        own_class if own_class in policy.series else "",
        addresses.year_of(policy, record.number) or created[:4],
        facts.state(record.number),
        record.department or "",
        facts.level(record),
    )


def facets(facts: Facts, lang: Lang) -> tuple[Facet, ...]:
    """What the search page offers to choose from, with the number of records of each."""
    _ = i18n.translator(lang)
    titles = {
        "type": _("Type"),
        "class": _("Class"),
        "year": _("Year"),
        "state": _("State"),
        "department": _("Department"),
        "level": _("Level"),
    }
    counts: list[Counter[str]] = [Counter() for _name in FACETS]
    ended: list[Counter[str]] = [Counter() for _name in FACETS]
    labels: list[dict[str, str]] = [{} for _name in FACETS]
    for record in facts.corpus:
        into = ended if has_ended(facts, record) else counts
        for place, value in enumerate(of_record(facts, record)):
            if value:
                into[place][value] += 1
                labels[place].setdefault(value, _title(facts, FACETS[place], value, record, lang))
    return tuple(
        Facet(name, titles[name], tuple(_options(name, counts[place], ended[place], labels[place])))
        for place, name in enumerate(FACETS)
    )


def _options(
    name: str, counts: Mapping[str, int], ended: Mapping[str, int], labels: Mapping[str, str]
) -> Iterator[Option]:
    """Years with the newest first, classes and levels in their own order, the rest with the most frequent first."""
    if name == "year":
        order = sorted(labels, reverse=True)
    elif name in ("class", "department"):
        order = sorted(labels)
    elif name == "level":
        known = list(words.LEVELS)
        order = sorted(labels, key=lambda value: known.index(value) if value in known else len(known))
    else:
        order = sorted(labels, key=lambda value: (-counts.get(value, 0) - ended.get(value, 0), value))
    for value in order:
        yield Option(value, labels[value], counts.get(value, 0), ended.get(value, 0))


def _title(facts: Facts, facet: str, value: str, record: Record, lang: Lang) -> str:
    if facet == "type":
        return values.heading(record.type.title.render(lang), lang)
    if facet == "class":
        return documents.class_title(facts, value, lang)
    if facet == "state":
        return values.heading(words.state(facts, record, lang), lang)
    if facet == "department":
        return facts.title(value)
    if facet == "level":
        return values.heading(words.level(value, lang), lang)
    return value


def facets_json(facts: Facts) -> bytes:
    """`search/facets.json`: the values of each facet, and for each record its number, its place below the site's root, whether it
    has ended, its date, and the places of its values (-1: none).
    """
    known: list[dict[str, int]] = [{} for _name in FACETS]
    rows = []
    for record in facts.corpus:
        places = [
            known[at].setdefault(value, len(known[at])) if value else -1
            for at, value in enumerate(of_record(facts, record))
        ]
        when = str(record.data.get("updated") or record.data.get("created") or "")
        url = addresses.record(facts.policy, record.number)
        rows.append([record.number, url, int(has_ended(facts, record)), when, *places])
    return to_json({"facets": {name: list(known[at]) for at, name in enumerate(FACETS)}, "rows": rows})


# -- Numbers --------------------------------------------------------------------------------------------------


def plain(number: str) -> str:
    """A number as it is looked up: no blanks, hyphens or full-width signs, in capitals."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", number)).upper()


def numbers_json(facts: Facts) -> bytes:
    """`search/numbers.json`: where every number leads. `also` has the other names of a record: the number of its paper (互见号), and
    one that it bore before.
    """
    folders: dict[str, list[str]] = {}
    known = set()
    for record in facts.corpus:
        above, _, name = addresses.record(facts.policy, record.number).rstrip("/").rpartition("/")
        folders.setdefault(f"{above}/", []).append(name)
        known.add(plain(name))
    also: dict[str, str] = {}
    moved = facts.ledger.moved if facts.ledger else {}
    for other, number in (*_papers(facts), *moved.items()):
        key = plain(other)
        if key and key not in known and number in facts.corpus.records:
            also.setdefault(key, addresses.record(facts.policy, number))
    return to_json({"folders": folders, "also": also})


def _papers(facts: Facts) -> Iterator[tuple[str, str]]:
    for number, reference in shelves.references(facts).items():
        yield reference, number
