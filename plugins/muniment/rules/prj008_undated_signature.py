"""A signature without a name or a day

What the client signs, the client signs with a name and on a day. An entry such as `later` is neither, a day after that of the act that reports the
signature cannot be right, and nobody could prove afterwards who agreed to what, and when.

**To mend it** record the signature again, with the name and the day as they stand on the signed sheet.
---
签字没有姓名或日期

客户签字要有姓名和日期。写“稍后”不算，晚于登记日期的日子也不可能是签字日期，事后都无法证明是谁在什么时候同意的。

**怎么改**：按签字页上的姓名和日期重新登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.dates import is_date
from muniment.engagement import FORMS
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.records import Act, Record

RULE = Rule(
    code="PRJ008",
    name="undated-signature",
    clauses=("R2.1.1", "R2.1.3", "R2.2.1", "R2.3.4"),
    message=Text(
        en="`{value}` is no {wanted} of the client's signature",
        zh="`{value}` 不是客户签字的{wanted}",
    ),
    help=Text(
        en="record it again with the {wanted} on the signed sheet: `muniment act {number} {stage}`",
        zh="请按签字页上的{wanted}重新登记：`muniment act {number} {stage}`",
    ),
)

_DAY = Text("day (such as 2026-05-06)", "日期（如 2026-05-06）")
_NAME = Text("name", "姓名")
_DETAILS = {"signed": _DAY, "date": _DAY, "name": _NAME, "client_signatory": _NAME}


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus.of(*(form.type for form in FORMS)):
        for act in record.acts:
            for name, wanted in _DETAILS.items():
                value = (act.data.get("details") or {}).get(name)
                if value is None or not str(value).strip() or value in ([], {}):
                    continue  # what is left out is the business of details-missing
                is_right = isinstance(value, str) if wanted is _NAME else is_date(str(value))
                if not is_right:
                    yield _finding(record, act, name, wanted)
                elif wanted is _DAY and str(value) > act.date:
                    until = Text(f"day up to {act.date}", f"不晚于 {act.date} 的日期")
                    yield _finding(record, act, name, until)


def _finding(record: Record, act: Act, name: str, wanted: Text) -> Finding:
    return RULE.at(
        Place(act.path, ("details", name)),
        number=record.number,
        value=act.data["details"][name],
        wanted=wanted,
        stage=act.stage,
    )
