"""A line has no colon

Each line is a field with a colon, an item with a dash, or the indented continuation of the line above. This one is none
of them.

**To mend it** write the name of the field and a colon in front. A text of several lines begins with `|`
behind the colon, and its lines are indented by two spaces.
---
一行中没有冒号

每一行要么是带冒号的字段，要么是以短横线开头的列表项，要么是缩进的上一行的继续。这一行都不是。

**怎么改**：在前面补上字段名和冒号。多行文字在冒号后写 `|`，各行缩进两个空格。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML027",
    name="missing-colon",
    clauses=("R4.2.1",),
    message=Text(en="line `{text}` has no colon", zh="这一行 `{text}` 没有冒号"),
    help=Text(
        en="write `name: value`, or indent the line under the field it continues",
        zh="写成 `名称: 值`；如果是上一行的继续，就缩进到该字段下面",
    ),
)
