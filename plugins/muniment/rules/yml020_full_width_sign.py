"""A full-width sign stands where a half-width one is needed

Between a field's name and its value stands a half-width colon and a space. With a Chinese keyboard one easily types the
full-width `：` or a full-width space at the beginning of a line, which are ordinary text for YAML. It is the
commonest slip of all. Inside values full-width signs are welcome.

**To mend it** replace the sign at the place given; most keyboards switch with Shift or Ctrl+full stop.
---
该用半角符号的地方用了全角

字段名与值之间要用半角冒号加一个空格。中文输入法下很容易打成全角冒号 `：`，或在行首打出全角空格，
而 YAML 把它们当作普通文字。这是最常见的笔误。值里面可以放心使用全角符号。

**怎么改**：替换提示位置的符号；多数输入法用 Shift 或“Ctrl+句号”切换全角、半角。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML020",
    name="full-width-sign",
    clauses=("R4.2.1",),
    message=Text(
        en="full-width `{sign}` where YAML needs `{ascii}`", zh="此处用了全角 `{sign}`，YAML 需要 `{ascii}`"
    ),
    help=Text(
        en="switch the keyboard to half-width and type `{ascii}` instead", zh="切换到半角输入，改成 `{ascii}`"
    ),
)
