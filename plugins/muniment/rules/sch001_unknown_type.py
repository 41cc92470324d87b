"""A record of an unknown type

The first line of a record says what kind of record it is: `type: contract`, `type: loan`. The type decides which
fields the record has, which register it stands in and who approves it. A word that no type has tells us nothing, so
the record is left out of every register until the word is right.

Types are written in small English letters with hyphens; the Chinese name of the form is not the type. If your company
really needs a new kind of record, the administrator adds a schema file to the folder `schemas/`.
---
记录类型不存在

每条记录的第一行写明它是哪一种记录，例如 `type: contract`（合同）、`type: loan`（借阅）。类型决定这条记录有哪些字段、列入哪张登记表、
由谁审批。类型写错时，在改正之前它不会出现在任何登记表中。

类型用小写英文和连字符书写，不能写表单的中文名称。公司确实需要新的类型时，由管理员在 `schemas/` 文件夹中增加一个类型文件。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH001",
    name="unknown-type",
    message=Text(
        en="there is no record type `{type}`",
        zh="没有 `{type}` 这种记录类型",
    ),
    help=Text(
        en="`muniment new` without a type lists the types; write one of them after `type:`",
        zh="不带类型运行 `muniment new` 会列出全部类型，请在 `type:` 后填写其中一种",
    ),
)
