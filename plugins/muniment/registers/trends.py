"""Improvement by quarter

Whether the company gets better: customers' satisfaction, acceptance at the first attempt, answers within target, rework, and faults that
came back after rework, each quarter by quarter (R1.3).

- *Satisfaction*: the mean of the marks from 1 to 5 on service tickets, in the quarter in which the problem was reported.
- *At the first attempt*: of the acceptance reports of round 1, those that say passed.
- *Within target*: of the tickets that were answered and solved, those within the targets of the policy, in working hours.
- *Rework*: failed rounds of inspections and of acceptance. *Repeated*: those among them that failed again after rework.
---
持续改进趋势

公司是否在进步：客户满意度、一次验收通过率、售后时限达标率、返工次数、返工后再次不合格的次数，逐季度列出。

- **满意度**：售后服务记录单上 1 至 5 分评分的平均值，按问题报告时间所在季度统计。
- **一次通过**：首轮验收报告中结论为通过的比例。
- **时限达标**：已响应并解决的服务单中，响应和解决都在制度规定时限（工作时间）内的比例。
- **返工**：检验和验收中未通过的轮次。**再次不合格**：其中返工后仍未通过的轮次。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from muniment import dates, engagement, i18n, tickets
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.lifecycle import ENDED
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import trends, values

NAME = "trends"
TITLE = Text("Improvement by quarter", "持续改进趋势")
CLAUSES = ("R1.3", "R2.2.4", "R2.3.4", "R2.4.2", "R2.4.4")
ORDER = 16


@dataclass
class _Quarter:
    """What happened in one quarter, while it is counted: marks of clients, results of first rounds, tickets within target."""

    marks: list[int] = field(default_factory=list)
    firsts: list[bool] = field(default_factory=list)
    within: list[bool] = field(default_factory=list)
    rework: int = 0
    repeated: int = 0

    @property
    def satisfaction(self) -> Decimal | None:
        return (Decimal(sum(self.marks)) / len(self.marks)).quantize(Decimal("0.1")) if self.marks else None


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("quarter", _("Quarter"), facet=True),
        Column("rated", _("Tickets with a mark"), "integer"),
        Column("satisfaction", _("Satisfaction (1–5)"), "decimal"),
        Column("first_rounds", _("First rounds of acceptance"), "integer"),
        Column("first_pass", _("Passed at the first attempt (%)"), "decimal"),
        Column("solved", _("Tickets answered and solved"), "integer"),
        Column("within", _("Within target (%)"), "decimal"),
        Column("rework", _("Rework"), "integer"),
        Column("repeated", _("Failed again"), "integer"),
    )
    rows = tuple(
        (
            Cell(name, name),
            values.count_cell(len(quarter.marks)),
            _decimal(quarter.satisfaction),
            values.count_cell(len(quarter.firsts)),
            _decimal(trends.share_of(quarter.firsts)),
            values.count_cell(len(quarter.within)),
            _decimal(trends.share_of(quarter.within)),
            values.count_cell(quarter.rework),
            values.count_cell(quarter.repeated),
        )
        for name, quarter in reversed(_quarters(facts).items())
    )
    return Table(
        TITLE.render(lang), columns, rows, _("Nothing has been inspected, accepted or reported yet.")
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    shown = list(_quarters(facts).items())[-trends.MOST_QUARTERS :]
    return (
        Chart(
            "satisfaction",
            _("Satisfaction of clients"),
            "line",
            _("Quarter"),
            (Series("satisfaction", _("Satisfaction (1–5)")),),
            tuple(Row(name, name, (quarter.satisfaction,)) for name, quarter in shown),
            empty=_("No client has given a mark yet."),
        ),
        Chart(
            "shares",
            _("At the first attempt, and within target"),
            "line",
            _("Quarter"),
            (
                Series("first_pass", _("passed at the first attempt")),
                Series("within", _("tickets within target"), "warning"),
            ),
            tuple(
                Row(name, name, (trends.share_of(quarter.firsts), trends.share_of(quarter.within)))
                for name, quarter in shown
            ),
            unit="%",
            empty=_("Nothing has been accepted and no ticket solved yet."),
        ),
        Chart(
            "rework",
            _("Rework, and what failed again"),
            "columns",
            _("Quarter"),
            (Series("once", _("failed once"), "warning"), Series("repeated", _("failed again"), "bad")),
            tuple(
                Row(name, name, (quarter.rework - quarter.repeated, quarter.repeated))
                for name, quarter in shown
            ),
            empty=_("No inspection and no acceptance has failed."),
        ),
    )


def _quarters(facts: Facts) -> dict[str, _Quarter]:
    """Every quarter from the first to the last in which anything happened, in order."""
    found: dict[str, _Quarter] = {}
    days: list[str] = []

    def at(day: str) -> _Quarter:
        days.append(day)
        return found.setdefault(dates.quarter(day), _Quarter())

    for ticket in _in_use(facts, "service-ticket"):
        _count_ticket(facts, ticket, at(_day(facts, ticket)))
    for report in _in_use(facts, "acceptance-report"):
        has_passed, quarter = report.data["conclusion"] == "passed", at(engagement.day_of(report))
        if report.data["round"] == 1:
            quarter.firsts.append(has_passed)
        quarter.rework += not has_passed
        quarter.repeated += not has_passed and report.data["round"] > 1
    for inspection in _in_use(facts, "quality-inspection"):
        for index, entry in enumerate(inspection.data.get("rounds") or ()):
            if entry["result"] == "failed":
                at(str(entry["date"])).rework += 1
                at(str(entry["date"])).repeated += index > 0
    return {name: found.get(name, _Quarter()) for name in dates.quarters(days)}


def _day(facts: Facts, ticket: Record) -> str:
    """The day on which a ticket was reported, on the company's calendar."""
    at = tickets.time(facts, ticket, "reported_at")
    return at.date().isoformat() if at else str(ticket.data["created"])


def _in_use(facts: Facts, name: str) -> Iterator[Record]:
    return (record for record in facts.corpus.of(name) if facts.state(record.number) not in ENDED)


def _count_ticket(facts: Facts, ticket: Record, quarter: _Quarter) -> None:
    if ticket.data.get("satisfaction"):
        quarter.marks.append(int(ticket.data["satisfaction"]))
    timing = tickets.timing(facts, ticket)
    if timing.respond is not None and timing.solve is not None:
        quarter.within.append(timing.is_within)


def _decimal(value: Decimal | None) -> Cell:
    return Cell() if value is None else Cell(f"{value:f}", value)
