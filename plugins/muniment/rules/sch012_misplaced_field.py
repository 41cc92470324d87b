"""A field that does not go with the others

Some fields are only for certain cases: the rework demands of an acceptance that failed, for instance, say nothing on
one that passed. Either this field is too much, or the field that decides the case is wrong.
---
与其他字段不相配的字段

有些字段只用于特定情况，例如整改要求只用于未通过的验收。或者这个字段是多余的，或者决定情况的那个字段填错了。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH012",
    name="misplaced-field",
    message=Text(
        en="`{field}` does not belong here as the rest is filled in",
        zh="就其余内容而言，这里不应有 `{field}`",
    ),
    help=Text(
        en="take `{field}` away, or correct the field that it depends on",
        zh="请删去 `{field}`，或改正与它相关的字段",
    ),
)
