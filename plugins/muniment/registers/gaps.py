"""Numbers: used, void and missing

For each series and year: how many numbers are used, which were given up (void, with the reason), which are missing
and why, and which number comes next. A register without unexplained gaps is the proof that no record was taken away;
auditors ask for it as completeness (R4.1.2).
---
编号使用情况

按系列和年份列出：已用编号的数量、作废的编号及原因、缺号及说明、下一个编号。没有不明缺号，才能证明没有记录被抽走，
这就是完整性检查。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muniment import audience, i18n, numbering
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.numbering import Run
from muniment.tables import Cell, Column, Table
from muniment.views import values

NAME = "gaps"
TITLE = Text("Numbers: used, void and missing", "编号使用情况")
CLAUSES = ("R4.1.2",)
ORDER = 60
_SHOWN = 12  # numbers in one cell; a series that began in the middle by mistake would fill pages


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("series", _("Series"), facet=True),
        Column("year", _("Year"), facet=True),
        Column("used", _("Used"), "integer"),
        Column("first", _("First"), "number"),
        Column("last", _("Last"), "number"),
        Column("void", _("Void"), "reference"),
        Column("missing", _("Missing")),
        Column("reason", _("Reason")),
        Column("next", _("Next"), "number"),
    )
    held = _held(facts)
    rows = tuple(
        _row(facts, run, held.get((run.series.letters, run.year), {}), lang)
        for run in numbering.runs(facts)
        if _is_told(facts, run)
    )
    return Table(TITLE.render(lang), columns, rows, _("No number has been used yet."))


def _held(facts: Facts) -> Mapping[tuple[str, str], Mapping[int, str]]:
    """The numbers of each series and year that main or another branch has ever held, by serial."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    if facts.ledger is not None:
        for number in (*facts.ledger.lives, *facts.ledger.elsewhere):
            series = facts.policy.series_of(number)
            parsed = series.parse(number) if series else None
            if series and parsed:
                found.setdefault((series.letters, parsed[0]), {})[parsed[1]] = number
    return found


def _withheld(facts: Facts, run: Run) -> list[str]:
    """Numbers of records above the level of the readers: neither missing nor told, unless policy lets them be told."""
    return [
        run.serials[serial]
        for serial in sorted(run.serials)
        if facts.corpus.broken.get(run.serials[serial]) == ""
    ]


def _is_told(facts: Facts, run: Run) -> bool:
    return audience.shows_numbers(facts.policy) or len(_withheld(facts, run)) < len(run.serials)


def _row(facts: Facts, run: Run, held: Mapping[int, str], lang: Lang) -> tuple[Cell, ...]:
    _ = i18n.translator(lang)
    letters = run.series.letters
    visible = [
        run.serials[serial] for serial in sorted(run.serials) if run.serials[serial] in facts.corpus.records
    ]
    void = [number for number in visible if facts.corpus.records[number].type.name == "void"]
    missing = list(_missing(run, held))
    withheld, by_number = _withheld(facts, run), audience.shows_numbers(facts.policy)
    reasons = [(number, str(facts.corpus.records[number].data.get("reason") or "")) for number in void]
    reasons += [(number, _reason(facts, number, lang)) for number in missing]
    reasons += [(number, _("above the level of these readers")) for number in withheld if by_number]
    serial = max((*held, *run.serials, run.first - 1)) + 1
    # What comes next would tell how many numbers there are above the level.
    untold = bool(withheld) and not by_number
    next_number = "" if untold or run.series.is_full(serial) else run.series.number(run.year, serial)
    used = len(run.serials) - (len(withheld) if untold else 0)
    return (
        Cell(f"{letters} {run.series.title.render(lang)}", letters),
        Cell(run.year, run.year or None),
        Cell(str(used), used),
        values.number_cell(facts, visible[0]) if visible else Cell(),
        values.number_cell(facts, visible[-1]) if visible else Cell(),
        Cell(", ".join(void), void, parts=tuple(values.number_cell(facts, number) for number in void)),
        _cell(missing, missing, lang),
        _cell([f"{number}: {reason}" for number, reason in reasons], dict(reasons), lang),
        Cell(next_number, next_number or None),
    )


def _missing(run: Run, held: Mapping[int, str]) -> Iterator[str]:
    """Numbers below the highest that no record bears, then those above it that are taken elsewhere."""
    for gap in numbering.gaps(run):
        yield from gap.numbers
    for serial in sorted(held):
        if serial > max(run.serials, default=0):
            yield held[serial]


def _reason(facts: Facts, number: str, lang: Lang) -> str:
    """What is known about a missing number."""
    _ = i18n.translator(lang)
    branches = numbering.holders(facts, number)
    if audience.MASK in branches:
        return _("held by another branch")
    if branches:
        return _("held by {branch}").format(branch=", ".join(branches))
    if facts.ledger is not None and number in facts.ledger.moved:
        return _("was on main and is {number} now").format(number=facts.ledger.moved[number])
    return _("was on main and is gone") if numbering.vanished(facts, number) else _("not explained")


def _cell(shown: list[str], value: object, lang: Lang) -> Cell:
    _ = i18n.translator(lang)
    texts = shown[:_SHOWN]
    if len(shown) > _SHOWN:
        texts.append(_("and {n} more").format(n=len(shown) - _SHOWN))
    return Cell("; ".join(texts), value)
