"""What changed between two texts, for people to read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import differences
from muniment.differences import Line, Piece

texts = st.text(st.sampled_from("甲乙丙丁。，ab cd12\n|#-`é🎉"), max_size=60)


def old_of(lines: tuple[Line, ...]) -> str:
    return "\n".join(
        "".join(piece.text for piece in line.pieces if piece.kind != "added")
        for line in lines
        if line.kind != "added"
    )


def new_of(lines: tuple[Line, ...]) -> str:
    return "\n".join(
        "".join(piece.text for piece in line.pieces if piece.kind != "removed")
        for line in lines
        if line.kind != "removed"
    )


def marked(pieces: tuple[Piece, ...]) -> str:
    around = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(around[piece.kind].format(piece.text) for piece in pieces)


@given(texts, texts)
def test_both_texts_can_be_read_back_from_the_lines(old: str, new: str) -> None:
    lines = differences.of_lines(old, new)
    assert (old_of(lines), new_of(lines)) == (old, new)


@given(texts, texts)
def test_both_texts_can_be_read_back_from_the_pieces(old: str, new: str) -> None:
    pieces = differences.of_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


@given(texts, texts)
def test_folding_leaves_no_line_out_and_folds_nothing_that_changed(old: str, new: str) -> None:
    lines = differences.of_lines(old, new)
    passages = differences.passages(lines)
    assert tuple(line for passage in passages for line in passage.lines) == lines
    assert all(line.kind == "same" for passage in passages if passage.is_folded for line in passage.lines)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("时间窗为 5 分钟。", "时间窗为 10 分钟。", "时间窗为 [-5][+10] 分钟。"),
        ("负责趋势计算；", "负责趋势计算和报警合并；", "负责趋势计算[+和报警合并]；"),
        ("每月巡检一次", "每季巡检一次", "每[-月][+季]巡检一次"),
        ("the pump is stopped", "the pump was stopped", "the pump [-is][+was] stopped"),
        ("1,200.50 元", "1,300.50 元", "[-1,200.50][+1,300.50] 元"),
        # Two characters that agree by chance are no reason to cut a sentence in pieces.
        ("甲的乙", "丙的丁", "[-甲的乙][+丙的丁]"),
    ],
)
def test_changes_are_words_figures_and_phrases(old: str, new: str, shown: str) -> None:
    assert marked(differences.of_words(old, new)) == shown


def test_a_line_in_other_words_is_one_line_and_a_different_line_is_two() -> None:
    lines = differences.of_lines(
        "一、范围\n适用于全部泵站的巡检工作。\n尾",
        "一、范围\n适用于全部车间的巡检工作。\n附则由质量部解释。\n尾",
    )
    assert [line.kind for line in lines] == ["same", "changed", "added", "same"]


def test_what_stands_between_fences_is_code_on_either_side() -> None:
    lines = differences.of_lines("文\n```\na  b\n```\n文", "文\n```\na   b\n```\n文\n新")
    assert [line.is_code for line in lines] == [False, True, True, True, False, False]


def test_long_parts_that_did_not_change_are_folded_between_their_edges() -> None:
    old = "\n".join(f"第 {n} 行" for n in range(20))
    new = old.replace("第 10 行", "第十行改写过了")
    passages = differences.passages(differences.of_lines(old, new))
    assert [passage.is_folded for passage in passages] == [True, False, True]
    assert len(passages[1].lines) <= 4


def test_the_same_text_is_one_folded_passage() -> None:
    text = "一\n二\n三\n四"
    assert [passage.is_folded for passage in differences.passages(differences.of_lines(text, text))] == [True]


def test_entries_of_a_list_are_told_with_their_places() -> None:
    assert list(differences.of_items(["a", "b", "c"], ["a", "c", "d"])) == [
        ("same", 0),
        ("removed", 1),
        ("same", 1),
        ("added", 2),
    ]


def test_hostile_sizes_end_soon() -> None:
    start = time.monotonic()
    for old, new in (
        ("a " * 50_000, "b " * 50_000),
        ("\n".join(f"x{n}" for n in range(5_000)), "\n".join(f"y{n}" for n in range(5_000))),
        ("甲" * 20_000, "乙" * 20_000),
    ):
        assert differences.of_lines(old, new)
    assert time.monotonic() - start < 20
