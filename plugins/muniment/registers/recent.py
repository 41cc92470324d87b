"""Newest records

The hundred records that changed last, of whatever type, by the date that they bear; those that bear none, by the day on which they were changed.
---
最近更新

最近变动的一百条记录（不分类型），按记录所载日期排列；没有更新日期的，按最后一次改动的日期。
"""

from __future__ import annotations

from dataclasses import replace
from heapq import nlargest

from muniment import i18n
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Table
from muniment.views import registers, values

NAME = "recent"
TITLE = Text("Newest records", "最近更新")
CLAUSES = ("R4.4.1",)
ORDER = 30
MOST = 100


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    names = ("number", "title", "type", "department", "created", "updated", "state", "level")
    found = newest(facts, MOST)
    listed = registers.listing(facts, TITLE.render(lang), names, found, lang, _("There is no record yet."))
    place = names.index("updated")
    # What has no revisions bears no date of its last change; main knows it.
    rows = tuple(
        (*row[:place], values.date_cell(changed(facts, record)), *row[place + 1 :])
        for record, row in zip(found, listed.rows, strict=True)
    )
    return replace(listed, rows=rows)


def newest(facts: Facts, most: int) -> list[Record]:
    return nlargest(most, facts.corpus, key=lambda record: (changed(facts, record), record.number))


def changed(facts: Facts, record: Record) -> str:
    """The date of the present revision; of a record without revisions the day on which main last changed its facts or text."""
    if record.data.get("updated"):
        return str(record.data["updated"])
    landed = max((facts.landed.get(path, "") for path in (record.path, *record.files)), default="")
    return landed or str(record.data.get("created") or "")
