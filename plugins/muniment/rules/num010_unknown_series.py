"""A folder bears letters that no series has

The policy `numbering` lists every series: its letters, its digits, its folder. A record with other
letters belongs nowhere: no register would show it and no number could follow it.

**To mend it** use a series of the list; a new one is added to the policy first, by its own approval.
---
文件夹的字母不属于任何系列

制度 `numbering` 列出了全部编号系列：字母、位数、所在文件夹。其他字母的记录无处可归，登记簿里不会有它，也无法续编。

**怎么改**：使用列表中的系列；确需新系列，先按审批链修改该制度。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import folder_names

RULE = Rule(
    code="NUM010",
    name="unknown-series",
    clauses=("R4.1.2",),
    message=Text(
        en="`{name}` begins with {letters}, which is no series",
        zh="`{name}` 以 {letters} 开头，没有这个编号系列",
    ),
    help=Text(
        en="the series are {known}",
        zh="现有系列：{known}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    known = " ".join(facts.policy.series)
    if not known:
        return
    for name, path in folder_names(facts):
        letters = name[:2].upper()
        if letters not in facts.policy.series:
            yield RULE.at(Place(path), number=name, name=name, letters=name[:2], known=known)
