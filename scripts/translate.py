"""The words of the interface: gathers them from the code and the templates, checks their translations, compiles them.

    python scripts/translate.py           brings the catalogue up to date; new words wait there for a translation
    python scripts/translate.py --check   changes nothing; fails where a translation is missing or a file is stale

(Not called locale.py: beside other scripts that name would hide Python's own module from them.)
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "plugins" / "muniment"
PO = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "muniment.po"
MO = PO.with_suffix(".mo")
TEMPLATES = [("templates/**.html", "jinja2"), ("theme/**.html", "jinja2")]
# A word that no source spells out (it comes from the theme, say) stays if its comment says who uses it.
KEPT = "kept"
HEADER = (
    "# The interface in Chinese. Made by scripts/translate.py, which keeps the translations written here."
)
PLACES = re.compile(r"\{[a-z_]*\}")


class SteadyCatalog(Catalog):
    """Babel's own header names the day, the machine and its version, so that every run would differ."""

    mime_headers = property(
        lambda _self: [
            ("Language", "zh_CN"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing, fail where something is to be done"
    )
    only_check = parser.parse_args().check
    catalogue = updated()
    po, mo = text_of(catalogue), compiled(catalogue)
    problems = list(faults(catalogue))
    stale = [
        file for file, content in ((PO, po), (MO, mo)) if not file.exists() or file.read_bytes() != content
    ]
    if only_check and stale:
        problems += [f"{file.relative_to(TOP)} is stale; run: python scripts/translate.py" for file in stale]
    elif stale:
        PO.parent.mkdir(parents=True, exist_ok=True)
        for file, content in ((PO, po), (MO, mo)):
            file.write_bytes(content)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def updated() -> Catalog:
    """The words that the sources use now, with the translations that we have. Nothing in it depends on the day."""
    catalogue = SteadyCatalog(locale="zh_CN", header_comment=HEADER, fuzzy=False)
    known = {message.id: message for message in existing() if message.id}
    for place, words in sorted({*in_templates(), *in_code()}):
        catalogue.add(words, known[words].string if words in known else "", locations=[(place, 0)])
    for kept, message in known.items():
        if kept not in catalogue and any(comment.startswith(KEPT) for comment in message.user_comments):
            catalogue.add(kept, message.string, user_comments=message.user_comments)
    return catalogue


def in_templates() -> Iterator[tuple[str, str]]:
    """The words of the templates, each with its file."""
    for name, _line, words, _comments, _context in extract_from_dir(PACKAGE, TEMPLATES):
        if isinstance(words, str) and words:
            yield f"plugins/muniment/{name}", words


def in_code() -> Iterator[tuple[str, str]]:
    """The words of the code. (Babel reads tokens: it misses calls inside f-strings and takes `_(names["x"])` for words.)"""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            match node:
                case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(words))]) if words:
                    yield file.relative_to(TOP).as_posix(), words


def existing() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_CN")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", ignore_obsolete=True)


def faults(catalogue: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being whole: words without a translation, or with other places to fill."""
    for message in catalogue:
        if message.id and not message.string:
            yield f"{where(message)}: no Chinese for {message.id!r}; write it into {PO.relative_to(TOP)}"
        elif message.id and sorted(PLACES.findall(str(message.id))) != sorted(
            PLACES.findall(str(message.string))
        ):
            yield f"{where(message)}: {message.id!r} and {message.string!r} have different places to fill"


def where(message: Message) -> str:
    return message.locations[0][0] if message.locations else str(PO.relative_to(TOP))


def text_of(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
