"""An accepted project names nobody for after-sales service

From acceptance on the client gets free support for the agreed time, and knows whom to call. The project page shows the contact; without one the
client's first fault report reaches nobody.

**To mend it** fill in `after_sales` with `contact`, `phone` and `until`, and tell the client.
---
已验收的项目没有售后联系人

验收之后，客户在约定期限内享受免费支持，并应知道找谁。项目页会公布联系人；没有联系人，客户报修就找不到人。

**怎么改**：填写 `after_sales` 的 `contact`、`phone`、`until`，并告知客户。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ027",
    name="after-sales-contact-missing",
    clauses=("R2.4.1",),
    message=Text(
        en="stage `{stage}`, but the project names no after-sales contact",
        zh="项目已到“{stage}”阶段，却没有售后联系人",
    ),
    help=Text(
        en="fill in `after_sales` with `contact`, `phone` and `until`",
        zh="请填写 `after_sales` 的 `contact`、`phone`、`until`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for own in engagement.engagements(facts).values():
        contact = (own.project.data.get("after_sales") or {}).get("contact")
        if own.has_reached("after_sales") and not contact:
            yield RULE.at(
                Place(own.project.path, ("stage",)),
                number=own.project.number,
                stage=facts.state_title(own.project),
            )
