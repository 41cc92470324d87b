"""Builds of generated registries, measured against MkDocs and Material on the same pages, and the audit against git's own look at
the same signatures; see `--help`."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path

from muniment import project, site, sshsig
from muniment.demo import keys
from muniment.findings import Lang
from muniment.i18n import LANGS
from muniment.objects import FILE, Person, Writer, create
from muniment.pages import Page

TOP = Path(__file__).resolve().parent.parent
BASE = TOP / "tests" / "samples" / "base"
WORK = TOP / "build" / "bench"
TABLE = TOP / "build" / "bench.md"

FOUNDED = date(2019, 3, 4)  # everybody of the base had joined by then
BOOKED = "2026-01-05"  # the day that the records of the base bear
TODAY = "2026-11-23"
AUTHOR = "YG0006"
CHAIN = (("department", "YG0002"), ("technical", "YG0003"), ("quality", "YG0004"))
KINDS = {
    "XM": ("requirements", "plan", "design", "test"),
    "JS": ("solution", "report", "specification"),
    "GL": ("service-rules", "project-management"),
    "QT": ("market", "industry"),
}
MKDOCS = """\
site_name: 登记库
theme: {name: material, language: zh, font: false, features: [navigation.tabs, search.highlight]}
plugins: [material/search]
nav: [index.md]
not_in_nav: "*"
validation: {links: {not_found: ignore, unrecognized_links: ignore, anchors: ignore}}
"""
# A pull request brings so many documents: a commit that drafts them, one of each approver, a merge.
BATCH = 5
SUBJECTS = ("机房", "供配电", "网络", "存储", "数据库", "门户网站", "监控", "备份", "空调", "消防")
MATTERS = ("巡检", "改造", "验收", "迁移", "评估", "培训", "应急演练", "性能测试", "安全加固", "年度总结")
SENTENCES = (
    "本阶段按照合同约定的范围开展工作，所有偏差均已记录并经双方确认。",
    "测试环境与生产环境的配置差异不超过附表所列各项。",
    "The measured response time stayed below the agreed limit in every run.",
    "发现的问题按严重程度分级，一级问题在四小时内恢复服务。",
    "Spare parts are kept on site and counted at the end of each quarter.",
    "相关人员已接受操作培训，并通过现场考核。",
    "数据校验采用双人复核，原始记录随文件归档。",
    "变更须经评审后实施，回退方案应在实施前演练一次。",
)


@dataclass(frozen=True)
class Sample:
    """One run: seconds by the wall, seconds of processor, peak memory in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Comparison:
    """Runs of both sides in turn, and what each of them wrote: the same pages, and files in all."""

    pages: int
    our_files: int
    their_files: int
    ours: list[Sample]
    theirs: list[Sample]


@dataclass(frozen=True)
class Audited:
    """The audit of a history in which every commit is signed, git's own judgement of some of its signatures, and the check of a
    pull request with one record in it.
    """

    commits: int
    ours: Sample
    asked: int
    theirs: Sample
    pull: Sample


@dataclass(frozen=True)
class Growth:
    """A build from nothing, one after one record has changed, and how many files that one wrote anew."""

    cold: Sample
    again: Sample
    changed: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, help="in the comparison (default 1000)")
    parser.add_argument(
        "--pairs", type=int, default=5, help="alternating runs of both, of which the median counts"
    )
    parser.add_argument(
        "--growth", type=int, default=10_000, help="documents of a build of ours alone; 0: none"
    )
    parser.add_argument(
        "--audit", type=int, default=2000, help="documents of which every commit is signed; 0: none"
    )
    asked = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    parts = []
    if asked.pairs:
        compared = compare(asked.documents, asked.pairs)
        parts += report(asked, compared, measure_growth(asked.growth) if asked.growth else None)
    if asked.audit:
        parts += audit_report(asked.audit, measure_audit(asked.audit))
    text = "\n".join([*parts, "", f"Measured on {MACHINE}.", ""])
    TABLE.write_text(text, encoding="utf-8")
    print(text)
    print(f"written to {TABLE.relative_to(TOP)}")
    return 0


