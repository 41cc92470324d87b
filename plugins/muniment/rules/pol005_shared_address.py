"""One address, two persons

The address on a commit says whose approval it is. One that two persons share says nothing, so neither of them could approve
with it. Capital letters make no difference.

**To mend it** find out who uses it, and take it from the other's record. A mailbox of a department is no identity.
---
一个邮箱登记在两个人名下

提交上的邮箱说明是谁的审批。两个人共用的邮箱说明不了是谁，因此两个人都不能用它审批。大小写不作区分。

**怎么改**：核实谁在使用，从另一个人的档案中删除。部门公用邮箱不能作为个人身份。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record
from muniment.register import lower

RULE = Rule(
    code="POL005",
    name="shared-address",
    clauses=("R4.2.2",),
    message=Text(
        en="`{email}` stands in the records of two persons: {other} has it, too",
        zh="`{email}` 登记在两个人名下：{other} 也有",
    ),
    help=Text(
        en="leave it with the one who commits with it; each person has an address of his own",
        zh="只保留给实际使用的人；每个人应有自己的邮箱",
    ),
)

_OTHER = Text("the other person", "另一人")


def check(facts: Facts) -> Iterator[Finding]:
    seen: dict[str, tuple[Record, Place]] = {}
    for person in facts.corpus.of("staff"):
        for index, email in enumerate(person.data.get("emails") or ()):
            place = Place(person.path, ("emails", index))
            other, first = seen.setdefault(lower(str(email)), (person, place))
            if other is not person:
                yield RULE.at(
                    place,
                    number=person.number,
                    related=(Related(first, _OTHER),),
                    email=email,
                    other=other.number,
                )
