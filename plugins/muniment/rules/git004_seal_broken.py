"""A history that was rewritten

Whoever audited last wrote down the id of main. Everything that has come since builds on that commit, unless history was
rewritten after that day. Then every approval in it may have been exchanged, names and dates included.

**To mend it** do not merge anything. Take a clone from before (backup, an auditor's copy, a colleague's computer), compare
the two with `git log`, and find out who forced the push. Main is brought back to the old history; honest later commits are merged
onto it.
---
历史被改写过

上次审计的人记下了 main 的提交编号。此后的一切都应建立在那个提交之上，除非历史在那天之后被改写过；那样的话，其中的
审批连同姓名、日期都可能被换掉。

**怎么改**：先不要合并任何内容。找一份更早的克隆（备份、审计人员的副本、同事的电脑），用 `git log` 比较两者，查清是谁强制推送的。
把 main 恢复到原来的历史，再把之后正当的提交合并进来。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="GIT004",
    name="seal-broken",
    clauses=("R4.2.2",),
    message=Text(
        en="main {head} does not descend from the sealed commit `{seal}`",
        zh="main {head} 不是从留存的提交 `{seal}` 发展而来",
    ),
    help=Text(
        en="history was rewritten: compare with the copy that was kept and bring the old main back",
        zh="历史被改写过：请与留存的副本核对，恢复原来的 main",
    ),
)
