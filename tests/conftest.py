"""The demonstration company with its whole history, its site built once, and a browser in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

import browsing
from muniment import starting
from muniment.demo import replay
from muniment.mkdocs_plugin import build

# The same cases on every run and no clock: a busy machine must not fail a test that passed yesterday.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's repository as `muniment init --demo` leaves it, told for a fixed day and address."""
    root = tmp_path_factory.mktemp("demonstration") / "registry"
    replay.replay(root, starting.demonstration())
    config = root / "mkdocs.yml"
    # The page for addresses that do not exist is shown at any depth, so its links need to know the site's own path.
    text = config.read_text(encoding="utf-8").replace(
        "  - muniment", f"  - muniment:\n      today: {browsing.DAY}", 1
    )
    config.write_text(f"site_url: http://127.0.0.1/{browsing.WHERE}\n{text}", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def built(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site. Whether the demonstration is sound is asked elsewhere."""
    site = tmp_path_factory.mktemp("served") / browsing.WHERE
    build(demonstration, site, draft=True)
    return site


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where the site answers, under a sub-path, as on a forge's pages."""
    with browsing.serving(built.parents[1]) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browsing.CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[browsing.Complaints]:
    """Empty when the test is over, or the test fails."""
    found = browsing.Complaints()
    yield found
    assert found == []


@pytest.fixture
def page(browser: Browser, address: str, complaints: browsing.Complaints) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(browsing.WAIT)
    complaints.watch(page, address)
    yield page
    context.close()
