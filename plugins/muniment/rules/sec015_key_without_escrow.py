"""A key that the company could not recover

The key of an encrypted record is wrapped to its readers and to the company's escrow key. If readers leave or lose their keys, the
escrow is all that is left. This key is not wrapped to the escrow that the policy names.

**To mend it** somebody who can read the record runs the command in the help.
---
密钥没有托管

加密记录的密钥除了分发给知悉人员，还要分发给公司的托管密钥：知悉人员离职或遗失私钥时，只有托管密钥能打开。这条记录的密钥没有
分发给制度写明的托管公钥。

**怎么改**：由能读取该记录的人运行提示中的命令。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.keystore import ESCROW

RULE = Rule(
    code="SEC015",
    name="key-without-escrow",
    clauses=("R5.2.4",),
    message=Text(
        en="the key of `{number}` is not wrapped to the escrow",
        zh="`{number}` 的密钥没有分发给托管公钥",
    ),
    help=Text(
        en="whoever can read it runs: muniment readers {number} --sync",
        zh="请由能读取的人运行：muniment readers {number} --sync",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    escrow = classification.escrow(facts.policy)
    for record in facts.corpus:
        ring = facts.keystore.rings.get(record.number)
        if not record.ciphers or ring is None or ring.current is None or ring.is_later or not escrow:
            continue
        if ring.current.readers.get(ESCROW) != escrow:
            yield RULE.at(Place(record.path, ("confidentiality",)), number=record.number)
