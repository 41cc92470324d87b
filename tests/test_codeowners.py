"""CODEOWNERS names whom a forge has to ask, from the staff register alone."""

from __future__ import annotations

from pathlib import Path

from muniment import codeowners, project
from samples import base


def owners(root: Path, today: str = "2026-11-23") -> dict[str, list[str]]:
    text = codeowners.render(project.load(root, today).facts)
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}


def test_folders_belong_to_those_who_decide_about_them(tmp_path: Path) -> None:
    found = owners(base(tmp_path / "registry"))
    assert found["/records/policy/"] == found["/records/organization/staff/"]
    assert set(found["/records/policy/"]) < set(found["/records/documents/XM/"])
    assert next(iter(found)) == "*", "forges let the last line that fits decide, so the widest goes first"


def test_who_has_left_is_not_asked(tmp_path: Path) -> None:
    root = base(tmp_path / "registry")
    leader = root / "records/organization/staff/YG0001/YG0001.yaml"
    address = owners(root)["*"][0]
    assert address in leader.read_text(encoding="utf-8")
    leader.write_text(leader.read_text(encoding="utf-8") + "left: 2026-06-30\n", encoding="utf-8")
    assert not any(address in addresses for addresses in owners(root).values())


def test_the_day_does_not_matter(tmp_path: Path) -> None:
    root = base(tmp_path / "registry")
    assert owners(root, "2026-01-06") == owners(root, "2031-01-06")
