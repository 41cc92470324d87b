"""Master list of documents in force

The controlled documents that people may act on today: through every stage of their review, their effective date
reached, and not retired. Drafts, documents under review and retired documents are not in this list. A printed copy is
good for the day it was printed; the site is the list that counts (R4.2.2, R4.4.1).
---
受控文件清单

今天可以依据的受控文件：各审核环节全部通过、已到生效日期、未废止。草稿、审核中和已废止的文件不在此列。
打印件只代表打印当天的情况，以本站为准。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from muniment import i18n, lifecycle
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Table
from muniment.views import addresses, documents

NAME = documents.MASTER_LIST
TITLE = Text("Master list of documents in force", "受控文件清单")
CLAUSES = ("R4.2.2", "R4.4.1")
ORDER = 10
PAST = True  # a revision that takes effect later leaves the one before it in force


def table(facts: Facts, lang: Lang) -> Table:
    return documents.master_list(facts, lang)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """Documents by class: in force, on their way, no longer in force."""
    _ = i18n.translator(lang)
    counts: Mapping[tuple[str, int], int] = Counter(
        (str(record.data.get("class") or ""), _standing(facts, record)) for record in documents.of(facts)
    )
    return (
        Chart(
            "classes",
            _("Documents by class"),
            "bars",
            _("Class"),
            (
                Series("in_force", _("in force")),
                Series("in_preparation", _("in preparation"), "warning"),
                Series("retired", _("retired"), "muted"),
            ),
            tuple(
                Row(
                    index.value,
                    documents.class_title(facts, index.value, lang),
                    tuple(counts[index.value, standing] for standing in range(3)),
                    addresses.documents("class", index.value),
                )
                for index in documents.indexes(facts, lang)["class"]
            ),
        ),
    )


def _standing(facts: Facts, record: Record) -> int:
    if facts.state(record.number) in lifecycle.ENDED:
        return 2
    return 0 if documents.is_in_force(facts, record) else 1
