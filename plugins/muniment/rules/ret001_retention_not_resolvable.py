"""No retention holds for a document

Every document is kept by exactly one schedule: that of its type, its kind or its class in the policy `retention`. Where none of them
is settled, or the schedule counts from an event that can never happen to such a document, nobody knows when it may go, and
nobody will dare to throw anything away.

**To mend it** have the policy completed: the entry that the help names, with `years` or `permanent: true`.
---
文件没有可适用的保管期限

每份文件都按一条规定保管：制度 `retention` 中它的类型、种类或类别的那一条。一条都没有，或者所定的起算事件永远不会发生，
就没有人知道何时可以处置，最后什么都不敢处理。

**怎么改**：补充制度：按提示加上条目，写明 `years` 或 `permanent: true`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="RET001",
    name="retention-not-resolvable",
    clauses=("R4.3.2",),
    message=Text(
        en="no retention holds for `{number}`: {why}",
        zh="`{number}` 没有可适用的保管期限：{why}",
    ),
    help=Text(
        en="add an entry for class `{group}` to the policy `retention`, such as `{group}: {{years: 10, minimum: 10, from: published}}`",
        zh="请在制度 `retention` 中为类别 `{group}` 加上条目，例如 `{group}: {{years: 10, minimum: 10, from: published}}`",
    ),
)

_NONE = Text("neither its type, nor its kind, nor its class has a schedule", "类型、种类、类别都没有规定")
_NEVER = Text("nothing of this type can ever be `{trigger}`", "这类文件不会发生 `{trigger}`")
_TRIGGER = Text(
    "count from `published`, `project_closed`, `contract_ended`, `created` or another date of the type",
    "请改为 `published`、`project_closed`、`contract_ended`、`created` 或该类型的其他日期",
)


def check(facts: Facts) -> Iterator[Finding]:
    if "retention" not in facts.policy.values:
        return  # that the whole policy is missing is one finding, not one for each document
    for record in facts.corpus:
        if record.type.group != "documents" or record.type.name == "void":
            continue
        group = str(record.data.get("class") or "")
        found = retention.schedule(facts.policy, record)
        if found is None:
            place = Place(record.path, ("class",))
            yield RULE.at(place, number=record.number, why=_NONE, group=group)
        elif not found.is_permanent and not retention.is_known(facts, record, found.trigger):
            params = {"trigger": found.trigger}
            why = Text(_NEVER.render("en", params), _NEVER.render("zh", params))
            place = Place(record.path, ("class",))
            yield RULE.at(place, number=record.number, help=_TRIGGER, why=why, group=group)
