from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from muniment import lines, source
from muniment.composition import MAX_FAULTS, PARSERS, PureParser
from muniment.findings import Fault, Rule
from muniment.scalars import scalar
from muniment.source import Loaded, load

SAMPLES = Path(__file__).parent / "samples"
RULES = Path(source.__file__).parent / "rules"
TREE_RULES = 50  # from YML050 on the faults are of files and folders, not of what a file says

every_parser = pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)


def rules() -> list[Rule]:
    modules = [f"muniment.rules.{path.stem}" for path in sorted(RULES.glob("yml*.py"))]
    return [importlib.import_module(name).RULE for name in modules]


def read(content: str | bytes, parser: Callable[[str], Any] = PARSERS[0]) -> Loaded:
    given = None if parser is PARSERS[0] else parser  # as everybody asks, line by line first
    return load("x.yaml", content.encode() if isinstance(content, str) else content, parser=given)


def brief(faults: tuple[Fault, ...]) -> list[tuple[str, int, int]]:
    return [(fault.rule, fault.place.line, fault.place.column) for fault in faults]


GOOD = """\
# A project.
type: project-charter
number: XM2026001
"quoted key": 'it''s'
2026: year
on: off
money: [1, -2, 1.50, 0, -0.5]
words: [no, yes, 12:30, 1_000, 1.2.3, 0b11, 2026-5-6, 2026/05/06, 2026年5月6日]
dates: [2026-05-06, 2026-05-06T09:30, 2026-05-06T09:30:15Z, 2026-05-06T09:30+08:00]
truth: [true, True, TRUE, false, False, FALSE]
nothing: [null, Null, NULL, ~, ]
empty:
quoted: ["010", 'null', "2026-02-30", ""]
team:
- YG0003
-
  name: 王　芳
  role: "tester\\n\\u738b"
notes: |
  第一行
   \t缩进

folded: >-
  one
  two
long: plain text
  on two lines
url: https://example.com/a#b
"""
VALUES = {
    "type": "project-charter",
    "number": "XM2026001",
    "quoted key": "it's",
    "2026": "year",
    "on": "off",
    "money": [1, -2, Decimal("1.50"), 0, Decimal("-0.5")],
    "words": ["no", "yes", "12:30", "1_000", "1.2.3", "0b11", "2026-5-6", "2026/05/06", "2026年5月6日"],
    "dates": ["2026-05-06", "2026-05-06T09:30", "2026-05-06T09:30:15Z", "2026-05-06T09:30+08:00"],
    "truth": [True, True, True, False, False, False],
    "nothing": [None, None, None, None],
    "empty": None,
    "quoted": ["010", "null", "2026-02-30", ""],
    "team": ["YG0003", {"name": "王　芳", "role": "tester\n王"}],
    "notes": "第一行\n \t缩进\n",
    "folded": "one two",
    "long": "plain text on two lines",
    "url": "https://example.com/a#b",
}


@every_parser
def test_values_are_read_as_written(parser: Callable[[str], Any]) -> None:
    loaded = read(GOOD, parser)
    assert loaded.document is not None
    assert not loaded.faults
    assert loaded.document.data == VALUES
    assert list(loaded.document.data) == list(VALUES)
    assert [type(item) for item in loaded.document.data["money"]] == [int, int, Decimal, int, Decimal]


@pytest.mark.parametrize(
    ("pointer", "on_key", "place"),
    [
        ((), False, (2, 1)),
        (("number",), False, (3, 9)),
        (("number",), True, (3, 1)),
        (("2026",), True, (5, 1)),
        (("words", 2), False, (8, 18)),
        (("team", 0), False, (15, 3)),
        (("team", 1, "role"), False, (18, 9)),
        (("team", 1, "role"), True, (18, 3)),
        (("team", 1, "absent", 3), False, (17, 3)),
        (("team", 7), True, (14, 1)),
        (("absent",), True, (2, 1)),
        (("empty",), False, (12, 7)),
        (("notes",), False, (19, 8)),
    ],
)
def test_every_value_has_a_place(
    pointer: tuple[str | int, ...], on_key: bool, place: tuple[int, int]
) -> None:
    document = read(GOOD).document
    assert document is not None
    assert document.place(pointer, on_key) == place


