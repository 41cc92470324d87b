"""Which language a piece of text is in: a screen reader changes its voice by it, a browser the shape of characters.

The interface speaks the reader's language, but records are written once, in the company's. So an English page holds names,
titles and bodies in Chinese, and has to say so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from muniment.findings import Lang

TAGS: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "\u2018\u201c\u300a\u300c\u3010\uff08"
_SIGNS = "\u2014\u2018-\u201d\u2026\u3000-\u303f\uff00-\uffef"
_NO_LETTERS = re.compile(r"[\W\d_]+")
_CHARACTERS = re.compile(f"[{_HAN}]+")
_MARKUP = re.compile(r"<[^>]*>")
# From the first Chinese character between two tags to the last one. It begins with a set and not with what may be absent, so
# that a page, which is markup for the most part, is skipped over ten times as fast.
_RUN = re.compile(rf"[{_OPENING}{_HAN}](?:(?<=[{_HAN}])|[{_OPENING}]*[{_HAN}])(?:[^<>]*[{_HAN}{_SIGNS}])?")
_HOLDS_TEXT = re.compile(r"<(?!(?:br|hr|img|input|wbr)\b)[a-z][^<>]*(?<!/)$", re.IGNORECASE | re.DOTALL)
_HOLDS_TEXT_ONLY = re.compile(r"<(?:text|title|tspan|option)\b")
_SAMPLE = 2000  # characters that tell the language of a text


def mark(html: str, lang: Lang) -> str:
    """The page with its Chinese marked as Chinese, where the page itself is not.

    Values are escaped in our pages, so that `<` and `>` are always those of tags.
    """
    if lang == "zh":
        return html
    pieces = []
    done = 0
    for match in _RUN.finditer(html):
        start, end = match.span()
        tag_end = html.rfind(">", 0, start)
        if html.rfind("<", 0, start) > tag_end:
            continue  # in an attribute
        tag = html[html.rfind("<", 0, tag_end) : tag_end] if tag_end > 0 else ""
        if _HOLDS_TEXT.match(tag) and (_HOLDS_TEXT_ONLY.match(tag) or _is_all(html, tag_end + 1, start, end)):
            said = "" if " lang=" in tag else f' lang="{TAGS["zh"]}"'
            pieces.append(f"{html[done:tag_end]}{said}{html[tag_end:end]}")
        else:
            pieces.append(f'{html[done:start]}<span lang="{TAGS["zh"]}">{html[start:end]}</span>')
        done = end
    return "".join([*pieces, html[done:]])


def _is_all(html: str, first: int, start: int, end: int) -> bool:
    """Whether nothing but this run stands between a tag that ends before `first` and the end of its element."""
    then = html.find("<", end)
    return html[then : then + 2] == "</" and not html[first:start].strip() and not html[end:then].strip()


@lru_cache(maxsize=64)  # a body is asked about for each language, and by its page as well as by its element
def of(html: str) -> Lang:
    """The language that most of a text is in. A Chinese character says about as much as two letters and a half."""
    text = _NO_LETTERS.sub("", _MARKUP.sub("", html[:_SAMPLE]))
    others = len(_CHARACTERS.sub("", text))
    return "zh" if (len(text) - others) * 5 >= others * 2 else "en"


def attribute(html: str, lang: Lang) -> str:
    """What an element with this text has to say on a page in `lang`; nothing where both are the same."""
    spoken = of(html)
    return "" if spoken == lang else f' lang="{TAGS[spoken]}"'
