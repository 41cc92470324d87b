"""Replaced objects in this clone

Git can be told to show one commit in place of another. That does not travel with an ordinary clone and deceives only whoever
looks at this one. Muniment reads the true objects and says that others see something else here.

**To mend it** delete the replacement, or look at a fresh clone.
---
本地仓库中有替换对象

Git 可以用一个提交顶替另一个来显示。普通克隆不会带上它，只会骗过查看这一份仓库的人。Muniment 读的是真实对象，
同时提醒：在这里用其他工具看到的可能不是真实内容。

**怎么改**：删除替换，或者另外克隆一份来看。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="GIT003",
    name="replace-ref",
    severity="warning",
    clauses=("R4.2.2",),
    message=Text(
        en="this clone replaces objects by others: `{name}`",
        zh="本地仓库用别的对象替换了原对象：`{name}`",
    ),
    help=Text(
        en="the verdict is about the true objects; `git replace --delete` takes the replacement away",
        zh="审计结论以真实对象为准；可用 `git replace --delete` 去掉替换",
    ),
)
