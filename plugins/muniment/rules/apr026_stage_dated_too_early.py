"""A stage is dated before the one that it rests on

Nobody signs a contract before the legal review, and nobody talks with a leaver after everything is settled. The order of the files shows
who acted after whom; the dates in them must not say otherwise. A day of difference is let pass, because the date of an act may differ from
that of its commit by so much.

**To mend it** correct the date that was mistyped, as long as the act is not merged; else act again with the right date.
---
环节日期早于前一环节

法务审查之前不会签合同，手续办完之后才去面谈也不合情理。文件的先后表明谁在谁之后办理，文件里的日期不应与此矛盾。办理日期允许与提交日期
相差一天，所以一天以内的出入不计。

**怎么改**：尚未合并的，改正写错的日期；已经合并的，用正确的日期重新办理。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR026",
    name="stage-dated-too-early",
    clauses=("R2.1.3", "R3.4.2", "R4.2.2"),
    message=Text(
        en="act `{act}` is dated `{date}`, before stage `{before}` said yes on {passed}",
        zh="`{act}` 的日期 `{date}` 早于前一环节 `{before}` 通过的 {passed}",
    ),
    help=Text(
        en="write the day on which `{act}` was done, {passed} or later",
        zh="请写 `{act}` 实际办理的日期，不早于 {passed}",
    ),
)
