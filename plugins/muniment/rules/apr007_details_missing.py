"""Details that the form asks for are missing

Some stages ask for more than a yes: the condition of a returned document, the reason for a retirement, who signed for the
client and when; an imported approval says where the proof lies (`source`). The policy `review` names these under `details`.

**To mend it** act again and fill them in. Before the merge the incomplete act may be taken out of the branch.
---
缺少表单要求的内容

有些环节不只是表态，还要写明内容：归还时的完好情况、废止的理由、客户方由谁在哪天签署；导入的审批要写明证据在哪里（`source`）。
制度 `review` 的 `details` 列出了要填的项目。

**怎么改**：补全后重新办理。合并之前，可以把不完整的那份从分支中移除。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR007",
    name="details-missing",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` does not say `{missing}`",
        zh="`{act}` 没有填写 `{missing}`",
    ),
    help=Text(
        en="act again with what the form asks for: `muniment act {number} STAGE --set NAME=…`",
        zh="请补全后重新办理：`muniment act {number} 环节 --set 项目=…`",
    ),
)
