"""A value in the wrong form

Dates, times, e-mail addresses and digests have one way of writing, so that they sort, compare and calculate alike
everywhere. A date is year, month and day with hyphens and leading zeros. A date that the calendar does not have, such as
30 February, is refused too.
---
值的写法不对

日期、时间、邮箱、校验值等只有一种写法，这样才能排序、比较和计算。日期写成“年-月-日”，用连字符，月和日不足两位时补零。
日历上没有的日期（如 2 月 30 日）同样不接受。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH006",
    name="malformed-value",
    message=Text(
        en="`{field}`: `{value}` is not {wanted}",
        zh="`{field}` 的 `{value}` 不是{wanted}",
    ),
    help=Text(
        en="write {wanted}",
        zh="请填写{wanted}",
    ),
)
