"""Found still fit before it was in force

A periodic review says of a document that people use: it is still right, no new revision is needed. This revision is not in force, so nobody
has used it yet; what it needs is the approval of its chain.

**To mend it** take the act out of the branch and have the revision approved. Review it once it has been in use.
---
尚未生效就通过了定期复审

定期复审针对正在使用的文件：内容仍然适用，不必升版。这一版还没有生效，谈不上继续适用，它需要的是走完审批链。

**怎么改**：从分支中移除该文件，先完成审批；使用一段时间后再复审。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF013",
    name="reaffirmed-before-in-force",
    clauses=("R4.4.1",),
    message=Text(
        en="`{act}` finds revision {revision} still fit for use, which is not in force",
        zh="`{act}` 确认第 {revision} 版继续适用，而这一版尚未生效",
    ),
    help=Text(
        en="have the revision approved first: `muniment status {number}` names whom to ask",
        zh="请先完成审批：`muniment status {number}` 会显示该找谁",
    ),
)
