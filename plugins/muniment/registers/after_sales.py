"""After-sales: response and solution against targets

Every ticket with the working hours until it was answered and solved, beside the targets that the policy sets for its urgency
and complexity. Hours are those of the company's calendar: nights, weekends and holidays do not count (R2.4.2, R2.4.3).

What has not been answered or solved counts as *too late* from the day after its time has run out.
---
售后响应与解决时限

每张服务记录单从报告到响应、到解决各用了多少工作小时，并与制度按紧急程度和复杂程度规定的时限对照。
只计公司日历中的工作时间，夜间、周末和节假日不算。

尚未响应或解决的，时限用完的次日起按“超时”计。
"""

from __future__ import annotations

from collections import Counter

from muniment import i18n, tickets
from muniment.charts import Chart, Row, Series, Tone
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Table
from muniment.tickets import Standing
from muniment.views import service, words

NAME = "after-sales"
TITLE = Text("After-sales: response and solution against targets", "售后响应与解决时限")
CLAUSES = ("R2.4.2", "R2.4.3", "R1.3")
ORDER = 44
_URGENCIES = ("critical", "high", "normal", "low")
_COMPLEXITIES = ("simple", "hard")
_TONES: tuple[tuple[Standing, Tone], ...] = (("within", "good"), ("beyond", "bad"), ("open", "muted"))


def table(facts: Facts, lang: Lang) -> Table:
    made = service.table(facts, facts.corpus.of("service-ticket"), TITLE.render(lang), lang)
    return Table(
        made.title, made.columns, made.rows, words.withheld(facts, lang, "service-ticket") or made.empty
    )


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """By urgency and complexity: how many were answered, and how many solved, in time."""
    _ = i18n.translator(lang)
    labels = {field.name: field.labels for field in facts.types["service-ticket"].fields}
    respond: Counter[tuple[str, str, Standing]] = Counter()
    solve: Counter[tuple[str, str, Standing]] = Counter()
    for ticket in facts.corpus.of("service-ticket"):
        verdict = tickets.verdict(facts, ticket)
        pair = str(ticket.data["urgency"]), str(ticket.data["complexity"])
        respond[*pair, verdict.respond] += 1
        solve[*pair, verdict.solve] += 1

    def chart(name: str, title: str, counts: Counter[tuple[str, str, Standing]]) -> Chart:
        rows = []
        for urgency in _URGENCIES:
            for complexity in _COMPLEXITIES:
                told = tuple(counts[urgency, complexity, standing] for standing, _tone in _TONES)
                words_of = (labels["urgency"][urgency], labels["complexity"][complexity])
                if any(told):
                    rows.append(
                        Row(
                            f"{urgency}-{complexity}",
                            " · ".join(each.render(lang) for each in words_of),
                            told,
                        )
                    )
        series = tuple(Series(name, service.standing_title(name, lang), tone) for name, tone in _TONES)
        head = _("Urgency and complexity")
        return Chart(
            name, title, "bars", head, series, tuple(rows), empty=_("No ticket has been registered yet.")
        )

    return (
        chart("responses", _("Responses against their targets"), respond),
        chart("solutions", _("Solutions against their targets"), solve),
    )
