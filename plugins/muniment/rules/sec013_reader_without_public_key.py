"""A reader to whom nothing can be encrypted

The record is for this person, who has neither an `age_recipient` nor an ssh-ed25519 key in the staff register, so its key cannot be wrapped
to them and they cannot read it.

**To mend it** the person makes a key and registers it (see the help); then somebody who can read the record lets them in by
`muniment readers NUMBER --sync`.
---
知悉人员没有加密公钥

记录应由此人知悉，但人员档案里既没有 `age_recipient`，也没有 ssh-ed25519 公钥，无法把密钥分发给此人，此人也就读不了。

**怎么改**：由本人生成并登记公钥（见提示），再由能读取该记录的人运行 `muniment readers 编号 --sync`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.keystore import ESCROW

RULE = Rule(
    code="SEC013",
    name="reader-without-public-key",
    clauses=("R5.2.4",),
    message=Text(
        en="`{reader}`, for whom {number} is, has no key to encrypt to",
        zh="{number} 的知悉人员 `{reader}` 没有登记加密公钥",
    ),
    help=Text(
        en="the person runs `muniment keys identity`, then `muniment keys recipient`",
        zh="请本人依次运行 `muniment keys identity`、`muniment keys recipient`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        if not record.ciphers:
            continue
        ring = facts.keystore.rings.get(record.number)
        holding = ring.current.readers if ring and ring.current else {}
        for reader in classification.readers(record, facts.policy, facts.register, facts.today, ring):
            if not reader.recipient and reader.number not in holding and reader.number != ESCROW:
                place = Place(record.path, ("confidentiality",))
                yield RULE.at(place, number=record.number, reader=reader.number)
