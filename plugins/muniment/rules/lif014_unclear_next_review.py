"""The next review is on no day of the calendar

A periodic review may say when the next one is to be. What is written there is no day, so nobody would be reminded of it.

**To mend it** write the day as 2027-05-31, or leave the line out: then the period of the policy `documents` counts from this review.
---
下次复审日期不明确

定期复审可以写明下次复审的日期。这里写的不是日期，到时没有人会收到提醒。

**怎么改**：写成 2027-05-31 这样的日期；也可以删去这一项，届时按制度 `documents` 规定的周期计算。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF014",
    name="unclear-next-review",
    clauses=("R4.4.1",),
    message=Text(
        en="`next_review` of `{act}` is no day: `{value}`",
        zh="`{act}` 的下次复审日期不是日期：`{value}`",
    ),
    help=Text(
        en="write a day such as 2027-05-31, or leave it out",
        zh="请写成 2027-05-31 这样的日期，或删去这一项",
    ),
)
