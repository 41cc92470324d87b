"""Types come from their schema files, and what does not fit them is said in words."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment import check, dates, fields, jsontext, resources, source
from muniment.findings import Fault, Finding
from muniment.refusals import Failure
from muniment.schemas import BASE, RecordType, Types
from samples import SAMPLES

SHIPPED = [
    (f"schemas/{file.name}", file.read_bytes()) for file in sorted(resources.path("schemas").glob("*.json"))
]
TYPES, FAULTS = Types.load(SHIPPED)
DOCUMENT: dict[str, Any] = {
    "type": "document",
    "number": "JS2026001",
    "revision": 1,
    "title": "巡检操作手册",
    "class": "JS",
    "kind": "manual",
    "department": "BM01",
    "author": "YG0001",
    "created": "2026-01-05",
    "updated": "2026-01-05",
}
PROJECT: dict[str, Any] = TYPES["project"].schema["examples"][0]
STAFF: dict[str, Any] = TYPES["staff"].schema["examples"][0]
TICKET: dict[str, Any] = TYPES["service-ticket"].schema["examples"][0]
REPORT: dict[str, Any] = TYPES["acceptance-report"].schema["examples"][0]
ACT: dict[str, Any] = json.loads(dict(SHIPPED)["schemas/act.schema.json"])["examples"][0]


def findings(data: Any, types: Types = TYPES) -> list[Finding]:
    kind = data.get("type") if isinstance(data, dict) else None
    return list(check.in_words(types.validate(kind, data, "x.yaml")))


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, [(each.code, each.place.pointer, each.words("en")) for each in found]
    return found[0]


def without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


# -- Each way to be wrong -----------------------------------------------------------------------------------

CASES: list[tuple[str, Any, tuple[str | int, ...], str, str, str]] = [
    # what is written, where the finding points, its code, what both messages and both cures must contain
    ("an unknown type", {"type": "documnet"}, ("type",), "SCH001", "`documnet`", "`document`"),
    ("a type by its Chinese name", {"type": "技术服务合同"}, ("type",), "SCH001", "`技术服务合同`", "`contract`"),
    ("no type", {"number": "JS2026001"}, (), "SCH002", "`type`", "type: document"),
    ("a type that is a number", {"type": 7}, ("type",), "SCH001", "`7`", ""),
    ("a missing field", without(DOCUMENT, "created"), (), "SCH002", "`created`", "created: 2026-05-06"),
    ("a missing inner field", DOCUMENT | {"paper": {"room": "档案室", "box": "1"}}, ("paper",), "SCH002", "`shelf`", "shelf: A-03"),
    ("a misspelt field", DOCUMENT | {"retetion": {"years": 3}}, ("retetion",), "SCH003", "`retetion`", "`retention`"),
    ("a field by its Chinese name", DOCUMENT | {"备注": "无"}, ("备注",), "SCH003", "`备注`", "`notes`"),
    ("a strange field", DOCUMENT | {"xyzzy": 1}, ("xyzzy",), "SCH003", "`xyzzy`", "notes"),
    ("a strange inner field", DOCUMENT | {"hold": {"reason": "诉讼", "by": "YG0001", "since": "2026-01-05", "zz": 1}}, ("hold", "zz"), "SCH003", "`zz`", "`since`"),
    ("a number for text", PROJECT | {"after_sales": {"contact": "李娜", "phone": 13800000000}}, ("after_sales", "phone"), "SCH004", "`13800000000`", 'phone: "13800000000"'),
    ("a word for text", DOCUMENT | {"title": True}, ("title",), "SCH004", "`true`", 'title: "true"'),
    ("text for a number", DOCUMENT | {"revision": "2"}, ("revision",), "SCH004", "`2`", "revision: 2"),
    ("words for a number", TICKET | {"satisfaction": "4 分"}, ("satisfaction",), "SCH004", "`4 分`", "satisfaction: 4"),
    ("a broken number for a whole one", DOCUMENT | {"revision": Decimal("1.5")}, ("revision",), "SCH004", "`1.5`", ""),
    ("1.0 for a whole number", DOCUMENT | {"revision": Decimal("1.0")}, ("revision",), "SCH004", "`1.0`", "revision: 1"),
    ("yes for true", TYPES["training-session"].schema["examples"][0] | {"secrecy": "是"}, ("secrecy",), "SCH004", "`是`", "secrecy: true"),
    ("one value for a list", DOCUMENT | {"references": "KH0001"}, ("references",), "SCH004", "`KH0001`", "references: [KH0001]"),
    ("text for a group", DOCUMENT | {"confidentiality": "internal"}, ("confidentiality",), "SCH004", "`internal`", ""),
    ("a number for a date", DOCUMENT | {"created": 20260506}, ("created",), "SCH004", "`20260506`", "2026-05-06"),
    ("an unlisted value", PROJECT | {"stage": "finished"}, ("stage",), "SCH005", "`finished`", "`closed`"),
    ("a value by its label", PROJECT | {"stage": "已签约"}, ("stage",), "SCH005", "`已签约`", "`contracted`"),
    ("a value in capitals", PROJECT | {"stage": "Intake"}, ("stage",), "SCH005", "`Intake`", "`intake`"),
    ("a mark of state secrets", DOCUMENT | {"confidentiality": {"level": "绝密"}}, ("confidentiality", "level"), "SCH005", "`绝密`", "core"),
    ("a date with slashes", DOCUMENT | {"created": "2026/5/6"}, ("created",), "SCH006", "`2026/5/6`", "`2026-05-06`"),
    ("a date without zeros", DOCUMENT | {"created": "2026-5-6"}, ("created",), "SCH006", "`2026-5-6`", "`2026-05-06`"),
    ("a date in Chinese", DOCUMENT | {"created": "2026年5月6日"}, ("created",), "SCH006", "`2026年5月6日`", "`2026-05-06`"),
    ("a day that is not", DOCUMENT | {"created": "2026-02-30"}, ("created",), "SCH006", "`2026-02-30`", ""),
    ("a date with a line break", DOCUMENT | {"created": "2026-02-03\n"}, ("created",), "SCH006", "`2026-02-03`", "`2026-02-03`"),
    ("a time with a blank", TICKET | {"reported_at": "2026-08-03 9:30"}, ("reported_at",), "SCH006", "`2026-08-03 9:30`", "`2026-08-03T09:30`"),
    ("a date for a time", TICKET | {"reported_at": "2026-08-03"}, ("reported_at",), "SCH006", "`2026-08-03`", ""),
    ("a month without zero", TYPES["self-review"].schema["examples"][0] | {"month": "2026-1"}, ("month",), "SCH006", "`2026-1`", "`2026-01`"),
    ("no e-mail address", STAFF | {"emails": ["li.na"]}, ("emails", 0), "SCH006", "`li.na`", ""),
    ("a digest in capitals", DOCUMENT | {"attachments": [{"file": "a.pdf", "sha256": "AB" * 32}]}, ("attachments", 0, "sha256"), "SCH006", "ABAB", ""),
    ("a number too small", DOCUMENT | {"revision": 0}, ("revision",), "SCH007", "`0`", "1"),
    ("a number too large", TICKET | {"satisfaction": 7}, ("satisfaction",), "SCH007", "`7`", "5"),
    ("a title that is too long", DOCUMENT | {"title": "长" * 201}, ("title",), "SCH008", "201", ""),
    ("an empty title", DOCUMENT | {"title": ""}, ("title",), "SCH009", "`title`", ""),
    ("a blank title", DOCUMENT | {"title": " \u3000"}, ("title",), "SCH009", "`title`", ""),
    ("nothing for a title", DOCUMENT | {"title": None}, ("title",), "SCH009", "`title`", ""),
    ("nothing for a choice", PROJECT | {"stage": None}, ("stage",), "SCH009", "`stage`", ""),
    ("nothing for a date", DOCUMENT | {"created": None}, ("created",), "SCH009", "`created`", "2026-05-06"),
    ("an empty list", REPORT | {"methods": []}, ("methods",), "SCH010", "`methods`", "1"),
    ("a repeated entry", DOCUMENT | {"references": ["KH0001", "KH0002", "KH0001"]}, ("references", 2), "SCH011", "`KH0001`", ""),
    ("two periods", DOCUMENT | {"retention": {"years": 3, "permanent": True}}, ("retention",), "SCH013", "`years`", ""),
    ("no period", DOCUMENT | {"retention": {"reason": "无"}}, ("retention",), "SCH014", "`until`", "`years`"),
    ("neither name nor number", REPORT | {"group": [{"side": "client"}]}, ("group", 0), "SCH014", "`name`", "`staff`"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "pointer", "code", "said", "cure"), [
    pytest.param(*case[1:], id=case[0].replace(" ", "-")) for case in CASES
])  # fmt: skip
def test_each_fault_is_told_once_with_its_place_and_its_cure_in_both_languages(
    data: Any, pointer: tuple[str | int, ...], code: str, said: str, cure: str
) -> None:
    finding = only(findings(data))
    assert (finding.code, finding.place.pointer) == (code, pointer)
    for lang in ("zh", "en"):
        message, help_ = finding.words(lang)
        assert said in message
        assert cure in help_
        assert "{" not in message + help_
        assert "None" not in message + help_
        assert len(message) <= 100


def test_a_field_that_is_missing_at_the_top_points_at_the_first_line() -> None:
    assert only(findings(without(DOCUMENT, "title"))).place.line == 1


def test_the_name_of_an_unknown_field_is_pointed_at_and_not_its_value() -> None:
    assert only(findings(DOCUMENT | {"xyzzy": 1})).place.on_key


def test_a_failing_envelope_does_not_make_its_fields_unknown() -> None:
    found = findings(DOCUMENT | {"created": "gestern", "hold": {"reason": " "}, "nmae": "x"})
    assert sorted((each.code, each.place.pointer) for each in found) == [
        ("SCH002", ("hold",)),
        ("SCH002", ("hold",)),
        ("SCH003", ("nmae",)),
        ("SCH006", ("created",)),
        ("SCH009", ("hold", "reason")),
    ]


def test_a_condition_names_the_field_that_made_it_apply() -> None:
    faults = list(TYPES.validate_act(ACT | {"decision": "imported"}, "a.yaml"))
    finding = next(check.in_words(faults))
    assert (finding.code, finding.params["field"]) == ("SCH002", "source")
    reason = finding.related[0]
    assert reason.place.pointer == ("decision",)
    assert reason.note.render("en", reason.params) == "because `decision` is `imported`"
    assert reason.note.render("zh", reason.params) == "因为 `decision` 是 `imported`"


def test_an_act_is_strict() -> None:
    assert not list(TYPES.validate_act(ACT, "a.yaml"))
    for wrong, rule in [
        (ACT | {"mood": "froh"}, "unknown-field"),
        (without(ACT, "by"), "missing-field"),
        (ACT | {"content": "9f2c" * 16}, "malformed-value"),
        (ACT | {"evidence": [{"file": "../a.pdf", "sha256": "0" * 64}]}, "malformed-value"),
        (ACT | {"details": {"Condition": "gut"}}, "malformed-value"),
        (ACT | {"decision": "maybe"}, "unlisted-value"),
    ]:
        assert [fault.rule for fault in TYPES.validate_act(wrong, "a.yaml")] == [rule]


def test_whatever_is_no_mapping_is_told_as_such() -> None:
    values: tuple[Any, ...] = (None, 1, "text", [], Decimal("1.5"), True)
    for data in values:
        assert only(list(check.in_words(TYPES.validate(None, data, "x")))).code in ("SCH004", "SCH009")


# -- Types of a company's own ---------------------------------------------------------------------------------


def own(name: str, **more: Any) -> dict[str, Any]:
    """A type that nobody has seen before."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}{name}.schema.json",
        "title": "船只",
        "x-en": {"title": "vessel"},
        "x-record": {
            "series": ["CB"], "chain": None, "group": "organization", "level": "internal", "title": "name",
            "columns": ["number", "name", "state"], "facets": [], "clauses": [], "order": 700,
            "states": [{"state": "sunk", "zh": "沉没", "en": "sunk", "if": ["sunk"]}, {"state": "afloat", "zh": "在航", "en": "afloat"}],
        },
        "type": "object",
        "allOf": [{"$ref": "common.schema.json#/$defs/record"}, {"$ref": "common.schema.json#/$defs/named"}],
        "properties": {
            "type": {"const": name},
            "sunk": {"$ref": "common.schema.json#/$defs/date", "title": "沉没日期", "x-en": {"title": "sunk"}},
            "crew": {"type": "array", "title": "船员", "x-en": {"title": "crew"}, "items": {"type": "object", "properties": {
                "staff": {"type": "string", "title": "人员", "x-en": {"title": "staff"}, "x-reference": ["staff"]},
                "rank": {"enum": ["captain", "mate"], "title": "职务", "x-en": {"title": "rank"}},
            }, "required": ["staff"], "additionalProperties": False}},
            **more.pop("properties", {}),
        },
        "unevaluatedProperties": False,
        **more,
    }  # fmt: skip


