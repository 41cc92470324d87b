"""Objects written by us, read by Git."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import objects, sshsig
from muniment.objects import EXECUTABLE, FILE, SUBMODULE, SYMLINK, Person, Writer

KEY = ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a test").digest())
ANNA = Person("安娜", "anna@example.org")
BERT = Person("Bert", "bert@example.org")
NOON = (1_767_571_200, "+0800")


def git(directory: Path, *arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ("git", "-C", str(directory), *arguments), env=clean, capture_output=True, check=True
    )
    return done.stdout.decode()


def sound(directory: Path) -> bool:
    return not git(directory, "fsck", "--strict", "--full", "--no-dangling")


def test_git_finds_what_was_written(tmp_path: Path) -> None:
    with Writer(objects.create(tmp_path)) as writer:
        tree = writer.tree(
            {
                "档案/一.yaml": (FILE, writer.blob("甲\n".encode())),
                "档案/b/c/run": (EXECUTABLE, writer.blob(b"#!\n")),
                "a": (FILE, writer.blob(b"")),
            }
        )
        first = writer.commit(tree, author=ANNA, at=NOON, message="开始")
        second = writer.commit(
            writer.tree({"a": None}, tree),
            [first],
            author=ANNA,
            at=NOON,
            committer=BERT,
            committed=(NOON[0] + 60, "-0130"),
            message="Less\n\nMuch less\n",
            headers=[("x-odd", "two\nlines")],
        )
        writer.ref("refs/heads/main", second)
        writer.check_out(tree, tmp_path)
        (tmp_path / "a").unlink()
        writer.check_out(writer.tree({"a": None}, tree), tmp_path)
    assert sound(tmp_path)
    assert (tmp_path / "档案/一.yaml").read_text(encoding="utf-8") == "甲\n"
    assert os.access(tmp_path / "档案/b/c/run", os.X_OK)
    assert not (tmp_path / "a").exists()
    assert git(tmp_path, "status", "--porcelain") == ""
    shown = git(tmp_path, "log", "--format=%an|%ae|%ai|%cn|%ci|%B", "-1").splitlines()
    assert shown[0] == "安娜|anna@example.org|2026-01-05 08:00:00 +0800|Bert|2026-01-04 22:31:00 -0130|Less"
    assert "x-odd two\n lines\n" in git(tmp_path, "cat-file", "commit", "main")


def test_a_tree_grown_step_by_step_is_the_tree_made_at_once(tmp_path: Path) -> None:
    git_dir = objects.create(tmp_path)
    with Writer(git_dir) as writer:
        blob = (FILE, writer.blob(b"x"))
        base = writer.tree({"a/b/c": blob, "a/d": blob, "a.e": blob, "f/g": blob})
        grown = writer.tree({"a/b/h": blob, "f/g": None, "a/b/c": None}, base)
        assert grown == writer.tree({"a/b/h": blob, "a/d": blob, "a.e": blob})
        assert set(writer.folder(grown)) == {"a", "a.e"}
        assert writer.tree({"a": None}, grown) == writer.tree({"a.e": blob})
        assert writer.tree({"a": None, "a.e": None}, grown) == writer.tree({})
        assert writer.tree({"a": blob}, grown) == writer.tree({"a": blob, "a.e": blob})
        assert writer.tree({"a.e/i": blob}, grown) == writer.tree({"a/b/h": blob, "a/d": blob, "a.e/i": blob})
        writer.flush()
        assert writer.tree({"a": None}, grown) == writer.tree({"a.e": blob})
    assert sound(tmp_path)


def test_folders_are_read_back_once_many_have_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "_CACHED", 3)
    with Writer(objects.create(tmp_path)) as writer:
        blob = (FILE, writer.blob(b"x"))
        tree = writer.tree({"a/b/c/d/e": blob})
        for number in range(20):
            tree = writer.tree({f"a/b/c/{number}": blob}, tree)
        expected = {"a/b/c/d/e": blob} | {f"a/b/c/{number}": blob for number in range(20)}
        assert tree == writer.tree(expected)


def test_a_signature_is_one_that_git_accepts(tmp_path: Path) -> None:
    with Writer(objects.create(tmp_path)) as writer:
        commit = writer.commit(
            writer.tree({}),
            author=ANNA,
            at=NOON,
            message="签名",
            headers=[("encoding", "UTF-8")],
            sign=lambda payload: sshsig.sign(payload, KEY),
        )
        writer.ref("refs/heads/main", commit)
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"{ANNA.email} {sshsig.public_key(KEY).line}\n")
    git(tmp_path, "-c", f"gpg.ssh.allowedSignersFile={signers}", "verify-commit", "main")
    assert sound(tmp_path)


def test_odd_things_are_written_as_told(tmp_path: Path) -> None:
    with Writer(objects.create(tmp_path)) as writer:
        tree = writer.tree(
            {
                "link": (SYMLINK, writer.blob(b"/etc/passwd")),
                "module": (SUBMODULE, "1" * 40),
                "up/../down": (FILE, writer.blob(b"")),
                "raw\udcff": (FILE, writer.blob(b"")),
            }
        )
        commit = writer.commit(
            tree, author=ANNA, at=NOON, message="Odd", headers=[("gpgsig", "a"), ("gpgsig", "b")]
        )
        writer.ref("refs/heads/main", commit)
        writer.ref("refs/tags/bare", writer.object("commit", b"no commit at all"))
    listed = git(tmp_path, "ls-tree", "-r", "main")
    assert listed.count("\n") == 4
    assert "120000 blob" in listed
    assert "160000 commit" in listed
    assert '"raw\\377"' in listed
    assert git(tmp_path, "cat-file", "commit", "main").count("gpgsig") == 2


def test_an_interrupted_writer_leaves_nothing(tmp_path: Path) -> None:
    git_dir = objects.create(tmp_path)

    def write_and_fail() -> None:
        with Writer(git_dir) as writer:
            writer.ref("refs/heads/main", writer.blob(b"x"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert not list((git_dir / "objects/pack").iterdir())
    assert not list((git_dir / "refs").rglob("main"))


def test_nothing_written_makes_no_pack(tmp_path: Path) -> None:
    git_dir = objects.create(tmp_path)
    with Writer(git_dir):
        pass
    assert not list((git_dir / "objects").rglob("*.pack"))


def test_links_and_submodules_are_checked_out_as_git_does(tmp_path: Path) -> None:
    with Writer(objects.create(tmp_path)) as writer:
        tree = writer.tree(
            {"b": (SYMLINK, writer.blob(b"a")), "a": (FILE, writer.blob(b"x")), "m": (SUBMODULE, "1" * 40)}
        )
        writer.ref("refs/heads/main", writer.commit(tree, author=ANNA, at=NOON, message="Links"))
        writer.check_out(tree, tmp_path)
    assert (tmp_path / "b").readlink() == Path("a")
    assert git(tmp_path, "status", "--porcelain") == ""


@pytest.mark.parametrize("path", ["../out", ".git/config", ".GIT/config", "a//b"])
def test_nothing_is_checked_out_elsewhere(tmp_path: Path, path: str) -> None:
    with Writer(objects.create(tmp_path / "in")) as writer:
        tree = writer.tree({path: (FILE, writer.blob(b"x"))})
        with pytest.raises(ValueError, match=path):
            writer.check_out(tree, tmp_path / "in")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=70_000), max_size=4))
def test_blobs_of_any_size_survive(tmp_path_factory: pytest.TempPathFactory, blobs: list[bytes]) -> None:
    directory = tmp_path_factory.mktemp("blobs")
    with Writer(objects.create(directory)) as writer:
        entries = {str(place): (FILE, writer.blob(data)) for place, data in enumerate(blobs)}
        commit = writer.commit(writer.tree(entries), author=ANNA, at=NOON, message="Blobs")
        writer.ref("refs/heads/main", commit)
        writer.check_out(writer.tree(entries), directory)
    assert sound(directory)
    assert git(directory, "status", "--porcelain") == ""
    for place, data in enumerate(blobs):
        assert (directory / str(place)).read_bytes() == data
