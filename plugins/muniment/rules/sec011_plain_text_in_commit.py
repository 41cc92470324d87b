"""Plain text of something classified in a commit

A commit of this branch holds in plain text what is classified, though it may be encrypted by now. Whoever fetches the branch has
every commit of it; once it is merged, it is in every clone for good.

**To mend it** write the branch anew so that no commit holds the plain text: `git rebase -i` onto main, or begin a new branch from main and
add the encrypted files there. If the branch was pushed, delete it on the server too, and tell the secrecy officer: who fetched it has it.
---
提交中带有涉密明文

本分支的某次提交以明文存放了涉密内容，即使后来已经加密。取得该分支的人会得到其中每一次提交；一旦合并，就永久留在每一份克隆里。

**怎么改**：重写分支，使任何一次提交都不含明文：用 `git rebase -i`，或从 main 新建分支、只提交加密后的文件。分支如果已经推送，服务器上的
也要删除，并告知保密管理员：取过的人已经拿到明文。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="SEC011",
    name="plain-text-in-commit",
    clauses=("R5.2.4",),
    message=Text(
        en="commit {commit} holds `{path}` in plain text",
        zh="提交 {commit} 中的 `{path}` 是明文",
    ),
    help=Text(
        en="write the branch anew without it; encrypted by a later commit is too late",
        zh="请重写分支，去掉该明文；在后面的提交中再加密已经来不及",
    ),
)
