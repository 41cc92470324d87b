"""Records succeed each other in a circle

`supersedes` leads from a document to those that it takes the place of, `parent` from a department to
the one above it, `superior` from a person to the one above. Whoever follows such a chain must come to an end. In a circle nobody can say
which record is in force or who decides.

**To mend it** remove the link that leads back.
---
替代或隶属关系形成循环

`supersedes` 由新文件指向被它替代的文件，`parent` 由部门指向上级部门，`superior` 由人员指向上级。沿着它走下去必须有尽头；
形成循环，就说不清哪一份有效、由谁决定。

**怎么改**：删去指回来的那一项。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import lifecycle
from muniment.facts import Facts, Reference
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="REF003",
    name="circle-of-succession",
    clauses=("R4.1.1",),
    message=Text(
        en="`{field}` leads in a circle: {circle}",
        zh="`{field}` 形成循环：{circle}",
    ),
    help=Text(
        en="remove the link that leads back",
        zh="请删去指回来的那一项",
    ),
)

FIELDS = ("supersedes", "parent", "superior")


def check(facts: Facts) -> Iterator[Finding]:
    for name in FIELDS:
        links: dict[str, list[Reference]] = {}
        for reference in facts.references:
            if reference.pointer[0] == name:
                links.setdefault(reference.source.number, []).append(reference)
        yield from _circles(name, links)
    yield from _own_successors(facts)


def _own_successors(facts: Facts) -> Iterator[Finding]:
    """A request for retirement that names the record itself as what takes its place."""
    for record, act, target in lifecycle.successors(facts.corpus):
        if target == record.number:
            place = Place(act.path, ("details", "successor"))
            yield RULE.at(place, number=target, field="successor", circle=f"{target} → {target}")


def _circles(name: str, links: dict[str, list[Reference]]) -> Iterator[Finding]:
    done: set[str] = set()
    for start in sorted(links):
        trail: list[str] = []
        queue = [(start, 0)]
        while queue:
            number, depth = queue.pop()
            del trail[depth:]
            trail.append(number)
            done.add(number)
            for reference in links.get(number, ()):
                if reference.target in trail:
                    circle = [*trail[trail.index(reference.target) :], reference.target]
                    place = Place(reference.source.path, reference.pointer)
                    yield RULE.at(place, number=number, field=name, circle=" → ".join(circle))
                elif reference.target not in done:
                    queue.append((reference.target, depth + 1))
