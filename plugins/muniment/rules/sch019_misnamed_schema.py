"""A type's file whose name and identity differ

A type is called by the name of its file, and other types refer to it by its `$id`. The two have to agree, or a copy of
a type that was renamed would still answer to its old name.
---
类型文件名与标识不一致

类型以文件名为名，其他类型则通过 `$id` 引用它。两者必须一致，否则复制改名后的类型仍会沿用旧的标识。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH019",
    name="misnamed-schema",
    message=Text(
        en="`$id` of `{file}` is `{id}`",
        zh="`{file}` 的 `$id` 是 `{id}`",
    ),
    help=Text(
        en='write `"$id": "{wanted}"`, or rename the file; its name is `<type>.schema.json` in small letters',
        zh='请写成 `"$id": "{wanted}"`，或修改文件名；文件名为小写的 `<类型>.schema.json`',
    ),
)