FAULTS: list[tuple[str | bytes, list[tuple[str, int, int]]]] = [
    # Bytes
    (b"a: 1\n" + b"#" * 1024 * 1024, [("oversized-file", 1, 1)]),
    ("名称: 技术服务规范（试行）\n".encode("gb18030"), [("foreign-encoding", 1, 1)]),
    ("type: client\nname: 王芳\n".encode("gbk"), [("foreign-encoding", 2, 7)]),
    ("type: 技术\n".encode("utf-16"), [("foreign-encoding", 1, 1)]),
    ("type: 技术\n".encode("utf-16-be"), [("foreign-encoding", 1, 1)]),
    ("type: 技术\n".encode("utf-16-le"), [("foreign-encoding", 1, 1)]),
    ("type: 技术\n".encode("utf-32"), [("foreign-encoding", 1, 1)]),
    ("type: 技术\n".encode("utf-32-be"), [("foreign-encoding", 1, 1)]),
    ("type: café\n".encode("latin-1"), [("broken-utf-8", 1, 10)]),
    ("a: 1\nb: 技术服务规范".encode()[:-1], [("broken-utf-8", 2, 9)]),
    (b"a: \xed\xa0\x80\n", [("broken-utf-8", 1, 4)]),
    (b"\xef\xbb\xbfa: 1\nb: 010\n", [("byte-order-mark", 1, 1), ("unclear-number", 2, 4)]),
    ("a: 王\x00b\n", [("control-character", 1, 5)]),
    ("a: 1\rb: 2\r", [("control-character", 1, 5), ("control-character", 1, 10)]),
    ("a: x\u0085b: y\u2028\n", [("control-character", 1, 5), ("control-character", 1, 10)]),
    (
        "a: 王\u200b\nb: x\u202ey\n\ufeffc: 1\n",
        [(f"{'invisible-character'}", 1, 5), ("invisible-character", 2, 5), ("invisible-character", 3, 1)],
    ),
    ('a: "x\\u202ey\\0"\n', [("invisible-character", 1, 6), ("control-character", 1, 13)]),
    ("a: 1\r\nb: 2\r\n", [("crlf-line-end", 1, 5)]),
    # Shape
    ("", [("empty-file", 1, 1)]),
    ("# only a remark\n", [("empty-file", 1, 1)]),
    ("---\n...\n", [("empty-file", 1, 1)]),
    ("a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
    ("a: 010\n---\n", [("unclear-number", 1, 4), ("several-documents", 2, 1)]),
    ("# c\n%YAML 1.2\n---\na: 1\n", [("directive", 2, 1)]),
    ("%FOO\n---\na: 010\n", [("directive", 1, 1), ("unclear-number", 3, 4)]),
    ("- a\n", [("top-without-fields", 1, 1)]),
    ("\njust words\n", [("top-without-fields", 2, 1)]),
    ("~\n", [("top-without-fields", 1, 1)]),
    ("a: " + "[" * 32 + "]" * 32 + "\n", [("deep-nesting", 1, 35)]),
    # Syntax
    ("title：技术\n", [("full-width-sign", 1, 6)]),
    ("type：client\nname: x\n", [("full-width-sign", 1, 5)]),
    ("type: client\n名称：王\n", [("full-width-sign", 2, 3)]),
    ("type: client\nname：王\nnumber: x\n", [("full-width-sign", 2, 5)]),
    ("a:\n  name：王\n  number: x\n", [("full-width-sign", 2, 7)]),
    ("　a: 1\n", [("full-width-sign", 1, 1)]),
    ("a: 1\n\tb: 2\n", [("tab-between-words", 2, 1)]),
    ("a:\n\tb: 2\n", [("tab-between-words", 2, 1)]),
    ("a: \tb\n", [("tab-between-words", 1, 4)]),
    ("a: b\tc\n", [("tab-between-words", 1, 5)]),
    ("a: 1\t# c\n", [("tab-between-words", 1, 5)]),
    ("a: >\n\tx\n", [("tab-between-words", 2, 1)]),
    ("a: 'x\nb: 1\n", [("unclosed-quote", 1, 4)]),
    ('a: "x\nb: "y"\n', [("unclosed-quote", 1, 4)]),
    ('a: "x" y\n', [("text-after-quote", 1, 8)]),
    ('a: 1\nb: "D:\\data"\n', [("unknown-escape", 2, 7)]),
    ('a: "\\x4"\n', [("unknown-escape", 1, 5)]),
    ('a: "\\ud83d\\ude00"\n', [("unknown-escape", 1, 5)]),
    ('a: "\\UFFFFFFFF"\n', [("unknown-escape", 1, 5)]),
    ("a: [1, 2\nb: 3\n", [("unclosed-bracket", 1, 4)]),
    ("a: {x: 1\n", [("unclosed-bracket", 1, 4)]),
    ("a: [1, 2}\n", [("unclosed-bracket", 1, 4)]),
    ("a:b\nc: d\n", [("missing-space", 1, 3)]),
    ("a: b\nc:d\n", [("missing-space", 2, 3)]),
    ("a:\n- b\n-c\n", [("missing-space", 3, 2)]),
    ("a: 1\nfoo\nb: 2\n", [("missing-colon", 2, 1)]),
    ("a: b: c\n", [("unquoted-colon", 1, 5)]),
    ("a: 1\n  b: 2\n", [("uneven-indentation", 2, 3)]),
    ("a:\n    b: 1\n  c: 2\n", [("uneven-indentation", 3, 3)]),
    ("a: b\n- c\n", [("uneven-indentation", 2, 1)]),
    ("a: @x\n", [("unexpected-character", 1, 4)]),
    ("a: `x`\n", [("unexpected-character", 1, 4)]),
    ("a: * x\n", [("unexpected-character", 1, 4)]),
    ("a: ]\n", [("unexpected-character", 1, 4)]),
    ("a: - b\n", [("unexpected-character", 1, 4)]),
    ("a: |x\n  b\n", [("unexpected-character", 1, 4)]),
    # Language
    ("a: &x 1\nb: *x\n", [("anchor", 1, 4), ("alias", 2, 4)]),
    ("a: !!str 1\nb: ! 2\nc: !x {}\n", [("tag", 1, 4), ("tag", 2, 4), ("tag", 3, 4)]),
    ("a:\n  <<: {b: 1}\n", [("merge-key", 2, 3)]),
    ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
    ("2026: 1\n'2026': 2\n", [("duplicate-key", 2, 1)]),
    (
        "a: {b: 1, b: 2}\na: {b: 3, c: 4, c: 5}\n",
        [("duplicate-key", 1, 11), ("duplicate-key", 2, 1), ("duplicate-key", 2, 17)],
    ),
    ("~: 1\n", [("empty-key", 1, 1)]),
    ('"": 1\n', [("empty-key", 1, 1)]),
    (": 1\n", [("empty-key", 1, 1)]),
    ("null: 1\n", [("empty-key", 1, 1)]),
    ("? [a]\n: 1\n", [("composite-key", 1, 3)]),
    ("{a: 1}: 1\n", [("composite-key", 1, 1)]),
    *((f"a: {value}\n", [("unclear-number", 1, 4)]) for value in ("010", "00", "-01", "0x1F", "0o17", "+86")),
    *(
        (f"a: {value}\n", [("unclear-number", 1, 4)])
        for value in (".nan", ".inf", "-.INF", "1e5", "5.", ".5")
    ),
    ("a: 1" + "0" * 30 + "\n", [("overlong-number", 1, 4)]),
    ("a: 1" + "0" * 100_000 + "\n", [("overlong-number", 1, 4)]),
    ("a: 0." + "1" * 30 + "\n", [("overlong-number", 1, 4)]),
    *((f"a: {value}\n", [("impossible-date", 1, 4)]) for value in ("2026-02-30", "0000-01-01", "2026-13-01")),
    *((f"a: {day}\n", [("impossible-date", 1, 4)]) for day in ("2026-05-06T25:00", "2026-05-06T09:30+99:00")),
    ("a: [1,\n 2]\nb: {c: [\n1]}\n", [("multi-line-flow", 1, 4), ("multi-line-flow", 3, 4)]),
]


@every_parser
@pytest.mark.parametrize(("content", "expected"), FAULTS, ids=lambda value: repr(value)[:40])
def test_every_fault_has_its_name_and_place(
    content: str | bytes, expected: list[tuple[str, int, int]], parser: Callable[[str], Any]
) -> None:
    loaded = read(content, parser)
    assert brief(loaded.faults) == expected
    only_warnings = {rule for rule, _, _ in expected} <= source.WARNINGS
    assert (loaded.document is not None) is only_warnings


def test_every_rule_has_a_case_here() -> None:
    names = {rule.name for rule in rules() if int(rule.code[3:]) < TREE_RULES}
    assert names == {name for _, expected in FAULTS for name, _, _ in expected}


def test_the_warnings_are_those_of_the_rules() -> None:
    warnings = {rule.name for rule in rules() if rule.severity == "warning"}
    assert {rule.name for rule in rules() if int(rule.code[3:]) < TREE_RULES} & warnings == source.WARNINGS


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_the_words_of_a_rule_fit(rule: Rule) -> None:
    assert rule.help is not None
    for text in (rule.message.en, rule.message.zh):
        assert len(text) <= 80
        assert not text.endswith((".", "。"))
        assert not set(text.lower().split()) & {"invalid", "error", "please"}
    assert not rule.message.en[0].isupper()


@pytest.mark.parametrize("content", [content for content, _ in FAULTS])
def test_the_words_of_a_fault_can_be_filled_in(content: str | bytes) -> None:
    by_name = {rule.name: rule for rule in rules()}
    for fault in read(content).faults:
        for lang in ("zh", "en"):
            message, cure = by_name[fault.rule].of(fault).words(lang)  # type: ignore[arg-type]  # both are Lang
            assert "{" not in message.replace("`{`", "")
            assert cure
            assert "\n" not in message


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if int(rule.code[3:]) < TREE_RULES], ids=lambda rule: rule.code
)
def test_the_samples_of_a_rule_show_it(rule: Rule) -> None:
    for kind, expected in (("bad", {rule.name}), ("good", set())):
        folder = SAMPLES / rule.code / kind
        for path in folder.rglob("*.yaml"):
            content = path.read_bytes()
            special = folder / ".special"
            if special.exists():
                content += b"#" * (int(special.read_text().split()[1]) - len(content))
            assert {fault.rule for fault in read(content).faults} == expected


