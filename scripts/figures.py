"""How heavy and how quick the pages of a finished site are, in a real browser, on a desk and on a slow phone; see `--help`.

What is measured is what Lighthouse looks at: bytes on the wire as servers pack them, the moment at which the first text can be
read, the moment at which the page is all there, how long script keeps the page from answering, and by how much what is shown
moves. Bytes and movement are the same on every machine and have budgets; times depend on the machine and are told only.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import statistics
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

TOP = Path(__file__).resolve().parent.parent
TABLE = TOP / "build" / "figures.md"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".atom")
MOST_SHIFT = 0.1  # what Lighthouse and the web vitals call good

# Collected from the very first frame on; what happened before a script looks is handed over by `buffered`.
WATCH = """
window.__figures = {shift: 0, busy: 0, largest: 0};
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.__figures.shift += each.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.__figures.busy += Math.max(0, each.duration - 50);
}).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.__figures.largest = each.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
TOLD = ("first", "ready", "largest", "busy", "shift")
READ = """() => ({
  ...window.__figures,
  first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
})"""


@dataclass(frozen=True)
class Device:
    """A browser's window and what it has to bear: `cpu` times slower, a line of `kilobits` a second after `delay` milliseconds."""

    name: str
    width: int
    height: int
    cpu: int
    kilobits: int
    delay: int
    scheme: Literal["light", "dark"] = "light"


# As Lighthouse sets them: a good line to a desk, and a phone of the middle class on a poor one.
DESK = Device("desk", 1440, 900, 1, 10_240, 40)
PHONE = Device("phone", 390, 844, 4, 1_638, 150, "dark")
DEVICES = (DESK, PHONE)


@dataclass(frozen=True)
class Figures:
    """One page on one device, nothing in the cache: bytes by kind, milliseconds, and the sum of what moved."""

    url: str
    device: str
    requests: int
    sizes: Mapping[str, int]
    first: float
    ready: float
    largest: float
    busy: float
    shift: float

    @property
    def size(self) -> int:
        return sum(self.sizes.values())


# -- The server -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """A site that is served, and what was sent of it: (path, bytes of the body). Here a worker's requests are seen as well."""

    address: str
    sent: list[tuple[str, int]]


class _Packing(http.server.SimpleHTTPRequestHandler):
    """Packs what can be packed, as every web server in use does, and always to the same bytes."""

    def __init__(self, sent: list[tuple[str, int]], *args: Any, **kwargs: Any) -> None:
        self.sent = sent
        super().__init__(*args, **kwargs)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, is_packed = path.read_bytes(), path.suffix in PACKED
        content = gzip.compress(content, 6, mtime=0) if is_packed else content
        self.sent.append((self.path.partition("?")[0], len(content)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(site: Path) -> Iterator[Served]:
    sent: list[tuple[str, int]] = []
    handler = functools.partial(_Packing, sent, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(f"http://127.0.0.1:{server.server_address[1]}/", sent)
        server.shutdown()


# -- Measuring --------------------------------------------------------------------------------------------------


def measure(browser: Browser, served: Served, url: str, device: Device) -> Figures:
    """One visit to the page `url` with an empty cache. One after another: what is sent meanwhile is taken to be for this page."""
    context = browser.new_context(
        viewport={"width": device.width, "height": device.height}, color_scheme=device.scheme, locale="zh-CN"
    )
    try:
        page = context.new_page()
        page.set_default_timeout(60_000)
        _burden(context.new_cdp_session(page), device)
        page.add_init_script(WATCH)
        served.sent.clear()
        page.goto(f"{served.address}{url}", wait_until="networkidle")
        _use(page)
        told: dict[str, float] = page.evaluate(READ)
        sizes: dict[str, int] = {}
        for path, size in served.sent:
            sizes[_kind(path)] = sizes.get(_kind(path), 0) + size
        return Figures(url, device.name, len(served.sent), sizes, **{name: told[name] for name in TOLD})
    finally:
        context.close()


def _kind(path: str) -> str:
    for ending, kind in ((".css", "styles"), (".js", "scripts"), (".svg", "pictures"), ("/", "page")):
        if path.endswith(ending):
            return kind
    return "data"


def _burden(session: CDPSession, device: Device) -> None:
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Emulation.setCPUThrottlingRate", {"rate": device.cpu})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": device.delay,
            "downloadThroughput": device.kilobits * 1000 // 8,
            "uploadThroughput": device.kilobits * 1000 // 16,
        },
    )


def _use(page: Page) -> None:
    """Down to the end and up again, as readers do: what is laid out late moves then."""
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(200)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(200)
    page.wait_for_load_state("networkidle")


# -- What is looked at, and how much it may weigh ---------------------------------------------------------------


def places(site: Path) -> dict[str, str]:
    """The pages by what they are: home, the largest register, the largest page of a record, and the search page with an answer."""
    records = json.loads((site / "records.json").read_text(encoding="utf-8"))

    def heaviest(urls: Sequence[str]) -> str:
        return max(urls, key=lambda url: ((site / url / "index.html").stat().st_size, url))

    registers = [
        f"{page.parent.relative_to(site).as_posix()}/" for page in sorted(site.glob("registers/*/index.html"))
    ]
    return {
        "home": "",
        "register": heaviest(registers),
        "record": heaviest([record["url"] for record in records]),
        "search": "search/?find=2026",
    }


# Packed bytes that a page may bring along with all that it loads, nothing in the cache.
BUDGETS: Mapping[str, int] = {
    "home": 105_000,
    "register": 105_000,
    "record": 110_000,
    "search": 240_000,  # with Pagefind itself and the first answer; the next one fetches a tenth of it
}


def over(name: str, figures: Figures) -> list[str]:
    """What is out of budget."""
    found = []
    if figures.size > BUDGETS[name]:
        found.append(f"{name} on a {figures.device}: {figures.size} bytes, {BUDGETS[name]} allowed")
    if figures.shift > MOST_SHIFT:
        found.append(f"{name} on a {figures.device}: moves by {figures.shift:.3f}, {MOST_SHIFT} allowed")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="a finished site, such as site/ after `make site`")
    parser.add_argument(
        "--runs", type=int, default=3, help="visits of each page, of which the median counts (3)"
    )
    asked = parser.parse_args()
    rows, faults = [], []
    with serving(asked.site) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        for name, url in places(asked.site).items():
            for device in DEVICES:
                visits = [measure(browser, served, url, device) for _run in range(asked.runs)]
                rows.append(row(name, visits))
                faults += over(name, visits[0])
        browser.close()
    text = "\n".join([HEAD, *rows, ""])
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(text, encoding="utf-8")
    print(text)
    print("\n".join(faults) or "all within budget", f"\nwritten to {TABLE.relative_to(TOP)}")
    return int(bool(faults))


HEAD = """\
| page | device | requests | kB | page, styles, scripts, data | first text, s | all there, s | largest, s | blocked, ms | movement |
|---|---|---|---|---|---|---|---|---|---|"""


def row(name: str, visits: Sequence[Figures]) -> str:
    first = visits[0]

    def middle(what: str) -> float:
        return float(statistics.median(getattr(each, what) for each in visits))

    parts = " + ".join(
        f"{first.sizes.get(kind, 0) / 1000:.0f}" for kind in ("page", "styles", "scripts", "data")
    )
    times = " | ".join(f"{middle(what) / 1000:.2f}" for what in ("first", "ready", "largest"))
    return (
        f"| {name} `/{first.url}` | {first.device} | {first.requests} | {first.size / 1000:.0f} | {parts} | {times} "
        f"| {middle('busy'):.0f} | {max(each.shift for each in visits):.3f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
