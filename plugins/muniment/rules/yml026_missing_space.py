"""A space is missing after a colon or a dash

A colon ends the name of a field, and a dash begins an item, only when a space follows. `number:KH0002` is one word
for YAML.

**To mend it** put the space in.
---
冒号或短横线后缺少空格

只有后面跟着空格，冒号才表示字段名结束，短横线才表示列表的一项。`number:KH0002` 在 YAML 看来只是一个词。

**怎么改**：补上空格。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML026",
    name="missing-space",
    clauses=("R4.2.1",),
    message=Text(en="space is missing after `{sign}`", zh="`{sign}` 后面缺少空格"),
    help=Text(en="put a space after `{sign}`", zh="在 `{sign}` 后面加一个空格"),
)
