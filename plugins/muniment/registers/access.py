"""Who may read what

By person and by document: who may read what is above the level of all staff, on what ground and until when. Grants for a level or for
certain documents, custodians, readers that a record names, and readers that the policy names for a level. Choose a person or a
document above the table (R5.2.3, R5.2.4).

A grant counts once the secrecy officer has approved it. One that ends within ninety days is *ending*.
---
查阅权限

按人、按文件列出：谁可以查阅涉密内容、依据是什么、到什么时候。包括按密级或按文件的授权、保管人、记录列明的知悉人员、制度规定的知悉
人员。可在表格上方选择人员或文件。

授权经保密管理员批准后生效；九十天内到期的为“即将到期”。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from muniment import i18n, secrecy
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.secrecy import Access
from muniment.tables import Cell, Column, Table
from muniment.views import values, words

NAME = "access"
TITLE = Text("Who may read what", "查阅权限")
CLAUSES = ("R5.2.3", "R5.2.4")
ORDER = 92
_SOURCES: Mapping[str, Text] = {
    "level": Text("grant for a level", "按密级授权"),
    "grant": Text("grant for the document", "按文件授权"),
    "custodian": Text("custodian", "保管人"),
    "reader": Text("named by the record", "记录列明"),
    "policy": Text("named by the policy", "制度规定"),
}
_STANDINGS: Mapping[str, tuple[Text, str]] = {
    "current": (Text("in force", "有效"), "active"),
    "ending": (Text("ending", "即将到期"), "due"),
    "asked": (Text("asked for", "审批中"), "in_review"),
    "coming": (Text("begins later", "未开始"), "draft"),
    "ended": (Text("ended", "已到期"), "expired"),
}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("staff", _("Person"), "reference", True),
        Column("level", _("Level"), "level", True),
        Column("document", _("Document"), "reference", True),
        Column("source", _("Ground"), facet=True),
        Column("rights", _("Rights")),
        Column("from", _("From"), "date"),
        Column("until", _("Until"), "date"),
        Column("grant", _("Grant"), "reference"),
        Column("standing", _("Standing"), "state", True),
    )
    rows = tuple(_row(facts, each, lang) for each in secrecy.accesses(facts))
    empty = words.withheld(facts, lang, "access-grant")
    return Table(
        TITLE.render(lang),
        columns,
        rows,
        empty or _("Nobody has access to anything above the level of all staff."),
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """How many people may read each level, by what they rest on."""
    _ = i18n.translator(lang)
    counts: Counter[tuple[str, str]] = Counter()
    for level, source, _staff in {
        (each.level, each.source, each.staff)
        for each in secrecy.accesses(facts)
        if each.standing in ("current", "ending")
    }:
        counts[level, source] += 1
    return (
        Chart(
            "access-by-level",
            _("People who may read, by level and ground"),
            "bars",
            _("Level"),
            tuple(
                Series(name, title.render(lang), tone)  # type: ignore[arg-type]  # tones of charts
                for (name, title), tone in zip(
                    _SOURCES.items(), ("", "good", "warning", "muted", ""), strict=True
                )
            ),
            tuple(
                Row(level, words.level(level, lang), tuple(counts[level, name] for name in _SOURCES))
                for level in ("confidential", "core")
            ),
            empty=_("Nobody has access to anything above the level of all staff."),
        ),
    )


def _row(facts: Facts, each: Access, lang: Lang) -> tuple[Cell, ...]:
    title, tone = _STANDINGS[each.standing]
    level = Cell(words.level(each.level, lang), each.level, tone=each.level) if each.level else Cell()
    return (
        values.reference_cell(facts, each.staff, lang),
        level,
        values.reference_cell(facts, each.document, lang),
        Cell(_SOURCES[each.source].render(lang), each.source),
        _rights(facts, each, lang),
        values.date_cell(each.start),
        values.date_cell(each.until),
        values.reference_cell(facts, each.grant, lang),
        Cell(title.render(lang), each.standing, tone=tone),
    )


def _rights(facts: Facts, each: Access, lang: Lang) -> Cell:
    field = next((field for field in facts.types["access-grant"].fields if field.name == "rights"), None)
    return values.cell(facts, field, list(each.rights), lang)
