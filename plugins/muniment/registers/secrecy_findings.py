"""Secrecy inspections and their findings

Each inspection with what it found: who corrects it by when, what is overdue, what was corrected. Open findings come first; an inspection that found
nothing is there too, so that it can be seen that it took place (R5.3).
---
保密检查与问题整改

逐次列出保密检查及发现的问题：责任人、期限、是否逾期、何时整改。未整改的排在最前；没有发现问题的检查也列出，证明检查确已进行。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from muniment import i18n, secrecy
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.secrecy import Issue
from muniment.tables import Cell, Column, Table
from muniment.views import values, words

NAME = "secrecy-findings"
TITLE = Text("Secrecy inspections and their findings", "保密检查与问题整改")
CLAUSES = ("R5.3",)
ORDER = 94
_STANDINGS: Mapping[str, tuple[Text, str]] = {
    "overdue": (Text("overdue", "逾期"), "overdue"),
    "soon": (Text("to be corrected", "待整改"), "due"),
    "open": (Text("to be corrected", "待整改"), "due"),
    "corrected": (Text("corrected", "已整改"), "completed"),
    "none": (Text("nothing found", "未发现问题"), "completed"),
}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("inspection", _("Inspection"), "number"),
        Column("department", _("Department"), "reference", True),
        Column("date", _("Inspected"), "date"),
        Column("by", _("Inspector"), "reference"),
        Column("failed", _("Parts that failed"), facet=True),
        Column("what", _("Finding")),
        Column("owner", _("Owner"), "reference"),
        Column("due", _("Due"), "date"),
        Column("corrected", _("Corrected"), "date"),
        Column("standing", _("Standing"), "state", True),
    )
    rows = tuple(_row(facts, issue, lang) for issue in secrecy.issues(facts))
    empty = words.withheld(facts, lang, "secrecy-inspection")
    return Table(TITLE.render(lang), columns, rows, empty or _("No department has been inspected yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """Findings by department: corrected, open, overdue."""
    _ = i18n.translator(lang)
    issues = secrecy.issues(facts)
    counts: Counter[tuple[str, str]] = Counter(
        (issue.department, "open" if issue.standing == "soon" else issue.standing)
        for issue in issues
        if issue.found
    )
    tones = (("corrected", "good"), ("open", "warning"), ("overdue", "bad"))
    return (
        Chart(
            "findings-by-department",
            _("Findings by department"),
            "bars",
            _("Department"),
            tuple(Series(name, _STANDINGS[name][0].render(lang), tone) for name, tone in tones),  # type: ignore[arg-type]  # the three tones
            tuple(
                Row(number, facts.title(number), tuple(counts[number, name] for name, _tone in tones))
                for number in sorted({issue.department for issue in issues})
            ),
            empty=words.withheld(facts, lang, "secrecy-inspection")
            or _("No department has been inspected yet."),
        ),
    )


def _row(facts: Facts, issue: Issue, lang: Lang) -> tuple[Cell, ...]:
    title, tone = _STANDINGS[issue.standing if issue.found else "none"]
    inspection, found = issue.inspection, issue.found or {}
    return (
        values.number_cell(facts, inspection.number),
        values.reference_cell(facts, issue.department, lang),
        values.date_cell(inspection.data["date"]),
        values.reference_cell(facts, str(inspection.data["by"]), lang),
        _parts(issue, lang),
        Cell(str(found.get("what") or ""), found.get("what")),
        values.reference_cell(facts, str(found.get("owner") or ""), lang),
        values.date_cell(found.get("due")),
        values.date_cell(found.get("corrected")),
        Cell(title.render(lang), issue.standing if issue.found else "none", tone=tone),
    )


def _parts(issue: Issue, lang: Lang) -> Cell:
    checklist = next(field for field in issue.inspection.type.fields if field.name == "checklist")
    titles = {field.name: field.title.render(lang) for field in checklist.fields}
    return Cell(
        ("、" if lang == "zh" else ", ").join(titles[part] for part in issue.failed), list(issue.failed)
    )
