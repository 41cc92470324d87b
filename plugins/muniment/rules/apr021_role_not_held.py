"""A person without the role

Each stage asks for a role, some of them in the record's own department (`@ BM01`). Who holds which role from when to when
stands in the staff register. What counts is the register on main just before the pull request: nobody can grant himself a
role in the branch that uses it, and nobody who has left or handed over can act with an old date.

**To mend it** ask one of those who hold the role. A deputy or successor is entered in the register first, in a pull request of its
own; after its merge the new holder acts. The act of the wrong person is taken out of the branch.
---
办理人不具备所需职责

每个环节都要求某种职责，有些还要求是记录所属部门的（`@ BM01`）。谁在什么时间担任什么职责，以人员档案为准，而且以
合并请求之前 main 上的人员档案为准：不能在同一个分支里先给自己授权再使用；离职或卸任的人也不能用旧日期办理。

**怎么改**：请具备该职责的人办理。代理人、接任者须先登记到人员档案（单独的合并请求），合并之后再由其办理。
不该办理的人办的那份，从分支中移除。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR021",
    name="role-not-held",
    clauses=("R4.2.2",),
    message=Text(
        en="{by} did not hold the role for `{act}` on {date}",
        zh="{by} 在 {date} 不具备 `{act}` 所需的职责",
    ),
    help=Text(
        en="this stage takes {role}; `muniment status {number}` names who may act",
        zh="该环节需要 {role}；`muniment status {number}` 会列出可以办理的人",
    ),
)
