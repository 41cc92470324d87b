"""One person in two stages

Three stages are three persons. Someone who holds two roles may act in either stage, not in both of the same revision.

**To mend it** take one of the two acts out of the branch and ask another holder of that role.
---
一个人办理了两个环节

三个环节应由三个人办理。兼任两种职责的人可以办理其中任何一个环节，但同一版次不能两个都办。

**怎么改**：从分支中移除其中一份，请另一位具备该职责的人办理。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR025",
    name="one-person-two-stages",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is by `{by}`, who already decided stage `{other}`",
        zh="`{act}` 的办理人 `{by}` 已经办过 `{other}` 环节",
    ),
    help=Text(
        en="another person decides this stage; `muniment status {number}` names who may",
        zh="请由另一个人办理这一环节；`muniment status {number}` 会列出可以办理的人",
    ),
)
