"""The search page, and what else leads to a record: whole numbers, and addresses that do not exist. Asked in a real browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import browsing
from browsing import Complaints
from muniment import source
from muniment.mkdocs_plugin import build
from test_accessibility import objections
from test_search import ask

pytestmark = browsing.MARKS

RETIRED = "records/GL/2024/GL2024004/"
DESIGN = "records/XM/2024/XM2024005/"


def settle(page: Page) -> None:
    expect(page.locator(".mu-find__list")).to_have_attribute("aria-busy", "false")


def found(page: Page) -> list[str]:
    """The addresses below the site's root of what is listed, best first, the language left out."""
    settle(page)
    links = page.locator(".mu-find__item h2 a").all()
    return [(link.get_attribute("href") or "").rpartition(browsing.WHERE)[2] for link in links]


def look_for(page: Page, words: str) -> list[str]:
    page.locator("#mu-find-q").fill(words)
    return found(page)


@pytest.fixture
def finder(page: Page, address: str) -> Page:
    page.goto(f"{address}search/")
    settle(page)
    return page


# -- Questions


@pytest.mark.parametrize(
    "words", ["XM2024005", "xm2024005", " xm 2024-005 ", "ＸＭ２０２４００５", "Xm-2024005"]
)
def test_a_whole_number_is_found_first_however_it_is_spelt(finder: Page, words: str) -> None:
    assert look_for(finder, words)[0] == DESIGN
    expect(finder.locator(".mu-find__go a")).to_have_text("打开编号 XM2024005")


def test_the_beginning_of_a_number_finds_the_whole_year(finder: Page, built: Path) -> None:
    wanted = {
        record["url"]
        for record in browsing.records(built)
        if record["number"].startswith("JS2025") and record["state"] not in ("retired", "disposed")
    }
    assert len(wanted) > 2
    assert wanted <= set(look_for(finder, "JS2025"))


def test_two_characters_from_the_middle_of_any_title_find_it(finder: Page, built: Path) -> None:
    words = browsing.title_words(built)
    for word in sorted(words)[::5]:
        assert words[word] in look_for(finder, word), word


@pytest.mark.parametrize("share", [0.33, 0.66, 0.97])
def test_two_characters_from_anywhere_in_a_body_find_it(
    finder: Page, demonstration: Path, share: float
) -> None:
    finder.goto(f"{finder.url}?find={browsing.body_word(demonstration, share)}&class=GL")
    assert browsing.LONGEST in found(finder)


def test_a_name_finds_the_person_first_and_then_their_work(finder: Page, demonstration: Path) -> None:
    path = demonstration / "records/organization/staff/YG0003/YG0003.yaml"
    document = source.load("x.yaml", path.read_bytes()).document
    assert document is not None
    answers = look_for(finder, str(document.data["name"]))
    assert answers[0] == "records/YG/YG0003/"
    assert len(answers) > 1


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("技术服务规范", browsing.LONGEST),
        ("服务 规范", browsing.LONGEST),
        ("验收报告 第二轮", "records/XM/2026/XM2026019/"),
        ("Acceptance report", "records/XM/2026/XM2026019/"),
        ("禾", browsing.PROJECT),
        ("SG-2", "records/JS/2025/JS2025002/"),
        ("cases.csv", "records/XM/2026/XM2026009/"),
    ],
)
def test_several_words_english_single_characters_and_names_of_files_are_found(
    finder: Page, words: str, wanted: str
) -> None:
    assert wanted in look_for(finder, words)


def test_what_is_nowhere_is_said_to_be_nowhere_with_something_to_try(finder: Page) -> None:
    assert look_for(finder, "无此内容甲乙丙丁") == []
    expect(finder.locator(".mu-find__count")).to_contain_text("没有找到符合的记录")
    assert look_for(finder, "XM2099999") == []
    expect(finder.locator(".mu-find__go")).to_contain_text("没有编号为 XM2099999 的记录")


def test_an_excerpt_reads_as_the_text_does_and_marks_the_words(finder: Page, demonstration: Path) -> None:
    body = (demonstration / "records/documents/GL/2024/GL2024001/GL2024001.md").read_text(encoding="utf-8")
    look_for(finder, "技术服务规范及制度")
    excerpt = (
        finder.locator(".mu-find__item", has_text="GL2024001").first.locator(".mu-find__text").inner_text()
    )
    sentence = max(re.findall(r"[\u4e00-\u9fff]{6,}", excerpt), key=len)
    assert sentence in re.sub(r"\s", "", body)
    expect(finder.locator(".mu-find__item h2 mark").first).to_have_text("技术服务规范及制度")


