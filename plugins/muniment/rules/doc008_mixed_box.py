"""A box with papers of different kinds

Paper is bound by class and year: what lies in one box of one shelf is of one class and of the year in its number. Otherwise the
label on the spine is wrong and nobody finds the paper.

**To mend it** find out where the paper really lies. If it was put into the wrong box, move it and correct the record; if
only the entry is wrong, correct that.
---
一个档案盒里混装

纸质件按类别、年度装订：同一库房、同一架、同一盒里，只能是同一类别、编号同一年份的文件。否则盒脊标签不对，要找也找不到。

**怎么改**：先核对纸质件实际放在哪里。放错了盒的，移到正确的盒并改正记录；只是写错的，改正记录。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="DOC008",
    name="mixed-box",
    clauses=("R4.3.1",),
    message=Text(
        en="box `{box}` holds {own}, and also {other}",
        zh="档案盒 `{box}` 装了 {own}，又装了 {other}",
    ),
    help=Text(
        en="one box holds one class and one year: choose another box for {number}",
        zh="一盒只装同一类别、同一年度：请为 {number} 另选一盒",
    ),
)

_OTHER = Text("{number} is in the same box", "{number} 在同一盒")


def check(facts: Facts) -> Iterator[Finding]:
    boxes: dict[tuple[str, str, str], list[Record]] = {}
    for record in facts.corpus:
        paper = record.data.get("paper")
        if paper:
            boxes.setdefault((paper["room"], paper["shelf"], paper["box"]), []).append(record)
    for (_, _, box), held in boxes.items():
        usual = Counter(_binding(facts, record) for record in held).most_common(1)[0][0]
        first = next(record for record in held if _binding(facts, record) == usual)
        for record in held:
            own = _binding(facts, record)
            if own != usual:
                note = Related(Place(first.path, ("paper", "box")), _OTHER, {"number": first.number})
                yield RULE.at(
                    Place(record.path, ("paper", "box")),
                    number=record.number,
                    related=(note,),
                    box=box,
                    own=own,
                    other=usual,
                )


def _binding(facts: Facts, record: Record) -> str:
    """Class and year, as the number says."""
    series = facts.policy.series_of(record.number)
    parsed = series.parse(record.number) if series else None
    return f"{record.number[:2]} {parsed[0]}".strip() if parsed else record.number[:2]
