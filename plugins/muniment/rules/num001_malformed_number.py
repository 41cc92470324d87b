"""A number is not formed as its series says

A number is two capital letters for the series, the four digits of the year (for series that are
numbered by year) and a running number with a fixed count of digits: `XM2026001` is the first
project document of 2026. Spaces, hyphens, lower-case or full-width letters, or a digit too few or
too many make it a number that nobody will find again.

**To mend it** take the number that `muniment new` proposes; the folder and the file bear the same
number.
---
编号格式不对

编号由两个大写字母（系列）、四位年份（按年编号的系列）和固定位数的流水号组成：`XM2026001`
是 2026 年第一份项目文档。空格、连字符、小写或全角字母、多一位或少一位数字，都会使这个编号日后查不到。

**怎么改**：使用 `muniment new` 给出的编号；文件夹、文件名与编号三者一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import is_beyond

RULE = Rule(
    code="NUM001",
    name="malformed-number",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` is not formed as series {letters} demands",
        zh="编号 `{number}` 不符合 {letters} 系列的格式",
    ),
    help=Text(
        en="write it like `{example}`",
        zh="请写成 `{example}` 这样的形式",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in (*facts.corpus, *facts.corpus.twins):
        series = facts.policy.series_of(record.number.upper())
        if record.type.group == "policy" or series is None:
            continue
        if series.parse(record.number) is None and not is_beyond(series, record.number):
            year = str(record.data.get("created", facts.today))[:4]
            example = series.number(year, series.first_of(year))
            place = Place(record.path, ("number",))
            yield RULE.at(place, number=record.number, letters=series.letters, example=example)
