"""The demonstration company's site in a real browser: what a reader sees, finds and clicks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import browsing

pytestmark = browsing.MARKS


def test_the_switch_leads_to_the_same_page_in_the_other_language(page: Page, address: str) -> None:
    page.goto(f"{address}records/GL/2024/GL2024001/")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{address}en/records/GL/2024/GL2024001/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("navigation", name="Tabs")).to_contain_text("Registers")
    page.get_by_role("link", name="中文", exact=True).click()
    expect(page).to_have_url(f"{address}records/GL/2024/GL2024001/")


def test_the_menu_of_a_phone_leads_to_every_section(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}records/GL/2024/GL2024001/")
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_role("link", name="登记簿", exact=True).click()
    expect(page).to_have_url(f"{address}registers/")
    context.close()


def test_the_keyboard_skips_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    page.keyboard.press("Tab")
    expect(page.locator("a.md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}registers/document/#content")


# -- registers


def shown(page: Page) -> list[str]:
    return page.locator("table.mu-register tbody tr:visible > :first-child").all_inner_texts()


def test_a_register_is_filtered_and_the_address_remembers(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    everything = shown(page)
    page.get_by_role("searchbox").first.fill("GL2024 ")
    expect(page.locator(".mu-tools output")).to_contain_text(f"/ {len(everything)} 条")
    some = shown(page)
    assert 0 < len(some) < len(everything)
    page.reload()
    assert shown(page) == some
    page.goto(f"{address}registers/document/?find=无此记录")
    assert shown(page) == []
    page.get_by_role("button", name="清除条件").click()
    assert shown(page) == everything


def test_a_choice_of_a_facet_narrows_the_register(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    everything = shown(page)
    choice = page.locator(".mu-tools select").first
    label = choice.locator("option").nth(1).inner_text()
    choice.select_option(index=1)
    assert len(shown(page)) == int(label.rpartition("(")[2].rstrip(")")) < len(everything)


def test_a_register_sorts_by_any_column_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    before = shown(page)
    head = page.locator("table.mu-register thead th").first
    head.get_by_role("button").click()
    assert shown(page) == sorted(before)
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    assert shown(page) == sorted(before, reverse=True)
    page.reload()
    assert shown(page) == sorted(before, reverse=True)
    head.get_by_role("button").click()
    assert shown(page) == before


def test_columns_can_be_put_away(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    heads = page.locator("table.mu-register thead th:visible")
    count = heads.count()
    page.locator(".mu-tools summary").click()
    page.locator(".mu-tools__columns input").last.uncheck()
    expect(heads).to_have_count(count - 1)
    page.reload()
    expect(heads).to_have_count(count - 1)


def test_a_register_is_whole_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}registers/document/")
    assert len(shown(page)) > 10
    expect(page.locator(".mu-tools")).to_have_count(0)
    expect(page.locator("[data-mu-copy]:visible")).to_have_count(0)
    context.close()


@pytest.mark.parametrize(
    "clipboard",
    ["", "navigator.clipboard.writeText = () => Promise.reject()", "delete Navigator.prototype.clipboard"],
)
def test_a_number_is_copied_with_and_without_the_modern_clipboard(
    page: Page, address: str, clipboard: str
) -> None:
    page.goto(f"{address}records/GL/2024/GL2024001/")
    page.evaluate(f"window.readText = navigator.clipboard.readText.bind(navigator.clipboard); {clipboard}; 0")
    page.get_by_role("button", name="复制编号").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="已复制：GL2024001")).to_have_count(1)
    assert page.evaluate("window.readText()") == "GL2024001"


def test_a_citation_is_copied_with_the_address_and_the_day(page: Page, address: str) -> None:
    for prefix, name, said in (
        ("", "复制引文", "技术服务规范及制度: GL2024001[R/OL]. 第 2 版. (2025-10-13)["),
        ("en/", "Copy citation", "GL2024001[R/OL]. rev. 2. (2025-10-13)["),
    ):
        page.goto(f"{address}{prefix}{browsing.LONGEST}?x=1#text")
        page.get_by_role("button", name=name).click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert said in copied
        assert re.search(
            rf"\)\[20\d\d-\d\d-\d\d\]\. {re.escape(address + prefix + browsing.LONGEST)}\. ", copied
        )
        assert re.search(r"[0-9a-f]{10}\.$", copied)


# -- a record among others

FILES = "records/JS/2025/JS2025003/"  # a table and a picture


@pytest.mark.parametrize(("width", "size"), [(1440, "wide"), (390, "narrow")])
def test_the_picture_of_relations_leads_to_the_neighbours_by_keyboard(
    browser: Browser, address: str, width: int, size: str, complaints: browsing.Complaints
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints.watch(page, address)
    page.goto(f"{address}{FILES}")
    figure = page.locator("figure.mu-graph")
    expect(figure.locator("svg:visible")).to_have_count(1)
    drawing = figure.locator(f"svg.mu-graph__{size}")
    shrunk = drawing.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    assert shrunk * 11 >= 10.5
    out = drawing.evaluate(
        """svg => Math.max(...[...svg.querySelectorAll("a")].map(link => {
            const box = link.querySelector("rect").getBoundingClientRect();
            return Math.max(...[...link.querySelectorAll("text")].map(text => text.getBoundingClientRect().right - box.right));
        }))"""
    )
    assert out <= 0
    link = drawing.get_by_role("link", name=re.compile("XM2026017"))
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("records/XM/2026/XM2026017/$"))
    context.close()


def test_attachments_are_seen_without_leaving_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}{FILES}")
    picture = page.locator(".mu-attachments__picture img")
    place = picture.bounding_box()
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("img => img.naturalWidth") > 0
    after = picture.bounding_box()
    assert place
    assert after
    assert (place["width"], place["height"]) == (after["width"], after["height"])
    table = page.locator(".mu-attachments details")
    expect(table.locator("tbody tr").first).not_to_be_visible()
    table.locator("summary").click()
    expect(table.locator("tbody tr")).to_have_count(20)
    expect(table.locator("summary")).to_contain_text("文件中还有 306 行")


# -- paper

PAPER = 178 / 25.4 * 96  # pixels between the margins of A4
RETIRED = "records/GL/2024/GL2024004/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "url",
    [
        browsing.LONGEST,
        RETIRED,
        f"{browsing.LONGEST}evidence/",
        browsing.PROJECT,
        "registers/document/",
        "audit/",
    ],
)
def test_a_page_prints_dark_on_white_within_the_margins(
    browser: Browser, address: str, url: str, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": int(PAPER), "height": 1000}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}{url}")
    page.emulate_media(media="print", color_scheme=scheme)
    for part in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-sidebar--secondary", ".mu-tools"):
        assert page.locator(f"{part}:visible").count() == 0, part
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    shades = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, h3, p, dd, td")].filter((each) => each.offsetHeight)
            .map((each) => Math.max(...getComputedStyle(each).color.match(/\\d+/g).slice(0, 3).map(Number)))"""
    )
    assert max(shades) < 160
    # The address of a link is not printed behind it: it would tear lines apart, and the page's number says where it is.
    assert not page.evaluate(
        """() => [...document.querySelectorAll("article a[href]")]
            .some((each) => getComputedStyle(each, "::after").content.includes("http"))"""
    )
    context.close()


