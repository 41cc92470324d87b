"""Newest records

The hundred records that changed last, of whatever type, by the date that they bear.
---
最近更新

最近变动的一百条记录（不分类型），按记录所载日期排列。
"""

from __future__ import annotations

from heapq import nlargest

from muniment import i18n
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Table
from muniment.views import registers

NAME = "recent"
TITLE = Text("Newest records", "最近更新")
CLAUSES = ("R4.4.1",)
ORDER = 30
MOST = 100


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    names = ("number", "title", "type", "department", "created", "updated", "state", "level")
    return registers.listing(
        facts, TITLE.render(lang), names, newest(facts, MOST), lang, _("There is no record yet.")
    )


def newest(facts: Facts, most: int) -> list[Record]:
    return nlargest(
        most,
        facts.corpus,
        key=lambda record: (
            str(record.data.get("updated") or record.data.get("created") or ""),
            record.number,
        ),
    )
