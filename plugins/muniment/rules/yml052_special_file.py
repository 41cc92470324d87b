"""A pipe, socket or device lies within the records

Such an entry is made by a program and has no content of its own; reading it can wait for ever.

**To mend it** delete it. Git does not store it anyway.
---
记录中有管道、套接字或设备

这类条目由程序产生，本身没有内容，读取时可能永远等待。

**怎么改**：删掉即可，Git 本来也不保存它。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML052",
    name="special-file",
    clauses=("R4.2.1",),
    message=Text(en="`{path}` is a {kind}, not a file", zh="`{path}` 是{kind}，不是普通文件"),
    help=Text(en="delete it; records are files and folders only", zh="删掉它；记录只由普通文件和文件夹组成"),
)
