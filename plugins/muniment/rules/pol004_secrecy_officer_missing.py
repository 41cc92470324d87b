"""There is no secrecy officer

The regulation wants a post that watches over confidentiality: grants, spot checks, the handling of classified documents. It may
be held beside other work, but it must be held.

**To mend it** enter the role for somebody in the staff register. When the holder leaves, the successor is entered in the same
pull request.
---
没有保密管理员

制度要求设立保密管理岗位，负责查阅授权、保密抽查、涉密文件的管理。可以兼任，但必须有人担任。

**怎么改**：在人员档案中为有关人员登记该职责。担任者离任时，接任者在同一个合并请求中登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL004",
    name="secrecy-officer-missing",
    clauses=("R5.3",),
    message=Text(
        en="nobody holds the role `secrecy-officer` today",
        zh="目前没有人担任 `secrecy-officer`（保密管理员）",
    ),
    help=Text(
        en="give it to somebody in records/organization/staff/: `role: secrecy-officer` under `roles`",
        zh="请在 records/organization/staff/ 中为有关人员登记：`roles` 下写 `role: secrecy-officer`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("review")
    if (
        policy is not None
        and facts.corpus.by_type.get("staff")
        and not any(facts.holders("secrecy-officer", facts.today))
    ):
        yield RULE.at(Place(policy.path, ("chains",), on_key=True), number="review")
