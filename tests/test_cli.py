"""The command line: exit codes, languages, and that no mistake of a user ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import openpyxl
import pytest

from console import run, unwritable
from muniment import cli
from muniment.terminal import half
from samples import base, commit, fingerprint, git, overlay

COMMANDS = sorted(cli.muniment.list_commands(click.Context(cli.muniment)))
STAFF = "records/organization/staff/YG0001/YG0001.yaml"
CLIENT = "records/organization/clients/KH0001/KH0001.yaml"
DOCUMENT = """\
type: document
number: JS2026001
revision: 1
title: 巡检手册  # 正式名称
class: JS
kind: manual
department: BM01
author: YG0006
created: 2026-02-01
updated: 2026-02-01
"""


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base(tmp_path_factory.mktemp("base") / "registry")


@pytest.fixture
def registry(sound: Path, tmp_path: Path) -> Path:
    """A sound registry of one's own, with a document that is under way."""
    root = tmp_path / "registry"
    shutil.copytree(sound, root, symlinks=True)
    write(root, "records/documents/JS/2026/JS2026001/JS2026001.yaml", DOCUMENT)
    write(
        root,
        "records/documents/JS/2026/JS2026001/JS2026001.md",
        "## 目的\n\n一致。\n\n## 适用范围\n\n全部设备。\n\n## 操作步骤\n\n逐项检查。\n",
    )
    return root


def is_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


def write(root: Path, path: str, content: str | bytes) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


# -- Help and languages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help_with_an_example_in_both_languages(
    tmp_path: Path, name: str, lang: str
) -> None:
    ran = run(tmp_path, name, "--help", "--lang", lang)
    assert ran.code == 0
    assert f"muniment {name}" in ran.out.partition("\n\n")[2]
    assert ("用法：" if lang == "zh" else "Usage: ") in ran.out
    assert is_chinese(ran.out.split("\n\n")[1]) == (lang == "zh")
    assert "---" not in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_the_same_options_in_both_languages(name: str) -> None:
    command = cli.muniment.get_command(click.Context(cli.muniment), name)
    assert command is not None
    for option in command.params:
        if isinstance(option, click.Option):
            assert half(option.help, "zh") != half(option.help, "en"), option.name


def test_group_help_lists_all_commands_in_the_order_of_their_use(tmp_path: Path) -> None:
    listed = run(tmp_path, "--help").out
    assert [name for name in COMMANDS if f"\n  {name} " in listed] == COMMANDS
    assert listed.index("  init ") < listed.index("  check ") < listed.index("  build ")


def test_no_line_of_chinese_help_is_wider_than_the_terminal(tmp_path: Path) -> None:
    for name in COMMANDS:
        for line in run(tmp_path, name, "--help", "--lang", "zh").out.splitlines():
            if not line.lstrip().startswith(("muniment", "用法")):
                assert sum(2 if ord(letter) > 0x2E00 else 1 for letter in line) <= 102, line


def test_language_comes_from_the_option_then_the_policy_then_the_terminal(
    registry: Path, tmp_path: Path
) -> None:
    assert "checked" in run(registry, "--lang", "en", "check").err
    assert "checked" in run(registry, "check", "--lang=en").err
    assert "已检查" in run(registry, "check").err
    assert "there is no rule" in run(tmp_path, "explain", "XXX999").err
    assert "没有规则" in run(tmp_path, "explain", "XXX999", MUNIMENT_LANG="zh").err
    assert "没有规则" in run(registry, "explain", "XXX999").err
    policy = registry / "records/policy/organization/organization.yaml"
    policy.write_text(policy.read_text().replace("languages: [zh, en]", "languages: [en, zh]"))
    if "languages: [en" in policy.read_text():
        assert "checked" in run(registry, "check").err


def test_today_stands_before_or_after_the_command(registry: Path) -> None:
    before = run(registry, "--today", "2031-05-06", "new", "client", "--set", "name=甲", "--dry-run")
    after = run(registry, "new", "client", "--set", "name=甲", "--dry-run", "--today", "2031-05-06")
    assert before.out == after.out
    assert "created: 2031-05-06" in after.out


