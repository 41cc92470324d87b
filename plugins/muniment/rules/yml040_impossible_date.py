"""A date does not exist

The value looks like a date, but the calendar has no such day, or the clock no such hour: the 30th of February, 25 o'clock.
Due dates and retention could not be counted from it.

**To mend it** look the date up and correct it.
---
日期不存在

这个值写成日期的样子，但日历上没有这一天，或钟点不存在：2 月 30 日、25 点等。到期日和保管期限无法据此计算。

**怎么改**：核对后改成正确的日期。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML040",
    name="impossible-date",
    clauses=("R4.2.1",),
    message=Text(en="`{value}` is no real date or time", zh="`{value}` 不是真实存在的日期或时间"),
    help=Text(
        en="write a day of the calendar, such as 2026-02-28, or a time such as 2026-02-28T09:30",
        zh="写日历上有的日期，如 2026-02-28，或时间，如 2026-02-28T09:30",
    ),
)
