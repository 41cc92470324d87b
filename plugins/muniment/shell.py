"""The theme round our pages: a finished page of the theme is cut at markers once, then every page is a join of bytes.

A page generator renders its template for each page, which costs some ten milliseconds; ten thousand records would take
minutes. So the theme renders one sentinel page a language, at a depth that no page of ours has: its links to the top of the
site are unmistakable and are shortened for every depth that occurs.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from muniment import tongues
from muniment.pages import Heading, Page

DEPTH = 9
_UP = re.compile(r"(?:\.\./){8}\.\.(/?)(?=([\"']?))")
_BLANK = re.compile(r"\n\s*\n")
_SLOT = re.compile(r"mu-slot-([a-z]+)-slot")
_TOPIC = re.compile(r'(<span class="md-ellipsis">\s*)mu-slot-title-slot')
_ACTIONS = re.compile(r"<!--mu:actions-->(.*?)<!--/mu:actions-->", re.DOTALL)
ACTIVE_CLASS = " md-tabs__item--active"
CURRENT = ' aria-current="true"'
_TAB = re.compile(r"mu-tab-(class|current)-([a-z]+)-tab")


def slot(name: str) -> str:
    """The marker that stands in a sentinel page for a value of each page."""
    return f"mu-slot-{name}-slot"


def tab_markers(section: str) -> tuple[str, str]:
    """What stands in the class of a tab's item and among the attributes of its link."""
    return f"mu-tab-class-{section}-tab", f"mu-tab-current-{section}-tab"


class UnusableTheme(Exception):
    """A sentinel page came back without one of its markers: an override has removed it."""

    def __init__(self, marker: str) -> None:
        super().__init__(marker)
        self.marker = marker


@dataclass(frozen=True, slots=True)
class Frame:
    """The finished page for one kind of page, with the places of what differs."""

    parts: tuple[bytes, ...]
    slots: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, cut from a sentinel that has one entry with another below it."""

    entry: str
    sub_open: str
    sub_close: str
    close: str

    @classmethod
    def cut(cls, html: str) -> Contents:
        """From the list of contents of a sentinel whose entries are the slots `outer` and `inner`."""
        start = html.rindex("<li", 0, _find(html, f"#{slot('outer')}"))
        link_end = html.index("</a>", start) + 4
        inner = html.rindex("<li", 0, _find(html, f"#{slot('inner')}"))
        inner_link_end = html.index("</a>", inner) + 4
        inner_end = html.index("</li>", inner_link_end) + 5
        outer_end = html.index("</li>", inner_end)
        return cls(html[start:link_end], html[link_end:inner], html[inner_end:outer_end], "</li>")

    def region(self, html: str) -> tuple[int, int]:
        """Where the entries stand in the sentinel."""
        start = html.index(self.entry)
        return start, html.index(self.sub_close + self.close, start) + len(self.sub_close + self.close)

    def render(self, headings: Iterable[Heading]) -> str:
        """The entries of a page: the headings of the first level, each with those below it."""
        groups: list[tuple[Heading, list[Heading]]] = []
        for heading in headings:
            if heading.level <= 2 or not groups:
                groups.append((heading, []))
            else:
                groups[-1][1].append(heading)
        return "".join(self._group(heading, below) for heading, below in groups)

    def _group(self, heading: Heading, below: Iterable[Heading]) -> str:
        entries = "".join(self._entry(sub) + self.close for sub in below)
        nested = ""
        if entries:
            sub_open = self.sub_open.replace(slot("outer"), escape(heading.title))
            nested = f"{sub_open}{entries}{self.sub_close}"
        return f"{self._entry(heading)}{nested}{self.close}"

    def _entry(self, heading: Heading) -> str:
        return _filled(self.entry, heading.anchor, heading.title)


@lru_cache(maxsize=2_000)  # most headings stand on every page
def _filled(entry: str, anchor: str, title: str) -> str:
    entry = entry.replace(f"#{slot('outer')}", f"#{quote(anchor)}")
    return entry.replace(slot("outer"), escape(title))


def _find(html: str, marker: str) -> int:
    at = html.find(marker)
    if at < 0:
        raise UnusableTheme(marker)
    return at


@dataclass(frozen=True)
class Shell:
    """The theme in one language. `bare` and `with_contents` are finished sentinel pages; `site_url` may be empty."""

    bare: str
    with_contents: str
    site_url: str = ""
    _frames: dict[tuple[object, ...], Frame] = field(default_factory=dict, repr=False, compare=False)
    _contents: list[Contents] = field(default_factory=list, repr=False, compare=False)

    def wrap(self, page: Page) -> bytes:
        """The finished page."""
        frame = self._frame(page)
        values = {
            "title": escape(page.title),
            "topic": tongues.mark(f"<span>{escape(page.title)}</span>", page.lang),
            "body": page.body if "<h1" in page.body else f"<h1>{escape(page.title)}</h1>\n{page.body}",
            "canonical": escape(f"{self.site_url}{page.address}"),
            "switch": f"en/{page.url}" if page.lang == "zh" else page.url,
            "source": quote(page.source),
        }
        if page.toc:
            values["toc"] = tongues.mark(self._contents[0].render(page.toc), page.lang)
        parts = list(frame.parts)
        for index, name in frame.slots:
            parts[index] = values[name].encode()
        return b"".join(parts)

    def _frame(self, page: Page) -> Frame:
        key = (page.address.count("/"), bool(page.toc), bool(page.source), page.section)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = self._cut(page)
        return frame

    def _cut(self, page: Page) -> Frame:
        html = self.with_contents if page.toc else self.bare
        for name in ("title", "body", "switch"):
            _find(html, slot(name))
        if page.toc:
            if not self._contents:
                self._contents.append(Contents.cut(html))
            start, end = self._contents[0].region(html)
            html = html[:start] + slot("toc") + html[end:]
        html = _BLANK.sub("\n", html)  # what the theme's templates leave is a tenth of a page
        html = _ACTIONS.sub(r"\1" if page.source else "", html)
        html = _TOPIC.sub(rf"\1{slot('topic')}", html)  # in the head it is text only, in the bar markup
        html = _TAB.sub(lambda match: _of_tab(match, page.section), html)
        html = _lower(html, page.root)
        # Slots and literals take turns: the split yields a slot's name at every odd place.
        pieces = _SLOT.split(html)
        slots = tuple((index, name) for index, name in enumerate(pieces) if index % 2)
        return Frame(tuple(piece.encode() for piece in pieces), slots)


def _of_tab(match: re.Match[str], section: str) -> str:
    if match[2] != section:
        return ""
    return ACTIVE_CLASS if match[1] == "class" else CURRENT


def _lower(html: str, root: str) -> str:
    """The page with its ways to the top shortened from the sentinel's depth to that of `root` (as `../../`)."""

    def way(match: re.Match[str]) -> str:
        if not match[1]:
            return root.rstrip("/") or "."
        return root or ("./" if match[2] else "")

    return _UP.sub(way, html)


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a site did: paths that are in it, how many of them changed, how many files went."""

    paths: frozenset[str]
    changed: int
    removed: int


def write(site: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Makes the folder `site` hold exactly these files (path with `/`, content); what is the same already keeps its time.

    Hidden files at the top (`.git`, `.nojekyll`) are not ours and stay.
    """
    return finish(site, [put(site, files)])


