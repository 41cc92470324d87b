"""A value has an anchor

With `&name` YAML lets a value be used again elsewhere. A reader would then have to search the file for what a field
says, and an edit in one place would change another. Every field of a record says its own value.

**To mend it** delete the anchor and write the value where it is needed.
---
值带有锚点

YAML 可以用 `&名字` 让一个值在别处重复使用。这样看一个字段还得去别处找它的内容，改一处会连带改了另一处。
记录的每个字段都应直接写出自己的值。

**怎么改**：删去锚点，在需要的地方写出值。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML031",
    name="anchor",
    clauses=("R4.2.1",),
    message=Text(en="anchor `&{name}` names a value for reuse", zh="锚点 `&{name}` 为值起了供复用的名字"),
    help=Text(
        en="delete `&{name}`; text that begins with `&` stands in quotes",
        zh="删去 `&{name}`；以 `&` 开头的文字要加引号",
    ),
)