def test_completion_is_offered(registry: Path) -> None:
    def offered(words: str) -> str:
        return run(
            registry, _MUNIMENT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(words.count(" "))
        ).out

    assert "bash" in run(registry, _MUNIMENT_COMPLETE="bash_source").out
    assert "plain,check" in offered("muniment che")
    assert "plain,client" in offered("muniment new cli")
    assert "plain,YG0001" in offered("muniment show YG0")
    assert "plain,in-force" in offered("muniment report in")
    assert "plain,NUM004" in offered("muniment explain num00")


def test_help_costs_little_more_than_python_itself() -> None:
    def least(*arguments: str) -> float:
        taken = []
        for _ in range(5):
            before = os.times()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            after = os.times()
            taken.append(
                after.children_user + after.children_system - before.children_user - before.children_system
            )
        return min(taken)

    # Processor time, which a busy machine stretches less than the clock; 0.1 s on a quiet one.
    assert least("-m", "muniment", "--help") - least("-c", "pass") < 0.3


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv[1:] = ['--help']\n"
        "from muniment import cli\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print([n for n in ('git', 'yaml', 'jsonschema', 'jinja2', 'mkdocs') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.endswith("[]\n")


# -- Exit codes ---------------------------------------------------------------------------------------------

WRONG_USE = [
    ((), "muniment"),
    (("chek",), "check"),
    (("check", "--fromat", "json"), "--format"),
    (("check", "--format", "xml"), "sarif"),
    (("check", "--format"), "--format"),
    (("check", "--today", "2026-13-01"), "2026-13-01"),
    (("check", "--lang", "fr"), "zh"),
    (("check", "../elsewhere"), "elsewhere"),
    (("-C", "nowhere", "check"), "nowhere"),
    (("explain", "NUM04"), "NUM004"),
    (("explain", "NUM004", "NUM005"), "NUM005"),
    (("show",), "NUMBER"),
    (("show", "YG0099"), "YG000"),
    (("show", "王建"), "YG0001"),
    (("show", "YG0001", "--format", "pdf"), "pdf"),
    (("report", "in-forc"), "in-force"),
    (("report", "staff", "--format", "ods"), "ods"),
    (("report", "staff", "--out", "records"), "records"),
    (("export",), "DIR"),
    (("export", "records"), "records"),
    (("export", ".gitattributes"), ".gitattributes"),
    (("export", ".gitattributes/x"), ".gitattributes"),
    (("attach", "KH0001"), "FILE"),
    (("attach", "KH0001", "nowhere.pdf"), "nowhere.pdf"),
    (("attach", "KH0001", "records"), "records"),
    (("attach", "KH0009", ".gitattributes"), "KH0001"),
    (("attach", "KH0001", ".gitattributes"), "gitattributes"),
    (("new",), "TYPE"),
    (("new", "clint"), "client"),
    (("new", "policy-review"), "policy"),
    (("new", "client", "--set", "name"), "name"),
    (("new", "client", "--set", "nam=甲"), "name"),
    (("build", "--audience", "secret"), "internal"),
    (("build",), "mkdocs.yml"),
    (("init", "."), "."),
    (("init", ".gitattributes"), ".gitattributes"),
    (("init", "records/new"), "records"),
    (("init", "../new", "--founder", "nobody"), "nobody"),
    (("init", "../new", "--founder", "A <a@x.example>", "--founder", "B <A@x.example>"), "a@x.example"),
]


