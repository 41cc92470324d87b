"""A file of facts is too large

A record's YAML file holds short facts: names, dates, amounts. One of more than a mebibyte holds something that
belongs elsewhere, a pasted report or a picture for example, and would slow every check of the whole registry.

**To mend it** move the text to the body (`NUMBER.md`) and pictures or scans to `files/`, then name them under
`attachments`; `muniment attach NUMBER FILE` does both.
---
事实文件过大

记录的 YAML 文件只写简短的事实：名称、日期、金额等。超过 1 MiB，说明里面放进了不该放的内容，例如整篇报告或图片，
会拖慢整个登记库的检查。

**怎么改**：把长篇文字移到正文（`编号.md`），把图片、扫描件放进 `files/` 并登记在 `attachments` 中；
`muniment attach 编号 文件` 可以一步完成。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML001",
    name="oversized-file",
    clauses=("R4.2.1",),
    message=Text(
        en="file of {size} bytes is above the limit of {limit}",
        zh="文件有 {size} 字节，超过上限 {limit} 字节",
    ),
    help=Text(
        en="move long text to the record's `.md` body and scans to its `files/` folder",
        zh="把长篇文字移到本记录的 `.md` 正文，把扫描件移到 `files/` 文件夹",
    ),
)
