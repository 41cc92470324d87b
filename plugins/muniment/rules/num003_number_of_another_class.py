"""The letters of a number do not fit the record

The two letters say what the record is: `XM` project documents, `JS` technical documents, `GL`
management documents, `QT` others, `FW` projects and so on. A technical document with a `XM` number would be
bound, kept and looked for among the project documents.

**To mend it** correct the field `class` if that is the slip; otherwise give the record a number of
the right series with `muniment new` or `muniment renumber`.
---
编号的字母与记录不符

两个字母说明记录是什么：`XM` 项目文档、`JS` 技术文档、`GL` 管理文档、`QT` 其他文档、`FW` 项目，等等。
技术文档若用了 `XM` 编号，就会被装订、保管、查找到项目文档里去。

**怎么改**：若是 `class` 字段写错，改字段；否则用 `muniment new` 或 `muniment renumber` 取正确系列的编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="NUM003",
    name="number-of-another-class",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` belongs to series {letters}, the record to {expected}",
        zh="编号 `{number}` 属于 {letters} 系列，而记录属于 {expected}",
    ),
    help=Text(
        en="a record of this kind takes a number that begins with {expected}",
        zh="这类记录的编号应以 {expected} 开头",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in (*facts.corpus, *facts.corpus.twins):
        allowed = record.type.series
        if not allowed or "*" in allowed or facts.policy.series_of(record.number) is None:
            continue
        stated = record.data.get("class")
        expected = str(stated) if stated in allowed else "/".join(allowed)
        letters = record.number[:2]
        if letters not in expected.split("/"):
            place = Place(record.path, ("class",) if stated in allowed else ("number",))
            yield RULE.at(place, number=record.number, letters=letters, expected=expected)
