"""Evidence packs: checked where they lie, with Python and git alone (B11)."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

import console
from muniment import pack as packs
from muniment import project
from muniment.facts import Facts
from muniment.findings import Fault, Place
from samples import git

DAY = "2026-11-23"


@pytest.fixture(scope="module")
def pack(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    ran = console.run(demonstration, "pack", str(folder / "pack.zip"), "--today", DAY)
    assert ran.code == 0, ran.said
    return folder / "pack.zip"


def unpacked(pack: Path, folder: Path) -> Path:
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    return folder


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier as a stranger runs it: no package of ours in reach."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), *arguments], capture_output=True, text=True
    )


def test_a_sound_pack_is_verified_without_us(pack: Path, demonstration: Path, tmp_path: Path) -> None:
    folder = unpacked(pack, tmp_path)
    root = git(demonstration, "rev-list", "--max-parents=0", "main").strip()
    done = verify(folder, root)
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["commit"] == git(demonstration, "rev-parse", "main").strip()
    checked = json.loads(console.run(demonstration, "check", "--format", "json", "--today", DAY).out)
    assert (manifest["root"], manifest["records"]) == (root, checked["summary"]["records"])
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder).returncode == 0


@pytest.mark.parametrize(
    "harm", ["a record", "a record and the manifest", "an act", "one more file", "a file gone", "the bundle"]
)
def test_whatever_is_changed_is_found(pack: Path, tmp_path: Path, harm: str) -> None:
    folder = unpacked(pack, tmp_path)
    record = next((folder / "records/documents/XM").rglob("XM2024005.yaml"))
    act = next((folder / "records/documents/XM").rglob("XM2024005/acts/*.yaml"))
    if harm == "a record":
        record.write_text(record.read_text("utf-8") + "# \n", "utf-8")
    elif harm in ("a record and the manifest", "an act"):
        changed = act if harm == "an act" else record
        changed.write_text(changed.read_text("utf-8").replace("2024", "2023"), "utf-8")
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        for entry in manifest["files"]:
            if entry["path"] == changed.relative_to(folder).as_posix():
                entry["sha256"] = hashlib.sha256(changed.read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    elif harm == "one more file":
        (folder / "records/more.yaml").write_text("a: b\n")
    elif harm == "a file gone":
        act.unlink()
    else:
        bundle = folder / "history.bundle"
        content = bytearray(bundle.read_bytes())
        content[len(content) // 2] ^= 1
        bundle.write_bytes(content)
    done = verify(folder)
    assert done.returncode == 1
    assert "FAILED" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("harm", "said"),
    [("SHA256SUMS", "SHA256SUMS"), ("root", "does not begin"), ("history", "nobody can tell")],
)
def test_what_says_where_the_rest_comes_from_is_judged_too(
    pack: Path, demonstration: Path, tmp_path: Path, harm: str, said: str
) -> None:
    folder = unpacked(pack, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    if harm == "SHA256SUMS":
        (folder / "SHA256SUMS").write_text("")
    elif harm == "root":
        manifest["root"] = "1" * 40
    else:  # the history is taken away, and with it what could be compared with the seal
        (folder / "history.bundle").unlink()
        manifest["bundle"] = ""
        manifest["files"] = [each for each in manifest["files"] if each["path"] != "history.bundle"]
        lines = "".join(f"{each['sha256']}  {each['path']}\n" for each in manifest["files"])
        (folder / "SHA256SUMS").write_text(lines)
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False))
    done = verify(folder, git(demonstration, "rev-parse", "main").strip())
    assert done.returncode == 1
    assert said in done.stdout


def test_the_report_follows_the_four_properties_and_the_clauses_and_shows_what_it_says(
    pack: Path, tmp_path: Path
) -> None:
    folder = unpacked(pack, tmp_path)
    for page, names in (
        ("index.html", ("真实性", "完整性", "可用性", "安全性", "ISO 9001:2015 7.5")),
        ("en/index.html", ("Authenticity", "Completeness", "Usability", "Safety", "ISO 9001:2015 7.5")),
    ):
        text = (folder / page).read_text(encoding="utf-8")
        heads = re.findall(r"<h2 id=\"[^\"]+\">([^<]+)</h2>", text)
        assert tuple(heads[:5]) == names
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(text)
        links = re.findall(r'href="([^"#]+)"', text)
        assert len(links) > 50
        assert [link for link in links if not (folder / page).parent.joinpath(link).is_file()] == []
        assert "@page" in text
    clauses = re.findall(r'<th scope="row">(7\.5\.[^<]+)</th>', text)
    assert clauses == sorted(clauses, key=lambda clause: clause.split()[0])
    assert {"reports/backup-evidence.csv", "reports/hold-scope.csv", "reports/shelf-list.csv"} <= {
        link.removeprefix("../") for link in links
    }


def test_the_report_does_not_say_yes_where_the_audit_objects(demonstration: Path, tmp_path: Path) -> None:
    facts = project.load_for_site(demonstration, DAY).facts
    assert facts.audit is not None
    fault = Fault("unknown-person", Place("records/x.yaml"), {"act": "x", "by": "YG9999"}, "XM2024005")
    spoilt = replace(facts, audit=replace(facts.audit, faults=(fault,)))

    def met(known: Facts) -> str:
        index = dict(packs.contents(known, [], "core", None))["en/index.html"].decode()
        row = index.partition('<th scope="row">7.5.2 c</th>')[2].partition("</tr>")[0]
        return row.rpartition('class="met">')[2].partition("<")[0]

    assert met(facts) == "✓ yes"
    assert met(spoilt) == "✗ no"


def test_a_seal_that_the_history_does_not_hold_is_told(pack: Path, tmp_path: Path) -> None:
    done = verify(unpacked(pack, tmp_path), "1" * 40)
    assert done.returncode == 1
    assert "seal" in done.stdout


def test_an_act_that_binds_other_content_is_found(demonstration: Path, tmp_path: Path) -> None:
    """Somebody rewrote history and made the pack anew: the manifest agrees, the acts do not."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(demonstration), str(clone))
    record = next(clone.rglob("XM2024005/XM2024005.yaml"))
    act = max(clone.rglob("XM2024005/acts/*.yaml"))
    text = act.read_text("utf-8")
    git(clone, "rm", "-q", str(act))
    git(clone, "commit", "-qm", "x")
    record.write_text(record.read_text("utf-8") + "notes: 改\n", "utf-8")
    act.write_text(text, "utf-8")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "y")
    facts = project.load_for_site(clone, DAY).facts
    commit = facts.commit
    assert commit is not None
    files = packs.contents(facts, [], "core", project.bundle(clone, commit.id))
    target = tmp_path / "forged.zip"
    target.write_bytes(packs.archive(files, packs.moment(facts)))
    done = verify(unpacked(target, tmp_path / "forged"))
    assert done.returncode == 1
    assert act.name in done.stdout


