"""A record names another of the wrong type

Each field that names a record says which types it takes: a manager is a person of the staff
register, a client is a client. The number exists, but it belongs to something else.

**To mend it** put the number of a record of the right type.
---
引用的记录类型不对

每个引用字段都规定了可以填哪类记录：负责人应是人员档案，客户应是客户档案。这个编号存在，但不是这类记录。

**怎么改**：改填正确类型的记录编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts, expand
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="REF002",
    name="target-of-another-type",
    clauses=("R4.1.1",),
    message=Text(
        en="`{target}` is a {actual}, not a {expected}",
        zh="`{target}` 是“{actual}”，此处应为“{expected}”",
    ),
    help=Text(
        en="name a record of the right type",
        zh="请填写正确类型的记录编号",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for reference in facts.references:
        target = facts.corpus.records.get(reference.target)
        allowed = expand(facts, reference.types)
        if target is None or target.type.name in allowed or target.type.name == "void":
            continue
        titles = [facts.types[name].title for name in allowed if name in facts.types][:4]
        yield RULE.at(
            Place(reference.source.path, reference.pointer),
            number=reference.source.number,
            target=reference.target,
            actual=target.type.title,
            expected=Text(" / ".join(title.en for title in titles), "、".join(title.zh for title in titles)),
        )
