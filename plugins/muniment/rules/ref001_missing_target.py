"""A record names another that does not exist

The value is a number, but no record bears it: a slip of the pen, a record that was
never written, or one that lies in a pull request that has not landed.

**To mend it** correct the number, or write that record first.
---
引用的记录不存在

填写的编号没有对应的记录：可能是笔误，可能那条记录还没有建立，也可能还在未合并的分支里。

**怎么改**：改正编号，或者先建立那条记录。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from muniment import lifecycle
from muniment.facts import Facts, expand
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="REF001",
    name="missing-target",
    clauses=("R4.1.1",),
    message=Text(
        en="`{target}` is no record of this registry",
        zh="登记库中没有记录 `{target}`",
    ),
    help=Text(
        en="{hint}",
        zh="{hint}",
    ),
)

NEAR = Text(en="did you mean `{near}`?", zh="是否应为 `{near}`？")
NONE = Text(en="correct the number, or write that record first", zh="请改正编号，或先建立该记录")


def check(facts: Facts) -> Iterator[Finding]:
    for reference in facts.references:
        if reference.target in facts.corpus.records or reference.target in facts.corpus.broken:
            continue
        allowed = expand(facts, reference.types)
        numbers = [record.number for record in facts.corpus.of(*allowed)]
        near = get_close_matches(reference.target, numbers, n=1, cutoff=0.7)
        names = [number for number in numbers if facts.title(number) == reference.target]
        hint = NEAR if near or names else NONE
        yield RULE.at(
            Place(reference.source.path, reference.pointer),
            number=reference.source.number,
            target=reference.target,
            hint=Text(
                hint.en.format(near=(names or near or [""])[0]),
                hint.zh.format(near=(names or near or [""])[0]),
            ),
        )
    yield from _successors(facts)


def _successors(facts: Facts) -> Iterator[Finding]:
    """The successor that a request for retirement names: whoever is sent on to it has to find it."""
    for record, act, target in lifecycle.successors(facts.corpus):
        if target not in facts.corpus.records and target not in facts.corpus.broken:
            place = Place(act.path, ("details", "successor"))
            yield RULE.at(place, number=record.number, target=target, hint=NONE)