def test_a_second_field_of_one_name_points_to_the_first() -> None:
    (fault,) = read("a:\n  b: 1\n  b: 2\n").faults
    assert fault.place.pointer == ("a", "b")
    assert fault.place.on_key
    assert [(one.place.line, one.place.column) for one in fault.related] == [(2, 3)]


def test_a_fault_names_the_command_that_mends_it() -> None:
    (fault,) = load("records/it's.yaml", "名称: 技术".encode("gb18030")).faults
    name = "'records/it'\"'\"'s.yaml'"
    new = "'records/it'\"'\"'s.yaml.new'"
    assert fault.params["command"] == f"iconv -f GB18030 -t UTF-8 {name} > {new} && mv {new} {name}"


LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(40))
HOSTILE = [
    *(sign * 500_000 for sign in "[{?-:!&*\t\x00\"'|,%#"),
    *(sign * 250_000 for sign in ("? ", "- ", "[]", "{a", "[,", "a\n", "a:", ": ", "\r\n", "\\\n", "\u200b")),
    "a: " + "[" * 500_000,
    "a: {" * 200_000,
    "- - - - - \n" * 50_000,
    "a: 1\n" * 150_000,
    "".join(f"a{n}: 010\n" for n in range(50_000)),
    'a: "' + "\\ud800" * 100_000,
    'a: "' + "\\x" * 200_000 + '"',
    "".join(f"{' ' * n}a:\n" for n in range(1000)),
    LAUGHS,
    "a: " + "9" * 1_000_000,
    "a: 1e" + "9" * 1_000_000,
    "a: 'x\ty'\n" * 80_000,
]


