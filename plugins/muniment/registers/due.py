"""What falls due

Everything that has to be done by a day or comes to an end on it, whatever it is about: documents to appraise, loans to return, tasks,
milestones, payments and actions of projects, tickets, certificates, trainings, safeguards to inspect, findings to correct, agreements and access
that end. What is overdue comes first, then the next two years.

The same days are in calendars to subscribe to: `feeds/due.ics` for all, `feeds/due-projects.ics` and the like for a part. What has been
done leaves the list and the calendars by itself (R4.3.2, R4.3.3, R2.2.1, R3.2.5, R5.2.2).
---
到期事项

所有有期限的事项，不分类别：到期待鉴定的文件、应归还的借阅、项目的任务、里程碑、收款和待办、售后服务单、证书、培训、待检的保密设施、
待整改的问题、将到期的协议和授权。逾期的排在最前，其后是未来两年的。

同样的日期也可以在日历中订阅：`feeds/due.ics` 是全部，`feeds/due-projects.ics` 等是其中一部分。办完的事项会自动从清单和日历中消失。
"""

from __future__ import annotations

from collections import Counter

from muniment import dues, i18n, retention
from muniment.charts import Chart, Row, Series, Tone
from muniment.dues import Due
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import values

NAME = "due"
TITLE = Text("What falls due", "到期事项")
CLAUSES = ("R4.3.2", "R4.3.3", "R2.2.1", "R3.2.5", "R5.2.2")
ORDER = 15
MONTHS = 12
_STANDINGS: dict[str, tuple[Text, str]] = {
    "overdue": (Text("overdue", "逾期"), "overdue"),
    "soon": (Text("within 30 days", "30 天内"), "due"),
    "later": (Text("later", "以后"), "active"),
}
_TONES: dict[str, Tone] = {
    "documents": "",
    "archive": "muted",
    "projects": "good",
    "people": "warning",
    "secrecy": "bad",
}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("date", _("Date"), "date"),
        Column("kind", _("Kind"), facet=True),
        Column("number", _("Number"), "number"),
        Column("title", _("What")),
        Column("about", _("About")),
        Column("who", _("Who"), "reference", True),
        Column("days", _("Days left"), "integer"),
        Column("standing", _("Standing"), "state", True),
        Column("group", _("Part"), facet=True),
    )
    rows = tuple(_row(facts, due, lang) for due in dues.waiting(facts, lang))
    return Table(TITLE.render(lang), columns, rows, _("Nothing falls due in the next two years."))


def _row(facts: Facts, due: Due, lang: Lang) -> tuple[Cell, ...]:
    kind = dues.KINDS[due.kind]
    title, tone = _STANDINGS[due.standing(facts.today)]
    return (
        values.date_cell(due.day),
        Cell(kind.title.render(lang), due.kind),
        values.number_cell(facts, due.number),
        Cell(due.what, due.what),
        Cell(due.text, due.text or None),
        values.references_cell(facts, list(due.who), lang),
        values.count_cell(due.days(facts.today)),
        Cell(title.render(lang), due.standing(facts.today), tone=tone),
        Cell(dues.GROUPS[kind.group].render(lang), kind.group),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """What is overdue, and each of the next twelve months, by part."""
    _ = i18n.translator(lang)
    months = [retention.in_months(f"{facts.today[:8]}01", ahead)[:7] for ahead in range(MONTHS)]
    counts: Counter[tuple[str, str]] = Counter()
    for due in dues.waiting(facts, lang):
        counts["overdue" if due.day < facts.today else due.day[:7], dues.KINDS[due.kind].group] += 1
    rows = [("overdue", _("overdue")), *((month, month[2:]) for month in months)]
    return (
        Chart(
            "months",
            _("What falls due, by month"),
            "columns",
            _("Month"),
            tuple(Series(name, title.render(lang), _TONES[name]) for name, title in dues.GROUPS.items()),
            tuple(Row(key, title, tuple(counts[key, name] for name in dues.GROUPS)) for key, title in rows),
            empty=_("Nothing falls due in the next two years."),
        ),
    )
