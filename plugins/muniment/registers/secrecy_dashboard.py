"""Secrecy at a glance

For the secrecy officer: what asks for attention today, each figure with the report that names the cases. Below zero attention there is nothing to do;
what the readers of this site may not know is said to be withheld, never counted as nought (R5.1–R5.3).
---
保密总览

供保密管理员查看：今天有哪些事项需要处理，每个数字都可点开查看明细。读者无权知悉的内容注明“不予显示”，不会当作零。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from muniment import audience, i18n, secrecy
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.registers import agreements, safeguards, secrecy_findings
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values, words

NAME = "secrecy"
TITLE = Text("Secrecy at a glance", "保密总览")
CLAUSES = ("R5.1", "R5.2.1", "R5.2.2", "R5.2.3", "R5.2.4", "R5.3")
ORDER = 90
_FINE, _ATTENTION = Text("in order", "正常"), Text("needs attention", "需处理")
_TOLD = Text("for information", "供参考")


@dataclass(frozen=True)
class _Figure:
    """`count` is None where the readers may not know it; `is_bad` where anything but nought asks for attention."""

    name: str
    title: str
    count: int | None
    report: str
    is_bad: bool = True


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("matter", _("Matter")),
        Column("count", _("Count"), "integer"),
        Column("standing", _("Standing"), "state", True),
    )
    rows = tuple(_row(figure, lang) for figure in _figures(facts, lang))
    return Table(TITLE.render(lang), columns, rows, _("Nothing is kept on secrecy yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """Agreements and findings by department, safeguards by kind, and what is classified."""
    return (
        *agreements.charts(facts, lang),
        *secrecy_findings.charts(facts, lang),
        *safeguards.charts(facts, lang),
        _classified(facts, lang),
    )


def _classified(facts: Facts, lang: Lang) -> Chart:
    _ = i18n.translator(lang)
    counts = Counter((record.type.name, facts.level(record)) for record in secrecy.classified(facts))
    shown = [
        kind
        for kind in sorted(facts.types.values(), key=lambda kind: kind.order)
        if any(counts[kind.name, level] for level in ("confidential", "core"))
    ]
    return Chart(
        "classified",
        _("Classified records by type"),
        "bars",
        _("Type"),
        (
            Series("confidential", words.level("confidential", lang), "warning"),
            Series("core", words.level("core", lang), "bad"),
        ),
        tuple(
            Row(
                kind.name,
                values.heading(kind.title.render(lang), lang),
                tuple(counts[kind.name, level] for level in ("confidential", "core")),
                addresses.register(kind.name),
            )
            for kind in shown
        ),
        empty=_("This site shows no record above the level of all staff."),
    )


def _figures(facts: Facts, lang: Lang) -> Iterator[_Figure]:
    _ = i18n.translator(lang)
    persons = () if audience.withholds(facts, "staff", "nda") else secrecy.duties(facts)
    knows = bool(persons)

    def count(lack: str) -> int | None:
        return sum(lack in duty.lacks for duty in persons) if knows else None

    ending = sum(duty.term == "ending" for duty in persons) if knows else None
    yield _Figure(
        "no_agreement", _("Staff without an agreement in force"), count("agreement"), agreements.NAME
    )
    yield _Figure("ending", _("Agreements that end within 90 days"), ending, agreements.NAME)
    untrained = None if audience.withholds(facts, "training-session") else count("training")
    yield _Figure(
        "untrained", _("Staff without training in secrecy within a year"), untrained, agreements.NAME
    )
    unchecked = count("check") if secrecy.tells_checks(facts) else None
    yield _Figure(
        "unchecked", _("Posts without the background check they demand"), unchecked, agreements.NAME
    )
    yield from _access(facts, lang)
    yield from _inspections(facts, lang)


def _access(facts: Facts, lang: Lang) -> Iterator[_Figure]:
    _ = i18n.translator(lang)
    known = not audience.withholds(facts, "access-grant")
    grants = {each.grant: each.standing for each in secrecy.accesses(facts) if each.grant}
    counts = Counter(grants.values())
    yield _Figure(
        "grants",
        _("Grants in force"),
        counts["current"] + counts["ending"] if known else None,
        "access",
        False,
    )
    yield _Figure(
        "ending_grants", _("Grants that end within 90 days"), counts["ending"] if known else None, "access"
    )
    yield _Figure("asked", _("Grants waiting for a decision"), counts["asked"] if known else None, "access")


def _inspections(facts: Facts, lang: Lang) -> Iterator[_Figure]:
    _ = i18n.translator(lang)
    guards = [secrecy.safeguard_standing(facts, record) for record in facts.corpus.of("safeguard")]
    knows_guards = not audience.withholds(facts, "safeguard")
    yield _Figure(
        "overdue_safeguards",
        _("Safeguards overdue for inspection"),
        guards.count("overdue") if knows_guards else None,
        safeguards.NAME,
    )
    issues = [issue.standing for issue in secrecy.issues(facts)]
    knows = not audience.withholds(facts, "secrecy-inspection")
    still = len(issues) - issues.count("corrected")
    yield _Figure("open", _("Findings not corrected yet"), still if knows else None, secrecy_findings.NAME)
    yield _Figure(
        "overdue", _("Findings overdue"), issues.count("overdue") if knows else None, secrecy_findings.NAME
    )
    unseen = (
        len(secrecy.uninspected(facts))
        if knows and not audience.withholds(facts, "department", "staff")
        else None
    )
    yield _Figure("uninspected", _("Departments not inspected within a year"), unseen, secrecy_findings.NAME)


def _row(figure: _Figure, lang: Lang) -> tuple[Cell, ...]:
    matter = Cell(figure.title, figure.name, addresses.report(figure.report))
    if figure.count is None:
        return matter, values.withheld_cell(lang), Cell()
    if not figure.is_bad:
        return matter, values.count_cell(figure.count), Cell(_TOLD.render(lang), "told", tone="registered")
    standing = _ATTENTION if figure.count else _FINE
    tone = "due" if figure.count else "active"
    return (
        matter,
        values.count_cell(figure.count),
        Cell(standing.render(lang), "attention" if figure.count else "fine", tone=tone),
    )
