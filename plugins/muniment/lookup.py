"""What those need who look for a page: entries for the search box, and site maps for search engines."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from muniment.findings import Lang

MOST_ADDRESSES = 50_000  # the protocol allows no more in one map
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")

Entry = tuple[str, str, str]  # address, title, text


def plain(html: str) -> str:
    """The text of a piece of HTML on one line."""
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def of_engine(index: bytes) -> Iterator[tuple[Lang, Entry]]:
    """The entries of the index that Material's search plug-in wrote, by the language of their addresses."""
    for document in json.loads(index)["docs"]:
        lang: Lang = "en" if document["location"].startswith("en/") else "zh"
        yield lang, (document["location"], plain(document["title"]), plain(document["text"]))


def index(entries: Iterable[Entry]) -> bytes:
    """The entries as assets/search.js reads them."""
    return json.dumps(list(entries), ensure_ascii=False, separators=(",", ":")).encode()


def stub() -> bytes:
    """What Material's script loads on every page before it asks our worker anything: settings and no entry."""
    config = {"lang": ["en"], "separator": r"\s+", "pipeline": [], "fields": {}}
    return json.dumps({"config": config, "docs": []}).encode()


def sitemaps(site_url: str, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """`sitemap.xml`, and beside it the maps that it names where there are too many addresses for one."""
    urls = sorted({f"{site_url}{address}" for address in addresses})
    parts = [urls[at : at + MOST_ADDRESSES] for at in range(0, len(urls), MOST_ADDRESSES)] or [[]]
    if len(parts) == 1:
        yield from _both("sitemap.xml", "urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield from _both(name, "urlset", "url", part)
    yield from _both("sitemap.xml", "sitemapindex", "sitemap", [f"{site_url}{name}" for name in names])


def _both(name: str, outer: str, inner: str, urls: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    lines = "\n".join(f"<{inner}><loc>{escape(url)}</loc></{inner}>" for url in urls)
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="{schema}">\n{lines}\n</{outer}>\n'.encode()
    )
    yield name, xml
    yield f"{name}.gz", gzip.compress(xml, mtime=0)
