"""A reviewer who wrote part of the text

Whoever corrects the text while reviewing it becomes one of its authors, and an author does not approve. So a reviewer
writes what should change into his comment or rejects with reasons; the author makes the change.

**To mend it** ask another holder of the role for this stage. If there is none, start the branch anew: the author
writes the text, including what the reviewer had corrected, then the stages follow.
---
审核人写过其中的内容

审核时直接改文字，就成了作者之一，而作者不能审批。所以审核人应把修改意见写进说明，或者退回并写明理由，由作者来改。

**怎么改**：请另一位具备该职责的人办理这一环节。如果没有别人，就另建分支，由作者本人写入全部内容（包括审核人改过的部分），
然后重新走各环节。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR024",
    name="approver-wrote",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is by `{by}`, who wrote part of it in commit {commit}",
        zh="`{act}` 的办理人 `{by}` 在提交 {commit} 中写过其中的内容",
    ),
    help=Text(
        en="somebody else decides; or the author takes the change over himself and all stages follow again",
        zh="请由其他人办理；或者由作者本人改写该部分，各环节重新审批",
    ),
)
