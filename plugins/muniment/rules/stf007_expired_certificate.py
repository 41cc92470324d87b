"""A role or post demands a certificate that had expired

The policy `personnel` says which certificates a role (`role_certificates`) or a post (`posts`, `certificates`) demands. On the day of
this revision of the person's record the certificate had expired, or was never entered. For a role that begins later its first day
counts. A certificate that runs out afterwards is no fault of the record: the certificates matrix shows it.

**To mend it** enter the renewed certificate, or end the role with `to`. Both go through the personnel department.
---
角色或岗位要求的证书已过期

制度 `personnel` 规定角色（`role_certificates`）和岗位（`posts` 的 `certificates`）要求的证书。在人员档案这一版的日期，证书已经过期，或者从未登记；
以后才开始的角色按其起始日判断。此后才到期的证书不算档案有错，由证书一览表提示。

**怎么改**：登记续期后的证书，或用 `to` 结束该角色。两者都须经人事部门。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF007",
    name="expired-certificate",
    clauses=("R3.2.5",),
    message=Text(
        en="certificate `{certificate}` {state}; `{ground}` demands it",
        zh="证书 `{certificate}` {state}，而 `{ground}` 要求此证书",
    ),
    help=Text(
        en="enter the renewed certificate under `certificates`, or end the role or change the post",
        zh="请在 `certificates` 中登记续期后的证书，或结束该角色、调整岗位",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for person in facts.corpus.of("staff"):
        for pointer, ground, certificate, day in _demands(facts, person):
            entries = [
                (index, str(entry.get("expires") or ""))
                for index, entry in enumerate(person.data.get("certificates") or ())
                if entry["name"] == certificate
            ]
            if any(not expires or day <= expires for _, expires in entries):
                continue
            index, expires = max(entries, key=lambda entry: entry[1], default=(-1, ""))
            yield RULE.at(
                Place(person.path, ("certificates", index, "expires") if entries else pointer),
                number=person.number,
                ground=ground,
                certificate=certificate,
                state=_state(expires, day),
            )


def _state(expires: str, day: str) -> Text:
    if expires:
        return Text(f"had expired on {expires}", f"已于 {expires} 过期")
    return Text(f"was not on record on {day}", f"在 {day} 没有登记")


def _demands(facts: Facts, person: Record) -> Iterator[tuple[Pointer, str, str, str]]:
    """What role or post demands which certificate on which day; what had ended by then demands nothing."""
    day, left = str(person.data["updated"]), str(person.data.get("left") or "")
    if left and left < day:
        return
    post = str(person.data.get("position") or "")
    for certificate in facts.policy.value("personnel", "posts", post, "certificates", default=()):
        yield ("position",), post, str(certificate), day
    demanded: Mapping[str, Any] = facts.policy.value("personnel", "role_certificates", default={})
    for index, role in enumerate(person.data.get("roles") or ()):
        if role.get("to") and str(role["to"]) < day:
            continue
        for certificate in demanded.get(role["role"]) or ():
            start = max(day, str(role.get("from") or ""))
            yield ("roles", index, "role"), str(role["role"]), str(certificate), start
