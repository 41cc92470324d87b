"""A repository lies within the records

A folder with a `.git` of its own, or a submodule, is kept in another history: this registry stores only a pointer to it. Its
content is not in a clone and its approvals cannot be proven here.

**To mend it** move the folder elsewhere, or remove its `.git` and commit the files themselves.
---
记录中套有另一个仓库

自带 `.git` 的文件夹或子模块属于另一份历史，本登记库只保存一个指针。克隆时得不到其内容，其审批也无法在这里证明。

**怎么改**：把该文件夹移走，或删去其中的 `.git`，提交文件本身。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML051",
    name="nested-repository",
    clauses=("R4.2.1",),
    message=Text(en="`{path}` is a Git repository of its own", zh="`{path}` 本身是另一个 Git 仓库"),
    help=Text(
        en="move it out of `records/`, or remove its `.git`", zh="移出 `records/`，或删去其中的 `.git`"
    ),
)
