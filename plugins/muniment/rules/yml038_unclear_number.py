"""A number is written in a form that misleads

Programs read `010` as ten, as eight or as the text 010; `0x1F`, `1e5`, `+86`, `.nan` are no safer. Box numbers, postcodes and
telephone numbers lose their zeros that way.

**To mend it** put codes in quotes. A number that is really one is written with decimal digits, a minus sign and
a decimal point only: `8`, `-3`, `1250.50`.
---
数字的写法会引起误解

`010` 可能被读成十、八或文字 010；`0x1F`、`1e5`、`+86`、`.nan` 也一样不可靠。盒号、邮编、电话常因此丢掉前面的零。

**怎么改**：代号加引号。真正的数字只用十进制数字、负号和小数点：`8`、`-3`、`1250.50`。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML038",
    name="unclear-number",
    clauses=("R4.2.1",),
    message=Text(
        en="`{value}` is a number to some readers and text to others",
        zh="`{value}` 有的程序当数字，有的当文字",
    ),
    help=Text(
        en='write `"{value}"` in quotes if it is a code, else decimal digits only',
        zh='若是代号，加引号写成 `"{value}"`；若是数字，只写十进制数字',
    ),
)
