"""An act out of the row

The acts of a revision are numbered 1, 2, 3 … over all chains, rejections included. So a file that was taken away leaves a
hole that everybody sees, and two acts cannot claim the same place.

It happens when two people act at the same time in two branches, or when somebody names the file by hand.

**To mend it** the later of the two takes the new main into the branch and acts again. If a number in the middle is missing,
find out who removed the file: `git log --diff-filter=D -- <folder>` tells.
---
审批文件的序号不连续

一个版次内的审批文件按 1、2、3……编号，各审批链统一编号，未通过的也算在内。这样抽走一份就会留下看得见的空缺，
两份也不可能占同一个位置。

两个人在两个分支上同时办理，或者手工起文件名，都会出现这种情况。

**怎么改**：后办理的一方先把最新的 main 合并到自己的分支，再重新办理。如果中间缺号，用
`git log --diff-filter=D -- <文件夹>` 可以查到是谁移除的。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR003",
    name="act-number",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is number {n} of its revision where {right} comes next",
        zh="`{act}` 在本版次中的序号是 {n}，按顺序应为 {right}",
    ),
    help=Text(
        en="take it out and do it again with `muniment`, which takes the next number",
        zh="请移除后用 `muniment` 重新办理，程序会取下一个序号",
    ),
)
