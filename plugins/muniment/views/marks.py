"""Marks: what a page or a sheet with anything classified on it bears at its head: level, owner and term (R5.2.4).

A page that gathers records bears the highest level of what it shows and the latest term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import cast

from muniment import audience, classification, clearance
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Table
from muniment.views import words

_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{3,}(?![A-Za-z0-9])")
_FOREVER = Text("permanently", "长期")
_UNPUBLISHED = Text("until publication", "公布前")


@dataclass(frozen=True, slots=True)
class Mark:
    level: str
    text: str

    @property
    def html(self) -> str:
        return f'<p class="mu-mark" data-level="{escape(self.level)}">{escape(self.text)}</p>\n'


def classified(facts: Facts) -> Mapping[str, Record]:
    """The records above the level of all staff, by number."""
    if "classified" not in facts.kept:
        facts.kept["classified"] = {
            record.number: record for record in facts.corpus if facts.level(record) not in clearance.OPEN
        }
    return cast(Mapping[str, Record], facts.kept["classified"])


def named(text: str) -> set[str]:
    """The numbers in a text."""
    return set(_NUMBER.findall(text))


def of(facts: Facts, numbers: Iterable[str], lang: Lang) -> Mark | None:
    """The mark of what shows these records; None where none of them is classified."""
    known = classified(facts)
    shown = [known[number] for number in numbers if number in known]
    if not shown:
        return None
    level = audience.highest(facts.policy, (facts.level(record) for record in shown))
    term = _term([classification.term(record) for record in shown]).render(lang)
    owner = str(facts.policy.value("organization", "short", default="") or facts.policy.company.render(lang))
    return Mark(level, " · ".join(part for part in (words.level(level, lang), owner, term) if part))


def _term(terms: list[str]) -> Text:
    """The longest of some terms; nobody knows the day on which something will be published."""
    if not all(terms):
        return _FOREVER
    if classification.PUBLICATION in terms:
        return _UNPUBLISHED
    last = max(terms)
    return Text(f"until {last}", last)


def of_table(facts: Facts, table: Table, lang: Lang) -> Mark | None:
    if not classified(facts):
        return None
    return of(facts, in_table(table), lang)


def in_table(table: Table) -> set[str]:
    """The numbers that a table names."""
    return {number for row in table.rows for cell in row for number in _numbers(cell)}


def _numbers(cell: Cell) -> Iterator[str]:
    values = cell.value if isinstance(cell.value, list) else [cell.value]
    yield from (value for value in values if isinstance(value, str))
    if cell.key:
        yield cell.key
    for part in cell.parts:
        yield from _numbers(part)
