"""The words of the interface in the reader's language; rules, schemas and registers carry their own."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import lru_cache

from muniment import resources
from muniment.findings import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")
_LOCALES = {"zh": "zh_CN", "en": "en"}


@lru_cache(maxsize=2)
def translator(lang: Lang) -> Callable[[str], str]:
    """English source text -> the same in `lang`; English stands where a translation is missing."""
    catalogue = gettext.translation(
        "muniment", str(resources.path("locale")), languages=[_LOCALES[lang]], fallback=True
    )
    return lru_cache(maxsize=None)(catalogue.gettext)  # a few hundred sentences, said for every page
