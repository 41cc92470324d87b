"""A file begins with a YAML directive

A line that begins with `%` tells YAML programs to read the file by other rules. Ours are always the same, so that one
file never means two things.

**To mend it** delete the line.
---
文件开头有 YAML 指令

以 `%` 开头的一行会要求 YAML 程序按别的规则读文件。这里的规则始终一样，同一个文件不会有两种含义。

**怎么改**：删去这一行。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML012",
    name="directive",
    clauses=("R4.2.1",),
    message=Text(en="directive `{directive}` at the head of the file", zh="文件开头有指令 `{directive}`"),
    help=Text(en="delete the line", zh="删去这一行"),
)
