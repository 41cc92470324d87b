"""How heavy the demonstration's pages are and how much they move while they load, on a desk and on a slow phone."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser

import browsing

pytestmark = browsing.MARKS

TOP = Path(__file__).parent.parent
VISITS = [
    ("home", "phone"),
    ("register", "desk"),
    ("register", "phone"),
    ("record", "phone"),
    ("search", "desk"),
    ("search", "phone"),
]


@pytest.fixture(scope="module")
def figures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures", TOP / "scripts" / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def served(figures: ModuleType, built: Path) -> Iterator[Any]:
    with figures.serving(built) as served:
        yield served


@pytest.mark.parametrize(("name", "device"), VISITS)
def test_a_page_is_within_its_budget(
    browser: Browser,
    figures: ModuleType,
    served: Any,
    built: Path,
    name: str,
    device: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = figures.places(built)[name]
    bearing = {each.name: each for each in figures.DEVICES}[device]
    found = figures.measure(browser, served, url, bearing)
    with capsys.disabled():
        print(f"\n{figures.row(name, [found])}")
    assert figures.over(name, found) == []
    assert found.sizes["page"] > 1000
    assert 0 < found.first <= found.largest
    assert not [path for path, _size in served.sent if path.endswith((".woff", ".woff2", ".ttf", ".otf"))]


def test_what_moves_and_what_is_heavy_is_found(browser: Browser, figures: ModuleType, tmp_path: Path) -> None:
    """The measure itself: a page that pushes its text down by half a window, with half a megabyte that cannot be packed."""
    noise = "".join(chr(33 + place * 7919 % 89) for place in range(600_000))
    (tmp_path / "index.html").write_text(
        "<!doctype html><p style='height: 300px'>Text</p><script src=late.js></script>", encoding="utf-8"
    )
    (tmp_path / "late.js").write_text(
        "setTimeout(() => document.body.prepend(Object.assign(document.createElement('div'), "
        "{style: 'height: 400px'})), 300); //" + noise,
        encoding="utf-8",
    )
    with figures.serving(tmp_path) as served:
        found = figures.measure(browser, served, "", figures.DESK)
    assert found.shift > figures.MOST_SHIFT
    assert found.sizes["scripts"] == served.sent[1][1]
    assert [fault.partition(":")[0] for fault in figures.over("home", found)][-1] == "home on a desk"
