"""An act for a revision that does not exist

An approval that was given before the text was written says nothing about the text.

**To mend it** raise the revision first with `muniment revise`, write the change, then ask for the approvals. If only the
number was typed wrongly, remove the act from the branch and let the program write it.
---
审批的版次还不存在

文字还没有写出来就给出的审批，说明不了任何问题。

**怎么改**：先用 `muniment revise` 升版、改好内容，再请人审批。如果只是版次写错，从分支中移除该文件，
重新办理，由程序填写。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR004",
    name="act-of-later-revision",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is for revision {stated}, the record is at {right}",
        zh="`{act}` 针对第 {stated} 版，而记录目前是第 {right} 版",
    ),
    help=Text(
        en="raise the record to revision {stated} first (`muniment revise {number}`), or act on revision {right}",
        zh="请先把记录升到第 {stated} 版（`muniment revise {number}`），或者对第 {right} 版办理",
    ),
)
