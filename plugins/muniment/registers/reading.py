"""Documents still to be read

By person: which documents in force are still to be read, by when, and how many days late it is. A document is read with
`muniment read NUMBER`; who wrote or approved a revision has read it (ISO 9001 7.5.3.2).

Who is to read a document stands in its `distribution`, else in the policy `documents` for its kind or class. Each revision is read anew.
---
待阅读文件

按人列出现行文件中还没有确认阅读的：应在哪天前读完、已超期多少天。读完后运行 `muniment read 编号` 确认；编写和审批过该版的人视为已读。

谁应阅读，见文件的分发范围（distribution）；文件没有写的，按制度 `documents` 中该种类或类别的规定。每一版都要重新阅读。
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from muniment import distribution, i18n
from muniment.charts import Chart, Row, Series
from muniment.distribution import Circle, Reader
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import plan, registers, values

NAME = "reading"
TITLE = Text("Documents still to be read", "待阅读文件")
CLAUSES = ("R4.4.2",)
ORDER = 18
_STANDINGS = {
    "late": (Text("late", "超期未读"), "overdue"),
    "waiting": (Text("to be read", "待阅读"), "due"),
}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("staff", _("Person"), "reference", True),
        Column("department", _("Department"), "reference", True),
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("revision", _("Revision"), "integer"),
        Column("since", _("In force since"), "date"),
        Column("due", _("To be read by"), "date"),
        Column("days", _("Days late"), "integer"),
        Column("standing", _("Standing"), "state", True),
    )
    found = sorted(_open(facts), key=lambda pair: (pair[1].due, pair[1].staff, pair[0].record.number))
    rows = tuple(_row(facts, circle, reader, lang) for circle, reader in found)
    return Table(TITLE.render(lang), columns, rows, _("Nobody has anything left to read."))


def _open(facts: Facts) -> list[tuple[Circle, Reader]]:
    return [(circle, reader) for circle in distribution.circles(facts) for reader in circle.open]


def _row(facts: Facts, circle: Circle, reader: Reader, lang: Lang) -> tuple[Cell, ...]:
    record = circle.record
    title, tone = _STANDINGS[reader.standing]
    person = facts.corpus.records[reader.staff]
    late = (date.fromisoformat(facts.today) - date.fromisoformat(reader.due)).days
    return (
        values.references_cell(facts, [reader.staff], lang),
        values.reference_cell(facts, person.department or "", lang),
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        values.count_cell(record.revision),
        values.date_cell(circle.since),
        values.date_cell(reader.due),
        plan.days_cell(max(late, 0)),
        Cell(title.render(lang), reader.standing, tone=tone),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """By department: what is late and what still has time."""
    _ = i18n.translator(lang)
    counts: Counter[tuple[str, str]] = Counter()
    for _circle, reader in _open(facts):
        department = facts.corpus.records[reader.staff].department or ""
        counts[department, reader.standing] += 1
    departments = sorted({name for name, _standing in counts})
    return (
        Chart(
            "departments",
            _("Still to be read, by department"),
            "bars",
            _("Department"),
            tuple(
                Series(name, _STANDINGS[name][0].render(lang), "bad" if name == "late" else "warning")
                for name in _STANDINGS
            ),
            tuple(
                Row(
                    name or "-",
                    facts.title(name) if name else "—",
                    tuple(counts[name, each] for each in _STANDINGS),
                )
                for name in departments
            ),
            empty=_("Nobody has anything left to read."),
        ),
    )