def load(*schemas: dict[str, Any]) -> tuple[Types, tuple[Fault, ...]]:
    sources = [(f"schemas/{one['$id'].rpartition('/')[2]}", json.dumps(one).encode()) for one in schemas]
    return Types.load([*SHIPPED, *sources])


VESSEL = {"type": "vessel", "number": "CB0001", "name": "远望", "crew": [{"staff": "YG0001", "rank": "mate"}]}


def test_a_type_never_seen_before_is_known_at_once() -> None:
    types, faults = load(own("vessel"))
    assert not faults
    kind = types["vessel"]
    assert (kind.title.zh, kind.title.en, kind.series, kind.chain) == ("船只", "vessel", ("CB",), None)
    assert [state.name for state in kind.states] == ["sunk", "afloat"]
    assert list(kind.references(VESSEL)) == [(("crew", 0, "staff"), "YG0001", ("staff",))]
    assert findings(VESSEL, types) == []
    assert only(findings(VESSEL | {"mast": 3}, types)).code == "SCH003"
    assert list(types)[-1] == "vessel"


def test_a_type_of_the_same_name_takes_the_place_of_the_packages_own() -> None:
    types, faults = load(own("loan"))
    assert not faults
    assert types["loan"].title.en == "vessel"


@pytest.mark.parametrize(
    ("more", "data", "rules"),
    [
        ({"dependentRequired": {"sunk": ["crew"]}}, {"sunk": "2026-01-05"}, ["missing-field"]),
        ({"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "array"}]}}}, {"a": 3}, ["wrong-kind-of-value"]),
        ({"properties": {"a": {"anyOf": [{"type": "integer"}, {"enum": ["all"]}]}}}, {"a": "al"}, ["unlisted-value"]),
        ({"properties": {"a": {"oneOf": [
            {"type": "object", "properties": {"k": {"const": "x"}, "n": {"type": "integer"}}, "required": ["k", "n"]},
            {"type": "object", "properties": {"k": {"const": "y"}, "m": {"type": "integer"}}, "required": ["k", "m"]},
        ]}}}, {"a": {"k": "y"}}, ["missing-field"]),
        ({"properties": {"a": {"oneOf": [{"minimum": 1}, {"maximum": 9}]}}}, {"a": 5}, ["conflicting-fields"]),
        ({"not": {"required": ["sunk", "crew"]}}, {"sunk": "2026-01-05", "crew": []}, ["conflicting-fields"]),
        ({"not": {"required": ["sunk"]}}, {"sunk": "2026-01-05"}, ["misplaced-field"]),
        ({"if": {"required": ["sunk"]}, "then": {"properties": {"crew": False}}}, {"sunk": "2026-01-05", "crew": []}, ["misplaced-field"]),
        ({"if": {"required": ["sunk"]}, "then": {"properties": {"wreck": {"type": "string"}}}}, {"wreck": "海底"}, ["misplaced-field"]),
        ({"properties": {"a": {"type": "object", "minProperties": 1}}}, {"a": {}}, ["wrong-number-of-items"]),
        ({"properties": {"a": {"type": "array", "maxItems": 1}}}, {"a": [1, 2]}, ["wrong-number-of-items"]),
        ({"properties": {"a": {"type": "array", "contains": {"const": 1}}}}, {"a": [2]}, ["unmet-demand"]),
        ({"properties": {"a": {"type": "number", "multipleOf": 0.1}}}, {"a": Decimal("0.25")}, ["number-out-of-range"]),
        ({"properties": {"a": {"type": "number", "exclusiveMaximum": 1}}}, {"a": 1}, ["number-out-of-range"]),
        ({"properties": {"a": {"type": "string", "minLength": 3}}}, {"a": "ab"}, ["text-of-wrong-length"]),
        ({"properties": {"a": {"type": "string", "minLength": 3}}}, {"a": ""}, ["empty-value"]),
        ({"properties": {"a": {"type": "string", "format": "email"}}}, {"a": "x"}, ["malformed-value"]),
        ({"properties": {"a": {"const": 3}}}, {"a": 4}, ["unlisted-value"]),
        ({"properties": {"a": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}}}}, {"a": {"B": 1}}, ["malformed-value"]),
        ({"properties": {"a": {"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False}}}, {"a": {"x1": 1, "y": 2}}, ["unknown-field"]),
        ({"properties": {"a": {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}}}, {"a": [1, 1]}, ["repeated-item"]),
        ({"properties": {"a": {"enum": [1, 2]}}}, {"a": "1"}, ["unlisted-value"]),
    ],
)  # fmt: skip
def test_demands_that_our_own_types_do_not_make_are_told_too(
    more: dict[str, Any], data: dict[str, Any], rules: list[str]
) -> None:
    types, faults = load(own("vessel", **more))
    assert not faults
    found = list(types.validate("vessel", without(VESSEL, "crew") | data, "x"))
    assert [fault.rule for fault in found] == rules
    for finding in check.in_words(found):
        assert all("{" not in text for lang in ("zh", "en") for text in finding.words(lang))


def test_numbers_are_exact() -> None:
    types, _ = load(own("vessel", properties={"a": {"type": "number", "multipleOf": 0.1}}))
    assert not list(types.validate("vessel", VESSEL | {"a": Decimal("0.3")}, "x"))


def with_block(**changes: Any) -> dict[str, Any]:
    schema = own("vessel")
    return schema | {"x-record": schema["x-record"] | changes}


@pytest.mark.parametrize(
    ("schema", "rule", "line"),
    [
        (own("vessel") | {"$id": f"{BASE}vessels.schema.json"}, "misnamed-schema", "$id"),
        (own("vessel", properties={"a": {"type": "strong"}}), "unsound-schema", '"strong"'),
        (own("vessel", properties={"a": {"type": "string", "pattern": "("}}), "unsound-schema", '"("'),
        (own("vessel", properties={"a": {"$ref": "common.schema.json#/$defs/dat"}}), "unsound-schema", "/dat"),
        (own("vessel", properties={"a": {"$ref": "https://example.com/x.json"}}), "unsound-schema", "example.com"),
        (own("vessel") | {"allOf": [{"$ref": "#"}]}, "unsound-schema", '"#"'),
        (without(own("vessel"), "x-record"), "unsound-type-block", ""),
        (with_block(group="ships"), "unsound-type-block", '"ships"'),
        (with_block(order="late"), "unsound-type-block", '"late"'),
        (with_block(colour="red"), "unsound-type-block", ""),
        (own("vessel") | {"x-record": None}, "unsound-type-block", "x-record"),
        (own("vessel", properties={"a": {"type": "string", "x-reference": ["ship"]}}), "unknown-reference-target", '"ship"'),
        (with_block(columns=["number", "nmae"]), "unknown-column", '"nmae"'),
        (with_block(facets=["colour"]), "unknown-column", '"colour"'),
    ],
)  # fmt: skip
def test_an_unsound_type_is_told_where_it_stands_and_left_out(
    schema: dict[str, Any], rule: str, line: str
) -> None:
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    types, faults = Types.load([*SHIPPED, ("schemas/vessel.schema.json", text.encode())])
    assert {fault.rule for fault in faults} == {rule}
    assert line in text.splitlines()[faults[0].place.line - 1]
    assert "vessel" not in types
    assert set(types) == set(TYPES)
    for finding in check.in_words(faults):
        for lang in ("zh", "en"):
            assert all("{" not in part for part in finding.words(lang))
    assert list(types.validate("vessel", VESSEL, "x")) == [], "its records are not blamed for it"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'{\n  "a": 1,\n}', 3),
        (b'{"a": 1, "a": 2}', 1),
        (b"[]", 1),
        (b"", 1),
        (b'{"a": NaN}', 1),
        (b'{\n"a": "\xff"}', 2),
        (b"[" * 100_000, 1),
    ],
)
def test_a_schema_file_that_is_no_json_is_told_with_its_line(content: bytes, line: int) -> None:
    types, faults = Types.load([*SHIPPED, ("schemas/vessel.schema.json", content)])
    assert [(fault.rule, fault.place.line) for fault in faults] == [("unreadable-schema", line)]
    assert len(types) == len(TYPES)


def test_the_packages_own_type_stands_in_for_a_broken_one() -> None:
    broken = own("loan", properties={"a": {"$ref": "nowhere.schema.json"}})
    for content in (json.dumps(broken).encode(), b"{"):
        types, faults = Types.load([*SHIPPED, ("schemas/loan.schema.json", content)])
        assert len(faults) == 1
        assert types["loan"].title == TYPES["loan"].title


def test_a_schema_that_contains_itself_is_read_to_a_depth_and_judged_to_any() -> None:
    part = {"type": "object", "properties": {"part": {"$ref": "#/$defs/part"}}, "additionalProperties": False}
    types, faults = load(
        own("vessel", **{"$defs": {"part": part}}, properties={"part": {"$ref": "#/$defs/part"}})
    )
    assert not faults
    assert len(types["vessel"].fields[-1].path) == 1
    assert only(findings(VESSEL | {"part": {"part": {"prat": {}}}}, types)).place.pointer == (
        "part",
        "part",
        "prat",
    )


def test_places_in_json_are_found() -> None:
    text = '{\n "a": [1, {"b\\"": "x"}],\n "c": {}\n}'
    assert jsontext.place(text, ("a", 1, 'b"')) == (2, 19)
    assert jsontext.place(text, ("c",)) == (3, 7)
    assert jsontext.place(text, ("c", "d")) == (3, 7)
    assert jsontext.place(text, ("a", 7)) == (2, 7)
    assert jsontext.place(text, ()) == (1, 1)


# -- The types of the package ----------------------------------------------------------------------------------


def test_the_packages_types_are_sound() -> None:
    assert FAULTS == ()
    assert len(TYPES) >= 43


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("name", TYPES)
def test_every_field_has_a_title_in_both_languages(name: str) -> None:
    kind = TYPES[name]
    assert is_chinese(kind.title.zh)
    assert is_chinese(kind.description.zh)
    assert kind.description.en.isascii() or "é" in kind.description.en or "…" in kind.description.en
    for field in fields.walk(kind.fields):
        if field.name != fields.EACH:
            assert is_chinese(field.title.zh) or field.title.zh == "SHA-256", field
            assert field.title.en
            assert not is_chinese(field.title.en), field
            assert bool(field.description.zh) == bool(field.description.en), field
        assert set(field.values) <= set(field.labels), field


@pytest.mark.parametrize("name", TYPES)
def test_every_type_has_an_example_that_fits(name: str) -> None:
    examples = TYPES[name].schema["examples"]
    assert examples
    for example in examples:
        assert findings(example) == []


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if kind.group != "policy"])
def test_the_first_example_of_a_type_is_in_chinese_and_the_second_in_english(name: str) -> None:
    examples = TYPES[name].schema["examples"]
    assert [is_chinese(json.dumps(each, ensure_ascii=False)) for each in examples] == [True, False]
    assert list(examples[0]) == list(examples[1])


