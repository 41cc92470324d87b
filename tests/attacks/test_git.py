"""The same deeds with git and ssh-keygen themselves, so that the told worlds are known to be true to them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from muniment import audit, check, project
from muniment.findings import Finding
from muniment.history import Repository

from .conftest import Make
from .world import CHINA, PEOPLE, World, body, demand, document, facts, key, public, published, shown

DOCUMENT = "JS2026001"


class Desk:
    """A clone in which several people sit down one after the other and use git."""

    def __init__(self, world: World, directory: Path) -> None:
        self.world, self.root, self.keys = world, directory / "clone", directory / "keys"
        self.keys.mkdir()
        for holder in (*PEOPLE, "forge"):
            private = key(holder).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
            (self.keys / holder).write_bytes(private)
            (self.keys / holder).chmod(0o600)
            (self.keys / f"{holder}.pub").write_text(public(holder) + "\n")
        self.when = world.now
        self.git("clone", "--quiet", str(world.flush()), str(self.root), cwd=directory)

    def git(
        self, *arguments: str, by: str = "YG0001", sign: str | None = None, cwd: Path | None = None
    ) -> str:
        person = PEOPLE[by]
        stamp = f"{int(self.when.astimezone(CHINA).timestamp())} +0800"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {
            "GIT_AUTHOR_NAME": person.name,
            "GIT_AUTHOR_EMAIL": person.email,
            "GIT_COMMITTER_NAME": person.name,
            "GIT_COMMITTER_EMAIL": person.email,
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_DATE": stamp,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        options = ["-c", "gpg.format=ssh", "-c", f"user.signingKey={self.keys / (sign or by)}"]
        options += ["-c", "commit.gpgSign=true", "-c", "advice.detachedHead=false"]
        done = subprocess.run(
            ["git", *options, *arguments],
            cwd=cwd or self.root,
            env={**clean, **who},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, files: dict[str, str], by: str, sign: str | None = None) -> str:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=办理", by=by, sign=sign)
        return self.git("rev-parse", "HEAD")

    def draft(self, number: str = DOCUMENT) -> None:
        self.git("checkout", "--quiet", "-b", f"draft-{number}", "main")
        self.commit({facts(number): document(number), body(number): "# 报告\n"}, "YG0007")

    def approve(self, number: str = DOCUMENT, **signed: str) -> None:
        """The acts as the world writes them for this content, committed by git."""
        shadow = self.world.branch(f"shadow-{number}")
        shadow.write({facts(number): document(number), body(number): "# 报告\n"})
        for stage, by in (("department", "YG0002"), ("technical", "YG0003"), ("quality", "YG0004")):
            shadow.act(number, stage, by)
            path = shadow.acts(number)[-1]
            self.commit({path: shadow.text(path)}, by, signed.get(stage))

    def audit(self) -> list[Finding]:
        verdict = audit.audit(Repository(self.root), project.shipped_types())
        assert not verdict.missing
        return list(check.in_words(verdict.faults))

    def pull(self) -> list[Finding]:
        loaded, changed, missing = project.load_pull(self.root, "main", self.world.today)
        assert not missing
        return check.of_pull(loaded.facts, loaded.faults, changed)

    def merge(self, *options: str, number: str = DOCUMENT) -> None:
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", *(options or ("--no-ff", "--no-edit")), f"draft-{number}")


@pytest.fixture
def desk(make: Make, tmp_path: Path) -> Desk:
    return Desk(make(level="signed"), tmp_path)


def test_a_publication_that_git_and_ssh_keygen_signed(desk: Desk) -> None:
    desk.draft()
    desk.approve()
    assert not desk.pull(), shown(desk.pull())
    desk.merge()
    assert not desk.audit(), shown(desk.audit())
    levels = audit.audit(Repository(desk.root), project.shipped_types()).levels
    assert levels["signed"] == 3


def test_git_verifies_what_the_world_signs(make: Make, tmp_path: Path) -> None:
    """Signatures and objects of the told worlds are good to git itself."""
    world = published(make(level="signed"))
    signers = tmp_path / "signers"
    signers.write_text("".join(f"{who.email} {public(number)}\n" for number, who in PEOPLE.items()))
    root = str(world.flush())
    options = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}"]
    log = subprocess.run(
        ["git", *options, "-C", root, "log", "--format=%G? %GS %ae"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split() for line in log.stdout.splitlines()]
    assert {row[0] for row in rows} == {"G"}
    assert all(row[1] == row[2] for row in rows)
    fsck = subprocess.run(["git", "-C", root, "fsck", "--strict", "--full"], capture_output=True, text=True)
    assert (fsck.returncode, fsck.stdout) == (0, "")


def test_a_signature_that_was_borrowed(desk: Desk) -> None:
    desk.draft()
    desk.approve(technical="YG0007")
    demand(desk.pull(), "signature-of-another", ["1-2-technical.yaml", "YG0007"], "pull")
    desk.merge()
    demand(desk.audit(), "signature-of-another", ["1-2-technical.yaml", "YG0007"], "audit")


def test_a_squash_by_git(desk: Desk) -> None:
    desk.draft()
    desk.approve()
    desk.merge("--squash")
    desk.git("commit", "--quiet", "--message=squash")
    demand(
        desk.audit(), "act-outside-branch", ["1-3-quality.yaml", desk.git("rev-parse", "HEAD")[:8]], "audit"
    )


def test_a_rebase_by_git(desk: Desk) -> None:
    desk.draft()
    desk.approve()
    desk.git("checkout", "--quiet", "main")
    desk.commit({"README.md": "登记库\n"}, "YG0001")
    desk.git("rebase", "--quiet", "main", f"draft-{DOCUMENT}")
    demand(desk.pull(), "signature-of-another", ["1-1-department.yaml", "YG0001"], "pull")
    desk.merge("--ff-only")
    demand(desk.audit(), "act-outside-branch", "1-3-quality.yaml", "audit")


def test_a_merge_by_git_that_keeps_ours(desk: Desk) -> None:
    desk.draft()
    desk.approve()
    desk.merge("--no-edit", "--no-ff", "--strategy=ours")
    demand(
        desk.audit(), "act-lost-in-merge", ["1-3-quality.yaml", desk.git("rev-parse", "HEAD")[:8]], "audit"
    )


def test_a_merge_by_git_that_was_amended(desk: Desk) -> None:
    desk.draft()
    desk.approve()
    desk.merge()
    (desk.root / body(DOCUMENT)).write_text("# 报告\n\n合并者的话。\n")
    desk.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    demand(desk.audit(), "merge-adds-own", [body(DOCUMENT), desk.git("rev-parse", "HEAD")[:8]], "audit")


def test_an_act_picked_by_git(desk: Desk) -> None:
    """Cherry-picking keeps the author's name and signs with the picker's key."""
    desk.draft()
    desk.approve()
    acts = desk.git("rev-list", "--reverse", "HEAD~3..HEAD").split()
    desk.git("checkout", "--quiet", "-b", "again", "HEAD~3")
    desk.git("cherry-pick", *acts, by="YG0007")
    demand(desk.pull(), "signature-of-another", ["1-1-department.yaml", "YG0007"], "pull")


def test_an_octopus_by_git(desk: Desk) -> None:
    desk.draft()
    desk.approve()
    desk.draft("JS2026002")
    desk.approve("JS2026002")
    desk.git("checkout", "--quiet", "main")
    desk.git("merge", "--quiet", "--no-ff", "--no-edit", f"draft-{DOCUMENT}", "draft-JS2026002")
    assert len(desk.git("rev-list", "--parents", "-1", "HEAD").split()) == 4
    assert not desk.audit(), shown(desk.audit())
