"""A value has a tag

A word that begins with `!` tells YAML programs to make something else of the value, in the worst case to run
a program. The type of a field follows from the schema alone.

**To mend it** delete the tag. An exclamation mark that begins a text stands in quotes; the full-width ！ needs none.
---
值带有类型标签

以 `!` 开头的词会要求 YAML 程序把值变成别的东西，最坏的情况是运行程序。字段的类型只由模式决定。

**怎么改**：删去标签。以半角感叹号开头的文字要加引号，全角感叹号 ！ 不用。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML033",
    name="tag",
    clauses=("R4.2.1",),
    message=Text(en="tag `{tag}` gives a value another type", zh="标签 `{tag}` 改变了值的类型"),
    help=Text(
        en="delete `{tag}`; text that begins with `!` stands in quotes",
        zh="删去 `{tag}`；以 `!` 开头的文字要加引号",
    ),
)
