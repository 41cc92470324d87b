"""Staff roster

Who works here and who has left: department, position, superior, length of service, the roles that the person holds today and
the projects that the person is in today. It is made from the staff register and from the teams of projects (R2.2.2, R3.2.5).
---
人员花名册

在职和离职人员：部门、岗位、直接上级、司龄、今天担任的角色和今天所在的项目。由人员档案和各项目的项目组自动汇总。
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from muniment import engagement, i18n
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, registers, values, words

NAME = "roster"
TITLE = Text("Staff roster", "人员花名册")
CLAUSES = ("R3.2.5", "R2.2.2", "R4.2.2")
ORDER = 80


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("name", _("Person")),
        Column("department", _("Department"), "reference", True),
        Column("position", _("Position"), facet=True),
        Column("superior", _("Superior"), "reference", True),
        Column("state", _("State"), "state", True),
        Column("joined", _("Joined on"), "date"),
        Column("left", _("Left on"), "date"),
        Column("years", _("Years of service"), "integer"),
        Column("roles", _("Roles today"), facet=True),
        Column("projects", _("Projects today"), "reference"),
    )
    people = sorted(
        facts.corpus.of("staff"), key=lambda person: (bool(person.data.get("left")), person.number)
    )
    projects = _projects(facts)
    rows = tuple(_row(facts, person, projects.get(person.number, []), lang) for person in people)
    return Table(TITLE.render(lang), columns, rows, _("Nobody is on the staff register yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """How many people each department has."""
    _ = i18n.translator(lang)
    heads = Counter(
        str(person.data.get("department") or "")
        for person in facts.corpus.of("staff")
        if facts.state(person.number) != "left"
    )
    return (
        Chart(
            "departments",
            _("Staff by department"),
            "bars",
            _("Department"),
            (Series("staff", _("staff")),),
            tuple(
                Row(
                    number,
                    facts.title(number) if number else _("without a department"),
                    (count,),
                    addresses.documents("department", number) if number else "",
                )
                for number, count in sorted(heads.items())
            ),
            empty=_("Nobody is on the staff register yet."),
        ),
    )


def _projects(facts: Facts) -> dict[str, list[str]]:
    """The projects whose team each person is in today, its manager included."""
    found: dict[str, list[str]] = {}
    for number, own in engagement.engagements(facts).items():
        if own.stage not in engagement.OVER:
            for member in own.team:
                numbers = found.setdefault(member.staff, [])
                if member.overlaps(facts.today, facts.today) and number not in numbers:
                    numbers.append(number)
    return found


def _row(facts: Facts, person: Record, projects: list[str], lang: Lang) -> tuple[Cell, ...]:
    joined, left = str(person.data.get("joined") or ""), str(person.data.get("left") or "")
    years = _years(joined, min(left or facts.today, facts.today))
    roles = [held.role for held in facts.roles[person.number] if held.is_held(facts.today) and not left]
    return (
        values.number_cell(facts, person.number),
        registers.title_cell(facts, person, lang),
        values.reference_cell(facts, person.department or "", lang),
        Cell(str(person.data.get("position") or ""), person.data.get("position")),
        values.reference_cell(facts, str(person.data.get("superior") or ""), lang),
        values.state_cell(facts, person, lang),
        values.date_cell(joined),
        values.date_cell(left),
        Cell() if years is None else values.count_cell(years),
        _roles(facts, list(dict.fromkeys(roles)), lang),
        values.references_cell(facts, projects, lang) if projects else Cell("", []),
    )


def _roles(facts: Facts, roles: list[str], lang: Lang) -> Cell:
    parts = tuple(Cell(words.role(facts, role, lang), role) for role in roles)
    return Cell("", roles, parts=parts)


def _years(start: str, end: str) -> int | None:
    """Whole years from one day to another."""
    if not start or start > end:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