@pytest.mark.parametrize("name", TYPES)
def test_what_a_chain_needs_is_demanded(name: str) -> None:
    kind = TYPES[name]
    needed = {field.name for field in kind.fields if field.required}
    assert {"type", "number"} <= needed
    if kind.chain:
        assert {"revision", "updated", "author"} <= needed
    policy = source.load(
        "review.yaml", (SAMPLES / "base/records/policy/review/review.yaml").read_bytes()
    ).document
    assert policy is not None
    if kind.chain:
        stages = policy.data["chains"][kind.chain]
        if any(stage.get("of") == "owner" for stage in stages):
            assert "department" in needed


def test_the_data_dictionary_is_complete() -> None:
    numbering = source.load(
        "numbering.yaml", (SAMPLES / "base/records/policy/numbering/numbering.yaml").read_bytes()
    ).document
    assert numbering is not None
    used = {letters for kind in TYPES.values() for letters in kind.series if letters != "*"}
    assert used == set(numbering.data["series"])
    assert {kind.name for kind in TYPES.values() if kind.group == "policy"} == {
        "policy-" + path.name for path in (SAMPLES / "base/records/policy").iterdir()
    }
    orders = [kind.order for kind in TYPES.values()]
    assert len(set(orders)) == len(orders)


def records(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.yaml")):
        loaded = source.load(path.name, path.read_bytes())
        assert loaded.document is not None, (path, loaded.faults)
        yield path, loaded.document.data


def test_the_base_sample_fits_its_types() -> None:
    for path, data in records(SAMPLES / "base"):
        assert findings(data) == [], path


def test_the_starter_fits_its_types_once_its_blanks_are_filled() -> None:
    values = {"@COMPANY@": "示例公司", "@TODAY@": "2026-11-23", "@IMPORTING@": "false"}
    values |= {f"@FOUNDER{n}_{what}@": f"a{n}@b" for n in (1, 2) for what in ("NAME", "EMAIL")}
    for path in sorted((resources.PACKAGE / "starter" / "records").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for blank, value in values.items():
            text = text.replace(blank, value)
        loaded = source.load(path.name, text.encode())
        assert loaded.document is not None, (path, loaded.faults)
        assert findings(loaded.document.data) == [], path
        assert "#" in text


def test_the_envelope_comes_first_and_its_tail_last() -> None:
    names = [field.name for field in TYPES["document"].fields]
    assert names[:4] == ["type", "number", "revision", "title"]
    assert names[-1] == "notes"
    assert names.index("updated") < names.index("class") < names.index("confidentiality")
    envelope = {field.name for field in TYPES["document"].fields if field.envelope}
    assert "created" in envelope
    assert "class" not in envelope


def test_kinds_of_fields_are_told_apart() -> None:
    kinds = {field.name: field.kind for field in TYPES["service-ticket"].fields}
    assert kinds["reported_at"] == "time"
    assert kinds["closed"] == "date"
    assert kinds["urgency"] == "enum"
    assert kinds["satisfaction"] == "integer"
    assert kinds["project"] == "reference"
    assert kinds["steps"] == "list"
    step = next(field for field in TYPES["service-ticket"].fields if field.name == "steps").item
    assert step is not None
    assert [field.name for field in step.fields] == ["at", "by", "kind", "text"]
    assert step.fields[2].labels["fix"].zh == "处理"


def test_references_are_found_in_lists_groups_and_mappings() -> None:
    plan = TYPES["implementation-plan"]
    found = list(plan.references(plan.schema["examples"][0]))
    assert (("phases", 0, "tasks", 0, "responsible"), "YG0003", ("staff",)) in found
    assert (("project",), "FW20260001", ("project",)) in found
    policy = TYPES["policy-confidentiality"]
    data = {"readers": {"core": ["YG0001"]}}
    assert list(policy.references(data)) == [(("readers", "core", 0), "YG0001", ("staff",))]


# -- Any data at all -------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    TEXT,
    st.sampled_from(
        ["2026-05-06", "2026-05-06T09:30", "0000-01-01", "2026-05", "XM", "绝密", "internal", "passed"]
    ),
)
NAMES = sorted({field.name for kind in TYPES.values() for field in fields.walk(kind.fields)} - {fields.EACH})
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), TEXT), inner, max_size=4),
    ),
    max_leaves=12,
)


