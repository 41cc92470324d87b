"""The theme round our pages, and writing a site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from muniment.pages import Heading, Page
from muniment.shell import DEPTH, Shell, UnusableTheme, slot, tab_markers, write

UP = "../" * DEPTH
CONTENTS = f"""
<ul data-md-component="toc">
  <li class="item"><a href="#{slot("outer")}"><span>{slot("outer")}</span></a>
    <nav aria-label="{slot("outer")}"><ul>
      <li class="item"><a href="#{slot("inner")}"><span>{slot("inner")}</span></a></li>
    </ul></nav>
  </li>
</ul>"""


def sentinel(contents: str = "") -> str:
    active_class, current = tab_markers("registers")
    return f"""<!doctype html>
<title>{slot("title")} - Registry</title>


<link rel="canonical" href="{slot("canonical")}">
<link rel="stylesheet" href="{UP}assets/main.css">
<script>__md_scope=new URL("{UP.rstrip("/")}",location)</script>
<a class="logo" href="{UP}">Registry</a> <a class="switch" href="{UP}{slot("switch")}">English</a>
<li class="tab{active_class}"><a href="{UP}registers/"{current}>Registers</a></li>{contents}
<article><!--mu:actions--><a rel="edit" href="https://forge.example/edit/main/{slot("source")}">E</a><!--/mu:actions-->
{slot("body")}</article>"""


SHELL = Shell(sentinel(), sentinel(CONTENTS), "https://registry.example/")


def wrap(url: str, **others: object) -> str:
    facts: dict[str, object] = {"lang": "zh", "title": "手册", "body": "<p>正文</p>"} | others
    return SHELL.wrap(Page(url, **facts)).decode()  # type: ignore[arg-type]  # the values are as the tests give them


@pytest.mark.parametrize(
    ("url", "lang", "root"),
    [
        ("", "zh", "./"),
        ("", "en", "../"),
        ("rules/NUM004/", "zh", "../../"),
        ("rules/NUM004/", "en", "../../../"),
    ],
)
def test_links_lead_to_the_top_from_every_depth(url: str, lang: str, root: str) -> None:
    html = wrap(url, lang=lang)
    assert f'class="logo" href="{root}"' in html
    assert f'href="{root.removeprefix("./")}assets/main.css"' in html
    assert f'new URL("{root.rstrip("/")}",location)' in html


def test_the_switch_leads_to_the_same_page_in_the_other_language() -> None:
    assert 'class="switch" href="../../en/rules/NUM004/"' in wrap("rules/NUM004/")
    assert 'class="switch" href="../../../rules/NUM004/"' in wrap("rules/NUM004/", lang="en")
    assert 'class="switch" href="en/"' in wrap("")
    assert 'class="switch" href="../"' in wrap("", lang="en")


def test_the_tab_of_the_section_is_active() -> None:
    assert '<li class="tab md-tabs__item--active"><a href="../registers/" aria-current="true">' in wrap(
        "registers/", section="registers"
    )
    assert '<li class="tab"><a href="../registers/">' in wrap("rules/", section="rules")


def test_the_title_is_escaped_and_heads_a_body_without_a_heading() -> None:
    html = wrap("x/", title="A & <b>")
    assert "<title>A &amp; &lt;b&gt; - Registry</title>" in html
    assert "<h1>A &amp; &lt;b&gt;</h1>" in html
    assert wrap("x/", body="<h1 id='a'>Own</h1>").count("<h1") == 1


def test_the_canonical_address_names_the_language() -> None:
    assert 'href="https://registry.example/en/rules/"' in wrap("rules/", lang="en")


def test_only_a_page_that_shows_a_file_has_a_link_to_the_forge() -> None:
    assert 'rel="edit"' not in wrap("x/")
    assert 'edit/main/records/%E5%90%8D.yaml"' in wrap("x/", source="records/名.yaml")


def test_headings_are_listed_with_those_below_them() -> None:
    headings = (Heading("a", "一"), Heading("a1", "一之一", 3), Heading("a2", "<二>", 3), Heading("b", "三"))
    html = wrap("x/", toc=headings)
    assert html.count('<li class="item">') == 4
    assert html.count("<nav") == html.count("</nav>") == 1
    assert html.count("<li ") == html.count("</li>")
    assert '<nav aria-label="一">' in html
    assert '<a href="#a2"><span>&lt;二&gt;</span></a>' in html
    assert html.index('href="#a1"') < html.index("</nav>") < html.index('href="#b"')


def test_no_marker_is_left_in_a_page() -> None:
    for page in (wrap("a/b/c/", toc=(Heading("a", "A"),), source="s"), wrap("", section="home")):
        assert "mu-slot" not in page
        assert "mu-tab" not in page


def test_a_body_may_speak_of_markers_and_of_the_way_up() -> None:
    assert f"<p>{UP}{slot('title')}</p>" in wrap("x/", body=f"<h1>x</h1><p>{UP}{slot('title')}</p>")


def test_a_theme_that_leaves_out_a_marker_is_refused() -> None:
    with pytest.raises(UnusableTheme, match="body"):
        Shell(sentinel().replace(slot("body"), ""), "").wrap(Page("x/", "zh", "X", ""))


# -- writing


def tree(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def test_a_site_holds_exactly_its_files(tmp_path: Path) -> None:
    files = {"index.html": b"home", "a/b/index.html": b"deep"}
    assert write(tmp_path, files.items()).changed == 2
    assert tree(tmp_path) == files


def test_what_is_the_same_keeps_its_time_and_what_is_gone_goes(tmp_path: Path) -> None:
    write(tmp_path, [("same/index.html", b"s"), ("new/index.html", b"1"), ("old/deep/index.html", b"o")])
    os.utime(tmp_path / "same" / "index.html", (1, 1))
    written = write(tmp_path, [("same/index.html", b"s"), ("new/index.html", b"2")])
    assert (written.changed, written.removed) == (1, 1)
    assert (tmp_path / "same" / "index.html").stat().st_mtime == 1
    assert not (tmp_path / "old").exists()
    assert tree(tmp_path) == {"same/index.html": b"s", "new/index.html": b"2"}


def test_hidden_files_at_the_top_stay(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"ref")
    (tmp_path / ".nojekyll").touch()
    write(tmp_path, [("index.html", b"")])
    assert set(tree(tmp_path)) == {".git/HEAD", ".nojekyll", "index.html"}


def test_a_file_may_become_a_folder_and_the_other_way_round(tmp_path: Path) -> None:
    write(tmp_path, [("a", b"file"), ("b/c", b"in folder")])
    write(tmp_path, [("a/x/y", b"in folder"), ("b", b"file")])
    assert tree(tmp_path) == {"a/x/y": b"in folder", "b": b"file"}


def test_a_link_in_the_way_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes(b"p")
    site = tmp_path / "site"
    site.mkdir()
    (site / "stale").symlink_to(outside, target_is_directory=True)
    write(site, [("index.html", b"")])
    assert tree(outside) == {"precious": b"p"}
    assert not (site / "stale").is_symlink()


@pytest.mark.parametrize("paths", [["../x"], ["/x"], ["a/../../x"], ["twice", "twice"]])
def test_paths_that_lead_out_or_come_twice_are_refused(tmp_path: Path, paths: list[str]) -> None:
    with pytest.raises(ValueError, match=r"leads out|two files"):
        write(tmp_path / "site", [(path, b"") for path in paths])
    assert not (tmp_path / "x").exists()
