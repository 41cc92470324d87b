"""An act dated in the future

Nobody has decided tomorrow. A wrong date usually comes from typing, or from a computer whose clock is wrong.

**To mend it** set the clock right if it is wrong, remove the act from the branch and act again.
---
审批日期在未来

没有人能在明天作出过决定。日期不对，通常是手工输入有误，或者电脑的时钟不准。

**怎么改**：校准时钟，从分支中移除该文件，重新办理。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR012",
    name="act-in-future",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` bears the date `{date}`, which lies after today",
        zh="`{act}` 的日期 `{date}` 晚于今天",
    ),
    help=Text(
        en="today is {today}; act again and leave the date to the program",
        zh="今天是 {today}；请重新办理，日期由程序填写",
    ),
)
