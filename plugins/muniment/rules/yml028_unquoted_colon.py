"""A value without quotes holds a colon and a space

A half-width colon followed by a space parts a field from its value. When the value itself has one, YAML cannot tell
which is meant.

**To mend it** put the value in quotes, or use the full-width `：` within Chinese text.
---
未加引号的值里有冒号加空格

半角冒号加空格用来分隔字段和值。值里又出现一个，YAML 就分不清哪个才是。

**怎么改**：给整个值加引号；中文文字里也可以直接用全角冒号 `：`。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML028",
    name="unquoted-colon",
    clauses=("R4.2.1",),
    message=Text(en="second colon in a value without quotes", zh="没有引号的值中出现第二个冒号"),
    help=Text(en="put the value in quotes", zh="给整个值加上引号"),
)
