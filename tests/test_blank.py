"""A blank form is a strict YAML file that becomes a sound record by filling in and uncovering."""

from __future__ import annotations

import json
import re

import pytest

from muniment import fields, resources, source
from muniment.blank import blank
from muniment.findings import Lang
from muniment.schemas import Types

TYPES, _ = Types.load(
    (f"schemas/{file.name}", file.read_bytes()) for file in sorted(resources.path("schemas").glob("*.json"))
)
TODAY = "2026-11-23"
LANGS: tuple[Lang, ...] = ("zh", "en")


def data_of(text: str) -> dict[str, object]:
    loaded = source.load("x.yaml", text.encode())
    assert loaded.document is not None, (text, loaded.faults)
    assert loaded.faults == ()
    return loaded.document.data


def uncovered(text: str) -> str:
    """The form with every optional field's # taken away; explanations keep theirs."""
    lines = text.splitlines()
    return "\n".join(
        line[1:] if (line[:1] == "#" and line[:2] != "# ") or line[:3] == "#  " else line for line in lines
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", TYPES)
def test_a_blank_form_is_strict_yaml_before_and_after_uncovering(name: str, lang: Lang) -> None:
    kind = TYPES[name]
    text = blank(kind, TYPES, "XM2026001", lang, {}, TODAY)
    assert text.endswith("\n")
    assert "\r" not in text
    data = data_of(text)
    required = [field.name for field in kind.fields if field.required]
    assert [name for name in data if name in required] == required
    assert set(data_of(uncovered(text))) == {field.name for field in kind.fields}
    assert data["type"] == name


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", TYPES)
def test_every_field_is_explained_in_the_readers_language(name: str, lang: Lang) -> None:
    kind = TYPES[name]
    text = blank(kind, TYPES, "XM2026001", lang, {}, TODAY)
    for field in kind.fields:
        if field.name not in ("type", "number", "revision"):
            assert f"# {field.title.render(lang)}" in text


@pytest.mark.parametrize("name", TYPES)
def test_a_form_with_everything_given_is_the_record(name: str) -> None:
    for example in TYPES[name].schema["examples"]:
        given = {key: value for key, value in example.items() if key not in ("type", "number")}
        text = blank(TYPES[name], TYPES, example["number"], "zh", given, TODAY)
        data = data_of(text)
        plain = json.loads(json.dumps(data, default=float))  # schema files hold floats, records decimals
        assert plain == example | {key: data[key] for key in data.keys() - example.keys()}
        assert list(TYPES.validate(name, data, "x")) == []


def test_an_example_is_in_the_readers_language_where_there_is_one() -> None:
    texts = {lang: blank(TYPES["void"], TYPES, "XM2026001", lang, {}, TODAY) for lang in LANGS}
    assert "起草后撤回" in texts["zh"]
    assert "Withdrawn" not in texts["zh"]
    assert "Withdrawn after drafting" in texts["en"]
    assert "room: archive room" in texts["en"]
    assert "room: 档案室" in texts["zh"]
    for kind in TYPES.values():
        if kind.group != "policy":
            text = blank(kind, TYPES, "XM2026001", "en", {}, TODAY)
            assert not re.search("[\u4e00-\u9fff]", text), (kind.name, text)


def test_what_leaves_no_choice_is_filled_in() -> None:
    data = data_of(blank(TYPES["contract"], TYPES, "XM2026001", "zh", {}, TODAY))
    assert (data["class"], data["kind"], data["revision"]) == ("XM", "contract", 1)
    assert (data["created"], data["updated"]) == (TODAY, TODAY)
    assert data["period"] == {"start": None, "end": None}


def test_what_is_left_empty_is_told_as_empty_and_nothing_else() -> None:
    for kind in TYPES.values():
        data = data_of(blank(kind, TYPES, "XM2026001", "en", {}, TODAY))
        if kind.group == "policy":
            data["number"] = kind.name.removeprefix("policy-")
        rules = {fault.rule for fault in TYPES.validate(kind.name, data, "x")}
        assert rules <= {"empty-value", "missing-alternative"}, (kind.name, rules)


def test_an_optional_field_that_is_given_stands_uncovered() -> None:
    text = blank(
        TYPES["project"], TYPES, "FW20260001", "zh", {"notes": "甲：乙 # 丙", "closed": TODAY}, TODAY
    )
    data = data_of(text)
    assert (data["notes"], data["closed"]) == ("甲：乙 # 丙", TODAY)
    assert "#notes" not in text


def test_a_field_that_the_type_does_not_have_is_kept_for_the_check_to_tell() -> None:
    assert data_of(blank(TYPES["client"], TYPES, "KH0002", "en", {"colour": "red"}, TODAY))["colour"] == "red"


def test_choices_and_kinds_of_target_are_named() -> None:
    text = blank(TYPES["project"], TYPES, "FW20260001", "en", {}, TODAY)
    assert "intake, assessed" in text
    assert "number of: client; for example KH0001" in text
    text = blank(TYPES["project"], TYPES, "FW20260001", "zh", {}, TODAY)
    assert "assessed（已评估）" in text
    assert "填写编号：客户；例如 KH0001" in text


def test_fields_inside_groups_are_shown_with_their_titles() -> None:
    text = blank(TYPES["document"], TYPES, "JS2026001", "zh", {}, TODAY)
    inner = [field for field in fields.walk(TYPES["document"].fields) if field.path[:1] == ("paper",)][1:]
    assert all(f"{field.name}: " in text and f"# {field.title.zh}" in text for field in inner)
