"""Tickets by quarter and cause

How many problems clients reported in each quarter, what caused them, how many were solved in time and how content the clients
were. A ticket belongs to the quarter in which it was reported; its cause is entered once it is known (R2.4.3, R2.4.4).
---
服务记录单趋势

每个季度客户报告了多少问题、由什么引起、多少按时解决、客户是否满意。按报告时间归入季度；原因在查明后填写。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from muniment import i18n, tickets
from muniment.charts import Chart, Row, Series, Tone
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import service, trends, words

NAME = "ticket-trends"
TITLE = Text("Tickets by quarter and cause", "服务记录单趋势")
CLAUSES = ("R2.4.3", "R2.4.4", "R1.3")
ORDER = 45
_UNSTATED = ""
_TONES: tuple[Tone, ...] = ("", "warning", "bad", "muted")


def quarters(facts: Facts) -> list[tuple[str, list[Record]]]:
    """The tickets of each quarter, oldest first."""
    return trends.by_quarter(_dated(facts, facts.corpus.of("service-ticket")))


def _dated(facts: Facts, records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    for record in records:
        at = tickets.time(facts, record, "reported_at")
        if at is not None:
            yield at.date().isoformat(), record


def cause_of(ticket: Record) -> str:
    return str(ticket.data.get("cause") or _UNSTATED)


def cause_title(facts: Facts, name: str, lang: Lang) -> str:
    _ = i18n.translator(lang)
    labels = next(
        (field.labels for field in facts.types["service-ticket"].fields if field.name == "cause"), {}
    )
    return labels[name].render(lang) if name in labels else name or _("not stated")


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("quarter", _("Quarter"), facet=True),
        Column("cause", _("Cause"), facet=True),
        Column("tickets", _("Tickets"), "integer"),
        Column("respond", _("Answered in time"), "integer"),
        Column("solve", _("Solved in time"), "integer"),
        Column("open", _("Unsolved"), "integer"),
        Column("satisfaction", _("Satisfaction"), "decimal"),
    )
    rows = tuple(
        _row(facts, quarter, cause, found, lang)
        for quarter, records in reversed(quarters(facts))
        for cause, found in _by_cause(records)
    )
    empty = words.withheld(facts, lang, "service-ticket") or _("No ticket has been registered yet.")
    return Table(TITLE.render(lang), columns, rows, empty)


def _by_cause(records: list[Record]) -> list[tuple[str, list[Record]]]:
    """The most frequent cause first."""
    counts = Counter(map(cause_of, records))
    return [
        (cause, [record for record in records if cause_of(record) == cause])
        for cause, _n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _row(facts: Facts, quarter: str, cause: str, records: list[Record], lang: Lang) -> tuple[Cell, ...]:
    verdicts = [tickets.verdict(facts, record) for record in records]
    marks = [record.data["satisfaction"] for record in records if record.data.get("satisfaction") is not None]
    return (
        Cell(quarter, quarter),
        Cell(cause_title(facts, cause, lang), cause or None),
        _count(len(records)),
        _count(sum(1 for each in verdicts if each.respond == "within")),
        _count(sum(1 for each in verdicts if each.solve == "within")),
        _count(sum(1 for record in records if not record.data.get("solved_at"))),
        service.hours_cell(tickets.mean(marks)),
    )


def _count(count: int) -> Cell:
    return Cell(str(count), count)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """Tickets by quarter, the three most frequent causes and the rest; all causes of all time."""
    _ = i18n.translator(lang)
    found = quarters(facts)
    counts = Counter(cause_of(record) for _quarter, records in found for record in records)
    ranked = sorted(counts, key=lambda cause: (-counts[cause], cause))
    leading = ranked[:3]
    names = [*leading, *(("others",) if len(ranked) > len(leading) else ())]
    rows = []
    for quarter, records in found[-trends.MOST_QUARTERS :]:
        own = Counter(cause if cause in leading else "others" for cause in map(cause_of, records))
        rows.append(Row(quarter, quarter, tuple(own[name] for name in names)))
    titles = {name: cause_title(facts, name, lang) for name in leading} | {"others": _("other causes")}
    empty = _("No ticket has been registered yet.")
    series = tuple(
        Series(name or "unstated", titles[name], tone) for name, tone in zip(names, _TONES, strict=False)
    )
    return (
        Chart("quarters", _("Tickets by quarter"), "columns", _("Quarter"), series, tuple(rows), empty=empty),
        Chart(
            "causes",
            _("Tickets by cause"),
            "bars",
            _("Cause"),
            (Series("tickets", _("Tickets")),),
            tuple(
                Row(name or "unstated", cause_title(facts, name, lang), (counts[name],)) for name in ranked
            ),
            empty=empty,
        ),
    )