def test_registers_rules_and_lists_are_not_among_the_finds(finder: Page) -> None:
    for words in ("登记簿", "NUM004", "受控文件清单", "XM2024"):
        assert all(url.startswith("records/") for url in look_for(finder, words))


def test_an_english_page_finds_the_same_and_leads_to_english_pages(page: Page, address: str) -> None:
    page.goto(f"{address}en/search/?find=XM2024005")
    assert found(page)[0] == f"en/{DESIGN}"
    expect(page.locator(".mu-find__count")).to_contain_text("records found")
    expect(page.locator(".mu-find__about").first).to_contain_text("Document")
    page.locator(".mu-find__item h2 a").first.click()
    expect(page).to_have_url(f"{address}en/{DESIGN}")


# -- Conditions


def count(page: Page) -> int:
    settle(page)
    match = re.search(r"\d+", page.locator(".mu-find__count").inner_text())
    return int(match[0]) if match else 0


def test_each_facet_narrows_to_as_many_as_it_says(finder: Page, address: str) -> None:
    look_for(finder, "沐源水务")
    everything = count(finder)
    for name in ("type", "class", "year", "state", "department", "level"):
        facet = finder.locator(f"[data-facet={name}]")
        option = facet.locator("label:visible").first
        promised = int(option.locator("output").inner_text())
        option.locator("input").check()
        assert count(finder) == promised <= everything, name
        # What else there is of the same facet can still be added to it.
        assert facet.locator("label:visible").count() >= 1
        option.locator("input").uncheck()
        assert count(finder) == everything


def test_conditions_add_up_without_a_word_and_the_address_remembers(finder: Page, address: str) -> None:
    finder.locator("[data-facet=class] input[value=JS]").check()
    documents = count(finder)
    finder.locator("[data-facet=year] input[value='2025']").check()
    finder.locator("[data-facet=year] input[value='2026']").check()
    assert 0 < count(finder) < documents
    finder.locator("select[name=order]").select_option("number")
    answers = found(finder)
    assert answers == sorted(answers)
    assert all(re.match(r"records/JS/202[56]/", url) for url in answers)
    finder.reload()
    assert found(finder) == answers
    expect(finder.locator("[data-facet=year] input[value='2026']")).to_be_checked()
    finder.get_by_role("button", name="清除条件").click()
    expect(finder.locator(".mu-find__help")).to_be_visible()
    assert finder.url == f"{address}search/?order=number"


def test_retired_records_are_there_for_those_who_ask(finder: Page) -> None:
    assert RETIRED not in look_for(finder, "售后服务响应办法")
    expect(finder.locator(".mu-find__count")).to_contain_text("另有 1 条已废止或已销毁")
    finder.get_by_role("button", name="一并显示").click()
    assert found(finder)[0] == RETIRED
    assert "ended=1" in finder.url
    expect(finder.locator(".mu-find__item").first.locator(".mu-state--retired")).to_be_visible()
    finder.get_by_label("包括已废止、已销毁的记录").uncheck()
    assert RETIRED not in found(finder)


def test_more_are_shown_on_demand_and_the_focus_goes_there(finder: Page) -> None:
    first = look_for(finder, "服务")
    assert len(first) == 20 < count(finder)
    finder.get_by_role("button", name="显示更多").press("Enter")
    expect(finder.locator(".mu-find__item").nth(20).locator("a")).to_be_focused()


def test_the_keyboard_alone_asks_narrows_and_opens(finder: Page, address: str) -> None:
    finder.locator("#mu-find-q").focus()
    finder.keyboard.type("沐源水务")
    finder.keyboard.press("Enter")
    settle(finder)
    finder.locator("[data-facet=class] label:visible input").first.focus()
    finder.keyboard.press("Space")
    settle(finder)
    finder.locator(".mu-find__item a").first.focus()
    finder.keyboard.press("Enter")
    expect(finder).to_have_url(re.compile(f"{re.escape(address)}records/"))


