"""A type is moved to another chain

Which chain a type's records pass is written in the type's file, and no approval stands behind a change of that file. Whoever took the
chain out there could change every document of the type afterwards without asking anybody. So a type keeps the chain that it has;
the types of staff, departments and policies keep their group and their letters as well.

**To mend it** take the change back. What a chain asks for is changed in the policy `review`, whose own chain approves it.
---
类型改走另一条审批链

一种类型的记录走哪条审批链，写在类型文件里，而改动这个文件并没有人审批。若允许在那里去掉审批链，之后就能不经任何人同意修改
这种类型的全部文件。因此类型的审批链不能变；人员、部门、制度三类的分组和字母也不能变。

**怎么改**：撤回这处改动。审批链本身要怎么走，在制度 `review` 中修改，按制度变更审批。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF012",
    name="chain-of-type-changed",
    clauses=("R4.2.2",),
    message=Text(
        en="type `{type}` leaves its place: chain `{old}` becomes `{new}`",
        zh="类型 `{type}` 的审批链由 `{old}` 变为 `{new}`，或改变了所属分组、字母",
    ),
    help=Text(
        en="keep `chain: {old}`, group and series; change the stages in the policy `review`",
        zh="请保留 `chain: {old}` 及分组、字母；审批环节在制度 `review` 中修改",
    ),
)
