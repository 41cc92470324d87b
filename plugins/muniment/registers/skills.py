"""Skills and certificates

Who can do what: a row for each person who works here, a column for each skill and each certificate that anybody has. A certificate
shows the day it runs out, or when it was obtained where it does not run out; one that has run out says so. It is made
from the staff register (R3.2.5, R2.2.2).
---
技能与证书一览

谁会什么：每人一行，每项技能、每种证书一列。证书一格显示有效期，长期有效的显示取得日期，已过期的注明。由人员档案自动汇总。
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from muniment import i18n, personnel
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import registers, values

NAME = "skills"
TITLE = Text("Skills and certificates", "技能与证书一览")
CLAUSES = ("R2.2.2", "R3.2.5")
ORDER = 83


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    people = personnel.active(facts, facts.today)
    skills = sorted({str(skill) for person in people for skill in person.data.get("skills") or ()})
    certificates = sorted({name for person in people for name in personnel.certificates(person)})
    columns = (
        Column("number", _("Number"), "number"),
        Column("name", _("Person")),
        Column("department", _("Department"), "reference", True),
        Column("position", _("Position"), facet=True),
        *(Column(f"skill:{skill}", skill, facet=False) for skill in skills),
        *(
            Column(f"certificate:{name}", _("{name} (certificate)").format(name=name), "state")
            for name in certificates
        ),
    )
    rows = tuple(
        (
            values.number_cell(facts, person.number),
            registers.title_cell(facts, person, lang),
            values.reference_cell(facts, person.department or "", lang),
            Cell(str(person.data.get("position") or ""), person.data.get("position")),
            *(_skill(skill in (person.data.get("skills") or ())) for skill in skills),
            *(_certificate(facts, personnel.certificates(person).get(name), lang) for name in certificates),
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
            "skills",
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


def _certificate(facts: Facts, held: Mapping[str, Any] | None, lang: Lang) -> Cell:
    _ = i18n.translator(lang)
    if held is None:
        return Cell()
    standing, _days = personnel.expiry(held, facts.today)
    day = str(held.get("expires") or "")
    text = {
        "expired": _("expired {date}").format(date=day),
        "permanent": _("since {date}").format(date=held["obtained"]),
    }.get(standing, _("until {date}").format(date=day))
    return Cell(text, day or str(held["obtained"]), tone=personnel.EXPIRY_TONES[standing])
