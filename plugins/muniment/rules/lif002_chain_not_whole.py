"""Content that lands without its whole chain

Main holds what is in force. New content comes there only when every stage of its chain has said yes to exactly this
content; drafts wait in their branch.

**To mend it** get the missing approvals on the branch, then merge. A draft that others should see can stay in its branch as a draft pull request: the site's list of what is in review shows it.
---
内容未经完整审批就进入 main

main 上是现行有效的内容。新内容要等审批链的每个环节都对这一份内容表示同意，才能进来；草稿留在分支里。

**怎么改**：在分支上补齐审批，然后合并。想让别人看到草稿，可以开一个草稿状态的合并请求，不必合并。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF002",
    name="chain-not-whole",
    clauses=("R4.2.2", "R4.4.2"),
    message=Text(
        en="revision {revision} lands without the stage: {missing}",
        zh="第 {revision} 版缺少环节：{missing}",
    ),
    help=Text(
        en="ask for what is missing before the merge: `muniment status {number}` names whom",
        zh="请在合并之前补齐：`muniment status {number}` 会显示该找谁",
    ),
)
