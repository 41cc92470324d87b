"""Builds of generated registries, measured against MkDocs and Material on the same pages; see `--help`."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

from muniment import project, site
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, help="in the comparison (default 1000)")
    parser.add_argument(
        "--pairs", type=int, default=5, help="alternating runs of both, of which the median counts"
    )
    parser.add_argument(
        "--growth", type=int, default=10_000, help="documents of a build of ours alone; 0: none"
    )
    asked = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    ours, theirs = compare(asked.documents, asked.pairs)
    larger = measure_growth(asked.growth) if asked.growth else None
    text = report(asked, ours, theirs, larger)
    TABLE.write_text(text, encoding="utf-8")
    print(text)
    print(f"written to {TABLE.relative_to(TOP)}")
    return 0


# -- The corpus ---------------------------------------------------------------------------------------------


def generate(root: Path, documents: int) -> None:
    """A sound registry of so many approved documents, with about as many commits. The same for the same number."""
    if root.exists():
        shutil.rmtree(root)
    dice = random.Random(documents)  # noqa: S311 - made-up texts, no secrets
    git_dir = create(root)
    with Writer(git_dir) as writer:
        people = {path.stem: _person(path) for path in (BASE / "records/organization/staff").glob("*/*.yaml")}
        tree = writer.tree({path: (FILE, writer.blob(data)) for path, data in _base()})
        main = writer.commit(tree, author=people["YG0001"], at=_at(FOUNDED, 9), message="开始登记")
        serials: dict[str, int] = {}
        for start in range(0, documents, BATCH):
            day = FOUNDED + timedelta(days=7 + start * 2800 // documents)
            batch = [
                _document(serials, dice, day, start + offset)
                for offset in range(min(BATCH, documents - start))
            ]
            main, tree = _pull(writer, people, main, tree, batch, day)
        writer.ref("refs/heads/main", main)
        writer.flush()
        writer.check_out(tree, root)


def _pull(
    writer: Writer,
    people: Mapping[str, Person],
    main: str,
    tree: str,
    batch: list[tuple[str, dict[str, bytes]]],
    day: date,
) -> tuple[str, str]:
    """A branch with documents and their acts, merged; the new commit and tree of main."""
    head = main
    files = {f"{folder}/{name}": data for folder, content in batch for name, data in content.items()}
    tree = writer.tree({path: (FILE, writer.blob(data)) for path, data in files.items()}, tree)
    head = writer.commit(tree, [head], author=people[AUTHOR], at=_at(day, 9), message="起草")
    for step, (stage, person) in enumerate(CHAIN, 1):
        acts = {
            f"{folder}/acts/1-{step}-{stage}.yaml": _act(folder, content, stage, person, day)
            for folder, content in batch
        }
        tree = writer.tree({path: (FILE, writer.blob(data)) for path, data in acts.items()}, tree)
        head = writer.commit(
            tree, [head], author=people[person], at=_at(day, 9 + step), message=f"审批：{stage}"
        )
    merged = writer.commit(tree, [main, head], author=people["YG0001"], at=_at(day, 15), message="合并")
    return merged, tree


def _base() -> Iterator[tuple[str, bytes]]:
    """The base of the samples as it would have been founded years earlier, with room for many numbers."""
    yield ".gitattributes", b"* -text\n"
    yield "mkdocs.yml", (TOP / "plugins/muniment/starter/mkdocs.yml").read_bytes()
    yield "docs/zh/company.md", (TOP / "plugins/muniment/starter/docs/zh/company.md").read_bytes()
    for file in sorted(BASE.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8").replace(BOOKED, FOUNDED.isoformat())
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


def translate(registry: Path, target: Path) -> int:
    """Every page of our site as a Markdown file for MkDocs, outside the navigation; their number.

    The bodies are ours, finished: a table of a thousand rows in Markdown would cost MkDocs more. What our search leaves out,
    its search leaves out, too.
    """
    if target.exists():
        shutil.rmtree(target)
    docs = target / "docs"
    for lang in LANGS:
        shutil.copytree(TOP / "docs" / lang, docs / _prefix(lang) / "handbook")
    (target / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    pages = len(list(docs.rglob("*.md")))
    for page in site.pages(project.load(registry, TODAY, history=True).facts):
        if isinstance(page, Page):
            file = docs / page.address / "index.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            meta = "" if page.search is not None else "---\nsearch: {exclude: true}\n---\n"
            file.write_text(f"{meta}# {page.title}\n\n{page.body}\n", encoding="utf-8")
            pages += 1
    return pages


def _prefix(lang: Lang) -> str:
    return "" if lang == LANGS[0] else f"{lang}/"


# -- Measuring ----------------------------------------------------------------------------------------------


def compare(documents: int, pairs: int) -> tuple[list[Sample], list[Sample]]:
    registry, target = WORK / f"registry-{documents}", WORK / f"mkdocs-{documents}"
    print(f"generating {documents} documents ...", flush=True)
    generate(registry, documents)
    pages = translate(registry, target)
    print(f"{pages} pages for MkDocs; {pairs} pairs ...", flush=True)
    ours, theirs = [], []
    for pair in range(pairs):
        ours.append(build(registry))
        theirs.append(run([_program("mkdocs"), "build", "--quiet", "--site-dir", str(_fresh())], target))
        print(f"  {pair + 1}: {ours[-1].wall:.1f} s and {theirs[-1].wall:.1f} s", flush=True)
    return ours, theirs


def measure_growth(documents: int) -> Sample:
    registry = WORK / f"registry-{documents}"
    print(f"generating {documents} documents ...", flush=True)
    generate(registry, documents)
    return build(registry)


def build(registry: Path) -> Sample:
    return run([_program("muniment"), "build", "--out", str(_fresh()), "--today", TODAY], registry)


def run(command: list[str], folder: Path) -> Sample:
    """One run in a process of its own. Its last page is waited for; writing to disk is part of the work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "MUNIMENT_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(
            f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    # The peak is that of the largest child so far, so it means something for the first large run only.
    return Sample(
        wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024
    )


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _fresh() -> Path:
    out = WORK / "out"
    if out.exists():
        shutil.rmtree(out)
    return out