# -- The corpus ---------------------------------------------------------------------------------------------


def generate(root: Path, documents: int, *, batch_size: int = BATCH, signed: bool = False) -> None:
    """A sound registry of so many approved documents, with about as many commits; with `signed` each by its author's key. The
    same for the same number.
    """
    if root.exists():
        shutil.rmtree(root)
    dice = random.Random(documents)  # noqa: S311 - made-up texts, no secrets
    git_dir = create(root)
    with Writer(git_dir) as writer:
        people = {path.stem: _person(path) for path in (BASE / "records/organization/staff").glob("*/*.yaml")}
        tree = writer.tree({path: (FILE, writer.blob(data)) for path, data in _base(signed=signed)})
        commit = partial(_commit, writer, people, signed)
        main = commit(tree, [], "YG0001", _at(FOUNDED, 9), "开始登记")
        serials: dict[str, int] = {}
        for start in range(0, documents, batch_size):
            day = FOUNDED + timedelta(days=7 + start * 2800 // documents)
            batch = [
                _document(serials, dice, day, start + offset)
                for offset in range(min(batch_size, documents - start))
            ]
            main, tree = _pull(writer, commit, main, tree, batch, day)
        writer.ref("refs/heads/main", main)
        writer.flush()
        writer.check_out(tree, root)


def _commit(
    writer: Writer,
    people: Mapping[str, Person],
    signed: bool,
    tree: str,
    parents: list[str],
    who: str,
    at: tuple[int, str],
    message: str,
) -> str:
    sign = (lambda payload: sshsig.sign(payload, keys.private(who))) if signed else None
    return writer.commit(tree, parents, author=people[who], at=at, message=message, sign=sign)


def _pull(
    writer: Writer,
    commit: Callable[[str, list[str], str, tuple[int, str], str], str],
    main: str,
    tree: str,
    batch: list[tuple[str, dict[str, bytes]]],
    day: date,
) -> tuple[str, str]:
    """A branch with documents and their acts, merged; the new commit and tree of main."""
    head = main
    files = {f"{folder}/{name}": data for folder, content in batch for name, data in content.items()}
    tree = writer.tree({path: (FILE, writer.blob(data)) for path, data in files.items()}, tree)
    head = commit(tree, [head], AUTHOR, _at(day, 9), "起草")
    for step, (stage, person) in enumerate(CHAIN, 1):
        acts = {
            f"{folder}/acts/1-{step}-{stage}.yaml": _act(folder, content, stage, person, day)
            for folder, content in batch
        }
        tree = writer.tree({path: (FILE, writer.blob(data)) for path, data in acts.items()}, tree)
        head = commit(tree, [head], person, _at(day, 9 + step), f"审批：{stage}")
    return commit(tree, [main, head], "YG0001", _at(day, 15), "合并"), tree


def _base(*, signed: bool) -> Iterator[tuple[str, bytes]]:
    """The base of the samples as it would have been founded years earlier, with room for many numbers and, where commits are
    signed, with everybody's key.
    """
    yield ".gitattributes", b"* -text\n"
    yield "mkdocs.yml", (TOP / "plugins/muniment/starter/mkdocs.yml").read_bytes()
    yield "docs/zh/company.md", (TOP / "plugins/muniment/starter/docs/zh/company.md").read_bytes()
    for file in sorted(BASE.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8").replace(BOOKED, FOUNDED.isoformat())
        if signed and file.parent.parent.name == "staff":
            text += f"signing_keys:\n  - {{key: {keys.public(file.stem).line}, from: {FOUNDED}}}\n"
        yield (
            file.relative_to(BASE).as_posix(),
            text.replace("digits: 3,", "digits: 3, widen: true,").encode(),
        )


def _document(
    serials: dict[str, int], dice: random.Random, day: date, position: int
) -> tuple[str, dict[str, bytes]]:
    """A document's folder and its files: facts of half to two KB, a long body for one in three."""
    letters = tuple(KINDS)[position % len(KINDS)]
    series = f"{letters}{day.year}"
    serials[series] = serials.get(series, 0) + 1
    number = f"{series}{serials[series]:03}"
    title = (
        f"{dice.choice(SUBJECTS)}{dice.choice(MATTERS)}{'报告' if position % 2 else ' report'} {position + 1}"
    )
    facts = "\n".join(
        [
            "type: document",
            f"number: {number}",
            "revision: 1",
            f"title: {title}",
            "department: BM01",
            f"author: {AUTHOR}",
            f"created: {day}",
            f"updated: {day}",
            f"class: {letters}",
            f"kind: {dice.choice(KINDS[letters])}",
            *(["retention: {years: 10, reason: 单独约定}"] if letters == "QT" else []),
            f"paper: {{room: 档案室, shelf: A{position % 9}, box: {letters}-{day.year}-01, pages: {position % 80 + 1}}}",
            "notes: " + "".join(dice.choices(SENTENCES, k=dice.randint(3, 14))).replace(": ", "："),
            "",
        ]
    )
    paragraphs = dice.randint(6, 18) if position % 3 == 0 else 1
    body = "".join(
        f"## {n} {dice.choice(MATTERS)}\n\n{''.join(dice.choices(SENTENCES, k=4))}\n\n"
        for n in range(1, paragraphs + 1)
    )
    folder = f"records/documents/{letters}/{day.year}/{number}"
    return folder, {f"{number}.yaml": facts.encode(), f"{number}.md": body.encode()}


def _act(folder: str, content: Mapping[str, bytes], stage: str, person: str, day: date) -> bytes:
    rows = "".join(f"{hashlib.sha256(content[name]).hexdigest()} 100644 {name}\n" for name in sorted(content))
    digest = hashlib.sha256(rows.encode()).hexdigest()
    return (
        f"record: {folder.rpartition('/')[2]}\nrevision: 1\nchain: document\nstage: {stage}\ndecision: approved\n"
        f"by: {person}\ndate: {day}\ncontent: sha256:{digest}\ncomment: 内容完整，同意。\n"
    ).encode()


def _person(path: Path) -> Person:
    facts = dict(
        line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines() if ": " in line
    )
    return Person(facts["name"], facts["emails"].strip("[]"))


def _at(day: date, hour: int) -> tuple[int, str]:
    return (day - date(1970, 1, 1)).days * 86_400 + (hour - 8) * 3_600, "+0800"


# -- The other side -----------------------------------------------------------------------------------------


def translate(registry: Path, target: Path) -> frozenset[str]:
    """Every page of our site as a Markdown file for MkDocs, outside the navigation, and every file of data beside them; the
    paths of the finished pages.

    The bodies are ours, finished: a table of a thousand rows in Markdown would cost MkDocs more. What our search leaves out,
    its search leaves out, too.
    """
    if target.exists():
        shutil.rmtree(target)
    docs = target / "docs"
    for lang in LANGS:
        shutil.copytree(TOP / "docs" / lang, docs / _prefix(lang) / "handbook")
    (target / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    pages = set()
    for part in site.pages(project.load_for_site(registry, TODAY).facts):
        file = docs / (f"{part.address}index.md" if isinstance(part, Page) else part.path)
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(part, Page):
            meta = "" if part.search is not None else "---\nsearch: {exclude: true}\n---\n"
            file.write_text(f"{meta}# {part.title}\n\n{part.body}\n", encoding="utf-8")
            pages.add(part.path)
        else:
            file.write_bytes(part.content)
    return frozenset(pages)


def _prefix(lang: Lang) -> str:
    return "" if lang == LANGS[0] else f"{lang}/"


# -- Measuring ----------------------------------------------------------------------------------------------


def compare(documents: int, pairs: int) -> Comparison:
    registry, target = WORK / f"registry-{documents}", WORK / f"mkdocs-{documents}"
    print(f"generating {documents} documents ...", flush=True)
    generate(registry, documents)
    pages = translate(registry, target)
    print("a run of each that does not count ...", flush=True)
    files = []
    for builder, source in ((build, registry), (build_theirs, target)):
        out = _fresh()
        builder(source, out)
        made = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        if missing := pages - made:
            sys.exit(f"{len(missing)} pages were not built, such as {min(missing)}")
        files.append(len(made))
    print(f"{len(pages)} pages and the handbook; {pairs} pairs ...", flush=True)
    ours, theirs = [], []
    for pair in range(pairs):
        ours.append(build(registry, _fresh()))
        theirs.append(build_theirs(target, _fresh()))
        print(f"  {pair + 1}: {ours[-1].wall:.1f} s and {theirs[-1].wall:.1f} s", flush=True)
    return Comparison(len(pages), files[0], files[1], ours, theirs)


def measure_growth(documents: int) -> Growth:
    """A build from nothing, and one after a record has changed."""
    registry = WORK / f"registry-{documents}"
    print(f"generating {documents} documents ...", flush=True)
    generate(registry, documents)
    out = _fresh()
    cold = build(registry, out)
    client = registry / "records/organization/clients/KH0001/KH0001.yaml"
    client.write_text(client.read_text(encoding="utf-8") + "notes: 联系人已更换。\n", encoding="utf-8")
    before = time.time_ns()
    again = build(registry, out)
    changed = sum(path.stat().st_mtime_ns >= before for path in out.rglob("*") if path.is_file())
    return Growth(cold, again, changed)


def measure_audit(documents: int) -> Audited:
    """Our verdict on every signature against git's on some of them, which takes long enough."""
    registry = WORK / f"signed-{documents}"
    print(f"generating {documents} documents with every commit signed ...", flush=True)
    generate(registry, documents, batch_size=1, signed=True)
    signers = WORK / "allowed_signers"
    people = {path.stem: _person(path) for path in (BASE / "records/organization/staff").glob("*/*.yaml")}
    signers.write_text("".join(f"{each.email} {keys.public(who).line}\n" for who, each in people.items()))
    git = ["git", "-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers.resolve()}"]
    commits = int(subprocess.check_output([*git, "rev-list", "--count", "main"], cwd=registry))
    run([_program("muniment"), "--help"], registry)
    ours = run([_program("muniment"), "audit"], registry)
    asked = min(commits, 500)
    theirs = run([*git, "log", f"-{asked}", "--format=%G?", "main"], registry)
    subprocess.run([*git, "checkout", "--quiet", "-b", "draft"], cwd=registry, check=True)
    client = registry / "records/organization/clients/KH0001/KH0001.yaml"
    client.write_text(client.read_text(encoding="utf-8") + "notes: 联系人已更换。\n", encoding="utf-8")
    who = people[AUTHOR]
    named = ["-c", f"user.name={who.name}", "-c", f"user.email={who.email}"]
    subprocess.run([*git, *named, "commit", "--quiet", "-am", "更新联系人"], cwd=registry, check=True)
    pull = run([_program("muniment"), "check", "--base", "main"], registry)
    return Audited(commits, ours, asked, theirs, pull)


def build(registry: Path, out: Path) -> Sample:
    return run([_program("muniment"), "build", "--out", str(out), "--today", TODAY], registry)


def build_theirs(target: Path, out: Path) -> Sample:
    return run([_program("mkdocs"), "build", "--quiet", "--site-dir", str(out)], target)


def run(command: list[str], folder: Path) -> Sample:
    """One run in a process of its own. Its last page is waited for; writing to disk is part of the work."""
    # Nobody but a developer keeps Python from remembering what it compiled, and then it would be most of a small build.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"NO_MKDOCS_2_WARNING": "1", "MUNIMENT_LANG": "en"}
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.read().decode()[-4000:]}")
    # The memory is that of the largest process of the run.
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _fresh() -> Path:
    out = WORK / "out"
    if out.exists():
        shutil.rmtree(out)
    return out


# -- The report ---------------------------------------------------------------------------------------------


MACHINE = f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def audit_report(documents: int, found: Audited) -> list[str]:
    cpu, wall = (
        getattr(found.theirs, kind) / found.asked * found.commits / getattr(found.ours, kind)
        for kind in ("cpu", "wall")
    )
    return [
        "",
        f"# Audit of {documents} documents, {found.commits} commits, all signed",
        "",
        f"`muniment audit`: {found.ours.wall:.1f} s, {found.ours.cpu:.1f} s of processor, {found.ours.memory:.0f} MB. "
        f"`git log --format=%G?` with everybody's key, {found.asked} of these commits: {found.theirs.wall:.1f} s, "
        f"{found.theirs.cpu:.1f} s of processor; for all of them **{wall:.1f}** times our time and **{cpu:.1f}** times our processor time.",
        "",
        f"`muniment check --base main` of one record there: {found.pull.wall:.2f} s, {found.pull.cpu:.2f} s of processor.",
    ]


def report(asked: argparse.Namespace, compared: Comparison, larger: Growth | None) -> list[str]:
    sides = compared.ours, compared.theirs
    ratio, less = (
        statistics.median(
            getattr(their, kind) / getattr(our, kind) for our, their in zip(*sides, strict=True)
        )
        for kind in ("wall", "cpu")
    )
    our_wall, their_wall = (statistics.median(sample.wall for sample in side) for side in sides)
    our_cpu, their_cpu = (statistics.median(sample.cpu for sample in side) for side in sides)
    our_memory, their_memory = (max(sample.memory for sample in side) for side in sides)
    lines = [
        f"# {asked.documents} documents, built {asked.pairs} times by each, alternating; medians",
        "",
        f"| | muniment {version('muniment')} | MkDocs {version('mkdocs')} + Material {version('mkdocs-material')} | ratio |",
        "|---|---:|---:|---:|",
        f"| seconds | {our_wall:.1f} | {their_wall:.1f} | **{ratio:.1f}** |",
        f"| seconds of processor | {our_cpu:.1f} | {their_cpu:.1f} | **{less:.1f}** |",
        f"| MB of memory, largest process | {our_memory:.0f} | {their_memory:.0f} | {their_memory / our_memory:.1f} |",
        f"| pages of the registry | {compared.pages} | {compared.pages} | |",
        f"| files in all | {compared.our_files} | {compared.their_files} | |",
        "",
        "```",
        *(
            _bar(name, wall, max(our_wall, their_wall))
            for name, wall in (("muniment", our_wall), ("MkDocs", their_wall))
        ),
        "```",
        "",
        "Fresh output folder each time, after a run of each that does not count. MkDocs gets every page of our site, in both languages, as "
        "a file outside the navigation, with the body as finished HTML, and the files of data to copy; both use Material with its search, "
        "and leave the same pages out of it. Ours also reads, checks and renders the records, reads Git's history and audits it, and writes "
        "those CSV, XLSX and JSON files. Our search holds a short entry for each record, Material's the whole page.",
    ]
    if larger:
        times = larger.cold.cpu / our_cpu
        lines += [
            "",
            f"## Growth: {asked.growth} documents",
            "",
            f"{larger.cold.wall:.1f} s, {larger.cold.cpu:.1f} s of processor, {larger.cold.memory:.0f} MB in the largest process: "
            f"{times:.1f} times the processor time for {asked.growth / asked.documents:g} times the documents.",
            "",
            f"The same again after one record has changed: {larger.again.wall:.1f} s, {larger.again.cpu:.1f} s of processor; "
            f"{larger.changed} files are written, all others keep their bytes and their time.",
        ]
    return lines


def _bar(name: str, value: float, largest: float) -> str:
    return f"{name:<9} {'█' * max(1, round(value / largest * 60))} {value:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
