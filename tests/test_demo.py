"""The demonstration's history: told from a story, judged by Git itself."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from muniment import resources, source, sshsig
from muniment.demo import keys, materials, replay, states, story
from muniment.demo.materials import Materials
from muniment.demo.replay import Plan
from muniment.demo.story import StoryError

DOCUMENT = "records/documents/JS/2026/JS2026001"
STAFF = "records/organization/staff"
KEYED = ("YG0001", "YG0002", "YG0003")

NUMBERING = """\
type: policy-numbering
number: numbering
series:
  JS: {title: {zh: 技术文档, en: Technical}, yearly: true, digits: 3, folder: documents/JS}
  YG: {title: {zh: 人员, en: Staff}, yearly: false, digits: 4, folder: organization/staff}
"""
REVIEW = """\
type: policy-review
number: review
forge_keys:
  - {key: "@FORGE_KEY@", committer: forge@example.org, from: 2026-01-01}
chains:
  document:
    - {stage: department, role: [department-head], of: owner}
    - {stage: quality, role: [quality-manager], becomes: published}
    - {stage: client, event: true, role: [project-manager], details: [name]}
  retirement:
    - {stage: leader, role: [leader], becomes: retired}
labels:
  stages:
    quality: {zh: 质量审核, en: quality review}
"""


def staff(number: str) -> str:
    signed = (
        '\nsigning_keys:\n  - {key: "@KEY@", from: 2026-01-01, to: 2026-06-30}\n' if number in KEYED else "\n"
    )
    return f"type: staff\nnumber: {number}\nname: 人员{number[-1]}\nemails: [{number}@example.org]{signed}"


def facts(revision: int, title: str) -> str:
    return f"type: document\nnumber: JS2026001\nrevision: {revision}\ntitle: {title}\n"


RECORDS = {
    "records/policy/numbering/numbering.yaml": NUMBERING,
    "records/policy/review/review.yaml": REVIEW,
    **{f"{STAFF}/{number}/{number}.yaml": staff(number) for number in (*KEYED, "YG0004")},
    f"{DOCUMENT}/JS2026001.yaml": facts(2, "规程"),
    f"{DOCUMENT}/JS2026001.md": "正文二\n",
    f"{DOCUMENT}/files/a.txt": "附件\n",
}
STORY = """\
start:
  by: YG0001
  at: 2026-01-05T09:00
  message: 开始
  write: [numbering, review, YG0001, YG0002, YG0003, YG0004]
versions:
  JS2026001@1: {revision: 1}
  JS2026001@draft: {revision: 1, title: 初稿}
pulls:
  - branch: js2026001
    title: 发布规程
    merged: 2026-01-20T16:00
    by: YG0001
    commits:
      - {by: YG0004, at: 2026-01-10T10:00, message: 起草, write: [JS2026001@draft]}
      - by: YG0002
        at: 2026-01-11T10:00
        act: {record: JS2026001, stage: department, decision: rejected, comment: "缺: 依据"}
      - {by: YG0004, at: 2026-01-12T10:00, message: 修改, write: [JS2026001@1]}
      - {by: YG0002, at: 2026-01-13T10:00, via: forge, act: {record: JS2026001, stage: department}}
      - {by: YG0003, at: 2026-01-14T10:00, act: {record: JS2026001, stage: quality, date: 2026-01-13}}
  - branch: second
    title: 第二版
    merged: 2026-02-20T16:00
    by: YG0001
    commits:
      - {by: YG0004, at: 2026-02-01T10:00, message: 修订, write: [JS2026001]}
      - by: YG0002
        at: 2026-02-02T10:00
        act:
          record: JS2026001
          stage: client
          evidence: {file: scan.svg}
          details: {name: 客户, position: "007"}
      - {by: YG0003, at: 2026-02-03T10:00, act: {record: JS2026001, stage: quality}}
  - branch: waiting
    title: 尚未合并
    by: YG0002
    commits:
      - {by: YG0002, at: 2026-07-01T09:00, message: 移除, remove: [JS2026001]}
      - {by: YG0002, at: 2026-07-02T09:00, message: 再起草, write: [JS2026002@draft]}
