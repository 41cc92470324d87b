"""The months of an annual appraisal differ from the evaluations

The months of the year decide the grade. An annual appraisal therefore lists every month that had been evaluated when it was written,
once, with the total of that evaluation, and no other month.

**To mend it** copy the totals from the evaluations. A month that was never evaluated is evaluated first, or left out.
---
年度考核的各月成绩与月度评价表不符

年度等级由各月成绩决定。所以年度考核应列出填写时已评价的每一个月，各一次，成绩与该月评价表的总分一致，不列其他月份。

**怎么改**：按评价表填写各月成绩。没有评价过的月份，先补评价，或不要列入。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muniment import appraisal, personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF013",
    name="month-differs-from-evaluation",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="month `{month}` {state}",
        zh="月份 `{month}` {state}",
    ),
    help=Text(
        en="evaluation of {staff} for {month}: {right}",
        zh="{staff} {month} 的评价表：{right}",
    ),
)

_TWICE = Text("is listed twice", "列了两次")
_ELSEWHERE = Text("is not of this year", "不属于本年度")
_NONE = Text("was never evaluated", "没有评价表")
_LEFT_OUT = Text("was evaluated and is not listed", "有评价表，但没有列入")


def check(facts: Facts) -> Iterator[Finding]:
    is_whole = not facts.corpus.is_closed("evaluation")
    for annual in personnel.in_use(facts, "annual-appraisal"):
        evaluations = _evaluations(facts, annual)
        for pointer, month, state in _differences(annual, evaluations):
            right = evaluations.get(month)
            if state is _NONE and not is_whole:
                continue
            yield RULE.at(
                Place(annual.path, pointer),
                number=annual.number,
                month=month,
                state=state,
                staff=facts.title(annual.data["staff"]),
                right=f"{right.number}, {appraisal.plain(right.data['total'])}" if right else "—",
            )


def _evaluations(facts: Facts, annual: Record) -> Mapping[str, Record]:
    """Every evaluation of the person, by month; the last one where there are several."""
    return {
        str(record.data["month"]): record
        for record in personnel.in_use(facts, "evaluation")
        if record.data["staff"] == annual.data["staff"]
    }


def _differences(annual: Record, evaluations: Mapping[str, Record]) -> Iterator[tuple[Pointer, str, Text]]:
    year, seen = f"{annual.data['year']}-", set()
    for index, entry in enumerate(annual.data["months"]):
        month, right = str(entry["month"]), evaluations.get(str(entry["month"]))
        if month in seen:
            yield ("months", index, "month"), month, _TWICE
        elif not month.startswith(year):
            yield ("months", index, "month"), month, _ELSEWHERE
        elif right is None:
            yield ("months", index, "month"), month, _NONE
        elif right.data["total"] != entry["total"]:
            stated, found = appraisal.plain(entry["total"]), appraisal.plain(right.data["total"])
            state = Text(f"has total {stated}, its evaluation {found}", f"为 {stated}，评价表为 {found}")
            yield ("months", index, "total"), month, state
        seen.add(month)
    for month, right in sorted(evaluations.items()):
        # What was evaluated later could not be listed yet.
        in_time = str(right.data["created"]) <= str(annual.data["created"])
        if month.startswith(year) and month not in seen and in_time:
            yield ("months",), month, _LEFT_OUT
