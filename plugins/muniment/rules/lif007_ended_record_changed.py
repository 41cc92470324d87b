"""A change in a record that has ended

What is retired, void or disposed of stays as it was in its last hour: nothing is corrected in it, nothing is added. Nobody reads
it for guidance, and everybody must be able to rely on it as evidence.

**To mend it** restore the folder. A document that is needed after all is written anew, with a new number, and goes through
review.
---
改动了已经终结的记录

已废止、已作废、已销毁的记录保持最后的样子，不改正、不补充。没有人再按它办事，但人人都要能拿它作证据。

**怎么改**：恢复文件夹。如果文件还有用，重新编写，取新编号，按流程审批。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF007",
    name="ended-record-changed",
    clauses=("R4.4.3",),
    message=Text(
        en="record `{number}` is {state} and has changed",
        zh="记录 `{number}` {state}，却有改动",
    ),
    help=Text(
        en="bring it back as it was; what should hold from now on is a new record that names this one in `supersedes`",
        zh="请恢复原样；今后适用的内容另建记录，并在 `supersedes` 中写明替代本记录",
    ),
)
