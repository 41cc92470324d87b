"""Encrypted records in real repositories with real keys: who reads what, and what approvals and history say to it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import memory
from console import Ran, run
from muniment import age, check, classification, edit, keystore, project, records
from muniment.demo import materials
from muniment.facts import Facts
from muniment.records import Tree
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


# -- Approvals ----------------------------------------------------------------------------------------------


def sits(office: Office, who: str) -> dict[str, str]:
    """Who is at the keyboard."""
    for name, value in (("user.name", who), ("user.email", PEOPLE[who])):
        git(office.root, "config", name, value)
    return {
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), who),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), PEOPLE[who]),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{DAY}T10:00:00+0800"),
    }


def published(office: Office) -> None:
    """The encrypted document with all approvals, merged into main."""
    office.encrypted()
    commit(office.root, "方案", **sits(office, "YG0006"))
    for who in ("YG0002", "YG0003", "YG0004"):
        office.done("approve", NUMBER, **sits(office, who))
    assert not office.codes("--base", "main")
    git(office.root, "switch", "--quiet", "main")
    git(office.root, "merge", "--quiet", "--no-ff", "-m", "合并", "draft", **sits(office, "YG0006"))


def test_approvals_stay_valid_when_readers_change(office: Office) -> None:
    office.encrypted()
    commit(office.root, "方案", **sits(office, "YG0006"))
    for who in ("YG0002", "YG0003", "YG0004"):
        office.done("approve", NUMBER, **sits(office, who))
    office.done("readers", NUMBER, "--add", "YG0004", who="YG0002")
    office.done("readers", NUMBER, "--remove", "YG0003")
    assert not office.codes("--base", "main")
    git(office.root, "switch", "--quiet", "main")
    git(office.root, "merge", "--quiet", "--no-ff", "-m", "合并", "draft", **sits(office, "YG0006"))
    office.done("readers", NUMBER, "--add", "YG0005", who="YG0004")
    assert office.run("audit").code == 0
    assert office.run("check").code == 0
    assert "published" in office.done("show", NUMBER).out.lower()


def test_a_change_of_the_ciphertext_voids_the_approvals(office: Office) -> None:
    published(office)
    ran = office.run("encrypt", NUMBER, who="YG0002")
    assert ran.code == 1
    assert "APR030" in ran.err


# -- What acts bring ------------------------------------------------------------------------------------------

SCAN = "签字页扫描件：同意以九折成交"


def scanned(tmp_path: Path) -> str:
    path = tmp_path / "scan.txt"
    path.write_text(SCAN)
    return str(path)


def test_evidence_of_an_act_on_a_classified_record_is_encrypted_to_its_readers(
    office: Office, tmp_path: Path
) -> None:
    office.encrypted()
    commit(office.root, "方案", **sits(office, "YG0006"))
    act = ("act", NUMBER, "department", "--evidence", scanned(tmp_path))
    office.done(*act, **sits(office, "YG0002"))
    assert not plain_files(office.root, SCAN)
    name = "acts/1-1-department.txt.age"
    told = (office.root / FOLDER / "acts/1-1-department.yaml").read_text()
    digest = hashlib.sha256((office.root / FOLDER / name).read_bytes()).hexdigest()
    assert f"file: 1-1-department.txt.age\n    sha256: {digest}" in told
    assert not {code for code in office.codes("--base", "main") if code != "LIF002"}
    assert office.codes() == set()
    # Whoever reads the record reads it, nobody else; another scan in its place is found.
    office.done("decrypt", NUMBER, "--out", str(tmp_path / "plain"), who="YG0003")
    assert (tmp_path / "plain/acts/1-1-department.txt").read_text() == SCAN
    page = f"records/JS/2026/{NUMBER}"
    opened = build(office, "core", "YG0002")
    assert (opened / page / "acts/1-1-department.txt").read_text() == SCAN
    for closed in (build(office, "core"), build(office, "internal", "YG0002")):
        assert not plain_files(closed, SCAN)
        assert not list(closed.rglob("1-1-department.txt*"))
    looked = office.done(
        "scan", str(build(office, "internal", "YG0002")), "--audience", "internal", who="YG0002"
    )
    assert "nothing from above" in looked.out
    (office.root / FOLDER / name).write_bytes(age.encrypt(b"other", [office.public("YG0004")]))
    assert "APR010" in office.codes()


def test_a_record_that_is_legible_itself_gets_a_key_for_what_its_acts_bring(
    office: Office, tmp_path: Path
) -> None:
    git(office.root, "switch", "--quiet", "--create", "draft")
    office.write(f"{NUMBER}.yaml", RECORD.replace("level: core", "level: internal"))
    office.write(f"{NUMBER}.md", "# 方案\n")
    entry = office.root / "records/archive/2026/JY20260001/JY20260001.yaml"
    entry.parent.mkdir(parents=True)
    entry.write_text(
        f"type: loan\nnumber: JY20260001\nrevision: 1\ntitle: 借阅\ndepartment: BM01\nauthor: YG0006\ncreated: {DAY}\n"
        f"updated: {DAY}\ndocument: {NUMBER}\nborrower: YG0006\nreason: 谈判\nmedium: electronic\nfrom: {DAY}\ndue: 2026-03-10\n"
        "confidentiality: {level: confidential, custodian: YG0002}\n"
    )
    commit(office.root, "借阅", **sits(office, "YG0006"))
    said = office.done(
        "act", "JY20260001", "department", "--evidence", scanned(tmp_path), **sits(office, "YG0002")
    )
    assert "git push --force-with-lease origin keys" in said.err
    assert not plain_files(office.root, SCAN)
    assert "1-1-department.txt" in office.done("decrypt", "JY20260001", who="YG0002").err
    office.done("decrypt", "JY20260001", "--out", str(tmp_path / "plain"), who="escrow")
    assert (tmp_path / "plain/acts/1-1-department.txt").read_text() == SCAN
    assert not {code for code in office.codes() if code.startswith(("SEC0", "APR"))} - {"SEC006"}


def test_plain_evidence_is_found_and_encrypted_while_it_is_not_committed(office: Office) -> None:
    office.encrypted()
    commit(office.root, "方案", **sits(office, "YG0006"))
    office.done("approve", NUMBER, **sits(office, "YG0002"))
    content = (office.root / FOLDER / "acts/1-1-department.yaml").read_text()
    office.write("acts/1-2-technical.txt", SCAN)
    digest = hashlib.sha256(SCAN.encode()).hexdigest()
    office.write(
        "acts/1-2-technical.yaml",
        content.replace("department", "technical").replace("YG0002", "YG0003")
        + f"evidence:\n  - file: 1-2-technical.txt\n    sha256: {digest}\n",
    )
    assert office.codes() == {"SEC010"}
    office.done("encrypt", NUMBER)
    assert office.codes() == set()
    assert not plain_files(office.root, SCAN)
    # Committed, it is too late: an act never changes.
    office.write("acts/1-2-technical.txt", SCAN)
    path = office.root / FOLDER / "acts/1-2-technical.yaml"
    cipher = path.with_name("1-2-technical.txt.age")
    told = path.read_text().replace(hashlib.sha256(cipher.read_bytes()).hexdigest(), digest)
    path.write_text(told.replace("1-2-technical.txt.age", "1-2-technical.txt"))
    cipher.unlink()
    commit(office.root, "审批", **sits(office, "YG0003"))
    assert "SEC011" in office.codes("--base", "main")
    ran = office.run("encrypt", NUMBER)
    assert (ran.code, "an act never changes" in ran.err) == (1, True)


# -- No secret any more ---------------------------------------------------------------------------------------


def test_a_declassified_record_lies_in_plain_and_lands_with_its_chain(office: Office) -> None:
    """The flow of the handbook: the next revision, the level lowered with the text, the whole chain."""
    office.draft()
    office.write("files/表.txt", f"{CANARY}。")
    office.done("attach", NUMBER, str(office.root / FOLDER / "files/表.txt"))
    office.done("encrypt", NUMBER)
    commit(office.root, "初稿：底价七折", **sits(office, "YG0006"))
    for who in ("YG0002", "YG0003", "YG0004"):
        office.done("approve", NUMBER, **sits(office, who))
    land(office, "draft", DAY)
    day = "2026-04-10"
    dated = _dated(office, "YG0006", day)
    refused = office.run("decrypt", NUMBER, "--declassify", "internal", "--today", day, who="YG0004")
    assert (refused.code, plain_files(office.root)) == (1, [])
    git(office.root, "switch", "--quiet", "--create", "open")
    office.done("revise", NUMBER, "--today", day, **dated)
    office.done("decrypt", NUMBER, "--declassify", "internal", "--today", day, who="YG0003", **dated)
    held = sorted(
        path.name for path in (office.root / FOLDER).rglob("*") if "acts" not in path.parts and path.is_file()
    )
    assert held == [f"{NUMBER}.md", f"{NUMBER}.yaml", "表.txt"]
    assert office.codes("--today", day) == set()
    commit(office.root, "解密", **dated)
    for who in ("YG0002", "YG0003", "YG0004"):
        office.done("approve", NUMBER, "--today", day, **_dated(office, who, day))
    assert office.codes("--base", "main", "--today", day) == set()
    land(office, "open", day)
    assert office.run("audit").code == 0
    shown = build(office, "internal", day=day)
    assert CANARY in (shown / f"records/JS/2026/{NUMBER}/index.html").read_text()
    # The first revision stays closed, and what was said of it is not told to readers of today.
    assert not plain_files(shown, "七折")


def test_what_was_said_of_a_record_without_revisions_while_its_level_was_higher_is_not_told(
    office: Office,
) -> None:
    path = office.root / "records/archive/2026/BF20260001/BF20260001.yaml"
    path.parent.mkdir(parents=True)
    text = BACKUP.replace("BF20300001", "BF20260001").replace("2030", "2026")
    secret = f"{text}confidentiality: {{level: core, custodian: YG0002}}\n"
    for day, said, content in (
        ("2026-07-01", "备份钥匙在三号柜", secret),
        ("2026-07-02", "核对三号柜", secret + "notes: 已核对\n"),
        ("2026-08-01", "降为内部", text),
        ("2026-08-02", "补充说明", text + "notes: 已公开\n"),
    ):
        path.write_text(content)
        commit(office.root, said, **_dated(office, "YG0006", day))
    shown = build(office, "internal", day="2026-08-03")
    assert not plain_files(shown, "三号柜")
    assert "补充说明" in (shown / "records/BF/2026/BF20260001/index.html").read_text()
    assert plain_files(build(office, "core", day="2026-08-03"), "三号柜")


def test_a_site_of_a_past_day_does_not_tell_what_is_secret_today(office: Office) -> None:
    path = office.root / "records/archive/2026/BF20260001/BF20260001.yaml"
    path.parent.mkdir(parents=True)
    text = (
        BACKUP.replace("BF20300001", "BF20260001").replace("2030", "2026").replace("异地机房", "三号柜机房")
    )
    for day, said, content in (
        ("2026-07-01", "备份", text),
        ("2026-08-01", "升密", f"{text}confidentiality: {{level: core, custodian: YG0002}}\n"),
    ):
        path.write_text(content)
        commit(office.root, said, **_dated(office, "YG0006", day))
    (office.root / "docs").mkdir()
    (office.root / "mkdocs.yml").write_text(
        "site_name: 登记库\ntheme: {name: muniment}\nplugins: [muniment]\n"
    )
    for level, told in (("internal", False), ("core", True)):
        out = office.root.parent / f"then-{level}"
        office.done("build", "--out", str(out), "--audience", level, "--at", "2026-07-02")
        assert bool(plain_files(out, "三号柜机房")) == told
        assert office.run("scan", str(out), "--audience", level).code == 0


def test_the_registry_of_a_past_day_is_judged_by_the_keys_of_that_day(office: Office) -> None:
    published(office)
    office.done("readers", NUMBER, "--remove", "YG0003")
    # Today the store fits; on that day nobody knows any more who held the keys, so nothing is held against it.
    assert office.run("check", "--at", DAY).code == 0
    assert "SEC02" not in office.run("check", "--at", DAY).out
    store = project.read_keystore(office.root, project.open_repository(office.root))
    assert keystore.as_of(store, DAY).rings[NUMBER].is_later
    assert not keystore.as_of(store, "2099-01-01").rings[NUMBER].is_later


# -- Editing ------------------------------------------------------------------------------------------------


def editor(tmp_path: Path, script: str) -> str:
    path = tmp_path / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where plain text lies while it is edited."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def test_editing_changes_the_text_and_leaves_none_in_the_clear(
    office: Office, tmp_path: Path, desk: Path
) -> None:
    office.encrypted()
    before = (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes()
    office.done(
        "edit", NUMBER, who="YG0002", EDITOR=editor(tmp_path, "sed -i s/零点七三/零点八一/ $1"), VISUAL=""
    )
    assert "零点八一" in office.done("decrypt", NUMBER, who="YG0003").out
    assert (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes() != before
    assert not list(desk.iterdir())
    assert not plain_files(office.root, "零点八一")


@pytest.mark.parametrize("script", ["sed -i s/零点七三/零点八一/ $1; exit 1", "rm $1", "true"])
def test_an_editor_that_fails_or_changes_nothing_leaves_all_as_it_was(
    office: Office, tmp_path: Path, desk: Path, script: str
) -> None:
    office.encrypted()
    before = (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes()
    ran = office.run("edit", NUMBER, who="YG0002", EDITOR=editor(tmp_path, script), VISUAL="")
    assert ran.code == (0 if script == "true" else 1), ran.said
    assert (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes() == before
    assert not list(desk.iterdir())


def test_an_interrupted_edit_leaves_no_plain_text(office: Office, tmp_path: Path, desk: Path) -> None:
    office.encrypted()
    before = (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes()
    mark = tmp_path / "mark"
    slow = editor(tmp_path, f"echo $1 > {mark}.new; mv {mark}.new {mark}; exec sleep 60")
    env = {**os.environ, "MUNIMENT_IDENTITY": str(office.keys / "YG0002"), "EDITOR": slow, "VISUAL": ""}
    process = subprocess.Popen([_bin() / "muniment", "edit", NUMBER], cwd=office.root, env=env)
    for _ in range(600):
        if mark.exists():
            break
        time.sleep(0.1)
    path = Path(mark.read_text().strip())
    assert path.is_relative_to(desk)
    assert CANARY in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    process.terminate()
    assert process.wait(30) == 128 + 15
    assert not path.exists()
    assert not list(desk.iterdir())
    assert (office.root / FOLDER / f"{NUMBER}.md.age").read_bytes() == before


# -- Sealed facts -------------------------------------------------------------------------------------------

CHECK = "BJ20260001"
CHECKED = """\
type: background-check
number: BJ20260001
title: 孙丽的背景审查
created: 2026-02-10
# 金丝雀注释
staff: YG0004
post: 保密管理员
date: 2026-02-10
by: YG0005
result: passed
notes: 金丝雀备注
"""


def sealed(office: Office) -> None:
    policy = office.root / "records/policy/confidentiality/confidentiality.yaml"
    policy.write_text(policy.read_text().replace("sealed: []", "sealed: [background-check]"))
    path = office.root / f"records/secrecy/2026/{CHECK}/{CHECK}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CHECKED)
    assert office.codes() == {"SEC017"}
    office.done("encrypt", "--type", "background-check", "--custodian", "YG0005", "--reader", "YG0002")


def test_facts_of_a_sealed_type_leave_a_stub_that_the_check_takes(office: Office) -> None:
    sealed(office)
    stub = (office.root / f"records/secrecy/2026/{CHECK}/{CHECK}.yaml").read_text()
    assert stub == (
        f"type: background-check\nnumber: {CHECK}\ntitle: 背景审查\ncreated: 2026-02-10\n"
        "confidentiality:\n  level: confidential\n  custodian: YG0005\n  readers:\n    - YG0002\n"
    )
    assert not plain_files(office.root, "金丝雀")
    assert office.codes() == {"SEC018"}
    assert office.run("check").code == 0
    assert office.codes(who="YG0005") == set()
    shown = office.done("decrypt", CHECK, who="YG0005").out
    assert "孙丽的背景审查" in shown
    assert "# 金丝雀注释" in shown
    assert "金丝雀" not in office.done("show", CHECK).out
    assert "孙丽" in office.done("show", CHECK, who="YG0002").out


def test_rules_reach_sealed_facts_with_a_key_and_say_where(office: Office, tmp_path: Path) -> None:
    sealed(office)
    ran = office.run(
        "edit", CHECK, who="YG0005", EDITOR=editor(tmp_path, "sed -i s/YG0004/YG0999/ $1"), VISUAL=""
    )
    assert ran.code == 1  # the check would then find what it does not find now
    assert f"{CHECK}.age:2:8: REF001" in ran.err
    assert "YG0999" not in office.done("decrypt", CHECK, who="YG0005").out


def test_a_sealed_record_reads_as_its_stub_when_one_of_its_files_is_damaged(office: Office) -> None:
    sealed(office)
    folder = office.root / f"records/secrecy/2026/{CHECK}"
    (folder / "files").mkdir()
    (folder / "files/报告.txt").write_text("报告")
    office.done("attach", CHECK, str(folder / "files/报告.txt"))
    office.done("encrypt", CHECK, who="YG0005")
    path = folder / "files/报告.txt.age"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert "孙丽" not in office.done("show", CHECK, who="YG0005").out


# -- Sites --------------------------------------------------------------------------------------------------


def build(office: Office, audience: str, who: str = "", day: str = DAY) -> Path:
    out = office.root.parent / f"site-{audience}-{who}"
    (office.root / "docs").mkdir(exist_ok=True)
    (office.root / "mkdocs.yml").write_text(
        "site_name: 登记库\ntheme: {name: muniment}\nplugins: [muniment]\n"
    )
    office.done("build", "--out", str(out), "--audience", audience, "--today", day, who=who)
    return out


def test_a_site_shows_plain_text_only_with_a_key_and_only_to_its_level(office: Office) -> None:
    sealed(office)
    office.draft()
    office.write("files/表.txt", f"{CANARY}。")
    office.done("attach", NUMBER, str(office.root / FOLDER / "files/表.txt"))
    office.done("encrypt", NUMBER)
    page = f"records/JS/2026/{NUMBER}"
    closed = build(office, "core")
    assert not plain_files(closed)
    assert not plain_files(closed, "金丝雀")
    assert not list((closed / page).rglob("表.txt*"))
    text = (closed / page / "index.html").read_text()
    assert "只显示存根" in text
    assert "陈志强、刘洋" in text
    wrong = build(office, "core", "YG0004")
    assert not plain_files(wrong)
    opened = build(office, "core", "YG0002")
    assert CANARY in (opened / page / "index.html").read_text()
    assert (opened / page / "files/表.txt").read_text() == f"{CANARY}。"
    assert "金丝雀备注" in (opened / f"records/BJ/2026/{CHECK}/index.html").read_text()
    internal = build(office, "internal", "YG0002")
    assert not plain_files(internal)
    assert not plain_files(internal, "金丝雀")
    assert not (internal / page).exists()


# -- Destruction --------------------------------------------------------------------------------------------


def test_keys_are_destroyed_only_by_a_list_that_was_carried_out(office: Office) -> None:
    published(office)
    assert office.run("destroy", NUMBER, "--yes").code == 2
    folder = office.root / "records/archive/2026/XH20260001"
    folder.mkdir(parents=True)
    (folder / "XH20260001.yaml").write_text(
        f"type: disposal\nnumber: XH20260001\nrevision: 1\ntitle: 销毁清单\ndepartment: BM01\nauthor: YG0006\n"
        f"created: {DAY}\nupdated: {DAY}\ndocuments: [{NUMBER}]\nreason: 误登记\nmethod: 销毁密钥\nwitnesses: [YG0003, YG0005]\n"
    )
    ran = office.run("destroy", "XH20260001", "--yes")
    assert ran.code == 1
    assert "has not been carried out" in ran.err
    assert CANARY in office.done("decrypt", NUMBER, who="YG0002").out


LATER = "2056-04-03"  # thirty years after the publication, as the schedule of the class wants it
LIST = "XH20560001"
LISTED = f"""\
type: disposal
number: {LIST}
revision: 1
title: 2026 年技术文档销毁清单
department: BM01
author: YG0005
created: {LATER}
updated: {LATER}
documents: [{NUMBER}]
reason: 保管期满三十年，没有继续保存的价值
method: 销毁密钥
witnesses: [YG0003, YG0004]
"""
BACKUP = """\
type: backup
number: BF20300001
title: 2030 年备份
created: 2030-06-30
date: 2030-06-30
scope: 仓库与密钥库
target: 异地机房
digest: sha256:9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c
"""


def land(office: Office, branch: str, day: str) -> None:
    git(office.root, "switch", "--quiet", "main")
    git(office.root, "merge", "--quiet", "--no-ff", "-m", "合并", branch, **_dated(office, "YG0006", day))


def _dated(office: Office, who: str, day: str) -> dict[str, str]:
    time = f"{day}T10:00:00+0800"
    return {**sits(office, who), "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}


def stored_keys(root: Path) -> int:
    """How many wrapped keys a repository still holds, whether anything points to them or not."""
    everything = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=root, check=True, capture_output=True
    ).stdout
    return everything.count(b"BEGIN AGE ENCRYPTED")


def test_an_encrypted_record_is_disposed_of_from_its_expiry_to_the_end_of_its_keys(
    office: Office, tmp_path: Path
) -> None:
    office.encrypted()
    commit(office.root, "方案", **sits(office, "YG0006"))
    for who in ("YG0002", "YG0003", "YG0004"):
        office.done("approve", NUMBER, **sits(office, who))
    land(office, "draft", DAY)
    backup = office.root / "records/archive/2030/BF20300001/BF20300001.yaml"
    backup.parent.mkdir(parents=True)
    backup.write_text(BACKUP)
    git(office.root, "switch", "--quiet", "--create", "backup")
    commit(office.root, "备份", **_dated(office, "YG0006", "2030-06-30"))
    land(office, "backup", "2030-06-30")
    server, elsewhere = tmp_path / "server.git", tmp_path / "elsewhere"
    git(tmp_path, "clone", "--quiet", "--bare", str(office.root), str(server))
    git(office.root, "remote", "add", "origin", str(server))
    git(office.root, "fetch", "--quiet", "origin")
    git(tmp_path, "clone", "--quiet", str(server), str(elsewhere))
    # Somebody there has a key store of his own, as everybody who lets others read.
    for name, value in (("user.name", "陈志强"), ("user.email", PEOPLE["YG0002"])):
        git(elsewhere, "config", name, value)
    added = ("--today", DAY, "readers", NUMBER, "--add", "YG0004")
    assert run(elsewhere, *added, MUNIMENT_IDENTITY=str(office.keys / "YG0002")).code == 0

    # Before its day nobody can list it.
    entry = office.root / f"records/archive/2056/{LIST}/{LIST}.yaml"
    entry.parent.mkdir(parents=True)
    entry.write_text(LISTED.replace(LATER, "2056-02-28"))
    assert "RET005" in office.run("check", "--today", "2056-02-28").out
    # On its day, through the whole chain.
    git(office.root, "switch", "--quiet", "--create", "disposal")
    entry.write_text(LISTED)
    commit(office.root, "销毁清单", **_dated(office, "YG0005", LATER))
    too_early = office.run("destroy", LIST, "--yes", "--today", LATER)
    assert (too_early.code, "has not been carried out" in too_early.err) == (1, True)
    for who in ("YG0006", "YG0002", "YG0001"):
        office.done("approve", LIST, "--today", LATER, **_dated(office, who, LATER))
    land(office, "disposal", LATER)
    said = ("--set", "witnesses=YG0003", "--set", "witnesses=YG0004", "--set", "method=销毁密钥")
    office.done("act", LIST, "destruction", *said, "--today", LATER, **_dated(office, "YG0006", LATER))
    assert CANARY in office.done("decrypt", NUMBER, "--today", LATER, who="YG0002").out
    land(office, f"act/{LIST}", LATER)
    git(office.root, "push", "--quiet", "origin", "main")

    # The keys go, and the command says what that reaches and what it does not.
    ran = office.done("destroy", LIST, "--yes", "--today", LATER)
    for words in (
        f"{NUMBER}: its keys are out of the key store; by {LIST}",
        "origin/keys in this clone",
        "BF20300001 (2030-06-30, 异地机房)",
        "陈志强, 刘洋 could do so",
        "git push --force-with-lease origin keys",
    ):
        assert words in ran.err
    assert "plain text of" not in ran.err
    for who in ("YG0002", "YG0003", "escrow"):
        denied = office.run("decrypt", NUMBER, "--today", LATER, who=who)
        assert (denied.code, denied.out) == (1, "")
        assert f"the keys of {NUMBER} were destroyed on {LATER} ({LIST})" in denied.err

    # What remains goes by the commands that it printed, and by nothing less.
    here, _, there = ran.err.partition("in every other clone:")
    assert stored_keys(office.root)
    follow(here.partition("to finish, here:")[2], office.root)
    assert stored_keys(office.root) == 0
    assert stored_keys(elsewhere)
    follow(there.partition("on the server")[0], elsewhere)
    assert stored_keys(elsewhere) == 0
    git(server, "gc", "--quiet", "--prune=now")
    assert stored_keys(server) == 0
    again = office.done("destroy", LIST, "--yes", "--today", LATER)
    assert f"were destroyed on {LATER} by {LIST}" in again.err

    # The stub stays, the number is burnt, the list shows it, and everything can still be judged.
    assert office.codes("--today", LATER) == set()
    assert office.run("audit", "--today", LATER).code == 0
    assert run(elsewhere, "--today", LATER, "check").code == 0
    new = office.done(
        "new",
        "document",
        "--set",
        "class=JS",
        "--set",
        "kind=solution",
        "--set",
        "title=新方案",
        "--today",
        DAY,
    )
    assert NUMBER not in new.out
    listed = office.done("report", "destructions", "--format", "csv", "--today", LATER).out
    assert NUMBER in listed
    assert LIST in listed
    site = build(office, "core", "escrow", LATER)
    page = (site / f"records/JS/2026/{NUMBER}/index.html").read_text()
    assert "已销毁" in page
    assert LIST in page
    assert not plain_files(site)


def follow(said: str, root: Path) -> None:
    """Types the commands that a message gives, each on a line of its own."""
    for line in said.splitlines():
        if line.startswith("  "):
            name, *arguments = line.split()
            if name == "muniment":
                assert run(root, "--today", LATER, *arguments).code == 0
            else:
                git(root, *arguments)


# -- The demonstration --------------------------------------------------------------------------------------


def checked(files: dict[str, bytes], opens: Mapping[bytes, bytes]) -> set[tuple[str, str]]:
    tree = Tree(dict.fromkeys(files, "100644"), files.__getitem__, open=lambda _, content: opens.get(content))
    corpus = records.load(tree, memory.types())
    facts = Facts(corpus, memory.types(), project.policies(corpus), "2026-11-23")
    return {(each.code, each.place.path) for each in check.run(facts) if each.severity == "error"}


def test_sealing_whatever_can_be_sealed_brings_no_false_finding() -> None:
    files = materials.opened()
    types = memory.types()
    policies = project.policies(records.load(Tree(dict.fromkeys(files, "100644"), files.__getitem__), types))
    path = "records/policy/confidentiality/confidentiality.yaml"
    kinds = list(classification.sealable(types, policies))
    assert {"evaluation", "annual-appraisal", "background-check", "nda", "handover"} <= set(kinds)
    files[path] = edit.set_value(files[path].decode(), ("sealed",), kinds).encode()
    sealed, plain = materials.sealed(files)
    assert len(plain) > 60
    for opens in ({}, plain):
        # Acts bind what their record was before it was sealed here.
        assert {each for each in checked(sealed, opens) if each[0] != "APR030"} == set()


def test_the_demonstration_comes_with_a_key_store_that_its_people_can_use(demonstration: Path) -> None:
    assert git(demonstration, "rev-list", "--count", "keys").strip() == "1"
    keys = demonstration / ".git/demonstration"
    for who in ("YG0006", "escrow"):
        ran = run(demonstration, "--lang", "en", "decrypt", "JX20260009", MUNIMENT_IDENTITY=str(keys / who))
        assert "superior_score: 86" in ran.out, ran.err
    for number, stranger in (("JX20260009", "YG0003"), ("GL2026003", "YG0005")):
        closed = run(demonstration, "--lang", "en", "decrypt", number, MUNIMENT_IDENTITY=str(keys / stranger))
        assert (closed.code, closed.out) == (1, "")
    for who in ("YG0014", "YG0004", "escrow"):
        ran = run(demonstration, "decrypt", "GL2026003", MUNIMENT_IDENTITY=str(keys / who))
        assert "低于底线的报价一律不得发出" in ran.out, ran.err
    checked = run(demonstration, "check", "--today", "2026-11-23", MUNIMENT_IDENTITY=str(keys / "YG0006"))
    assert (checked.code, checked.out) == (0, "")
