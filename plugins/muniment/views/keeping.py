"""Keeping: how long a record is kept and where its paper lies, as its page says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muniment import i18n, retention
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.records import Record
from muniment.retention import Period
from muniment.tables import Cell
from muniment.views import documents, shelves, values, words
from muniment.views.values import Entry, Value


def entries(facts: Facts, record: Record, lang: Lang) -> tuple[Entry, ...]:
    """The schedule, the days that follow from it, and a hold; nothing for what no schedule covers."""
    return tuple(_entries(facts, record, lang))


def _entries(facts: Facts, record: Record, lang: Lang) -> Iterator[Entry]:
    _ = i18n.translator(lang)
    found = retention.period(facts, record)
    if found is None or record.number in facts.destroyed:
        return
    yield Entry("schedule", _("Schedule"), Value("text", rule_cell(facts, found, lang).text))
    if found.begins and not found.is_permanent:
        yield Entry("begins", _("Counts from"), Value("date", found.begins, note=found.begins))
    if found.expires:
        yield Entry("expires", _("Kept until"), Value("date", found.expires, note=found.expires))
    elif not found.is_permanent:
        yield Entry("expires", _("Kept until"), Value("text", _("not begun")))
    hold = retention.hold(record)
    if hold is not None:
        yield Entry("hold", _("On hold"), Value("text", f"{hold['since']} · {hold['reason']}"))


def paper(facts: Facts, record: Record, lang: Lang) -> tuple[Entry, ...]:
    """Where the paper lies, with its own number (互见号)."""
    place = record.data.get("paper")
    field = next((each for each in record.type.fields if each.name == "paper"), None)
    if not isinstance(place, Mapping) or field is None or record.number in facts.destroyed:
        return ()
    shown = values.entries(facts, field.fields, place, lang)
    number = shelves.references(facts).get(record.number)
    if number is None:
        return tuple(shown)
    _ = i18n.translator(lang)
    return (Entry("reference", _("Paper"), Value("code", number)), *shown)


def rule_cell(facts: Facts, period: Period | None, lang: Lang) -> Cell:
    """By which entry of the policy, and how long: `XM 项目文档 · 10 年`."""
    if period is None:
        return Cell()
    _ = i18n.translator(lang)
    table, name = (str(part) for part in period.schedule.source)
    if period.is_own:
        owner = _("the record itself")
    elif table == "classes":
        owner = documents.class_title(facts, name, lang)
    elif table == "kinds":
        owner = words.value(facts, "documents.kinds", name, lang) or name
    else:
        kind = facts.types.get(name)
        owner = values.heading(kind.title.render(lang), lang) if kind else name
    return Cell(f"{owner} · {_length(period, lang)}", "/".join((table, name)))


def _length(period: Period, lang: Lang) -> str:
    _ = i18n.translator(lang)
    if period.is_permanent:
        return _("for ever")
    if period.years is not None:
        return _("{n} years").format(n=period.years)
    return _("until {day}").format(day=period.expires) if period.expires else "—"
