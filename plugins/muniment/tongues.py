"""Which language a piece of text is in: a screen reader changes its voice by it, a browser the shape of characters.

The interface speaks the reader's language, but records are written once, in the company's. So an English page holds names,
titles and bodies in Chinese, and has to say so.
"""

from __future__ import annotations

import re

from muniment.findings import Lang

TAGS: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "\u2018\u201c\u300a\u300c\u3010\uff08"
_SIGNS = "\u2014\u2018-\u201d\u2026\u3000-\u303f\uff00-\uffef"
_LETTER = re.compile(r"[^\W\d_]")
_CHARACTER = re.compile(f"[{_HAN}]")
_MARKUP = re.compile(r"<[^>]*>")
# A text between two tags: the tag before it, what stands before its first Chinese character, from there to the last one, the
# rest. Values are escaped in our pages, so that `<` and `>` are always those of tags.
_TEXT = re.compile(
    rf"(<[a-z][^<>]*)?>([^<>{_HAN}]*?)([{_OPENING}]*[{_HAN}](?:[^<>]*[{_HAN}{_SIGNS}])?)([^<>]*)(?=<(/?))",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"<(?:br|hr|img|input|wbr)\b|.*/$", re.DOTALL)
_NO_SPAN = re.compile(r"<(?:text|title|tspan|option)\b")


def mark(html: str, lang: Lang) -> str:
    """The page with its Chinese marked as Chinese, where the page itself is not."""
    return html if lang == "zh" else _TEXT.sub(_marked, html)


def _marked(match: re.Match[str]) -> str:
    tag, before, text, after, closes = match.groups()
    is_all = closes and not before.strip() and not after.strip()
    if tag and not _EMPTY.match(tag) and (is_all or _NO_SPAN.match(tag)):
        said = tag if " lang=" in tag else f'{tag} lang="{TAGS["zh"]}"'
        return f"{said}>{before}{text}{after}"
    return f'{tag or ""}>{before}<span lang="{TAGS["zh"]}">{text}</span>{after}'


def of(html: str) -> Lang:
    """The language that most of a text is in. A Chinese character says about as much as two letters and a half."""
    text = _MARKUP.sub("", html)
    characters = len(_CHARACTER.findall(text))
    return "zh" if characters * 5 >= (len(_LETTER.findall(text)) - characters) * 2 else "en"


def attribute(html: str, lang: Lang) -> str:
    """What an element with this text has to say on a page in `lang`; nothing where both are the same."""
    spoken = of(html)
    return "" if spoken == lang else f' lang="{TAGS[spoken]}"'
