"""The pictures of the README show the site as it is: taken anew, compared, and written by MUNIMENT_GOLDEN=1."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

import browsing

pytestmark = [
    *browsing.MARKS,
    pytest.mark.skipif(sys.platform != "linux", reason="other systems draw other letters"),
]

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
WRITE = "MUNIMENT_GOLDEN"
# Pictures are compared as people see them from afar: squares of so many pixels, and how much a shade may differ. Names of
# commits and the edges of letters stay below that; a line more or less does not.
_SQUARE, _SHADE, _SHARE = 8, 20, 0.02


@dataclass(frozen=True)
class Shot:
    name: str
    path: str
    width: int = 1280
    height: int = 860
    scheme: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("home", ""),
    Shot("project", browsing.PROJECT),
    Shot("register-dark", "en/registers/document/", scheme="dark"),
    Shot("dashboard", "en/dashboards/service/"),
    Shot("record-phone", browsing.LONGEST, 390, 780),
    Shot("archive-phone-dark", "dashboards/archive/", 390, 780, "dark"),
)


def take(browser: Browser, address: str, shot: Shot, *, styled: bool = True) -> Image.Image:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        java_script_enabled=styled,
    )
    page: Page = context.new_page()
    if not styled:
        page.route("**/*.css", lambda route: route.abort())
    page.goto(address + shot.path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    content = page.screenshot(animations="disabled")
    context.close()
    return Image.open(io.BytesIO(content)).convert("RGB")


def difference(old: Image.Image, new: Image.Image) -> float:
    """The share of squares that look different, from 0 to 1."""
    if old.size != new.size:
        return 1.0
    small = [image.convert("L").reduce(_SQUARE) for image in (old, new)]
    seen = ImageChops.difference(*small).histogram()
    return sum(seen[_SHADE:]) / sum(seen)


def kept(shot: Shot) -> Image.Image:
    return Image.open(ASSETS / f"{shot.name}.png").convert("RGB")


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_the_picture_shows_the_page_as_it_is(shot: Shot, browser: Browser, address: str) -> None:
    now = take(browser, address, shot)
    if WRITE in os.environ:
        # A palette halves the file, and nobody sees it.
        now.quantize(256, dither=Image.Dither.NONE).save(ASSETS / f"{shot.name}.png", optimize=True)
    share = difference(kept(shot), now)
    assert share <= _SHARE, (
        f"{share:.1%} of {shot.name} looks different; look at the page, then {WRITE}=1 pytest {Path(__file__).name}"
    )


@pytest.mark.parametrize("shot", SHOTS[:1], ids=lambda shot: shot.name)
def test_a_page_that_lost_its_style_is_noticed(shot: Shot, browser: Browser, address: str) -> None:
    assert difference(kept(shot), take(browser, address, shot, styled=False)) > _SHARE


def test_every_picture_is_one_of_these_and_the_readme_shows_it() -> None:
    assert {path.stem for path in ASSETS.glob("*.png")} == {shot.name for shot in SHOTS}
    for name in ("README.md", "README.zh.md"):
        text = (ASSETS.parent.parent / name).read_text(encoding="utf-8")
        assert [shot.name for shot in SHOTS if f"docs/assets/{shot.name}.png" not in text] == [], name
