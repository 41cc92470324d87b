from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import edit
from muniment.slips import BAD_VALUE
from muniment.source import load

LETTERS = st.characters(exclude_categories=("Cs",)).filter(lambda sign: not BAD_VALUE.search(sign))
YAMLISH = st.text(st.sampled_from(list(" \t\n:-#,[]{}&*!|>'\"%@`?~=01ab.：王")), max_size=12)
WORDS = st.sampled_from(["no", "on", "null", "010", "12:30", "2026-02-30", "1_000", "---", "...", "<<", ""])
STRINGS = st.one_of(st.text(LETTERS, max_size=20), YAMLISH, WORDS)
NUMBERS = st.one_of(
    st.integers(-(10**30) + 1, 10**30 - 1),
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, STRINGS)
KEYS = st.one_of(st.text(LETTERS, min_size=1, max_size=8), YAMLISH.filter(bool))
# The reader takes a full-width or fixed space at the edge of a field's name for a slip.
KEYS = KEYS.filter(lambda key: key[0] not in "\u3000\u00a0" and key[-1] not in "\u3000\u00a0")
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=4)


def read(text: str) -> Any:
    loaded = load("x.yaml", text.encode())
    assert loaded.document is not None, (text, loaded.faults)
    assert {fault.rule for fault in loaded.faults} <= {"crlf-line-end", "multi-line-flow"}, text
    return loaded.document.data


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same kind: for Python true is 1."""
    if isinstance(one, dict):
        pairs = zip(one.items(), other.items(), strict=True) if isinstance(other, dict) else None
        return pairs is not None and all(a == c and same(b, d) for (a, b), (c, d) in pairs)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@given(MAPPINGS)
def test_what_is_written_is_read_again(data: dict[str, Any]) -> None:
    assert same(read(edit.dump(data)), data)


@given(STRINGS)
def test_a_text_is_quoted_exactly_when_it_would_be_read_as_something_else(text: str) -> None:
    written = edit.dump({"a": [text]})
    plain = f"a:\n  - {text}\nb: {text}\n"
    loaded = load("x", plain.encode())
    is_plain = loaded.document and not loaded.faults and loaded.document.data == {"a": [text], "b": text}
    assert written.startswith(f"a:\n  - {text}") if is_plain else not written.startswith(f"a:\n  - {text}\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (
            {"a": "no", "b": "12:30", "c": "2026-05-06", "d": "1_000"},
            "a: no\nb: 12:30\nc: 2026-05-06\nd: 1_000\n",
        ),
        ({"a": "010", "b": "true", "c": "", "d": "5"}, 'a: "010"\nb: "true"\nc: ""\nd: "5"\n'),
        ({"a": 'say "x"', "b": '"x"', "c": "#1"}, 'a: say "x"\nb: \'"x"\'\nc: "#1"\n'),
        ({"a": "one\ntwo\n", "b": "one\n\ntwo"}, "a: |\n  one\n  two\nb: |-\n  one\n\n  two\n"),
        ({"a": [], "b": {}, "c": [{"d": 1, "e": [2]}]}, "a: []\nb: {}\nc:\n  - d: 1\n    e:\n      - 2\n"),
        ({"a": None, "b": True, "c": Decimal("1.50"), "d": -3}, "a: null\nb: true\nc: 1.50\nd: -3\n"),
        ({"a": "技术服务规范（试行）", "b": "甲：乙"}, "a: 技术服务规范（试行）\nb: 甲：乙\n"),
        ({"a": "x\u200by"}, 'a: "x\\u200by"\n'),
    ],
)
def test_the_form_we_write(value: Any, written: str) -> None:
    assert edit.dump(value) == written


@pytest.mark.parametrize(
    "value", [10**30, Decimal("NaN"), Decimal("1E-40"), {"": 1}, {"k" * 2000: 1}, object()]
)
def test_what_the_reader_would_refuse_is_not_written(value: Any) -> None:
    with pytest.raises(edit.EditError):
        edit.dump({"a": value})


def test_values_nested_too_deep_are_not_written() -> None:
    deep: Any = 1
    for _ in range(32):
        deep = [deep]
    with pytest.raises(edit.EditError):
        edit.dump({"a": deep})
    assert read(edit.dump({"a": deep[0]})) == {"a": deep[0]}


RECORD = """\
# A project.
type: project-charter   # the schema
number: 'XM2026001'

