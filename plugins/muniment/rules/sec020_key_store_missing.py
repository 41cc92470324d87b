"""No key store here

There are encrypted records, and this copy of the repository has no key store, neither a folder `keys` nor the branch `keys`, so nobody can
tell whether their keys are wrapped as they should be. A copy of one branch alone, as many servers make for a check, lacks it.

**To mend it** fetch it.
---
本地没有密钥库

登记库中有加密记录，而这份副本没有密钥库（既没有 `keys` 文件夹，也没有 `keys` 分支），无法检查密钥是否分发得当。只取一个分支的副本
（许多服务器检查时如此）就缺它。

**怎么改**：取回密钥库。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.keystore import FOLDER

RULE = Rule(
    code="SEC020",
    name="key-store-missing",
    severity="warning",
    clauses=("R5.2.4",),
    message=Text(
        en="{count} records are encrypted, and there is no key store here",
        zh="有 {count} 条加密记录，而这里没有密钥库",
    ),
    help=Text(
        en="fetch it: git fetch origin",
        zh="请取回：git fetch origin",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    count = 0 if facts.keystore.is_there else sum(bool(record.ciphers) for record in facts.corpus)
    if count:
        yield RULE.at(Place(FOLDER), count=count)
