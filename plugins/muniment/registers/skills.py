"""Skills and certificates

Who can do what: a row for each person who works here, a column for each skill that anybody has, then the person's certificates, each
with the day it runs out; one that has run out says so. It is made from the staff register (R3.2.5, R2.2.2).
---
技能与证书一览

谁会什么：每人一行，每项技能一列，最后是持有的证书及其有效期，已过期的注明。由人员档案自动汇总。
"""

from __future__ import annotations

from muniment import i18n, personnel
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import registers, values

NAME = "skills"
TITLE = Text("Skills and certificates", "技能与证书一览")
CLAUSES = ("R3.2.5", "R2.2.2")
ORDER = 83


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    people = personnel.active(facts, facts.today)
    skills = sorted({str(skill) for person in people for skill in person.data.get("skills") or ()})
    columns = (
        Column("number", _("Number"), "number"),
        Column("name", _("Person")),
        Column("department", _("Department"), "reference", True),
        Column("position", _("Position"), facet=True),
        *(Column(f"skill:{skill}", skill, "mark") for skill in skills),
        Column("certificates", _("Certificates"), "state"),
    )
    rows = tuple(
        (
            values.number_cell(facts, person.number),
            registers.title_cell(facts, person, lang),
            values.reference_cell(facts, person.department or "", lang),
            Cell(str(person.data.get("position") or ""), person.data.get("position")),
            *(_skill(skill in (person.data.get("skills") or ())) for skill in skills),
            _certificates(facts, person, lang),
        )
        for person in people
    )
    return Table(TITLE.render(lang), columns, rows, _("Nobody is on the staff register yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """How many people have each skill: one who is alone with it is a risk."""
    _ = i18n.translator(lang)
    people = personnel.active(facts, facts.today)
    found: dict[str, int] = {}
    for person in people:
        for skill in person.data.get("skills") or ():
            found[str(skill)] = found.get(str(skill), 0) + 1
    rows = tuple(
        Row(skill, skill, (0, count) if count == 1 else (count, 0))
        for skill, count in sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    return (
        Chart(
            "holders",
            _("People with each skill"),
            "bars",
            _("Skill"),
            (Series("several", _("several people")), Series("one", _("one person alone"), "warning")),
            rows,
            empty=_("Nobody's skills are on the staff register yet."),
        ),
    )


def _skill(is_there: bool) -> Cell:
    return Cell("✓", True) if is_there else Cell("", False)


def _certificates(facts: Facts, person: Record, lang: Lang) -> Cell:
    _ = i18n.translator(lang)
    parts = []
    for name, held in personnel.certificates(person).items():
        standing, _days = personnel.expiry(held, facts.today)
        day = str(held.get("expires") or "")
        text = {
            "expired": _("{name}, expired {date}").format(name=name, date=day),
            "permanent": name,
        }.get(standing, _("{name}, until {date}").format(name=name, date=day))
        value = {"name": name, "expires": day or None, "standing": standing}
        parts.append(Cell(text, value, tone=personnel.EXPIRY_TONES[standing]))
    return Cell("", [part.value for part in parts], parts=tuple(parts))
