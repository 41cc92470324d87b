"""A file of facts is empty

The file is there but holds no field, perhaps only remarks. A record begins with what it is: its type and number.

**To mend it** fill it in; `muniment new TYPE` writes a new record with all its fields. When the file was made by
mistake, delete it with its folder.
---
事实文件为空

文件存在，但没有任何字段，可能只有注释。记录首先要写明它是什么：类型和编号。

**怎么改**：补写内容；`muniment new 类型` 会生成带全部字段的新记录。如果是误建，连同文件夹一起删除。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML010",
    name="empty-file",
    clauses=("R4.2.1",),
    message=Text(en="file says nothing", zh="文件没有内容"),
    help=Text(
        en="write at least `type`, `number` and the name, or delete the file",
        zh="至少写上 `type`、`number` 和名称，或者删除该文件",
    ),
)