@pytest.mark.parametrize(
    ("arguments", "named"), WRONG_USE, ids=[" ".join(case[0]) or "-" for case in WRONG_USE]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_use_ends_with_2_and_a_sentence(
    sound: Path, arguments: tuple[str, ...], named: str, lang: str
) -> None:
    before = fingerprint(sound)
    ran = run(sound, "--lang", lang, *arguments)
    assert ran.code == 2, ran
    assert ran.out == ""
    assert named in ran.err
    assert "Traceback" not in ran.err
    assert "Error:" not in ran.err
    assert "Usage:" not in ran.err or not arguments
    names = r"王建国?|周敏|孙丽|李娜"
    assert is_chinese(re.sub(names, "", ran.err)) == (lang == "zh") or not arguments
    assert fingerprint(sound) == before
    assert not (sound.parent / "new").exists()


FINE = [
    ("check",),
    ("check", "records/organization"),
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("check", "--format", "sarif"),
    ("explain",),
    ("explain", "num004"),
    ("explain", "gap-in-series"),
    ("show", "YG0001"),
    ("show", "yg0001"),
    ("show", "王建国"),
    ("show", "review", "--format", "json"),
    ("report",),
    ("report", "staff"),
    ("report", "人员档案"),
    ("report", "waiting", "--format", "json"),
    ("report", "gaps", "--format", "csv"),
    ("report", "client", "--format", "xlsx"),
    ("status",),
    ("status", "--mine"),
    ("status", "--format", "json"),
    ("new", "client", "--dry-run"),
    ("--version",),
]


@pytest.mark.parametrize("arguments", FINE, ids=" ".join)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_right_use_ends_with_0_and_writes_nothing(
    registry: Path, arguments: tuple[str, ...], lang: str
) -> None:
    before = fingerprint(registry)
    ran = run(registry / "records", "--lang", lang, *[a.removeprefix("records/") for a in arguments])
    assert ran.code == 0, ran
    assert ran.said
    assert fingerprint(registry) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("show", "YG0001"),
        ("report",),
        ("status",),
        ("new", "client"),
        ("build",),
        ("export", "x"),
        ("attach", "KH0001", __file__),
    ],
    ids=" ".join,
)
def test_outside_a_registry_it_says_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = run(tmp_path, *arguments)
    assert ran.code == 2
    assert "muniment init DIR" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_findings_end_with_1(registry: Path) -> None:
    write(registry, CLIENT, "type: client\nnumber: KH0001\n")
    assert run(registry, "check").code == 1
    assert run(registry, "check", "records/organization/staff").code == 0
    assert run(registry, "show", "KH0001").code == 1
    assert run(registry, "attach", "KH0001", str(registry / ".gitattributes")).code == 1


def test_of_a_policy_that_cannot_be_read_it_says_that_it_comes_first(registry: Path) -> None:
    policy = registry / "records" / "policy" / "review" / "review.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    result = run(registry, "--lang", "en", "check")
    assert result.code == 1
    assert "mend records/policy/review/review.yaml first" in result.err


def test_wrong_use_of_the_real_program(sound: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "chek"], cwd=sound, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "check" in done.stderr


