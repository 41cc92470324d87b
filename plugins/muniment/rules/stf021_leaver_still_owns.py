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
from dataclasses import dataclass

from muniment import engagement, personnel
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.lifecycle import ENDED
from muniment.records import Record

RULE = Rule(
    code="STF021",
    name="leaver-still-owns",
    clauses=("R3.4.3",),
    message=Text(
        en="`{staff}` ({name}) has left and still {holding}",
        zh="`{staff}`（{name}）已离职，但{holding}",
    ),
)


@dataclass(frozen=True)
class _Kind:
    """A kind of thing that one can be in charge of, and how it is passed on; `{other}` is the record."""

    words: Text
    cure: Text


_MANAGES = _Kind(
    Text("manages {other}", "仍负责项目 {other}"),
    Text("name the new `manager` in {other}", "请在 {other} 的 `manager` 中改为接任者"),
)
_MEMBER = _Kind(
    Text("is in the team of {other}", "仍在 {other} 的项目组"),
    Text("enter the last day as `to` in the team of {other}", "请在 {other} 的项目组条目中填写 `to`"),
)
_TASK = _Kind(
    Text("has an open task in {other}", "在 {other} 中仍有未完成的任务"),
    Text(
        "give the task in {other} to the successor, or report it done",
        "请把 {other} 中的任务交给接收人，或登记完成",
    ),
)
_LOAN = _Kind(
    Text("has {other} on loan", "仍有未归还的借阅 {other}"),
    Text("return what was lent and record the return of {other}", "请归还文档，并登记 {other} 的归还"),
)
_CUSTODY = _Kind(
    Text("has custody of {other}", "仍保管涉密记录 {other}"),
    Text("name another `custodian` in {other}", "请在 {other} 的 `custodian` 中改为接收人"),
)

Holding = tuple[Place, _Kind, str]


def check(facts: Facts) -> Iterator[Finding]:
    for departure, _ in personnel.departures(facts):
        staff, last = departure.data["staff"], departure.data["last_day"]
        person = facts.corpus.records.get(staff)
        if person is None or str(person.data.get("joined") or "") > last:
            continue  # who came back later may own things again
        for place, kind, other in _holdings(facts, staff, last):
            yield RULE.at(
                Place(departure.path, ("staff",)),
                number=departure.number,
                related=(Related(place, Text("here", "所在位置")),),
                staff=staff,
                name=person.title,
                holding=_filled(kind.words, other),
                help=kind.cure,
                other=other,
            )


def _filled(text: Text, other: str) -> Text:
    return Text(text.render("en", {"other": other}), text.render("zh", {"other": other}))


def _holdings(facts: Facts, staff: str, last: str) -> Iterator[Holding]:
    for own in engagement.engagements(facts).values():
        if own.stage not in engagement.OVER:
            yield from _project(own, staff, last)
            yield from _tasks(facts, own, staff)
    for loan in facts.corpus.of("loan"):
        if loan.data["borrower"] == staff and facts.state(loan.number) == "out":
            yield Place(loan.path, ("borrower",)), _LOAN, loan.number
    for record in facts.corpus:
        custodian = (record.data.get("confidentiality") or {}).get("custodian")
        is_classified = facts.level(record) in ("confidential", "core")
        if custodian == staff and is_classified and facts.state(record.number) not in ENDED:
            yield Place(record.path, ("confidentiality", "custodian")), _CUSTODY, record.number


def _project(own: Engagement, staff: str, last: str) -> Iterator[Holding]:
    project = own.project
    if project.data["manager"] == staff:
        yield Place(project.path, ("manager",)), _MANAGES, project.number
    for index, entry in enumerate(project.data.get("team") or ()):
        if entry["staff"] == staff and not (entry.get("to") and str(entry["to"]) <= last):
            yield Place(project.path, ("team", index, "staff")), _MEMBER, project.number


def _tasks(facts: Facts, own: Engagement, staff: str) -> Iterator[Holding]:
    for meeting in own.records.get("progress-meeting", ()):
        for index, action in enumerate(meeting.data.get("actions") or ()):
            if action["owner"] == staff and not action.get("done"):
                yield Place(meeting.path, ("actions", index, "owner")), _TASK, meeting.number
    done = _done(own.records.get("work-log", ()))
    for plan in engagement.in_use(facts, own, "implementation-plan"):
        for task in engagement.tasks(plan):
            if task.responsible == staff and task.name not in done:
                yield Place(plan.path, (*task.pointer, "responsible")), _TASK, plan.number


def _done(logs: tuple[Record, ...]) -> frozenset[str]:
    """Names of the tasks that the work log reports as done."""
    return frozenset(
        name for log in logs for entry in log.data["entries"] for name in entry.get("done") or ()
    )
