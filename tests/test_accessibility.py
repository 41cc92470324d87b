"""Every kind of page for every reader: both languages, both schemes, phone and desk, by eye, by keyboard, by ear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import browsing
from browsing import Complaints

pytestmark = browsing.MARKS

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
NOTHING = "nothing/at/all/XM2099999"
# Each kind of page is seen in two views that have nothing in common; neighbours take turns, so that all four occur everywhere.
VIEWS = (
    ("", "light", DESK),
    ("en/", "dark", PHONE),
    ("", "dark", PHONE),
    ("en/", "light", DESK),
)


def objections(page: Page) -> Iterator[str]:
    """What axe has against the page: the rule and the first places."""
    options = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
    response = Axe().run(page, options=options).response
    assert len(response["passes"]) > 10, "axe did not look at the page"
    for found in response["violations"]:
        places = [
            f"{' '.join(node['target'])}: {node['any'][0]['message'] if node['any'] else ''}"
            for node in found["nodes"]
        ]
        yield f"{found['id']} ×{len(places)}: {'; '.join(places[:3])}"


def beyond(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


@pytest.mark.parametrize("view", range(len(VIEWS)))
def test_every_kind_of_page_is_accessible_and_opens_without_a_complaint(
    browser: Browser, address: str, built: Path, complaints: Complaints, view: int
) -> None:
    prefix, scheme, size = VIEWS[view]
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # literals
    page = context.new_page()
    complaints.watch(page, address)
    faults: list[str] = []
    for url in browsing.kinds(built)[view // 2 :: 2]:
        page.goto(f"{address}{prefix}{url}")
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("[data-mu-revision]")).not_to_contain_text("revision.json")
        faults += [f"/{prefix}{url} {fault}" for fault in objections(page)]
        if beyond(page):
            faults.append(f"/{prefix}{url} is {beyond(page)} pixels too wide")
    assert page.evaluate("document.body.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    )
    context.close()
    assert faults == []


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)])
def test_a_page_that_is_not_there_is_accessible(
    browser: Browser, address: str, scheme: Any, size: Any
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}{NOTHING}")
    expect(page.locator("a[data-mu-find]")).to_contain_text("XM2099999")
    assert [*objections(page)] == []
    assert beyond(page) == 0
    context.close()
