"""A type's block is not complete

Each record type carries a small block `x-record`: its series, chain, group, level, the field that names it, the columns
and filters of its register, the clauses that it serves and its place in lists. Without it we do not know where the
records belong and who approves them.
---
类型说明块不完整

每个记录类型都带有一个 `x-record` 说明块：编号系列、审批链、分组、密级、标题字段、登记表的列和筛选项、所依据的条款以及排列次序。
缺少它就不知道这类记录归在哪里、由谁审批。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH018",
    name="unsound-type-block",
    message=Text(
        en="`{field}` in the block `x-record` of `{type}` is missing or wrong",
        zh="类型 `{type}` 的 `x-record` 中 `{field}` 缺失或有误",
    ),
    help=Text(
        en="compare with x-record.schema.json and with a type that comes with the package",
        zh="请对照 x-record.schema.json 和软件自带的类型文件",
    ),
)
