"""Addresses: where each page of the site is, from the root of its language, always with a slash at the end.

They never change (design.md): a record's follows from its number alone.
"""

from __future__ import annotations

import re

from muniment.policy import Policy
from muniment.recall import recalled

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def slug(text: str) -> str:
    """A name that is safe in an address and in a path, and different for different texts."""
    return _UNSAFE.sub(lambda match: f"~{ord(match[0]):x}~", text)


@recalled
def record(policy: Policy, number: str) -> str:
    """The page of a record; the year is left out for series that have none."""
    series = policy.series_of(number)
    parsed = series.parse(number) if series else None
    if series is None or parsed is None:
        # A policy is called by its name; anything else is a number that the check complains about.
        is_policy = number in policy.values and slug(number) == number
        return f"records/{'policy' if is_policy else 'other'}/{slug(number)}/"
    year = f"{parsed[0]}/" if series.yearly else ""
    return f"records/{series.letters}/{year}{number}/"


def evidence(policy: Policy, number: str) -> str:
    return f"{record(policy, number)}evidence/"


def revisions(policy: Policy, number: str, pair: tuple[int, int] | None = None) -> str:
    """The page of a record's revisions, or of the difference between two of them."""
    return f"{record(policy, number)}revisions/{f'{pair[0]}-{pair[1]}/' if pair else ''}"


def revision(policy: Policy, number: str, revision: int) -> str:
    """The page of a record in one of its earlier revisions."""
    return f"{record(policy, number)}revisions/{revision}/"


@recalled
def year_of(policy: Policy, number: str) -> str:
    """The year in a number, empty where its series has none."""
    series = policy.series_of(number)
    parsed = series.parse(number) if series else None
    return parsed[0] if parsed else ""


def register(type_name: str, year: str = "") -> str:
    return f"registers/{slug(type_name)}/{year}{'/' if year else ''}"


def form(type_name: str) -> str:
    """The sheet of a type to be filled in by hand."""
    return f"{register(type_name)}form/"


def report(name: str) -> str:
    return f"reports/{slug(name)}/"


def dashboard(name: str) -> str:
    return f"dashboards/{slug(name)}/"


def search() -> str:
    return "search/"


def audit() -> str:
    return "audit/"


def rule(code: str) -> str:
    return f"rules/{slug(code)}/"


def documents(index: str, value: str) -> str:
    """An index of documents: by `class`, `year`, `kind`, `department` or `state`."""
    return f"documents/{index}/{slug(value)}/"
