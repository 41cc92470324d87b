"""Encrypted records in real repositories with real keys: who reads what, and what approvals and history say to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console import Ran, run
from muniment import age, keystore, project
from samples import base, commit, git

DAY = "2026-03-02"
NUMBER = "JS2026001"
FOLDER = f"records/documents/JS/2026/{NUMBER}"
CANARY = "核心算法：先滤波，再差分，阈值零点七三"
PEOPLE = {
    "YG0001": "wang.jianguo@example.com",
    "YG0002": "chen.zhiqiang@example.com",
    "YG0003": "liu.yang@example.com",
    "YG0004": "sun.li@example.com",
    "YG0005": "zhou.min@example.com",
    "YG0006": "li.na@example.com",
}
RECORD = f"""\
type: document
number: {NUMBER}
revision: 1
title: 信号处理方案
department: BM01
author: YG0006
created: 2026-03-01
updated: 2026-03-01
class: JS
kind: solution
confidentiality:
  level: core
  custodian: YG0002
  readers: [YG0003]
"""


class Office:
    """A registry, and everybody's private keys: age's own for most, an SSH key for YG0003."""

    def __init__(self, folder: Path) -> None:
        self.keys = folder / "keys"
        self.keys.mkdir()
        self.root = folder / "registry"
        staff = folder / "staff"
        for number in ("YG0002", "YG0004", "YG0005", "escrow"):
            (self.keys / number).write_text(age.generate() + "\n")
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.keys / "YG0003"], check=True
        )
        samples = Path(__file__).parent / "samples/base/records"
        for number in ("YG0002", "YG0004", "YG0005"):
            self._add(
                samples,
                staff,
                f"organization/staff/{number}/{number}.yaml",
                f"age_recipient: {self.public(number)}\n",
            )
        ssh = (self.keys / "YG0003.pub").read_text().strip()
        self._add(samples, staff, "organization/staff/YG0003/YG0003.yaml", f"signing_keys:\n  - key: {ssh}\n")
        self._add(
            samples,
            staff,
            "policy/confidentiality/confidentiality.yaml",
            f"escrow: {self.public('escrow')}\n",
        )
        base(self.root, staff)
        for name, value in (("user.name", "李娜"), ("user.email", PEOPLE["YG0006"])):
            git(self.root, "config", name, value)

    @staticmethod
    def _add(samples: Path, staff: Path, name: str, text: str) -> None:
        target = staff / "records" / name
        target.parent.mkdir(parents=True)
        target.write_text((samples / name).read_text() + text)

    def public(self, who: str) -> str:
        return age.recipient_of((self.keys / who).read_text())

    def run(self, *arguments: str, who: str = "", **env: str) -> Ran:
        identity = {"MUNIMENT_IDENTITY": str(self.keys / who)} if who else {"MUNIMENT_IDENTITY": ""}
        return run(self.root, "--lang", "en", "--today", DAY, *arguments, **identity, **env)

    def done(self, *arguments: str, who: str = "", **env: str) -> Ran:
        ran = self.run(*arguments, who=who, **env)
        assert ran.code == 0, ran.said
        return ran

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def draft(self) -> None:
        """A core document with body and attachment in plain text, in the working tree alone."""
        git(self.root, "switch", "--quiet", "--create", "draft")
        self.write(f"{NUMBER}.yaml", RECORD)
        self.write(f"{NUMBER}.md", f"# 方案\n\n{CANARY}\n")

    def encrypted(self) -> None:
        self.draft()
        self.done("encrypt", NUMBER)

    def codes(self, *arguments: str, who: str = "") -> set[str]:
        said = self.run("check", *arguments, who=who).out
        return {word for line in said.splitlines() for word in line.split()[1:2] if word[:3].isupper()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def plain_files(root: Path, secret: str = CANARY) -> list[str]:
    return [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and secret.encode() in path.read_bytes()
    ]


def test_encrypting_leaves_no_plain_text_and_the_check_needs_no_key(office: Office) -> None:
    office.draft()
    assert office.codes() == {"SEC010"}
    office.write("files/表.txt", f"{CANARY}。")
    office.done("attach", NUMBER, str(office.root / FOLDER / "files/表.txt"))
    said = office.done("encrypt", NUMBER).said
    assert "陈志强 (YG0002), 刘洋 (YG0003)" in said
    assert not plain_files(office.root)
    held = sorted(path.name for path in (office.root / FOLDER).rglob("*") if path.is_file())
    assert held == [f"{NUMBER}.md.age", f"{NUMBER}.yaml", "表.txt.age"]
    assert office.codes() == set()


@pytest.mark.parametrize("who", ["YG0002", "YG0003", "escrow"])
def test_custodian_reader_and_escrow_read_it(office: Office, who: str) -> None:
    office.encrypted()
    assert CANARY in office.done("decrypt", NUMBER, who=who).out


def test_a_wrong_or_missing_key_gives_a_message_and_not_a_line_of_the_text(office: Office) -> None:
    office.encrypted()
    wrong, missing = office.run("decrypt", NUMBER, who="YG0004"), office.run("decrypt", NUMBER)
    for ran in (wrong, missing):
        assert (ran.code, ran.out) == (1, "")
        assert "it is for 陈志强, 刘洋" in ran.err
    none = office.run("decrypt", NUMBER, who="nobody")
    assert none.code == 2
    assert "cannot be read" in none.err
    public = office.run("decrypt", NUMBER, who="YG0003.pub")
    assert "is a public key" in public.err


def test_equal_texts_give_different_files(office: Office) -> None:
    office.encrypted()
    first = (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes()
    office.done("encrypt", NUMBER, who="YG0002")
    assert (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes() != first


def test_what_is_damaged_is_not_shown_in_part(office: Office) -> None:
    office.draft()
    office.write(f"{NUMBER}.md", f"# 方案\n\n{CANARY}\n" + "长文 " * 40_000)
    office.done("encrypt", NUMBER)
    path = office.root / FOLDER / f"{NUMBER}.md.age"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1  # the last of several blocks that age seals one by one
    path.write_bytes(content)
    ran = office.run("decrypt", NUMBER, who="YG0002")
    assert (ran.code, ran.out) == (1, "")


def test_decrypting_writes_outside_the_registry_only_for_this_persons_eyes(
    office: Office, tmp_path: Path
) -> None:
    office.encrypted()
    assert office.run("decrypt", NUMBER, "--out", str(office.root / "plain"), who="YG0002").code == 2
    office.done("decrypt", NUMBER, "--out", str(tmp_path / "plain"), who="YG0002")
    path = tmp_path / "plain" / f"{NUMBER}.md"
    assert CANARY in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_a_new_reader_reads_and_a_removed_one_cannot_read_the_next_revision(office: Office) -> None:
    office.encrypted()
    before = {path: path.read_bytes() for path in (office.root / FOLDER).rglob("*") if path.is_file()}
    assert (
        office.run("readers", NUMBER, "--add", "YG0004").code == 1
    )  # without a key nobody can let others in
    office.done("readers", NUMBER, "--add", "YG0004", who="YG0002")
    assert CANARY in office.done("decrypt", NUMBER, who="YG0004").out
    office.done("readers", NUMBER, "--remove", "YG0003")
    assert before == {path: path.read_bytes() for path in (office.root / FOLDER).rglob("*") if path.is_file()}
    assert office.run("decrypt", NUMBER, who="YG0003").code == 1
    # One who kept the key still reads what he could read before, and not what is written next.
    old = kept_key(office, NUMBER)
    office.done("encrypt", NUMBER, who="YG0004")
    after = (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes()
    assert CANARY in age.decrypt(before[office.root / FOLDER / f"{NUMBER}.md.age"], [old]).decode()
    with pytest.raises(age.Locked):
        age.decrypt(after, [old])
    assert office.run("decrypt", NUMBER, who="YG0003").code == 1
    assert CANARY in office.done("decrypt", NUMBER, who="YG0004").out
    assert office.codes() == set()


def kept_key(office: Office, number: str) -> age.Identity:
    store = project.read_keystore(office.root, project.open_repository(office.root))
    current = store.rings[number].current
    assert current is not None
    return age.identity(keystore.secret(current, age.identities((office.keys / "escrow").read_bytes())))


def test_the_key_store_has_no_history_to_purge(office: Office) -> None:
    office.encrypted()
    office.done("readers", NUMBER, "--add", "YG0004", who="YG0002")
    assert git(office.root, "rev-list", "--count", "keys").strip() == "1"
    assert not (office.root / ".git/logs/refs/heads/keys").exists()
    assert git(office.root, "ls-tree", "--name-only", "keys").split() == [f"{NUMBER}.yaml"]


def test_two_copies_of_the_key_store_become_one(office: Office) -> None:
    office.encrypted()
    git(office.root, "update-ref", "refs/remotes/origin/keys", "keys")
    office.done("readers", NUMBER, "--add", "YG0004", who="YG0002")
    assert CANARY in office.done("decrypt", NUMBER, who="YG0004").out
    newer = git(office.root, "rev-parse", "keys").strip()
    git(office.root, "update-ref", "refs/heads/keys", "refs/remotes/origin/keys")
    git(office.root, "update-ref", "refs/remotes/origin/keys", newer)
    assert CANARY in office.done("decrypt", NUMBER, who="YG0004").out


def test_nothing_is_encrypted_for_somebody_without_a_key(office: Office) -> None:
    office.draft()
    ran = office.run("encrypt", NUMBER, "--reader", "YG0001")
    assert ran.code == 1
    assert "王建国 (YG0001) has registered no key" in ran.err
    assert plain_files(office.root) == [f"{FOLDER}/{NUMBER}.md"]


def test_plain_text_in_any_commit_of_a_branch_is_found_though_it_is_encrypted_in_the_end(
    office: Office,
) -> None:
    office.draft()
    commit(office.root, "初稿")
    said = office.done("encrypt", NUMBER)
    assert "1 earlier commits in plain text" in said.err
    commit(office.root, "加密")
    assert "SEC011" in office.codes("--base", "main")
    assert "SEC011" not in office.codes()


def test_a_branch_that_was_encrypted_from_the_start_is_clean(office: Office) -> None:
    office.encrypted()
    commit(office.root, "初稿")
    assert not {code for code in office.codes("--base", "main") if code.startswith("SEC")}


def test_a_key_under_a_passphrase_is_opened_with_it(office: Office) -> None:
    office.encrypted()
    key = office.keys / "YG0003"
    subprocess.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", "开门", "-f", key], check=True)
    assert "passphrase" in office.run("decrypt", NUMBER, who="YG0003").err
    assert CANARY in office.done("decrypt", NUMBER, who="YG0003", MUNIMENT_PASSPHRASE="开门").out  # noqa: S106 - made for this test


def test_git_diff_shows_plain_text_to_who_has_the_key_and_keeps_none(office: Office) -> None:
    office.encrypted()
    commit(office.root, "初稿")
    office.done("decrypt", NUMBER, "--out", str(office.root.parent / "plain"), who="YG0002")
    body = office.root.parent / "plain" / f"{NUMBER}.md"
    office.write(f"{NUMBER}.md", body.read_text().replace("零点七三", "零点八一"))
    (office.root / FOLDER / f"{NUMBER}.md.age").unlink()
    office.done("encrypt", NUMBER)
    office.done("keys", "textconv")
    env = {
        **os.environ,
        "MUNIMENT_IDENTITY": str(office.keys / "YG0002"),
        "PATH": f"{_bin()}:{os.environ['PATH']}",
    }
    shown = subprocess.run(
        ["git", "diff", "HEAD"], cwd=office.root, env=env, capture_output=True, text=True, check=True
    ).stdout
    assert "零点八一" in shown
    assert "零点七三" in shown
    closed = subprocess.run(
        ["git", "diff", "HEAD"],
        cwd=office.root,
        env={**env, "MUNIMENT_IDENTITY": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "零点" not in closed
    assert "已加密" in closed
    assert not plain_files(office.root, "零点八一")


def _bin() -> Path:
    return Path(sys.executable).parent