def test_a_retired_document_says_so_on_paper_and_a_page_is_a4(page: Page, address: str) -> None:
    page.goto(f"{address}{RETIRED}")
    page.emulate_media(media="print")
    expect(page.locator('[role=alert][data-state="retired"]')).to_be_visible()
    assert sheets(page) == {(595, 842)}


def test_a_register_of_many_columns_lies_across_the_sheet(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    assert sheets(page) == {(842, 595)}
    page.goto(f"{address}registers/client/")
    assert sheets(page) == {(595, 842)}


def sheets(page: Page) -> set[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[([^\]]+)\]", page.pdf(prefer_css_page_size=True))
    sizes = ([round(float(number)) for number in box.split()] for box in boxes)
    return {(width, height) for _left, _foot, width, height in sizes}


# -- tables on a phone
BROKEN = """() => [...document.querySelectorAll(":is(.mu-table, .mu-register) :is(th, td):not(.mu-register__mark)")]
  .flatMap(cell => [...cell.querySelectorAll(":scope, :scope *")].flatMap(each => [...each.childNodes]))
  .filter(node => node.nodeType === Node.TEXT_NODE && /^[\u4e00-\u9fff]{2,4}$/u.test(node.data.trim()))
  .filter(node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getClientRects().length > 1;
  })
  .map(node => node.data)"""


@pytest.mark.parametrize(
    "url", ["", "registers/document/", "reports/readings/", "reports/due/", browsing.PROJECT]
)
def test_no_short_word_of_a_table_is_broken_on_a_phone(browser: Browser, address: str, url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}{url}")
    page.locator(":is(.mu-table, .mu-register) td:visible").first.wait_for()
    assert page.evaluate(BROKEN) == []
    heads = page.locator("table.mu-register thead").all()
    assert all((head.bounding_box() or {"height": 0})["height"] < 64 for head in heads)
    context.close()


def test_the_choice_of_columns_stays_in_the_window_of_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    for url in ("registers/void/", "en/registers/project/"):
        page.goto(f"{address}{url}")
        page.locator(".mu-tools summary").click()
        box = page.locator(".mu-tools__columns").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    context.close()


# -- charts


SIZES = """figure => {
  const drawn = [...figure.querySelectorAll(":scope > svg")].filter(svg => svg.getBoundingClientRect().width > 0);
  return {
    drawn: drawn.map(svg => svg.getAttribute("class")),
    smallest: Math.min(...drawn.flatMap(svg => [...svg.querySelectorAll("text")].map(text =>
      parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))),
    right: Math.max(...drawn.flatMap(svg => [...svg.querySelectorAll("text")].map(text =>
      text.getBoundingClientRect().right - svg.getBoundingClientRect().right))),
  };
}"""


@pytest.mark.parametrize(("width", "size"), [(1440, "mu-chart__wide"), (390, "mu-chart__narrow")])
def test_one_drawing_of_each_chart_is_shown_with_words_that_can_be_read(
    browser: Browser, address: str, width: int, size: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for url in (browsing.PROJECT, "reports/after-sales/", f"en/{browsing.PROJECT}"):
        page.goto(f"{address}{url}")
        figures = page.locator("figure.mu-chart").all()
        assert len(figures) == 2
        for figure in figures:
            told = figure.evaluate(SIZES)
            assert told["drawn"] == [size]
            assert told["smallest"] >= 10.5
            assert told["right"] <= 4
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_project_leads_to_its_forms_and_says_where_it_stands(page: Page, address: str) -> None:
    page.goto(f"{address}{browsing.PROJECT}")
    expect(page.locator("[aria-current=step]")).to_contain_text("售后")
    expect(page.get_by_role("img", name=re.compile("计划与完成情况"))).to_be_visible()
    page.get_by_role("link", name=re.compile("^XM2026019")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("验收报告")
