"""An act that was changed

An act is added once and stays as it is for ever. A decision that could be rewritten would prove nothing.

**To mend it** restore the first version. A second thought is a second act: rejected, withdrawn, or approved again. If the
act has not been merged yet, remove the branch's commits that changed it.
---
审批文件被改动

审批文件写入之后永远不再改动。可以改写的决定证明不了任何事情。

**怎么改**：恢复最初的版本。改变主意就另办一次：不同意、撤回，或者再次同意。如果尚未合并，去掉分支中改动它的那些提交。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR032",
    name="act-changed",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` was changed in commit {commit}",
        zh="`{act}` 在提交 {commit} 中被改动",
    ),
    help=Text(
        en="bring it back as it was; who thinks otherwise now acts again: `muniment act {number} STAGE`",
        zh="请恢复原样；意见有变的，另行办理一次：`muniment act {number} 环节`",
    ),
)
