"""A revision without a later date

A revision is published with the date of the update, so that a reader sees from the print which of two is newer.

**To mend it** write the date of the change into `updated`. It has to be later than that of the revision before. The approvals are for the
content with its date: set it before you ask for them.
---
新版次的更新日期没有往后

新版发布时要写明更新日期，读者拿到两份打印件，一看就知道哪份新。

**怎么改**：把改动日期填入 `updated`，必须晚于上一版的日期。日期也是审批内容的一部分，报审之前就要填好。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF005",
    name="updated-not-later",
    clauses=("R4.4.2",),
    message=Text(
        en="`updated` is {after}, the revision before had {before}",
        zh="`updated` 是 {after}，不晚于上一版的 {before}",
    ),
    help=Text(
        en="write the date of this change; `muniment revise {number}` does so",
        zh="请填写这次改动的日期；`muniment revise {number}` 会自动填写",
    ),
)