def bare(kind: str, data: Any) -> list[Failure]:
    """The verdict of the slow judge alone."""
    library = TYPES._library
    quick, library._quick[kind] = library.quick(kind), lambda _data: False
    try:
        return library.failures(kind, data)
    finally:
        library._quick[kind] = quick


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_data_breaks_the_judge_and_both_judges_agree(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*TYPES, "act"]))
    schema = TYPES[name].schema if name in TYPES else {"examples": [ACT]}
    value = dict(schema["examples"][0])
    known = [field.name for field in TYPES[name].fields] if name in TYPES else list(ACT)
    for field in data.draw(st.lists(st.sampled_from(known), max_size=3)):
        value[field] = data.draw(VALUES)
    if data.draw(st.booleans()):
        value.pop(data.draw(st.sampled_from(sorted(value))), None)
    judge(name, value)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([*TYPES, "act"]), VALUES)
def test_rubbish_does_not_break_the_judge(name: str, value: Any) -> None:
    judge(name, value)


def judge(name: str, value: Any) -> None:
    found = list(TYPES.validate(name, value, "x.yaml"))
    for finding in check.in_words(found):
        for lang in ("zh", "en"):
            assert all(isinstance(part, str) for part in finding.words(lang))
    library = TYPES._library
    slow = bare(name, value)
    assert bool(found) == bool(slow), (found, slow)
    if not slow or not any(failure.keyword == "type" for failure in slow):
        assert library.quick(name)(value) == (not slow), slow


