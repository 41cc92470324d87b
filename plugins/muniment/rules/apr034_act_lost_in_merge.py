"""An act that a merge dropped

One of the two sides had the act, the merge result does not. That happens when a conflict is settled by "take ours" for the whole
folder, and it is also the quietest way to make a rejection disappear.

**To mend it** merge the two sides again and keep all files in `acts/` of both. They cannot conflict: each has its own
name. If two bear the same number, the later one acts again.
---
合并时丢失了审批文件

两边之一有这份审批文件，合并结果里却没有。解决冲突时整个文件夹选了“以我方为准”就会这样；这也是让一份“不同意”
悄悄消失的办法。

**怎么改**：重新合并，保留两边 `acts/` 里的全部文件。它们各有文件名，不会冲突；如果两份序号相同，后办理的一方重新办理。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR034",
    name="act-lost-in-merge",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` got lost in merge {commit}",
        zh="`{act}` 在合并 {commit} 中丢失",
    ),
    help=Text(
        en="merge again and keep the file; nothing under acts/ is ever dropped in a merge",
        zh="请重新合并并保留该文件；合并时不得丢弃 acts/ 下的任何文件",
    ),
)
