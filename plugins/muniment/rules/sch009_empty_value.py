"""A field without a value

The name of the field is there, but nothing, or only blanks, follow it. An empty field looks filled in although
it says nothing. Fields that you do not need are simply left out.
---
字段没有填写内容

写了字段名，后面却什么也没有，或者只有空格。空字段看起来像填过了，其实什么也没说明。不需要的字段整行不写即可。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH009",
    name="empty-value",
    message=Text(
        en="`{field}` is empty",
        zh="`{field}` 是空的",
    ),
    help=Text(
        en="write {expected}, or take the line away if the field may be left out",
        zh="请填写{expected}；若不是必填字段，也可以删去这一行",
    ),
)
