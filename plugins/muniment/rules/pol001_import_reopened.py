"""The import is opened again

While the import is open old approvals may come in without the rules that bind all others. It is closed once, for good.

**To mend it** leave `importing: false`. Old documents that turn up later pass the chain like new ones, with the scan of the
old approval attached.
---
重新打开了导入

导入期间，旧的审批可以不受一般规则约束直接进来。导入只关闭一次，关闭后不再打开。

**怎么改**：保持 `importing: false`。后来找到的旧文件与新文件一样走审批链，旧的审批扫描件作为附件。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="POL001",
    name="import-reopened",
    clauses=("R4.2.2",),
    message=Text(
        en="`importing` is opened again",
        zh="`importing` 被重新打开",
    ),
    help=Text(
        en="write `importing: false`; what still is to come passes its chain",
        zh="请写 `importing: false`；其余内容按审批链办理",
    ),
)
