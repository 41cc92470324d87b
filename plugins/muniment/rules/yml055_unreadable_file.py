"""A file cannot be read

The system refuses to hand the file out, so nothing can be said about the record.

**To mend it** ask whoever administers the computer for the right to read the file, or restore it from Git.
---
文件无法读取

系统拒绝读取该文件，因此无法判断这份记录。

**怎么改**：请管理员开放读取权限，或从 Git 恢复该文件。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML055",
    name="unreadable-file",
    clauses=("R4.2.1",),
    message=Text(en="`{path}` cannot be read: {kind}", zh="`{path}` 无法读取：{kind}"),
    help=Text(
        en="give your account the right to read it, or take it from the last commit",
        zh="给自己的账号读取权限，或从上一次提交取回",
    ),
)
