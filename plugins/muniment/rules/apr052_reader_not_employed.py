"""A reading by somebody who does not work here

Documents are read by the staff. On the day that the reading names, this person had not joined the company yet or had left it already.

**To mend it** take the file out of the branch. If the staff register is wrong, correct the date of joining or leaving first, in a pull request
of its own.
---
阅读人当时不在职

受控文件由在职人员阅读。确认阅读的那一天，这个人还没有入职，或者已经离职。

**怎么改**：从分支中移除该文件。如果是人员档案写错了，先单独用一个合并请求改正入职或离职日期。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR052",
    name="reader-not-employed",
    clauses=("R4.2.2",),
    message=Text(
        en="`{act}` is of {date}, when {by} did not work here ({term})",
        zh="`{act}` 的日期是 {date}，{by} 当时不在职（{term}）",
    ),
    help=Text(
        en="take the file out, or correct `joined` and `left` in the staff register first",
        zh="请移除该文件，或先改正人员档案中的入职、离职日期",
    ),
)