def test_a_reader_that_went_away_is_no_fault(sound: Path) -> None:
    listing = subprocess.Popen(
        [sys.executable, "-m", "muniment", "explain"],
        cwd=sound,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert listing.stdout is not None
    listing.stdout.close()
    _, said = listing.communicate()
    assert said == b""
    assert listing.returncode == 0


def test_our_own_fault_is_called_ours(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from muniment import check

    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(check, "run", broken)
    ran = run(registry, "check")
    assert ran.code == 70
    assert "KeyError" in ran.err
    assert "MUNIMENT_DEBUG" in ran.err
    with pytest.raises(KeyError):
        run(registry, "check", MUNIMENT_DEBUG="1")


# -- Findings as data ---------------------------------------------------------------------------------------


def test_findings_as_json_keep_the_contract(registry: Path) -> None:
    write(registry, CLIENT, "type: client\nnumber: KH0001\ncreated: 2026-01-05\nnam: 甲\n")
    write(
        registry,
        "records/organization/clients/KH0005/KH0005.yaml",
        "type: client\nnumber: KH0005\nname: 乙\ncreated: 2026-01-06\n",
    )
    ran = run(registry, "check", "--format", "json")
    data = json.loads(ran.out)
    assert ran.code == 1
    assert list(data) == ["version", "summary", "findings"]
    assert data["version"] == 1
    assert list(data["summary"]) == ["records", "errors", "warnings", "verdict"]
    assert data["summary"]["verdict"] == "fail"
    assert data["summary"]["errors"] == sum(each["severity"] == "error" for each in data["findings"])
    for each in data["findings"]:
        assert list(each) == [
            "code",
            "severity",
            "path",
            "line",
            "column",
            "message",
            "help",
            "number",
            "related",
        ]
        assert each["path"].startswith("records/")
        assert "\\" not in each["path"]
        for related in each["related"]:
            assert list(related) == ["path", "line", "note"]
    order = [(each["path"], each["line"], each["column"], each["code"]) for each in data["findings"]]
    assert order == sorted(order)
    assert {"SCH003", "NUM004"} <= {each["code"] for each in data["findings"]}


def test_a_sound_registry_passes_as_json(sound: Path) -> None:
    data = json.loads(run(sound, "check", "--format", "json").out)
    assert data["summary"] == {
        "records": data["summary"]["records"],
        "errors": 0,
        "warnings": 0,
        "verdict": "pass",
    }
    assert data["findings"] == []


# -- Records, registers, what waits -------------------------------------------------------------------------


def test_show_says_what_a_page_says(registry: Path) -> None:
    out = run(registry, "show", "JS2026001").out
    for words in ("JS2026001", "巡检手册", "草稿", "内部", "BM01", "YG0006", "JS2026001.yaml"):
        assert words in out
    assert "YG0002" in out, "who may approve it"
    data = json.loads(run(registry, "show", "JS2026001", "--format", "json").out)
    assert data["number"] == "JS2026001"
    assert data["state"] == "draft"
    assert data["facts"]["kind"] == "manual"
    assert "JS2026001" in run(registry, "show", "YG0006").out, "who names it"


def test_a_deleted_record_is_told_from_one_that_never_was(registry: Path) -> None:
    commit(registry, "新增")
    shutil.rmtree(registry / "records/documents/JS/2026/JS2026001")
    commit(registry, "删除")
    assert "git log" in run(registry, "show", "JS2026001").err
    assert "git log" not in run(registry, "show", "JS2026002").err


def test_a_register_in_every_format_has_the_same_rows(registry: Path) -> None:
    text = run(registry, "report", "staff").out
    rows = list(
        csv.reader(io.StringIO(run(registry, "report", "staff", "--format", "csv").out.lstrip("\ufeff")))
    )
    data = json.loads(run(registry, "report", "staff", "--format", "json").out)
    assert run(registry, "report", "staff", "--out", str(registry.parent / "staff.xlsx")).code == 0
    sheet = openpyxl.load_workbook(registry.parent / "staff.xlsx").active
    assert sheet is not None
    assert len(rows) - 1 == len(data) == len(text.splitlines()) - 2 == sheet.max_row - 1 == 6
    assert data[0]["number"] == "YG0001"


def test_status_puts_my_own_first(registry: Path) -> None:
    data = json.loads(run(registry, "status", "--format", "json").out)
    assert data["me"] is None or data["me"].startswith("YG")
    git(registry, "config", "user.email", "chen.zhiqiang@example.com")
    ran = run(registry, "status", "--format", "json")
    data = json.loads(ran.out)
    assert data["me"] == "YG0002"
    assert [each["number"] for each in data["mine"]] == ["JS2026001"]
    assert data["counts"] == {"mine": 1, "written": 0, "others": 0, "nobody": 0}
    assert "others" not in json.loads(run(registry, "status", "--mine", "--format", "json").out)
    git(registry, "config", "user.email", "nobody@example.com")
    assert "nobody@example.com" in run(registry, "status").err


def test_my_drafts_are_listed_apart(registry: Path) -> None:
    email = "li.na@example.com"
    staff = registry / "records/organization/staff/YG0006/YG0006.yaml"
    assert email in staff.read_text()
    git(registry, "config", "user.email", email)
    data = json.loads(run(registry, "status", "--format", "json").out)
    assert [each["number"] for each in data["written"]] == ["JS2026001"]
    assert data["mine"] == []


# -- Export -------------------------------------------------------------------------------------------------


def test_export_writes_every_register_and_replaces_only_its_own(registry: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run(registry, "export", str(target)).code == 0
    before = fingerprint(target)
    names = {path for path in before if path.endswith((".csv", ".json", ".xlsx"))}
    assert {"records.json", "registers/client.csv", "registers/client.xlsx", "reports/in-force.json"} <= names
    listed = [each["number"] for each in json.loads((target / "records.json").read_text())]
    assert {"JS2026001", "YG0001", "review"} <= set(listed)
    assert run(registry, "export", str(target)).code == 0
    again = fingerprint(target)
    assert {path: entry[2] for path, entry in before.items()} == {
        path: entry[2] for path, entry in again.items()
    }
    write(target, "registers/old.csv", "x")
    assert run(registry, "export", str(target)).code == 2
    mark = json.loads((target / "export.json").read_text())
    mark["files"].append("registers/old.csv")
    (target / "export.json").write_text(json.dumps(mark))
    assert run(registry, "export", str(target)).code == 0
    assert not (target / "registers/old.csv").exists()


# -- Attachments --------------------------------------------------------------------------------------------


def test_attach_copies_the_file_and_keeps_comments(registry: Path, tmp_path: Path) -> None:
    scan = write(tmp_path, "签字 扫描件.pdf", b"%PDF-1.7 x")
    ran = run(registry, "attach", "JS2026001", str(scan), "--title", "签字页", "--kind", "扫描件")
    assert ran.code == 0, ran
    folder = registry / "records/documents/JS/2026/JS2026001"
    assert (folder / "files/签字 扫描件.pdf").read_bytes() == scan.read_bytes()
    assert DOCUMENT.rstrip() in (folder / "JS2026001.yaml").read_text()
    entry = json.loads(run(registry, "show", "JS2026001", "--format", "json").out)["facts"]["attachments"]
    assert entry[0]["title"] == "签字页"
    assert len(entry[0]["sha256"]) == 64
    assert run(registry, "check").code == 0
    assert run(registry, "attach", "JS2026001", str(scan)).code == 2, "it is there already"
    scan.write_bytes(b"other")
    assert run(registry, "attach", "JS2026001", str(scan)).code == 2, "it would be replaced"
    second = write(tmp_path, "b.txt", "b")
    assert run(registry, "attach", "js2026001", str(second)).code == 0
    assert run(registry, "check").code == 0


def test_attach_leaves_nothing_behind_when_the_check_would_be_worse(registry: Path, tmp_path: Path) -> None:
    before = fingerprint(registry)
    ran = run(registry, "attach", "YG0001", str(write(tmp_path, "a.txt", "a")), "--title", "x" * 300)
    assert ran.code == 1, ran
    assert "SCH008" in ran.err
    assert fingerprint(registry) == before


def test_attach_leaves_nothing_behind_when_writing_fails(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from muniment import rehearsal

    real = rehearsal.write_whole

    def full(path: Path, content: bytes) -> None:
        if path.suffix == ".yaml":
            raise OSError(28, "No space left on device", str(path))
        real(path, content)

    monkeypatch.setattr(rehearsal, "write_whole", full)
    before = fingerprint(registry)
    ran = run(registry, "attach", "YG0001", str(write(tmp_path, "a.txt", "a")), "--lang", "en")
    assert ran.code == 2
    assert "the disk is full" in ran.err
    assert {k: v[::2] for k, v in fingerprint(registry).items()} == {k: v[::2] for k, v in before.items()}


# -- What the world does to us ------------------------------------------------------------------------------


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_named(registry: Path) -> None:
    with unwritable(registry / "records/organization/clients"):
        ran = run(registry, "new", "client", "--set", "name=甲", "--lang", "en")
    assert ran.code == 2
    assert "permission is lacking" in ran.err


def test_a_file_in_the_way_is_named(registry: Path) -> None:
    write(registry, "records/projects", "")
    ran = run(registry, "new", "project", "--set", "client=KH0001", "--lang", "en")
    assert ran.code == 2
    assert "records/projects" in ran.err
    assert "in the way" in ran.err


def test_a_machine_without_git_is_told_so(sound: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "check", "--lang", "en"],
        cwd=sound, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done
    assert "Git is not installed" in done.stderr


def test_without_a_repository_the_records_are_checked_all_the_same(registry: Path) -> None:
    shutil.rmtree(registry / ".git")
    assert run(registry, "check").code == 0
    assert run(registry, "show", "YG0001").code == 0


def test_a_damaged_repository_gives_no_verdict(registry: Path) -> None:
    for pack in (registry / ".git/objects").glob("[0-9a-f][0-9a-f]/*"):
        pack.chmod(0o644)
        pack.write_bytes(b"junk")
    ran = run(registry, "check", "--lang", "en")
    assert ran.code == 3, ran
    assert "git fsck" in ran.err


# -- Bad input of every kind --------------------------------------------------------------------------------


def _everywhere(content: bytes) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        for path in (root / "records").rglob("*.yaml"):
            path.write_bytes(content)

    return damage


def _file(path: str, content: str | bytes) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        write(root, path, content)

    return damage


def _replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new))

    return damage


def _gone(path: str) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink()

    return damage


def _records_is_a_file(root: Path) -> None:
    shutil.rmtree(root / "records")
    (root / "records").write_text("x")


def _empty(root: Path) -> None:
    shutil.rmtree(root / "records")
    (root / "records/policy").mkdir(parents=True)


def _names(root: Path) -> None:
    for name in ("a b", "x\ny", "\u202eabc", "ＫＨ0002", "-rf", "~", "#", "é", "e\u0301", "." * 3, "x" * 200):
        write(root, f"records/{name}/{name}.yaml", "type: client\n")
    for folder, name in (
        ("records", b"\xff\xfe.yaml"),
        ("records/organization/clients/KH0001/files", b"\xff.pdf"),
    ):
        (root / folder).mkdir(exist_ok=True)
        Path(os.fsdecode(os.fsencode(root / folder) + b"/" + name)).write_bytes(b"type: client\n")


def _folder_named_like_a_file(root: Path) -> None:
    _gone(STAFF)(root)
    (root / STAFF).mkdir()


def _loop(root: Path) -> None:
    (root / "records/loop").symlink_to(root / "records")


def _pipe(root: Path) -> None:
    os.mkfifo(root / "records/pipe.yaml")


def _git_is_empty(root: Path) -> None:
    shutil.rmtree(root / ".git")
    (root / ".git").mkdir()


def _broken_git_file(root: Path) -> None:
    shutil.rmtree(root / ".git")
    (root / ".git").write_text("gitdir: /nowhere\n")


SCHEMA = "schemas/client.schema.json"
NUMBERING = "records/policy/numbering/numbering.yaml"
DAMAGE: dict[str, Callable[[Path], None]] = {
    "empty files": _everywhere(b""),
    "binary junk": _everywhere(bytes(range(256)) * 4),
    "zeros": _everywhere(b"\0" * 2000),
    "broken yaml": _everywhere(b"a: [1, {b: 'c\n  - x: : y\n"),
    "lists": _everywhere(b"- 1\n- 2\n"),
    "a scalar": _everywhere(b"42\n"),
    "utf-16": _everywhere("type: client\n".encode("utf-16")),
    "gbk": _file(STAFF, "type: staff\nname: 王建国\n".encode("gbk")),
    "half a character": _file(STAFF, "name: 王".encode()[:-1]),
    "deep nesting": _file(STAFF, b"a: " + b"[" * 5000 + b"]" * 5000),
    "deep blocks": _file(STAFF, "".join(f"{' ' * depth}a:\n" for depth in range(3000)).encode()),
    "huge file": _file(STAFF, b"a: b\n" * 600_000),
    "huge line": _file(STAFF, b"a: " + b"x" * 900_000),
    "huge number": _file(STAFF, b"type: staff\nnumber: YG0001\nrevision: " + b"9" * 5000),
    "alias bomb": _file(STAFF, b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
    "tags": _file(STAFF, b"!!python/object/apply:os.system ['true']\n"),
    "odd type": _file(STAFF, b"type: [staff]\nnumber: {a: 1}\n"),
    "odd number": _replaced(STAFF, "number: YG0001", "number: ../../../etc/passwd"),
    "odd emails": _replaced(STAFF, "emails: [wang.jianguo@example.com]", "emails: {a: b}"),
    "odd roles": _replaced(STAFF, "  - {role: leader}", "  - leader"),
    "no policy": _gone(NUMBERING),
    "no review": _gone("records/policy/review"),
    "odd series": _file(NUMBERING, "type: policy-numbering\nnumber: numbering\nseries: [XM]\n"),
    "odd zone": _replaced("records/policy/review/review.yaml", "Asia/Shanghai", "../../etc/passwd"),
    "negative digits": _replaced(NUMBERING, "digits: 4, folder: projects}", "digits: -4, folder: projects}"),
    "folder outside": _replaced(NUMBERING, "folder: projects}", "folder: ../../outside}"),
    "empty registry": _empty,
    "records is a file": _records_is_a_file,
    "odd names": _names,
    "a folder for a file": _folder_named_like_a_file,
    "broken schema": _file(SCHEMA, "{"),
    "odd schema": _file(SCHEMA, '{"x-record": 1, "type": [], "$ref": "#/x"}'),
    "schema is a list": _file(SCHEMA, "[]"),
    "loop": _loop,
    "pipe": _pipe,
    "git is a file": _broken_git_file,
    "git is empty": _git_is_empty,
    "head is junk": _file(".git/HEAD", "junk"),
}
ASKED = [
    ("check",),
    ("check", "--format", "sarif"),
    ("show", "YG0001"),
    ("show", "KH0001", "--format", "json"),
    ("report",),
    ("report", "staff"),
    ("report", "waiting"),
    ("status",),
    ("new", "client", "--set", "name=甲"),
    ("new", "document", "--set", "class=JS"),
    ("export", "../out"),
]


@pytest.mark.parametrize("name", DAMAGE)
def test_bad_input_ends_in_findings_or_a_sentence_and_never_in_a_traceback(
    sound: Path, tmp_path: Path, name: str
) -> None:
    root = tmp_path / "registry"
    shutil.copytree(sound, root, symlinks=True)
    DAMAGE[name](root)
    before = fingerprint(root)
    for arguments in ASKED:
        ran = run(root, *arguments)
        assert ran.code in (0, 1, 2, 3), (arguments, ran)
        assert "Traceback" not in ran.said, (arguments, ran)
        assert ran.said, arguments
        if arguments[0] != "new":
            assert fingerprint(root) == before, f"{arguments} wrote something"
        else:
            before = fingerprint(root)
    assert not (tmp_path.parent / "outside").exists()


def test_findings_of_samples_are_found_through_the_command(registry: Path) -> None:
    from samples import SAMPLES

    overlay(SAMPLES / "YML035" / "bad", registry)
    assert "YML035" in run(registry, "check").out


def test_status_of_a_record_says_whose_turn_it_is(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    assert run(tmp_path, "init", "demo", "--demo").code == 0
    shown = run(root, "status", "js2024004", "--lang", "en")
    assert shown.code == 0
    assert "→ leader's approval" in shown.out
    assert "YG0001" in shown.out
    assert run(root, "status", "XM2099001").code == 2
