"""An approval that did not come through a merge

Main only moves by merge commits. A squash or a rebase writes the commits anew under the name of whoever pressed the button; the
approver's own commit, with his name, time and signature, is lost. A direct push skips the check.

**To mend it** what has reached main stays there and stays marked. Ask for the approval again in a new branch, with the
next revision if need be, and merge that with a merge commit. So that it does not happen again, allow only merge commits in the forge's settings; the
guide to forges says where.
---
审批不是通过合并进入 main 的

main 只通过合并提交前进。压缩合并（squash）、变基（rebase）会以点按钮的人的名义重写提交，审批人自己的提交连同姓名、
时间、签名就丢了；直接推送则绕过了检查。

**怎么改**：已进入 main 的保留并一直带有标记。在新分支上重新报审（必要时升一个版次），用合并提交合并。为避免再次发生，
在代码平台的设置中只允许合并提交，具体位置见代码平台指南。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR045",
    name="act-outside-branch",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` came with commit {commit} of main itself",
        zh="`{act}` 直接随 main 的提交 {commit} 进入",
    ),
    help=Text(
        en="merge with a merge commit; do not squash, rebase or push to main. Ask for the approval again",
        zh="请用合并提交（merge commit）合并，不要压缩、变基，也不要直接推送到 main；该环节须重新审批",
    ),
)
