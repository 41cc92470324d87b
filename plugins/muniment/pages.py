"""What the site consists of: pages without a theme, and files of data."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.findings import Lang


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents; `anchor` is the id of the heading."""

    anchor: str
    title: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Card:
    """What the search page finds a record by: `names` weigh more than `text`."""

    number: str
    title: str
    names: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. `url` has no language prefix and ends with `/` (empty for the home page); `body` is HTML
    whose links are relative to the page's own place; `search` is what the search box finds it by (None: not at all).
    `source` is the path of the file that it shows, for the link to the forge. `also` are the numbers that its script may show
    beside those in its body. `card` is there once for each record, whatever the number of languages.
    """

    url: str
    lang: Lang
    title: str
    body: str
    toc: tuple[Heading, ...] = ()
    search: str | None = None
    source: str = ""
    section: str = ""
    also: frozenset[str] = frozenset()
    card: Card | None = None

    @property
    def address(self) -> str:
        """The page's folder in the site, with the language: Chinese at the root, English under `en/`."""
        return self.url if self.lang == "zh" else f"en/{self.url}"

    @property
    def path(self) -> str:
        return f"{self.address}index.html"

    @property
    def root(self) -> str:
        """The relative way from the page to the top of the site, as `../../`; empty at the top."""
        return "../" * self.address.count("/")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the site that is no page: JSON, CSV, XLSX, an attachment."""

    path: str
    content: bytes
