"""An evaluation is by somebody who was not the superior

The superior of the staff register evaluates: whoever it was at the end of the month, or when the evaluation was written. A change of superior
later on does not matter. (An evaluation by oneself is found by the rule before this one.)

**To mend it** have the superior write the evaluation. If the staff register is behind, the personnel department corrects `superior` there first.
---
评价人不是当时的上级

由人员档案中的直接上级评价：当月月末或填写评价表时的上级。以后更换上级不影响已有的评价。（自己评价自己的，由前一条规则发现。）

**怎么改**：由上级填写评价表。人员档案没有及时更新的，先由人事部门更正其中的 `superior`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import personnel
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF011",
    name="evaluator-not-superior",
    clauses=("R3.3.2", "R3.3.3"),
    message=Text(
        en="`{by}` ({name}) was not the superior of {staff}",
        zh="`{by}`（{name}）不是 {staff} 当时的上级",
    ),
    help=Text(
        en="superior in the staff register: {superior}",
        zh="人员档案中的上级：{superior}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for evaluation in personnel.in_use(facts, "evaluation"):
        by, staff = evaluation.data["by"], evaluation.data["staff"]
        superiors = _superiors(facts, evaluation)
        if by != staff and superiors is not None and by not in superiors:
            yield RULE.at(
                Place(evaluation.path, ("by",)),
                number=evaluation.number,
                related=_register(facts, staff),
                by=by,
                name=facts.title(by),
                staff=facts.title(staff),
                superior=", ".join(f"{each} {facts.title(each)}" for each in superiors) or "—",
            )


def _superiors(facts: Facts, evaluation: Record) -> tuple[str, ...] | None:
    """The superiors at the end of the month and on the day of the evaluation; `None` where one of them is not known."""
    days = (f"{evaluation.data['month']}-31", str(evaluation.data["created"]))
    found = [personnel.as_of(facts, evaluation.data["staff"], day) for day in days]
    known = [person for person in found if person is not None]
    if len(known) < len(found):
        return None
    return tuple(dict.fromkeys(str(person["superior"]) for person in known if person.get("superior")))


def _register(facts: Facts, staff: str) -> tuple[Related, ...]:
    person = facts.corpus.records[staff]
    pointer: Pointer = ("superior",) if "superior" in person.data else ()
    return (Related(Place(person.path, pointer), Text("the staff register", "人员档案")),)
