"""Commits with other parents in this clone

Git can be told, in the file `.git/info/grafts`, that a commit has other parents than it says itself. That does not travel with a
clone and deceives only whoever looks at this one: a part of history seems never to have been. Muniment reads the parents that
the commits themselves name, and says that others see something else here.

**To mend it** delete the file, or look at a fresh clone.
---
本地仓库改写了提交的上级

`.git/info/grafts` 文件可以让 Git 把某个提交的上级看成别的提交，使一段历史看起来从未存在。克隆不会带上它，只会骗过查看这一份
仓库的人。Muniment 按提交自身所写的上级来审核，同时提醒：在这里用其他工具看到的可能不是真实历史。

**怎么改**：删除该文件，或者另外克隆一份来看。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="GIT005",
    name="grafted-commit",
    severity="warning",
    clauses=("R4.2.2",),
    message=Text(
        en="this clone gives other parents to commit `{commit}`",
        zh="本地仓库改写了提交 `{commit}` 的上级",
    ),
    help=Text(
        en="the verdict is about the true history; delete `.git/info/grafts`",
        zh="审计结论以真实历史为准；请删除 `.git/info/grafts`",
    ),
)
