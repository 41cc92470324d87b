"""Signed with another person's key

The commit says that one person made it, and another person's key signed it. Anyone can write any name into a commit; the key
is the only part that cannot be typed.

**To mend it** the person who decides acts again on his own computer. At a shared computer each has an account of his own.
---
用了别人的密钥签名

提交上写的是一个人，签名的却是另一个人的密钥。提交里的名字谁都可以随便写，只有密钥写不出来。

**怎么改**：由审批人在自己的电脑上重新办理。共用电脑时各人用各人的账户。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR043",
    name="signature-of-another",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` by `{by}` is signed with the key of {owner}",
        zh="`{act}` 的办理人是 `{by}`，签名却用了 {owner} 的密钥",
    ),
    help=Text(
        en="the person who decides commits and signs himself: `muniment approve {number}`",
        zh="请由审批人本人提交并签名：`muniment approve {number}`",
    ),
)
