"""Somebody who is not on the register

An approval is worth what the person is worth who gave it: name, department, role on that day. All of that comes
from the staff register as it stood on main before the pull request.

**To mend it** correct the number. A new colleague is entered first (personnel, then a leader, merged), after that he can
act. Client's people do not act themselves: the project manager records their confirmation with the signed scan.
---
办理人不在人员档案中

一次审批的分量取决于办理人：姓名、部门、当天的职责。这些都取自合并请求之前 main 上的人员档案。

**怎么改**：改正编号。新同事须先建档（人事审核、领导批准、合并），之后才能办理。客户方人员不直接操作，由项目经理
附上签字扫描件登记其确认。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR020",
    name="unknown-person",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is by `{by}`, who is not on the staff register",
        zh="`{act}` 的办理人 `{by}` 不在人员档案中",
    ),
    help=Text(
        en="write the staff number of whoever decided; new staff are registered first, in a pull request of their own",
        zh="请填写办理人的人员编号；新员工须先建档，并单独提交合并请求",
    ),
)
