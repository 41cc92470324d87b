"""A secrecy inspection closed with a finding open

An inspection is closed when everything that it found has been corrected. A finding without a date of correction, or corrected after the
closing, is open.

**To mend it** fill in `corrected` once the matter is settled, or take `closed` out until then.
---
有问题未整改就关闭了保密检查

发现的问题全部整改之后，检查才能关闭。没有填写整改日期的问题，或关闭之后才整改的问题，都算未整改。

**怎么改**：整改完成后填写 `corrected`；在此之前不要填写 `closed`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC005",
    name="closed-with-open-finding",
    clauses=("R5.3",),
    message=Text(
        en="closed on {closed} although `{what}` was open",
        zh="{closed} 关闭时，`{what}` 尚未整改",
    ),
    help=Text(
        en="fill in `corrected` with a day up to {closed}, or take `closed` out",
        zh="请填写 `corrected`（不晚于 {closed}），或先去掉 `closed`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus.of("secrecy-inspection"):
        closed = str(record.data.get("closed") or "")
        for place, found in enumerate(record.data.get("findings") or () if closed else ()):
            corrected = str(found.get("corrected") or "")
            if not corrected or corrected > closed:
                yield RULE.at(
                    Place(record.path, ("findings", place, *(("corrected",) if corrected else ()))),
                    number=record.number,
                    closed=closed,
                    what=found["what"],
                )
