"""The handbook says what there is, the same in both languages, and its links lead somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from muniment import check, project, resources
from muniment.cli import muniment
from samples import base

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"
PAGES = sorted(file.name for file in (DOCS / "zh").glob("*.md"))
PROSE = [
    *sorted(DOCS.rglob("*.md")),
    *(TOP / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md")),
]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def commands() -> dict[str, click.Command]:
    context = muniment.make_context("muniment", [], resilient_parsing=True)
    found = {name: muniment.get_command(context, name) for name in muniment.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


COMMANDS = commands()


def text(lang: str, page: str) -> str:
    return (DOCS / lang / page).read_text(encoding="utf-8")


def headings(markdown: str) -> list[str]:
    return re.findall(r"^(#+) ", FENCE.sub("", markdown), re.MULTILINE)


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(file.name for file in (DOCS / "en").glob("*.md")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_headings_and_examples(page: str) -> None:
    chinese, english = text("zh", page), text("en", page)
    assert headings(chinese) == headings(english)
    assert len(FENCE.findall(chinese)) == len(FENCE.findall(english))
    assert chinese.count("\n|") == english.count("\n|")


@pytest.mark.parametrize("file", PROSE, ids=lambda file: str(file.relative_to(TOP)))
def test_links_lead_somewhere(file: Path) -> None:
    prose = FENCE.sub("", file.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose)):
        if not re.match(r"[a-z]+:", target):
            assert (file.parent / target.partition("#")[0]).exists(), target


def test_every_handbook_page_is_reached_from_the_first() -> None:
    assert {page for page in PAGES if f"({page})" not in text("zh", "index.md")} == {"index.md"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(lang: str, name: str) -> None:
    page = text(lang, "command-line.md")
    assert f"## {name}\n" in page, f"docs/{lang}/command-line.md has no heading for {name}"
    section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
    everywhere = page.partition("\n## ")[2].partition("\n## ")[0]
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert any(f"`{flag}" in section + everywhere for flag in parameter.opts), (name, parameter.opts)


@pytest.mark.parametrize("file", PROSE, ids=lambda file: str(file.relative_to(TOP)))
def test_every_command_and_option_that_is_named_exists(file: Path) -> None:
    prose = file.read_text(encoding="utf-8")
    named = re.findall(r"`muniment ([a-z]+)([^`\n]*)`", prose)
    for block in FENCE.findall(prose):
        named += re.findall(r"(?:^|&& )muniment ([a-z]+)([^#\n&]*)", block, re.MULTILINE)
    for name, rest in named:
        assert name in COMMANDS, f"muniment {name}"
        flags = {flag for parameter in COMMANDS[name].params for flag in parameter.opts} | {"--help"}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= flags, f"muniment {name}{rest}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_family_of_codes_is_explained(lang: str) -> None:
    families = {code[:3] for code in check.catalogue()}
    assert {family for family in families if f"| {family} |" not in text(lang, "rules.md")} == set()


def test_codes_named_in_the_handbook_exist() -> None:
    known = set(check.catalogue())
    for file in PROSE:
        named = set(re.findall(r"\b[A-Z]{3}\d{3}\b", file.read_text(encoding="utf-8")))
        assert named <= known | {"NUM014"}, file  # the next free one, in the recipe for a rule


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_type_of_the_handbook_works_as_it_says(lang: str, tmp_path: Path) -> None:
    page = text(lang, "types.md")
    schema = re.search(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    series = re.search(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert schema
    assert series
    root = base(tmp_path / "registry")
    (root / "schemas").mkdir()
    (root / "schemas" / "instrument.schema.json").write_text(schema[1], encoding="utf-8")
    numbering = root / "records/policy/numbering/numbering.yaml"
    numbering.write_text(
        numbering.read_text(encoding="utf-8").rstrip("\n") + "\n" + series[1], encoding="utf-8"
    )
    example = json.loads(schema[1])["examples"][0]
    record = root / "records/organization/instruments/YQ0001/YQ0001.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("".join(f"{key}: {value}\n" for key, value in example.items()), encoding="utf-8")
    loaded = project.load(root, "2026-11-23")
    found = [finding.words("en") for finding in check.run(loaded.facts, loaded.faults)]
    assert found == []
    assert loaded.facts.state("YQ0001") == "in_use"


def test_the_handbook_travels_with_the_package() -> None:
    assert sorted(file.name for file in (resources.path("handbook") / "zh").glob("*.md")) == PAGES


def test_the_architecture_page_is_made_from_the_modules_as_they_are() -> None:
    done = subprocess.run(
        [sys.executable, str(TOP / "scripts/architecture.py"), "--check"], capture_output=True
    )
    assert done.returncode == 0, done.stderr
