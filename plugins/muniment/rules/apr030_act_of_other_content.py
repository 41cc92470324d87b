"""Approved, then changed

An approval holds for the text as it was read, to the letter: facts, body and attachments of the record. Their digest stands in the
act. It differs from that of the files in the folder now, so somebody has changed them since, if only by a space.

**To mend it** there are two ways. If the change is not wanted, bring the approved version back. If it is, the
approvals are asked for again: the author withdraws, or a reviewer rejects, after that the stages follow for the new text
in the same revision. `muniment status` says whose turn it is.
---
审批之后内容又改了

审批只对审批人看到的那份内容有效，一个字都不能差：记录的各项信息、正文和附件都算在内，其校验值写在审批文件里。
现在文件夹里的内容校验值不同，说明审批之后有人改过，哪怕只是一个空格。

**怎么改**：两种办法。如果改动不需要，恢复审批过的版本；如果需要，就重新报审：由作者撤回或审核人退回，之后在同一版次内
对新内容重新走各环节。`muniment status` 会显示轮到谁。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR030",
    name="act-of-other-content",
    clauses=("R4.2.2", "R4.4.2"),
    message=Text(
        en="act `{act}` approves other content than what the record holds",
        zh="`{act}` 审批的内容与记录现有内容不同",
    ),
    help=Text(
        en="the content changed after the approval; ask again: `muniment status {number}` names whom",
        zh="审批之后内容又改过，请重新报审：`muniment status {number}` 会显示该找谁",
    ),
)
