"""Two changes that meet

Since the branch began somebody else has changed the same file on main, or has taken the same number. Git will not guess
which of the two is meant.

**To mend it** take main into the branch and look at both. For a new record: move yours to the next number with `muniment
renumber`, before its first approval. For a changed one: write both changes into the text; it is new content then, and the approvals are
asked for again.
---
两处改动相撞

分支建立之后，别人在 main 上改了同一个文件，或者占用了同一个编号。Git 不会替人判断以哪个为准。

**怎么改**：把 main 合并到分支，两边对照。新记录：在首次审批之前用 `muniment renumber` 把自己的移到下一个编号。已有记录：
把两处改动都写进去，这就是新的内容，须重新报审。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="GIT001",
    name="merge-conflict",
    clauses=("R4.1.2",),
    message=Text(
        en="`{path}` cannot be merged: main changed it, too",
        zh="`{path}` 无法合并：main 上也改了它",
    ),
    help=Text(
        en="take main into the branch (`git merge origin/main`) and settle it there; a number taken twice moves on with `muniment renumber`",
        zh="请把 main 合并到分支（`git merge origin/main`）并解决冲突；编号重复的用 `muniment renumber` 后移",
    ),
)
