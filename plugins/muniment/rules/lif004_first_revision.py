"""A new record that does not begin with revision 1

The revisions of a record count what happened to it here. Where a document brings an older history along, its earlier edition may
stand in the notes or, for documents of outside origin, under `external`.

**To mend it** set the revision to 1 before you ask for approvals.
---
新记录不是从第 1 版开始

版次记录的是它在本登记库里经过的变更。文件如有更早的历史，原版本号可以写在备注里；外来文件写在 `external` 里。

**怎么改**：报审之前把版次改为 1。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF004",
    name="first-revision",
    clauses=("R4.4.2",),
    message=Text(
        en="a new record begins with revision {right}, not `{stated}`",
        zh="新记录的版次从 {right} 开始，而不是 `{stated}`",
    ),
    help=Text(
        en="write `revision: {right}`; approvals given for `{stated}` are asked for again",
        zh="请写 `revision: {right}`；已对 `{stated}` 作出的审批须重新办理",
    ),
)