"""
EARLIER = {
    "JS2026001@draft": {"JS2026001.md": "初稿\n", ".removed": "files/a.txt\n"},
    "JS2026002@draft": {"JS2026002.yaml": "type: document\nnumber: JS2026002\n"},
}


def as_bytes(files: dict[str, str], number: Callable[[str], str]) -> dict[str, bytes]:
    return {path: keys.filled(text.encode(), number(path)) for path, text in files.items()}


GIVEN = Materials(
    as_bytes(RECORDS, lambda path: path.split("/")[-2]),
    {name: as_bytes(files, lambda _: "") for name, files in EARLIER.items()},
    {"scan.svg": b"<svg/>\n"},
    {"document": "document"},
    {".gitattributes": b"* -text\n"},
)


def planned(text: str = STORY, given: Materials = GIVEN) -> Plan:
    return replay.plan(story.parse(states.facts(text.encode(), "story.yaml")), given)


def mistakes(old: str, new: str, given: Materials = GIVEN) -> tuple[str, ...]:
    assert old in STORY
    with pytest.raises(StoryError) as caught:
        planned(STORY.replace(old, new, 1), given)
    return caught.value.mistakes


def git(directory: Path, *arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ("git", "-C", str(directory), *arguments), env=clean, capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory: Path = tmp_path_factory.mktemp("made") / "demo"
    replay.write(planned(), directory)
    return directory


# The repository


def test_git_finds_nothing_wrong(made: Path) -> None:
    assert git(made, "fsck", "--strict", "--full") == ""
    assert git(made, "status", "--porcelain") == ""
    assert git(made, "for-each-ref", "--format=%(refname:short)").split() == ["main", "waiting"]


def test_main_is_one_merge_for_each_pull(made: Path) -> None:
    log = git(made, "log", "--first-parent", "--format=%s|%an|%aI", "main").splitlines()
    assert log == [
        "第二版|人员1|2026-02-20T16:00:00+08:00",
        "发布规程|人员1|2026-01-20T16:00:00+08:00",
        "开始|人员1|2026-01-05T09:00:00+08:00",
    ]
    assert git(made, "log", "--format=%s", "main^..main^2").splitlines() == [
        "JS2026001 第 2 版：质量审核通过",
        "JS2026001 第 2 版：客户已确认",
        "修订",
    ]
    # The second branch began when main stood at the first merge.
    assert git(made, "merge-base", "main^1", "main^2") == git(made, "rev-parse", "main^1")


def test_commits_are_signed_by_those_who_have_a_key_that_day(made: Path) -> None:
    signed = {}
    for line in git(made, "log", "--format=%G?|%GF|%ae|%ce|%s", "--all").splitlines():
        verdict, fingerprint, author, committer, subject = line.split("|")
        signed[subject] = (verdict, fingerprint, author, committer)
    forge = keys.public(keys.FORGE).fingerprint
    assert signed["JS2026001 第 1 版：初审通过"] == ("G", forge, "YG0002@example.org", "forge@example.org")
    third = keys.public("YG0003").fingerprint
    assert signed["JS2026001 第 1 版：质量审核通过"][:2] == ("G", third)
    assert signed["起草"] == ("N", "", "YG0004@example.org", "YG0004@example.org")
    assert signed["移除"][0] == "N"  # the key had ended the day before


def test_the_final_tree_is_what_the_plan_says(made: Path) -> None:
    expected = planned().files
    found = {
        path.relative_to(made).as_posix(): path.read_bytes()
        for path in made.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(made).parts
    }
    assert found == expected
    assert not planned().stale({path: data for path, data in found.items() if path.startswith("records/")})


def test_two_replays_are_the_same(made: Path, tmp_path: Path) -> None:
    assert replay.write(planned(), tmp_path / "again") == git(made, "rev-parse", "main").strip()


def test_whoever_began_can_go_on(made: Path) -> None:
    git(made, "commit", "--allow-empty", "-q", "-m", "更多")
    assert git(made, "log", "-1", "--format=%G?|%ae") == "G|YG0001@example.org\n"
    git(made, "reset", "-q", "--hard", "HEAD^")


# Acts


def act(name: str, files: dict[str, bytes] | None = None) -> dict[str, Any]:
    text = (files or dict(planned().files))[f"{DOCUMENT}/acts/{name}.yaml"]
    document = source.load(name, text).document
    assert document is not None
    return document.data


def test_acts_count_on_within_a_revision() -> None:
    names = sorted(path.rpartition("/")[2] for path in planned().files if "/acts/" in path)
    assert names == [
        "1-1-department.yaml",
        "1-2-department.yaml",
        "1-3-quality.yaml",
        "2-1-client.svg",
        "2-1-client.yaml",
        "2-2-quality.yaml",
    ]


def test_an_act_binds_what_the_folder_held() -> None:
    rejected, approved = act("1-1-department"), act("1-2-department")
    lines = (
        f"{hashlib.sha256('初稿'.encode() + bytes([10])).hexdigest()} 100644 JS2026001.md\n",
        f"{hashlib.sha256(facts(1, '初稿').encode()).hexdigest()} 100644 JS2026001.yaml\n",
    )
    assert rejected["content"] == "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()
    assert approved["content"] == act("1-3-quality")["content"] != rejected["content"]


def test_an_act_says_what_it_means_in_the_set_order() -> None:
    rejected = act("1-1-department")
    assert list(rejected) == [
        "record", "revision", "chain", "stage", "decision", "by", "date", "content", "meaning", "comment",
    ]  # fmt: skip
    assert rejected["decision"] == "rejected"
    assert rejected["comment"] == "缺: 依据"
    assert act("1-3-quality")["meaning"] == "质量审核通过"
    assert act("1-3-quality")["date"] == "2026-01-13"
    client = act("2-1-client")
    assert client["decision"] == "done"
    assert client["details"] == {"name": "客户", "position": "007"}
    assert client["evidence"] == [
        {"file": "2-1-client.svg", "sha256": hashlib.sha256(b"<svg/>\n").hexdigest()}
    ]


# Mistakes


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "write: [JS2026001@draft]",
            "write: [JS2026001@x]",
            "pulls[0] js2026001 commits[0]: JS2026001@x is neither",
        ),
        ("write: [JS2026001@draft]", "write: [QQ2026001]", "`QQ2026001` is no number"),
        ("write: [JS2026001@draft]", "write: [JS2026009]", "JS2026009 has no JS2026009.yaml"),
        ("2026-01-11T10:00", "2026-01-10T09:00", "2026-01-10T09:00 is not after 2026-01-10T10:00"),
        ("2026-01-11T10:00", "2026-02-30T09:00", "impossible-date"),
        (
            "merged: 2026-01-20T16:00",
            "merged: 2026-01-14T09:00",
            "but its last commit is of 2026-01-14T10:00",
        ),
        ("merged: 2026-02-20T16:00", "merged: 2026-01-19T16:00", "but stands after one of 2026-01-20T16:00"),
        ("by: YG0004, at: 2026-01-10", "by: YG0009, at: 2026-01-10", "YG0009 has no address"),
        (
            "stage: quality, date",
            "stage: technical, date",
            "has ['department', 'quality', 'client'], not technical",
        ),
        (
            "{record: JS2026001, stage: department}",
            "{record: JS2026002, stage: department}",
            "does not exist yet",
        ),
        ("write: [JS2026001]}", "write: [JS2026001@1]}", "changes nothing"),
        ("file: scan.svg", "file: other.svg", "evidence/other.svg is not there"),
        ("message: 修改, ", "", "commits[2]: `message` is missing"),
        ("message: 修改", "massage: 修改", "commits[2]: `massage` means nothing here"),
        ("via: forge", "via: fax", "`via` can only be forge"),
        ("write: [JS2026001@1]}", "write: []}", "neither write, remove nor act"),
        ("remove: [JS2026001]", "remove: [JS2026003]", "JS2026003 is not there to be removed"),
        ("write: [JS2026001]}", "write: [JS2026001@draft]}", "the version written last is not the one"),
        ("YG0003, YG0004]", "YG0004]", f"{STAFF}/YG0003/YG0003.yaml: no commit on main writes it"),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert told in "\n".join(mistakes(old, new))


def test_all_mistakes_are_told_at_once() -> None:
    text = STORY.replace("stage: quality, date", "stage: x, date").replace("file: scan.svg", "file: y")
    with pytest.raises(StoryError) as caught:
        planned(text)
    assert {mistake.partition(" ")[0] for mistake in caught.value.mistakes} >= {"pulls[0]", "pulls[1]"}


def test_a_file_that_main_has_changed_meanwhile_is_a_conflict() -> None:
    late = STORY.replace("at: 2026-02-01T10:00", "at: 2026-01-19T10:00")
    with pytest.raises(StoryError, match=r"main has changed .*JS2026001\.yaml as well"):
        planned(late)


def test_a_foreign_key_cannot_sign() -> None:
    own = GIVEN.records[f"{STAFF}/YG0002/YG0002.yaml"].replace(
        keys.public("YG0002").line.encode(), keys.public("YG0001").line.encode()
    )
    given = Materials(
        {**GIVEN.records, f"{STAFF}/YG0002/YG0002.yaml": own},
        GIVEN.earlier,
        GIVEN.evidence,
        GIVEN.chains,
        GIVEN.extra,
    )
    with pytest.raises(StoryError, match="the key of YG0002 is not the demonstration"):
        planned(given=given)


def test_without_a_registered_forge_key_the_forge_cannot_sign() -> None:
    path = "records/policy/review/review.yaml"
    review = GIVEN.records[path].replace(b"from: 2026-01-01", b"from: 2026-05-01")
    given = Materials(
        {**GIVEN.records, path: review}, GIVEN.earlier, GIVEN.evidence, GIVEN.chains, GIVEN.extra
    )
    with pytest.raises(StoryError, match="no forge key"):
        planned(given=given)


# Keys


def test_placeholders_and_older_keys_are_filled() -> None:
    old = sshsig.public_key(keys.private("somebody else"), "YG0003-2 demonstration").line
    text = f"a: @KEY@\nb: @KEY2@\nc: @FORGE_KEY@\nd: {old}\n".encode()
    holders = ("YG0003", "YG0003-2", "forge", "YG0003-2")
    expected = "".join(
        f"{name}: {keys.public(holder).line}\n" for name, holder in zip("abcd", holders, strict=True)
    )
    assert keys.filled(text, "YG0003").decode() == expected
    assert keys.filled(expected.encode(), "YG0003").decode() == expected
    assert keys.holder_of(keys.public("YG0003-2").line, "YG0003") == "YG0003-2"
    assert keys.holder_of(keys.public("YG0004").line, "YG0003") is None
    assert keys.holder_of("no key", "YG0003") is None


# The package's own


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory: Path = tmp_path_factory.mktemp("own") / "demo"
    replay.replay(directory, {".gitattributes": b"* -text\n"})
    return directory


def test_the_demonstration_is_sound(own: Path) -> None:
    assert git(own, "fsck", "--strict", "--full") == ""
    assert git(own, "status", "--porcelain") == ""


def test_every_signature_of_the_demonstration_verifies(own: Path) -> None:
    verdicts = git(own, "log", "--all", "--format=%G?").split()
    assert set(verdicts) == {"G", "N"}
    assert verdicts.count("G") > 20


def test_the_demonstration_ends_with_the_records(own: Path) -> None:
    held = {
        f"records/{path.relative_to(own / 'records').as_posix()}": path.read_bytes()
        for path in (own / "records").rglob("*")
        if path.is_file()
    }
    assert held == materials.written(), "to mend it: python scripts/demo.py --write"


def test_people_of_the_demonstration_have_derived_keys(own: Path) -> None:
    registered = 0
    for path in (own / "records").rglob("*.yaml"):
        for line in re.findall(r"ssh-ed25519 \S+ (\S+) demonstration", path.read_text(encoding="utf-8")):
            registered += 1
            assert line.partition("-")[0] in (path.stem, "forge", "escrow")
    assert registered


def test_the_script_says_when_acts_are_stale() -> None:
    script = resources.CHECKOUT / "scripts" / "demo.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"],
        env={**os.environ, "PYTHONPATH": str(resources.PACKAGE.parent)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
