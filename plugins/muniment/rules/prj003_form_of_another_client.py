"""A form names another client than its project

The survey, the contract and the service ticket are made with the client of the project. Where they name somebody else, one of the two
records is wrong: the goods go to one client and the bill to another.

**To mend it** find out which one is right. If the form belongs to another project, correct `project`; if the client changed, for
instance by a merger, change the project, too.
---
表单上的客户与项目的客户不一致

调研表、合同、售后服务记录单都是与项目的客户办理的。写成别的客户，两处必有一处写错：给甲做的事，账记到了乙头上。

**怎么改**：核实以哪一处为准。表单属于别的项目的，改正 `project`；客户确有变更（如合并）的，项目也要一并修改。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text

RULE = Rule(
    code="PRJ003",
    name="form-of-another-client",
    clauses=("R2.1.1", "R2.1.3", "R2.4.4"),
    message=Text(
        en="client `{client}` differs from `{right}`, the client of {project}",
        zh="客户 `{client}` 与项目 {project} 的客户 `{right}` 不一致",
    ),
    help=Text(
        en="write {right} ({name}), or name another project",
        zh="请改为 {right}（{name}），或者改填所属项目",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record, own in engagement.each(facts, "needs-survey", "contract", "service-ticket"):
        client, right = str(record.data["client"]), str(own.project.data["client"])
        if client != right:
            yield RULE.at(
                Place(record.path, ("client",)),
                number=record.number,
                related=(Related(Place(own.project.path, ("client",)), Text("the project", "项目")),),
                client=client,
                right=right,
                project=own.project.number,
                name=facts.title(right),
            )
