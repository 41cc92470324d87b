"""A demand of a type of your own is not met

Types that a company adds may state demands that we have no words for. The record does not meet one of them. Whoever
made the type can say what is meant, and should write it into the field's description.
---
不符合自设类型的要求

公司自己增加的类型可以提出各种要求，其中有的没有现成的说法。这条记录不符合其中一项。请询问编写该类型的人，并建议把要求写进字段的说明。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH015",
    name="unmet-demand",
    message=Text(
        en="`{field}` is not as {owner} asks for",
        zh="`{field}` 不符合{owner}的要求",
    ),
    help=Text(
        en="the type's file states the demand under `{keyword}`; its description says what is meant",
        zh="要求写在类型文件的 `{keyword}` 处，请参看该处说明",
    ),
)