@every_parser
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_no_file_takes_long(text: str, parser: Callable[[str], Any]) -> None:
    begin = time.process_time()
    loaded = read(text, parser)
    # The reader without libyaml is slower by a factor of ten; a machine under load by another.
    assert time.process_time() - begin < (10 if parser is PARSERS[0] else 60)
    assert loaded.document is None
    assert 0 < len(loaded.faults) <= MAX_FAULTS


SIGNS = [*" \n\n:-#,[]{}&*!|>'\"%@`?~=01.ab王：\t\r\\", "a: ", "- ", "\n  ", "\n- ", "\na: ", '"x"']
YAMLISH = st.lists(st.sampled_from(SIGNS), max_size=25).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = GOOD
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(YAMLISH) + text[at + draw(st.integers(0, 6)) :]
    return text


def outcome(text: str, parser: Callable[[str], Any]) -> Any:
    loaded = read(text, parser)
    return loaded.document and loaded.document.data, loaded.faults


@settings(deadline=None, max_examples=300)
@given(st.one_of(YAMLISH, mutated()))
@example("a: [b: c]\n")
def test_both_parsers_agree(text: str) -> None:
    if len(PARSERS) == 1:
        pytest.skip("PyYAML was built without libyaml")
    quick, pure = (outcome(text, parser) for parser in PARSERS)
    assert quick[0] == pure[0]
    assert bool(quick[1]) == bool(pure[1])


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.binary(max_size=200), YAMLISH.map(str.encode), mutated().map(str.encode)))
def test_any_bytes_give_a_document_or_faults(content: bytes) -> None:
    loaded = read(content)
    if loaded.document is None:
        assert any(fault.rule not in source.WARNINGS for fault in loaded.faults)
        assert all(fault.place.line >= 1 and fault.place.column >= 1 for fault in loaded.faults)
        assert {fault.rule for fault in loaded.faults} <= {rule.name for rule in rules()}
    else:
        assert {fault.rule for fault in loaded.faults} <= source.WARNINGS


