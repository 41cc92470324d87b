"""Fields that exclude one another

Ten years, for ever, until a day: each answers the same question, and together they contradict one another.
---
互相排斥的字段

十年、永久、某日为止，回答的是同一个问题，同时出现就互相矛盾，无法知道应以哪一个为准。请只保留其中一个。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH013",
    name="conflicting-fields",
    clauses=("R4.3.2",),
    message=Text(
        en="only one of {fields} may stand in {owner}",
        zh="{owner}中只能填写其中一个：{fields}",
    ),
    help=Text(
        en="decide which one is meant and take the others away",
        zh="请确定以哪一个为准，删去其余的",
    ),
)
