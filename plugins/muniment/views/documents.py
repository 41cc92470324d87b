"""Documents: which are in force, and the ways to find them by class, year, kind, department and state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from muniment import i18n, lifecycle, validity
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.recall import recalled
from muniment.records import Record
from muniment.tables import Cell, Table
from muniment.validity import Period
from muniment.views import addresses, registers, values, words

MASTER_LIST = "in-force"  # the report's name
COLUMNS = ("number", "title", "type", "kind", "department", "revision", "updated", "state", "level")
INDEXES = ("class", "year", "kind", "department", "state")


@dataclass(frozen=True, slots=True)
class Index:
    """One page of documents: those whose `by` is `value`. `retired` ones are in the lists of their own state only."""

    by: str
    value: str
    title: str
    url: str
    records: tuple[Record, ...]


def of(facts: Facts) -> list[Record]:
    """Every document, newest first."""
    found = [record for record in facts.corpus if record.type.group == validity.GROUP]
    found.sort(key=lambda record: _newest(facts, record), reverse=True)
    return found


def in_force(facts: Facts, day: str = "") -> list[Period]:
    """The revisions that people may act on today, or could on a day before, newest documents first."""
    found = validity.on(facts, day or facts.today)
    found.sort(key=lambda period: _newest(facts, period.record), reverse=True)
    return found


def is_in_force(facts: Facts, record: Record) -> bool:
    """Whether a revision of the document holds today."""
    return any(period.holds(facts.today) for period in validity.every(facts).get(record.number, ()))


def master_list(facts: Facts, lang: Lang, day: str = "") -> Table:
    """受控文件清单: the controlled documents in force today, or on a day before, each in the revision that held."""
    _ = i18n.translator(lang)
    title = _("Master list of documents in force") + (f" {day}" if day else "")
    empty = _("No document is in force yet. A document appears here once its last review stage is approved.")
    rows = (
        _as_then(facts, period, _row(facts, period.record, lang), lang) for period in in_force(facts, day)
    )
    return replace(every(facts, lang), title=title, rows=tuple(rows), empty=empty)


def _row(facts: Facts, record: Record, lang: Lang) -> tuple[Cell, ...]:
    """A document's row in any list; those of all documents as they are today are made once for all lists."""
    if record is facts.corpus.records.get(record.number):
        return _rows(facts, lang)[record.number]
    return registers.listing(facts, "", COLUMNS, (record,), lang).rows[0]


@recalled
def _rows(facts: Facts, lang: Lang) -> Mapping[str, tuple[Cell, ...]]:
    return {str(row[0].value): row for row in every(facts, lang).rows}


def _as_then(facts: Facts, period: Period, row: tuple[Cell, ...], lang: Lang) -> tuple[Cell, ...]:
    """A row whose revision has been replaced since leads to that revision, and says the state that it had."""
    record = period.record
    if record is facts.corpus.records.get(record.number) and not period.end:
        return row
    link = revision_link(facts, record)
    cells = dict(zip(COLUMNS, row, strict=True))
    cells["number"] = replace(cells["number"], link=link)
    cells["title"] = replace(cells["title"], link=link)
    cells["state"] = Cell(words.any_state(facts, "published", lang), "published", tone="published")
    return tuple(cells.values())


def revision_link(facts: Facts, record: Record) -> str:
    """The page of a document in the revision that `record` is."""
    if record.revision == facts.corpus.records[record.number].revision:
        return addresses.record(facts.policy, record.number)
    return addresses.revision(facts.policy, record.number, record.revision)


def _newest(facts: Facts, record: Record) -> tuple[str, str]:
    return addresses.year_of(facts.policy, record.number), record.number


@recalled
def every(facts: Facts, lang: Lang) -> Table:
    """All documents, whatever their state; the indexes take their rows from here, made once for all of them."""
    _ = i18n.translator(lang)
    empty = _("There is no such document yet.")
    return registers.listing(facts, _("Documents"), COLUMNS, of(facts), lang, empty)


def table(index: Index, every: Table) -> Table:
    """The rows of one index out of the table of all documents."""
    wanted = {record.number for record in index.records}
    return replace(every, title=index.title, rows=tuple(row for row in every.rows if row[0].value in wanted))


def indexes(facts: Facts, lang: Lang) -> Mapping[str, tuple[Index, ...]]:
    """Every index by what it sorts by. Classes, departments and states are there even where nothing stands in them."""
    documents = of(facts)
    live = [record for record in documents if facts.state(record.number) not in lifecycle.ENDED]
    policy = facts.policy
    classes = tuple(str(name) for name in policy.value("documents", "kinds", default={}))
    departments = tuple(record.number for record in facts.corpus.of("department"))

    def year(record: Record) -> str:
        return addresses.year_of(policy, record.number)

    def own(name: str) -> Callable[[Record], str]:
        return lambda record: str(record.data.get(name) or "")

    return {
        "class": _indexes("class", live, own("class"), classes, lambda name: class_title(facts, name, lang)),
        "year": tuple(reversed(_indexes("year", live, year, (), lambda name: name))),
        "kind": _indexes("kind", live, own("kind"), (), _kind_title(facts, live, lang)),
        "department": _indexes("department", live, own("department"), departments, facts.title),
        "state": _indexes(
            "state",
            documents,
            lambda record: facts.state(record.number),
            ("draft", "in_review", "published", "retired"),
            lambda name: words.any_state(facts, name, lang),
        ),
    }


def _indexes(
    by: str,
    records: Iterable[Record],
    key: Callable[[Record], str],
    always: tuple[str, ...],
    title: Callable[[str], str],
) -> tuple[Index, ...]:
    found: dict[str, list[Record]] = {name: [] for name in always}
    for record in records:
        found.setdefault(key(record), []).append(record)
    names = [*always, *sorted(name for name in found if name not in always)]
    return tuple(
        Index(by, name, title(name), addresses.documents(by, name), tuple(found[name]))
        for name in names
        if name
    )


def class_title(facts: Facts, name: str, lang: Lang) -> str:
    """`XM 项目文档`: the letters, and what the numbering policy calls them."""
    series = facts.policy.series.get(name)
    return f"{name} {series.title.render(lang)}" if series else name


def _kind_title(facts: Facts, records: Iterable[Record], lang: Lang) -> Callable[[str], str]:
    """The words that any of the types has for a kind."""
    fields = {record.type.name: registers.field_of(record, "kind") for record in records}

    def title(name: str) -> str:
        texts = (values.text_of(facts, field, name, lang) for field in fields.values())
        return values.heading(next((text for text in texts if text != name), name), lang)

    return title