title: "智慧园区: 一期"  # short
empty:
  # nothing yet
team:  # who
  - YG0003   # lead
  - YG0004

  # last
milestones:
  - {title: 需求, due: 2026-04-01}
  - title: 验收   # the end
    due: 2026-09-01
scope: [a, "b", c]
notes: |
  第一行
    第二行

amount: 1.50
"""


@pytest.mark.parametrize(
    ("pointer", "value", "old", "new"),
    [
        (("type",), "invoice", "project-charter   # the", "invoice   # the"),
        (("title",), "新", '"智慧园区: 一期"  # short', "新  # short"),
        (("empty",), "x", "empty:\n", "empty: x\n"),
        (("empty",), ["x"], "empty:\n", "empty:\n  - x\n"),
        (("team", 0), "YG0009", "- YG0003   # lead", "- YG0009   # lead"),
        (("team", 0), {"a": 1, "b": 2}, "- YG0003   # lead", "- a: 1   # lead\n    b: 2"),
        (("team", 2), "YG0005", "- YG0004\n", "- YG0004\n  - YG0005\n"),
        (("team",), "none", "team:  # who\n  - YG0003   # lead\n  - YG0004\n", "team: none  # who\n"),
        (("milestones", 0, "due"), "2026-04-02", "due: 2026-04-01", "due: 2026-04-02"),
        (("milestones", 0, "done"), [1, "a, b"], "2026-04-01}", '2026-04-01, done: [1, "a, b"]}'),
        (("milestones", 1, "done"), True, "    due: 2026-09-01\n", "    due: 2026-09-01\n    done: true\n"),
        (
            ("milestones", 1, "title"),
            "a\nb",
            "title: 验收   # the end",
            "title: |-   # the end\n      a\n      b",
        ),
        (("scope", 1), "d", '"b"', "d"),
        (("scope", 3), "d", "c]", "c, d]"),
        (("scope",), [], '[a, "b", c]', "[]"),
        (("notes",), "one", "|\n  第一行\n    第二行", "one"),
        (("amount",), Decimal("2.00"), "1.50", "2.00"),
        (("hold", "by"), "YG0001", "amount: 1.50\n", "amount: 1.50\nhold:\n  by: YG0001\n"),
    ],
)
def test_only_the_value_changes(pointer: tuple[str | int, ...], value: Any, old: str, new: str) -> None:
    assert RECORD.count(old) == 1
    assert edit.set_value(RECORD, pointer, value) == RECORD.replace(old, new)
    windows = RECORD.replace("\n", "\r\n")
    assert edit.set_value(windows, pointer, value) == RECORD.replace(old, new).replace("\n", "\r\n")


def test_a_field_is_added_after_a_named_sibling() -> None:
    changed = edit.set_value(RECORD, ("revision",), 2, after="number")
    assert changed == RECORD.replace("'XM2026001'\n", "'XM2026001'\nrevision: 2\n")


@pytest.mark.parametrize(
    ("pointer", "old", "new"),
    [
        (("type",), "type: project-charter   # the schema\n", ""),
        (("notes",), "notes: |\n  第一行\n    第二行\n", ""),
        (("team", 0), "  - YG0003   # lead\n", ""),
        (("team", 1), "  - YG0004\n", ""),
        (("team",), "team:  # who\n  - YG0003   # lead\n  - YG0004\n", ""),
        (("milestones", 1, "title"), "title: 验收   # the end\n    ", ""),
        (("milestones", 0, "title"), "title: 需求, ", ""),
        (("milestones", 0, "due"), ", due: 2026-04-01", ""),
        (("scope", 0), "a, ", ""),
        (("scope", 2), ", c", ""),
        (("absent", "field"), "", ""),
    ],
)
def test_only_the_removed_value_goes(pointer: tuple[str | int, ...], old: str, new: str) -> None:
    assert edit.remove(RECORD, pointer) == RECORD.replace(old, new)


@pytest.mark.parametrize(
    ("text", "pointer", "changed"),
    [
        ("a: 1\n", (), "a: 1\n"),
        ("a:\n  b: 1\nc: 2\n", ("a", "b"), "a: {}\nc: 2\n"),
        ("a:\n  - b\n", ("a", 0), "a: []\n"),
        ("a: 1", ("a",), "{}\n"),
        ("a:\n  - - 1\n    - 2\n", ("a", 0, 0), "a:\n  - - 2\n"),
        ("a:\n  - b: 1\n    # c\n    d: 2\n", ("a", 0, "b"), "a:\n  - # c\n    d: 2\n"),
    ],
)
def test_the_last_of_its_kind_leaves_an_empty_value(
    text: str, pointer: tuple[str | int, ...], changed: str
) -> None:
    if not pointer:
        with pytest.raises(edit.EditError):
            edit.remove(text, pointer)
    else:
        assert edit.remove(text, pointer) == changed


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("", "a:\n  - x\n"),
        ("# c\n", "# c\na:\n  - x\n"),
        ("b: 1", "b: 1\na:\n  - x\n"),
        ("b: |\n  y", "b: |-\n  y\na:\n  - x\n"),
        ("b: |+\n  y\n\n", "b: |+\n  y\n\na:\n  - x\n"),
        ("a: []  # c\n", "a:  # c\n  - x\n"),
        ("a:\n", "a:\n  - x\n"),
        ("a:\n- y # c\nb: 1\n", "a:\n- y # c\n- x\nb: 1\n"),
        ("a: [y]\n", "a: [y, x]\n"),
        ("{a: [], b: 1}\n", "{a: [x], b: 1}\n"),
        ("a:\n  - |\n    y\n\nb: 1\n", "a:\n  - |\n    y\n  - x\n\nb: 1\n"),
    ],
)
def test_an_item_goes_to_the_end_of_its_list(text: str, changed: str) -> None:
    assert edit.append(text, ("a",), "x") == changed


def test_an_item_is_not_added_to_a_text() -> None:
    with pytest.raises(edit.EditError):
        edit.append("a: 1\n", ("a",), "x")


def pointers(data: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here, *(place for step, value in steps for place in pointers(value, (*here, step)))]


def put(data: Any, pointer: tuple[str | int, ...], value: Any) -> Any:
    if not pointer:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[pointer[0]] = put(copy[pointer[0]], pointer[1:], value)  # type: ignore[index]  # the step fits
    return copy


@settings(deadline=None)
@given(MAPPINGS.filter(bool), VALUES, st.data())
def test_setting_any_value_sets_it_and_keeps_the_rest(
    data: dict[str, Any], value: Any, draw: st.DataObject
) -> None:
    text = edit.dump(data)
    pointer = draw.draw(st.sampled_from([place for place in pointers(data) if place]))
    changed = edit.set_value(text, pointer, value)
    assert same(read(changed), put(data, pointer, value))
    before, after = text.splitlines(), changed.splitlines()
    first = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    shown = load("x", text.encode()).document
    assert shown is not None
    assert first + 1 >= shown.place(pointer, on_key=True)[0] or before == after


@settings(deadline=None)
@given(MAPPINGS.filter(bool), st.data())
def test_removing_any_value_removes_only_it(data: dict[str, Any], draw: st.DataObject) -> None:
    pointer = draw.draw(st.sampled_from([place for place in pointers(data) if place]))
    changed = read(edit.remove(edit.dump(data), pointer))
    parent: Any = data
    for step in pointer[:-1]:
        parent = parent[step]
    rest = [item for n, item in enumerate(parent) if n != pointer[-1]] if isinstance(parent, list) else None
    left = {key: item for key, item in parent.items() if key != pointer[-1]} if rest is None else rest
    assert same(changed, put(data, pointer[:-1], left))
