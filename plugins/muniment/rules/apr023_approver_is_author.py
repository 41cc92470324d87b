"""The author approves his own document

Four eyes see more than two: nobody reviews what he wrote himself, also if he happens to hold the role.

**To mend it** take the act out of the branch and ask another holder of the role. If there is only one, the company
names a deputy in the staff register.
---
作者审批自己的文件

审核的意义在于换一双眼睛。自己写的文件自己不能审，即使本人恰好具备该职责。

**怎么改**：从分支中移除该文件，请另一位具备该职责的人审批。如果全公司只有一个人具备，应在人员档案中指定代理人。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR023",
    name="approver-is-author",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is by the author `{by}` himself",
        zh="`{act}` 的办理人 `{by}` 就是作者本人",
    ),
    help=Text(
        en="somebody else with that role decides; `muniment status {number}` names who may",
        zh="请由具备该职责的其他人办理；`muniment status {number}` 会列出可以办理的人",
    ),
)
