"""Approved before it was there

The digest in the act fits the record as it is now, but in the commit that brought the act the folder held something else.
So nobody can have read there what he approves: the act was made in advance, copied from elsewhere, or rebased to before the
content.

**To mend it** take the act out of the branch; the approver fetches the branch as it is now and acts again.
---
内容还不存在就审批了

审批文件中的校验值与现有内容相符，但带来该文件的那次提交里，文件夹中是别的内容。审批人不可能在那时看到所审批的内容：
审批文件是预先做好的、从别处复制的，或者变基时被挪到了内容之前。

**怎么改**：从分支中移除该文件，审批人取得最新的分支后重新办理。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR031",
    name="act-before-content",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` approves what was not there in its commit {commit}",
        zh="`{act}` 审批的内容在提交 {commit} 中并不存在",
    ),
    help=Text(
        en="ask again, on a branch that holds the content: `muniment approve {number}`",
        zh="请在含有该内容的分支上重新审批：`muniment approve {number}`",
    ),
)
