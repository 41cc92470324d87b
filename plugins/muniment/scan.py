"""Scan: a finished site searched for everything that its readers may not know, in whatever form a file holds it.

What is looked for comes from the records as they are, not from what the build made of them, so a fault of the build is found.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from muniment import audience, concordance, hands, resources
from muniment.facts import Facts
from muniment.fields import Field
from muniment.findings import Text
from muniment.ledger import blob_id
from muniment.needles import Needles, is_telling, squeeze
from muniment.records import Record

KINDS = ("number", "title", "person", "file", "digest", "text", "content")
# Pages that are made of what comes with the package alone: their examples have numbers of their own.
_PACKAGE_PAGES = ("rules/", "handbook/", "en/rules/", "en/handbook/")
_DEPTH = 4  # containers within containers
_LARGEST = 1 << 28
_SENTENCES = re.compile(r"[。！？；!?;|\n]+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[\s#>*+-]+|[*`]+", re.MULTILINE)
_NUMBER = re.compile(r"[A-Z]{2}\d{2,}")
_DATE = re.compile(r"\d{4}-\d\d(-\d\d.*)?")
_CALL = re.compile(r"\+?[\d ()-]{8,}")
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_EMBEDDED = re.compile(rb"base64,([A-Za-z0-9+/=]{16,})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing from above the level: what kind, and of which record."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Leak:
    """Something from above the level in a file of the site; neither `path` nor `hint` gives it away in full."""

    path: str
    kind: str
    record: str
    hint: str


@dataclass(frozen=True)
class Search:
    """What is looked for: phrases, and digests of whole files. `wanted` is in the order of the needles' phrases.

    `common` are phrases that the package's own handbook and samples hold; `left_out` counts what says too little to be
    looked for, or is known to these readers anyway, `locked` the records whose encrypted part could not be read here.
    """

    needles: Needles
    wanted: tuple[Wanted, ...]
    contents: Mapping[str, Wanted]
    common: frozenset[int] = frozenset()
    left_out: int = 0
    records: int = 0
    locked: int = 0

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(each.kind for each in (*self.wanted, *self.contents.values()))
        return {kind: found[kind] for kind in KINDS}

    @cached_property
    def hidden(self) -> Needles:
        """For covering the names of files in what is printed."""
        return Needles(self.needles.phrases)


@dataclass(frozen=True)
class Outcome:
    """What came of it: the leaks, and files that could not be looked into, each with why."""

    leaks: tuple[Leak, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    files: int = 0
    size: int = 0


# -- What is looked for -----------------------------------------------------------------------------------------


def search(facts: Facts, level: str) -> Search:
    """Everything about the records above `level` by which they could be told. Raises `ValueError` for an unknown level."""
    hidden = audience.above(facts, level)
    names_persons = level == audience.levels(facts.policy)[0] and not audience.is_nameless(
        facts.policy, level
    )
    sought = tuple(record for record in hidden if not (names_persons and record.type.name == "staff"))
    found: dict[str, Wanted] = {}
    earlier = audience.outgrown(facts, level)
    for phrase, wanted in _firm(facts, hidden, sought):
        found.setdefault(squeeze(phrase), wanted)
    firm = len(found)
    for phrase, wanted in _outgrown(facts, earlier):
        found.setdefault(squeeze(phrase), wanted)
    for record in sought:
        # Pages are made with the words of the policies, whoever reads them.
        for phrase in _sentences(facts, record) if record.type.group != "policy" else ():
            found.setdefault(squeeze(phrase), Wanted("text", record.number))
    shown = {record.number for record in facts.corpus} - {record.number for record in hidden}
    kept, left_out = _telling(facts, found, firm, shown, earlier)
    needles = Needles(kept)
    package = resources_text()
    return Search(
        needles,
        tuple(kept.values()),
        dict(_contents(facts, (*hidden, *(each for row in earlier.values() for each in row)), shown)),
        frozenset(needles.within(package)),
        left_out,
        len(hidden),
        sum(record.is_locked for record in hidden),
    )


def _firm(
    facts: Facts, hidden: tuple[Record, ...], sought: tuple[Record, ...]
) -> Iterator[tuple[str, Wanted]]:
    """Numbers, names and digests, which are never an ordinary part of a sentence."""
    by_number = audience.shows_numbers(facts.policy)
    for record in hidden:
        if _NUMBER.fullmatch(record.number) and not (by_number and record.type.name != "staff"):
            yield record.number, Wanted("number", record.number)
        for digest in _digests(facts, record):
            yield digest, Wanted("digest", record.number)
    kinds = {
        squeeze(name): (record.type.name == "staff", name == record.title, record.number)
        for record in sought
        for name in audience.named(facts, record)
    }
    for name in audience.names(facts, sought):
        is_person, is_title, number = kinds[squeeze(name)]
        yield name, Wanted("person" if is_person else "title" if is_title else "file", number)


def _outgrown(facts: Facts, earlier: Mapping[str, tuple[Record, ...]]) -> Iterator[tuple[str, Wanted]]:
    """What records that are shown now said while they stood above the level, and what was said of them."""
    for number, revisions in earlier.items():
        for name in audience.names(facts, (), {number: revisions}):
            yield name, Wanted("title" if name == revisions[-1].title else "file", number)
        texts = [text for each in revisions for text in (*_strings(each.data), each.body or "")]
        early = {each.revision for each in revisions}
        acts = [act for act in facts.corpus.records[number].acts if act.revision in early]
        for text in (*texts, *(text for act in acts for text in _strings(act.data))):
            for sentence in _sentences_of(text):
                yield sentence, Wanted("text", number)


def _digests(facts: Facts, record: Record) -> Iterator[str]:
    """Of the record's files as they are, and Git's names for all versions of its facts."""
    yield record.content.removeprefix("sha256:")
    for content in _files(record):
        yield hashlib.sha256(content).hexdigest()
        yield blob_id(content)
    for life in facts.ledger.lives.get(record.number, ()) if facts.ledger else ():
        yield from life.blobs


def _files(record: Record) -> Iterator[bytes]:
    """The record's files as they lie in Git, and as they are once decrypted."""
    for path in (record.path, *record.files, *record.act_paths):
        yield record.tree.read(path)
        if path in record.ciphers and (plain := record.plain(path)) is not None:
            yield plain


