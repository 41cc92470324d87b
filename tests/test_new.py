"""`muniment new`: the next number, values as their fields want them, and a record that only lacks what nobody can know."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from console import run
from muniment import assignments, project
from muniment.assignments import Unassignable
from muniment.source import load
from samples import base, commit, fingerprint, git

TODAY = "2026-11-23"
NUMBERING = "records/policy/numbering/numbering.yaml"


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = base(tmp_path_factory.mktemp("base") / "registry")
    git(root, "config", "user.email", "li.na@example.com")
    return root


@pytest.fixture
def registry(sound: Path, tmp_path: Path) -> Path:
    root = tmp_path / "registry"
    shutil.copytree(sound, root, symlinks=True)
    return root


def data(root: Path, path: str) -> dict[str, object]:
    loaded = load(path, (root / path).read_bytes())
    assert loaded.document is not None, loaded.faults
    return loaded.document.data


def new(root: Path, *arguments: str) -> str:
    ran = run(root, "new", *arguments, "--today", TODAY)
    assert ran.code == 0, ran
    return ran.out.splitlines()[0]


TYPES = [
    name
    for name, kind in project.load_types(Path("/nonexistent"))[0].items()
    if kind.group != "policy" and kind.series != ("*",)
]


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_blank_record_of_every_type_is_sound_yaml_and_asks_only_for_what_is_missing(
    registry: Path, name: str, lang: str
) -> None:
    given = ("--set", "class=JS") if name == "document" else ()
    ran = run(registry, "new", name, *given, "--lang", lang, "--today", TODAY)
    assert ran.code == 0, ran
    path = ran.out.splitlines()[0]
    assert data(registry, path)["number"] == Path(path).stem
    found = json.loads(run(registry, "check", "--format", "json", "--today", TODAY).out)["findings"]
    wanted = {each["code"] for each in found if each["severity"] == "error"}
    assert wanted <= {"SCH009", "SCH002", "SCH010", "SCH014", "DOC006"}, found
    assert {each["path"] for each in found if each["code"] == "SCH009"} <= {path}


def test_a_record_with_everything_given_is_clean(registry: Path) -> None:
    path = new(
        registry,
        "client",
        "--set",
        "name=青禾检测有限公司",
        "--set",
        "contacts.0.name=赵敏",
        "--set",
        "contacts.0.phone=010-12345678",
    )
    assert path.endswith("KH0002/KH0002.yaml")
    assert data(registry, path)["contacts"] == [{"name": "赵敏", "phone": "010-12345678"}]
    assert run(registry, "check", "--today", TODAY).code == 0


def test_author_department_dates_and_class_follow_from_what_is_known(registry: Path) -> None:
    path = new(registry, "document", "--set", "kind=manual", "--set", "title=巡检手册")
    made = data(registry, path)
    assert made["number"] == "JS2026001"
    assert made["class"] == "JS"
    assert made["author"] == "YG0006"
    assert made["department"] == "BM01"
    assert made["created"] == made["updated"] == TODAY
    assert made["revision"] == 1
    body = (registry / path).with_suffix(".md").read_text()
    assert [line for line in body.splitlines() if line] == ["## 目的", "## 适用范围", "## 操作步骤"]


def test_a_type_and_a_field_go_by_their_titles_as_well(registry: Path) -> None:
    path = new(registry, "客户", "--set", "客户名称=甲", "--set", "联系人.0.姓名=乙")
    assert data(registry, path)["contacts"] == [{"name": "乙"}]
    assert data(registry, new(registry, "Client", "--set", "name=丙"))["name"] == "丙"
    path = new(registry, "document", "--set", "kind=操作手册", "--set", "title=丁")
    assert data(registry, path)["kind"] == "manual"


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "010",
        "2026",
        "12:30",
        "a: b",
        "# x",
        "'",
        '"',
        "- x",
        "null",
        "x\ty",
        "@",
        "é",
        "true",
        " x",
        "x\ny",
    ],
)
def test_a_text_stays_the_text_that_was_given(registry: Path, text: str) -> None:
    assert data(registry, new(registry, "client", "--set", f"name={text}"))["name"] == text


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("client", "--set", "name=甲", "--set", "name=乙"), "name"),
        (("client", "--set", "name=\x01"), "YML005"),
        (("client", "--set", "contacts=赵敏"), "contacts.0.name"),
        (("client", "--set", "contacts.name=赵敏"), "contacts.0.name"),
        (("client", "--set", "contacts.1.name=赵敏"), "0"),
        (("client", "--set", "contacts.0.nam=赵敏"), "name"),
        (("client", "--set", "name.x=甲"), "name"),
        (("client", "--set", "retention=5"), "retention.years"),
        (("client", "--set", "retention.years=五"), "五"),
        (("client", "--set", "retention.permanent=yes"), "true"),
        (("client", "--set", "confidentiality.level=secret"), "internal"),
        (("client", "--set", "created=2026-02-30"), "2026-02-30"),
        (("client", "--set", "number=KH0009"), "KH0002"),
        (("client", "--set", "number=KH0001"), "KH0001"),
        (("client", "--set", "number=KH12"), "KH0002"),
        (("client", "--set", "number=../x"), ".."),
        (("client", "--set", "number=ZZ0001"), "ZZ"),
        (("client", "--set", "references=YG0007"), "YG000"),
        (("client", "--set", "author=BM01"), "BM01"),
        (("document",), "class"),
        (("document", "--set", "class=ZZ"), "ZZ"),
        (("document", "--set", "class=XM", "--set", "kind=manual"), "requirements"),
        (("void",), "number"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_wrong_value_ends_with_2_and_writes_nothing(
    registry: Path, given: tuple[str, ...], named: str
) -> None:
    before = fingerprint(registry)
    for lang in ("zh", "en"):
        ran = run(registry, "new", *given, "--today", TODAY, "--lang", lang)
        assert ran.code == 2, ran
        assert named in ran.err
    assert fingerprint(registry) == before


def test_numbers_follow_everything_that_is_used_burnt_or_held(registry: Path) -> None:
    new(registry, "client", "--set", "name=甲")
    commit(registry, "甲")
    shutil.rmtree(registry / "records/organization/clients/KH0002")
    commit(registry, "删去")
    assert "KH0003" in new(registry, "client", "--set", "name=乙")
    git(registry, "checkout", "-q", "-b", "other")
    new(registry, "project", "--set", "title=丙")
    commit(registry, "丙")
    git(registry, "checkout", "-q", "main")
    assert "FW20260002" in new(registry, "project", "--set", "title=丁")


def test_the_year_of_the_number_is_the_year_of_creation(registry: Path) -> None:
    assert "JS2025001" in new(registry, "document", "--set", "class=JS", "--set", "created=2025-03-01")


def test_an_exhausted_series_says_what_to_do(registry: Path) -> None:
    policy = registry / NUMBERING
    text = policy.read_text()
    assert "BM: {" in text
    policy.write_text(
        text.replace("yearly: false, digits: 2,", "yearly: false, digits: 2, first: {2026: 99},")
    )
    ran = run(registry, "new", "department", "--set", "name=甲", "--lang", "en")
    assert (ran.code, "BM99" in ran.out) == (0, True), ran
    ran = run(registry, "new", "department", "--set", "name=乙", "--lang", "en")
    assert ran.code == 1
    assert "widen: true" in ran.err


def test_a_dry_run_prints_and_writes_nothing(registry: Path) -> None:
    before = fingerprint(registry)
    ran = run(registry, "new", "document", "--set", "kind=manual", "--dry-run", "--today", TODAY)
    assert "number: JS2026001" in ran.out
    assert "## 目的" in ran.out
    assert fingerprint(registry) == before


def test_a_void_record_holds_the_place_of_a_number(registry: Path) -> None:
    path = new(registry, "void", "--set", "number=XM2026001", "--set", "reason=起草后取消")
    assert path == "records/documents/XM/2026/XM2026001/XM2026001.yaml"
    assert run(registry, "check", "--today", TODAY).code == 0


def test_a_stranger_is_told_that_the_author_is_left_open(registry: Path) -> None:
    git(registry, "config", "user.email", "nobody@example.com")
    ran = run(registry, "new", "document", "--set", "class=JS", "--lang", "en")
    assert ran.code == 0
    assert "nobody@example.com" in ran.err


def test_who_comes_new_writes_the_own_record(registry: Path) -> None:
    """Two founders could approve nobody if one of them had to write the record."""
    git(registry, "config", "user.email", "new@example.com")
    ran = run(registry, "new", "staff", "--set", "name=吴磊", "--set", "department=BM01", "--lang=zh")
    assert ran.code == 0, ran.said
    assert "按您本人的档案处理" in ran.err
    path = ran.out.split()[0]
    made = data(registry, path)
    assert made["author"] == made["number"]
    assert made["emails"] == ["new@example.com"]
    assert run(registry, "check", path, "--today", TODAY).code == 0


def test_a_type_of_the_companys_own_is_made_like_any_other(registry: Path) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://muniment.example/schemas/vehicle.schema.json",
        "title": "车辆",
        "description": "公司车辆。",
        "x-en": {"title": "vehicle", "description": "A company car."},
        "x-record": {"series": ["CL"], "chain": None, "group": "archive", "level": "internal", "title": "name", "columns": ["number", "name", "seats"], "facets": [], "clauses": [], "order": 900},
        "type": "object",
        "allOf": [{"$ref": "common.schema.json#/$defs/record"}, {"$ref": "common.schema.json#/$defs/named"}],
        "properties": {"type": {"const": "vehicle"}, "seats": {"type": "integer", "title": "座位", "x-en": {"title": "seats"}}},
        "unevaluatedProperties": False,
    }  # fmt: skip
    (registry / "schemas").mkdir()
    (registry / "schemas/vehicle.schema.json").write_text(json.dumps(schema))
    policy = registry / NUMBERING
    policy.write_text(
        policy.read_text().rstrip()
        + "\n  CL: {title: {zh: 车辆, en: Vehicles}, yearly: false, digits: 3, folder: vehicles}\n"
    )
    path = new(registry, "车辆", "--set", "name=面包车", "--set", "seats=7")
    assert data(registry, path)["seats"] == 7
    assert path == "records/vehicles/CL001/CL001.yaml"
    assert run(registry, "check", "--today", TODAY).code == 0
    assert "CL001" in run(registry, "report", "vehicle").out
    assert "面包车" in run(registry, "show", "CL001").out


def test_pairs_are_read_into_nested_values() -> None:
    fields = project.load_types(Path("/nonexistent"))[0]["project"].fields
    read, places = assignments.read(
        fields,
        [
            "after_sales.phone=010-1",
            "team.0.staff=YG0001",
            "team.1.staff=YG0002",
            "references=A, B、C",
            "references=D",
        ],
    )
    assert read == {
        "after_sales": {"phone": "010-1"},
        "team": [{"staff": "YG0001"}, {"staff": "YG0002"}],
        "references": ["A", "B", "C", "D"],
    }
    assert ("team", 1, "staff") in places
    with pytest.raises(Unassignable):
        assignments.read(fields, ["=x"])
