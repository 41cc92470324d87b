"""A document without a period of its own

Of the class *others* the regulation settles the period case by case: a client's material may have to go when the contract ends,
a news sheet is worth nothing after three years. So each of these documents says for how long it is kept, and why.

**To mend it** write `retention` into the record: whole years, a day, or for ever, with the reason.
---
文件没有写明自己的保管期限

“其他文档”的保管期限由制度规定逐份确定：客户资料可能合同终止就要退还，市场简报三年后就没有用处。所以每份都要写明保管多久、为什么。

**怎么改**：在记录中写上 `retention`：整年数、截止日期或永久，并写明理由。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET002",
    name="own-period-missing",
    clauses=("R4.3.2",),
    message=Text(
        en="`{number}` does not say for how long it is kept, which `{group}` settles case by case",
        zh="`{number}` 没有写明保管期限，而 `{group}` 须逐份规定",
    ),
    help=Text(
        en="add `retention: {{years: 5, reason: …}}`, or `until: 2031-12-31`, or `permanent: true`",
        zh="请加上 `retention: {{years: 5, reason: …}}`，也可写 `until: 2031-12-31` 或 `permanent: true`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        if record.data.get("retention") or record.type.name == "void":
            continue
        found = retention.schedule(facts.policy, record)
        if found is not None and found.is_on_record:
            place = Place(record.path, ("number",))
            yield RULE.at(place, number=record.number, group=found.source[-1])
