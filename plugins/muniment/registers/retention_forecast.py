"""Forecast of what falls due

For the next ten years: how many records reach the end of their period in each quarter, how many of them are to be appraised and how many to be
destroyed, and how many would be due but are on hold. What counts from an event that has not happened yet, such as
the closing of a project, is not among them (R4.3.2).
---
到期预测

今后十年每个季度有多少记录保管期满，其中多少待鉴定、多少待销毁，以及多少到期却被冻结。尚未起算的（如项目未关闭）不在其内。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muniment import charts as drawing
from muniment import i18n, retention
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Table

NAME = "retention-forecast"
TITLE = Text("Forecast of what falls due", "到期预测")
CLAUSES = ("R4.3.2",)
ORDER = 51
QUARTERS = 40


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    return drawing.table(_chart(facts, lang), _("Together"))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    return (_chart(facts, lang),)


def _chart(facts: Facts, lang: Lang) -> Chart:
    _ = i18n.translator(lang)
    counts: Counter[tuple[str, str]] = Counter()
    for fate in retention.fates(facts):
        if fate.period is not None and fate.period.expires and fate.standing != "disposed":
            kind = "held" if fate.standing == "held" else fate.period.schedule.action
            counts[quarter(max(fate.period.expires, facts.today)), kind] += 1
    kinds = ("review", "destroy", "held")
    rows = tuple(
        Row(name, name.replace("Q", " Q"), tuple(counts[name, kind] for kind in kinds))
        for name in _quarters(facts.today)
    )
    return Chart(
        "forecast",
        TITLE.render(lang),
        "columns",
        _("Quarter"),
        (
            Series("review", _("to appraise")),
            Series("destroy", _("to destroy"), "warning"),
            Series("held", _("on hold"), "muted"),
        ),
        rows,
        text=_("What is over already is counted in the present quarter."),
        empty=_("Nothing that is kept by a schedule reaches its end in the next ten years."),
    )


def quarter(day: str) -> str:
    """`2026Q4`, which sorts as it reads."""
    return f"{day[:4]}Q{(int(day[5:7]) + 2) // 3}"


def _quarters(today: str) -> Iterator[str]:
    first = today[:8] + "01"
    for index in range(QUARTERS):
        yield quarter(retention.in_months(first, 3 * index))
