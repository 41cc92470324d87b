"""An imported approval after the import

Old approvals on paper or from another system come in as `imported`, while the policy `review` says `importing: true`. Whoever closes
the import closes it for good: otherwise anything could be declared to have been approved long ago.

**To mend it** the record passes its chain now. Where the old proof lies may be said in `notes` or attached as a scan.
---
导入已经关闭

纸面上或旧系统里的审批，在制度 `review` 写着 `importing: true` 期间以“导入”的方式进来。导入一旦关闭就不再打开：否则什么都
可以说成“早就批过了”。

**怎么改**：现在按审批链办理。旧的证明放在哪里，可以写入 `notes`，或者把扫描件作为附件。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR049",
    name="import-closed",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is imported, and the import is closed",
        zh="`{act}` 的结论是导入，而导入已经关闭",
    ),
    help=Text(
        en="ask for the stages in the ordinary way: `muniment status {number}` names whom",
        zh="请按正常流程审批：`muniment status {number}` 会显示该找谁",
    ),
)
