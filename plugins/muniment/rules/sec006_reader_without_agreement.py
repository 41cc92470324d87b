"""A custodian or reader without an agreement

Custodian and readers of a confidential or core record may read it without a grant, so they too have signed an agreement: it is in force on the
day of the record's revision. A registry that keeps no agreements at all is left alone.

**To mend it** register the agreement, or name somebody else.
---
保管人或知悉人员没有保密协议

涉密记录的保管人和知悉人员无须另行授权即可查阅，因此也必须签订保密协议，且在该版日期有效。登记库中一份保密协议也没有时，
不作判断。

**怎么改**：登记保密协议，或改由他人保管、知悉。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="SEC006",
    name="reader-without-agreement",
    clauses=(
        "R5.2.1",
        "R5.2.4",
    ),
    message=Text(
        en="`{staff}` ({name}) has no agreement in force on {day}",
        zh="`{staff}`（{name}）在 {day} 没有有效的保密协议",
    ),
    help=Text(
        en="register the agreement: `muniment new nda --set staff={staff}`",
        zh="请登记保密协议：`muniment new nda --set staff={staff}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    if not facts.corpus.by_type.get("nda") or facts.corpus.is_closed("nda"):
        return
    for record in facts.corpus:
        if facts.level(record) in clearance.OPEN:
            continue
        day = str(record.data.get("updated") or record.data.get("created") or "")
        for pointer, staff in _named(record):
            if staff in facts.corpus.records and clearance.agreement(facts, staff, day) is None:
                yield RULE.at(
                    Place(record.path, pointer),
                    number=record.number,
                    staff=staff,
                    name=facts.title(staff),
                    day=day,
                )


def _named(record: Record) -> Iterator[tuple[Pointer, str]]:
    marks = record.data.get("confidentiality") or {}
    if marks.get("custodian"):
        yield ("confidentiality", "custodian"), str(marks["custodian"])
    for place, staff in enumerate(marks.get("readers") or ()):
        yield ("confidentiality", "readers", place), str(staff)
