"""A file holds several documents

A line `---` in the middle of a file begins a second document in YAML. Every record has its own folder and file, so
that its history and its approvals are its own.

**To mend it** delete the line, or move what follows to a record of its own. A `---` above the first field is allowed.
---
一个文件中有多份文档

在 YAML 中，文件中间的一行 `---` 表示开始第二份文档。每份记录有自己的文件夹和文件，历史和审批才各归各的。

**怎么改**：删去这一行，或把后面的内容移到另一份记录。第一个字段之前的 `---` 可以保留。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML011",
    name="several-documents",
    clauses=("R4.2.1",),
    message=Text(en="second document begins in the same file", zh="同一文件中开始了第二份文档"),
    help=Text(
        en="keep one record in a file; move what follows `---` to a file of its own",
        zh="一个文件只放一份记录；把 `---` 之后的内容移到单独的文件",
    ),
)
