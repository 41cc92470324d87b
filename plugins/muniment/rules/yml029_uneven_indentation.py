"""The indentation does not fit

Lines that belong together begin in the same column; what belongs to a field is indented further. A line in between, or
indented under a field that already has a value, belongs to nothing.

**To mend it** look at the line above that is of the same kind and give this one as many spaces.
---
缩进不一致

同一层的各行从同一列开始；属于某个字段的内容要再缩进。介于两者之间的行，或缩进在已有值的字段下面的行，没有归属。

**怎么改**：找到上面同类的一行，使这一行的空格数与它相同。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML029",
    name="uneven-indentation",
    clauses=("R4.2.1",),
    message=Text(en="line does not fit the indentation around it", zh="这一行的缩进与前后不一致"),
    help=Text(
        en="give lines of one level the same number of leading spaces, two more for each level",
        zh="同一层的各行行首空格数相同，每深一层加两个",
    ),
)