@pytest.mark.parametrize(
    ("prefix", "scheme", "width"), [("", "light", 1440), ("en/", "dark", 390), ("", "dark", 390)]
)
def test_results_are_accessible(
    browser: Browser, address: str, complaints: Complaints, prefix: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints.watch(page, address)
    page.goto(f"{address}{prefix}search/?find=XM2024&ended=1&class=XM")
    assert len(found(page)) > 5
    if width < 960:
        page.locator(".mu-find__narrow summary").click()
    assert [*objections(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_script_the_page_says_what_to_do_in_both_languages(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/")
    expect(page.get_by_text("检索需要浏览器启用脚本")).to_be_visible()
    expect(page.get_by_text("Finding needs scripts")).to_be_visible()
    expect(page.locator(".mu-find__form")).to_be_hidden()
    context.close()


# -- Whole numbers


@pytest.mark.parametrize("words", ["XM2024005", "xm-2024 005", "ｘｍ２０２４００５"])
@pytest.mark.parametrize("place", ["search/", "registers/document/", "en/rules/"])
def test_a_whole_number_and_enter_lead_straight_to_the_record(
    page: Page, address: str, place: str, words: str
) -> None:
    page.goto(f"{address}{place}")
    box = page.locator("#mu-find-q" if place == "search/" else ".md-search__input")
    box.click()
    box.fill(words)
    box.press("Enter")
    expect(page).to_have_url(f"{address}{'en/' if place.startswith('en/') else ''}{DESIGN}")


def test_a_retired_record_and_the_number_of_a_paper_lead_there_too(
    page: Page, address: str, built: Path
) -> None:
    also = json.loads((built / "search/numbers.json").read_text(encoding="utf-8"))["also"]
    paper = next(number for number in also if number.startswith("XM2024"))
    spelt = f"{paper[:2]}-{paper[2:6]}-{paper[6:8]}-{paper[8:]}"
    for words, url in (("GL2024004", RETIRED), (spelt, also[paper])):
        page.goto(address)
        page.locator(".md-search__input").click()
        page.locator(".md-search__input").fill(words)
        page.locator(".md-search__input").press("Enter")
        expect(page).to_have_url(f"{address}{url}")


def test_the_box_at_the_top_leads_on_to_the_search_page(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "验收")
    page.get_by_role("link", name="在检索页按条件查找「验收」").click()
    expect(page.locator("#mu-find-q")).to_have_value("验收")
    assert len(found(page)) > 5
    page.goto(address)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("XM2099999")
    page.locator(".md-search__input").press("Enter")
    expect(page.locator(".mu-find__go")).to_contain_text("没有编号为 XM2099999 的记录")


# -- Addresses that do not exist


@pytest.fixture
def lost(browser: Browser) -> Iterator[Page]:
    """A page whose first answer is 404, as it has to be."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(browsing.WAIT)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("path", "target", "offer"),
    [
        ("XM2024005", DESIGN, "打开编号 XM2024005"),
        ("a/b/c/d/xm-2024-005.html", DESIGN, "打开编号 XM2024005"),
        ("records/GL2024004/old/", RETIRED, "打开编号 GL2024004"),
        ("en/records/XM2024005", f"en/{DESIGN}", "Open number XM2024005"),
    ],
)
def test_an_address_with_a_number_in_it_offers_the_record(
    lost: Page, address: str, path: str, target: str, offer: str
) -> None:
    lost.goto(f"{address}{path}")
    lost.get_by_role("link", name=offer).click()
    expect(lost).to_have_url(f"{address}{target}")


@pytest.mark.parametrize(
    ("path", "title"), [("projects/验收报告", "这里没有页面"), ("en/old/place/acceptance", "Nothing here")]
)
def test_an_address_that_is_not_there_is_searched_for(
    lost: Page, address: str, path: str, title: str
) -> None:
    lost.goto(f"{address}{path}")
    expect(lost.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
    section = lost.locator(f"section[data-mu-lang={'en' if path.startswith('en/') else 'zh'}]")
    expect(section.locator("[data-mu-found] a")).to_have_count(5)
    section.get_by_role("button").click()
    expect(lost).to_have_url(re.compile(f"{'en/' if path.startswith('en/') else ''}search/\\?find="))
    assert found(lost)


# -- Without Pagefind


@pytest.fixture(scope="module")
def poor(built: Path, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site where Pagefind was switched off."""
    registry = tmp_path_factory.mktemp("registry") / "registry"
    shutil.copytree(demonstration, registry)
    config = registry / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("today:", "search: titles\n      today:", 1)
    config.write_text(text, encoding="utf-8")
    site = tmp_path_factory.mktemp("poor") / browsing.WHERE
    shutil.copytree(built, site)  # so that little is written
    build(registry, site, draft=True)
    assert not (site / "search/pagefind").exists()
    with browsing.serving(site.parents[1]) as url:
        yield url


def test_without_the_index_numbers_titles_and_conditions_still_work(
    browser: Browser, poor: str, complaints: Complaints
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    complaints.watch(page, poor)
    page.goto(f"{poor}search/")
    expect(page.get_by_text("本站未建立全文索引")).to_be_visible()
    assert browsing.LONGEST in look_for(page, "技术服务规范")
    page.locator("[data-facet=class] input[value=GL]").check()
    assert all(url.startswith("records/GL/") for url in found(page))
    page.locator("#mu-find-q").fill("gl2024004")
    page.locator("#mu-find-q").press("Enter")
    expect(page).to_have_url(f"{poor}{RETIRED}")
    context.close()
