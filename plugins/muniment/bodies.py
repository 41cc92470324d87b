"""Bodies: Markdown that many hands write, made into clean HTML that cannot reach outside its page.

The HTML holds nothing that depends on the language but its links to attachments; those begin with `FILES`, which the
page replaces by the way to them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions.toc import TocExtension, TocTreeprocessor, slugify_unicode
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from muniment.pages import Heading

FILES = "@files/"
# Ids of a body's own headings cannot meet those of the page around it.
_PREFIX = "b-"
_LARGEST = 400_000  # characters; beyond, Markdown's patterns take minutes on hostile text
_TOP = 3  # bodies stand below a page's title and the heading "Text"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2,14}(?![A-Za-z0-9])")
# A line of Chinese that goes on in the next one does so without a space, as in a browser.
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uff60])\n(?=[\u3000-\u9fff\uff00-\uff60])")
_SENTENCE = re.compile(r"。|\.(?= [A-Z])")
# The sanitiser writes every attribute in double quotes, with quotes inside escaped; so this finds whole tags.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>')
_ID = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_HAN = r"[\u2e80-\u303f\u3400-\u9fff\uff00-\uff65“”‘’…—]"
_SOFT_BREAK = re.compile(rf"(?<={_HAN})\n(?={_HAN})")
# What any of Markdown's patterns within a line begins with.
_INLINE = re.compile(r"[\\`*_\[\]!<>&\x02\x03]| {2}\n")
_WITHIN = re.compile(r' href="#([^"]*)"')
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt",
    "em", "figcaption", "figure", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
    "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u", "ul", "var",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    **{name: {"id"} for name in _HEADINGS},
}


@dataclass(frozen=True, slots=True)
class Body:
    """Clean HTML and its headings, for the page's table of contents."""

    html: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What a body may link to: `records` gives the page of a number from the language's root (None where there is no such
    record), `files` the names of its attachments, `up` the way from the page to the language's root.
    """

    title: str
    number: str
    up: str
    files: frozenset[str]
    records: Callable[[str], str | None]

    @classmethod
    def alone(cls, url: str) -> Surroundings:
        """For a text in which numbers are examples, such as a rule's."""

        def nothing(_number: str) -> str | None:
            return None

        return cls("", "", "../" * url.count("/"), frozenset(), nothing)


class _Settlement(Treeprocessor):
    """Most paragraphs are plain words: Markdown need not look for each of its patterns in them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)


class _Ids(TocTreeprocessor):
    """Gives headings their ids. The table of contents itself is the page's, so none is made here."""

    def build_toc_div(self, toc_list: list[Any]) -> Element:  # noqa: ARG002 - the library's signature
        return Element("div")


class _Contents(TocExtension):
    TreeProcessorClass = _Ids


class _Demotion(Treeprocessor):
    """Headings below the page's own, whatever level the author began with, and none that skips a level."""

    def run(self, root: Element) -> None:
        above: list[int] = []
        for element in root.iter():
            if element.tag in _HEADINGS:
                own = int(element.tag[1])
                while above and above[-1] >= own:
                    above.pop()
                above.append(own)
                element.tag = f"h{min(_TOP + len(above) - 1, 6)}"


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    converter = markdown.Markdown(
        extensions=[
            "tables",
            "fenced_code",
            "sane_lists",
            _Contents(slugify=lambda text, mark: _PREFIX + slugify_unicode(text, mark), marker=""),
        ],
        output_format="html",
    )
    # Before the patterns within lines are looked for.
    converter.treeprocessors.register(_Settlement(converter), "settlement", 25)
    # Before the ids are given.
    converter.treeprocessors.register(_Demotion(converter), "demotion", 6)
    return converter


def render(text: str, around: Surroundings) -> Body:
    """The body as HTML. Text that Markdown cannot take is shown as it was typed."""
    try:
        raw = _markdown().reset().convert(_without_title(text, around)) if len(text) <= _LARGEST else None
    except (RecursionError, ValueError):
        raw = None
    if raw is None:
        return Body(f"<pre>{html.escape(text)}</pre>")
    clean = _scrollable(_numbers_linked(_joined(_cleaned(raw, text, around)), around))
    headings = _headings(clean)
    return Body(_anchored(clean, {heading.anchor for heading in headings}), headings)


