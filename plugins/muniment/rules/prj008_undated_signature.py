"""A signature without a name or a day

What the client signs, the client signs with a name and on a day. An entry such as `later` or a blank is neither, and nobody could prove afterwards
who agreed to what, and when.

**To mend it** record the signature again, with the name and the day as they stand on the signed sheet.
---
签字没有姓名或日期

客户签字要有姓名和日期。写“稍后”或者留空都不算，事后无法证明是谁在什么时候同意的。

**怎么改**：按签字页上的姓名和日期重新登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.dates import is_date
from muniment.engagement import FORMS
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

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
            details = act.data.get("details") or {}
            for name, wanted in _DETAILS.items():
                value = details.get(name)
                if value in (None, "", [], {}):
                    continue  # what is left out is the business of details-missing
                if not (is_date(str(value)) if wanted is _DAY else isinstance(value, str) and value.strip()):
                    yield RULE.at(
                        Place(act.path, ("details", name)),
                        number=record.number,
                        value=value,
                        wanted=wanted,
                        stage=act.stage,
                    )
