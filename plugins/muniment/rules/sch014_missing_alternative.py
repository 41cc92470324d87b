"""None of several possible fields is filled in

The form leaves you the choice between several fields, but one of them has to be there: how long a record is kept can be
said in years, as for ever, or as a day.
---
几个可选字段一个也没有填写

表单允许在几个字段中任选，但必须填写一个。例如保管期限可以写年数、永久，或写明保管到哪一天。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH014",
    name="missing-alternative",
    clauses=("R4.3.2",),
    message=Text(
        en="{owner} needs one of {fields}",
        zh="{owner}须填写其中一个：{fields}",
    ),
    help=Text(
        en="add one of them: {fields}",
        zh="请补上其中一个：{fields}",
    ),
)
