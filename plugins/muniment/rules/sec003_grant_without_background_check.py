"""Access granted without the background check that the post demands

The policy `personnel` names posts for which a background check is demanded. Somebody in such a post is let at classified documents only after
a check with the result "passed"; the last one before the access begins counts.

Where background checks are sealed and no key is at hand, nothing is said here: run the check where they can be read.

**To mend it** make the check and register it (`muniment new background-check`), or take the grant back.
---
岗位要求背景审查而未通过审查就授权

人员管理制度（`personnel`）列明哪些岗位须经背景审查。这些岗位的人员，必须在授权开始之前通过审查，以最近一次审查为准。

背景审查已封存而本机没有密钥时，这里不作判断，请在能够读取的电脑上检查。

**怎么改**：完成审查并登记（`muniment new background-check`），或者撤销授权。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import clearance
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC003",
    name="grant-without-background-check",
    clauses=("R5.2.1",),
    message=Text(
        en="`{staff}` ({name}), {post}: no background check passed by {day}",
        zh="`{staff}`（{name}）任{post}，截至 {day} 没有通过背景审查",
    ),
    help=Text(
        en="register the check: `muniment new background-check --set staff={staff}`",
        zh="请登记背景审查：`muniment new background-check --set staff={staff}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    if clearance.unread_checks(facts):
        return
    for grant in clearance.grants(facts):
        staff, day = str(grant.data["staff"]), str(grant.data["from"])
        post = clearance.checked_post(facts, staff)
        last = clearance.background_check(facts, staff, day) if post else None
        if post and (last is None or last.data["result"] != "passed"):
            yield RULE.at(
                Place(grant.path, ("staff",)),
                number=grant.number,
                staff=staff,
                name=facts.title(staff),
                post=post,
                day=day,
            )
