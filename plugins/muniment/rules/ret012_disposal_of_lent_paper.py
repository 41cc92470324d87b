"""A disposal of what is with a borrower

A paper that is out on loan cannot be shredded; a list that says so is false.

**To mend it** take the paper back, record the return on the loan, and then carry out the disposal; or take the record off the list.
---
销毁借出未还的文件

纸质件还在借阅人手里，不可能销毁；清单这样写就不属实。

**怎么改**：先收回文件并登记归还，再执行销毁；或者从清单中去掉该记录。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import loans, retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="RET012",
    name="disposal-of-lent-paper",
    clauses=("R4.3.2", "R4.3.3"),
    message=Text(
        en="`{target}` is out on loan by {loan}",
        zh="`{target}` 已借出（{loan}），尚未归还",
    ),
    help=Text(
        en="take it back first: `muniment return {loan}`",
        zh="请先收回：`muniment return {loan}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    held = loans.by_document(facts)
    for listing in retention.listings(facts):
        for loan in held.get(listing.target.number, ()):
            if loan.medium == "paper" and loan.is_out_on(listing.day):
                yield RULE.at(
                    Place(listing.disposal.path, listing.pointer),
                    number=listing.disposal.number,
                    related=(Related(Place(loan.record.path), Text("the loan", "该借阅")),),
                    target=listing.target.number,
                    loan=loan.number,
                )
