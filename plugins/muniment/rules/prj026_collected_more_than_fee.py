"""More was collected than the contract's fee

The payments of a project, taken together, do not exceed the fee of its contract; where there are several contracts (a supplement), the sum of their
fees. A contract that another one replaces (`supersedes`) does not count. Payments are in the currency of the contract.

**To mend it** compare with the receipts: mostly a payment was entered twice or belongs to another project. If more work was agreed, its contract is
entered first.
---
收款合计超过合同服务费

项目的收款合计不超过合同的服务费；有补充合同的，不超过各份合同服务费之和。已被其他合同替代（`supersedes`）的不计。收款与合同同一币种。

**怎么改**：核对收据，多半是一笔收款重复登记，或者属于别的项目。确实增加了服务内容的，先登记补充合同。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ026",
    name="collected-more-than-fee",
    clauses=("R2.3.4",),
    message=Text(
        en="with this payment `{total}` is collected, the fee is {fee}",
        zh="加上本笔共收款 `{total}`，合同服务费为 {fee}",
    ),
    help=Text(
        en="{excess} too much: check receipt {receipt} against contract {contract}",
        zh="多收 {excess}：请核对收据 {receipt} 与合同 {contract}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for own in engagement.engagements(facts).values():
        contracts = engagement.contracts(facts, own)
        currencies = {contract.data["fee"]["currency"] for contract in contracts}
        if len(currencies) != 1 or engagement.documents(facts, own, "contract"):
            continue  # a contract that is a plain document does not say its fee
        fee = sum((Decimal(contract.data["fee"]["amount"]) for contract in contracts), Decimal())
        total = Decimal()
        for index, payment in enumerate(own.project.data.get("payments") or ()):
            before, total = total, total + Decimal(payment["amount"])
            if before <= fee < total:
                yield RULE.at(
                    Place(own.project.path, ("payments", index, "amount")),
                    number=own.project.number,
                    related=(Related(Place(contracts[0].path, ("fee",)), Text("the fee", "服务费")),),
                    total=f"{total:f}",
                    fee=f"{fee:f}",
                    excess=f"{total - fee:f}",
                    receipt=payment.get("receipt") or "—",
                    contract=", ".join(contract.number for contract in contracts),
                )
