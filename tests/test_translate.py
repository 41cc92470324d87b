"""The catalogue of the interface's words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from muniment import i18n

TOP = Path(__file__).parent.parent


def test_every_word_of_the_interface_has_its_chinese_and_the_compiled_catalogue_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/translate.py", "--check"], cwd=TOP, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_words_reach_the_reader_in_the_language_asked_for() -> None:
    assert (i18n.translator("zh")("Registers"), i18n.translator("en")("Registers")) == ("登记簿", "Registers")


def test_no_word_is_looked_up_past_the_name_that_the_catalogue_is_made_from() -> None:
    sources = {file: file.read_text(encoding="utf-8") for file in (TOP / "plugins").rglob("*.py")}
    assert [str(file) for file, text in sources.items() if 'translator(lang)("' in text] == []
