"""A number was used before by another record

A number is burnt once it has landed on main: when its record was deleted or renumbered it stays
with that record in every print, mail and archive box. Somebody who finds it there must not be led to
another record.

**To mend it** take the next free number. If the record is the old one come back, restore the
file as it was first (`git checkout` of the old version) and change it afterwards.
---
编号曾被其他记录用过

编号一旦生效就永久占用：即使记录被删除或改号，打印件、邮件、档案盒上仍然写着它。按旧编号去找的人不能被引到另一条记录。

**怎么改**：改用下一个可用编号。如果是恢复原来的记录，请先按原样恢复文件，再作修改。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import next_number_or_none, used, used_before

RULE = Rule(
    code="NUM007",
    name="number-used-before",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` was used before, until commit {commit}",
        zh="编号 `{number}` 以前用过，到提交 {commit} 为止",
    ),
    help=Text(
        en="a number is never used again; the next free one is {next}",
        zh="编号不得重复使用；下一个可用编号是 {next}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for number, path in used(facts):
        commit = used_before(facts, number, path)
        if commit:
            series = facts.policy.series_of(number)
            parsed = series.parse(number) if series else None
            following = next_number_or_none(facts, number[:2], parsed[0] if parsed else "") or "?"
            yield RULE.at(Place(path, ("number",)), number=number, commit=commit[:8], next=following)
