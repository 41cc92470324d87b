"""Charts: what is drawn agrees with the figures, is told in words as well, and fits a telephone."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import memory
from muniment import charts, render, reports, site
from muniment.charts import Chart, Drawing, Row, Series, Target
from muniment.pages import DataFile, Page

SVG = "{http://www.w3.org/2000/svg}"
SERIES = (Series("on", "按时", "good"), Series("late", "逾期", "warning"), Series("open", "未到期", "muted"))


def chart(kind: charts.Kind = "bars", rows: tuple[Row, ...] = (), **more: object) -> Chart:
    told = rows or (Row("2026Q1", "2026 年一季度", (3, 1, 0)), Row("2026Q2", "2026 年二季度", (6, 0, 2)))
    series = SERIES[: len(told[0].values)]
    return Chart("sample", "按季度", kind, "季度", series, told, **more)  # type: ignore[arg-type]  # passed on


def wide(shown: Chart) -> Drawing:
    return dict(charts.drawings(shown))["wide"]


def test_bars_are_as_long_as_their_figures_and_stand_one_after_the_other() -> None:
    first, second, third, fourth = wide(chart()).boxes[3:]
    assert [each.tone for each in (first, second, third, fourth)] == ["good", "warning", "good", "muted"]
    assert first.width == pytest.approx(3 * second.width, abs=0.2)
    assert third.width == pytest.approx(2 * first.width, abs=0.2)
    assert second.x == pytest.approx(first.x + first.width, abs=0.2)
    assert "2026 年一季度 · 按时 3" in first.title


def test_columns_are_as_high_as_their_figures_and_stand_on_the_axis() -> None:
    drawing = wide(chart("columns"))
    first, second, third, _fourth = drawing.boxes[3:]
    floor = next(stroke.y1 for stroke in drawing.strokes if stroke.kind == "axis")
    assert first.y + first.height == pytest.approx(floor, abs=0.2)
    assert second.y + second.height == pytest.approx(first.y, abs=0.2)
    assert third.height == pytest.approx(2 * first.height, abs=0.2)


def test_a_line_is_broken_where_a_row_has_nothing_to_say() -> None:
    rows = tuple(Row(str(at), str(at), (value,)) for at, value in enumerate((90, 80, None, 70, 60, 50)))
    drawing = wide(chart("line", rows, unit="%", target=Target(Decimal("85.5"), "目标")))
    assert [len(trace.points) for trace in drawing.traces] == [2, 3]
    assert len(drawing.marks) == 5
    target = next(stroke for stroke in drawing.strokes if stroke.kind == "target")
    ninety, eighty = drawing.traces[0].points
    assert ninety[1] < target.y1 < eighty[1]
    assert "目标 85.5%" in [words.text for words in drawing.words]


def test_sums_stand_over_columns_only_where_they_do_not_touch() -> None:
    told = tuple(Row(str(at), f"2026Q{at}", (10 + at,)) for at in range(40))
    for size, drawing in charts.drawings(chart("columns", told)):
        sums = [words for words in drawing.words if words.text == "12" and words.anchor == "middle"]
        assert len(sums) == (size == "wide" and drawing.width / 40 > 2 * charts.text_units("1"))


def test_what_is_drawn_is_told_and_tabled_with_the_same_figures() -> None:
    shown = chart(target=Target(5, "目标"))
    assert charts.told(shown) == (
        "2026 年一季度 3 按时, 1 逾期, 0 未到期; 2026 年二季度 6 按时, 0 逾期, 2 未到期; 目标 5"
    )
    table = charts.table(shown, "合计")
    assert [[cell.value for cell in row] for row in table.rows] == [
        ["2026Q1", 3, 1, 0, 4],
        ["2026Q2", 6, 0, 2, 8],
    ]


def test_amounts_stay_exact_decimals() -> None:
    shown = chart(rows=(Row("1", "首付款", (Decimal("123456789.10"), Decimal("0.05"))),))
    assert charts.table(shown, "合计").rows[0][3].value == Decimal("123456789.15")
    assert charts.figure(Decimal("123456789.10")) == "123,456,789.10"


TITLES = st.text("项目阶段按月逾期abcdefgh 0123", min_size=1, max_size=40)
FIGURES = st.one_of(st.none(), st.integers(0, 10**7), st.decimals(0, 10**7, places=2))


@given(
    st.sampled_from(["bars", "columns", "line"]),
    st.integers(1, 3).flatmap(
        lambda n: st.lists(st.tuples(TITLES, st.tuples(*[FIGURES] * n)), min_size=1, max_size=14)
    ),
)
def test_every_shape_lies_within_the_drawing_at_both_widths(
    kind: charts.Kind, told: list[tuple[str, tuple[int | Decimal | None, ...]]]
) -> None:
    rows = tuple(
        Row(str(at), title[:8] if kind != "bars" else title, values)
        for at, (title, values) in enumerate(told)
    )
    for _size, drawing in charts.drawings(chart(kind, rows)):
        for box in drawing.boxes:
            assert box.x >= 0
            assert box.x + box.width <= drawing.width + 0.5
            assert -0.5 <= box.y <= box.y + box.height <= drawing.height
        for mark in drawing.marks:
            assert 0 <= mark.x <= drawing.width
            assert 0 <= mark.y <= drawing.height
        for words in drawing.words:
            size = charts.text_units(words.text)
            start = words.x - {"start": 0.0, "middle": size / 2, "end": size}[words.anchor]
            assert start >= -size / 2
            # No label is cut off at the right; a target's own words may be longer than its chart.
            assert start + size <= drawing.width + (1 if kind != "bars" else size / 2)
            assert 0 <= words.y <= drawing.height


def markup(shown: Chart) -> str:
    environment = render._environment("zh")
    return environment.from_string(
        '{% from "macros.html" import picture %}<!DOCTYPE html><html lang="zh"><title>t</title>{{ picture(c, "") }}'
    ).render(c=shown)


def test_the_markup_is_sound_and_tells_tones_apart_without_colour() -> None:
    for kind in ("bars", "columns", "line"):
        html = markup(chart(kind))
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(html)
        assert parser.errors == []
        drawn = tree.findall(f".//figure/{SVG}svg")
        assert len(drawn) == 2
        for svg in drawn:
            ids = svg.attrib["aria-labelledby"].split()
            assert [svg.find(f"{SVG}title").attrib["id"], svg.find(f"{SVG}desc").attrib["id"]] == ids
            if kind != "line":
                textures = {each.attrib["id"].rpartition("-")[2] for each in svg.iter(f"{SVG}pattern")}
                assert textures == {"warning", "muted"}  # and the third is plain
        assert len(tree.findall(".//details//tbody/tr")) == 2


def test_an_empty_chart_says_what_would_be_there() -> None:
    html = markup(chart(rows=(Row("1", "一季度", (0, 0)),), empty="还没有工单。"))
    assert "还没有工单。" in html
    assert "<svg" not in html


def test_a_report_shows_its_charts_above_its_table_with_their_figures_as_files() -> None:
    files: dict[str, str | bytes | None] = {
        "records/projects/2026/FW20260001/FW20260001.yaml": (
            "type: project\nnumber: FW20260001\ntitle: 升级\ncreated: 2026-01-05\nclient: KH0001\n"
            "service_type: development\nmanager: YG0002\nstage: intake\n"
        )
    }
    parts = {
        part.path if isinstance(part, DataFile) else f"{part.lang}/{part.url}": part
        for part in site.pages(memory.facts(files))
    }
    page = parts["zh/reports/pipeline/"]
    assert isinstance(page, Page)
    assert page.body.index('id="chart-stages"') < page.body.index('id="pipeline"')
    data = parts["reports/pipeline.stages.json"]
    assert isinstance(data, DataFile)
    counted = {row["key"]: row["projects"] for row in json.loads(data.content)}
    assert counted["intake"] == 1
    assert sum(counted.values()) == 1
    sheet = parts["reports/pipeline.stages.csv"]
    assert isinstance(sheet, DataFile)
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[:2] == [["阶段", "项目数"], ["承接", "1"]]
    assert 'href="../../reports/pipeline.stages.csv"' in page.body


def test_every_report_names_the_clauses_that_it_serves() -> None:
    for report in reports.catalogue().values():
        assert report.clauses, report.name
        assert all(each.startswith("R") and each.count(".") in (1, 2) for each in report.clauses), report.name
