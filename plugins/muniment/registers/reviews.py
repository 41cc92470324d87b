"""Monthly reviews collected

For each month and department: how many people owe a review, how many self-reviews and evaluations are in, and whose are missing. The
personnel department collects both sheets each month; the twelve months decide the year's grade (R3.3.2–R3.3.3).

A review is owed by everybody who has a superior and worked here the whole month; who handed one in all the same is counted as well.
Months are shown from the first review on until the last month that is over.
---
月度考核收集情况

逐月、逐部门列出：应交人数、已交的自评表和评价表数、缺谁的。两份表每月由人事部门收齐；十二个月的成绩决定年度等级。

有直接上级且整月在职的人员应交；未满整月而已交的也计入。从第一份考核表所在月份列到最近一个已结束的月份。
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from muniment import i18n, personnel
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import values, words

NAME = "reviews"
TITLE = Text("Monthly reviews collected", "月度考核收集情况")
CLAUSES = ("R3.3.2", "R3.3.3")
ORDER = 85
_MONTHS = 12  # in the picture


@dataclass(frozen=True)
class _Batch:
    """The people of one department who owe a review for one month, and whose sheets are in."""

    month: str
    department: str
    due: tuple[str, ...]
    reviewed: frozenset[str]
    evaluated: frozenset[str]

    @property
    def missing_self(self) -> list[str]:
        return [person for person in self.due if person not in self.reviewed]

    @property
    def missing_evaluation(self) -> list[str]:
        return [person for person in self.due if person not in self.evaluated]

    @property
    def complete(self) -> int:
        return sum(person in self.reviewed and person in self.evaluated for person in self.due)

    @property
    def begun(self) -> int:
        """With one of the two sheets."""
        return sum((person in self.reviewed) != (person in self.evaluated) for person in self.due)


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("month", _("Month"), facet=True),
        Column("department", _("Department"), "reference", True),
        Column("due", _("People"), "integer"),
        Column("self_reviews", _("Self-reviews in"), "integer"),
        Column("evaluations", _("Evaluations in"), "integer"),
        Column("standing", _("Standing"), "state", True),
        Column("missing_self", _("Self-review missing"), "reference"),
        Column("missing_evaluation", _("Evaluation missing"), "reference"),
    )
    rows = tuple(_row(facts, batch, lang) for batch in _batches(facts))
    empty = words.withheld(facts, lang, "self-review", "evaluation")
    return Table(TITLE.render(lang), columns, rows, empty or _("No review has been handed in yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """The last months: whose two sheets are in, whose one is, whose none."""
    _ = i18n.translator(lang)
    months: dict[str, list[_Batch]] = {}
    for batch in _batches(facts):
        months.setdefault(batch.month, []).append(batch)
    rows = []
    for month in sorted(months)[-_MONTHS:]:
        due = sum(len(batch.due) for batch in months[month])
        complete = sum(batch.complete for batch in months[month])
        begun = sum(batch.begun for batch in months[month])
        rows.append(Row(month, month, (complete, begun, due - complete - begun)))
    empty = words.withheld(facts, lang, "self-review", "evaluation")
    return (
        Chart(
            "months",
            _("Reviews by month"),
            "columns",
            _("Month"),
            (
                Series("complete", _("both sheets in"), "good"),
                Series("begun", _("one sheet in"), "warning"),
                Series("missing", _("nothing in"), "bad"),
            ),
            tuple(rows),
            empty=empty or _("No review has been handed in yet."),
        ),
    )


def _batches(facts: Facts) -> Iterator[_Batch]:
    """Newest month first, departments by number."""
    if words.withheld(facts, "zh", "self-review", "evaluation"):
        return
    handed_in = {
        name: {
            (str(record.data["month"]), str(record.data["staff"])) for record in personnel.in_use(facts, name)
        }
        for name in ("self-review", "evaluation")
    }
    either = handed_in["self-review"] | handed_in["evaluation"]
    for month in _months(min((month for month, _staff in either), default=""), facts.today):
        by_department: dict[str, list[str]] = {}
        for person in sorted(facts.corpus.of("staff"), key=lambda person: person.number):
            if (month, person.number) in either or _owes(person.data, month):
                by_department.setdefault(person.department or "", []).append(person.number)
        for department, people in sorted(by_department.items()):
            yield _Batch(
                month,
                department,
                tuple(people),
                frozenset(staff for when, staff in handed_in["self-review"] if when == month),
                frozenset(staff for when, staff in handed_in["evaluation"] if when == month),
            )


def _months(first: str, today: str) -> Iterator[str]:
    """From the last month that is over back to the first."""
    year, month = int(today[:4]), int(today[5:7])
    while first:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if f"{year}-{month:02}" < first:
            return
        yield f"{year}-{month:02}"


def _owes(person: Mapping[str, Any], month: str) -> bool:
    """Whether somebody above the person has to review this month, and the person was here for all of it."""
    last = monthrange(int(month[:4]), int(month[5:7]))[1]
    joined, left = str(person.get("joined") or ""), str(person.get("left") or "9999-12-31")
    return bool(person.get("superior")) and joined <= f"{month}-01" and f"{month}-{last}" <= left


def _row(facts: Facts, batch: _Batch, lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    is_whole = batch.complete == len(batch.due)
    return (
        Cell(batch.month, batch.month),
        values.reference_cell(facts, batch.department, lang),
        values.count_cell(len(batch.due)),
        values.count_cell(len(batch.due) - len(batch.missing_self)),
        values.count_cell(len(batch.due) - len(batch.missing_evaluation)),
        Cell(
            _("complete") if is_whole else _("incomplete"),
            "complete" if is_whole else "incomplete",
            tone="completed" if is_whole else "overdue",
        ),
        values.references_cell(facts, batch.missing_self, lang),
        values.references_cell(facts, batch.missing_evaluation, lang),
    )
