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

from muniment import i18n, numbering
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.numbering import Run
from muniment.tables import Cell, Column, Table
from muniment.views import values

NAME = "gaps"
TITLE = Text("Numbers: used, void and missing", "编号使用情况")
_SHOWN = 12  # numbers in one cell; a series that began in the middle by mistake would fill pages


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("series", _("Series"), facet=True),
        Column("year", _("Year"), facet=True),
        Column("used", _("Used"), "integer"),
        Column("first", _("First"), "number"),
        Column("last", _("Last"), "number"),
        Column("void", _("Void")),
        Column("missing", _("Missing")),
        Column("next", _("Next"), "number"),
    )
    burnt = _highest_burnt(facts)
    rows = tuple(
        _row(facts, run, burnt.get((run.series.letters, run.year), 0), lang) for run in numbering.runs(facts)
    )
    return Table(TITLE.render(lang), columns, rows, _("No number has been used yet."))


def _highest_burnt(facts: Facts) -> Mapping[tuple[str, str], int]:
    """The highest serial of each series and year that main or another branch has ever held."""
    found: dict[tuple[str, str], int] = {}
    if facts.ledger is not None:
        for number in (*facts.ledger.lives, *facts.ledger.elsewhere):
            series = facts.policy.series_of(number)
            parsed = series.parse(number) if series else None
            if series and parsed:
                key = (series.letters, parsed[0])
                found[key] = max(found.get(key, 0), parsed[1])
    return found


def _row(facts: Facts, run: Run, burnt: int, lang: Lang) -> tuple[Cell, ...]:
    letters = run.series.letters
    visible = sorted(number for number in run.serials.values() if number in facts.corpus.records)
    serial = max(burnt, *run.serials, run.first - 1) + 1
    next_number = "" if run.series.is_full(serial) else run.series.number(run.year, serial)
    return (
        Cell(f"{letters} {run.series.title.render(lang)}", letters),
        Cell(run.year, run.year or None),
        Cell(str(len(run.serials)), len(run.serials)),
        values.number_cell(facts, visible[0]) if visible else Cell(),
        values.number_cell(facts, visible[-1]) if visible else Cell(),
        _void(facts, visible),
        _cell(list(_missing(facts, run, lang)), lang),
        Cell(next_number, next_number or None),
    )


def _void(facts: Facts, numbers: list[str]) -> Cell:
    found = [
        Cell(
            f"{number}: {reason}" if (reason := facts.corpus.records[number].data.get("reason")) else number,
            number,
            values.number_cell(facts, number).link,
        )
        for number in numbers
        if facts.corpus.records[number].type.name == "void"
    ]
    return Cell("; ".join(cell.text for cell in found), [cell.value for cell in found], parts=tuple(found))


def _missing(facts: Facts, run: Run, lang: Lang) -> Iterator[tuple[str, str]]:
    """Each missing number with what is known about it."""
    _ = i18n.translator(lang)
    for gap in numbering.gaps(run):
        for number in gap.numbers:
            branches = numbering.holders(facts, number)
            if branches:
                yield number, _("held by {branch}").format(branch=", ".join(branches))
            elif numbering.vanished(facts, number):
                yield number, _("was on main and is gone")
            else:
                yield number, _("not explained")


def _cell(missing: list[tuple[str, str]], lang: Lang) -> Cell:
    _ = i18n.translator(lang)
    shown = [f"{number}: {reason}" for number, reason in missing[:_SHOWN]]
    if len(missing) > _SHOWN:
        shown.append(_("and {n} more").format(n=len(missing) - _SHOWN))
    return Cell("; ".join(shown), [number for number, _reason in missing])
