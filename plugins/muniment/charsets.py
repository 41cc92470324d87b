"""In which encoding a file is written that is not UTF-8."""

from __future__ import annotations

import re

MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
NULS = (
    (re.compile(rb"[^\0]\0\0\0", re.DOTALL), "UTF-32LE"),
    (re.compile(rb"\0\0\0[^\0]", re.DOTALL), "UTF-32BE"),
    (re.compile(rb"[^\0]\0[^\0]", re.DOTALL), "UTF-16LE"),
    (re.compile(rb"\0[^\0]\0[^\0]", re.DOTALL), "UTF-16BE"),
)
HAN = re.compile("[\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef·—]")


def foreign_encoding(content: bytes) -> str:
    """The name of the encoding as `iconv` knows it; empty for UTF-8, whole or broken."""
    return wide_encoding(content) or ("GB18030" if _is_gb18030(content) else "")


def wide_encoding(content: bytes) -> str:
    """UTF-16 or UTF-32, by their mark or by where the NULs stand."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    for pattern, encoding in NULS:
        if pattern.match(content) and _decodes(content, encoding):
            return encoding
    return ""


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_gb18030(content: bytes) -> bool:
    """Whether it is Chinese in the old encoding, rather than UTF-8 with a broken byte."""
    try:
        wide = [sign for sign in content.decode("gb18030") if not sign.isascii()]
    except UnicodeDecodeError:
        return False
    as_utf8 = content.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    sound = sum(not sign.isascii() for sign in as_utf8) - broken
    # The characters of daily use come first in GB 2312; chance finds rare ones.
    usual = sum(bool(HAN.match(sign)) and _encodes(sign, "gb2312") for sign in wide)
    return sound <= broken and usual * 10 >= len(wide) * 8


def _encodes(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
