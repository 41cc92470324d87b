"""A number has too many digits

No amount has more than thirty digits; account numbers, digests and bar codes can. Programs round such numbers silently.

**To mend it** put the code in quotes.
---
数字位数过多

金额、数量不会超过三十位；账号、摘要、条码才会。许多程序会悄悄把这么长的数字四舍五入。

**怎么改**：给代号加引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML039",
    name="overlong-number",
    clauses=("R4.2.1",),
    message=Text(en="number `{value}` has more than {limit} digits", zh="数字 `{value}` 超过 {limit} 位"),
    help=Text(en="put it in quotes: it is a code, not an amount", zh="加上引号：这是代号，不是数量"),
)
