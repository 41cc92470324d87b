"""A disposal before the period is over

A list of disposal names only what may go on the day of the list: the period counted from its event is over. What is still running,
or has not begun because the project goes on, stays.

**To mend it** take the record off the list, or write the list when the day has come that the message names.
---
保管期未满就列入销毁

销毁清单只能列入清单当日保管期已满的记录。期限未满的，或者因项目未关闭等尚未起算的，都不能销毁。

**怎么改**：从清单中去掉该记录，或者等到提示的日期再列清单。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import retention
from muniment.facts import Facts
from muniment.findings import Finding, Place, Related, Rule, Text
from muniment.retention import Period

RULE = Rule(
    code="RET005",
    name="disposal-before-expiry",
    clauses=("R4.3.2",),
    message=Text(
        en="`{target}` is on the list of {day}, and {when}",
        zh="`{target}` 列入了 {day} 的销毁清单，但{when}",
    ),
    help=Text(
        en="take {target} off the list",
        zh="请从清单中去掉 {target}",
    ),
)

_KEPT = Text("it is kept until {expires}", "保管期至 {expires}")
_WAITS = Text("its period has not begun: it counts from `{trigger}`", "保管期尚未起算（从 `{trigger}` 起算）")


def check(facts: Facts) -> Iterator[Finding]:
    for listing in retention.listings(facts):
        found = retention.period(facts, listing.target)
        if found is None or found.is_permanent or found.is_over(listing.day):
            continue
        yield RULE.at(
            Place(listing.disposal.path, listing.pointer),
            number=listing.disposal.number,
            related=(Related(Place(listing.target.path), Text("the record", "该记录")),),
            target=listing.target.number,
            day=listing.day,
            when=_when(found),
        )


def _when(found: Period) -> Text:
    params = {"expires": found.expires, "trigger": found.schedule.trigger}
    words = _KEPT if found.expires else _WAITS
    return Text(words.render("en", params), words.render("zh", params))
