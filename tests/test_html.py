"""The finished site as files: sound markup, links that lead somewhere, the same bytes whoever builds it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

import browsing
from muniment.mkdocs_plugin import build

HERE = f"http://127.0.0.1/{browsing.WHERE}"
HAN = re.compile(r"[\u3400-\u9fff]")
GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')
LOADING = {"script", "img", "iframe", "audio", "video", "source", "embed", "object"}
LOADING_RELS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "modulepreload",
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

pytestmark = pytest.mark.slow


@dataclass
class Read(HTMLParser):
    """What one pass over a page gathers."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    lang: str = ""
    title: str = ""
    said: list[str] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag == "a":
            self.links += [given["href"]] if "href" in given else []
        elif tag == "link" and LOADING_RELS.intersection(given.get("rel", "").split()):
            self.loads.append(given["href"])
        elif tag in LOADING:
            self.loads += [given[name] for name in ("src", "data") if name in given]
        elif tag in HEADINGS:
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self._open.append((tag, given.get("lang") or (self._open[-1][1] if self._open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, lang = self._open[-1] if self._open else ("", "")
        if tag == "title" and not self.title:
            self.title = data
        elif lang == "en" and tag not in ("script", "style", "code", "title") and HAN.search(data):
            self.said.append(data.strip())


@pytest.fixture(scope="module")
def pages(built: Path) -> Mapping[str, Read]:
    """Every page of the site by its address."""
    found = {}
    for path in sorted(built.rglob("*.html")):
        read = Read()
        read.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(built).as_posix().removesuffix("index.html")] = read
    return found


def tree(top: Path) -> dict[str, str]:
    """The digest of every file; which engine made it is the one thing that pages may say differently."""
    return {
        path.relative_to(top).as_posix(): sha256(GENERATOR.sub(b"", path.read_bytes())).hexdigest()
        for path in top.rglob("*")
        if path.is_file()
    }


# -- Markup ---------------------------------------------------------------------------------------------------


def test_every_kind_of_page_is_html_without_a_parse_error(built: Path) -> None:
    faults = []
    for url in [*browsing.kinds(built), "404.html"]:
        for prefix in ("",) if url == "404.html" else ("", "en/"):
            path = built / f"{prefix}{url}"
            parser = html5lib.HTMLParser()
            parser.parse((path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8"))
            faults += [f"/{prefix}{url}:{line}: {code} {given}" for (line, _), code, given in parser.errors]
    assert faults == []


def test_no_id_is_given_twice(pages: Mapping[str, Read]) -> None:
    twice = {url: [name for name, n in Counter(read.ids).items() if n > 1] for url, read in pages.items()}
    assert {url: names for url, names in twice.items() if names} == {}


def test_titles_are_unique_in_each_language(pages: Mapping[str, Read]) -> None:
    counted = Counter((read.lang, read.title) for read in pages.values())
    assert [title for title, n in counted.items() if n > 1 or not title[1]] == []


def test_headings_begin_with_one_and_never_skip_a_level(pages: Mapping[str, Read]) -> None:
    wrong = {
        url: read.levels
        for url, read in pages.items()
        if read.levels[:1] != [1]
        or read.levels.count(1) != 1
        or any(below - above > 1 for above, below in zip(read.levels, read.levels[1:], strict=False))
    }
    assert wrong == {}


def test_each_page_says_in_which_language_it_is(pages: Mapping[str, Read]) -> None:
    assert {url.startswith("en/"): read.lang for url, read in pages.items()} == {False: "zh-CN", True: "en"}
    assert {read.lang for url, read in pages.items() if url.startswith("en/")} == {"en"}
    assert {read.lang for url, read in pages.items() if not url.startswith("en/")} == {"zh-CN"}


def test_chinese_on_an_english_page_is_marked_as_such(pages: Mapping[str, Read]) -> None:
    """A screen reader changes its voice, and a browser takes Chinese rather than Japanese letter forms."""
    said = {url: read.said[:3] for url, read in pages.items() if url.startswith("en/") and read.said}
    assert said == {}


# -- Links ----------------------------------------------------------------------------------------------------


def target(url: str, href: str) -> tuple[str, str]:
    """The file of the site that a link of a page leads to, and the anchor in it."""
    parts = urlsplit(urljoin(f"{HERE}{url}", href))
    path = unquote(parts.path).removeprefix(f"/{browsing.WHERE}")
    return path.removesuffix("index.html"), unquote(parts.fragment)


def is_foreign(href: str) -> bool:
    parts = urlsplit(href)
    return bool(parts.scheme or parts.netloc) and not href.startswith(HERE)


def test_every_link_and_every_anchor_of_every_page_resolves(built: Path, pages: Mapping[str, Read]) -> None:
    files = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    known = {url: set(read.ids) for url, read in pages.items()}
    broken = set()
    for url, read in pages.items():
        for href in {*read.links, *read.loads}:
            if is_foreign(href):
                continue
            path, anchor = target(url, href)
            page = known.get(path)
            is_there = path in files if page is None else not anchor or anchor in page
            if not is_there:
                broken.add((url, href))
    assert sorted(broken)[:20] == []


def test_nothing_is_loaded_from_another_host_and_links_leave_only_for_mail(pages: Mapping[str, Read]) -> None:
    """The demonstration has no forge, so only the handbook names places outside, for people to go there."""
    assert {href for read in pages.values() for href in read.loads if is_foreign(href)} == set()
    leaving = {
        href
        for url, read in pages.items()
        if "handbook/" not in url
        for href in read.links
        if is_foreign(href)
    }
    script = "javascript:void(0)"  # Material's button that copies the address of a search
    assert {href for href in leaving if not href.startswith(("mailto:", "tel:"))} <= {script}


def test_styles_and_scripts_fetch_no_fonts_and_nothing_else(built: Path) -> None:
    assert not [path for path in built.rglob("*") if path.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    for path in [*built.glob("assets/muniment/*.css"), *built.glob("assets/stylesheets/*.css")]:
        assert not re.findall(r"url\((?!['\"]?data:)[^)]*\)|@import", path.read_text(encoding="utf-8")), path


# -- Bytes ----------------------------------------------------------------------------------------------------


def engine(name: str, root: Path, out: Path) -> None:
    command = [str(Path(sys.executable).with_name(name)), "build", "-q", "-f", "mkdocs.yml", "-d", str(out)]
    told = dict(os.environ, NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true")
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=told, timeout=300)


@pytest.fixture(scope="module")
def drafting(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration elsewhere on the disk, with `draft` in its own file, since engines take no such option."""
    root = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(demonstration, root, symlinks=True)
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("      today:", "      draft: true\n      today:"), encoding="utf-8")
    return root


@pytest.mark.parametrize("name", ["muniment", "mkdocs", "properdocs"])
def test_whoever_builds_the_same_commit_writes_the_same_bytes(
    built: Path, drafting: Path, tmp_path: Path, name: str
) -> None:
    site = tmp_path / "site"
    if name == "muniment":
        build(drafting, site)
    else:
        engine(name, drafting, site)
    ours, theirs = tree(built), tree(site)
    assert {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)} == set()


def test_zensical_carries_the_finished_pages_as_they_are(built: Path, tmp_path: Path) -> None:
    """It runs no plug-ins of others: a site of its own takes the registry in as files, as the handbook says."""
    pages = tmp_path / "docs" / "registry"
    shutil.copytree(built, pages)
    (tmp_path / "docs" / "index.md").write_text("# 主页\n\n[登记库](registry/index.html)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: 公司网站\ntheme:\n  name: material\n", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    assert "公司网站" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert tree(tmp_path / "site" / "registry") == tree(built)
