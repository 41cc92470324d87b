"""The site as MkDocs, ProperDocs and `muniment build` make it, from the smallest sound registry."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from muniment import concordance
from muniment.mkdocs_plugin import SiteFailure, build

BASE = Path(__file__).parent / "samples" / "base"
DAY = "2026-11-23"
MKDOCS = f"""\
site_name: 登记簿
site_url: https://registry.example/sub/
repo_url: https://forge.example/company/registry
edit_uri: edit/main/
theme:
  name: muniment
plugins:
  - material/search
  - muniment:
      english_name: Registry
      today: {DAY}
"""
OWN_PAGE = "# 本公司须知\n\n见[项目登记簿](/registers/project/)和[文控](clerk.md)。\n"


def git(root: Path, *command: str) -> None:
    names = {
        f"GIT_{who}_{what}": "x@company.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": "2026-11-20T09:00:00+0800", "GIT_COMMITTER_DATE": "2026-11-20T09:00:00+0800"}
    subprocess.run(
        ["git", "-C", str(root), *command], check=True, capture_output=True, env=os.environ | names | dates
    )


def make_registry(root: Path) -> Path:
    shutil.copytree(BASE, root)
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (root / "docs" / "zh").mkdir(parents=True)
    (root / "docs" / "zh" / "company.md").write_text(OWN_PAGE, encoding="utf-8")
    (root / "docs" / "notes.md").write_text("# For those who read the repository\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Begin")
    return root


def run(engine: str, root: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The engine's own command. The opinion that Material prints must not appear, although nothing switches it off."""
    command = [
        str(Path(sys.executable).with_name(engine)),
        "build",
        "-f",
        "mkdocs.yml",
        "-d",
        str(out),
        *options,
    ]
    clean = {
        name: value for name, value in os.environ.items() if "WARNING" not in name and "EPOCH" not in name
    }
    return subprocess.run(command, cwd=root, capture_output=True, text=True, env=clean, timeout=300)


