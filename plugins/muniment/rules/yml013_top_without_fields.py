"""A file is not made of fields

A record's file is a set of fields, one under the other, such as `number: KH0002`. This one begins with a list or with
plain text.

**To mend it** take away the dash in front of the fields, or write the text under `notes`.
---
文件不是由字段组成

记录文件由一个个字段上下排列而成，例如 `number: KH0002`。这个文件一开头却是列表或一段文字。

**怎么改**：去掉字段前面的短横线，或把文字写到 `notes` 里。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML013",
    name="top-without-fields",
    clauses=("R4.2.1",),
    message=Text(en="file is not made of fields (`name: value`)", zh="文件不是由字段（`名称: 值`）组成"),
    help=Text(
        en="begin each line with a field: its name, a colon, a space, the value",
        zh="每行写一个字段：名称、冒号、空格、值",
    ),
)
