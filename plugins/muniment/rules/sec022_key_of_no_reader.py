"""A key for somebody whom the record is not for

The record's key is wrapped to somebody who is not among its readers any more: they have left, or were taken out of the record or the
policy.

**To mend it** run the command in the help, which needs no private key. What that person has read or copied stays theirs; the next revision is
written under a new key.
---
密钥仍在不应知悉的人手中

记录的密钥仍分发给一个已不在知悉范围内的人：此人已离职，或已从记录、制度的知悉人员中去掉。

**怎么改**：运行提示中的命令，不需要私钥。此人已经读过、抄录过的内容收不回来；下一版会使用新的密钥。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC022",
    name="key-of-no-reader",
    severity="warning",
    clauses=("R5.2.4",),
    message=Text(
        en="the key of `{number}` is wrapped to `{reader}`, for whom it is not",
        zh="`{number}` 的密钥仍分发给 `{reader}`，而此人不应知悉",
    ),
    help=Text(
        en="take it away: muniment readers {number} --sync",
        zh="请收回：muniment readers {number} --sync",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        ring = facts.keystore.rings.get(record.number)
        if not record.ciphers or ring is None or ring.current is None or ring.is_later:
            continue
        people = classification.readers(record, facts.policy, facts.register, facts.today, ring)
        for reader in ring.current.readers:
            if reader not in {each.number for each in people}:
                place = Place(record.path, ("confidentiality",))
                yield RULE.at(place, number=record.number, reader=reader)
