"""A field is written twice

Of two equal fields one program takes the first, another the last. It often happens when two changes are merged.

**To mend it** compare both places, keep the right value, delete the other line.
---
同一字段写了两次

同名字段出现两次，有的程序取第一个，有的取最后一个。合并两个人的修改时常会出现这种情况。

**怎么改**：比较两处，保留正确的值，删去另一行。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML035",
    name="duplicate-key",
    clauses=("R4.2.1",),
    message=Text(en="field `{key}` is written twice", zh="字段 `{key}` 写了两次"),
    help=Text(en="keep the right one and delete the other", zh="保留正确的一个，删去另一个"),
)
