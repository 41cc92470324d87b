"""Policies as typed values: series of numbers, chains of stages, and what a company settles for itself.

Policies are records; where one is missing the values here are the quiet defaults of an empty registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from muniment.findings import Text

DECISIONS = ("approved", "rejected", "withdrawn", "done", "imported")
_NUMBER = re.compile(r"(?P<letters>[A-Z]{2})(?P<digits>\d+)")


@dataclass(frozen=True)
class Series:
    """Numbers that share two letters: `XM2026001` is letters, year (of yearly series) and serial (R4.1.2)."""

    letters: str
    title: Text
    yearly: bool
    digits: int
    widen: bool
    folder: str
    first: Mapping[str, int]
    # Pages and rules ask for the same numbers over and over.
    _parsed: dict[str, tuple[str, int] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def parse(self, number: str) -> tuple[str, int] | None:
        """The year (empty for series without) and the serial of a well-formed number of this series."""
        if number not in self._parsed:
            self._parsed[number] = self._parse(number)
        return self._parsed[number]

    def _parse(self, number: str) -> tuple[str, int] | None:
        match = _NUMBER.fullmatch(number) if number.isascii() else None
        if match is None or match["letters"] != self.letters:
            return None
        digits = match["digits"]
        year, serial = (digits[:4], digits[4:]) if self.yearly else ("", digits)
        wide = self.widen and len(serial) > self.digits and serial[0] != "0"
        return (year, int(serial)) if len(serial) == self.digits or wide else None

    def number(self, year: str, serial: int) -> str:
        return f"{self.letters}{year if self.yearly else ''}{serial:0{self.digits}d}"

    def first_of(self, year: str) -> int:
        """The serial that the series begins with in `year`; series without years use any single entry."""
        if self.yearly:
            return self.first.get(year, 1)
        return next(iter(self.first.values()), 1)

    def is_full(self, serial: int) -> bool:
        return not self.widen and len(str(serial)) > self.digits

    def folder_of(self, number: str) -> str:
        """The record's folder relative to the registry; the path follows from the number alone."""
        parsed = self.parse(number)
        year = f"{parsed[0]}/" if parsed and self.yearly else ""
        return f"records/{self.folder}/{year}{number}"

    def path_of(self, number: str) -> str:
        return f"{self.folder_of(number)}/{number}.yaml"


@dataclass(frozen=True)
class Stage:
    """One step of a chain. A decision stage settles the content; an event stage follows when it happens."""

    name: str
    roles: tuple[str, ...]
    of_owner: bool = False
    event: bool = False
    becomes: str = ""
    details: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    evidence_required: bool = False


@dataclass(frozen=True)
class ForgeKey:
    """A key with which a forge signs the commits of its web editor, in force from `start` to `end`."""

    key: str
    committer: str
    start: str
    end: str


@dataclass(frozen=True)
class Policy:
    """All policies of a registry at one moment. `values` holds each policy's facts by name."""

    series: Mapping[str, Series]
    chains: Mapping[str, tuple[Stage, ...]]
    evidence: Mapping[str, str] = field(default_factory=dict)
    forge_keys: tuple[ForgeKey, ...] = ()
    time_zone: str = "Asia/Shanghai"
    importing: bool = False
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def series_of(self, number: str) -> Series | None:
        return self.series.get(number[:2])

    def path_of(self, number: str) -> str | None:
        """Where the record of this number belongs; `None` where no series has these letters."""
        if number[:1].islower():
            return f"records/policy/{number}/{number}.yaml"
        series = self.series_of(number)
        return series.path_of(number) if series and series.parse(number) else None

    def level_for(self, chain: str) -> str:
        """The least level of evidence that acts of `chain` need (trust.md)."""
        return self.evidence.get(chain, self.evidence.get("default", "declared"))

    @cached_property
    def kept(self) -> dict[str, object]:
        """What modules above have worked out of these policies, each under its own name, so that it is done once."""
        return {}

    @cached_property
    def zone(self) -> tzinfo:
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # A machine without a time-zone table: the registry's own dates are China's all the same.
            return timezone(timedelta(hours=8))

    def value(self, policy: str, *path: str, default: Any = None) -> Any:
        """The value at `path` inside the policy named `policy`, or `default`."""
        node: Any = self.values.get(policy, {})
        for name in path:
            # Facts are dictionaries; whether something else is a mapping takes ten times as long to find out.
            if (type(node) is not dict and not isinstance(node, Mapping)) or name not in node:
                return default
            node = node[name]
        return node

    @property
    def company(self) -> Text:
        names = self.value("organization", "company", default={})
        if isinstance(names, str):
            return Text(names, names)
        zh = str(names.get("zh") or names.get("en") or "")
        return Text(str(names.get("en") or zh), zh)


def of(records: Iterable[tuple[str, Mapping[str, Any]]]) -> Policy:
    """The policies among (name, facts) pairs; the facts have passed their schemas."""
    values = dict(records)
    review = values.get("review", {})
    numbering = values.get("numbering", {}).get("series", {})
    return Policy(
        series={letters: _series(letters, entry) for letters, entry in numbering.items()},
        chains={
            name: tuple(_stage(stage) for stage in stages)
            for name, stages in review.get("chains", {}).items()
        },
        evidence=review.get("evidence", {}),
        forge_keys=tuple(
            ForgeKey(str(key["key"]), str(key["committer"]), str(key.get("from", "")), str(key.get("to", "")))
            for key in review.get("forge_keys", ())
        ),
        time_zone=str(review.get("time_zone", "Asia/Shanghai")),
        importing=bool(review.get("importing", False)),
        values=values,
    )


def _series(letters: str, entry: Mapping[str, Any]) -> Series:
    title = entry.get("title", {})
    return Series(
        letters,
        Text(str(title.get("en", letters)), str(title.get("zh", letters))),
        bool(entry.get("yearly", True)),
        int(entry.get("digits", 3)),
        bool(entry.get("widen", False)),
        str(entry.get("folder", letters)).strip("/"),
        {str(year): int(first) for year, first in entry.get("first", {}).items()},
    )


def _stage(entry: Mapping[str, Any]) -> Stage:
    return Stage(
        str(entry["stage"]),
        tuple(entry.get("role", ())),
        entry.get("of") == "owner",
        bool(entry.get("event", False)),
        str(entry.get("becomes", "")),
        tuple(entry.get("details", ())),
        tuple(entry.get("optional", ())),
        entry.get("evidence") == "required",
    )
