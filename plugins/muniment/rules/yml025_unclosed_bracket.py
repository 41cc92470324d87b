"""A bracket is not closed

A list in `[ ]` or a group of fields in braces ends with the matching bracket, and half-width commas part its values.
Otherwise YAML cannot tell where it ends.

**To mend it** close the bracket, or put the missing comma. Easier to read is one value a line, each after a dash.
A text that merely begins with a bracket stands in quotes.
---
括号没有成对

用 `[ ]` 写的列表、用花括号写的一组字段，要以对应的括号结束，各值之间用半角逗号分开，否则 YAML 不知道到哪里结束。

**怎么改**：补上括号或逗号。更清楚的写法是每行一个值，前面加短横线。只是以括号开头的普通文字，要加引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML025",
    name="unclosed-bracket",
    clauses=("R4.2.1",),
    message=Text(
        en="bracket `{bracket}` is not closed, or a comma is missing",
        zh="括号 `{bracket}` 没有配对，或缺少逗号",
    ),
    help=Text(
        en="close the bracket on the same line; half-width commas stand between the values",
        zh="在同一行补上右括号；各值之间用半角逗号分开",
    ),
)