def tree(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_registry(tmp_path_factory.mktemp("mkdocs") / "registry")


@pytest.fixture(scope="module")
def said(registry: Path) -> str:
    done = run("mkdocs", registry, registry.parent / "site", "--strict")
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def site(registry: Path, said: str) -> dict[str, bytes]:
    return tree(registry.parent / "site")


class Links(HTMLParser):
    """What a page loads and where it leads, and the anchors that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: set[str] = set()
        self.leads: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.anchors.add(given["id"] or "")
        target = given.get("href") or given.get("src")
        if target is None or given.get("rel") == "canonical":
            return
        (self.leads if tag == "a" else self.loads).add(target)


def pages(site: dict[str, bytes]) -> dict[str, Links]:
    return {path: Links(content.decode()) for path, content in site.items() if path.endswith("index.html")}


def target(page: str, link: str) -> tuple[str, str]:
    """The file of the site that a relative link leads to, and the anchor in it."""
    parts = urlsplit(link)
    path = os.path.normpath(f"{page.rpartition('/')[0] or '.'}/{unquote(parts.path)}") if parts.path else page
    if not parts.path or parts.path.endswith(("/", ".")):
        path = f"{path}/index.html" if parts.path else path
    return path.removeprefix("./"), unquote(parts.fragment)


def test_a_strict_build_says_nothing_but_what_it_does(said: str) -> None:
    lines = said.splitlines()
    assert [line for line in lines if "WARNING" in line or "MkDocs 2" in line] == []
    assert len(lines) <= 4
    assert "muniment-" not in said


def test_every_link_and_anchor_of_the_site_resolves(site: dict[str, bytes]) -> None:
    found = pages(site)
    dead = [
        (page, link)
        for page, links in found.items()
        for link in links.leads | links.loads
        if "://" not in link and not link.startswith(("data:", "mailto:", "tel:", "javascript:"))
        for path, anchor in [target(page, link)]
        if path not in site or (anchor and anchor not in found[path].anchors)
    ]
    assert dead == []


def test_no_page_loads_anything_from_another_host(site: dict[str, bytes]) -> None:
    loads = {load for links in pages(site).values() for load in links.loads}
    assert [load for load in loads if "://" in load or load.startswith("//")] == []
    css = b"".join(content for path, content in site.items() if path.endswith(".css"))
    assert re.findall(rb"url\(\s*[\"']?(?:https?:)?//[^)]*\)|@import[^;]*//[^;]*;", css) == []


def test_each_page_leads_to_itself_in_the_other_language(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if path.endswith("index.html"):
            html = content.decode()
            switch = re.search(r'<a href="([^"]*)" hreflang="(\w+)"', html)
            assert switch is not None
            other = path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"
            if "company" not in path:
                assert target(path, switch[1])[0] == other
            assert f'<html lang="{"en" if path.startswith("en/") else "zh-CN"}"' in html


def test_a_page_of_one_language_only_leads_to_the_other_handbook(site: dict[str, bytes]) -> None:
    html = site["handbook/company/index.html"].decode()
    assert '<a href="../../en/handbook/" hreflang="en"' in html


def test_the_handbook_of_the_package_holds_the_registrys_own_pages(site: dict[str, bytes]) -> None:
    html = site["handbook/company/index.html"].decode()
    assert '<a href="../../registers/project/">' in html
    assert '<a href="../clerk/">' in html
    assert 'href="https://forge.example/company/registry/edit/main/docs/zh/company.md"' in html
    assert "edit/main" not in site["handbook/clerk/index.html"].decode()
    assert not any("notes" in path for path in site)


def test_titles_are_unique_in_each_language(site: dict[str, bytes]) -> None:
    titles: dict[tuple[bool, str], str] = {}
    for path, content in site.items():
        if path.endswith("index.html"):
            title = re.search(r"<title>(.*?)</title>", content.decode(), re.DOTALL)
            assert title is not None
            key = (path.startswith("en/"), " ".join(title[1].split()))
            assert titles.setdefault(key, path) == path, key


def test_nothing_of_the_sentinels_is_left(site: dict[str, bytes]) -> None:
    assert not any(path.startswith("mu/") for path in site)
    for path, content in site.items():
        if path.endswith((".html", ".json", ".xml")):
            assert b"mu-slot" not in content, path
            assert b"mu-tab-" not in content, path


def test_the_site_map_names_every_page_once(site: dict[str, bytes]) -> None:
    named = re.findall(r"<loc>https://registry\.example/sub/(.*?)</loc>", site["sitemap.xml"].decode())
    assert sorted(f"{unquote(address)}index.html" for address in named) == sorted(pages(site))
    assert gzip.decompress(site["sitemap.xml.gz"]) == site["sitemap.xml"]


def test_search_knows_records_and_chapters_in_the_language_of_the_page(site: dict[str, bytes]) -> None:
    for lang, prefix in (("zh", ""), ("en", "en/")):
        locations = [location for location, _title, _text in json.loads(site[f"search/{lang}.json"])]
        assert f"{prefix}handbook/clerk/" in locations
        assert any(location.startswith(f"{prefix}records/") for location in locations)
        assert all(location.startswith("en/") == (lang == "en") for location in locations)
        for location in locations:
            assert target("index.html", location)[0] in site


def test_the_footer_can_say_from_which_revision_the_site_is(registry: Path, site: dict[str, bytes]) -> None:
    head = subprocess.run(
        ["git", "-C", str(registry), "rev-parse", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    assert json.loads(site["revision.json"]) == {"commit": head, "date": "2026-11-20", "today": DAY}


def test_a_second_build_changes_no_file_and_a_record_that_goes_takes_its_pages_along(tmp_path: Path) -> None:
    root = make_registry(tmp_path / "registry")
    out = tmp_path / "site"
    first = build(root, out)
    before = tree(out)
    again = build(root, out)
    assert (again.changed, again.removed) == (0, 0)
    assert tree(out) == before
    client = next((root / "records").rglob("KH*.yaml")).parent
    shutil.rmtree(client)
    without = build(root, out, draft=True)
    gone = first.paths - without.paths
    assert f"records/KH/{client.name}/index.html" in gone
    assert set(tree(out)) == without.paths


def test_several_processes_write_the_same_as_one(
    registry: Path, site: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muniment.hands.count", lambda _pieces: 3)
    written = build(registry, tmp_path / "own")
    assert tree(tmp_path / "own") == site
    assert (written.changed, written.paths) == (len(site), set(site))
    again = build(registry, tmp_path / "own")
    assert (again.changed, again.removed) == (0, 0)


def test_mkdocs_properdocs_and_our_own_command_write_the_same(
    registry: Path, site: dict[str, bytes], tmp_path: Path
) -> None:
    build(registry, tmp_path / "own")
    assert tree(tmp_path / "own") == site
    done = run("properdocs", registry, tmp_path / "proper", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    proper = tree(tmp_path / "proper")
    assert set(proper) == set(site)
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    for path, content in site.items():
        assert generator.sub(b"", proper[path]) == generator.sub(b"", content), path


def test_errors_stop_the_build_with_their_words_unless_it_is_a_draft(tmp_path: Path) -> None:
    root = make_registry(tmp_path / "registry")
    client = next((root / "records").rglob("KH*.yaml"))
    client.write_text(client.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    with pytest.raises(SiteFailure, match=f"{client.name}:.*colour"):
        build(root, tmp_path / "site")
    assert not (tmp_path / "site").exists()
    stopped = run("mkdocs", root, tmp_path / "site")
    assert stopped.returncode == 1
    assert "colour" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    build(root, tmp_path / "site", draft=True)
    for path in ("index.html", "en/handbook/index.html", "records/FW/index.html", "404.html"):
        if (tmp_path / "site" / path).exists():
            assert 'role="alert"' in (tmp_path / "site" / path).read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_left_alone(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(SiteFailure, match="not a site"):
        build(registry, tmp_path)
    assert tree(tmp_path) == {"thesis.docx": b"years of work"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: muniment", "name: material", "theme: muniment"),
        ("site_name: 登记簿", "site_name: 登记簿\nuse_directory_urls: false", "use_directory_urls"),
        (f"today: {DAY}", "audience: secret", "audience: secret"),
    ],
)
def test_a_configuration_that_does_not_fit_is_told_the_cure(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    root = make_registry(tmp_path / "registry")
    (root / "mkdocs.yml").write_text(MKDOCS.replace(old, new), encoding="utf-8")
    with pytest.raises(SiteFailure, match=words):
        build(root, tmp_path / "site")


def test_the_environment_is_left_as_it_was(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    build(registry, tmp_path / "site")
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"


@pytest.mark.parametrize(("wanted", "is_made"), [("auto", False), ("pagefind", True)])
def test_a_registry_too_large_for_the_index_has_one_only_if_it_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, is_made: bool
) -> None:
    monkeypatch.setattr(concordance, "MOST", 1)
    root = make_registry(tmp_path / "registry")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("      today:", f"      search: {wanted}\n      today:"), encoding="utf-8")
    build(root, tmp_path / "site")
    assert (tmp_path / "site" / "search" / "pagefind").is_dir() == is_made
