"""A service review counts otherwise than its tickets

A review says how many tickets were reported in its period, and how many of them were answered and solved within the targets. Both figures
follow from the tickets: the time from the report to the response and to the solution, in working hours of the calendar (policy `organization`), against
the target of the ticket's urgency and complexity (policy `service-levels`). What was solved only after the review was written does not count as
within target; where the targets have been revised since, only the number of tickets is compared.

**To mend it** write the figure that the help names. If a ticket is missing or has a wrong time, mend that first.
---
售后总结的数量与服务记录单不符

总结写明期间内报修的记录单数量，以及其中在时限内响应并解决的数量。两个数都由记录单算出：从报修到响应、到解决的时间，按工作日历（制度
`organization`）的工作小时计算，与该紧急程度和复杂程度的时限（制度 `service-levels`）比较。总结写成之后才解决的，不算在时限内；时限此后修订过的，只核对记录单数量。

**怎么改**：改为提示中的数。记录单有遗漏或时间写错的，先改记录单。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import engagement, tickets
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="PRJ032",
    name="review-counts-differ",
    clauses=("R2.4.4",),
    message=Text(
        en="`{field}` says {stated}, the tickets of {start} to {end} give {counted}",
        zh="`{field}` 填 {stated}，而 {start} 至 {end} 的服务记录单为 {counted}",
    ),
    help=Text(
        en="write `{field}: {counted}`, or mend the tickets: {numbers}",
        zh="请改为 `{field}: {counted}`，或先改正服务记录单：{numbers}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for review in facts.corpus.of("service-review"):
        start, end = str(review.data["period"]["from"]), str(review.data["period"]["to"])
        reported = tickets.reported(facts, start, end)
        within = tuple(ticket for ticket in reported if _is_within(facts, ticket, review))
        counts = {"tickets": reported, "within_target": within}
        if _targets_revised(facts, review):
            del counts["within_target"]
        for field, found in counts.items():
            if review.data[field] != len(found):
                yield RULE.at(
                    Place(review.path, (field,)),
                    number=review.number,
                    field=field,
                    stated=review.data[field],
                    start=start,
                    end=end,
                    counted=len(found),
                    numbers=", ".join(ticket.number for ticket in found) or "—",
                )


def _is_within(facts: Facts, ticket: Record, review: Record) -> bool:
    solved = tickets.time(facts, ticket, "solved_at")
    known = solved is not None and solved.date().isoformat() <= engagement.day_of(review)
    return known and tickets.timing(facts, ticket).is_within


def _targets_revised(facts: Facts, review: Record) -> bool:
    policy = facts.corpus.records.get("service-levels")
    return policy is not None and engagement.day_of(policy) > engagement.day_of(review)
