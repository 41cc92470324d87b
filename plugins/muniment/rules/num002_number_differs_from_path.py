"""The number in the file differs from the folder or file name

A record lies in a folder named by its number, in a file of the same name, in the place that its
series and year give. So two people who take the same number collide at once, and everybody finds a
record from its number alone.

**To mend it** decide which of the two is right. A number that has landed never changes; then the
field in the file is wrong. Otherwise move the folder and rename the file.
---
编号与文件夹或文件名不一致

记录放在以编号命名的文件夹里，文件名也是同一编号，位置由系列和年份决定。这样两个人用了同一个编号会立刻发现，
任何人凭编号就能找到记录。

**怎么改**：先判断哪一处是对的。已经生效的编号永不改变，那么就是文件里的字段写错了；否则请移动文件夹并改文件名。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="NUM002",
    name="number-differs-from-path",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` stands in `{path}`",
        zh="编号 `{number}` 的记录放在了 `{path}`",
    ),
    help=Text(
        en="its place is `{home}`",
        zh="它应当放在 `{home}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    doubles = {twin.number for twin in facts.corpus.twins}
    for record in facts.corpus:
        policy = record.type.group == "policy"
        home = facts.policy.path_of(record.number) if policy or facts.policy.series else None
        landed = facts.ledger is not None and record.path in facts.ledger.tip
        if home not in (None, record.path) and not landed and record.number not in doubles:
            place = Place(record.path, ("number",))
            yield RULE.at(place, number=record.number, path=record.path, home=home)
