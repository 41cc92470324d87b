"""A file that all types build upon is replaced

A registry may add types, and put its own in the place of one of ours. It may not replace `act`, `common` and `x-record`: they
say what an approval, a date or a reference is, and whoever loosened them would let through what no other rule looks at.

**To mend it** delete the file. Fields that the company needs go into its own types.
---
替换了各类型共用的基础文件

登记库可以增加类型，也可以用自己的类型替换同名类型，但不能替换 `act`、`common`、`x-record`：审批、日期、引用是什么样，都由它们
规定；放宽了它们，就会放过其他规则都不再检查的内容。

**怎么改**：删除该文件。公司需要的字段请写进自己的类型。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH022",
    name="replaced-foundation",
    message=Text(
        en="`{file}` belongs to the tool, and this one is not the same",
        zh="`{file}` 属于工具本身，而这里的内容与之不同",
    ),
    help=Text(
        en="delete it here; put the company's own fields into a type of its own",
        zh="请删除该文件；公司自己的字段请写进自己的类型",
    ),
)
