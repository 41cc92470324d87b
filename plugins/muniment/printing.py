"""Printing: finished HTML into PDF, the same bytes every time; the only module that knows WeasyPrint and segno."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from muniment.findings import Text

_NO_LIBRARY = Text(
    "printing needs two libraries that are not installed: pip install 'muniment[print]'",
    "打印需要的两个库尚未安装：pip install 'muniment[print]'",
)
_NO_PANGO = Text(
    "printing needs Pango, which this machine lacks ({said}); on Debian or Ubuntu: apt-get install"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango",
    "打印需要 Pango，本机没有（{said}）；Debian 或 Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    " libharfbuzz-subset0；macOS：brew install pango",
)
_NO_FONTS = Text(
    "no font for Chinese is installed, so the print would show boxes instead of words; on Debian or Ubuntu:"
    " apt-get install fonts-noto-cjk",
    "没有安装中文字体，打印出来会是方框；Debian 或 Ubuntu：apt-get install fonts-noto-cjk",
)


class Unprintable(RuntimeError):
    """This machine cannot print; `words` say what is missing and how to get it."""

    def __init__(self, words: Text, **params: object) -> None:
        super().__init__(words.render("en", params))
        self.words = words
        self.params = params


@dataclass(frozen=True)
class Enclosed:
    """A file inside a PDF, such as the facts that the print was made from."""

    name: str
    content: bytes
    description: str
    day: str  # on which it is as it is: no clock is read


@cache
def _weasyprint() -> Any:
    """The library, once all that it needs is known to be there."""
    try:
        import segno  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: F401 - only to see that it is there
        import weasyprint  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        raise Unprintable(_NO_LIBRARY) from None
    except OSError as missing:  # it loads Pango by name
        raise Unprintable(_NO_PANGO, said=str(missing).partition("\n")[0][:80]) from None
    if not _has_chinese():
        raise Unprintable(_NO_FONTS)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def _has_chinese() -> bool:
    """Whether a font for Chinese is installed. Where nothing can tell, we trust that one is."""
    asks = shutil.which("fc-list")
    if asks is None:
        return True
    done = subprocess.run([asks, ":lang=zh-cn", "family"], check=False, capture_output=True, text=True)
    return bool(done.stdout.strip())


def require() -> None:
    """Raises `Unprintable` where this machine cannot print."""
    _weasyprint()


def pdf(html: str, *, variant: str = "", enclosed: Iterable[Enclosed] = ()) -> bytes:
    """The pages of a whole HTML document, which names its day in `<meta name="dcterms.created">`: no clock is read.

    `variant` is a PDF standard such as `pdf/a-3b`. Nothing is loaded from anywhere. Raises `Unprintable`.
    """
    weasyprint = _weasyprint()
    attachments = [
        weasyprint.Attachment(
            string=each.content,
            name=each.name,
            description=each.description,
            relationship="Source",
            created=datetime.fromisoformat(each.day),
            modified=datetime.fromisoformat(each.day),
        )
        for each in enclosed
    ]
    document = weasyprint.HTML(string=html, url_fetcher=_nothing)
    made: bytes = document.write_pdf(pdf_variant=variant or None, attachments=attachments or None)
    return made


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """A print is made of what is in it; a body may name pictures on other hosts."""
    raise ValueError(url)


def qr(text: str) -> str:
    """A QR code as an SVG element without a size of its own, so that the page's style gives it one."""
    _weasyprint()
    import segno

    made: str = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return made
