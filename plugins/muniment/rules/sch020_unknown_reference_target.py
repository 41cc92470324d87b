"""A reference to a type that does not exist

A field that holds the number of another record says which types that record may have. If no such type exists, no value
would ever be right.
---
引用了不存在的类型

填写其他记录编号的字段要说明可以引用哪些类型。如果没有这种类型，无论填什么都不会正确。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH020",
    name="unknown-reference-target",
    message=Text(
        en="`x-reference` names `{target}`, which is no type or group",
        zh="`x-reference` 中的 `{target}` 不是类型或分组",
    ),
    help=Text(
        en="write the name of a type, of a group, or `*` for any record",
        zh="请写类型名、分组名，或用 `*` 表示任何记录",
    ),
)