def test_text_that_is_no_unicode_does_not_break_the_judge() -> None:
    assert only(findings(DOCUMENT | {"\ud800": 1})).code == "SCH003"
    assert findings(DOCUMENT | {"title": "\ud800"}) == []


# -- Dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form", "right"),
    [
        ("2026.5.6", dates.DATE, "2026-05-06"),
        ("20260506", dates.DATE, "2026-05-06"),
        ("2026-05-06 09:30", dates.DATE, "2026-05-06"),
        ("2026-13-01", dates.DATE, None),
        ("6.5.2026", dates.DATE, None),
        ("2026-05-06", dates.DATE, None),
        ("2026年5月6日9时30分", dates.TIME, "2026-05-06T09:30"),
        ("2026-05-06 25:00", dates.TIME, None),
        ("2026/5", dates.MONTH, "2026-05"),
        ("202605", dates.MONTH, "2026-05"),
        ("2026-13", dates.MONTH, None),
        ("9:00", dates.CLOCK, "09:00"),
        ("9点", dates.CLOCK, None),
        ("31:00", dates.CLOCK, None),
        ("x", "email", None),
    ],
)
def test_what_was_meant_is_proposed_where_it_can_be_told(text: str, form: str, right: str | None) -> None:
    assert dates.mend(text, form) == right