def text_of(clean: str) -> str:
    """The words of clean HTML, for searching."""
    return " ".join(html.unescape(_TAG.sub(" ", _WRAPPED.sub("", clean))).split())


def opening(clean: str) -> str:
    """The first sentence of clean HTML."""
    text = text_of(clean.partition("</p>")[0])
    return text[: end.end()] if (end := _SENTENCE.search(text)) else text


def _without_title(text: str, around: Surroundings) -> str:
    """A first heading that repeats the record's title would stand on the page twice."""
    stripped = text.lstrip("\ufeff \n")
    first, _, rest = stripped.partition("\n")
    if re.fullmatch(r"#\s+(?P<title>.*?)\s*#*\s*", first):
        said = first.strip("# \t")
        if said in (around.title, f"{around.number} {around.title}", around.number):
            return rest
    return stripped


def _cleaned(raw: str, text: str, around: Surroundings) -> str:
    """`raw` is what Markdown made of `text`."""

    def attribute(_tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return _target(value, around)
        if name == "src":
            return _file(value, around)
        if name == "id":
            return value if value.startswith(_PREFIX) else None
        return value

    return nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        # Without a link or a tag in it there is no attribute but the ids of headings, and nothing to ask for each of them.
        attribute_filter=attribute if "[" in text or "<" in text else None,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto"},
    )


def _target(address: str, around: Surroundings) -> str | None:
    """Where a link may lead: another site, a place in this body, an attachment, a record; nowhere else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme:
        return address
    if parts.netloc:
        return None
    if not parts.path:
        anchor = unquote(parts.fragment)
        return f"#{anchor if anchor.startswith(_PREFIX) else _PREFIX + anchor}" if anchor else None
    return _file(address, around) or _record(unquote(parts.path), around)


def _file(address: str, around: Surroundings) -> str | None:
    name = unquote(address.removeprefix("./"))
    return (
        f"{FILES}{address.removeprefix('./')[6:]}"
        if name[:6] == "files/" and name[6:] in around.files
        else None
    )


def _record(path: str, around: Surroundings) -> str | None:
    """Links between files of the registry, such as `../JS2026001/JS2026001.md`, lead to that record's page."""
    file = PurePosixPath(path)
    for part in (file.stem, file.parent.name):
        url = around.records(part) if _NUMBER.fullmatch(part) or file.suffix in (".yaml", ".md") else None
        if url is not None:
            return around.up + url
    return None


def _numbers_linked(clean: str, around: Surroundings) -> str:
    """Numbers of records that exist, wherever they stand in running text, become links."""

    def link(match: re.Match[str]) -> str:
        url = around.records(match[0]) if match[0] != around.number else None
        return f'<a href="{html.escape(around.up + url)}">{match[0]}</a>' if url else match[0]

    if not _NUMBER.search(clean):
        return clean
    return _in_text(clean, lambda text: _NUMBER.sub(link, text), ("a", "pre", "code"))


def _joined(clean: str) -> str:
    """Chinese knows no space between words, so a line that ends in the source must not leave one behind."""
    return (
        _in_text(clean, lambda text: _SOFT_BREAK.sub("", text), ("pre",))
        if _SOFT_BREAK.search(clean)
        else clean
    )


def _in_text(clean: str, change: Callable[[str], str], outside: tuple[str, ...]) -> str:
    """Clean HTML with its text changed, but for what stands inside the elements named `outside`."""
    parts: list[str] = []
    at = depth = 0
    for tag in _TAG.finditer(clean):
        between = clean[at : tag.start()]
        parts += [between if depth else change(between), tag[0]]
        if tag[2] in outside:
            depth += -1 if tag[1] else 1
        at = tag.end()
    parts.append(change(clean[at:]))
    return "".join(parts)


def _anchored(clean: str, anchors: set[str]) -> str:
    """Links to places in the body that are not there lose their address."""
    return _WITHIN.sub(lambda match: match[0] if html.unescape(match[1]) in anchors else "", clean)


def _scrollable(clean: str) -> str:
    """Tables may be wider than a phone; a place that scrolls must be reachable by keyboard."""
    if "<table>" not in clean:
        return clean
    return clean.replace("<table>", '<div class="mu-scroll" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )


def _headings(clean: str) -> tuple[Heading, ...]:
    return tuple(
        Heading(match[2], html.unescape(_TAG.sub("", match[3])).strip(), int(match[1]))
        for match in _ID.finditer(clean)
    )
