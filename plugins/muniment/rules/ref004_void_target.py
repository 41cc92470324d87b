"""A record relies on a number that is void

That number was given up before it was ever used; its record only says why. Nothing can follow from it.

**To mend it** name the record that was meant.
---
引用了已作废的编号

这个编号未曾使用就作废了，它的记录只说明原因，不能作为依据。

**怎么改**：改填原本要引用的记录。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="REF004",
    name="void-target",
    clauses=("R4.1.1",),
    message=Text(
        en="`{target}` is void",
        zh="`{target}` 已作废",
    ),
    help=Text(
        en="name the record that was meant",
        zh="请改填原本要引用的记录",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for reference in facts.references:
        target = facts.corpus.records.get(reference.target)
        if target is not None and target.type.name == "void" and reference.source.type.name != "void":
            place = Place(reference.source.path, reference.pointer)
            yield RULE.at(place, number=reference.source.number, target=reference.target)