def _contents(facts: Facts, hidden: tuple[Record, ...], shown: set[str]) -> Iterator[tuple[str, Wanted]]:
    """Whole files of the records, by their digest; one that a record within the level has as well is no secret."""
    digest = {
        hashlib.sha256(content).hexdigest(): record.number for record in hidden for content in _files(record)
    }
    # An empty file is like any other.
    digest.pop(hashlib.sha256(b"").hexdigest(), None)
    for record in facts.corpus if digest else ():
        if record.number in shown:
            for path in record.files:
                digest.pop(hashlib.sha256(record.tree.read(path)).hexdigest(), None)
    for name, number in digest.items():
        yield name, Wanted("content", number)


def _sentences(facts: Facts, record: Record) -> Iterator[str]:
    """What the record says, sentence by sentence, as far as it says something of its own."""
    acts = (*record.acts, *record.readings)
    texts = [*_strings(record.data), *(text for act in acts for text in _strings(act.data))]
    texts.append(record.body or "")
    for revision in facts.revisions.get(record.number, ()):
        texts += [*_strings(revision.record.data), revision.record.body or ""]
    for text in texts:
        yield from _sentences_of(text)


def _sentences_of(text: str) -> Iterator[str]:
    for sentence in _SENTENCES.split(_MARKS.sub("", _LINK.sub(r"\1", text))):
        if is_distinctive(sentence):
            yield sentence


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)


