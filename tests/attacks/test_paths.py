"""Paths and modes: twins, look-alike letters, links, other repositories, attributes."""

from __future__ import annotations

import unicodedata

import pytest

from muniment.objects import SUBMODULE, SYMLINK

from .world import World, body, caught, demand, document, folder, published, sound

DOCUMENT = "JS2026001"
ACTS = f"{folder(DOCUMENT)}/acts"


def test_an_act_that_is_a_link(world: World) -> None:
    """The target of a link may be the very text of an act."""
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", mode=SYMLINK)
    caught(branch, "symbolic-link", "1-3-quality.yaml")


def test_a_body_that_is_a_link(world: World) -> None:
    branch = world.branch().draft().write({body(DOCUMENT): "../../../../README.md"}, mode=SYMLINK)
    caught(branch.approve(DOCUMENT), "symbolic-link", f"{DOCUMENT}.md")


def test_another_repository_inside_a_record(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.commit({f"{folder(DOCUMENT)}/files/more": (SUBMODULE, "1" * 40)})
    branch.write(
        {".gitmodules": f'[submodule "x"]\n\tpath = {folder(DOCUMENT)}/files/more\n\turl = ext::sh\n'}
    )
    caught(branch, "nested-repository", "files/more")


def test_another_repository_between_records(world: World) -> None:
    branch = world.branch().commit({"records/documents/JS/2026/JS2026009": (SUBMODULE, "1" * 40)})
    caught(branch, "nested-repository", "JS2026009")


@pytest.mark.parametrize(
    "name", ["1-3-Quality.yaml", "1-3-QUALITY.yaml", "1-3-quаlity.yaml", "1-3-quality.YAML"]
)
def test_an_act_whose_name_only_looks_right(world: World, name: str) -> None:
    branch = world.branch().draft().approve(DOCUMENT, "department", "technical")
    branch.act(DOCUMENT, "quality", "YG0004", file=f"{ACTS}/{name}")
    errors = [finding for finding in world.pull(branch) if finding.severity == "error"]
    assert any(
        name in f"{finding.place.path} {finding.params}" or finding.number == DOCUMENT for finding in errors
    )
    world.merge(branch)
    assert any(DOCUMENT in finding.place.path for finding in world.audit() if finding.severity == "error")


def test_twins_by_case_among_acts(world: World) -> None:
    branch = published(world).branch()
    text = branch.text(f"{ACTS}/1-3-quality.yaml").replace("approved", "rejected")
    branch.write({f"{ACTS}/1-3-QUALITY.yaml": text}, by="YG0004")
    caught(branch, "act-file-name", "1-3-QUALITY.yaml")


def test_twins_by_composition_among_files(world: World) -> None:
    composed, parted = unicodedata.normalize("NFC", "café.txt"), unicodedata.normalize("NFD", "café.txt")
    branch = world.branch().draft()
    branch.write({f"{folder(DOCUMENT)}/files/{composed}": "1\n", f"{folder(DOCUMENT)}/files/{parted}": "2\n"})
    branch.approve(DOCUMENT)
    caught(branch, "twin-path", parted)


def test_a_twin_of_a_landed_folder(world: World) -> None:
    branch = published(world).branch()
    path = "records/documents/JS/2026/js2026001/js2026001.yaml"
    branch.write({path: document("JS2026001")})
    demand(world.pull(branch), "twin-path", "js2026001", "pull")
    demand(world.merge(branch).audit(), "number-differs-from-path", "js2026001", "audit")


@pytest.mark.parametrize(
    "number", ["ХМ2026001", "XМ2026001", "XM２026001", "XM2O26001", "XM2026OO1", "ＸＭ2026001"]
)
def test_a_number_in_look_alike_letters(world: World, number: str) -> None:
    """Cyrillic and full-width letters, an O for a nought."""
    path = f"records/documents/XM/2026/{number}/{number}.yaml"
    text = document("XM2026001").replace('"XM2026001"', f'"{number}"')
    branch = world.branch().write({path: text})
    errors = [finding for finding in world.pull(branch) if finding.severity == "error"]
    assert any(number in finding.place.path for finding in errors)
    world.merge(branch)
    assert any(number in finding.place.path for finding in world.audit() if finding.severity == "error")


@pytest.mark.parametrize(
    "attributes",
    [
        "* text=auto eol=crlf\n",
        "* export-ignore\n",
        "*.yaml ident\n",
        "* diff=evil textconv=evil\n",
        "* filter=evil\n",
        "* -diff\n",
    ],
)
def test_attributes_of_the_branch_do_not_change_the_verdict(world: World, attributes: str) -> None:
    """Only bytes in Git count; the attributes speak of what is made of them elsewhere."""
    good = world.branch("good").draft().write({".gitattributes": attributes}).approve(DOCUMENT)
    sound(good)
    bad = world.branch("bad").draft("JS2026002").approve("JS2026002")
    bad.write({body("JS2026002"): "# 报告\n\n后来改的。\n", "records/.gitattributes": attributes})
    caught(bad, "act-of-other-content", "JS2026002")


def test_a_path_with_a_line_break(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    branch.write({f'{folder(DOCUMENT)}/files/a\nb\t"c.txt': "x\n"})
    caught(branch, "act-of-other-content", DOCUMENT)


def test_bytes_that_are_no_text_in_a_path(world: World) -> None:
    branch = world.branch().draft().approve(DOCUMENT)
    name = "\udcff\udcfe.txt"
    entry = world.blob("x\n")
    branch.commit({f"{folder(DOCUMENT)}/files/{name}": entry})
    caught(branch, "act-of-other-content", DOCUMENT)
