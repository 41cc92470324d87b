"""The written date is not that of the commit

The date in the act may differ from that of its commit by a day, for late evenings and time zones. More than that is
back-dating, a wrong clock, or a commit that was rewritten later.

**To mend it** act again today. That the decision was taken earlier, in a meeting or on paper, may be said in the comment.
---
审批日期与提交日期不符

考虑到深夜办理和时区，审批文件的日期与提交日期可以相差一天。再多就是倒签、时钟不准，或者提交后来被重写过。

**怎么改**：今天重新办理。如果决定是更早在会议上或纸面上作出的，可以写在说明里。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR047",
    name="act-date-differs",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` is dated `{date}`, its commit {commit} was made on {made}",
        zh="`{act}` 的日期是 `{date}`，提交 {commit} 却是 {made} 作出的",
    ),
    help=Text(
        en="act again and leave the date to the program; what was decided on paper goes into `comment`",
        zh="请重新办理，日期由程序填写；纸面上的决定日期可写入 `comment`",
    ),
)
