"""A witness who cannot bear witness

Destruction is watched by people who have no hand in it: staff of the company on that day, and not the one who destroys. Otherwise the
list says only that somebody had the papers last.

**To mend it** name those who were present. If nobody was, the destruction has to be reported as what it was, in the list's notes.
---
监销人不合格

销毁须由未参与操作的人在场监督：当天在职，且不是执行销毁的本人。否则清单只能证明文件最后在谁手里。

**怎么改**：写明实际在场的监销人。如果当时没有人监销，须在清单备注中如实说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Act, Record

RULE = Rule(
    code="RET009",
    name="unfit-witness",
    clauses=("R4.3.2",),
    message=Text(
        en="`{witness}` cannot witness the destruction of {day}: {why}",
        zh="`{witness}` 不能为 {day} 的销毁监销：{why}",
    ),
    help=Text(
        en="name somebody on the staff who was present and did not carry it out",
        zh="请写明当时在场、在职且未执行销毁的人员",
    ),
)

_SELF = Text("the same person carried it out", "执行销毁的就是本人")
_GONE = Text("not employed that day", "当天不在职")
_UNKNOWN = Text("not on the staff register", "人员档案中没有此人")


def check(facts: Facts) -> Iterator[Finding]:
    for disposal in retention.disposals(facts):
        act = retention.carried_out(facts, disposal)
        if act is None or act.decision == "imported":
            continue
        for path, pointer, witness in _witnesses(disposal, act):
            why = _objection(facts, witness, act)
            if why is not None:
                yield RULE.at(
                    Place(path, pointer), number=disposal.number, witness=witness, day=act.date, why=why
                )


def _witnesses(disposal: Record, act: Act) -> Iterator[tuple[str, Pointer, str]]:
    """Those whom the list names, and those whom the act names beyond them by their numbers."""
    listed = [str(each) for each in disposal.data.get("witnesses") or ()]
    for index, witness in enumerate(listed):
        yield disposal.path, ("witnesses", index), witness
    said = (act.data.get("details") or {}).get("witnesses")
    for index, witness in enumerate(said if isinstance(said, list) else ()):
        if str(witness) not in listed:
            yield act.path, ("details", "witnesses", index), str(witness)


def _objection(facts: Facts, witness: str, act: Act) -> Text | None:
    if witness == act.by:
        return _SELF
    series = facts.policy.series_of(witness)
    person = facts.corpus.records.get(witness)
    if series is None and person is None:
        return None  # a name in words: somebody of another house, such as the shredding company's driver
    if person is None or person.type.name != "staff":
        # That the list names nobody is told where the reference is; an act's details are free.
        return _UNKNOWN if witness not in facts.corpus.broken else None
    joined, left = str(person.data.get("joined") or ""), str(person.data.get("left") or "")
    return _GONE if joined > act.date or (left and left < act.date) else None
