"""Dashboards say nothing of their own: every figure, list and picture is one of a report's, for the same readers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import browsing
import memory
from muniment import audience, dashboards, home, render, reports
from muniment.dashboards import Dashboard, View
from muniment.facts import Facts
from muniment.views.evidence import Standing

pytestmark = browsing.MARKS

DASHBOARDS = {each.name: each for each in dashboards.DASHBOARDS}


def view(facts: Facts, shown: Dashboard) -> View:
    catalogue = reports.catalogue()
    tables = {name: report.table(facts, "en") for name, report in catalogue.items()}
    charts = {name: report.charts(facts, "en") for name, report in catalogue.items()}
    return dashboards.view(facts, shown, tables, charts, "en")


@pytest.mark.parametrize("name", DASHBOARDS)
def test_every_report_column_and_chart_that_a_dashboard_names_exists(name: str) -> None:
    shown = DASHBOARDS[name]
    facts = memory.facts({})
    made = view(facts, shown)
    assert len(made.pictures) == len(shown.pictures)
    assert len(made.lists) == len(shown.excerpts)
    for each in shown.counts:
        assert set(each.types) <= set(facts.types), each.title.en
        if each.rows.column:
            columns = reports.catalogue()[each.rows.report].table(facts, "en").columns
            assert each.rows.column in {column.name for column in columns}


@pytest.mark.parametrize("lang", ["", "en/"])
@pytest.mark.parametrize("name", DASHBOARDS)
def test_the_figures_are_those_of_the_files_beside_the_reports(
    name: str, lang: str, page: Page, address: str, built: Path
) -> None:
    page.goto(f"{address}{lang}dashboards/{name}/")
    figures = page.locator(".mu-card__figure").all_inner_texts()
    if shown := DASHBOARDS[name].figures:
        rows = json.loads((built / f"reports/{shown}.json").read_text())
        assert figures == ["—" if row["count"] is None else str(row["count"]) for row in rows]
        return
    for each, figure in zip(DASHBOARDS[name].counts, figures, strict=True):
        rows = json.loads((built / f"reports/{each.rows.report}.json").read_text())
        column, wanted = each.rows.column, each.rows.values
        meant = [
            row for row in rows if not column or (str(row[column]) in wanted if wanted else bool(row[column]))
        ]
        assert figure == str(len(meant)), each.title


@pytest.mark.parametrize("name", DASHBOARDS)
def test_each_picture_has_its_figures_as_files(name: str, page: Page, address: str, built: Path) -> None:
    page.goto(f"{address}dashboards/{name}/")
    files = page.locator("figure.mu-chart a[download]")
    assert files.count() == 3 * page.locator("figure.mu-chart").count() > 0
    for place in range(files.count()):
        path = re.sub(r"^(\.\./)+", "", files.nth(place).get_attribute("href") or "")
        assert (built / path).is_file(), path


def test_a_figure_leads_to_the_rows_that_it_counts(page: Page, address: str) -> None:
    page.goto(f"{address}dashboards/archive/")
    count = page.locator(".mu-card", has_text="逾期未还").locator(".mu-card__figure").inner_text()
    page.get_by_role("link", name="逾期未还").click()
    expect(page.locator("#loans-out tbody tr:visible")).to_have_count(int(count))


def test_what_the_readers_may_not_know_is_said_to_be_withheld_and_not_counted_as_nought() -> None:
    facts = audience.narrow(memory.facts({}), "public")
    tile = next(each for each in view(facts, DASHBOARDS["archive"]).tiles if each.title == "Out on loan")
    assert (tile.figure, tile.note) == ("", "withheld")


@pytest.mark.parametrize("lang", ["", "en/"])
def test_home_says_who_has_to_read_what(lang: str, page: Page, address: str, built: Path) -> None:
    rows = json.loads((built / "reports/reading.json").read_text())
    page.goto(f"{address}{lang}")
    card = page.locator(".mu-card", has=page.locator("a[href$='reports/reading/']"))
    assert card.locator(".mu-card__figure").inner_text() == str(len(rows))
    assert str(sum(row["standing"] == "late" for row in rows)) in card.locator(".mu-card__text").inner_text()
    told = page.locator("h2#reading + .mu-scroll tbody tr > :nth-child(2)").all_inner_texts()
    assert told == [row["number"] for row in rows[: len(told)]]
    assert told


def test_home_says_so_where_nobody_has_anything_left_to_read() -> None:
    shown = home.view(memory.facts({}), "en")
    at = Standing("absent", None, None, 0, "", 0, "Asia/Shanghai", "")
    body = render.page("home.html", "en", "", home=shown, at=at, files=defaultdict(tuple))
    assert "Nobody has anything left to read." in body


def test_home_does_not_tell_the_public_who_reads() -> None:
    assert home.view(audience.narrow(memory.facts({}), "public"), "en").reading is None


def test_home_leads_to_every_dashboard_in_one_click(page: Page, address: str) -> None:
    for each in dashboards.DASHBOARDS:
        page.goto(f"{address}en/")
        page.get_by_role("link", name=each.title.en, exact=True).click()
        expect(page.locator("h1")).to_have_text(each.title.en)
