"""The instalments of a contract do not add up to its fee

The payment terms split the fee; to the cent they add up to it. Otherwise nobody can say what is still to be collected.

**To mend it** compare with the contract as it is to be signed, and correct the instalment or the fee.
---
合同各期付款合计与服务费不符

付款条件是对服务费的拆分，各期合计应当分毫不差，否则说不清还有多少未收。

**怎么改**：对照待签的合同文本，改正有误的一期或服务费。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ010",
    name="instalments-differ-from-fee",
    clauses=("R2.1.3",),
    message=Text(
        en="the instalments add up to `{total}`, the fee is {fee}",
        zh="各期付款合计 `{total}`，服务费为 {fee}",
    ),
    help=Text(
        en="they differ by {difference}: correct an instalment or the fee",
        zh="相差 {difference}：请改正某一期或服务费",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for contract in facts.corpus.of("contract"):
        fee = Decimal(contract.data["fee"]["amount"])
        total = sum((Decimal(term["amount"]) for term in contract.data["payment_terms"]), Decimal())
        if total != fee:
            yield RULE.at(
                Place(contract.path, ("payment_terms",), on_key=True),
                number=contract.number,
                total=f"{total:f}",
                fee=f"{fee:f}",
                difference=f"{abs(total - fee):f}",
            )
