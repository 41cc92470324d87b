"""Changed content under an old revision

Two texts under one revision number cannot be told apart on paper. Each change of a record that has a chain carries the next
revision, without leaving one out.

**To mend it** run `muniment revise`, then ask for the approvals of the new revision. A correction of a single letter is a revision, too.
---
内容改了，版次没有升

同一版次有两种内容，纸面上就分不清。凡有审批链的记录，每次改动都要升到下一个版次，不跳号。

**怎么改**：运行 `muniment revise`，然后对新版次报审。只改一个字也算一版。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF003",
    name="content-without-revision",
    clauses=("R4.4.2",),
    message=Text(
        en="the content changed and the revision is `{stated}`, not {right}",
        zh="内容有改动，版次却是 `{stated}`，应为 {right}",
    ),
    help=Text(
        en="`muniment revise {number}` sets revision {right} and today's date; then ask for the approvals",
        zh="`muniment revise {number}` 会写上第 {right} 版和今天的日期；然后报审",
    ),
)
