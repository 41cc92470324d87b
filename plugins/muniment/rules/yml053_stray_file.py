"""A file belongs to no record

A record's folder holds `NUMBER.yaml`, `NUMBER.md`, `files/` and `acts/`. Anything else is not shown on the site, not covered by
an approval and kept by no retention period: often a backup that an editor or an office program left behind.

**To mend it** attach it to its record, or delete it.
---
文件不属于任何记录

记录的文件夹里只有 `编号.yaml`、`编号.md`、`files/` 和 `acts/`。其他文件不会出现在网站上，不在审批范围内，也没有保管期限，
往往是编辑器或办公软件留下的备份。

**怎么改**：作为附件放进相应记录，或删掉。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML053",
    name="stray-file",
    clauses=("R4.2.1",),
    message=Text(en="`{path}` belongs to no record", zh="`{path}` 不属于任何记录"),
    help=Text(
        en="move it to a record's `files/` with `muniment attach`, or delete it",
        zh="用 `muniment attach` 放进某份记录的 `files/`，或删掉它",
    ),
    severity="warning",
)
