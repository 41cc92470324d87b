"""Certificates and when they run out

Every certificate of the people who work here, the next to run out first: what has run out, what will within 90 and within 365
days, and which roles or posts demand it by policy (R3.2.5). A certificate that a person holds twice counts with its later day.
---
证书到期情况

在职人员的每一份证书，先到期的在前：已过期、90 天内到期、365 天内到期，以及制度中哪些角色或岗位要求持证。
同一人同名证书有几份的，以有效期较晚的一份为准。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from muniment import i18n, personnel
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import registers, values, words

NAME = "certificates"
TITLE = Text("Certificates and when they run out", "证书到期情况")
CLAUSES = ("R3.2.5",)
ORDER = 84
_STANDINGS: Mapping[str, Text] = {
    "expired": Text("expired", "已过期"),
    "90": Text("within 90 days", "90 天内到期"),
    "365": Text("within 365 days", "365 天内到期"),
    "later": Text("later", "一年以后到期"),
    "permanent": Text("does not run out", "长期有效"),
}


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("name", _("Person")),
        Column("department", _("Department"), "reference", True),
        Column("certificate", _("Certificate"), facet=True),
        Column("issuer", _("Issued by"), facet=True),
        Column("obtained", _("Obtained"), "date"),
        Column("expires", _("Runs out on"), "date"),
        Column("days", _("Days left"), "integer"),
        Column("standing", _("Standing"), "state", True),
        Column("demanded", _("Demanded for"), facet=True),
        Column("reward", _("Reward")),
    )
    rows = tuple(_row(facts, person, held, lang) for person, held in _held(facts))
    return Table(TITLE.render(lang), columns, rows, _("Nobody's certificates are on the staff register yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    _ = i18n.translator(lang)
    counts = Counter(personnel.expiry(held, facts.today)[0] for _person, held in _held(facts))
    rows = tuple(Row(name, title.render(lang), (counts[name],)) for name, title in _STANDINGS.items())
    return (
        Chart(
            "expiry",
            _("Certificates by the time they have left"),
            "bars",
            _("Standing"),
            (Series("certificates", _("certificates")),),
            rows,
            empty=_("Nobody's certificates are on the staff register yet."),
        ),
    )


def _held(facts: Facts) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """Each person's certificates, the next to run out first, those that do not run out last."""
    found = [
        (person, held)
        for person in personnel.active(facts, facts.today)
        for held in personnel.certificates(person).values()
    ]
    return iter(
        sorted(found, key=lambda pair: (personnel.ends(pair[1]), pair[0].number, str(pair[1]["name"])))
    )


def _row(facts: Facts, person: Record, held: Mapping[str, Any], lang: Lang) -> tuple[Cell, ...]:
    standing, days = personnel.expiry(held, facts.today)
    demanded = list(_demands(facts, person, str(held["name"]), lang))
    return (
        values.number_cell(facts, person.number),
        registers.title_cell(facts, person, lang),
        values.reference_cell(facts, person.department or "", lang),
        Cell(str(held["name"]), held["name"]),
        Cell(str(held.get("issuer") or ""), held.get("issuer")),
        values.date_cell(held["obtained"]),
        values.date_cell(held.get("expires")),
        Cell() if days is None else values.count_cell(days),
        Cell(_STANDINGS[standing].render(lang), standing, tone=personnel.EXPIRY_TONES[standing]),
        Cell("", demanded, parts=tuple(Cell(each, each) for each in demanded)),
        Cell(str(held.get("reward") or ""), held.get("reward")),
    )


def _demands(facts: Facts, person: Record, name: str, lang: Lang) -> Iterator[str]:
    """The person's roles and post for which the policy demands this certificate."""
    policy = personnel.policy(facts, facts.today)
    roles: Mapping[str, Any] = policy.get("role_certificates") or {}
    for held in facts.roles[person.number]:
        if held.is_held(facts.today) and name in (roles.get(held.role) or ()):
            yield words.role(facts, held.role, lang)
    post = str(person.data.get("position") or "")
    if name in ((policy.get("posts") or {}).get(post, {}).get("certificates") or ()):
        yield post
