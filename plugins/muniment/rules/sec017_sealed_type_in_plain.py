"""Facts in plain text that the policy wants sealed

The policy names this type under `sealed`: of its records only number, title, department, dates and level may be read by everybody who can
clone the repository. This one states more in plain text.

**To mend it** run the command in the help: what goes beyond the stub is moved into the encrypted file beside it. Do so before the first commit.
---
应封存的事实以明文存放

保密制度把这一类型列为封存：能克隆仓库的人只应看到编号、标题、部门、日期和密级。这条记录以明文写了更多内容。

**怎么改**：运行提示中的命令，存根以外的内容会移入旁边的加密文件。请在第一次提交之前完成。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC017",
    name="sealed-type-in-plain",
    clauses=("R5.2.4",),
    message=Text(
        en="`{number}` states `{field}` in plain text, and its type is sealed",
        zh="`{number}` 以明文写有 `{field}`，而该类型应当封存",
    ),
    help=Text(
        en="seal it: muniment encrypt {number}; all of them: muniment encrypt --type {type}",
        zh="请封存：muniment encrypt {number}；全部：muniment encrypt --type {type}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for name in classification.sealed_types(facts.policy):
        for record in facts.corpus.by_type.get(name, ()):
            fields = classification.plain_fields(record)
            if fields:
                place = Place(record.path, (fields[0],), on_key=True)
                yield RULE.at(place, number=record.number, field=fields[0], type=name)
