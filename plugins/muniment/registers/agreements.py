"""Agreements and training in secrecy

For everybody who works here: the confidentiality agreement in force, until when it lasts, the last training in secrecy, and the background
check where the post demands one. What is missing is named, so that nobody is let at secrets without it (R5.2.1).

An agreement that ends within ninety days is *ending*; a training counts for a year.
---
保密协议与保密培训

在职人员逐人列出：有效的保密协议及到期日、最近一次保密培训、岗位要求的背景审查。缺什么写明什么，避免无依据接触秘密。

协议九十天内到期的为“即将到期”；保密培训一年内有效。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from muniment import i18n, secrecy
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.secrecy import Duty
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values, words

NAME = "agreements"
TITLE = Text("Agreements and training in secrecy", "保密协议与保密培训")
CLAUSES = ("R5.2.1",)
ORDER = 91
_TERMS: Mapping[str, tuple[Text, str]] = {
    "in_force": (Text("in force", "有效"), "active"),
    "ending": (Text("ending", "即将到期"), "due"),
    "missing": (Text("missing", "缺"), "overdue"),
}
_LACKS: Mapping[str, Text] = {
    "agreement": Text("agreement", "保密协议"),
    "training": Text("training within a year", "一年内的保密培训"),
    "check": Text("background check", "背景审查"),
}
_PASSED, _NOT_PASSED = Text("passed", "通过"), Text("not passed", "未通过")


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("name", _("Name")),
        Column("department", _("Department"), "reference", True),
        Column("standing", _("Agreement"), "state", True),
        Column("agreement", _("Record"), "reference"),
        Column("signed", _("Signed"), "date"),
        Column("until", _("Until"), "date"),
        Column("trained", _("Trained"), "date"),
        Column("session", _("Training"), "reference"),
        Column("post", _("Post to be checked")),
        Column("check", _("Background check")),
        Column("lacks", _("Missing"), facet=True),
    )
    rows = tuple(_row(facts, duty, lang) for duty in secrecy.duties(facts))
    empty = words.withheld(facts, lang, "staff", "nda")
    return Table(TITLE.render(lang), columns, rows, empty or _("Nobody works here yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """By department: whose agreement is in force, ends soon, is missing."""
    _ = i18n.translator(lang)
    duties = secrecy.duties(facts)
    counts: Counter[tuple[str, str]] = Counter((duty.department, duty.term) for duty in duties)
    tones = (("in_force", "good"), ("ending", "warning"), ("missing", "bad"))
    return (
        Chart(
            "agreements-by-department",
            _("Agreements by department"),
            "bars",
            _("Department"),
            tuple(Series(name, _TERMS[name][0].render(lang), tone) for name, tone in tones),  # type: ignore[arg-type]  # the three tones
            tuple(
                Row(number, facts.title(number), tuple(counts[number, name] for name, _tone in tones))
                for number in sorted({duty.department for duty in duties})
            ),
            empty=words.withheld(facts, lang, "staff", "nda") or _("Nobody works here yet."),
        ),
    )


def _row(facts: Facts, duty: Duty, lang: Lang) -> tuple[Cell, ...]:
    title, tone = _TERMS[duty.term]
    held = duty.agreement
    lacks = [name for name in duty.lacks if name != "check" or secrecy.tells_checks(facts)]
    person = duty.person
    return (
        values.number_cell(facts, person.number),
        Cell(person.title, person.title, addresses.record(facts.policy, person.number)),
        values.reference_cell(facts, duty.department, lang),
        Cell(title.render(lang), duty.term, tone=tone),
        values.reference_cell(facts, held.number if held else "", lang),
        values.date_cell(held.data["signed"] if held else ""),
        values.date_cell(held.data.get("until") if held else ""),
        values.date_cell(duty.trained),
        values.reference_cell(facts, duty.session, lang),
        Cell(duty.post, duty.post or None),
        _check(facts, duty, lang),
        Cell(("、" if lang == "zh" else ", ").join(_LACKS[name].render(lang) for name in lacks), lacks),
    )


def _check(facts: Facts, duty: Duty, lang: Lang) -> Cell:
    if not duty.post:
        return Cell()
    if not secrecy.tells_checks(facts):
        return values.withheld_cell(lang)
    text = (_PASSED if duty.is_checked else _NOT_PASSED).render(lang)
    number = duty.check.number if duty.check else ""
    return Cell(text, number or None, addresses.record(facts.policy, number) if number else "", key=number)
