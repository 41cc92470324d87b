"""A later stage that did not see the earlier one

Dates can be typed; what was there before cannot. The commit of each later stage must build on the commit of the one before.
Here both were made side by side, in two branches, and joined afterwards: whoever decided second had not seen what the first
decided.

**To mend it** the later stage fetches the joined branch and acts again. The first act stays.
---
后一环节没有建立在前一环节之上

日期可以随便写，提交的先后却写不出来：后一环节的提交必须建立在前一环节的提交之上。这里两个环节是在两个分支上各自办理、
事后才合到一起的，后面的人并没有看到前面的意见。

**怎么改**：后一环节取得合并后的分支，重新办理。先办的那份保留。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR048",
    name="stage-not-descended",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` was made without `{before}` in sight, in commit {commit}",
        zh="`{act}`（提交 {commit}）办理时看不到 `{before}` 环节的审批",
    ),
    help=Text(
        en="fetch the branch that holds `{before}`, then act again: `muniment approve {number}`",
        zh="请先取得含有 `{before}` 审批的分支，再重新办理：`muniment approve {number}`",
    ),
)
