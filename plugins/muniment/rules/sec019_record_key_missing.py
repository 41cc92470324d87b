"""An encrypted record without its key

The record is encrypted, and the key store holds no key for it. Whoever encrypted it has not shared the key store, or the key is lost, and with it the record.

**To mend it** whoever encrypted it pushes the key store (`git push --force-with-lease origin keys`); everybody else fetches it
(`git fetch origin`).
---
加密记录没有密钥

记录已加密，而密钥库中没有它的密钥：加密的人还没有推送密钥库，或者密钥已经遗失，记录也随之无法读取。

**怎么改**：由加密的人推送密钥库（`git push --force-with-lease origin keys`），其他人取回（`git fetch origin`）。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC019",
    name="record-key-missing",
    clauses=("R5.2.4",),
    message=Text(
        en="`{number}` is encrypted and the key store has no key of it",
        zh="`{number}` 已加密，而密钥库中没有它的密钥",
    ),
    help=Text(
        en="fetch the key store: git fetch origin; who encrypted it pushes it first",
        zh="请取回密钥库：git fetch origin；加密的人须先推送",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    if not facts.keystore.is_there:
        return
    for record in facts.corpus:
        ring = facts.keystore.rings.get(record.number)
        if record.ciphers and (ring is None or not (ring.keys or ring.destroyed)):
            yield RULE.at(Place(record.path, ("confidentiality",)), number=record.number)
