"""A record that becomes something else

The type decides which chain a record passes and which fields it has. A record that changes it could slip out of its
approvals.

**To mend it** bring the type back. What should be of another kind gets a number of its own; a number that was taken by mistake and
has not landed may simply be given to the right record.
---
记录改变了类型

类型决定记录走哪条审批链、有哪些字段。允许改类型，就等于允许绕开审批。

**怎么改**：改回原来的类型。需要另一种类型的，另取编号新建；如果是尚未进入 main 的记录取错了类型，直接用这个编号建正确的记录即可。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF009",
    name="type-changed",
    clauses=("R4.4.2",),
    message=Text(
        en="record `{number}` changes from {old} to {new}",
        zh="记录 `{number}` 的类型由 {old} 变为 {new}",
    ),
    help=Text(
        en="a record keeps its type: make a new one with `muniment new` and retire this",
        zh="记录的类型不能变：请用 `muniment new` 新建，并废止本记录",
    ),
)