# -- Speed ---------------------------------------------------------------------------------------------------


def test_sound_documents_are_judged_in_a_fraction_of_a_millisecond(
    capsys: pytest.CaptureFixture[str],
) -> None:
    many = [DOCUMENT | {"number": f"JS2026{serial:03}"} for serial in range(1, 1001)]
    list(TYPES.validate("document", DOCUMENT, "x"))
    start = time.perf_counter()
    assert not [fault for data in many for fault in TYPES.validate("document", data, "x")]
    each = time.perf_counter() - start
    with capsys.disabled():
        print(f"[{each:.4f} ms a record] ", end="")
    assert each < 1  # generous: what counts is that the slow judge was not asked


def test_the_packages_types_are_the_same_whether_judged_or_not() -> None:
    assert not FAULTS
    quick = Types.shipped(SHIPPED)
    assert dict(quick) == dict(TYPES)
    assert list(quick) == list(TYPES)
    assert all(quick[name].fields == TYPES[name].fields for name in TYPES)


def test_a_sound_record_never_meets_the_slow_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muniment.judge._Slow", None)
    for kind in TYPES.values():
        for example in kind.schema["examples"]:
            if not any(isinstance(value, float) for value in _leaves(example)):
                assert not list(TYPES.validate(kind.name, example, "x"))


def _leaves(data: Any) -> Iterator[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    if inner is None:
        yield data
    else:
        for each in inner:
            yield from _leaves(each)


def test_a_record_type_is_frozen() -> None:
    kind: RecordType = TYPES["document"]
    with pytest.raises(AttributeError):
        kind.name = "other"  # type: ignore[misc]
