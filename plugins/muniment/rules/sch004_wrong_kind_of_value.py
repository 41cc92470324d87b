"""A value of the wrong kind

Some fields hold text, some a number, some a list (each item on a line that begins with `- `), some a group of fields
indented below them. A telephone number or the number on a box is text although it consists of digits: without quotes
it would be read as a number and lose its leading zeros. `true`, `false` and `null` without quotes are not text either.
---
值的种类不对

有的字段填文字，有的填数字，有的是列表（每项一行，以 `- ` 开头），有的是下面缩进的一组字段。电话号码、盒号虽然由数字组成，却是文字：
不加引号会被当作数字，开头的零也会丢失。不加引号的 `true`、`false`、`null` 也不是文字。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH004",
    name="wrong-kind-of-value",
    message=Text(
        en="`{field}` is {found} instead of {expected}",
        zh="`{field}` 应为{expected}，现在是{found}",
    ),
    help=Text(
        en="write {expected}",
        zh="请填写{expected}",
    ),
)
