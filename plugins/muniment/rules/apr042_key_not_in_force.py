"""A key outside its term

A key in the staff register has a term, `from` and `to`. A lost or replaced key gets an end there, and from that day on nothing that it
signs counts, whatever date is written in the act: otherwise the finder of a lost key could sign for last week.

**To mend it** act again with the key that is in force. A new key is entered in your staff record and merged before it
is used.
---
密钥不在有效期内

人员档案里的密钥有起止日期（`from`、`to`）。密钥丢失或更换时填上终止日期，从那天起它签的一律不算，不管审批文件上写的是
哪一天；否则捡到密钥的人就能补签上周的审批。

**怎么改**：用现行密钥重新办理。新密钥要先登记到人员档案并合并，之后才能使用。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR042",
    name="key-not-in-force",
    clauses=("R4.2.2",),
    message=Text(
        en="key `{key}` for act `{act}` was not in force on {date}",
        zh="`{act}` 所用的密钥 `{key}` 在 {date} 不在有效期内",
    ),
    help=Text(
        en="act again with your present key; `muniment keys` lists yours and enters a new one",
        zh="请用现行密钥重新办理；`muniment keys` 可查看和登记密钥",
    ),
)
