"""Shelves: what lies in the archive room, box by box, with the numbers that paper and file carry of each other (R4.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from muniment import i18n, loans, retention
from muniment.audience import levels
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.loans import Loan
from muniment.recall import recalled
from muniment.records import Record
from muniment.views import addresses, documents


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in its box. `reference` is the paper's own number (互见号), which the file's page carries, as the paper bears the
    number of the file; `loan` has it while it is out.
    """

    record: Record
    item: int
    reference: str
    pages: int
    url: str
    loan: Loan | None


@dataclass(frozen=True, slots=True)
class Box:
    """One box: papers of one class and one year. `level` is the highest of what lies in it, `kept` its longest period."""

    room: str
    shelf: str
    name: str
    group: str
    title: str
    year: str
    papers: tuple[Paper, ...]
    level: str
    kept: str

    @property
    def pages(self) -> int:
        return sum(paper.pages for paper in self.papers)

    @property
    def first(self) -> str:
        return self.papers[0].record.number

    @property
    def last(self) -> str:
        return self.papers[-1].record.number


def boxes(facts: Facts, lang: Lang) -> tuple[Box, ...]:
    """All boxes by room, shelf and name; what was destroyed lies in none any more."""
    held: dict[tuple[str, str, str], list[Record]] = {}
    for record in facts.corpus:
        place = record.data.get("paper")
        if place and facts.state(record.number) not in ("disposed", "void"):
            key = (str(place["room"]), str(place["shelf"]), str(place["box"]))
            held.setdefault(key, []).append(record)
    out = {loan.document: loan for loan in loans.loans(facts) if loan.is_out and loan.medium == "paper"}
    return tuple(_box(facts, place, records, out, lang) for place, records in sorted(held.items()))


def _box(
    facts: Facts, place: tuple[str, str, str], records: list[Record], out: dict[str, Loan], lang: Lang
) -> Box:
    papers = tuple(_papers(facts, place[2], records, out))
    first = records[0].number
    order = levels(facts.policy)
    level = max((facts.level(record) for record in records), key=order.index)
    return Box(
        *place,
        first[:2],
        documents.class_title(facts, first[:2], lang),
        addresses.year_of(facts.policy, first),
        papers,
        level,
        _longest(facts, records, lang),
    )


def _papers(facts: Facts, box: str, records: list[Record], out: dict[str, Loan]) -> Iterator[Paper]:
    """By their place in the box; what states none follows in the order of the numbers."""
    ordered = sorted(records, key=lambda record: (int(record.data["paper"].get("item") or 0), record.number))
    last = 0
    placed = [record for record in ordered if record.data["paper"].get("item")]
    last = 0
    for record in (*placed, *(record for record in ordered if record not in placed)):
        last = int(record.data["paper"].get("item") or last + 1)
        yield Paper(
            record,
            last,
            f"{box}-{last:03d}",
            int(record.data["paper"].get("pages") or 0),
            addresses.record(facts.policy, record.number),
            out.get(record.number),
        )


def _longest(facts: Facts, records: list[Record], lang: Lang) -> str:
    """The longest period of what lies in a box, since the box stays as long as its last paper."""
    _ = i18n.translator(lang)
    periods = [found for record in records if (found := retention.period(facts, record)) is not None]
    if any(found.is_permanent for found in periods):
        return _("for ever")
    years = max((found.years for found in periods if found.years is not None), default=0)
    if years:
        return _("{n} years").format(n=years)
    until = max((found.expires for found in periods), default="")
    return _("until {day}").format(day=until) if until else ""


@recalled
def references(facts: Facts) -> Mapping[str, str]:
    """The paper's own number, by the number of its file; none for what was destroyed."""
    return {paper.record.number: paper.reference for box in boxes(facts, "zh") for paper in box.papers}
