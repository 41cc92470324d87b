"""Grades by department

The annual appraisals of each year by department: how many people have which grade, the mean score, and for how many an improvement
plan was agreed. A person counts in the department of the staff register (R3.3.3–R3.3.4).
---
各部门年度考核等级

逐年、逐部门汇总年度考核：各等级人数、平均得分、已订改进计划的人数。人员按人员档案中的部门统计。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import cycle

from muniment import i18n, personnel
from muniment.charts import Chart, Row, Series, Tone
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values, words

NAME = "grades"
TITLE = Text("Grades by department", "各部门年度考核等级")
CLAUSES = ("R3.3.3", "R3.3.4")
ORDER = 86
_TONES: tuple[Tone, ...] = ("good", "", "warning", "bad", "muted")

Groups = dict[tuple[int, str], list[Record]]


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    grades = _grades(facts)
    columns = (
        Column("year", _("Year"), facet=True),
        Column("department", _("Department"), "reference", True),
        Column("appraised", _("People"), "integer"),
        *(Column(f"grade:{grade}", _("Grade {grade}").format(grade=grade), "integer") for grade in grades),
        Column("mean", _("Mean score"), "decimal"),
        Column("improvement", _("Improvement plans"), "integer"),
    )
    rows = tuple(
        _row(facts, year, department, records, grades, lang)
        for (year, department), records in _groups(facts).items()
    )
    empty = words.withheld(facts, lang, "annual-appraisal")
    return Table(TITLE.render(lang), columns, rows, empty or _("There is no annual appraisal yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    grades, groups = _grades(facts), _groups(facts)
    year = max((year for year, _department in groups), default=0)
    rows = []
    for (when, department), records in groups.items():
        counts = Counter(str(record.data["grade"]) for record in records)
        if when == year:
            title = facts.title(department) if department else _("without a department")
            link = addresses.record(facts.policy, department) if department else ""
            rows.append(Row(department, title, tuple(counts[grade] for grade in grades), link))
    empty = words.withheld(facts, lang, "annual-appraisal")
    return (
        Chart(
            "grades",
            _("Grades of {year}").format(year=year) if year else _("Grades"),
            "bars",
            _("Department"),
            tuple(
                Series(grade, _("Grade {grade}").format(grade=grade), tone)
                for grade, tone in zip(grades, cycle(_TONES), strict=False)
            ),
            tuple(rows),
            empty=empty or _("There is no annual appraisal yet."),
        ),
    )


def _groups(facts: Facts) -> Groups:
    """Appraisals by year, the newest first, and department."""
    if words.withheld(facts, "zh", "annual-appraisal"):
        return {}
    found: Groups = {}
    for record in personnel.in_use(facts, "annual-appraisal"):
        person = facts.corpus.records.get(str(record.data["staff"]))
        department = (person.department if person else None) or record.department or ""
        found.setdefault((int(record.data["year"]), department), []).append(record)
    return dict(sorted(found.items(), key=lambda entry: (-entry[0][0], entry[0][1])))


def _grades(facts: Facts) -> tuple[str, ...]:
    """The policy's grades from the highest on, then such as only older appraisals know."""
    entries = personnel.policy(facts, facts.today).get("grades") or ()
    own = [str(entry["grade"]) for entry in sorted(entries, key=lambda entry: -Decimal(entry["from"]))]
    used = {str(record.data["grade"]) for records in _groups(facts).values() for record in records}
    return (*own, *sorted(used - set(own)))


def _row(
    facts: Facts, year: int, department: str, records: Sequence[Record], grades: Sequence[str], lang: Lang
) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    counts = Counter(str(record.data["grade"]) for record in records)
    mean = sum((Decimal(record.data["score"]) for record in records), Decimal()) / len(records)
    plans = sum(bool((record.data.get("outcome") or {}).get("improvement_plan")) for record in records)
    return (
        Cell(str(year), year),
        values.reference_cell(facts, department, lang) if department else Cell(_("without a department")),
        values.count_cell(len(records)),
        *(values.count_cell(counts[grade]) for grade in grades),
        Cell(f"{mean:.1f}", mean.quantize(Decimal("0.1"))),
        values.count_cell(plans),
    )
