"""A number outside its limits

A satisfaction of 7 on a scale from 1 to 5, a revision 0 or a negative amount is a slip of the keyboard. The limits are
those of the form.
---
数字超出范围

满意度 1 到 5 分却填了 7，版次填 0，金额为负数，多半是笔误。限度由表单规定。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH007",
    name="number-out-of-range",
    message=Text(
        en="`{value}` does not fit `{field}`: {limit}",
        zh="`{field}` 不能填 `{value}`：{limit}",
    ),
    help=Text(
        en="write a number within the limits: {limit}",
        zh="请填写范围内的数字：{limit}",
    ),
)