def finish(site: Path, parts: Iterable[Written]) -> Written:
    """Removes whatever is in none of the parts that were put into the folder `site`."""
    paths: set[str] = set()
    changed = 0
    for part in parts:
        if twice := paths & part.paths:
            raise ValueError(f"two files for {min(twice)}")
        paths |= part.paths
        changed += part.changed
    return Written(frozenset(paths), changed, _prune(site, "", paths))


def put(site: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Adds these files to the folder `site`; several processes may do so at once, each with other files.

    Paths are plain text here: a site has ten files for each record, and a `Path` costs as much as the file.
    """
    site.mkdir(parents=True, exist_ok=True)
    made = {"": (str(site), False)}
    paths: set[str] = set()
    changed = 0
    for path, content in files:
        if path in paths:
            raise ValueError(f"two files for {path}")
        if path.startswith("/") or (".." in path and ".." in path.split("/")):
            raise ValueError(f"{path} leads out of the site")
        paths.add(path)
        above, _, name = path.rpartition("/")
        folder, is_fresh = made.get(above) or _make(above, made)
        if is_fresh:
            # Nobody reads here yet, so there is nothing to compare with and nothing to put aside.
            _create(f"{folder}/{name}", content)
            changed += 1
        else:
            changed += _put(Path(folder, name), content)
    return Written(frozenset(paths), changed, 0)


def _make(path: str, made: dict[str, tuple[str, bool]]) -> tuple[str, bool]:
    """The folder, and whether it is new; also where something else of an earlier site stands in its way."""
    above, _, name = path.rpartition("/")
    folder = f"{(made.get(above) or _make(above, made))[0]}/{name}"
    is_fresh = True
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        there = Path(folder)
        if there.is_symlink() or not there.is_dir():
            there.unlink()
            there.mkdir()
        else:
            is_fresh = False
    made[path] = folder, is_fresh
    return made[path]


def _create(path: str, content: bytes) -> None:
    """A file object costs more than the writing; it does six calls of the system where three do."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        while content:  # once, but for a disk that is full or a file of two gigabytes
            content = content[os.write(file, content) :]
    finally:
        os.close(file)


def _put(path: Path, content: bytes) -> bool:
    """Writes a file whole or not at all; false where it holds these bytes already."""
    try:
        with path.open("rb") as there:
            if os.fstat(there.fileno()).st_size == len(content) and there.read() == content:
                return False
    except FileNotFoundError:
        pass
    except IsADirectoryError:
        shutil.rmtree(path)
    partial = path.with_name(f".{path.name[-60:]}.part")
    partial.write_bytes(content)
    partial.replace(path)
    return True


def _prune(site: Path, folder: str, paths: set[str]) -> int:
    """Removes what is no file of this site, and folders that became empty; says how many files went."""
    removed = 0
    with os.scandir(site / folder) as listing:
        entries = list(listing)
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if not folder and entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            removed += _prune(site, path, paths)
        elif path not in paths:
            Path(entry.path).unlink()
            removed += 1
    if folder and not any(os.scandir(site / folder)):
        (site / folder).rmdir()
    return removed