def words(value: Any) -> Any:
    """Values as PyYAML's base loader gives them: every scalar a text."""
    if isinstance(value, dict):
        return {key: words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [words(item) for item in value]
    return value


def core(value: Any) -> Any:
    """Texts of the base loader, read by the rules for plain scalars; our values, with the same reading again."""
    if isinstance(value, dict):
        return {key: core(item) for key, item in value.items()}
    if isinstance(value, list):
        return [core(item) for item in value]
    return scalar(value) if isinstance(value, str) else value


@settings(deadline=None, max_examples=300)
@given(st.one_of(YAMLISH, mutated()))
def test_what_is_accepted_says_what_pyyaml_reads(text: str) -> None:
    document = read(text).document
    if document is not None:
        base = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - it makes nothing but texts
        try:
            expected, found = core(base), core(document.data)
        except ValueError:
            return  # a quoted text that would be a fault without its quotes
        assert found == expected


@settings(deadline=None, max_examples=300)
@given(st.one_of(YAMLISH, mutated()))
def test_the_quick_way_gives_what_the_careful_way_gives(text: str) -> None:
    document = read(text).document
    if document is not None:
        assert source.nodes(document.text).value == document.data


# One a line, since they hold commas: values in the plain form, and others that look like it.
SOUND = """\
x
中文 字
1
-1
1.50
2026-01-30
12:30
a:b
it's so, "x"
true
~
"x"
'y: z'
"a, b #c"
[]
{}
[a, b]
[a, 'b, c']
[1, -2, true]
{a: 1}
{a: 1, b: x y}
{key: ssh-ed25519 AA+/=, from: 2019-03-04}
{role: [a-b, c], of: [], x-y: "z", 标题: {zh: 甲, en: A, x: "{"}, e: {}}
{from: 09:00, to: "12:00", u: [http://x/y]}
""".splitlines()
UNSOUND = (
    *"""\

010
2026-02-30
a: b
a #b
#a
a#b
'it''s'
"a\\n"
[a,b]
[ a ]
[[a]]
{a: 1, a: 2}
{a:1}
{a: }
{a: [b}
{a: {b: {c: d}}}
{a: {b: 1, b: 2}}
{a: {b: [c]}}
{a: b:, c: d}
{a: b:c:, d: [e:]}
[a:[b]]
[a: ]
{a: [[b]]}
{-a: b}
[a, [b]]
{null: 1}
[a: b]
[a]b
{a: b}c
|
>-
- a
&a b
*a
!t x
? a
 x
"x
'x
@x
%x
`x`
-
--- a
...
x]
a:
""".splitlines(),
    "x ",
    "- ",
    "\u00a0x",
    "x\u3000",
)
SCALARS = st.one_of(
    *[st.sampled_from(SOUND)] * 4,
    st.sampled_from(UNSOUND),
    st.text(st.sampled_from("ab1 -:,#[]{}'\"王：　\u00a0&*!|>?%@`~._"), max_size=6),
)
LINE = st.tuples(
    st.integers(0, 6),
    st.sampled_from(["", "", "- ", "-", "-  "]),
    st.sampled_from(["", "a:", "b: ", "c: ", "d: ", "a-b: ", "a-: ", "null: ", "键: ", "e:  "]),
    SCALARS,
).map(lambda parts: " " * parts[0] + "".join(parts[1:]))
PLAINLIKE = st.lists(LINE, min_size=1, max_size=8).map("\n".join).map(lambda text: text + "\n")


@st.composite
def forms(draw: st.DrawFn) -> str:
    """Texts as forms are laid out, with a line here and there that is not."""

    def block(depth: int, dashed: bool) -> list[str]:
        rows: list[str] = []
        for name in draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=3, unique=True)):
            indent = " " * depth
            head = f"{indent}- {name}:" if dashed and not rows else f"{indent}{'  ' * dashed}{name}:"
            kind = draw(st.integers(0, 7))
            if kind > 5 or kind < 3 or depth > 6:
                rows.append(f"{head} {draw(SCALARS)}")
            elif kind == 3:
                rows += [head, *block(depth + 2 + 2 * dashed, False)]
            elif kind == 4:
                rows += [
                    head,
                    *(
                        row
                        for _ in range(2)
                        for row in block(depth + 2 * draw(st.booleans()) + 2 * dashed, True)
                    ),
                ]
            else:
                rows += [head, *(f"{indent}{'  ' * dashed}- {draw(SCALARS)}" for _ in range(2))]
            if draw(st.integers(0, 19)) == 0:
                rows.append(draw(st.sampled_from(["", "# note", "   ", "  # note", "   x", "- y", "  z: 1"])))
        return rows

    return "\n".join(block(0, False)) + "\n"


