"""The year in a number differs from the year of the record

The four digits are the year in which the record came into being, the year of its field `created`. A
later revision keeps the number, and so the year, of the first.

**To mend it** correct `created` if the date is the slip; otherwise take a number of the right year.
---
编号中的年份与记录形成的年份不一致

编号里的四位数字是记录形成的年份，也就是 `created` 字段的年份。以后修订时编号不变，年份也不变。

**怎么改**：若日期写错，改 `created`；否则改用正确年份的编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import next_number_or_none

RULE = Rule(
    code="NUM005",
    name="number-of-another-year",
    clauses=("R4.1.2",),
    message=Text(
        en="number `{number}` is of {year}, the record was created in {created}",
        zh="编号 `{number}` 属于 {year} 年，而记录形成于 {created} 年",
    ),
    help=Text(
        en="either `created` or the number is wrong; the next number of {created} is {next}",
        zh="`created` 与编号有一处写错；{created} 年的下一个编号是 {next}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in (*facts.corpus, *facts.corpus.twins):
        series = facts.policy.series_of(record.number)
        parsed = series.parse(record.number) if series else None
        created = str(record.data.get("created") or "")[:4]
        if series is None or parsed is None or not series.yearly or not created or parsed[0] == created:
            continue
        place = Place(record.path, ("created",))
        following = next_number_or_none(facts, series.letters, created) or "?"
        yield RULE.at(place, number=record.number, year=parsed[0], created=created, next=following)
