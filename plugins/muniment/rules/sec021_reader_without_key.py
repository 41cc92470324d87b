"""A reader who cannot read it yet

The record is for this person, and its key is not wrapped to the key that they have registered: they came later, or have a new key.

**To mend it** somebody who can read the record runs the command in the help. The record does not change by that, nor do its approvals.
---
知悉人员尚未取得密钥

记录应由此人知悉，但密钥没有分发给其登记的公钥：此人是后来增加的，或者更换了密钥。

**怎么改**：由能读取该记录的人运行提示中的命令。记录及其审批都不受影响。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.keystore import ESCROW

RULE = Rule(
    code="SEC021",
    name="reader-without-key",
    severity="warning",
    clauses=("R5.2.4",),
    message=Text(
        en="the key of `{number}` is not wrapped to `{reader}`",
        zh="`{number}` 的密钥没有分发给 `{reader}`",
    ),
    help=Text(
        en="whoever can read it runs: muniment readers {number} --sync",
        zh="请由能读取的人运行：muniment readers {number} --sync",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        ring = facts.keystore.rings.get(record.number)
        if not record.ciphers or ring is None or ring.current is None or ring.is_later:
            continue
        for reader in classification.readers(record, facts.policy, facts.register, facts.today, ring):
            has = ring.current.readers.get(reader.number)
            if reader.number != ESCROW and reader.recipient and reader.recipient != has:
                place = Place(record.path, ("confidentiality",))
                yield RULE.at(place, number=record.number, reader=reader.number)
