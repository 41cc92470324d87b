"""A reading by somebody who may not read it

A confidential document is read by its custodian, its author, the readers that it names, and whoever holds a grant. Somebody else says
here that he has read it: either a grant is missing, or he has seen what he may not see.

**To mend it** tell the secrecy officer. Where the person is to read it, have access granted first (`muniment new access-grant`) and confirm
again; else take the file out of the branch.
---
阅读人无权查阅该密级

涉密文件只能由保管人、编写人、文件列明的知悉人员以及持有授权的人查阅。这里却有别人确认阅读过：要么缺授权，要么看了不该看的。

**怎么改**：报告保密管理员。确需阅读的，先办理查阅授权（`muniment new access-grant`）再重新确认；否则从分支中移除该文件。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.views import words

RULE = Rule(
    code="SEC027",
    name="reader-not-cleared",
    clauses=("R5.2.3", "R5.2.4"),
    message=Text(
        en="`{act}`: {by} was not cleared for this document ({level}) on {date}",
        zh="`{act}`：{by} 在 {date} 无权查阅这份文件（{level}）",
    ),
    help=Text(
        en="have access granted first: `muniment new access-grant`",
        zh="请先办理查阅授权：`muniment new access-grant`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        for act in record.readings:
            # Only the present revision: an earlier one may have been of a lower level.
            if act.revision == record.revision and not clearance.is_cleared(facts, act.by, record, act.date):
                yield RULE.at(
                    Place(act.path, ("by",)),
                    number=record.number,
                    act=act.path.rpartition("/")[2],
                    by=f"{facts.title(act.by)} ({act.by})",
                    level=words.LEVELS.get(facts.level(record), facts.level(record)),
                    date=act.date,
                )
