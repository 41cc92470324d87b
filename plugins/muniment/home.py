"""Home: how the company stands, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from muniment import clauses, i18n, lifecycle, reports
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Table
from muniment.views import addresses, documents, registers, values, words

_MOST = 8  # rows of a list on the home page


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with what it counts; `link` from the language's root."""

    figure: int
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Stage:
    """How many projects stand at a stage; `link` shows them in their register."""

    name: str
    title: str
    count: int
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
    cards: tuple[Card, ...]
    chart: Chart
    waiting: Table
    more_waiting: bool
    recent: Table
    retired: Table
    stages: tuple[Stage, ...]
    groups: tuple[Group, ...]


def view(facts: Facts, lang: Lang) -> Home:
    waiting = reports.catalogue()["waiting"].table(facts, lang)
    retired = reports.catalogue()["retired"].table(facts, lang)
    recent = reports.catalogue()["recent"].table(facts, lang)
    return Home(
        company=facts.policy.company.render(lang),
        today=facts.today,
        commit=facts.commit.id if facts.commit else "",
        total=len(facts.corpus),
        cards=tuple(_cards(facts, waiting, retired, lang)),
        chart=chart(facts, lang),
        waiting=_columns(waiting, ("number", "title", "stage", "holders")),
        more_waiting=len(waiting) > _MOST,
        recent=_columns(recent, ("number", "title", "updated", "state")),
        retired=_columns(retired, ("number", "title", "date", "successor")),
        stages=stages(facts, lang),
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


def _cards(facts: Facts, waiting: Table, retired: Table, lang: Lang) -> Iterable[Card]:
    _ = i18n.translator(lang)
    yield Card(len(documents.in_force(facts)), _("Documents in force"), _("the master list"), "documents/")
    yield Card(len(waiting), _("Waiting"), _("for a decision or an event"), addresses.report("waiting"))
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


def _columns(table: Table, names: tuple[str, ...]) -> Table:
    """The first rows of a table with some of its columns."""
    at = {column.name: index for index, column in enumerate(table.columns)}
    picked = [at[name] for name in names]
    return Table(
        table.title,
        tuple(table.columns[index] for index in picked),
        tuple(tuple(row[index] for index in picked) for row in table.rows[:_MOST]),
        table.empty,
    )


def stages(facts: Facts, lang: Lang) -> tuple[Stage, ...]:
    """Projects by stage, in the order of the stages."""
    kind = facts.types.get("project")
    field = next((each for each in kind.fields if each.name == kind.state_field), None) if kind else None
    if kind is None or field is None:
        return ()
    counts = Counter(str(record.data.get(field.name)) for record in facts.corpus.of(kind.name))
    found = []
    for name in field.values:
        title = words.state_name(facts, kind, name, lang)
        if counts[name]:
            link = f"{addresses.register(kind.name)}?{urlencode({field.name: title})}"
            found.append(Stage(name, title, counts[name], link))
    return tuple(found)


def chart(facts: Facts, lang: Lang) -> Chart:
    """Documents by class: in force, on their way, no longer in force."""
    _ = i18n.translator(lang)
    counts: Mapping[tuple[str, int], int] = Counter(
        (str(record.data.get("class") or ""), _standing(facts, record)) for record in documents.of(facts)
    )
    return Chart(
        "documents",
        _("Documents by class"),
        "bars",
        _("Class"),
        (
            Series("in_force", _("in force")),
            Series("in_preparation", _("in preparation"), "warning"),
            Series("retired", _("retired"), "muted"),
        ),
        tuple(
            Row(
                index.value,
                documents.class_title(facts, index.value, lang),
                tuple(counts[index.value, standing] for standing in range(3)),
                addresses.documents("class", index.value),
            )
            for index in documents.indexes(facts, lang)["class"]
        ),
    )


def _standing(facts: Facts, record: Record) -> int:
    if facts.state(record.number) in lifecycle.ENDED:
        return 2
    return 0 if documents.is_in_force(facts, record) else 1
