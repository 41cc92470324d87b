"""The same entry twice in a list

A person who is listed twice would be counted twice, a document that is cited twice is linked twice. Leave one of them.
---
列表中条目重复

同一个人列两次会被统计两次，同一份文件引用两次会出现两个链接。请只留一个，删去重复的那一项，连同它所在的整行。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH011",
    name="repeated-item",
    message=Text(
        en="`{value}` stands more than once in `{field}`",
        zh="`{field}` 中 `{value}` 重复",
    ),
    help=Text(
        en="take the second one away",
        zh="请删去重复的一项",
    ),
)
