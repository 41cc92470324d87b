"""A file of the key store that cannot be read

A file in the key store is not the keys of one record, so these keys are lost to everybody as long as it stays that way.

**To mend it** bring the file back from another clone or from the backup; let `muniment readers` write it, not an editor.
---
密钥库中的文件无法读取

密钥库中有一个文件不是某条记录的密钥；在恢复之前，谁也用不了这些密钥。

**怎么改**：从另一份克隆或备份恢复该文件；密钥库请用 `muniment readers` 维护，不要手工编辑。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.keystore import FOLDER

RULE = Rule(
    code="SEC024",
    name="unreadable-key-file",
    clauses=("R5.2.4",),
    message=Text(
        en="`{name}` is not the keys of one record",
        zh="`{name}` 不是某条记录的密钥",
    ),
    help=Text(
        en="bring it back from another clone or the backup",
        zh="请从另一份克隆或备份恢复",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for name in facts.keystore.broken:
        yield RULE.at(Place(f"{FOLDER}/{name}"), name=name)
