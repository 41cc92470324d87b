"""What people type into the box at the top, asked in a real browser of the whole demonstration.

The site has to be served for that (any static server will do, also below a path): a browser lets no page opened from a file
read another file, so that there the box stays empty, while every page and link still works.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import browsing
from muniment import source

pytestmark = browsing.MARKS

NONE = re.compile("没有找到|No matching")
UNASKED = re.compile("正在初始化|键入|Initializing|Type to start")


def ask(page: Page, words: str) -> list[str]:
    """The addresses below the site's that the box answers with, best first."""
    box = page.locator(".md-search__input")
    meta = page.locator(".md-search-result__meta")
    box.click()
    for text in ("", words):
        box.fill(text)
        box.press("End")  # the box listens to keys, which a filled-in text does not press
        (expect(meta).not_to_have_text if text else expect(meta).to_have_text)(UNASKED)
    links = page.locator(".md-search-result__list > li > a")
    # The list comes a frame of the screen after the number of results.
    expect(links.first.or_(meta.filter(has_text=NONE))).to_be_visible()
    hrefs = [link.get_attribute("href") or "" for link in links.all()]
    return [re.sub(r"[?#].*", "", href).rpartition(browsing.WHERE)[2] for href in hrefs]


@pytest.fixture
def home(page: Page, address: str) -> Page:
    page.goto(address)
    return page


@pytest.mark.parametrize("words", ["XM2024005", "xm2024005", " XM2024005 ", "ＸＭ２０２４００５"])
def test_a_whole_number_leads_to_its_record_first(home: Page, words: str) -> None:
    assert ask(home, words)[0] == "records/XM/2024/XM2024005/"


def test_a_prefix_finds_the_whole_year_of_a_series(home: Page, built: Path) -> None:
    wanted = {
        record["url"]
        for record in browsing.records(built)
        if record["number"].startswith("XM2024") and record["state"] not in ("retired", "disposed")
    }
    assert len(wanted) > 5
    found = ask(home, "XM2024")
    assert set(found[: len(wanted)]) == wanted


def test_two_characters_from_the_middle_of_any_title_find_it(home: Page, built: Path) -> None:
    words = browsing.title_words(built)
    for word in sorted(words)[::4]:
        assert words[word] in ask(home, word), word


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_two_characters_from_the_middle_and_the_end_of_a_body_find_it(
    home: Page, demonstration: Path, share: float
) -> None:
    assert browsing.LONGEST in ask(home, browsing.body_word(demonstration, share))


def test_a_name_finds_the_person(home: Page, demonstration: Path) -> None:
    path = demonstration / "records/organization/staff/YG0003/YG0003.yaml"
    document = source.load("x.yaml", path.read_bytes()).document
    assert document is not None
    assert ask(home, str(document.data["name"]))[0] == "records/YG/YG0003/"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("技术服务规范", browsing.LONGEST),
        ("服务 规范", browsing.LONGEST),
        ("NUM004", "rules/NUM004/"),
        ("每天开工", "handbook/clerk/"),
    ],
)
def test_several_words_codes_and_the_handbook_are_found(home: Page, words: str, wanted: str) -> None:
    assert wanted in ask(home, words)


@pytest.mark.parametrize("words", ["handbook", "acceptance", "GL2024001", "retired"])
def test_an_english_page_answers_with_english_pages(page: Page, address: str, words: str) -> None:
    page.goto(f"{address}en/")
    found = ask(page, words)
    assert found
    assert all(url.startswith("en/") for url in found)


@pytest.mark.parametrize(("prefix", "lang"), [("", "zh-CN"), ("en/", "en")])
def test_a_result_opens_its_page_in_the_same_language(
    page: Page, address: str, prefix: str, lang: str
) -> None:
    page.goto(f"{address}{prefix}registers/document/")
    assert ask(page, "XM2024005")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(re.compile("/records/"))
    assert page.url.startswith(f"{address}{prefix}records/XM/2024/XM2024005/")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1 + .mu-meta .mu-number")).to_have_text("XM2024005")


def test_retired_documents_are_not_found_but_listed(home: Page, address: str, built: Path) -> None:
    retired = [record for record in browsing.records(built) if record["state"] == "retired"]
    assert retired
    for record in retired:
        for words in (record["number"], record["title"]):
            assert record["url"] not in ask(home, words)
    home.goto(f"{address}reports/retired/")
    for record in retired:
        home.get_by_role("link", name=record["number"], exact=True).click()
        expect(home.locator('[role=alert][data-state="retired"]')).to_be_visible()
        home.go_back()


def test_a_void_number_is_found_and_says_so(home: Page, address: str) -> None:
    assert ask(home, "XM2025003")[0] == "records/XM/2025/XM2025003/"


def test_what_is_nowhere_is_said_to_be_nowhere(home: Page) -> None:
    assert ask(home, "无此内容甲乙丙丁") == []
    expect(home.locator(".md-search-result__meta")).to_contain_text("没有找到")
