"""Signatures of commits, each judged once; those of a long history in a second process, while this one goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from muniment import sshsig

FEWEST = 500  # so many take longer than to start a process
_MANY = 1 << 17  # what is remembered of a registry that is served for weeks must end somewhere


@dataclass(frozen=True)
class Signature:
    """What the signature of a commit shows by itself: the SSH key that made it, or that it is of another kind, or
    that it is bad and why. All are empty for a commit without one.
    """

    key: sshsig.Key | None = None
    kind: sshsig.Kind | None = None
    bad: sshsig.Reason | None = None


_known: dict[bytes, Signature] = {}
_running: list[_Second] = []


def of(raw: bytes) -> Signature:
    """The signature of a commit's raw bytes, checked against the key inside it; whose key that is, the register says."""
    found = _known.get(raw)
    if found is None and _running:
        found = _running[-1].catch_up(raw)
    return _remembered(raw, _judge(raw)) if found is None else found


def claimed(raw: bytes) -> bytes | None:
    """The SSH key that the signature of a commit says it was made by; None for other kinds. Raises `BadSignature`."""
    parts = sshsig.split_commit(raw)
    return sshsig.claimed(parts.signature) if parts.kind == "ssh" and parts.signature else None


@contextmanager
def ahead(commits: Sequence[bytes]) -> Iterator[None]:
    """Inside, a second process judges these commits in their order, where there are enough of them and a processor is free."""
    fresh = [raw for raw in commits if raw not in _known]
    if len(fresh) < FEWEST or _processors() < 2:
        yield
        return
    second = _Second(fresh)
    _running.append(second)
    try:
        yield
    finally:
        _running.remove(second)
        second.stop()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _remembered(raw: bytes, signature: Signature) -> Signature:
    if len(_known) >= _MANY:
        _known.clear()
    _known[raw] = signature
    return signature


def _judge(raw: bytes) -> Signature:
    try:
        parts = sshsig.split_commit(raw)
        if parts.signature is None or parts.kind != "ssh":
            return Signature(kind=parts.kind)
        return Signature(sshsig.verify(parts.payload, parts.signature), "ssh")
    except sshsig.BadSignature as problem:
        return Signature(bad=problem.reason)


# -- The second process -------------------------------------------------------------------------------------

# Isolated, since it starts in a clone that may hold modules of our names; it finds ours where we do.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from muniment import signatures; signatures.serve()"


class _Second:
    """A process that judges commits in order. Where it fails, nothing is lost: they are judged here, later."""

    def __init__(self, commits: Sequence[bytes]) -> None:
        self._left = iter(commits)
        self._pending = set(commits)
        self._told: list[Signature] = []
        with tempfile.TemporaryFile() as given:
            given.writelines(b"%d\n%s" % (len(raw), raw) for raw in commits)
            given.seek(0)
            program = _PROGRAM.format(path=[os.path.abspath(place) for place in sys.path if place])  # noqa: PTH100 - as text
            self._process = subprocess.Popen(
                [sys.executable, "-I", *(["-B"] if sys.dont_write_bytecode else []), "-c", program],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self._lines = cast("IO[bytes]", self._process.stdout)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._lines.close()

    def catch_up(self, raw: bytes) -> Signature | None:
        """What was found on a commit; None for one that was not given, or where nothing more is told."""
        while raw in self._pending:
            line = self._lines.readline()
            if not line.endswith(b"\n"):
                self._pending.clear()
                break
            commit = next(self._left)
            self._pending.discard(commit)
            _remembered(commit, self._read(line))
        return _known.get(raw)

    def _read(self, line: bytes) -> Signature:
        """A number says: as that one before."""
        first, *rest = line.decode("ascii").split()
        if not rest:
            return self._told[int(first)]
        kind, bad, algorithm, blob = (None if word == "-" else word for word in rest)
        key = sshsig.Key(algorithm, b64decode(blob)) if algorithm and blob else None
        self._told.append(Signature(key, cast("sshsig.Kind | None", kind), cast("sshsig.Reason | None", bad)))
        return self._told[-1]


def serve() -> None:
    """Judge the commits on standard input, a line for each on standard output."""
    told: dict[Signature, int] = {}
    given, out = sys.stdin.buffer, sys.stdout.buffer
    for count, length in enumerate(iter(given.readline, b"")):
        signature = _judge(given.read(int(length)))
        if signature in told:
            out.write(b"%d\n" % told[signature])
        else:
            told[signature] = len(told)
            out.write(_line(signature))
        if count % 64 == 0:
            out.flush()
    out.flush()


def _line(signature: Signature) -> bytes:
    key = signature.key
    words: tuple[Any, ...] = (
        signature.kind,
        signature.bad,
        key and key.algorithm,
        key and b64encode(key.blob).decode(),
    )
    return f"new {' '.join(word or '-' for word in words)}\n".encode("ascii")
