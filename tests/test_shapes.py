"""Every JSON file of the site has a published shape that it fits, addresses come of numbers alone, and feeds are sound."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import browsing
import memory
from muniment import project, site
from muniment.pages import DataFile
from muniment.views import addresses

ANYWHERE = "https://docs.example.com/"
ATOM = "{http://www.w3.org/2005/Atom}"
# What others of the site's parts read: search boxes and their indexes.
_NOT_OURS = ("search/", "pagefind/", "assets/", "en/search/")


def ours(built: Path) -> list[str]:
    paths = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.json"))
    return [path for path in paths if not path.startswith(_NOT_OURS) and "/files/" not in path]


@pytest.fixture(scope="module")
def index(built: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((built / "schema" / "index.json").read_text())
    return found


def shape_of(index: list[dict[str, Any]], path: str) -> str:
    """The schema of a file, as a program would look it up."""
    for entry in index:
        pattern = (
            re.escape(entry["path"]).replace(r"\{path\}", "(?P<path>.+)").replace(r"\{number\}", "[^/]+")
        )
        found = re.fullmatch(pattern, path)
        if found:
            return str(entry["schema"]).replace("{path}", found.groupdict().get("path") or "")
    raise AssertionError(f"{path} has no shape in schema/index.json")


def validator(name: str, read: Callable[[str], bytes]) -> Draft202012Validator:
    """A published shape, as a program takes it: what it refers to lies beside it."""

    def retrieve(uri: str) -> Resource[Any]:
        return Resource.from_contents(json.loads(read(uri.removeprefix(ANYWHERE))))

    schema = json.loads(read(name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator({**schema, "$id": f"{ANYWHERE}{name}"}, registry=Registry(retrieve=retrieve))  # type: ignore[call-arg]  # attrs, which referencing uses, tells mypy no names


def test_every_file_of_data_fits_its_published_shape(built: Path, index: list[dict[str, Any]]) -> None:
    validators: dict[str, Draft202012Validator] = {}
    paths = [path for path in ours(built) if not path.startswith("schema/") or path == "schema/index.json"]
    assert {path.partition("/")[0] for path in paths} >= {"records", "registers", "reports", "records.json"}
    problems = []
    for path in paths:
        name = shape_of(index, path)
        if name not in validators:
            validators[name] = validator(name, lambda path: (built / path).read_bytes())
        data = json.loads((built / path).read_text())
        for problem in validators[name].iter_errors(data):
            problems.append(f"{path} against {name}: {problem.json_path} {problem.message[:200]}")
            break
    assert problems == []


@pytest.mark.parametrize("level", ["public", "confidential", "core"])
def test_what_readers_of_another_level_get_fits_too(demonstration: Path, level: str) -> None:
    facts = project.load_for_site(demonstration, browsing.DAY).facts
    parts = site.pages(facts, site.Options(audience=level))
    files = {part.path: part.content for part in parts if isinstance(part, DataFile)}
    listed = json.loads(files["schema/index.json"])
    checked = [
        path for path in files if path.endswith(".json") and not path.startswith((*_NOT_OURS, "schema/"))
    ]
    validators = {
        name: validator(name, files.__getitem__)
        for name in {shape_of(listed, path) for path in checked if "/files/" not in path}
    }
    problems = [
        f"{path}: {problem.json_path} {problem.message[:200]}"
        for path in checked
        if "/files/" not in path
        for problem in validators[shape_of(listed, path)].iter_errors(json.loads(files[path]))
    ]
    assert problems == []


def test_facts_are_described_by_their_type_wherever_all_of_them_may_be_read(built: Path) -> None:
    """A record with a field that its type does not know, or a wrong value, does not fit the shape of a record."""
    shape = validator("schema/record.json", lambda path: (built / path).read_bytes())
    plain = 0
    for entry in json.loads((built / "records.json").read_text()):
        data = json.loads((built / entry["url"] / f"{addresses.slug(entry['number'])}.json").read_bytes())
        data["facts"]["no-such-field"] = 1
        is_open = not data["locked"] and not data["covered"]
        assert shape.is_valid(data) is not is_open, entry["number"]
        plain += is_open
    assert plain > 100


def test_the_shape_of_a_type_stands_by_itself(built: Path) -> None:
    for path in sorted((built / "schema/types").iterdir()):
        text = path.read_text(encoding="utf-8")
        references = set(re.findall(r'"\$ref": "([^"]+)"', text))
        parts = json.loads(text)["$defs"]
        assert {f"#/$defs/{name}" for name in parts} == references, path.name
        assert all(parts.values()), path.name
        assert '"$id"' not in text
        assert '"examples": [' not in text


def test_a_shape_names_the_columns_in_both_languages(built: Path) -> None:
    zh, en = (
        json.loads((built / "schema" / "registers" / name).read_text())["items"]["properties"]
        for name in ("document.json", "document.en.json")
    )
    assert zh.keys() == en.keys()
    assert (zh["title"]["title"], en["title"]["title"]) == ("标题", "Title")


def test_what_a_record_says_is_told_in_the_handbook() -> None:
    shape = json.loads(dict(shapes_files())["schema/record.json"])
    for lang in ("zh", "en"):
        page = (Path(__file__).parents[1] / "docs" / lang / "data.md").read_text()
        assert [name for name in shape["properties"] if f"`{name}`" not in page] == []


def shapes_files() -> Iterator[tuple[str, bytes]]:
    from muniment import shapes

    return shapes.files(memory.types())


def test_the_address_of_a_record_comes_of_its_number_alone(built: Path, demonstration: Path) -> None:
    facts = project.load(demonstration, "2026-11-29").facts
    for entry in json.loads((built / "records.json").read_text()):
        number, parts = entry["number"], entry["url"].strip("/").split("/")
        assert parts[-1] == addresses.slug(number)
        assert entry["url"] == addresses.record(facts.policy, number)
        if facts.policy.series_of(number):
            year = [number[2:6]] if facts.policy.series[number[:2]].yearly else []
            assert parts == ["records", number[:2], *year, number]
        assert (built / entry["url"] / f"{parts[-1]}.json").is_file()
        assert (built / entry["url"] / "index.html").is_file()


@pytest.mark.parametrize("name", ["all", "published", "retired"])
@pytest.mark.parametrize("ending", ["", ".en"])
def test_a_feed_is_what_readers_of_feeds_expect(built: Path, name: str, ending: str) -> None:
    feed = ElementTree.fromstring((built / "feeds" / f"{name}{ending}.atom").read_bytes())  # noqa: S314 - we wrote it
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for node in (feed, *entries):
        for child in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{child}")) == 1, child
        assert str(node.findtext(f"{ATOM}id")).startswith("urn:uuid:")
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d", str(node.findtext(f"{ATOM}updated"))
        )
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    days = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    assert all(entry.find(f"{ATOM}link") is not None for entry in entries)


def test_the_site_map_leads_to_pages_that_are_there(built: Path) -> None:
    site = ElementTree.fromstring((built / "sitemap.xml").read_bytes())  # noqa: S314 - we wrote it
    found = [node.text or "" for node in site.iter() if node.tag.endswith("loc")]
    assert found
    assert len(set(found)) == len(found)
