"""Acceptance failed, and the report does not say what is wrong and what is to be done

A report that concludes `failed` states the problems that were found and the demands for the rework, each with a day. Without them nobody knows
what to mend, and the next round would judge something else.

**To mend it** enter what the group found, in `problems` and `demands`.
---
验收未通过，却没有写明问题和整改要求

结论为 `failed` 的验收报告，应写明发现的问题和整改要求，每项要求都有期限。否则不知道要改什么，下一轮验收也没有依据。

**怎么改**：把验收组的意见填入 `problems` 和 `demands`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ021",
    name="failure-without-demands",
    clauses=("R2.3.4",),
    message=Text(
        en="acceptance failed, and `{field}` says nothing",
        zh="验收未通过，`{field}` 却没有填写",
    ),
    help=Text(
        en="enter under `{field}`: {what}",
        zh="请填写 `{field}`：{what}",
    ),
)

_FIELDS = {
    "problems": Text("what the group found", "验收组发现的问题"),
    "demands": Text("what has to be done, and by when (`what`, `due`)", "整改要求和期限（`what`、`due`）"),
}


def check(facts: Facts) -> Iterator[Finding]:
    for report in facts.corpus.of("acceptance-report"):
        for field, what in _FIELDS.items():
            if report.data["conclusion"] == "failed" and not report.data.get(field):
                yield RULE.at(
                    Place(report.path, ("conclusion",)), number=report.number, field=field, what=what
                )