@settings(deadline=None, max_examples=500)
@given(st.one_of(PLAINLIKE, forms(), forms(), mutated()))
@example("a:\n- b: 1\n  c:\n  - d\n- e: 2\nf: {g: 010}\n")
@example("a:\n  - b:\n    c: 1\n")
@example("a:\n- x\n- - y\n")
@example("a: 010\n  x\n")
def test_the_plain_form_is_read_line_by_line_as_a_parser_reads_it(text: str) -> None:
    if source.UNUSUAL.search(text):
        return
    values = lines.values(text)
    if values is not None:
        loaded = read(text, PureParser)
        assert loaded.document, loaded.faults
        assert not loaded.faults
        assert repr(values) == repr(loaded.document.data)  # equal would take 1 for true
        assert repr(values) == repr(source.nodes(text).value)


def test_the_forms_that_come_with_the_package_are_in_the_plain_form() -> None:
    top = Path(__file__).parent.parent
    texts = [file.read_text(encoding="utf-8") for file in sorted(top.glob("records/**/*.yaml"))]
    plain = [text for text in texts if lines.values(text) is not None]
    assert len(plain) > 0.95 * len(texts) > 100
    assert all(repr(lines.values(text)) == repr(read(text, PureParser).document.data) for text in plain)  # type: ignore[union-attr]  # plain text is sound, so there is a document
