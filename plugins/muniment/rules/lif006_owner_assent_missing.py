"""A revision by somebody else without the owner's assent

The first author or the person in charge changes a document. Another may do it when they agree: the first author by an
approval, or the head of the department that owned the record before this change.

**To mend it** ask one of the two to decide in one of the stages. To move a record to another department, the old one agrees first.
---
他人修订，未经原作者或所属部门同意

文件由原作者或负责人修改。别人来改，要经他们同意：原作者参与审批，或者由改动前所属部门的负责人审批。

**怎么改**：请其中一方在某个环节审批。要把记录划归另一个部门，原部门须先同意。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF006",
    name="owner-assent-missing",
    clauses=("R4.4.1",),
    message=Text(
        en="`{before}` gives way to `{after}` without the owner's assent",
        zh="由 `{before}` 变为 `{after}`，未经原作者或所属部门同意",
    ),
    help=Text(
        en="get the first review from the head of {owner}, who owns the record: `muniment status {number}`",
        zh="请由所属部门 {owner} 的负责人初审：`muniment status {number}`",
    ),
)
