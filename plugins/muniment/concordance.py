"""Concordance: every word of every record as Pagefind keeps it, for the search page; the only module that runs Pagefind.

Chinese is written without spaces, and a dictionary cuts it otherwise than readers do, so that a word from the middle of a
sentence is not found. Here each pair of neighbouring Chinese characters is a word, as in 技术服务 → 技术 术服 服务 务: whatever
two characters somebody asks for are looked up like an English word, and one character is the beginning of such a word.
`assets/find-worker.js` cuts questions in the same way.

Pagefind's own facets are kept in an order that differs from run to run; ours are a file of the site (see `views/cards.py`).
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import metadata, util
from pathlib import Path
from threading import Thread
from typing import IO, Any

from muniment.pages import Card

FOLDER = "search/pagefind/"
INDEX = (
    "search/index.json"  # says which record each entry of Pagefind's is, and that there is an index at all
)
# Records that are indexed unless an index is demanded: Pagefind takes 0.2 MB of memory for each.
MOST = 20_000
SIGNATURE = "pagefind_dcd"  # at the head of whatever Pagefind packs
# Of what Pagefind hands out: its script and its engine, and the index. Its own ways to show results are not used.
_KEPT = re.compile(r"pagefind\.js|pagefind-entry\.json|wasm\.unknown\.pagefind|.*\.pf_\w+")
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]+")
_GAP = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_SPACE = "\u204f"  # stands for a space between Chinese characters; a sign of punctuation is no word, and nobody writes this one
_OVERLAP = re.compile(f"(?<![{_HAN}])([{_HAN}])[{_HAN}] (?=[{_HAN}])")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}


class Failure(Exception):
    """Pagefind did not make an index; the text says why."""


def cut(text: str) -> str:
    """The text with a space between all words, Chinese as pairs of characters; full-width letters and figures as ordinary ones."""
    return " ".join(_RUN.sub(_pairs, _GAP.sub(_SPACE, text.translate(_WIDE))).split())


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    return f" {' '.join(run[at : at + 2] for at in range(len(run)))} "


def joined(text: str) -> str:
    """What `cut` was made of, with a space after each run of Chinese."""
    return _OVERLAP.sub(r"\1", text).replace(_SPACE, "")


# -- Pagefind -------------------------------------------------------------------------------------------------


@cache
def program() -> str:
    """Where Pagefind is; empty where it is not installed."""
    found = util.find_spec("pagefind_bin")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for name in ("pagefind", "pagefind.exe"):
            if (path := Path(folder, name)).is_file():
                return str(path)
    return shutil.which("pagefind") or ""


@cache
def _version() -> str:
    try:
        return metadata.version("pagefind_bin")
    except metadata.PackageNotFoundError:
        return subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout


def digest(cards: Iterable[Card]) -> str:
    """What an index is made of: the same for the same records and the same Pagefind."""
    made_of = hashlib.sha256(_version().encode())
    for card in cards:
        made_of.update(f"\0{card.number}\0{card.title}\0{card.names}\0{card.text}".encode("utf-8", "replace"))
    return made_of.hexdigest()


def none() -> tuple[str, bytes]:
    """What a site without an index says of it."""
    return INDEX, _about("", {})


def _about(made_of: str, numbers: Mapping[str, str]) -> bytes:
    return json.dumps(
        {"made_of": made_of, "numbers": numbers}, separators=(",", ":"), sort_keys=True
    ).encode()


def kept(site: Path, made_of: str) -> dict[str, bytes] | None:
    """The index that lies in the folder `site` already, if it was made of the same; None otherwise."""
    try:
        about = (site / INDEX).read_bytes()
        if json.loads(about).get("made_of") != made_of:
            return None
        numbers = json.loads(about)["numbers"]
        top = site / FOLDER
        files = {
            FOLDER + path.relative_to(top).as_posix(): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }
    except (OSError, ValueError, AttributeError, KeyError):
        return None
    fragments = {Path(path).stem for path in files if path.endswith(".pf_fragment")}
    return {**files, INDEX: about} if fragments == set(numbers) and fragments else None


class Making:
    """Pagefind at work beside us. `files` waits for it."""

    def __init__(self, cards: Iterable[Card]) -> None:
        """Raises `Failure` where Pagefind cannot be started."""
        self._cards = tuple(cards)
        try:
            self._process = subprocess.Popen(
                [program(), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as problem:
            raise Failure(str(problem)) from problem
        # It answers while it is still being asked; without a hand of its own for each direction both would wait for ever.
        self._asking = Thread(target=self._ask, daemon=True)
        self._asking.start()

    def _ask(self) -> None:
        asked: Any = self._process.stdin
        with suppress(OSError):  # it has ended, which the reader sees as well
            for number, request in enumerate(_requests(self._cards), 1):
                said = json.dumps({"message_id": number, "payload": request}).encode()
                asked.write(base64.b64encode(said) + b",")
            asked.flush()

    def files(self) -> dict[str, bytes]:
        """Path and content of the whole index, the same for the same cards. Raises `Failure`."""
        answers: Any = self._process.stdout
        try:
            found: list[Mapping[str, str]] = []
            for answer in _answers(answers, len(self._cards) + 2):
                payload = answer["payload"]
                if payload["type"] == "Error":
                    raise Failure(str(payload.get("message")))
                found = payload.get("files", found)
        except (ValueError, KeyError, TypeError, binascii.Error) as problem:
            raise Failure(f"it said what is no answer: {problem}") from problem
        finally:
            self.stop()
        files = {each["path"]: base64.b64decode(each["content"]) for each in found}
        kept = {FOLDER + path: content for path, content in files.items() if _KEPT.fullmatch(path)}
        numbers = dict(_numbers(kept))
        if len(numbers) != len(self._cards):
            raise Failure(f"{len(self._cards)} records were asked for, {len(numbers)} are there")
        return {**kept, INDEX: _about(digest(self._cards), numbers)}

    def stop(self) -> None:
        self._process.kill()
        self._asking.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process.wait()


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # what was still to be written has no reader any more
        pipe.close()


def _requests(cards: Iterable[Card]) -> Iterator[Mapping[str, object]]:
    """What Pagefind is asked for, one message after another."""
    yield {"type": "NewIndex", "config": {}}
    for card in cards:
        yield {
            "type": "AddRecord",
            "index_id": 0,
            "url": card.number,
            "content": cut(card.text) or card.number,
            # Not Chinese: for that the browser would cut questions by a dictionary again.
            "language": "unknown",
            "meta": {"title": card.title, "names": cut(card.names)},
            "filters": {},
            "sort": {},
        }
    yield {"type": "GetFiles", "index_id": 0}


def _answers(pipe: IO[bytes], count: int) -> Iterator[Mapping[str, Any]]:
    """So many messages. Raises `Failure` where it ends before."""
    rest = bytearray()
    while count:
        piece = os.read(pipe.fileno(), 1 << 20)
        if not piece:
            raise Failure("it ended before it was done")
        rest += piece
        if b"," not in piece:
            continue
        *messages, rest = rest.split(b",")
        for message in messages:
            yield json.loads(base64.b64decode(message))
            count -= 1


def _numbers(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The number of the record that each entry is about, by the name of the entry."""
    for path, content in files.items():
        if path.endswith(".pf_fragment"):
            yield path.rpartition("/")[2].removesuffix(".pf_fragment"), str(fragment(content)["url"])


def fragment(content: bytes) -> Mapping[str, Any]:
    """What an entry says. Raises `ValueError` for anything else."""
    try:
        text = gzip.decompress(content).decode()
    except (OSError, EOFError) as problem:
        raise ValueError(str(problem)) from problem
    if not text.startswith(SIGNATURE):
        raise ValueError("no entry of Pagefind's")
    found = json.loads(text.removeprefix(SIGNATURE))
    return found if isinstance(found, dict) else {}
