"""Distribution and reading

Every document in force that is distributed: how many people are to read its present revision, how many have, how many are late.
The least read come first. People who wrote or approved a revision count as readers (ISO 9001 7.5.3.2).
---
文件分发与阅读情况

列出所有有分发范围的现行文件：这一版应有多少人阅读、多少人已读、多少人超期未读，阅读率低的排在最前。编写和审批过该版的人计为已读。
"""

from __future__ import annotations

from decimal import Decimal

from muniment import distribution, i18n
from muniment.charts import Chart, Row, Series
from muniment.distribution import Circle
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, registers, values

NAME = "distribution"
TITLE = Text("Distribution and reading", "文件分发与阅读情况")
CLAUSES = ("R4.4.2",)
ORDER = 17
MOST_BARS = 24


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("department", _("Department"), "reference", True),
        Column("revision", _("Revision"), "integer"),
        Column("since", _("In force since"), "date"),
        Column("listed", _("To be read by (people)"), "integer"),
        Column("read", _("Have read it"), "integer"),
        Column("waiting", _("Not yet"), "integer"),
        Column("late", _("Late"), "integer"),
        Column("coverage", _("Read, %"), "integer"),
    )
    rows = tuple(_row(facts, circle, lang) for circle in _ordered(facts))
    return Table(TITLE.render(lang), columns, rows, _("No document in force is distributed to anybody."))


def _ordered(facts: Facts) -> list[Circle]:
    return sorted(distribution.circles(facts), key=lambda each: (_coverage(each), each.record.number))


def _coverage(circle: Circle) -> int:
    """Whole per cent, rounded down: a hundred means everybody."""
    return int(Decimal(100 * circle.count("read", "signed")) / len(circle.readers))


def _row(facts: Facts, circle: Circle, lang: Lang) -> tuple[Cell, ...]:
    record = circle.record
    counts = (
        len(circle.readers),
        circle.count("read", "signed"),
        circle.count("waiting"),
        circle.count("late"),
        _coverage(circle),
    )
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        values.reference_cell(facts, record.department or "", lang),
        values.count_cell(record.revision),
        values.date_cell(circle.since),
        *(values.count_cell(count) for count in counts),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """The least read documents: who has, who has time, who is late."""
    _ = i18n.translator(lang)
    series = (
        Series("read", _("read"), "good"),
        Series("waiting", _("still has time"), "muted"),
        Series("late", _("late"), "bad"),
    )
    return (
        Chart(
            "coverage",
            _("Who has read it, by document"),
            "bars",
            _("Document"),
            series,
            tuple(
                Row(
                    each.record.number,
                    f"{each.record.number} {each.record.title}",
                    (each.count("read", "signed"), each.count("waiting"), each.count("late")),
                    addresses.record(facts.policy, each.record.number),
                )
                for each in _ordered(facts)[:MOST_BARS]
            ),
            empty=_("No document in force is distributed to anybody."),
        ),
    )