def is_distinctive(sentence: str) -> bool:
    """Whether a piece of text can be looked for: seven Chinese characters, sixteen letters, a telephone number, an address."""
    short = squeeze(sentence)
    if _DATE.fullmatch(short) or _NUMBER.fullmatch(short.upper()) or short.startswith("sha256:"):
        return False
    if "@" in short and short.isascii():
        return len(short) >= 8
    if _CALL.fullmatch(short):
        return sum(map(str.isdigit, short)) >= 8
    return len(short) >= (16 if short.isascii() else 7) and is_telling(short)


def _telling(
    facts: Facts,
    found: dict[str, Wanted],
    firm: int,
    shown: set[str],
    earlier: Mapping[str, tuple[Record, ...]],
) -> tuple[dict[str, Wanted], int]:
    """Without words of the interface, and without sentences that these readers know from records of theirs."""
    needles = Needles(found)
    known = {
        place
        for place in needles.within(interface_text(facts))
        if found[needles.phrases[place]].kind not in ("digest", "number")
    }
    texts = b"\n".join(
        part.encode("utf-8", "replace")
        for record in facts.corpus
        if record.number in shown
        for part in (
            record.document.text,
            record.body or "",
            *(
                act.document.text
                for act in (*record.acts, *record.readings)
                if act.revision not in {each.revision for each in earlier.get(record.number, ())}
            ),
        )
    )
    for place in needles.within(b"\n".join((texts, resources_text()))):
        if place >= firm:
            known.add(place)
    kept = {phrase: found[phrase] for place, phrase in enumerate(needles.phrases) if place not in known}
    return kept, len(known)


def interface_text(facts: Facts) -> bytes:
    """All that pages say of themselves, whatever the records are."""
    types = [
        part
        for kind in facts.types.values()
        for text in (
            kind.title,
            kind.description,
            *(each for field in kind.fields for each in _labels(field)),
        )
        for part in (text.zh.encode(), text.en.encode())
    ]
    return b"\n".join([*types, *_texts("locale", ".po"), *_texts("registers", ".py")])


def _labels(field: Field) -> Iterator[Text]:
    yield from (field.title, field.description, *field.labels.values())
    for inner in (*field.fields, *((field.item,) if field.item else ())):
        yield from _labels(inner)


def resources_text() -> bytes:
    """The handbook, the rules and their samples, which every site shows."""
    return b"\n".join(_texts("handbook", ".md") + _texts("rules", ".py") + _texts("samples", ""))


def _texts(name: str, suffix: str) -> list[bytes]:
    top = resources.path(name)
    return [
        file.read_bytes()
        for file in sorted(top.rglob(f"*{suffix}"))
        if file.is_file() and "__pycache__" not in file.parts
    ]


# -- Where it is looked for -------------------------------------------------------------------------------------

Files = Mapping[str, Callable[[], bytes]]


def scan(files: Files, wanted: Search) -> Outcome:
    """Looks into every file; `files` are read one after another, by several processes where there are many."""
    paths = sorted(files)
    count = hands.count(len(paths))

    def work(hand: int) -> Outcome:
        reader = _Reader(wanted)
        for path in paths[hand::count]:
            reader.file(path, files[path]())
        return Outcome(tuple(reader.leaks), tuple(reader.unread), reader.files, reader.size)

    parts = hands.together(work, count, count)
    return Outcome(
        tuple(sorted({leak for part in parts for leak in part.leaks}, key=_order)),
        tuple(sorted(each for part in parts for each in part.unread)),
        sum(part.files for part in parts),
        sum(part.size for part in parts),
    )


def _order(leak: Leak) -> tuple[str, int, str, str]:
    return leak.path, KINDS.index(leak.kind), leak.record, leak.hint


