"""A field has no name

In front of the colon stands nothing, or a word that YAML takes for nothing (`~`, `null`).

**To mend it** write the name of the field, or delete the line.
---
字段没有名称

冒号前面什么都没有，或者是 YAML 当作“空”的词（`~`、`null`）。

**怎么改**：写上字段名，或删去这一行。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML036",
    name="empty-key",
    clauses=("R4.2.1",),
    message=Text(en="field without a name", zh="字段没有名称"),
    help=Text(en="write the field's name in front of the colon", zh="在冒号前写上字段名"),
)
