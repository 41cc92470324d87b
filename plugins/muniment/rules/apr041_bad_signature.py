"""A signature that does not hold

The commit bears a signature, and it does not fit. A broken signature is worse than none: either the commit was changed after it was
signed, or the signature comes from elsewhere.

| word | what it means |
|---|---|
| `mismatch` | not made by this key over this commit |
| `namespace` | made for another purpose (a file, a letter) |
| `weak-key`, `algorithm`, `hash` | a way of signing that is no longer safe |
| `presence` | a security key that nobody touched |
| `several` | more than one signature on the commit |
| `armour`, `layout`, `key` | not a whole signature |

**To mend it** act again. `muniment keys` sets up a key and enters it in your staff record.
---
签名不成立

提交带有签名，但签名对不上。坏签名比没有签名更糟：要么提交在签名之后被改过，要么签名是从别处搬来的。

| 代码 | 含义 |
|---|---|
| `mismatch` | 不是这把密钥对这次提交的签名 |
| `namespace` | 为其他用途所签（文件、信件） |
| `weak-key`、`algorithm`、`hash` | 已不安全的签名方式 |
| `presence` | 安全密钥未经触碰确认 |
| `several` | 一次提交上有多个签名 |
| `armour`、`layout`、`key` | 签名不完整 |

**怎么改**：重新办理。`muniment keys` 可设置密钥并登记到本人的人员档案。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR041",
    name="bad-signature",
    clauses=("R4.2.2",),
    message=Text(
        en="the signature on commit {commit} of act `{act}` does not hold: {reason}",
        zh="`{act}` 的提交 {commit} 签名不成立：{reason}",
    ),
    help=Text(
        en="act again with a sound key: `muniment keys` sets up signing",
        zh="请用有效的密钥重新办理：`muniment keys` 可设置签名",
    ),
)
