"""Regulation coverage

Every clause of the regulation with what puts it into effect here: the types of record that hold its forms, the rules that a check
applies, the reports that show how it is kept, and how many records there are today. The list is made from the clauses
that each type, rule and report names itself, so it cannot promise what is not there (R1.1).
---
规范覆盖

逐条列出规范的条款由什么落实：承载表单的记录类型、检查所用的规则、反映执行情况的报表，以及目前的记录数。
本表由各类型、规则、报表自己注明的条款汇总而成，不会写上并不存在的内容。
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from muniment import audience, clauses, i18n, registers, rules
from muniment.charts import Chart, Row, Series
from muniment.clauses import Clause
from muniment.facts import Facts
from muniment.findings import Lang, Rule, Text
from muniment.schemas import RecordType
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values

NAME = "coverage"
TITLE = Text("Regulation coverage", "规范覆盖")
CLAUSES = ("R1.1",)
ORDER = 15


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("clause", _("Clause")),
        Column("section", _("Section"), facet=True),
        Column("text", _("What the regulation wants")),
        Column("records", _("Records"), "integer"),
        Column("types", _("Types of record")),
        Column("rules", _("Rules")),
        Column("reports", _("Reports")),
        Column("means", _("Also by")),
    )
    rows = tuple(_row(facts, name, clause, lang) for name, clause in clauses.CLAUSES.items())
    return Table(TITLE.render(lang), columns, rows)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """By section: the clauses whose forms are in use, those without a record yet, those that need no form."""
    _ = i18n.translator(lang)
    counts = {number: [0, 0, 0] for number in clauses.SECTIONS}
    for name in clauses.CLAUSES:
        kinds = types(facts, name)
        is_used = any(facts.corpus.by_type.get(kind.name) for kind in kinds)
        place = 0 if is_used else 1 if kinds else 2
        counts[clauses.section(name)][place] += 1
    return (
        Chart(
            "sections",
            _("Clauses by section"),
            "bars",
            _("Section"),
            (
                Series("used", _("with records"), "good"),
                Series("unused", _("no record yet"), "warning"),
                Series("formless", _("by rules and pages alone"), "muted"),
            ),
            tuple(
                Row(number, f"{number} {title.render(lang)}", tuple(counts[number]))
                for number, title in clauses.SECTIONS.items()
            ),
        ),
    )


def types(facts: Facts, clause: str) -> tuple[RecordType, ...]:
    """The types of record that name the clause, policies last."""
    found = [kind for kind in facts.types.values() if clause in kind.clauses]
    return tuple(sorted(found, key=lambda kind: kind.group == "policy"))


@lru_cache(maxsize=1)
def rules_by_clause() -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for module in _modules(rules):
        for clause in module.RULE.clauses:
            found.setdefault(clause, []).append(module.RULE)
    return {clause: tuple(sorted(each, key=lambda rule: rule.code)) for clause, each in found.items()}


@lru_cache(maxsize=1)
def reports_by_clause() -> Mapping[str, tuple[ModuleType, ...]]:
    """The modules of reports, this one among them."""
    found: dict[str, list[ModuleType]] = {}
    own = import_module(__name__)
    for module in (*_modules(registers), own):
        for clause in module.CLAUSES:
            found.setdefault(clause, []).append(module)
    return {clause: tuple(modules) for clause, modules in found.items()}


def _modules(package: ModuleType) -> list[ModuleType]:
    return [
        import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)
    ]


def _row(facts: Facts, name: str, clause: Clause, lang: Lang) -> tuple[Cell, ...]:
    number = clauses.section(name)
    kinds = types(facts, name)
    withheld = audience.withholds(facts, *(kind.name for kind in kinds))
    shown = [kind for kind in kinds if kind.name not in withheld]
    count = sum(len(facts.corpus.by_type.get(kind.name, ())) for kind in shown)
    return (
        Cell(name, name),
        Cell(f"{number} {clauses.SECTIONS[number].render(lang)}", number),
        Cell(clause.text.render(lang), clause.text.render(lang)),
        values.count_cell(count) if shown else values.withheld_cell(lang) if kinds else Cell(),
        _cell([_type(facts, kind, kind.name in withheld, lang) for kind in kinds]),
        _cell(
            [
                Cell(rule.code, rule.code, addresses.rule(rule.code))
                for rule in rules_by_clause().get(name, ())
            ]
        ),
        _cell(
            [
                Cell(module.TITLE.render(lang), module.NAME, addresses.report(module.NAME))
                for module in reports_by_clause().get(name, ())
            ]
        ),
        _cell([_means(means, lang) for means in clause.means]),
    )


def _cell(parts: list[Cell]) -> Cell:
    return Cell("", [part.value for part in parts], parts=tuple(parts))


def _type(facts: Facts, kind: RecordType, is_withheld: bool, lang: Lang) -> Cell:
    title = values.heading(kind.title.render(lang), lang)
    count = values.withheld_cell(lang).text if is_withheld else len(facts.corpus.by_type.get(kind.name, ()))
    return Cell(
        f"{title} ({count})" if lang == "en" else f"{title}（{count}）",
        kind.name,
        addresses.register(kind.name),
    )


def _means(means: clauses.Means, lang: Lang) -> Cell:
    text = means.title.render(lang)
    if means.command:
        text += f" (muniment {means.command})" if lang == "en" else f"（muniment {means.command}）"
    return Cell(text, means.page or means.command or text, means.page)
