"""Home: how the company stands, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from muniment import i18n, lifecycle, reports
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Table
from muniment.views import addresses, documents, registers, values, words

_MOST = 8  # rows of a list on the home page
_ROW, _TOP, _LABEL, _WIDTH = 34, 36, 170, 640  # of the chart, in its own units


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with what it counts; `link` from the language's root."""

    figure: int
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: `tone` is the chart class's ending, empty for the ordinary one."""

    x: int
    width: int
    tone: str
    count: int
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart; `counts` stand in the table beside it in the order of the chart's heads."""

    label: str
    link: str
    y: int
    end: int
    segments: tuple[Segment, ...]
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Documents by class and standing: bars for the eye, the same counts as a table."""

    heads: tuple[str, ...]
    legend: tuple[Segment, ...]
    bars: tuple[Bar, ...]
    width: int
    height: int


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
    heads = (_("in force"), _("in preparation"), _("retired"))
    tones = ("", "warning", "muted")
    counts: Mapping[tuple[str, int], int] = Counter(
        (str(record.data.get("class") or ""), _standing(facts, record)) for record in documents.of(facts)
    )
    names = [index.value for index in documents.indexes(facts, lang)["class"]]
    most = max((sum(counts[name, kind] for kind in range(3)) for name in names), default=0) or 1
    bars = []
    for place, name in enumerate(names):
        row = tuple(counts[name, kind] for kind in range(3))
        x, segments = _LABEL, []
        for count, tone, head in zip(row, tones, heads, strict=True):
            width = max(round(count / most * (_WIDTH - _LABEL - 60)), 2)
            if count:
                segments.append(Segment(x, width, tone, count, head))
                x += width
        title = documents.class_title(facts, name, lang)
        y = _TOP + place * _ROW
        link = addresses.documents("class", name)
        bars.append(Bar(title, link, y, x + 8, tuple(segments), row, sum(row)))
    legend = tuple(
        Segment(_LABEL + index * 150, 14, tone, 0, head)
        for index, (tone, head) in enumerate(zip(tones, heads, strict=True))
    )
    return Chart(heads, legend, tuple(bars), _WIDTH, _TOP + len(bars) * _ROW)


def _standing(facts: Facts, record: Record) -> int:
    if facts.state(record.number) in lifecycle.ENDED:
        return 2
    return 0 if documents.is_in_force(facts, record) else 1
