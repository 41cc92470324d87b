"""No escrow key in the policy

Records are encrypted, or have to be, and the confidentiality policy names no escrow key that age can use. When the last reader
of a record loses the key, the record is lost to the company.

**To mend it** make a key on a machine that is not on a network (`muniment keys identity FILE`), print the private half and put it in the safe, delete
the file, and put the public half under `escrow` in the policy.
---
制度中没有托管公钥

已有记录加密或必须加密，而保密制度没有写明可用的托管公钥。最后一位知悉人员遗失私钥，公司就再也读不到这条记录。

**怎么改**：在不联网的电脑上生成密钥（`muniment keys identity 文件`），把私钥打印后存入保险柜并删除文件，把公钥填在保密制度的 `escrow`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import age, classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="SEC016",
    name="escrow-missing",
    clauses=("R5.2.4",),
    message=Text(
        en="the policy names no escrow key, and {count} records are encrypted or have to be",
        zh="保密制度没有托管公钥，而有 {count} 条记录已加密或必须加密",
    ),
    help=Text(
        en="put a public key of age under `escrow`, as age1…",
        zh="请在 `escrow` 填写 age 公钥，形如 age1…",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("confidentiality")
    escrow = classification.escrow(facts.policy)
    if policy is None or (escrow and age.is_recipient(escrow)):
        return
    count = sum(_is_concerned(facts, record) for record in facts.corpus)
    if count:
        yield RULE.at(Place(policy.path, ("escrow",) if escrow else ()), number=policy.number, count=count)


def _is_concerned(facts: Facts, record: Record) -> bool:
    if record.encrypted:
        return True
    return facts.level(record) in classification.CLASSIFIED and any(classification.plain_texts(record))
