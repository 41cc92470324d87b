"""Organization and records in one pull request

Who may decide what stands in staff, departments and policies. A pull request that changes these and uses them at the same time could grant
itself what it needs. So the two travel separately.

**To mend it** take one of the two parts into a branch of its own. Merge the organization first if the records need it.
---
组织信息与其他记录混在一个合并请求里

谁能决定什么，写在人员、部门和制度里。同一个合并请求既改这些又使用它们，就可以给自己授权。所以两者要分开提交。

**怎么改**：把其中一部分移到单独的分支。如果记录要用到新的组织信息，先合并组织信息。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF010",
    name="organization-with-records",
    clauses=("R4.2.2",),
    message=Text(
        en="`{first}` and `{second}` change in one pull request",
        zh="`{first}` 与 `{second}` 在同一个合并请求中改动",
    ),
    help=Text(
        en="merge staff, departments and policies first, in a pull request of their own; then the records",
        zh="请先单独合并人员、部门、制度的改动，再提交其他记录",
    ),
)
