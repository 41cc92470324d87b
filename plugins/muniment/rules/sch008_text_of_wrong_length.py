"""A text that is too long or too short

Titles, names and places appear in tables, on box labels and on the spines of folders. What does not fit on a line is
better told in the body or in `notes`.
---
文字过长或过短

标题、名称、位置会出现在登记表、盒签和卷脊上。一行写不下的内容，请写在正文或 `notes`（备注）中。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH008",
    name="text-of-wrong-length",
    message=Text(
        en="`{field}` has {length} characters, {limit}",
        zh="`{field}` 有 {length} 个字，{limit}",
    ),
    help=Text(
        en="titles and names are for one line; put longer text into the body, an attachment or `notes`",
        zh="标题和名称只写一行；较长的内容请写在正文、附件或 `notes`（备注）中",
    ),
)
