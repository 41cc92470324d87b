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

from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Table
from muniment.views import documents

NAME = documents.MASTER_LIST
TITLE = Text("Master list of documents in force", "受控文件清单")
CLAUSES = ("R4.2.2", "R4.4.1")
ORDER = 10
PAST = True  # a revision that takes effect later leaves the one before it in force


def table(facts: Facts, lang: Lang) -> Table:
    return documents.master_list(facts, lang)
