"""A type's file that is no sound schema

The file is JSON, but not a JSON Schema of the 2020-12 draft: a word is used in a way that the standard does not know, a
pattern cannot be understood, or a `$ref` leads nowhere. References lead to other files of the folder `schemas/` only;
nothing is fetched from the network.
---
类型文件不符合规范

文件是 JSON，但不是符合 2020-12 规范的 JSON Schema：某个关键字用法不对，正则表达式有误，或 `$ref` 指向不存在的内容。
`$ref` 只能指向 `schemas/` 文件夹中的文件，不会从网络获取。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH017",
    name="unsound-schema",
    message=Text(
        en="`{keyword}`: {problem}",
        zh="`{keyword}`：{problem}",
    ),
    help=Text(
        en="mend this place; the types that come with the package show how it is written",
        zh="请改正此处，写法可参照软件自带的类型文件",
    ),
)
