"""Values are nested too deep

No field of ours needs more than a few levels. Very deep nesting is a slip of the keyboard, such as a row of brackets, or
an attempt to exhaust programs that read the file.

**To mend it** look at the place given and delete the brackets or dashes that are too many.
---
嵌套层次过深

正常的字段只需要几层。层次过深多半是误按了一串括号，也可能是有人想拖垮读取文件的程序。

**怎么改**：到提示的位置，删去多余的括号或短横线。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML014",
    name="deep-nesting",
    clauses=("R4.2.1",),
    message=Text(en="values are nested more than {limit} levels deep", zh="嵌套超过 {limit} 层"),
    help=Text(
        en="write the values flat, or close the bracket that was left open",
        zh="把内容写平，或补上漏掉的右括号",
    ),
)
