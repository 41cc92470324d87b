"""Backups and their age

Every place that backups go to: when the last one was made and when one was last read back and verified, how many days ago, and whether that is
within what the policy `documents` asks for (`backups: {longest_days, verified_days}`). A backup that nobody has read back proves
nothing (R4.3.1).
---
备份及验证情况

按备份位置列出：最近一次备份和最近一次验证的日期、距今天数，以及是否符合制度 `documents` 的要求（`backups: {longest_days, verified_days}`）。
没有验证过的备份不能作数。
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from muniment import i18n
from muniment.charts import Chart, Row, Series, Target
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import values

NAME = "backup-evidence"
TITLE = Text("Backups and their age", "备份及验证情况")
CLAUSES = ("R4.3.1",)
ORDER = 59


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("target", _("Kept at"), facet=True),
        Column("backups", _("Backups"), "integer"),
        Column("last", _("Last backup"), "number"),
        Column("made", _("Made on"), "date"),
        Column("age", _("Days ago"), "integer"),
        Column("verified", _("Last verified"), "number"),
        Column("verified_on", _("Verified on"), "date"),
        Column("verified_age", _("Days ago"), "integer"),
        Column("by", _("Verified by"), "reference"),
        Column("standing", _("Standing"), "state", True),
    )
    rows = tuple(_row(facts, target, found, lang) for target, found in _targets(facts).items())
    return Table(TITLE.render(lang), columns, rows, _("No backup has been recorded yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """Days since a backup was last verified, against what policy asks for."""
    _ = i18n.translator(lang)
    rows = []
    for target, found in _targets(facts).items():
        last = _verified(found)
        rows.append(Row(target, target, (_age(facts, str(last.data["verified"])) if last else None,)))
    longest = facts.policy.value("documents", "backups", "verified_days")
    target_line = Target(int(longest), _("at most")) if longest else None
    return (
        Chart(
            "verified",
            _("Days since a backup was last verified"),
            "bars",
            _("Kept at"),
            (Series("days", _("days")),),
            tuple(rows),
            target=target_line,
            empty=_("No backup has been verified yet."),
        ),
    )


def _targets(facts: Facts) -> Mapping[str, list[Record]]:
    """Backups by where they are kept, the newest last."""
    found: dict[str, list[Record]] = {}
    for record in sorted(facts.corpus.of("backup"), key=lambda each: (str(each.data["date"]), each.number)):
        found.setdefault(str(record.data["target"]), []).append(record)
    return found


def _verified(found: list[Record]) -> Record | None:
    return max(
        (record for record in found if record.data.get("verified")),
        key=lambda record: str(record.data["verified"]),
        default=None,
    )


def _age(facts: Facts, day: str) -> int:
    return (date.fromisoformat(facts.today) - date.fromisoformat(day[:10])).days


def _row(facts: Facts, target: str, found: list[Record], lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    last, verified = found[-1], _verified(found)
    age = _age(facts, str(last.data["date"]))
    verified_age = _age(facts, str(verified.data["verified"])) if verified else None
    standing = _standing(facts, age, verified_age)
    titles = {"active": _("as policy asks"), "overdue": _("too old"), "due": _("never verified")}
    return (
        Cell(target, target),
        values.count_cell(len(found)),
        values.number_cell(facts, last.number),
        values.date_cell(last.data["date"]),
        values.count_cell(age),
        values.number_cell(facts, verified.number) if verified else Cell(),
        values.date_cell(verified.data["verified"] if verified else ""),
        Cell() if verified_age is None else values.count_cell(verified_age),
        values.reference_cell(facts, str(verified.data.get("verified_by") or "") if verified else "", lang),
        Cell(titles[standing], standing, tone=standing),
    )


def _standing(facts: Facts, age: int, verified: int | None) -> str:
    longest = facts.policy.value("documents", "backups", "longest_days", default=0)
    proved = facts.policy.value("documents", "backups", "verified_days", default=0)
    if (longest and age > longest) or (proved and verified is not None and verified > proved):
        return "overdue"
    return "due" if verified is None else "active"
