"""An act that was taken away

What has been decided stays in the folder, also a rejection, also what was decided by mistake. Whoever looks at
the record later is to see how it came about.

That holds on a branch, too: a rejection must not vanish before main has seen it.

**To mend it** bring the file back. If the decision no longer stands, say so by a further act. An act that should never have been
(a wrong person, another record) leaves the branch together with the commit that brought it, not by a commit that deletes it:
`git rebase --interactive main`, or a new branch.
---
审批文件被删除

作出过的决定要留在文件夹里，未通过的、办错的也一样。以后查看记录的人要能看到它的来历。

在分支上也一样：不能趁还没有进入 main，就让一份“不同意”消失。

**怎么改**：恢复该文件。如果原决定不再成立，再办理一次来说明。本来就不该有的审批文件（办理人不对、属于别的记录），应连同带来它的那次提交
一起从分支中去掉，而不是再用一次提交来删除：用 `git rebase --interactive main`，或者另建分支。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR033",
    name="act-removed",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` was taken away in commit {commit}",
        zh="`{act}` 在提交 {commit} 中被删除",
    ),
    help=Text(
        en="bring it back: `git revert {commit}`; a decision is answered by another: `muniment reject {number}`",
        zh="请恢复：`git revert {commit}`；要改变结论请另行办理：`muniment reject {number}`",
    ),
)
