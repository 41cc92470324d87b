"""Safeguards due for inspection

Every safeguard with its place and owner, when it was last inspected and when it is due: overdue ones first. Premises, network measures, devices
and media that protect secrets (R5.2.2, R5.2.3).

One whose next inspection falls within ninety days is *due soon*; one that was never inspected is overdue.
---
保密设施待检

逐项列出保密设施的位置、负责人、上次检查和下次检查，逾期的排在最前。包括保护秘密的场所、网络措施、设备和介质。

九十天内应检查的为“即将到期”；从未检查过的视为逾期。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from muniment import i18n, secrecy
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import registers, values, words

NAME = "safeguards"
TITLE = Text("Safeguards due for inspection", "保密设施待检")
CLAUSES = ("R5.2.2", "R5.2.3")
ORDER = 93
_STANDINGS: Mapping[str, tuple[Text, str]] = {
    "overdue": (Text("overdue", "逾期"), "overdue"),
    "soon": (Text("due soon", "即将到期"), "due"),
    "open": (Text("in order", "正常"), "active"),
}
_KINDS = ("physical", "network", "device", "media")


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    fields = {field.name: field for field in facts.types["safeguard"].fields}

    def title(name: str) -> str:
        return values.heading(fields[name].title.render(lang), lang)

    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("kind", title("kind"), facet=True),
        Column("place", title("place")),
        Column("owner", title("owner"), "reference", True),
        Column("inspected", title("inspected"), "date"),
        Column("next_inspection", title("next_inspection"), "date"),
        Column("days", _("Days left"), "integer"),
        Column("standing", _("Standing"), "state", True),
    )
    found = sorted(
        facts.corpus.of("safeguard"),
        key=lambda record: (str(record.data.get("next_inspection") or ""), record.number),
    )
    rows = tuple(_row(facts, record, lang) for record in found)
    empty = words.withheld(facts, lang, "safeguard")
    return Table(TITLE.render(lang), columns, rows, empty or _("No safeguard is registered yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """By kind: overdue, due soon, in order."""
    _ = i18n.translator(lang)
    counts = Counter(
        (str(record.data["kind"]), secrecy.safeguard_standing(facts, record))
        for record in facts.corpus.of("safeguard")
    )
    field = next(field for field in facts.types["safeguard"].fields if field.name == "kind")
    tones = (("overdue", "bad"), ("soon", "warning"), ("open", "good"))
    return (
        Chart(
            "safeguards-by-kind",
            _("Safeguards by kind"),
            "bars",
            values.heading(field.title.render(lang), lang),
            tuple(Series(name, _STANDINGS[name][0].render(lang), tone) for name, tone in tones),  # type: ignore[arg-type]  # the three tones
            tuple(
                Row(kind, field.labels[kind].render(lang), tuple(counts[kind, name] for name, _tone in tones))  # type: ignore[index]  # a count of a literal
                for kind in _KINDS
            ),
            empty=_("No safeguard is registered yet."),
        ),
    )


def _row(facts: Facts, record: Record, lang: Lang) -> tuple[Cell, ...]:
    standing = secrecy.safeguard_standing(facts, record)
    title, tone = _STANDINGS[standing]
    due = str(record.data.get("next_inspection") or "")
    days = (date.fromisoformat(due) - date.fromisoformat(facts.today)).days if due else None
    fields = {field.name: field for field in record.type.fields}
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        values.cell(facts, fields["kind"], record.data["kind"], lang),
        Cell(str(record.data["place"]), str(record.data["place"])),
        values.reference_cell(facts, str(record.data["owner"]), lang),
        values.date_cell(record.data.get("inspected")),
        values.date_cell(due),
        Cell() if days is None else Cell(str(days), days),
        Cell(title.render(lang), standing, tone=tone),
    )
