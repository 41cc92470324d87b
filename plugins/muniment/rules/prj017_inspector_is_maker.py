"""Somebody inspected what they had made

A result is inspected by somebody else than the one who made it: we do not see our own mistakes.

**To mend it** have another person inspect, and enter that as a further round. If the wrong person was entered, correct `maker` or `inspector`.
---
检验人就是成果的完成人

成果由完成人之外的人检验，自己的错误自己往往看不见。

**怎么改**：另请他人检验，登记为新的一轮；填错人的，改正 `maker` 或 `inspector`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="PRJ017",
    name="inspector-is-maker",
    clauses=("R2.2.4",),
    message=Text(
        en="`{staff}` ({name}) inspected their own work",
        zh="`{staff}`（{name}）检验了自己完成的成果",
    ),
    help=Text(
        en="somebody else than {staff} inspects {object}",
        zh="请由 {staff} 以外的人检验：{object}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for inspection in facts.corpus.of("quality-inspection"):
        maker = inspection.data["maker"]
        for index, turn in enumerate(inspection.data.get("rounds") or ()):
            if turn["inspector"] == maker:
                yield RULE.at(
                    Place(inspection.path, ("rounds", index, "inspector")),
                    number=inspection.number,
                    staff=maker,
                    name=facts.title(str(maker)),
                    object=inspection.data["object"],
                )
