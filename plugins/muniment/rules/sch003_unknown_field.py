"""A field that the form does not have

A field whose name the form does not know is never read: not shown in a register, not checked, not found. Most often the
name is misspelt, or the field stands at the wrong indentation and so belongs to another group of fields.

Correct the name, move the line to where it belongs, or put what you want to say into `notes`.
---
表单中没有的字段

表单中没有的字段不会被读取：不会列入登记表，不会被检查，也搜索不到。多半是名称拼写有误，或者缩进不对而归到了别的一组字段。

请改正名称，或把这一行移到正确的位置；其他想说明的内容请写在 `notes`（备注）中。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH003",
    name="unknown-field",
    message=Text(
        en="{owner} has no field `{field}`",
        zh="{owner}没有 `{field}` 这个字段",
    ),
    help=Text(
        en="`muniment new` shows the fields of a type; what has no field of its own goes into `notes`",
        zh="可用 `muniment new` 查看有哪些字段；没有专门字段的内容请写在 `notes`（备注）中",
    ),
)
