"""Acting from the command line, in real repositories with real keys: a document's whole life, and every refusal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import click
import pytest

from console import Ran, run
from muniment import audience, project, rehearsal, source
from muniment.commands import renumber
from muniment.history import Desk, GitFailure
from muniment.views import cards
from samples import SAMPLES, base, fingerprint, git

PEOPLE = {
    "YG0001": "wang.jianguo@example.com",
    "YG0002": "chen.zhiqiang@example.com",
    "YG0003": "liu.yang@example.com",
    "YG0004": "sun.li@example.com",
    "YG0005": "zhou.min@example.com",
    "YG0006": "li.na@example.com",
}
NUMBER = "JS2026001"
FOLDER = f"records/documents/JS/2026/{NUMBER}"
POLICY_DOCUMENTS = "records/policy/documents/documents.yaml"
FACTS = f"{FOLDER}/{NUMBER}.yaml"
BODY = f"{FOLDER}/{NUMBER}.md"
STAGES = (("YG0002", "2026-02-03"), ("YG0003", "2026-02-04"), ("YG0004", "2026-02-05"))


class Company:
    """A registry in which everybody has a key; who acts is whom git is configured as."""

    def __init__(self, root: Path, keys: Path, day: str = "2026-02-02") -> None:
        self.root, self.keys, self.day = root, keys, day

    def sits(self, who: str, *, key: str = "") -> Company:
        values = {
            "user.name": who,
            "user.email": PEOPLE.get(who, who),
            "commit.gpgsign": "true",
            "gpg.format": "ssh",
            "user.signingkey": str(self.keys / f"{key or who}.pub"),
        }
        for name, value in values.items():
            git(self.root, "config", name, value)
        return self

    def at(self, day: str) -> Company:
        self.day = day
        return self

    @property
    def dates(self) -> dict[str, str]:
        return dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{self.day}T10:00:00+0800")

    def run(self, *arguments: str, **env: str) -> Ran:
        return run(self.root, "--lang", "en", "--today", self.day, *arguments, **{**self.dates, **env})

    def done(self, *arguments: str, **env: str) -> Ran:
        ran = self.run(*arguments, **env)
        assert ran.code == 0, ran.said
        return ran

    def git(self, *arguments: str) -> str:
        name, email = (git(self.root, "config", f"user.{each}").strip() for each in ("name", "email"))
        who = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", name), ("EMAIL", email))
        }
        return git(self.root, *arguments, **self.dates, **who)

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def add_to(self, path: str, text: str) -> Company:
        self.write(path, self.read(path) + text)
        return self

    def commit(self, message: str = "编写") -> Company:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self

    def merge(self, branch: str) -> Company:
        self.git("switch", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", f"merge {branch}", branch)
        self.git("branch", "--quiet", "-D", branch)
        return self

    @property
    def branch(self) -> str:
        return self.git("branch", "--show-current").strip()

    @property
    def brought(self) -> list[str]:
        """What the last commit changed, as `A path`."""
        shown = self.git("-c", "core.quotePath=false", "show", "--format=", "--name-status", "HEAD")
        return [" ".join(line.split("\t")) for line in shown.splitlines()]

    def data(self, path: str) -> dict[str, object]:
        document = source.load(path, (self.root / path).read_bytes()).document
        assert document is not None
        return dict(document.data)

    def approve(self, *stages: tuple[str, str], number: str = NUMBER) -> Company:
        for who, day in stages:
            self.at(day).sits(who).done("approve", number)
        return self


@contextmanager
def untouched(company: Company) -> Iterator[None]:
    """Not one byte differs afterwards: working tree, index, refs, objects, configuration."""
    before = fingerprint(company.root)
    yield
    assert {path for path, entry in fingerprint(company.root).items() if before.get(path) != entry} == set()
    assert before.keys() == fingerprint(company.root).keys()


def refused(company: Company, *arguments: str, code: int = 1, **env: str) -> str:
    """What the refusal said; nothing was written."""
    with untouched(company):
        ran = company.run(*arguments, **env)
    assert ran.code == code, ran.said
    assert ran.out == ""
    return ran.err


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real key for each person and two for nobody, without passphrase."""
    folder = tmp_path_factory.mktemp("keys")
    for who in (*PEOPLE, "stranger", "second"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", str(folder / who)]
        subprocess.run(command, check=True)
    return folder


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """The base of the samples; its people have keys, and what approves documents has to be signed."""
    over = tmp_path_factory.mktemp("over")

    def lay(path: str, *changes: tuple[str, str]) -> None:
        text = (SAMPLES / "base" / path).read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (over / path).parent.mkdir(parents=True, exist_ok=True)
        (over / path).write_text(text)

    for who in PEOPLE:
        key = (keys / f"{who}.pub").read_text().strip()
        signing = f'signing_keys:\n  - {{key: "{key}", from: 2026-01-01}}\njoined:'
        senior = ("roles:\n", "roles:\n  - {role: senior-staff}\n")
        lay(
            f"records/organization/staff/{who}/{who}.yaml",
            ("joined:", signing),
            *([senior] if who == "YG0004" else []),
        )
    lay(
        "records/policy/review/review.yaml",
        ("{default: declared}", "{default: declared, document: signed}"),
        (
            "role: [archive-keeper], becomes: returned,",
            "role: [archive-keeper], evidence: required, becomes: returned,",
        ),
    )
    return base(tmp_path_factory.mktemp("sound") / "registry", over)


def draft(company: Company, *more: str) -> Company:
    """A document that its author has committed to the branch `draft`."""
    company.git("switch", "--quiet", "-C", "draft")
    company.done(
        "new", "document", "--set", "kind=manual", "--set", "class=JS", "--set", "title=巡检手册", *more
    )
    company.write(FACTS, company.read(FACTS).replace("title: 巡检手册", "title: 巡检手册  # 正式名称"))
    return company.add_to(BODY, "\n每月一次。\n").commit("起草")


@pytest.fixture(scope="session")
def drafted(sound: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("drafted") / "registry"
    shutil.copytree(sound, root, symlinks=True)
    draft(Company(root, keys).sits("YG0006"))
    return root


@pytest.fixture(scope="session")
def published(drafted: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published") / "registry"
    shutil.copytree(drafted, root, symlinks=True)
    Company(root, keys).approve(*STAGES).merge("draft").sits("YG0006")
    return root


def _copy(origin: Path, keys: Path, tmp_path: Path, day: str) -> Company:
    root = tmp_path / "registry"
    shutil.copytree(origin, root, symlinks=True)
    return Company(root, keys, day)


@pytest.fixture
def company(sound: Path, keys: Path, tmp_path: Path) -> Company:
    return _copy(sound, keys, tmp_path, "2026-02-02").sits("YG0006")


@pytest.fixture
def writing(drafted: Path, keys: Path, tmp_path: Path) -> Company:
    """A document waits for its first approval; the head of its department sits at the desk."""
    return _copy(drafted, keys, tmp_path, "2026-02-03").sits("YG0002")


@pytest.fixture
def running(published: Path, keys: Path, tmp_path: Path) -> Company:
    """A document is in force; its author sits at the desk, on main."""
    return _copy(published, keys, tmp_path, "2026-03-01").sits("YG0006")


# -- A document's life --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_whole_life_stands_up_to_the_audit(running: Company) -> None:
    company = running
    company.done("revise", NUMBER)
    assert company.branch == f"revise/{NUMBER}"
    company.add_to(BODY, "\n每周一次。\n").commit()
    company.approve(("YG0002", "2026-03-02"))
    company.at("2026-03-03").sits("YG0003").done("reject", NUMBER, "--comment", "依据不足")
    company.sits("YG0006").add_to(BODY, "\n依据：标准。\n").commit("补充依据")
    company.approve(("YG0002", "2026-03-04"), ("YG0003", "2026-03-05"), ("YG0004", "2026-03-06"))
    assert (company.root / f"{FOLDER}/acts/2-5-quality.yaml").is_file()
    company.merge(f"revise/{NUMBER}").at("2026-04-01").sits("YG0002")

    company.done("retire", NUMBER, "--set", "reason=已无此类设备")
    assert company.branch == f"act/{NUMBER}"
    company.merge(f"act/{NUMBER}")
    assert NUMBER in company.sits("YG0001").done("status", "--mine").out
    company.at("2026-04-02").sits("YG0001").done("retire", NUMBER)
    company.merge(f"act/{NUMBER}")
    assert "retired" in refused(company, "retire", NUMBER, "--set", "reason=又一次")

    company.at("2026-04-03").sits("YG0003").git("switch", "--quiet", "-c", "void")
    company.done("new", "void", "--set", "number=JS2026002", "--set", "reason=起草后取消")
    company.commit().sits("YG0006").done("void", "JS2026002")
    company.merge("void")

    audited = company.done("audit").out
    assert "11  signed" in audited
    assert "verdict: every approval stands" in audited


def test_a_loan_is_handed_out_and_comes_back_with_its_paper(running: Company, tmp_path: Path) -> None:
    company = running.sits("YG0003")
    company.git("switch", "--quiet", "-c", "loan")
    given = {
        "document": NUMBER,
        "borrower": "YG0003",
        "reason": "参考",
        "medium": "paper",
        "title": "借阅",
        "from": "2026-03-01",
        "due": "2026-03-15",
    }
    company.done(
        "new", "loan", *(word for name, value in given.items() for word in ("--set", f"{name}={value}"))
    )
    company.commit()
    number = "JY20260001"
    company.sits("YG0006")
    assert "APR022" in refused(company, "lend", number)
    company.sits("YG0002").done("approve", number)
    assert f"muniment act {number} issue" in refused(company, "approve", number)
    company.sits("YG0006").done("lend", number, "--comment", "纸质件一份")
    assert "condition" in refused(company, "return", number, code=2)
    assert "--evidence" in refused(company, "return", number, "--set", "condition=完好", code=2)
    scan = tmp_path / "扫描 件.PDF"
    scan.write_bytes(b"%PDF-1.7 signed")
    ran = company.done("return", number, "--set", "完好情况=完好", "--evidence", str(scan))
    folder = f"records/archive/2026/{number}"
    assert ran.out.splitlines() == [f"{folder}/acts/1-3-return.yaml", f"{folder}/acts/1-3-return.pdf"]
    assert company.brought == [f"A {folder}/acts/1-3-return.pdf", f"A {folder}/acts/1-3-return.yaml"]
    assert company.data(f"{folder}/acts/1-3-return.yaml")["details"] == {"condition": "完好"}
    company.merge("loan")
    assert company.run("audit").code == 0


# -- Reading -----------------------------------------------------------------------------------------------------


def test_a_reading_is_one_signed_commit_on_a_branch_of_ones_own(running: Company) -> None:
    running.sits("YG0005")
    ran = running.done("read", NUMBER, "--yes")
    path = f"{FOLDER}/acts/1-read-YG0005.yaml"
    assert ran.out == f"{path}\n"
    assert "read and understood (周敏, commit" in ran.err
    assert "signed" in ran.err
    assert running.branch == f"read/{NUMBER}-YG0005"
    assert running.brought == [f"A {path}"]
    act = running.data(path)
    assert (act["chain"], act["stage"], act["decision"], act["by"]) == ("reading", "read", "done", "YG0005")
    assert act["meaning"] == "已阅读并理解"
    running.done("check", "--base", "main")
    running.merge(running.branch)
    running.done("audit")


def test_a_document_is_shown_and_read_only_after_a_yes(
    running: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from muniment.commands import read

    running.sits("YG0005")
    shown: list[str] = []
    answers = iter([False, True])
    monkeypatch.setattr(read, "is_attended", lambda: True)
    monkeypatch.setattr("click.echo_via_pager", shown.append)
    monkeypatch.setattr("click.confirm", lambda *_, **__: next(answers))
    with untouched(running):
        ran = running.run("read", NUMBER)
        assert (ran.code, ran.err) == (1, "nothing was confirmed; nothing was written\n")
    ran = running.done("read", NUMBER)
    assert "每月一次。" in ran.out + "".join(shown)
    assert running.brought == [f"A {FOLDER}/acts/1-read-YG0005.yaml"]


def test_what_is_left_to_read_is_listed(running: Company) -> None:
    text = running.read(POLICY_DOCUMENTS)
    running.write(POLICY_DOCUMENTS, text + "distribution: {classes: {JS: {everyone: true}}}\n")
    running.sits("YG0005")
    listed = running.done("read").out
    assert "documents for you to read: 1" in listed
    assert f"{NUMBER}  revision 1" in listed
    assert "(late)" in listed
    assert "you have 1 to read, 1 of them late" in running.done("status").out
    assert json.loads(running.done("status", "--format", "json").out)["read"][0]["number"] == NUMBER
    running.sits("YG0002")
    assert "nothing left to read" in running.done("read").out, "who approved it has read it"


def test_refused_to_read_twice_or_unasked(running: Company) -> None:
    running.sits("YG0005")
    with untouched(running):
        assert "add: --yes" in refused(running, "read", NUMBER, code=2)
    running.done("read", NUMBER, "--yes")
    assert "you have confirmed revision 1" in refused(running, "read", NUMBER, "--yes")


def test_refused_to_read_a_draft(writing: Company) -> None:
    writing.sits("YG0005")
    with untouched(writing):
        assert "may still change" in refused(writing, "read", NUMBER, "--yes")


def test_a_document_is_found_still_fit_as_often_as_it_is_reviewed(running: Company) -> None:
    for day, more in (("2027-03-01", ()), ("2028-03-01", ("--set", "next_review=2028-09-01"))):
        running.at(day).sits("YG0002").done(
            "act", NUMBER, "reaffirmation", "--set", "conclusion=继续适用", *more
        )
        running.merge(running.branch)
    running.done("audit")
    assert running.data(f"{FOLDER}/acts/1-5-reaffirmation.yaml")["details"] == {
        "conclusion": "继续适用",
        "next_review": "2028-09-01",
    }
    assert "settled already" in refused(running, "act", NUMBER, "reaffirmation", "--set", "conclusion=再次")


def test_refused_to_find_a_draft_fit(writing: Company) -> None:
    assert "not in force" in refused(writing, "act", NUMBER, "reaffirmation", "--set", "conclusion=适用")


# -- What an act is -----------------------------------------------------------------------------------------


def test_an_act_is_one_signed_commit_of_one_file(writing: Company) -> None:
    before = writing.git("rev-parse", "HEAD").strip()
    ran = writing.done("approve", NUMBER, "--comment", "可以", "--meaning", "初审通过")
    path = f"{FOLDER}/acts/1-1-department.yaml"
    assert ran.out == f"{path}\n"
    assert "signed" in ran.err
    assert "`technical`, by 刘洋 (YG0003)" in ran.err
    assert writing.git("rev-parse", "HEAD~1").strip() == before
    assert writing.brought == [f"A {path}"]
    assert writing.git("log", "-1", "--format=%ae %ce").split() == [PEOPLE["YG0002"]] * 2
    assert writing.git("log", "-1", "--format=%s").strip() == f"{NUMBER} 第 1 版：初审通过"
    assert writing.git("status", "--porcelain") == ""
    act = writing.data(path)
    assert [*act] == [
        "record",
        "revision",
        "chain",
        "stage",
        "decision",
        "by",
        "date",
        "content",
        "meaning",
        "comment",
    ]
    assert (act["by"], act["date"], act["comment"]) == ("YG0002", "2026-02-03", "可以")


def test_what_else_is_staged_or_changed_stays_as_it_is(writing: Company) -> None:
    writing.write("README.md", "anything\n")
    writing.git("add", "README.md")
    writing.add_to("records/organization/clients/KH0001/KH0001.yaml", "# unfinished\n")
    writing.done("approve", NUMBER)
    assert writing.brought == [f"A {FOLDER}/acts/1-1-department.yaml"]
    changed = sorted(writing.git("status", "--porcelain").splitlines())
    assert changed == [" M records/organization/clients/KH0001/KH0001.yaml", "A  README.md"]


def test_several_are_approved_in_one_commit_or_none_is(writing: Company) -> None:
    writing.sits("YG0006").done(
        "new", "document", "--set", "kind=manual", "--set", "class=JS", "--set", "title=第二"
    )
    writing.add_to("records/documents/JS/2026/JS2026002/JS2026002.md", "\n完整。\n").commit().sits("YG0002")
    writing.done("approve", NUMBER, "JS2026002")
    assert len(writing.brought) == 2
    writing.sits("YG0003").done("approve", NUMBER)
    assert "JS2026002" in refused(writing.sits("YG0004"), "approve", NUMBER, "JS2026002", "quality")
    assert "no record" in refused(writing, "approve", NUMBER, "JS2026009", code=2)


def test_a_stage_may_be_named_by_its_label_and_after_the_numbers(writing: Company) -> None:
    writing.done("act", NUMBER, "初审")
    writing.sits("YG0003").done("approve", NUMBER, "technical")
    assert (writing.root / f"{FOLDER}/acts/1-2-technical.yaml").is_file()


def test_a_mistake_is_withdrawn_and_made_good(writing: Company) -> None:
    assert "nothing to withdraw" in refused(writing, "act", NUMBER, "department", "--decision", "withdrawn")
    writing.done("approve", NUMBER)
    assert "settled already, by 陈志强 on 2026-02-03" in refused(writing, "act", NUMBER, "department")
    writing.done("act", NUMBER, "department", "--decision", "withdrawn", "--comment", "误批")
    writing.done("approve", NUMBER)
    assert (writing.root / f"{FOLDER}/acts/1-3-department.yaml").is_file()


def test_acts_on_main_begin_a_branch_that_is_used_again_once_merged(running: Company) -> None:
    running.sits("YG0002")
    ran = running.done("retire", NUMBER, "--set", "reason=停用")
    assert f"git push -u origin act/{NUMBER}" in ran.err
    assert running.branch == f"act/{NUMBER}"
    running.git("switch", "--quiet", "main")
    running.sits("YG0001")
    assert f"git switch act/{NUMBER}" in refused(running, "retire", NUMBER)
    running.git("merge", "--quiet", "--no-ff", "--message", "merge", f"act/{NUMBER}")
    running.done("retire", NUMBER)
    assert running.branch == f"act/{NUMBER}"


def test_the_persons_hooks_see_the_act(writing: Company) -> None:
    hooks = writing.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name, text in (
        ("pre-commit", 'git diff --cached --name-only > "$(git rev-parse --git-common-dir)/seen"'),
        ("commit-msg", 'echo "Reviewed-in: desk" >> "$1"'),
        ("post-commit", "exit 1"),
    ):
        (hooks / name).write_text(f"#!/bin/sh\n{text}\n")
        (hooks / name).chmod(0o755)
    writing.done("approve", NUMBER)
    assert writing.read(".git/seen") == f"{FOLDER}/acts/1-1-department.yaml\n"
    assert "Reviewed-in: desk" in writing.git("log", "-1", "--format=%B")
    (hooks / "pre-commit").write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    assert "not today" in refused(writing.sits("YG0003"), "approve", NUMBER, code=2)


def test_at_a_terminal_it_asks_for_what_is_missing(running: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    from muniment.commands import act

    asked: list[str] = []

    def answer(text: str, **_: object) -> str:
        asked.append(text)
        return "已无此类设备"

    monkeypatch.setattr(act, "is_attended", lambda: True)
    monkeypatch.setattr(click, "prompt", answer)
    running.sits("YG0002").done("retire", NUMBER)
    act_path = f"{FOLDER}/acts/1-4-request.yaml"
    assert running.data(act_path)["details"] == {"reason": "已无此类设备"}
    assert asked == ["reason"]


def test_who_acts_is_whom_git_is_configured_as_whatever_the_environment_says(writing: Company) -> None:
    writing.done("approve", NUMBER, GIT_AUTHOR_EMAIL="yg0001@example.com", GIT_INDEX_FILE="/nowhere/index")
    assert writing.git("log", "-1", "--format=%ae").strip() == PEOPLE["YG0002"]


# -- What is refused ----------------------------------------------------------------------------------------


def test_refused_without_the_role_naming_who_holds_it(writing: Company) -> None:
    said = refused(writing.sits("YG0005"), "approve", NUMBER)
    assert "APR021" in said
    assert "JS2026001 waits at `department` for 陈志强 (YG0002)" in said
    assert "nothing was written" in said


def test_refused_with_a_role_that_only_the_branch_grants(writing: Company) -> None:
    path = "records/organization/staff/YG0005/YG0005.yaml"
    writing.sits("YG0005")
    text = writing.read(path).replace("roles:\n", "roles:\n  - {role: department-head, department: BM01}\n")
    writing.write(path, text)
    writing.commit("给自己的职责")
    assert "APR021" in refused(writing, "approve", NUMBER)


def test_refused_out_of_turn(writing: Company) -> None:
    assert "APR022" in refused(writing.sits("YG0003"), "approve", NUMBER, "technical")


def test_refused_to_the_author(company: Company) -> None:
    draft(company.sits("YG0002"))
    assert "APR023" in refused(company, "approve", NUMBER)


def test_refused_to_who_wrote_part_of_it(writing: Company) -> None:
    writing.add_to(BODY, "\n部门补充。\n").commit()
    assert "APR024" in refused(writing, "approve", NUMBER)


def test_refused_to_one_person_at_two_stages(writing: Company) -> None:
    writing.done("approve", NUMBER)
    writing.sits("YG0004").done("approve", NUMBER)
    assert "APR025" in refused(writing, "approve", NUMBER)


def test_refused_where_the_decision_does_not_fit_the_stage(writing: Company) -> None:
    assert "APR006" in refused(writing, "act", NUMBER, "department", "--decision", "done")


def test_refused_without_the_reason_of_a_rejection(writing: Company) -> None:
    assert "--comment" in refused(writing, "reject", NUMBER, code=2)


def test_refused_without_what_the_stage_asks_for(running: Company) -> None:
    running.sits("YG0002")
    assert "--set reason=…" in refused(running, "retire", NUMBER, code=2)
    assert "write name=value" in refused(running, "retire", NUMBER, "--set", "reason", code=2)
    given = ("--set", "reason=停用")
    assert "APR008" in refused(running, "retire", NUMBER, *given, "--set", "colour=red")
    assert "JS2026999" in refused(running, "retire", NUMBER, *given, "--set", "successor=JS2026999")
    assert "itself" in refused(running, "retire", NUMBER, *given, "--set", f"successor={NUMBER}")


def test_refused_where_nothing_waits_or_nothing_can(running: Company) -> None:
    assert "no stage waits" in refused(running.sits("YG0004"), "approve", NUMBER)
    assert "nobody has to approve" in refused(running, "approve", "KH0001")
    assert "has no stage `nowhere`" in refused(running, "act", NUMBER, "nowhere", code=2)
    assert "did you mean" in refused(running, "approve", "JS202601", code=2)
    assert "muniment new void" in refused(running, "void", NUMBER, code=2)
    assert "no stage waits" in refused(running, "approve", "YG0001")


def test_refused_to_retire_a_draft(writing: Company) -> None:
    assert "muniment new void" in refused(writing, "retire", NUMBER, "--set", "reason=停用")


def test_refused_for_what_is_not_committed(writing: Company) -> None:
    writing.add_to(BODY, "\n未提交。\n")
    assert BODY in refused(writing, "approve", NUMBER)
    writing.git("checkout", "--quiet", "--", BODY)
    writing.write(f"{FOLDER}/files/scan.tmp", "x")
    writing.write(".git/info/exclude", "*.tmp\n")
    assert "scan.tmp" in refused(writing, "approve", NUMBER)


def test_refused_to_a_stranger_with_the_way_in(writing: Company) -> None:
    said = refused(writing.sits("nobody@example.com", key="stranger"), "approve", NUMBER, code=2)
    assert "nobody@example.com" in said
    assert "muniment keys" in said
    git(writing.root, "config", "--unset", "user.email")
    assert "git config user.email" in refused(writing, "approve", NUMBER, code=2)


def test_refused_unsigned_where_the_policy_wants_signatures(writing: Company) -> None:
    git(writing.root, "config", "commit.gpgsign", "false")
    assert "muniment keys configure" in refused(writing, "approve", NUMBER, code=2)


def test_refused_with_a_key_that_is_not_ones_own(writing: Company) -> None:
    assert "APR044" in refused(writing.sits("YG0002", key="stranger"), "approve", NUMBER)
    assert "APR043" in refused(writing.sits("YG0002", key="YG0003"), "approve", NUMBER)
    assert "git commit-tree" in refused(writing.sits("YG0002", key="none"), "approve", NUMBER, code=2)


def test_refused_with_a_date_that_is_not_todays(writing: Company) -> None:
    assert "APR047" in refused(writing, "approve", NUMBER, "--today", "2026-02-11")


def test_refused_once_it_is_retired_on_main(running: Company) -> None:
    running.sits("YG0002").done("retire", NUMBER, "--set", "reason=停用")
    running.sits("YG0001").done("retire", NUMBER)
    running.merge(f"act/{NUMBER}")
    assert "retired" in refused(running.sits("YG0004"), "approve", NUMBER)
    assert "retired" in refused(running, "revise", NUMBER)


def test_refused_while_git_is_locked_saying_since_when(writing: Company) -> None:
    lock = writing.write(".git/index.lock", "")
    os.utime(lock, (lock.stat().st_mtime - 7300,) * 2)
    said = refused(writing, "approve", NUMBER, code=2)
    assert "2 hours old" in said
    assert f"rm {lock}" in said


def test_refused_where_no_branch_or_no_whole_history_is(writing: Company, tmp_path: Path) -> None:
    writing.git("checkout", "--quiet", "--detach")
    assert "git switch" in refused(writing, "approve", NUMBER, code=2)
    shallow = tmp_path / "shallow"
    git(
        tmp_path,
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--branch",
        "draft",
        f"file://{writing.root}",
        str(shallow),
    )
    assert "shallow" in refused(Company(shallow, writing.keys).sits("YG0002"), "approve", NUMBER, code=3)


def test_refused_evidence_that_cannot_be_kept(writing: Company, tmp_path: Path) -> None:
    for name, content in (("scan", b"x"), ("scan.pdf", b""), ("scan.yaml", b"x")):
        (tmp_path / name).write_bytes(content)
        assert name in refused(writing, "approve", NUMBER, "--evidence", str(tmp_path / name), code=2)
    (tmp_path / "b.pdf").write_bytes(b"x")
    (tmp_path / "scan.pdf").write_bytes(b"x")
    both = [word for name in ("b.pdf", "scan.pdf") for word in ("--evidence", str(tmp_path / name))]
    assert "second with .pdf" in refused(writing, "approve", NUMBER, *both, code=2)


def state(company: Company) -> tuple[str, str, str]:
    return (
        company.git("for-each-ref", "--format=%(refname) %(objectname)"),
        company.git("symbolic-ref", "HEAD"),
        company.git("status", "--porcelain", "--ignored"),
    )


def cut_at(step: int) -> Callable[..., bytes]:
    """Git for as long as `step` calls; then somebody presses Ctrl-C."""
    plain, calls = Desk._run, count()

    def run_git(desk: Desk, *arguments: str, **options: Any) -> bytes:
        if next(calls) == step:
            raise KeyboardInterrupt
        return plain(desk, *arguments, **options)

    return run_git


@pytest.mark.slow
@pytest.mark.parametrize("where", ["draft", "main"])
def test_cut_off_anywhere_an_act_is_whole_or_not_there(
    running: Company, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    company = running.sits("YG0002")
    if where != "main":
        company.git("switch", "--quiet", "-c", where)
    before = state(company)
    steps = 0
    while state(company) == before:
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "_run", cut_at(steps))
            ran = company.run("retire", NUMBER, "--set", "reason=停用")
        steps += 1
    assert ran.code in (0, 130)
    assert steps > 8
    assert company.brought == [f"A {FOLDER}/acts/1-4-request.yaml"]
    assert state(company)[2] == ""


# -- revise -------------------------------------------------------------------------------------------------


def test_a_revision_keeps_comments_and_begins_a_branch(running: Company) -> None:
    ran = running.done("revise", NUMBER)
    assert ran.out == f"{FACTS}\n"
    assert running.branch == f"revise/{NUMBER}"
    text = running.read(FACTS)
    assert "revision: 2\n" in text
    assert "updated: 2026-03-01\n" in text
    assert "# 正式名称" in text
    assert running.git("status", "--porcelain").split() == ["M", FACTS]
    assert "under way already" in refused(running, "revise", NUMBER)


def test_a_revision_by_somebody_else_says_whose_assent_it_needs(running: Company) -> None:
    running.git("switch", "--quiet", "-c", "mine")
    ran = running.sits("YG0003").done("revise", NUMBER)
    assert "李娜 (YG0006)" in ran.err
    assert "BM01" in ran.err
    assert "author: YG0003\n" in running.read(FACTS)
    assert running.branch == "mine"


def test_a_change_that_was_begun_by_hand_becomes_a_revision(running: Company) -> None:
    running.add_to(BODY, "\n已改。\n").done("revise", NUMBER)
    assert running.branch == f"revise/{NUMBER}"
    assert "已改" in running.read(BODY)


def test_a_draft_has_no_revision_to_begin(writing: Company) -> None:
    assert "still the draft" in refused(writing, "revise", NUMBER)


def test_what_has_no_revisions_is_refused(running: Company) -> None:
    assert "edit it and commit" in refused(running, "revise", "KH0001")
    assert "has to be later" in refused(running.at("2026-02-02"), "revise", NUMBER)
    running.at("2026-03-01").git("switch", "--quiet", "-c", f"revise/{NUMBER}")
    running.git("commit", "--quiet", "--allow-empty", "--message", "anything")
    running.git("switch", "--quiet", "main")
    assert f"git switch revise/{NUMBER}" in refused(running, "revise", NUMBER)


def test_a_revision_that_cannot_be_written_leaves_no_branch(
    running: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(running.root / FACTS))

    monkeypatch.setattr(rehearsal, "write_whole", full)
    before = state(running)
    assert running.run("revise", NUMBER).code == 2
    assert state(running) == before


# -- renumber -----------------------------------------------------------------------------------------------


def moved(company: Company, number: str = "JS2026003") -> Company:
    """On a branch of its own a document whose number has to change; where that leaves a gap another one names it."""
    company.git("switch", "--quiet", "-c", "work")
    folder = f"records/documents/JS/2026/{number}"
    text = (
        f"type: document\nnumber: {number}  # 编号\nrevision: 1\ntitle: 手册\nclass: JS\nkind: manual\ndepartment: BM01\n"
        "author: YG0006\ncreated: 2026-02-02\nupdated: 2026-02-02\n"
    )
    company.write(f"{folder}/{number}.yaml", text)
    company.write(f"{folder}/{number}.md", f"## 目的\n\n见 [本文件](../{number}/) 和 {number}1。\n")
    if number != NUMBER:
        company.write(f"{folder}/files/{number}.pdf", "%PDF-1.7")
        other = text.replace(number, NUMBER).replace("手册", "规程").replace("  # 编号", "")
        company.write(FACTS, f"{other}references: [{number}]\n")
        company.write(BODY, "## 目的\n\n一致。\n")
    return company


@pytest.mark.parametrize("committed", [True, False])
def test_a_number_moves_with_all_that_bears_it(company: Company, committed: bool) -> None:
    moved(company)
    if committed:
        company.commit()
    assert "NUM004" in company.run("check").said
    ran = company.done("renumber", "JS2026003")
    new = "records/documents/JS/2026/JS2026002"
    assert ran.out == f"{new}/JS2026002.yaml\n"
    assert not (company.root / "records/documents/JS/2026/JS2026003").exists()
    assert "number: JS2026002  # 编号\n" in company.read(f"{new}/JS2026002.yaml")
    assert "../JS2026002/) 和 JS20260031" in company.read(f"{new}/JS2026002.md")
    assert (company.root / f"{new}/files/JS2026003.pdf").is_file()
    assert "references: [JS2026002]" in company.read(FACTS)
    assert "NUM004" not in company.run("check").said
    status = company.git("status", "--porcelain", "--untracked-files=all")
    assert (f"-> {new}/JS2026002.yaml" in status) == committed


def test_a_number_that_is_free_may_be_named(writing: Company) -> None:
    writing.sits("YG0006")
    assert "nothing to move" in refused(writing, "renumber", NUMBER)
    assert "no number of the series" in refused(writing, "renumber", NUMBER, "--to", "GL2026001", code=2)
    assert "taken by" in refused(writing, "renumber", NUMBER, "--to", NUMBER)
    assert "NUM004" in refused(writing, "renumber", NUMBER, "--to", "JS2026005")


def test_a_number_that_somebody_landed_first_makes_way(running: Company) -> None:
    running.git("switch", "--quiet", "-c", "late", "HEAD~1")
    moved(running, NUMBER).commit()
    running.done("renumber", NUMBER)
    running.commit("让号")
    assert (running.root / "records/documents/JS/2026/JS2026002/JS2026002.yaml").is_file()
    running.git("merge", "--quiet", "--message", "merge", "main")
    assert running.run("check").code == 0


def test_a_number_that_acts_name_stays(writing: Company) -> None:
    writing.done("approve", NUMBER)
    assert "1-1-department.yaml" in refused(writing, "renumber", NUMBER)


def test_a_number_that_has_landed_stays(running: Company) -> None:
    assert "has landed" in refused(running, "renumber", NUMBER)
    assert "not a number" in refused(running, "renumber", "review", code=2)


def also(company: Company) -> dict[str, str]:
    """Where the site's search leads with numbers that no record bears."""
    facts = audience.narrow(project.load_for_site(company.root, company.day).facts, "internal")
    found: dict[str, str] = json.loads(cards.numbers_json(facts))["also"]
    return found


def test_numbers_that_main_saw_change_lead_to_what_they_are_now(company: Company) -> None:
    """Two of a branch that somebody merged before its author moved both on, each into the place of the one before."""
    moved(company)
    fourth = company.read("records/documents/JS/2026/JS2026003/JS2026003.yaml").replace("手册", "方案")
    company.write(
        "records/documents/JS/2026/JS2026004/JS2026004.yaml", fourth.replace("JS2026003", "JS2026004")
    )
    company.write("records/documents/JS/2026/JS2026004/JS2026004.md", "## 目的\n")
    company.commit()
    company.done("renumber", "JS2026003")
    company.done("renumber", "JS2026004")
    company.commit("让号").git("switch", "--quiet", "main")
    company.git("merge", "--quiet", "--no-ff", "--message", "merge early", "work~1")
    company.git("merge", "--quiet", "--no-ff", "--message", "merge late", "work")
    said = company.run("show", "JS2026004")
    assert (said.code, "is JS2026003 now" in said.said) == (2, True)
    assert json.loads(company.done("show", "JS2026003", "--format", "json").out)["title"] == "方案"
    assert "JS2026004: was on main and is JS2026003 now" in company.done("report", "gaps").out
    assert also(company) == {"JS2026004": "records/JS/2026/JS2026003/"}
    # Again on, and with another title: whoever noted the first number follows all of it.
    company.git("mv", "records/documents/JS/2026/JS2026003", "records/documents/JS/2026/JS2026007")
    for ending in (".yaml", ".md"):
        folder = "records/documents/JS/2026/JS2026007"
        company.git("mv", f"{folder}/JS2026003{ending}", f"{folder}/JS2026007{ending}")
    facts = f"{folder}/JS2026007.yaml"
    company.write(facts, company.read(facts).replace("JS2026003", "JS2026007").replace("方案", "新方案"))
    company.commit("改号")
    assert "is JS2026007 now" in company.run("show", "JS2026004").said
    assert also(company) == dict.fromkeys(("JS2026003", "JS2026004"), "records/JS/2026/JS2026007/")


def test_a_move_that_cannot_be_finished_is_taken_back(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(company).commit()
    before, tree = state(company), company.git("ls-files", "--stage")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(rehearsal, "write_whole", full)
    assert company.run("renumber", "JS2026003").code == 2
    assert (state(company), company.git("ls-files", "--stage")) == (before, tree)


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("step", range(-1, 6))
def test_a_number_whose_move_was_killed_is_moved_by_the_next_run(
    company: Company, monkeypatch: pytest.MonkeyPatch, step: int, committed: bool
) -> None:
    """Nobody takes anything back when the machine goes dark: neither the folder nor the files may stay halfway."""
    moved(company)
    if committed:
        company.commit()
    left = iter(range(step + 1))

    def dark(before: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            if next(left, None) is None:
                os._exit(9)
            return before(*arguments)

        return run

    child = os.fork()
    if not child:
        with monkeypatch.context() as patch:
            patch.setattr(renumber, "_rename", dark(renumber._rename))
            patch.setattr(rehearsal, "write_whole", dark(rehearsal.write_whole))
            company.run("renumber", "JS2026003")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    said = company.done("renumber", "JS2026003").err
    assert "JS2026002" in said
    assert not (company.root / "records/documents/JS/2026/JS2026003").exists()
    assert "number: JS2026002  # 编号\n" in company.read("records/documents/JS/2026/JS2026002/JS2026002.yaml")
    assert "references: [JS2026002]" in company.read(FACTS)
    assert "NUM" not in company.run("check").said
    assert company.run("renumber", "JS2026003").code == 2, "it is done once"


# -- keys ---------------------------------------------------------------------------------------------------


def test_a_new_key_is_registered_approved_and_counts(running: Company) -> None:
    staff = "records/organization/staff/YG0006/YG0006.yaml"
    ran = running.done("keys", "add", str(running.keys / "second"))
    assert running.branch == "revise/YG0006"
    assert "personnel, leader" in ran.err
    text = running.read(staff)
    assert "revision: 2" in text
    assert "second" in text
    running.commit("新密钥").approve(("YG0005", "2026-03-02"), ("YG0001", "2026-03-03"), number="YG0006")
    running.merge("revise/YG0006").at("2026-03-04").sits("YG0006", key="second")
    running.git("switch", "--quiet", "-c", "signed")
    assert running.run("audit").code == 0
    listed = running.done("keys").out
    assert listed.count("YG0006") == 2


def test_keys_that_cannot_be_registered_are_refused(running: Company, tmp_path: Path) -> None:
    keys = running.keys
    assert "already" in refused(running, "keys", "add", str(keys / "YG0006.pub"))
    assert "刘洋 (YG0003)" in refused(running, "keys", "add", str(keys / "YG0003.pub"))
    private = tmp_path / "private"
    shutil.copy(keys / "second", private)
    assert "private key" in refused(running, "keys", "add", str(private), code=2)
    (tmp_path / "odd.pub").write_text("ssh-dss AAAA\n")
    assert "ssh-keygen" in refused(running, "keys", "add", str(tmp_path / "odd.pub"), code=2)
    assert "ssh-keygen" in refused(running, "keys", "add", str(tmp_path / "none.pub"), code=2)
    assert "--out" in refused(running, "keys", "add", "--out", str(tmp_path / "x"), code=2)
    assert "user.email" in refused(running.sits("nobody@example.com"), "keys", "add", code=2)


def test_git_itself_verifies_by_the_exported_register(running: Company, tmp_path: Path) -> None:
    out = tmp_path / "signers"
    assert str(out) in running.done("keys", "allowed-signers", "--out", str(out)).err
    assert running.done("keys", "allowed-signers").out == out.read_text()
    assert f'{PEOPLE["YG0001"]} namespaces="git",valid-after="20260101" ssh-ed25519 ' in out.read_text()
    merged = running.git("rev-list", "--no-merges", "-1", "HEAD").strip()
    shown = subprocess.run(
        ["git", "-c", f"gpg.ssh.allowedSignersFile={out}", "verify-commit", merged],
        cwd=running.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f'Good "git" signature for {PEOPLE["YG0004"]}' in shown.stderr


def test_git_is_set_up_to_sign_in_this_clone_alone(running: Company) -> None:
    for name in ("commit.gpgsign", "gpg.format", "user.signingkey"):
        git(running.root, "config", "--unset", name)
    assert "ssh-keygen" in refused(running, "keys", "configure", code=2)
    ran = running.done("keys", "configure", str(running.keys / "YG0006.pub"))
    set_up = dict(line.split(" = ") for line in ran.out.splitlines())
    assert set_up["commit.gpgsign"] == "true"
    assert set_up["user.signingkey"] == str(running.keys / "YG0006.pub")
    assert Path(set_up["gpg.ssh.allowedSignersFile"]).is_absolute()
    running.git("commit", "--quiet", "--allow-empty", "--message", "signed")
    assert running.git("log", "-1", "--format=%G?").strip() == "G"
    warned = running.done("keys", "configure", str(running.keys / "second.pub")).err
    assert "muniment keys add" in warned


def test_a_setup_that_fails_half_way_is_taken_back(running: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    git(running.root, "config", "--unset", "gpg.format")
    before = running.read(".git/config")
    plain = Desk._run

    def failing(desk: Desk, *arguments: str, **options: Any) -> bytes:
        if "true" in arguments:
            raise GitFailure("config", "the disk is full")
        return plain(desk, *arguments, **options)

    monkeypatch.setattr(Desk, "_run", failing)
    assert running.run("keys", "configure", str(running.keys / "second.pub")).code == 2
    assert running.git("config", "user.signingkey") in before
    assert "gpg" not in running.read(".git/config").replace("gpgsign", "")
