"""Somebody else committed the act

An approval is the commit of the person who approves. When a secretary types it in for the head of department, the file says one
name and the commit another, and only the commit proves anything.

Often it is just the address: a new computer, or a web page of the forge where the private address is set. The addresses of a
person stand in the staff register under `emails`.

**To mend it** the person himself acts again from an account with a registered address. A further address is entered in the
register first, in a pull request of its own. An address that two persons share proves neither of them.
---
提交人不是审批人本人

审批必须由审批人本人提交。由文员代部门负责人录入，文件上是一个名字，提交上是另一个名字，而能作证的只有提交。

很多时候只是邮箱的问题：换了电脑，或者代码平台网页上用的是私人邮箱。每个人的邮箱登记在人员档案的 `emails` 里。

**怎么改**：由本人用登记过的邮箱重新办理。要增加邮箱，先修改人员档案（单独的合并请求）。两个人共用的邮箱，谁也证明不了。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR040",
    name="author-is-not-signer",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is by {by}, its commit {commit} by `{author}`",
        zh="`{act}` 的办理人是 {by}，提交 {commit} 的作者却是 `{author}`",
    ),
    help=Text(
        en="each person commits his own act under an address of the staff register; `git config user.email` shows yours",
        zh="各人提交自己的审批，邮箱须与人员档案一致；`git config user.email` 可查看当前邮箱",
    ),
)
