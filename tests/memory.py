"""A registry in memory: the base of the samples with files laid over it, as pure parts see it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from muniment import policy, records, resources
from muniment.facts import Facts
from muniment.records import Tree
from muniment.schemas import Types
from samples import SAMPLES

TODAY = "2026-11-23"
FOLDERS = {
    "XM": "documents/XM",
    "JS": "documents/JS",
    "GL": "documents/GL",
    "QT": "documents/QT",
    "FW": "projects",
    "HY": "projects",
    "ZJ": "projects",
    "SH": "service",
    **dict.fromkeys(("JY", "XH", "BF"), "archive"),
    **dict.fromkeys(("PX", "ZP", "JX", "LZ"), "people"),
    **dict.fromkeys(("BX", "BJ", "SQ", "AF"), "secrecy"),
    "YG": "organization/staff",
    "KH": "organization/clients",
    "BM": "organization/departments",
}


@cache
def types() -> Types:
    files = sorted(resources.path("schemas").glob("*.json"))
    return Types.load([(file.name, file.read_bytes()) for file in files])[0]


@cache
def base() -> Mapping[str, bytes]:
    top = SAMPLES / "base"
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in top.rglob("*") if file.is_file()}


def folder(number: str) -> str:
    if number[:1].islower():
        return f"records/policy/{number}"
    year = "" if number[:2] in ("YG", "KH", "BM") else f"{number[2:6]}/"
    return f"records/{FOLDERS[number[:2]]}/{year}{number}"


def tree(files: Mapping[str, str | bytes | None]) -> Tree:
    """The base with these files; a path that starts with a number is taken from that record's folder."""
    whole: dict[str, bytes] = dict(base())
    for path, content in files.items():
        number, _, rest = path.partition("/")
        full = path if number == "records" else f"{folder(number)}/{rest or f'{number}.yaml'}"
        if content is None:
            whole.pop(full)
        else:
            whole[full] = content if isinstance(content, bytes) else content.encode()
    return Tree(dict.fromkeys(whole, "100644"), whole.__getitem__)


def facts(files: Mapping[str, str | bytes | None], today: str = TODAY) -> Facts:
    corpus = records.load(tree(files), types())
    assert not corpus.faults, corpus.faults
    rules = policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")
    given = frozenset(path for path in base() if path not in files)
    return Facts(corpus, types(), rules, today, given=given)


def acts(
    files: Mapping[str, str | bytes | None],
    number: str,
    *stages: tuple[str, ...],
    revision: int = 1,
    first: int = 1,
) -> dict[str, str]:
    """Acts for the record's content: each stage as (name, staff, date) with extra lines after that."""
    whole = tree(files)
    top = folder(number)
    own = [path for path in whole.modes if path.startswith(f"{top}/") and not path.startswith(f"{top}/acts/")]
    digest = whole.digest(top, own)
    found = {}
    for n, (stage, by, date, *extra) in enumerate(stages, first):
        lines = [
            f"record: {number}",
            f"revision: {revision}",
            *([] if any(line.startswith("chain:") for line in extra) else ["chain: document"]),
            f"stage: {stage}",
            *([] if any(line.startswith("decision:") for line in extra) else ["decision: approved"]),
            f"by: {by}",
            f"date: {date}",
            f"content: {digest}",
            *extra,
        ]
        name = f"{revision}-{f'read-{by}' if stage == 'read' else f'{n}-{stage}'}.yaml"
        found[f"{number}/acts/{name}"] = "\n".join(lines) + "\n"
    return found


def document(number: str, title: str, *lines: str) -> str:
    """The facts of a controlled document; `lines` are added or take the place of lines with the same field."""
    year = number[2:6]
    told = [
        "type: document",
        f"number: {number}",
        "revision: 1",
        f"title: {title}",
        f"class: {number[:2]}",
        "kind: manual",
        "department: BM01",
        "author: YG0006",
        f"created: {year}-03-02",
        f"updated: {year}-03-09",
    ]
    for line in lines:
        name = line.partition(":")[0]
        told = [each for each in told if each.partition(":")[0] != name] + [line]
    return "\n".join(told) + "\n"
