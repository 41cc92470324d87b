"""Documents by department and state

How many controlled documents each department owns, and how they stand: what is in force, what is being reviewed, what
is still a draft, what was retired.
---
部门文件统计

各部门名下受控文件的数量和状态：在用、审核中、草稿、已废止。
"""

from __future__ import annotations

from collections import Counter

from muniment import i18n
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, documents, words

NAME = "departments"
TITLE = Text("Documents by department and state", "部门文件统计")
CLAUSES = ("R4.1.1",)
ORDER = 50
_FIRST = (
    "draft",
    "in_review",
    "approved",
    "signed",
    "published",
    "confirmed",
    "registered",
    "retired",
    "disposed",
)


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    counts = Counter((record.department or "", facts.state(record.number)) for record in documents.of(facts))
    present = {state for _department, state in counts}
    states = [state for state in _FIRST if state in present] + sorted(present - set(_FIRST))
    departments = [record.number for record in facts.corpus.of("department")]
    departments += sorted({department for department, _state in counts} - set(departments))
    columns = (
        Column("department", _("Department"), "reference"),
        *(Column(state, words.any_state(facts, state, lang), "integer") for state in states),
        Column("total", _("Total"), "integer"),
    )
    rows = [
        (
            _department(facts, number, lang),
            *(_count(counts[number, state]) for state in states),
            _count(sum(counts[number, state] for state in states)),
        )
        for number in departments
    ]
    return Table(TITLE.render(lang), columns, tuple(rows), _("There is no department yet."))


def _department(facts: Facts, number: str, lang: Lang) -> Cell:
    if not number:
        _ = i18n.translator(lang)
        return Cell(_("without a department"))
    return Cell(facts.title(number), number, addresses.documents("department", number), key=number)


def _count(count: int) -> Cell:
    return Cell(str(count), count)
