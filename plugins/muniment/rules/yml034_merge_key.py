"""A merge key takes fields from elsewhere

`<<` copies the fields of another group into this one. Programs disagree about which value then counts.

**To mend it** write the fields out.
---
使用了合并键

`<<` 会把另一组字段复制进来。哪个值算数，各程序理解不一。

**怎么改**：把字段逐一写出来。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML034",
    name="merge-key",
    clauses=("R4.2.1",),
    message=Text(en="merge key `<<` takes fields from elsewhere", zh="合并键 `<<` 从别处取来字段"),
    help=Text(en="write the fields themselves here", zh="在这里直接写出各字段"),
)
