"""A part of an inspection that failed without a finding

Where agreements, education, measures or the handling of classified documents failed the inspection, something was found: it is written down with
who corrects it by when.

**To mend it** add the finding, or mark the part as passed.
---
检查项目不合格却没有记录问题

协议、教育、措施、涉密文件四项中有不合格的，必须写明发现的问题、责任人和整改期限。

**怎么改**：补充 `findings`，或将该项改为合格。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC009",
    name="failed-part-without-finding",
    clauses=("R5.3",),
    message=Text(
        en="`{parts}` failed, but no finding says what was wrong",
        zh="`{parts}` 不合格，却没有记录任何问题",
    ),
    help=Text(
        en="add to `findings` what was found, who corrects it and by when",
        zh="请在 `findings` 中写明问题、责任人和期限",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus.of("secrecy-inspection"):
        failed = [name for name, result in record.data["checklist"].items() if result == "failed"]
        if failed and not record.data.get("findings"):
            yield RULE.at(
                Place(record.path, ("checklist", failed[0])), number=record.number, parts=", ".join(failed)
            )
