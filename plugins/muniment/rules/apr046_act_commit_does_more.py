"""An approval mixed with other changes

A commit with an approval adds acts of that one person, with their evidence, and touches nothing else. Otherwise an
approver could change the text in the same breath, or one person could file the approvals of others.

**To mend it** split it: first the change, by its author; then each approval by the person himself.
---
审批与其他改动混在一个提交里

审批的提交只能添加这一个人的审批文件及其证明文件，不能动别的。否则审批人可以顺手改文字，一个人也可以替别人交审批。

**怎么改**：分开提交：先由作者提交改动，再由各审批人分别提交自己的审批。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR046",
    name="act-commit-does-more",
    clauses=("R4.2.2",),
    message=Text(
        en="commit {commit} of act `{act}` also touches `{path}`",
        zh="`{act}` 的提交 {commit} 还改动了 `{path}`",
    ),
    help=Text(
        en="an approval is a commit of its own: remove it from the branch and act again with `muniment approve {number}`",
        zh="审批须单独提交：请从分支中移除，再用 `muniment approve {number}` 重新办理",
    ),
)