@dataclass
class _Reader:
    """Goes through files one by one and remembers which lines it has seen, since every page has the same frame."""

    wanted: Search
    leaks: list[Leak] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    size: int = 0
    _seen: set[int] = field(default_factory=set)

    def file(self, path: str, content: bytes) -> None:
        self.files += 1
        self.size += len(content)
        self._look(path, path, unquote(path).encode("utf-8", "surrogateescape"))
        self._content(path, path, content, 0)

    def _content(self, path: str, where: str, content: bytes, depth: int) -> None:
        """`where` is the page that the content is about, `path` where it was found."""
        self._whole(path, content)
        inner = list(self._opened(path, content)) if depth < _DEPTH else []
        for name, part in inner:
            self._look(path, where, name.encode("utf-8", "replace"))
            self._content(f"{path}!{name}", where, part, depth + 1)
        if content[:4] in (b"PK\x03\x04", b"\x28\xb5\x2f\xfd") or content[:2] == b"\x1f\x8b":
            return
        if ".pf_fragment!" in path:
            # Chinese stands there in pairs of characters; what a reader sees is put together again.
            content = concordance.joined(content.decode("utf-8", "replace")).encode("utf-8", "replace")
        if path.startswith("search/") and path.endswith(".json"):
            self._entries(path, content)
            return
        for view in _views(self._fresh(content) if path.endswith(".html") else content):
            self._look(path, where, view)

    def _entries(self, path: str, content: bytes) -> None:
        """An index of pages: what an entry says belongs to the page that it leads to."""
        try:
            entries = json.loads(content)
        except ValueError:
            entries = None
        if not isinstance(entries, list) or not all(isinstance(each, list) and each for each in entries):
            for view in _views(content):
                self._look(path, path, view)
            return
        ours = [entry for entry in entries if not str(entry[0]).startswith(_PACKAGE_PAGES)]
        for where, part in (
            (path, ours),
            (_PACKAGE_PAGES[0], [each for each in entries if each not in ours]),
        ):
            for view in _views(json.dumps(part, ensure_ascii=False).encode("utf-8", "replace")):
                self._look(path, where, view)

    def _whole(self, path: str, content: bytes) -> None:
        wanted = (
            self.wanted.contents.get(hashlib.sha256(content).hexdigest()) if self.wanted.contents else None
        )
        if wanted is not None:
            self._tell(path, wanted, "")

    def _look(self, path: str, where: str, content: bytes) -> None:
        is_ours = where.startswith(_PACKAGE_PAGES)
        for place in self.wanted.needles.within(content):
            if not (is_ours and place in self.wanted.common):
                self._tell(path, self.wanted.wanted[place], self.wanted.needles.phrases[place])

    def _tell(self, path: str, wanted: Wanted, phrase: str) -> None:
        shown = self.wanted.hidden.cover(unquote(path), "•••")
        self.leaks.append(Leak(shown, wanted.kind, hint(wanted.number), hint(phrase)))

    def _fresh(self, content: bytes) -> bytes:
        """The lines of a page that were not yet seen after the line before them, with that line."""
        lines = content.split(b"\n")
        keys = [hash(pair) for pair in zip([b"", *lines], lines, strict=False)]
        new = [key not in self._seen for key in keys]
        self._seen.update(keys)
        parts, is_open = [], False
        for place, line in enumerate(lines):
            if new[place] or (place + 1 < len(lines) and new[place + 1]):
                parts.append(line if is_open else b"\x01" + line)
                is_open = True
            else:
                is_open = False
        return b"\n".join(parts)

    def _opened(self, path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
        """What a container holds: (name, content)."""
        opener = _opener(path, content)
        if opener is None:
            return
        try:
            yield from opener(content)
        except (OSError, ValueError, RuntimeError, ImportError, zlib.error, zipfile.BadZipFile) as problem:
            self.unread.append(
                (self.wanted.hidden.cover(path, "•••"), str(problem) or type(problem).__name__)
            )


def hint(secret: str) -> str:
    """Enough to recognise it for those who know it, and no more."""
    if not secret:
        return ""
    if _NUMBER.fullmatch(secret.upper()):
        return f"{secret[:2].upper()}{'•' * (len(secret) - 2)}"
    return f"{secret[:1]}… ({len(secret)})"


def _opener(path: str, content: bytes) -> Callable[[bytes], Iterator[tuple[str, bytes]]] | None:
    if content[:2] == b"\x1f\x8b":
        return _gzip
    if content[:4] == b"PK\x03\x04":
        return _zip
    if content[:4] == b"\x28\xb5\x2f\xfd":
        return _zstd
    if b"%PDF-" in content[:1024]:
        return _pdf
    if path.endswith(".br"):
        return _brotli
    return None


def _gzip(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every member of it: Pagefind's fragments are such files under names of their own."""
    n = 0
    while content[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(31)
        yield f"gzip{n or ''}", member.decompress(content, _LARGEST)
        if member.unconsumed_tail:
            raise ValueError("more than 256 MB in a compressed file")
        content, n = member.unused_data, n + 1


def _zip(content: bytes) -> Iterator[tuple[str, bytes]]:
    """XLSX, DOCX and the like."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.comment:
            yield "comment", archive.comment
        for info in archive.infolist():
            if info.file_size > _LARGEST:
                raise ValueError("more than 256 MB in a compressed file")
            yield info.filename, archive.read(info)


def _zstd(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Opened where a library for it is installed; else nobody can say what is in it."""
    try:
        import zstandard
    except ImportError as problem:
        raise ValueError(f"Zstandard, {len(content)} bytes: pip install zstandard") from problem
    try:
        with zstandard.ZstdDecompressor().stream_reader(
            io.BytesIO(content), read_across_frames=True
        ) as opened:
            yield "zstd", _limited(opened.read(_LARGEST + 1))
    except zstandard.ZstdError as problem:
        raise ValueError(str(problem)) from problem


def _brotli(content: bytes) -> Iterator[tuple[str, bytes]]:
    """A page packed ahead for the web server (`index.html.br`); the form has no mark of its own but the name."""
    try:
        import brotli  # type: ignore[import-untyped]  # it ships without types
    except ImportError as problem:
        raise ValueError(f"Brotli, {len(content)} bytes: pip install brotli") from problem
    try:
        yield "brotli", _limited(brotli.decompress(content))
    except brotli.error as problem:
        raise ValueError(str(problem)) from problem


def _limited(content: bytes) -> bytes:
    if len(content) > _LARGEST:
        raise ValueError("more than 256 MB in a compressed file")
    return content


def _pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The text as a reader sees it, what the file says of itself, and every stream as it was before it was packed."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    for n, match in enumerate(_STREAM.finditer(content)):
        try:
            yield f"stream{n}", zlib.decompressobj().decompress(match[1].lstrip(b"\r\n"), _LARGEST)
        except zlib.error:
            continue  # packed otherwise, or not at all: a picture, a font
    try:
        reader = PdfReader(io.BytesIO(content))
        pages = "\n".join(page.extract_text() for page in reader.pages)
        about = "\n".join(str(value) for value in (reader.metadata or {}).values())
        names = "\n".join(str(entry.title) for entry in _outline(reader.outline))
    except (PyPdfError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError(str(problem)) from problem
    yield "text", f"{pages}\n{about}\n{names}".encode("utf-8", "replace")
    for name, attached in reader.attachments.items():
        for part in attached:
            yield name, part


def _outline(entries: Iterable[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield entry


def _views(content: bytes) -> Iterator[bytes]:
    """The same content in the forms in which a reader or a program would take it."""
    yield content
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
        yield content
    elif content.count(b"\0", 0, 4096) > 512:
        for coding in ("utf-16-le", "utf-16-be"):
            yield content.decode(coding, "replace").encode("utf-8", "replace")
        return
    for match in _EMBEDDED.finditer(content):
        whole = match[1].rstrip(b"=")
        yield from _views(base64.b64decode(whole[: len(whole) // 4 * 4]))
    text = content.decode("utf-8", "replace")
    if "\\u" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        yield text.encode("utf-8", "replace")
    if "&" in text:
        text = html.unescape(text)
        yield text.encode("utf-8", "replace")
    if "<" in text:
        yield _TAG.sub("", text).encode("utf-8", "replace")
    if "%" in text:
        yield unquote(text).encode("utf-8", "replace")
