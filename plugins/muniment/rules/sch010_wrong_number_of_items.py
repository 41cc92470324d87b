"""Too few or too many entries in a list

Some lists make sense only with at least one entry: a plan without tasks, an acceptance without methods. Each entry
begins on a line of its own with `- `.
---
列表条目过少或过多

有些列表至少要有一项才有意义，例如没有任务的计划、没有方法的验收。每一项另起一行，以 `- ` 开头。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH010",
    name="wrong-number-of-items",
    message=Text(
        en="`{field}` has {count} entries, {limit}",
        zh="`{field}` 有 {count} 项，{limit}",
    ),
    help=Text(
        en="add or take away entries: {limit}",
        zh="请增减条目：{limit}",
    ),
)
