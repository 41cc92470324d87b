"""The formalities of a departure were done before the handover

Property, wages and social insurance are settled when the work has been handed over, not before. The departure is completed although no
handover list names it, or an item was received after that day.

**To mend it** make the handover list with `muniment new handover` and let the successor enter what was received and when. If a day was mistyped,
correct it. Formalities that really came too early are done again after the handover.
---
离职手续办理在工作交接之前

归还财物、结清工资、停缴社保，都在工作交接完成之后办理。这份离职已经办结，但没有对应的交接清单，或者有事项在此之后才接收。

**怎么改**：用 `muniment new handover` 建立交接清单，由接收人填写接收日期。日期写错的，更正日期。手续确实办早了的，交接完成后重新办理。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="STF018",
    name="formalities-before-handover",
    clauses=("R3.4.4",),
    message=Text(
        en="formalities done on `{day}`, {state}",
        zh="`{day}` 已办理离职手续，{state}",
    ),
    help=Text(
        en="hand over first: a handover list for {number}, all received by the day of the formalities",
        zh="请先办理交接：为 {number} 建立交接清单，手续办理之日前全部接收",
    ),
)

_NO_LIST = Text("and there is no handover list", "但没有交接清单")


def check(facts: Facts) -> Iterator[Finding]:
    for departure, act in personnel.departures(facts):
        lists = personnel.handovers(facts, departure)
        is_known = bool(lists) or not facts.corpus.is_closed("handover")
        if not lists and is_known and act.decision != "imported":
            place = Place(act.path, ("date",))
            yield RULE.at(place, number=departure.number, day=act.date, state=_NO_LIST)
        for record in lists:
            for index, item in enumerate(record.data["items"]):
                received = str(item.get("received") or "")
                if received > act.date:
                    note = Text("received", "接收日期")
                    place = Place(record.path, ("items", index, "received"))
                    yield RULE.at(
                        Place(act.path, ("date",)),
                        number=departure.number,
                        related=(Related(place, note),),
                        day=act.date,
                        state=Text(
                            f"before `{item['what']}` was received on {received}",
                            f"早于“{item['what']}”的接收日期 {received}",
                        ),
                    )
