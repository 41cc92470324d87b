"""Home: how the company stands, at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from muniment import audience, clauses, dashboards, dues, i18n, reports
from muniment.dashboards import Dashboard, Pictured
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Table
from muniment.views import addresses, documents, registers, values

_MOST = 8  # rows of a list on the home page
_FOUNDED = ("organization", "policy")  # groups of the records that a registry begins with
# Charts by report and name.
_PICTURES = (
    ("in-force", "classes"),
    ("pipeline", "stages"),
    ("trends", "shares"),
    ("trends", "satisfaction"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with what it counts; `link` from the language's root."""

    figure: int
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """Registers of one group with how many records each holds."""

    title: str
    registers: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Home:
    company: str
    today: str
    commit: str
    total: int
    is_new: bool
    cards: tuple[Card, ...]
    waiting: Table
    more_waiting: bool
    due: Table
    more_due: int
    reading: Table | None
    more_reading: int
    recent: Table
    retired: Table
    pictures: tuple[Pictured, ...]
    dashboards: tuple[Dashboard, ...]
    groups: tuple[Group, ...]


def view(facts: Facts, lang: Lang) -> Home:
    waiting = reports.catalogue()["waiting"].table(facts, lang)
    retired = reports.catalogue()["retired"].table(facts, lang)
    recent = reports.catalogue()["recent"].table(facts, lang)
    due = reports.catalogue()["due"].table(facts, lang)
    reading = reports.catalogue()["reading"].table(facts, lang)
    near = dashboards.Choice("due", "standing", ("overdue", "soon")).of(due)
    charts = {name: reports.catalogue()[name].charts(facts, lang) for name, _chart in _PICTURES}
    return Home(
        company=facts.policy.company.render(lang),
        today=facts.today,
        commit=facts.commit.id if facts.commit else "",
        total=len(facts.corpus),
        is_new=not facts.is_narrowed and all(record.type.group in _FOUNDED for record in facts.corpus),
        cards=tuple(_cards(facts, waiting, near, reading, retired, lang)),
        waiting=dashboards.excerpt(waiting, ("number", "title", "stage", "holders"), _MOST),
        more_waiting=len(waiting) > _MOST,
        due=dashboards.excerpt(near if near.rows else due, ("date", "kind", "number", "title", "who"), _MOST),
        more_due=max(len(due) - _MOST, 0),
        reading=None
        if audience.withholds(facts, "staff")
        else dashboards.excerpt(reading, ("staff", "number", "title", "due", "standing"), _MOST),
        more_reading=max(len(reading) - _MOST, 0),
        recent=dashboards.excerpt(
            recent, ("number", "title", "type", "department", "updated", "state"), _MOST
        ),
        retired=dashboards.excerpt(retired, ("number", "title", "date", "successor"), _MOST),
        pictures=tuple(dashboards.pictures(_PICTURES, charts)),
        dashboards=dashboards.DASHBOARDS,
        groups=tuple(_groups(facts, lang)),
    )


def _groups(facts: Facts, lang: Lang) -> Iterator[Group]:
    """The registers that hold something; the page of all registers tells about the others."""
    for name, title, kinds in registers.groups(facts, lang):
        entries = tuple(
            (values.heading(kind.title.render(lang), lang), addresses.register(kind.name), count)
            for kind in kinds
            if (count := len(facts.corpus.by_type.get(kind.name, ())))
        )
        if entries and name != "policy":
            yield Group(title, entries)


def _cards(
    facts: Facts, waiting: Table, near: Table, reading: Table, retired: Table, lang: Lang
) -> Iterable[Card]:
    _ = i18n.translator(lang)
    yield Card(len(documents.in_force(facts)), _("Documents in force"), _("the master list"), "documents/")
    yield Card(len(waiting), _("Waiting"), _("for a decision or an event"), addresses.report("waiting"))
    yield Card(
        len(near),
        _("Falling due"),
        _("overdue or within {n} days").format(n=dues.SOON),
        addresses.report("due"),
    )
    if not audience.withholds(facts, "staff"):
        late = len(dashboards.Choice("reading", "standing", ("late",)).of(reading))
        yield Card(
            len(reading), _("To be read"), _("of these {n} late").format(n=late), addresses.report("reading")
        )
    if "project" in facts.types:
        open_projects = [record for record in facts.corpus.of("project") if not _is_over(record)]
        yield Card(
            len(open_projects),
            _("Projects under way"),
            _("of {n}").format(n=len(facts.corpus.by_type.get("project", ()))),
            addresses.register("project"),
        )
    yield Card(len(retired), _("Retired documents"), _("not to be used"), addresses.report("retired"))
    yield Card(
        len(clauses.CLAUSES),
        _("Clauses of the regulation"),
        _("and what puts each into effect"),
        addresses.report("coverage"),
    )


def _is_over(record: Record) -> bool:
    return bool(record.data.get("closed")) or record.data.get("stage") in ("closed", "declined", "cancelled")
