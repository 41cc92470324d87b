"""Whether the company gets better, recounted by hand from a few records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import memory
from muniment import reports

Files = dict[str, str | bytes | None]


def ticket(number: str, reported: str, responded: str, solved: str, mark: int) -> Files:
    return {
        number: f"""type: service-ticket
number: {number}
title: 报表打不开
created: {reported[:10]}
project: FW20260001
client: KH0001
reported_at: {reported}
problem: 报表打不开
urgency: high
complexity: simple
responded_at: {responded}
solved_at: {solved}
solution: 重启服务
satisfaction: {mark}
"""
    }


def report(number: str, day: str, attempt: int, conclusion: str) -> Files:
    return {
        number: f"""type: acceptance-report
number: {number}
revision: 1
title: 验收报告
class: XM
kind: acceptance
department: BM01
author: YG0006
created: {day}
updated: {day}
project: FW20260001
application: XM2026001
round: {attempt}
group:
  - {{name: 赵敏, side: client}}
methods: [演示]
conclusion: {conclusion}
"""
    }


INSPECTION = """type: quality-inspection
number: ZJ20260001
title: 接口检验
created: 2026-02-10
project: FW20260001
object: 接口
standard: 接口规范
maker: YG0003
rounds:
  - {date: 2026-02-10, inspector: YG0004, result: failed}
  - {date: 2026-04-02, inspector: YG0004, result: failed}
  - {date: 2026-04-09, inspector: YG0004, result: passed}
"""
FILES: Files = {
    "ZJ20260001": INSPECTION,
    **report("XM2026002", "2026-05-06", 1, "failed"),
    **report("XM2026003", "2026-06-06", 2, "passed"),
    **report("XM2026004", "2026-06-30", 1, "passed"),
    # The target of the policy is in working hours: this one was answered the next morning, in time.
    **ticket("SH20260001", "2026-03-31T17:30", "2026-04-01T09:15", "2026-04-01T11:00", 5),
    **ticket("SH20260002", "2026-10-12T09:00", "2026-10-16T09:15", "2026-10-30T11:00", 2),
    **ticket("SH20260003", "2026-10-12T09:00", "2026-10-12T09:15", "2026-10-12T11:00", 4),
}


def rows(files: Files) -> list[dict[str, Any]]:
    made = reports.catalogue()["trends"].table(memory.facts(files), "zh")
    names = [column.name for column in made.columns]
    return [{name: cell.value for name, cell in zip(names, row, strict=True)} for row in made.rows]


def test_each_quarter_counts_what_happened_in_it_and_quiet_ones_are_not_left_out() -> None:
    found = {row["quarter"]: row for row in rows(FILES)}
    assert list(found) == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]
    assert found["2026-Q1"] == {
        "quarter": "2026-Q1",
        "rated": 1,
        "satisfaction": Decimal("5.0"),
        "first_rounds": 0,
        "first_pass": None,
        "solved": 1,
        "within": Decimal("100.0"),
        "rework": 1,
        "repeated": 0,
    }
    assert (found["2026-Q2"]["first_rounds"], found["2026-Q2"]["first_pass"]) == (2, Decimal("50.0"))
    assert (found["2026-Q2"]["rework"], found["2026-Q2"]["repeated"]) == (2, 1)
    assert (found["2026-Q4"]["satisfaction"], found["2026-Q4"]["within"]) == (Decimal("3.0"), Decimal("50.0"))
    assert (found["2026-Q3"]["rated"], found["2026-Q3"]["satisfaction"]) == (0, None)


def test_the_pictures_run_from_the_first_quarter_to_the_last_and_leave_quiet_ones_open() -> None:
    drawn = {chart.name: chart for chart in reports.catalogue()["trends"].charts(memory.facts(FILES), "zh")}
    assert [row.values for row in drawn["satisfaction"].rows] == [
        (Decimal("5.0"),),
        (None,),
        (None,),
        (Decimal("3.0"),),
    ]
    assert [row.values for row in drawn["rework"].rows] == [(1, 0), (1, 1), (0, 0), (0, 0)]


def test_there_is_no_trend_before_anything_happened() -> None:
    facts = memory.facts({})
    assert reports.catalogue()["trends"].table(facts, "zh").rows == ()
    assert all(chart.is_empty for chart in reports.catalogue()["trends"].charts(facts, "zh"))
