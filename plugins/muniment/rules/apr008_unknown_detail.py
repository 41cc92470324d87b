"""A detail that the stage does not know

A detail that is spelt wrongly would be lost: no list and no report looks for it.

**To mend it** use the name that the help gives. What the form has no place for goes into `comment`.
---
该环节没有这个项目

项目名写错，内容就丢了：任何清单、报表都不会去找它。

**怎么改**：改用提示中的名称。表单上没有位置的内容写入 `comment`。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR008",
    name="unknown-detail",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` gives `{name}`, which its stage does not ask for",
        zh="`{act}` 填写了该环节没有的项目 `{name}`",
    ),
    help=Text(
        en="this stage has: {known}; put anything else into `comment`",
        zh="该环节的项目：{known}；其他内容请写入 `comment`",
    ),
)
