"""A reading of what is not in force

Whoever says "read and understood" speaks of one revision, and that has to be in force by then: on main with its whole chain, before
the reading is committed. A draft may still change; what was read of it says nothing about what people have to keep to. Nor does what
was read after the document had been retired.

**To mend it** take the file out of the branch, fetch main as it is now and confirm the revision that is in force:
`muniment read NUMBER`.
---
阅读的版次当时无效

“已阅读并理解”说的是某一版，这一版当时必须已经生效：审批链走完并已合并到 main，然后才能确认阅读。草稿还会改，读过草稿不等于读过
要遵守的文件。文件废止之后才确认的阅读同样不算。

**怎么改**：从分支中移除该文件，取得最新的 main，再确认现行版次：`muniment read 编号`。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR050",
    name="reading-of-unpublished",
    clauses=("R4.2.2", "R4.4.2"),
    message=Text(
        en="`{act}` says that revision {revision} was read, which was not in force then",
        zh="`{act}` 确认阅读第 {revision} 版，而这一版当时不是有效文件",
    ),
    help=Text(
        en="read what is in force: `muniment read {number}`, once main has the whole chain",
        zh="请在 main 上审批链走完之后阅读现行版次：`muniment read {number}`",
    ),
)
