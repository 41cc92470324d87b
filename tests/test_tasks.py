"""Ten things that a newcomer wants to know, each in at most two clicks, or one search and one click, from the home page.

The handbook shows the same ways to people: docs/zh/tasks.md, docs/en/tasks.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import browsing

pytestmark = browsing.MARKS

MOST = 2  # clicks; a search with the choice of what it found is one


class Newcomer:
    """Somebody before the home page, who does not know the addresses of pages and counts the steps."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.steps: list[str] = []
        page.goto(home)

    def click(self, what: str, within: str = "body") -> None:
        """A link by its words, the first of them that can be seen."""
        self.steps.append(what)
        self.page.locator(within).get_by_role("link", name=what, exact=True).first.click()

    def search(self, words: str) -> None:
        """In the box at the top of every page, then the best of what it finds."""
        self.steps.append(f"search {words}")
        box = self.page.locator(".md-search__input")
        box.click()
        box.fill(words)
        box.press("End")
        found = self.page.locator(".md-search-result__list > li > a").first
        expect(found).to_contain_text(words)
        found.click()

    def reads(self, *words: str, within: str = "article") -> None:
        """All of this is to be seen, in this part of the page."""
        part: Locator = self.page.locator(within).first
        for each in words:
            expect(part).to_contain_text(each)
        expect(part).to_be_visible()


@pytest.fixture
def newcomer(page: Page, address: str) -> Newcomer:
    return Newcomer(page, address)


@pytest.fixture
def visitor(page: Page, address: str) -> Newcomer:
    return Newcomer(page, f"{address}en/")


def finds_the_manual_in_force(who: Newcomer) -> None:
    """The one that replaced an older manual, and not that older one."""
    who.search("边缘网关安装调试手册")
    who.reads("JS2025002", "已发布")


def sees_who_approved_it(who: Newcomer) -> None:
    who.search("JS2025002")
    stages = who.page.locator("#chain ~ ol.mu-chain").first.locator(".mu-chain__step--done")
    assert stages.count() >= 3
    for place in range(stages.count()):
        expect(stages.nth(place).locator("time").first).to_be_visible()
        expect(stages.nth(place).get_by_text("已签名")).to_be_visible()


def sees_what_changed_in_revision_two(who: Newcomer) -> None:
    who.search("技术服务规范及制度")
    who.click("与第 1 版相比的变化")
    expect(who.page.locator("ins").first).to_be_visible()
    expect(who.page.locator("del").first).to_be_visible()


def sees_what_has_to_come_back_this_month(who: Newcomer) -> None:
    who.click("档案看板")
    who.reads("应还", "JY20260001", "逾期")


def asks_what_was_in_force_on_a_day(who: Newcomer) -> None:
    who.click("报表")
    who.click("某日有效文件")
    who.page.get_by_label(re.compile("日期")).first.fill("2025-03-03")
    rows = who.page.locator("table.mu-register tbody tr:visible")
    expect(rows.filter(has_text="JS2024002")).to_have_count(1)
    expect(rows.filter(has_text="JS2025002")).to_have_count(0)


def prints_the_form_of_acceptance(who: Newcomer) -> None:
    who.click("项目验收报告")
    who.click("空白表单")
    expect(who.page.locator("[data-mu-print]")).to_be_visible()
    who.reads("项目验收报告", "客户确认")


def sees_what_waits_for_whom(who: Newcomer) -> None:
    who.reads("JS2024004", "沈砚秋", "领导批准", within="section:has(#waiting)")


def learns_what_replaced_a_retired_document(who: Newcomer) -> None:
    who.click("GL2024004")
    who.reads("已废止", "GL2026001", within="[role=alert]")


def sees_whose_certificate_runs_out(who: Newcomer) -> None:
    who.click("人员看板")
    who.reads("需换证", "秦若彤", "信息技术服务管理师")


def sees_how_a_project_stands(who: Newcomer) -> None:
    who.search("FW20250007")
    who.reads("阶段与表单", "验收", "售后服务")


TASKS = (
    finds_the_manual_in_force,
    sees_who_approved_it,
    sees_what_changed_in_revision_two,
    sees_what_has_to_come_back_this_month,
    asks_what_was_in_force_on_a_day,
    prints_the_form_of_acceptance,
    sees_what_waits_for_whom,
    learns_what_replaced_a_retired_document,
    sees_whose_certificate_runs_out,
    sees_how_a_project_stands,
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_a_newcomer(task: Callable[[Newcomer], None], newcomer: Newcomer) -> None:
    task(newcomer)
    assert len(newcomer.steps) <= MOST, newcomer.steps


def test_a_visitor_who_reads_english_finds_who_approved_a_document(visitor: Newcomer) -> None:
    visitor.search("JS2025002")
    visitor.reads("Approvals", "signed", "published")
    assert len(visitor.steps) <= MOST


def test_a_visitor_who_reads_english_finds_the_blank_form_of_acceptance(visitor: Newcomer) -> None:
    visitor.click("Acceptance report")
    visitor.click("Blank form")
    visitor.reads("Acceptance report")
    assert len(visitor.steps) <= MOST


def test_a_visitor_who_reads_english_sees_what_is_overdue(visitor: Newcomer) -> None:
    visitor.click("Archive")
    visitor.reads("Overdue loans", "JY20260001")
    assert len(visitor.steps) <= MOST


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_handbook_tells_of_every_task(lang: str) -> None:
    text = (Path(__file__).parent.parent / "docs" / lang / "tasks.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d+\. ", text, re.MULTILINE)) == len(TASKS) == 10
