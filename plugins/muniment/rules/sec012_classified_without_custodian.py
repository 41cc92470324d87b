"""A classified text without a custodian

Somebody answers for each classified body and file: who may read it, where copies are, when it is no longer secret. That person also
always holds a key to it.

**To mend it** name the custodian.
---
涉密内容没有保管人

每一份涉密正文、附件都要有人负责：谁可以知悉、副本在哪里、何时解密。保管人也始终持有它的密钥。

**怎么改**：填写保管人。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.views.words import LEVELS

RULE = Rule(
    code="SEC012",
    name="classified-without-custodian",
    clauses=("R5.2.4",),
    message=Text(
        en="`{number}` is {level} and nobody is its custodian",
        zh="`{number}` 的密级是“{level}”，没有保管人",
    ),
    help=Text(
        en="enter it: muniment encrypt {number} --custodian STAFF, or `confidentiality.custodian` in the record",
        zh="请填写：muniment encrypt {number} --custodian 人员编号，或在记录的 `confidentiality.custodian` 中填写",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        texts = [path for path in record.encrypted if path != f"{record.folder}/{record.number}.age"]
        if facts.level(record) not in classification.CLASSIFIED:
            continue
        if (texts or any(classification.plain_texts(record))) and not _custodian(record.data):
            place = Place(record.path, ("confidentiality",))
            yield RULE.at(place, number=record.number, level=LEVELS[facts.level(record)])


def _custodian(data: Mapping[str, Any]) -> object:
    own = data.get("confidentiality")
    return own.get("custodian") if isinstance(own, Mapping) else None
