"""An act of another record

An approval counts for the one record that it names. Copied into the folder of another it approves nothing, however
alike the two may be.

**To mend it** take the file out of this folder, before the branch is merged. If this record really was decided on, the
same person says so for this record; the program writes number, revision and digest, nobody needs to copy them.
---
审批文件属于另一条记录

一次审批只对它写明的那条记录有效。复制到别的记录里，无论两份内容多么相像，都不算数。

**怎么改**：在分支合并之前，把该文件从这个文件夹移除。如果这条记录确实审过，由同一个人对这条记录重新办理；编号、版次、
校验值都由程序填写，不需要复制。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR001",
    name="act-of-another-record",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` speaks of `{stated}` and lies with {right}",
        zh="`{act}` 写的是 `{stated}`，却放在 {right} 的文件夹里",
    ),
    help=Text(
        en="take the file out; whoever decided says so again where it belongs: `muniment approve {stated}`",
        zh="请移除该文件，由审批人在正确的记录上重新办理：`muniment approve {stated}`",
    ),
)
