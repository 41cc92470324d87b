"""A column or filter that no field stands behind

The register of a type shows the columns that its block names. A name that is no field of the type would give an empty
column, and a state that depends on it would never come about.
---
登记表的列没有对应的字段

登记表按类型说明块列出的字段显示各列。不是字段的名称只会得到一个空列，依赖它的状态也永远不会出现。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH021",
    name="unknown-column",
    message=Text(
        en="`{column}` is not a field of `{type}`",
        zh="`{column}` 不是 `{type}` 的字段",
    ),
    help=Text(
        en="columns, facets and states name fields of the type; `state`, `level` and `year` may be columns too",
        zh="列、筛选项和状态只能用该类型的字段；列还可用 `state`、`level`、`year`",
    ),
)
