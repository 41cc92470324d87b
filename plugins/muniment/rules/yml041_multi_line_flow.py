"""A bracket runs over several lines

Within brackets YAML ignores indentation, so a bracket over several lines hides slips and merges badly.

**To mend it** write short lists on one line and long ones with a dash for each value.
---
括号跨多行

括号里 YAML 不看缩进，跨多行的括号容易掩盖笔误，合并修改时也容易出错。

**怎么改**：短的写在一行；长的每行一个值，前面加短横线。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML041",
    name="multi-line-flow",
    clauses=("R4.2.1",),
    message=Text(en="bracket `{bracket}` runs over several lines", zh="括号 `{bracket}` 跨了多行"),
    help=Text(
        en="write it on one line, or one value a line after dashes", zh="写在一行内，或每行一个值、前加短横线"
    ),
    severity="warning",
)
