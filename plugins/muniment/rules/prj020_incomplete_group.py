"""The acceptance group lacks one of its three sides

The group is made of the client's representatives, experts of the company, and quality staff. Where one side is missing, nobody speaks for it.

**To mend it** enter the member who took part for that side. If nobody did, the acceptance has to be held again.
---
验收组三方不全

验收组由客户代表、公司专家和质量管理人员组成。缺了哪一方，就没有人替哪一方把关。

**怎么改**：补上该方实际参加的人；确实无人参加的，应重新组织验收。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ020",
    name="incomplete-group",
    clauses=("R2.3.3",),
    message=Text(
        en="the acceptance group has nobody of: {missing}",
        zh="验收组缺少：{missing}",
    ),
    help=Text(
        en="add a member with `side: {side}` under `group`: `name`, or `staff` for our own people",
        zh="请在 `group` 中补上 `side: {side}` 的成员：写 `name`，本公司人员写 `staff`",
    ),
)

_SIDES = {
    "client": Text("client's representatives", "客户代表"),
    "company": Text("company experts", "公司专家"),
    "quality": Text("quality staff", "质量管理人员"),
}


def check(facts: Facts) -> Iterator[Finding]:
    for report in facts.corpus.of("acceptance-report"):
        present = {member["side"] for member in report.data["group"]}
        missing = [side for side in _SIDES if side not in present]
        if missing:
            yield RULE.at(
                Place(report.path, ("group",), on_key=True),
                number=report.number,
                missing=Text(
                    ", ".join(_SIDES[side].en for side in missing),
                    "、".join(_SIDES[side].zh for side in missing),
                ),
                side=missing[0],
            )
