"""Needles: many words and phrases looked for in a text at once, across line ends and whatever the case of their letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

_PLAIN = re.compile(r"[\d\W_]+")
_BLANKS = b" \t\r\n\f\v"
_WIDE_BLANK = "\u3000".encode()


def squeeze(text: str) -> str:
    """The text without blanks and in small letters, so that a line that was broken elsewhere is still found."""
    return "".join(text.split()).lower()


def is_telling(phrase: str) -> bool:
    """Whether a phrase says enough to be looked for: two Chinese characters or four letters; figures alone say nothing."""
    short = squeeze(phrase)
    if _PLAIN.fullmatch(short):
        return False
    return len(short) >= (4 if short.isascii() else 2)


class Needles:
    """Phrases to look for. A phrase that begins or ends with a letter or figure of ASCII is found as a word only."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(dict.fromkeys(short for phrase in phrases if (short := squeeze(phrase))))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self.phrases)

    @cached_property
    def _bytes(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([phrase.encode() for phrase in self.phrases])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a phrase stands in the text, one after another; what overlaps is one span."""
        if not self.phrases or not (found := self._find(text)):
            return []
        places = [place for place, sign in enumerate(text) if not sign.isspace() for _ in sign.lower()]
        spans: list[tuple[int, int]] = []
        for start, end in sorted((places[first], places[last - 1] + 1) for first, last in found):
            if not _is_word(text, start, end):
                continue
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def _find(self, text: str) -> list[tuple[int, int]]:
        found = self._automaton.find_matches_as_indexes(squeeze(text), overlapping=True)
        return [(first, last) for _, first, last in found]

    def cover(self, text: str, mask: str) -> str:
        """The text with every phrase behind the mask; the same object where there is none."""
        parts, at = [], 0
        for start, end in self.spans(text):
            parts += [text[at:start], mask]
            at = end
        return "".join([*parts, text[at:]]) if parts else text

    def within(self, content: bytes) -> Iterator[int]:
        """Which phrases stand in UTF-8 text, each once, by their places in `phrases`."""
        if not self.phrases:
            return
        flat = content.translate(None, _BLANKS).replace(_WIDE_BLANK, b"").lower()
        found = self._bytes.find_matches_as_indexes(flat, overlapping=True)
        text = None
        for place in sorted({place for place, _, _ in found}):
            phrase = self.phrases[place]
            if not (_is_letter(phrase[0]) or _is_letter(phrase[-1])):
                yield place
                continue
            text = content.decode("utf-8", "replace") if text is None else text
            # The blanks are gone, so whether it stands there as a word is looked up in the text as it was.
            if re.search(_as_word(phrase), text, re.IGNORECASE):
                yield place


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _is_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (before and _is_letter(before) and _is_letter(text[start]))
        or (after and _is_letter(after) and _is_letter(text[end - 1]))
    )


def _as_word(phrase: str) -> str:
    before = r"(?<![A-Za-z0-9])" if _is_letter(phrase[0]) else ""
    after = r"(?![A-Za-z0-9])" if _is_letter(phrase[-1]) else ""
    return before + r"\s*".join(re.escape(sign) for sign in phrase) + after
