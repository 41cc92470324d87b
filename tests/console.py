"""Runs the command as a person would, but inside this process, since a process each would take minutes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from muniment import cli
from samples import WHO

# Nothing of the machine's own settings: who git says we are, which language the terminal speaks.
PLAIN = {**WHO, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "HOME": os.devnull}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def run(cwd: Path, *arguments: str, **env: str) -> Ran:
    """What `muniment ARGUMENTS` printed in `cwd`, and its exit code."""
    out, err = _Stream(), _Stream()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("MUNIMENT_LANG", "LC_MESSAGES", "MUNIMENT_DEBUG"):
            patch.delenv(name, raising=False)
        for name, value in {**PLAIN, **env}.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["muniment", *arguments])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        with pytest.raises(SystemExit) as ended:
            cli.main()
    code = ended.value.code
    return Ran(code if isinstance(code, int) else 1, out.text, err.text)


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    @property
    def text(self) -> str:
        self.flush()
        content: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]  # it is a BytesIO
        return content.decode("utf-8", "replace")


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """A folder that nobody may write to; root may write anywhere, so a test has to skip for it."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(mode)
