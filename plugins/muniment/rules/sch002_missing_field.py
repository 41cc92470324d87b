"""A field that must be filled in is missing

Each form has fields that nobody may leave out, because a later step or a reader depends on them: without a date the
number cannot be checked, without a department nobody knows who reviews.

Add the field on a line of its own, at the same indentation as its neighbours. Where a second place is named, it shows
the field that made this one necessary.
---
缺少必填字段

每种表单都有不能空缺的字段，因为后面的步骤要用到它们：没有日期就无法核对编号，没有部门就不知道由谁审核。

请另起一行补上这个字段，缩进与相邻的字段相同。如果还指出了另一处，那里的内容就是必须填写这个字段的原因。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH002",
    name="missing-field",
    message=Text(
        en="`{field}`{called} is missing",
        zh="缺少 `{field}`{called}",
    ),
    help=Text(
        en="add a line such as `{example}`",
        zh="请补上一行，例如 `{example}`",
    ),
)
