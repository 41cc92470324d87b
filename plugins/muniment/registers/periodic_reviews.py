"""Documents due for review

Every document in force that is reviewed from time to time: when it was last found fit for use and by whom, by when it is to be
reviewed again. A document that is still right needs no new revision: `muniment act NUMBER reaffirmation` says so and the days count anew; one that
is not is revised (R4.4.1).

How often stands in the policy `documents` under `review_every`; a document may name a day of its own in `review_by`.
---
文件定期复审

列出需要定期复审的现行文件：上次复审是哪天、由谁确认、下次应在哪天之前。内容仍然适用的不必升版，运行 `muniment act 编号 reaffirmation`
确认后重新计算期限；不再适用的，修订升版。

多久复审一次，见制度 `documents` 的 `review_every`；文件也可以在 `review_by` 中自定日期。
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from muniment import dates, fitness, i18n
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.fitness import Review
from muniment.tables import Cell, Column, Table
from muniment.views import registers, values

NAME = "periodic-reviews"
TITLE = Text("Documents due for review", "文件定期复审")
CLAUSES = ("R4.4.1",)
ORDER = 16
QUARTERS = 8
_STANDINGS = {
    "overdue": (Text("overdue", "逾期"), "overdue"),
    "soon": (Text("within 60 days", "60 天内"), "due"),
    "fit": (Text("later", "以后"), "active"),
}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("department", _("Department"), "reference", True),
        Column("revision", _("Revision"), "integer"),
        Column("last", _("Last found fit"), "date"),
        Column("by", _("By"), "reference"),
        Column("conclusion", _("Conclusion")),
        Column("months", _("Every (months)"), "integer"),
        Column("due", _("Review by"), "date"),
        Column("days", _("Days left"), "integer"),
        Column("standing", _("Standing"), "state", True),
    )
    rows = tuple(_row(facts, each, lang) for each in fitness.reviews(facts))
    return Table(TITLE.render(lang), columns, rows, _("No document in force is to be reviewed by a day."))


def _row(facts: Facts, each: Review, lang: Lang) -> tuple[Cell, ...]:
    record, standing = each.record, each.standing(facts.today)
    title, tone = _STANDINGS[standing]
    days = (date.fromisoformat(each.due) - date.fromisoformat(facts.today)).days
    said = str((each.act.data.get("details") or {}).get("conclusion") or "") if each.act else ""
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        values.reference_cell(facts, record.department or "", lang),
        values.count_cell(record.revision),
        values.date_cell(each.last),
        values.references_cell(facts, [each.act.by], lang) if each.act else Cell(),
        Cell(said, said or None),
        values.count_cell(each.months) if each.months else Cell(),
        values.date_cell(each.due),
        values.count_cell(days),
        Cell(title.render(lang), standing, tone=tone),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """What is overdue, and what falls due in each of the next quarters."""
    _ = i18n.translator(lang)
    late = "overdue"
    counts = Counter(
        late if each.due < facts.today else dates.quarter(each.due) for each in fitness.reviews(facts)
    )
    year, first = int(facts.today[:4]), (int(facts.today[5:7]) - 1) // 3
    coming = [f"{year + (first + ahead) // 4}-Q{(first + ahead) % 4 + 1}" for ahead in range(QUARTERS)]
    rows = [
        Row(late, _("overdue"), (counts[late], 0)),
        *(Row(name, name[2:], (0, counts[name])) for name in coming),
    ]
    return (
        Chart(
            "quarters",
            _("Reviews by quarter"),
            "columns",
            _("Quarter"),
            (Series("overdue", _("overdue"), "bad"), Series("coming", _("to come"))),
            tuple(rows),
            empty=_("No document in force is to be reviewed by a day."),
        ),
    )
