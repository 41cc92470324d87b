"""This copy does not hold the whole history

Whether a number was used before can only be seen where the whole history is there. This copy
was made shallow or partial, or is no Git repository, so that question stays open; everything else was checked.

**To mend it** fetch the rest: `git fetch --unshallow`, or clone again without `--depth` and `--filter`.
---
本地副本没有完整的历史

编号以前是否用过，只有在完整历史里才查得出来。当前副本是浅克隆或部分克隆，这一项没有检查，其他各项照常检查。

**怎么改**：执行 `git fetch --unshallow`，或者不带 `--depth`、`--filter` 重新克隆。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="NUM013",
    name="history-incomplete",
    severity="warning",
    clauses=("R4.1.2",),
    message=Text(
        en="numbers were not looked up in history, because this copy is {reason}",
        zh="未能在历史中核对编号：本地副本是 {reason}",
    ),
    help=Text(
        en="fetch the whole history: `git fetch --unshallow`",
        zh="请取回完整历史：`git fetch --unshallow`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    if facts.ledger is not None and not facts.ledger.complete:
        yield RULE.at(Place("records"), reason=facts.ledger.reason)
