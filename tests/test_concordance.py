"""The index of every word: how texts are cut, that the same records give the same bytes, what happens where it cannot be made."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import concordance, mkdocs_plugin, scan
from muniment.concordance import FOLDER, INDEX, Failure, Making, cut, joined
from muniment.needles import Needles
from muniment.pages import Card

CARDS = tuple(
    Card(
        f"XM2026{serial:03}",
        f"泵站远程监测第{serial}期验收报告",
        f"XM2026{serial:03} 泵站远程监测第{serial}期验收报告 验收报告 Acceptance report",
        f"本报告的第 {serial} 部分说明回退方案，见 SG-2 手册。The measured response time stayed below the limit.",
    )
    for serial in range(1, 40)
)


def test_chinese_is_cut_into_pairs_and_everything_else_into_words() -> None:
    assert cut("技术服务XM2026001的report，务") == "技术 术服 服务 务 XM2026001 的 report， 务"
    assert cut("ＸＭ２０２６") == "XM2026"
    assert cut("  \n") == ""


@given(st.text(alphabet="技术服务规范aB1 ，-\n", max_size=60))
def test_what_was_cut_is_put_together_again_but_for_spaces(text: str) -> None:
    assert "".join(joined(cut(text)).split()) == "".join(text.split())


def test_the_same_records_give_the_same_bytes_and_no_record_is_lost() -> None:
    made = [Making(CARDS).files() for _run in range(2)]
    assert made[0] == made[1]
    about = json.loads(made[0][INDEX])
    assert sorted(about["numbers"].values()) == [card.number for card in CARDS]
    assert about["made_of"] == concordance.digest(CARDS) != concordance.digest(CARDS[1:])
    assert f"{FOLDER}pagefind.js" in made[0]
    # Its own ways to show results, which nobody loads, are left out.
    assert not [path for path in made[0] if "ui" in path or path.endswith(".css")]


def test_an_index_that_is_there_already_is_used_again_only_if_it_is_whole(tmp_path: Path) -> None:
    files = Making(CARDS).files()
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    made_of = concordance.digest(CARDS)
    assert concordance.kept(tmp_path, made_of) == files
    assert concordance.kept(tmp_path, concordance.digest(CARDS[1:])) is None
    next((tmp_path / FOLDER).rglob("*.pf_fragment")).unlink()
    assert concordance.kept(tmp_path, made_of) is None
    assert concordance.kept(tmp_path / "elsewhere", made_of) is None


def test_a_program_that_is_no_pagefind_is_a_failure_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("/bin/true", "/bin/cat", "/nowhere/pagefind"):
        monkeypatch.setattr(concordance, "program", lambda program=program: program)
        with pytest.raises(Failure):
            Making(CARDS).files()


def test_without_pagefind_a_site_says_that_it_has_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "program", lambda: "")
    plugin = mkdocs_plugin.MunimentPlugin()
    plugin.load_config({"search": "auto"})
    path, content = next(iter(dict(plugin._words(Path("/nowhere"), CARDS)).items()))  # type: ignore[arg-type]  # it is a mapping here
    assert (path, json.loads(content)) == (INDEX, {"made_of": "", "numbers": {}})
    plugin.load_config({"search": "pagefind"})
    with pytest.raises(mkdocs_plugin.PluginError, match=r"muniment\[search\]"):
        plugin._words(Path("/nowhere"), CARDS)


def test_the_scanner_reads_what_the_index_holds() -> None:
    """A sentence stands there cut into pairs, which no search for the sentence would find."""
    said = "温度上限定为九十二度的依据"
    card = Card("XM2026001", "报告", "XM2026001 报告", f"前文。{said}。后文")
    files = {path: (lambda content=content: content) for path, content in Making([card]).files().items()}
    fragment = next(path for path in files if path.endswith(".pf_fragment"))
    assert said not in gzip.decompress(files[fragment]()).decode()
    wanted = scan.Search(Needles([said]), (scan.Wanted("text", "XM2026001"),), {})
    assert [leak.kind for leak in scan.scan(files, wanted).leaks] == ["text"]
    assert not scan.scan(files, scan.Search(Needles(["九十三度的依据"]), wanted.wanted, {})).leaks
