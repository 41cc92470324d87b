"""A number is missing here because another branch holds it

Somebody else prepares a record with that number in a pull request that has not landed. That is in
order: their record will fill the gap. If they give up, the number is closed by a record of
type `void`.

Nothing needs mending now.
---
空缺的编号正由另一个分支使用

另一位同事在尚未合并的分支里使用这个编号，合并后空号自然补上。如果对方放弃，再用 `void`（作废）记录说明。

现在无需处理。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import gaps, holders, runs, used

RULE = Rule(
    code="NUM012",
    name="number-held-by-branch",
    severity="warning",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{missing}` before `{number}` is held by branch {branch}",
        zh="编号 `{number}` 之前的 `{missing}` 由分支 {branch} 占用",
    ),
    help=Text(
        en="nothing to do here; if that branch is given up, close the number with `muniment new void`",
        zh="无需处理；若该分支作废，请用 `muniment new void` 登记作废",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    paths = dict(used(facts))
    for run in runs(facts):
        for gap in gaps(run):
            for number in gap.numbers:
                held = holders(facts, number)
                if held:
                    branch = ", ".join(held[:3])
                    place = Place(paths[gap.after], ("number",))
                    yield RULE.at(place, number=gap.after, missing=number, branch=branch)
