"""What the tests in a real browser share: the server that a site lies on, and an ear for what goes wrong."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
WHERE = "company/registry/"  # a forge's pages lie under a sub-path
DAY = "2026-11-23"
WAIT = 10_000

MARKS = [
    pytest.mark.browser,
    pytest.mark.slow,
    # In CI a missing browser is a failure, not a reason to look away.
    pytest.mark.skipif(
        not CHROMIUM.exists() and "CI" not in os.environ,
        reason=f"needs Chromium at {CHROMIUM} (or CHROMIUM=…)",
    ),
]

# One page of each kind that has a fixed address; records are added from the site's own list.
PLACES = (
    "",
    "documents/",
    "documents/class/GL/",
    "documents/department/BM03/",
    "documents/kind/manual/",
    "documents/state/retired/",
    "documents/year/2024/",
    "registers/",
    "registers/document/",
    "registers/project/",
    "registers/loan/",
    "registers/loan/form/",
    "registers/implementation-plan/form/",
    "reports/",
    "dashboards/service/",
    "dashboards/people/",
    "dashboards/archive/",
    "dashboards/secrecy/",
    "dashboards/quality/",
    "reports/pipeline/",
    "reports/after-sales/",
    "reports/milestones/",
    "reports/waiting/",
    "reports/retired/",
    "reports/coverage/",
    "reports/in-force/2024-12-31/",
    "reports/validity/",
    "reports/skills/",
    "reports/trends/",
    "rules/",
    "rules/NUM004/",
    "handbook/",
    "handbook/clerk/",
    "audit/",
    "search/",
)
LONGEST = "records/GL/2024/GL2024001/"  # the regulation itself
_PAIR = re.compile(r"[\u4e00-\u9fff]{2}")
_BELOW = re.compile(r"(?<=/)(?:evidence|revisions)/.*")
PROJECT = "records/FW/2025/FW20250007/"  # accepted in the second round: it has something of everything


class _Forge(http.server.SimpleHTTPRequestHandler):
    """Answers like a forge's pages: with the site's own page for what is not there."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory) / WHERE / "404.html"
        if code != 404 or not missing.exists():
            super().send_error(code, message, explain)
            return
        content = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the site whose copy lies under `folder`/company/registry/."""
    handler = functools.partial(_Forge, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{WHERE}"
        server.shutdown()


class Complaints(list[str]):
    """What went wrong while pages were open: console messages, failed, refused and foreign requests."""

    def watch(self, page: Page, address: str) -> None:
        page.on("console", lambda message: self.append(f"console: {message.text} ({page.url})"))
        page.on("pageerror", lambda error: self.append(f"error: {error} ({page.url})"))
        # Leaving a page breaks off what it was still loading, which is no fault of the page.
        page.on(
            "requestfailed",
            lambda sent: None if sent.failure == "net::ERR_ABORTED" else self.append(sent.url),
        )
        page.on(
            "response", lambda got: self.append(f"{got.status}: {got.url}") if got.status >= 400 else None
        )
        page.on("request", lambda sent: self._ask(sent.url, address))

    def _ask(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.append(f"foreign: {url}")


def kinds(site: Path) -> tuple[str, ...]:
    """One page of each kind: the fixed places, a record of each type, ended ones, the pages below a record."""
    found: dict[str, str] = {}
    for record in records(site):
        kind = "policy" if record["type"].startswith("policy-") else record["type"]
        found.setdefault(kind, record["url"])
        if record["state"] in ("retired", "void", "disposed", "cancelled", "in_review", "draft", "left"):
            found.setdefault(record["state"], record["url"])
    below = []
    for name in ("evidence", "revisions", "revisions/1", "revisions/1-2"):
        pages = sorted(site.glob(f"records/**/{name}/index.html"))
        below += [page.parent.relative_to(site).as_posix() + "/" for page in pages[:1]]
    return tuple(dict.fromkeys([*PLACES, LONGEST, PROJECT, *found.values(), *below]))


def every(site: Path) -> dict[str, str]:
    """Each page by its address, with its kind: pages of one kind are made of the same things by one template."""
    types = {record["url"]: record["type"] for record in records(site)}
    pages = [page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")]
    addresses = sorted(
        f"{page}/".removeprefix("./") for page in pages if page != "en" and not page.startswith("en/")
    )
    return {address: _kind(address, types) for address in addresses}


def _kind(address: str, types: Mapping[str, str]) -> str:
    first, _, rest = address.partition("/")
    if match := _BELOW.search(address):
        return re.sub("[0-9]+", "N", match[0])
    if first == "records":
        return re.sub("policy-.*", "policy", types[address])
    if first == "registers":
        return "form" if rest.endswith("/form/") else f"{first}/{rest and 'one'}"
    if first == "reports":
        return "snapshot" if rest.count("/") > 1 else f"{first}/{rest and 'one'}"
    if first == "documents":
        return f"{first}/{rest.partition('/')[0]}"
    return address if first == "dashboards" else f"{first}/{rest and 'one'}"


def records(site: Path) -> list[dict[str, str]]:
    """What the site says of its records, as data."""
    return list(json.loads((site / "records.json").read_text(encoding="utf-8")))


def title_words(site: Path) -> dict[str, str]:
    """Two characters from the middle of each title of a document in force, and the page that they should lead to."""
    documents = [
        each for each in records(site) if each["type"] == "document" and each["state"] == "published"
    ]
    words = {}
    for record in documents:
        title = record["title"]
        word = title[len(title) // 2 - 1 : len(title) // 2 + 1]
        # A box shows ten results at first; a word that many titles hold is no question that anyone would ask.
        if _PAIR.fullmatch(word) and sum(word in each["title"] for each in documents) < 6:
            words[word] = record["url"]
    assert len(words) > 10
    return words


def body_word(registry: Path, share: float) -> str:
    """Two characters from the longest body, about so far down."""
    body = (registry / "records/documents/GL/2024/GL2024001/GL2024001.md").read_text(encoding="utf-8")
    match = _PAIR.search(body, int(len(body) * share))
    assert match is not None
    return match[0]
