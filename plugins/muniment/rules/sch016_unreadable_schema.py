"""A type's file that cannot be read

Record types are JSON files in the folder `schemas/`. JSON wants double quotes, a comma between entries and none after
the last, and each name once. Until the file can be read, the package's own type of that name stands in for it; where
there is none, records of that type are left out meanwhile.
---
类型文件无法读取

记录类型是 `schemas/` 文件夹中的 JSON 文件。JSON 要求使用双引号，条目之间有逗号、最后一项之后没有逗号，同一名称只出现一次。
在文件能够读取之前，沿用软件自带的同名类型；没有同名类型的，这类记录暂不列入登记。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH016",
    name="unreadable-schema",
    message=Text(
        en="the file of this type cannot be read: {reason}",
        zh="类型文件无法读取：{reason}",
    ),
    help=Text(
        en="look at this place and just before it: a comma, a quote or a bracket is often missing or too many",
        zh="请检查此处及其前面：常常是多了或少了逗号、引号或括号",
    ),
)
