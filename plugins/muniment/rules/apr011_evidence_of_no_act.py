"""A file among the acts that no act names

In `acts/` lie acts and the evidence that they list, and nothing else. Whatever else lies there is not covered by any
approval: it could be exchanged without a trace.

**To mend it** move attachments to `files/`. If it is the scan that an approval needs, act again with
`--evidence`, so that the act lists it.
---
acts/ 里有不属于任何审批的文件

`acts/` 里只放审批文件以及它们登记的证明文件。其他文件放在这里，不受任何审批约束，被人调换也看不出来。

**怎么改**：附件移到 `files/`。如果是某次审批需要的扫描件，用 `--evidence` 重新办理，由审批文件登记。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR011",
    name="evidence-of-no-act",
    clauses=("R4.2.2",),
    message=Text(
        en="`{file}` lies among the acts and belongs to none",
        zh="`{file}` 放在 acts/ 里，却不属于任何一份审批文件",
    ),
    help=Text(
        en="attachments of the record go to files/: `muniment attach {number} FILE`",
        zh="记录的附件请放入 files/：`muniment attach {number} 文件`",
    ),
)
