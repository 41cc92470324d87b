"""A symbolic link stands among the records

A symbolic link only points to a file, perhaps one outside the registry. What it shows can change without a commit, is
missing in a copy, and its approval would cover nothing.

**To mend it** replace the link by the file itself. To point to another record name its number under `references`.
---
记录中有符号链接

符号链接只是指向另一个文件，甚至可能在登记库之外。它显示的内容可以不经提交就改变，复制时会丢失，对它的审批也毫无意义。

**怎么改**：换成文件本身。要指向另一份记录，在 `references` 中写它的编号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML050",
    name="symbolic-link",
    clauses=("R4.2.1",),
    message=Text(en="`{path}` is a symbolic link", zh="`{path}` 是符号链接"),
    help=Text(
        en="put a copy of the file in its place, or give the record's number under `references`",
        zh="换成文件本身，或在 `references` 中写记录编号",
    ),
)