# -- The report ---------------------------------------------------------------------------------------------


def report(asked: argparse.Namespace, ours: list[Sample], theirs: list[Sample], larger: Sample | None) -> str:
    ratio = statistics.median(their.wall / our.wall for our, their in zip(ours, theirs, strict=True))
    our_wall, their_wall = (statistics.median(sample.wall for sample in side) for side in (ours, theirs))
    our_cpu, their_cpu = (statistics.median(sample.cpu for sample in side) for side in (ours, theirs))
    lines = [
        f"# {asked.documents} documents, built {asked.pairs} times by each, alternating; medians",
        "",
        f"| | muniment {version('muniment')} | MkDocs {version('mkdocs')} + Material {version('mkdocs-material')} | ratio |",
        "|---|---:|---:|---:|",
        f"| seconds | {our_wall:.1f} | {their_wall:.1f} | **{ratio:.1f}** |",
        f"| seconds of processor | {our_cpu:.1f} | {their_cpu:.1f} | {their_cpu / our_cpu:.1f} |",
        "",
        "```",
        *(
            _bar(name, wall, max(our_wall, their_wall))
            for name, wall in (("muniment", our_wall), ("MkDocs", their_wall))
        ),
        "```",
        "",
        "Fresh output folder each time. MkDocs gets every page of our site, in both languages, as a file outside the navigation, with the "
        "body as finished HTML; both use Material with its search, and leave the same pages out of it. Ours also reads, checks and "
        "renders the records, reads Git's history, and writes CSV, XLSX and JSON. Our search holds a short entry for each record, "
        "Material's the whole page.",
    ]
    if larger:
        times = larger.cpu / our_cpu
        lines += [
            "",
            f"## Growth: {asked.growth} documents",
            "",
            f"{larger.wall:.1f} s, {larger.cpu:.1f} s of processor, {larger.memory:.0f} MB at most: {times:.1f} times the processor time "
            f"for {asked.growth / asked.documents:g} times the documents.",
        ]
    machine = f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return "\n".join([*lines, "", f"Measured on {machine}.", ""])


def _bar(name: str, value: float, largest: float) -> str:
    return f"{name:<9} {'█' * max(1, round(value / largest * 60))} {value:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
