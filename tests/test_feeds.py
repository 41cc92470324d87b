"""Atom feeds: news that stays the same piece of news in every build."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import browsing
from muniment import feeds, project
from muniment.facts import Facts

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(feed: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(feed).findall(f"{ATOM}entry")  # noqa: S314 - our own


@pytest.mark.parametrize("name", ["all", "published", "retired"])
@pytest.mark.parametrize("ending", ["", ".en"])
def test_the_site_has_each_feed_in_both_languages(built: Path, name: str, ending: str) -> None:
    feed = ElementTree.fromstring((built / f"feeds/{name}{ending}.atom").read_bytes())  # noqa: S314 - our own
    found = feed.findall(f"{ATOM}entry")
    assert found
    ids = [entry.findtext(f"{ATOM}id") for entry in found]
    assert len(set(ids)) == len(ids)
    days = [entry.findtext(f"{ATOM}updated") for entry in found]
    assert days == sorted(days, key=str, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    selves = [each.attrib["href"] for each in feed.findall(f"{ATOM}link") if each.attrib["rel"] == "self"]
    assert len(selves) == 1
    assert selves[0].endswith(f"{name}{ending}.atom")
    for entry in found:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        path = link.attrib["href"].partition(browsing.WHERE)[2].lstrip("/")
        assert (built / path / "index.html").is_file(), path


def test_an_entry_is_told_once_and_links_to_where_the_site_stands(built: Path, now: Facts) -> None:
    first = feeds.atom(now, "published", "zh", "https://records.example/")
    assert first == feeds.atom(now, "published", "zh", "https://records.example/")
    links = [entry.find(f"{ATOM}link") for entry in entries(first)]
    assert all(
        link is not None and link.attrib["href"].startswith("https://records.example/records/")
        for link in links
    )
    whole = ElementTree.fromstring(first)  # noqa: S314 - our own
    selves = [each.attrib["href"] for each in whole.findall(f"{ATOM}link") if each.attrib["rel"] == "self"]
    assert selves == ["https://records.example/feeds/published.atom"]
    titles = " ".join(
        str(entry.findtext(f"{ATOM}title")) for entry in entries(feeds.atom(now, "retired", "zh", ""))
    )
    assert "GL2024004" in titles
    assert "XM2024001" not in titles


@pytest.fixture(scope="module")
def now(demonstration: Path) -> Facts:
    return project.load_for_site(demonstration, browsing.DAY).facts
