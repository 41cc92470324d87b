"""Documents: which are in force, and the ways to find them by class, year, kind, department and state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from muniment import i18n, lifecycle
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.tables import Table
from muniment.views import addresses, registers, values, words

GROUP = "documents"
# States in which people may act on a document; a type without a chain is in force as it is written.
_IN_FORCE = ("published", "signed", "confirmed", "in_force", "registered")
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
    found = [record for record in facts.corpus if record.type.group == GROUP]
    found.sort(
        key=lambda record: (addresses.year_of(facts.policy, record.number), record.number), reverse=True
    )
    return found


def is_in_force(facts: Facts, record: Record) -> bool:
    """Whether people may act on it today: through its chain, its day has come, and not retired."""
    state = facts.state(record.number)
    if state in lifecycle.ENDED or str(record.data.get("effective") or "") > facts.today:
        return False
    return state in _IN_FORCE if record.type.chain else True


def in_force(facts: Facts) -> list[Record]:
    return [record for record in of(facts) if is_in_force(facts, record)]


def master_list(facts: Facts, lang: Lang) -> Table:
    """受控文件清单: the controlled documents in force."""
    _ = i18n.translator(lang)
    return registers.listing(
        facts,
        _("Master list of documents in force"),
        COLUMNS,
        in_force(facts),
        lang,
        _("No document is in force yet. A document appears here once its last review stage is approved."),
    )


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
