r"""A backslash in double quotes is not understood

In double quotes the backslash begins a special sign, such as `\n` for a new line. Paths of Windows, for example
`"D:\data"`, are taken for such signs.

**To mend it** put the text in single quotes or leave the quotes away.
---
双引号中的反斜杠无法识别

双引号中的反斜杠表示特殊符号，例如 `\n` 表示换行。Windows 路径如 `"D:\data"` 会被误认为特殊符号。

**怎么改**：改用单引号，或者去掉引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML024",
    name="unknown-escape",
    clauses=("R4.2.1",),
    message=Text(en="`{escape}` means nothing inside double quotes", zh="`{escape}` 在双引号内没有意义"),
    help=Text(
        en="use single quotes, in which a backslash is an ordinary character",
        zh="改用单引号，单引号内反斜杠是普通字符",
    ),
)
