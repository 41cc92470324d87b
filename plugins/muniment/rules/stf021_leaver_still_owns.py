"""A person has left and is still in charge of something

When a departure is completed, everything that the leaver was in charge of has gone to somebody else: open projects as manager or
member, open tasks of plans and meetings, documents on loan, and the custody of confidential records.

**To mend it** name the successor in the record that the finding points to, set `to` in the project's team, or return the loan. Then the departure
may be completed.
---
离职人员名下仍有未移交的事项

离职办结时，其负责的一切都应已移交：未结束的项目（项目经理或成员）、计划和会议中未完成的任务、借出的文档、涉密记录的保管。

**怎么改**：在所指的记录中改为接收人，在项目组条目中填写 `to`，或归还借出的文档。之后才能办结离职。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import custody, personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="STF021",
    name="leaver-still-owns",
    clauses=("R3.4.3",),
    message=Text(
        en="`{staff}` ({name}) has left and still {holding}",
        zh="`{staff}`（{name}）已离职，但{holding}",
    ),
)

# By kind of what one can be in charge of: what it is, and how it is passed on; `{other}` is the record.
_WORDS = {
    "project": Text("manages {other}", "仍负责项目 {other}"),
    "team": Text("is in the team of {other}", "仍在 {other} 的项目组"),
    "task": Text("has an open task in {other}", "在 {other} 中仍有未完成的任务"),
    "loan": Text("has {other} on loan", "仍有未归还的借阅 {other}"),
    "record": Text("has custody of {other}", "仍保管涉密记录 {other}"),
}
_CURES = {
    "project": Text("name the new `manager` in {other}", "请在 {other} 的 `manager` 中改为接任者"),
    "team": Text("enter the last day as `to` in the team of {other}", "请在 {other} 的项目组条目中填写 `to`"),
    "task": Text(
        "give the task in {other} to the successor, or report it done",
        "请把 {other} 中的任务交给接收人，或登记完成",
    ),
    "loan": Text(
        "return what was lent and record the return of {other}", "请归还文档，并登记 {other} 的归还"
    ),
    "record": Text("name another `custodian` in {other}", "请在 {other} 的 `custodian` 中改为接收人"),
}


def check(facts: Facts) -> Iterator[Finding]:
    for departure, _ in personnel.departures(facts):
        staff, last = departure.data["staff"], departure.data["last_day"]
        person = facts.corpus.records.get(staff)
        if person is None or str(person.data.get("joined") or "") > last:
            continue  # who came back later may own things again
        for held in custody.of(facts, staff, last):
            yield RULE.at(
                Place(departure.path, ("staff",)),
                number=departure.number,
                related=(Related(held.place, Text("here", "所在位置")),),
                staff=staff,
                name=person.title,
                holding=_filled(_WORDS[held.kind], held.number),
                help=_CURES[held.kind],
                other=held.number,
            )


def _filled(text: Text, other: str) -> Text:
    return Text(text.render("en", {"other": other}), text.render("zh", {"other": other}))
