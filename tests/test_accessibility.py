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


def test_no_kind_of_page_is_left_out(built: Path) -> None:
    every = browsing.every(built)
    assert set(every.values()) - {every[url] for url in browsing.kinds(built)} == set()


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
    expect(page.get_by_role("searchbox", name="编号、名称、人名或任意词")).to_have_value("XM2099999")
    assert [*objections(page)] == []
    assert beyond(page) == 0
    context.close()


# -- Keyboard -------------------------------------------------------------------------------------------------

# The element with the focus (or its label, where it has no size): a name for it, whether a line round it shows, and whether
# it can be seen where it is, or something lies over it.
FOCUS = """() => {
  const focused = document.activeElement;
  const shown = focused.getClientRects().length && focused.offsetHeight ? focused : focused.nextElementSibling ?? focused;
  const style = getComputedStyle(shown);
  const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const [across, down] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
  const hit = document.elementFromPoint(across, down);
  return {
    name: `${focused.tagName.toLowerCase()}${focused.id ? "#" + focused.id : ""}.${[...focused.classList].join(".")}`,
    text: (focused.getAttribute("aria-label") ?? focused.innerText).trim().slice(0, 30),
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    isSeen: box.bottom > 0 && box.top < innerHeight && (shown.contains(hit) || (hit?.contains(shown) ?? false)),
  };
}"""


def walk(page: Page, steps: int, key: str = "Tab") -> list[dict[str, Any]]:
    """What has the focus after each press of the key."""
    found = []
    for _ in range(steps):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if not stop["isSeen"]:  # on a phone the search box comes sliding in
            page.wait_for_timeout(500)
            stop = page.evaluate(FOCUS)
        found.append(stop)
    return found


# What can be seen and asks to be pressed or scrolled, but is no stop of the keyboard and lies in none. What clears and shares a
# search, which the theme keeps out of the row, does no more than Escape and the address.
UNREACHED = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect(), style = getComputedStyle(each);
  if (!box.width || !box.height || style.visibility !== "visible" || each.closest("[inert], [hidden], .md-overlay, .md-search")) return false;
  const scrolls = /auto|scroll/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
  const presses = each.matches("a, button, summary, input, select, [onclick], [role=button]") ||
    (style.cursor === "pointer" && getComputedStyle(each.parentElement).cursor !== "pointer");
  if (each.tabIndex > 0) return true;
  const stop = each.closest("a[href], button, input, select, textarea, summary, label, [tabindex='0']");
  const twice = each.href && [...document.links].some((other) => other.tabIndex === 0 && other.href === each.href);
  return (scrolls || presses) && !twice && !(stop && (stop.matches("label") || stop.tabIndex === 0)) && !each.querySelector("a[href], button");
}).map((each) => `${each.tagName.toLowerCase()}.${each.className} ${each.innerText?.slice(0, 20)}`)"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_can_be_pressed_or_scrolled_is_a_stop_of_the_keyboard_on_every_kind_of_page(
    browser: Browser, address: str, built: Path, size: Any
) -> None:
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()
    unreached = {}
    for url in browsing.kinds(built):
        page.goto(f"{address}{url}")
        expect(page.locator("[data-mu-revision]")).not_to_contain_text("revision.json")
        found = page.evaluate(UNREACHED)
        if found:
            unreached[url] = found[:5]
    context.close()
    assert unreached == {}


# Remembers the stops of the keyboard (the theme's button to the top comes and goes) and those that get the focus from now on; of a group of radio buttons one is a stop.
STOPS = """() => {
  window.stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((each) =>
    !each.matches(".md-top") && each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }) &&
    !(each.type === "radio" && document.querySelector(`input[name="${each.name}"]:checked`) !== each));
  window.passed = new Set();
  document.addEventListener("focusin", ({ target }) => window.passed.add(target));
  return window.stops.length;
}"""
MISSED = "() => window.stops.filter((each) => !window.passed.has(each)).map((each) => each.outerHTML.slice(0, 120))"


@pytest.mark.parametrize("url", ["", browsing.LONGEST, browsing.PROJECT, "search/", "reports/validity/"])
def test_the_tab_key_comes_by_all_of_them_and_is_caught_by_none(page: Page, address: str, url: str) -> None:
    page.goto(f"{address}{url}")
    expect(page.locator("[data-mu-revision]")).not_to_contain_text("revision.json")
    stops = page.evaluate(STOPS)
    assert stops > 30
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
    assert page.evaluate(MISSED) == []


def test_the_keyboard_reaches_everything_in_the_order_of_reading(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    page.locator(".mu-tools").wait_for()
    stops = walk(page, 60)
    names = [f"{stop['name']} {stop['text']}" for stop in stops]
    wanted = (
        "a.md-skip",
        "input#__palette",
        "a.mu-switch",
        "input.md-search__input",
        "a.md-tabs__link",
        "a.mu-button",
        "input.focus",
        "select.",
        "summary.",
        "button.mu-button.mu-tools__save",
        "div.mu-scroll",
        "button.focus",
        "a.focus",
    )
    places = [next((at for at, name in enumerate(names) if name.startswith(start)), -1) for start in wanted]
    assert -1 not in places, names
    assert places == sorted(places)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_focus_is_always_seen(browser: Browser, address: str, scheme: Any, size: Any) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}en/registers/document/")
    page.locator(".mu-tools").wait_for()
    stops = walk(page, 45) + walk(page, 8, "Shift+Tab")
    # The list of results below the search box is a stop of Material's, without height while nothing is asked.
    stops = [stop for stop in stops if "md-search__scrollwrap" not in stop["name"]]
    assert [stop for stop in stops if not (stop["isOutlined"] and stop["isSeen"])] == []
    context.close()


def test_the_keyboard_changes_colours_sorts_and_filters(page: Page, address: str) -> None:
    page.goto(f"{address}registers/document/")
    page.locator("input.md-option").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.keyboard.press("ArrowRight")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    head = page.locator("table.mu-register thead th").first
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.locator(".mu-tools summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("table.mu-register thead th").nth(1)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".mu-tools summary")).to_be_focused()


def test_a_table_that_scrolls_does_so_with_the_arrows(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}registers/document/")
    scroll = page.locator(".mu-scroll").first
    scroll.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.mu-scroll').scrollLeft > 0")
    context.close()