def test_the_same_commit_packs_into_the_same_bytes(pack: Path, demonstration: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    assert console.run(demonstration, "pack", str(again), "--today", DAY).code == 0
    assert again.read_bytes() == pack.read_bytes()


def test_a_pack_for_some_readers_holds_no_history_and_nothing_from_above(
    demonstration: Path, tmp_path: Path
) -> None:
    target = tmp_path / "public.zip"
    assert console.run(demonstration, "pack", str(target), "--audience", "public", "--today", DAY).code == 0
    folder = unpacked(target, tmp_path / "public")
    assert not (folder / "history.bundle").exists()
    assert not list((folder / "records").rglob("FW2024*"))
    done = verify(folder)
    assert done.returncode == 0
    assert "no history" in done.stdout


def test_a_pack_of_the_past_ends_there(demonstration: Path, tmp_path: Path) -> None:
    target = tmp_path / "then.zip"
    assert console.run(demonstration, "pack", str(target), "--at", "2024-12-31").code in (0, 1)
    folder = unpacked(target, tmp_path / "then")
    assert json.loads((folder / "manifest.json").read_bytes())["as_of"] == "2024-12-31"
    assert not list((folder / "records").rglob("*2025*"))
    assert verify(folder).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("x.tar",), ".zip"), (("nowhere/x.zip",), "nowhere"), (("x.zip", "--at", "1999-01-01"), "1999-01-01")],
)
def test_wrong_use_is_told(demonstration: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = console.run(demonstration, "pack", *arguments, "--lang", "en")
    assert ran.code == 2
    assert said in ran.err
    assert not (demonstration / "x.zip").exists()
