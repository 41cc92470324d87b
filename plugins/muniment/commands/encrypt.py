"""muniment encrypt"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muniment import completion
from muniment.commands.act import PUSH, find, now, refusing
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, identity_option, progress, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.keystore import Ring
    from muniment.project import Loaded
    from muniment.records import Record
    from muniment.sealing import Impossible, Plain, Sealed

ORDER = 70
_WHICH = Text(
    "say which: muniment encrypt NUMBER…, or all of a type: muniment encrypt --type TYPE",
    "请指明记录：muniment encrypt 编号…，或按类型全部加密：muniment encrypt --type 类型",
)
_NO_TYPE = Text("there is no type `{name}`", "没有类型 `{name}`")
_NO_RECORD = Text(
    "{path} lies in no record; copy it into one first: muniment attach NUMBER {path}",
    "{path} 不属于任何记录；请先加入记录：muniment attach 编号 {path}",
)
_NONE = Text("no record of that type stands in plain text", "该类型没有明文记录")
WORSE = Text(
    "the check would then find what it does not find now; nothing was written",
    "加密之后检查会出现新的问题；没有写入任何内容",
)
_EDIT = Text("{path} cannot be edited: {why}", "无法修改 {path}：{why}")
_COMMITTED = Text(
    "{path} of {number} is committed in plain text, and an act never changes: begin the branch anew without it and act again;"
    " what main has already, tell the secrecy officer",
    "{number} 的 {path} 已以明文提交，而审批文件不得改动：请重做该分支并重新办理；如已进入 main，请告知保密管理员",
)
_DONE = Text(
    "{number}: encrypted to {names}, and to the escrow",
    "{number}：已加密，可读取的人员：{names}，另有托管密钥",
)
_HISTORY = Text(
    "{number} lies in {count} earlier commits in plain text ({first} was the first): whoever has them can read it. If no other"
    " clone has them yet, write the branch anew: git rebase -i; otherwise tell the secrecy officer",
    "{number} 的明文已在 {count} 次提交中（最早是 {first}）：持有这些提交的人都能读到。若尚未推送，请改写分支：git rebase -i；否则请告知保密管理员",
)


@as_command()
@click.argument("what", metavar="[NUMBER|PATH]...", nargs=-1, shell_complete=completion.numbers)
@click.option("--type", "kind", metavar="TYPE", help="All records of a type. --- 某一类型的全部记录。")
@click.option(
    "--custodian", metavar="STAFF", help="Who keeps it, entered in the record. --- 保管人，写入记录。"
)
@click.option(
    "--reader",
    "readers",
    multiple=True,
    metavar="STAFF",
    help="Who may read it besides, entered in the record. --- 知悉人员，写入记录，可多次使用。",
)
@click.option(
    "--level",
    type=click.Choice(["confidential", "core"]),
    help="Its level, entered in the record. --- 密级，写入记录。",
)
@click.option(
    "--mask-title/--keep-title",
    default=None,
    help="Whether the title is sealed too; it is where facts are sealed. --- 标题是否一并封存；事实封存时默认封存。",
)
@identity_option
def command(
    settings: Settings,
    what: tuple[str, ...],
    kind: str | None,
    custodian: str | None,
    readers: tuple[str, ...],
    level: str | None,
    mask_title: bool | None,
) -> None:
    """Encrypt a record's body and attachments, and of sealed types its facts, to those who may read them.

    Each time a new key is made for the record and wrapped to its custodian, its readers, those whom the policy names for its
    level, and the escrow. Number, title, department, dates and level stay readable. Approvals bind what is encrypted.

    \b
      muniment encrypt XM2026007 --level confidential --custodian YG0013 --reader YG0004
      muniment encrypt records/documents/XM/2026/XM2026007/files/offer.pdf
      muniment encrypt --type evaluation --custodian YG0006
    ---
    把记录的正文和附件加密给有权知悉的人；封存类型的记录连同事实一起加密。

    每次加密都会为记录新建密钥，分发给保管人、记录所列知悉人员、制度规定的该密级知悉人员和托管密钥。编号、标题、部门、日期、密级仍可见。
    审批针对的是加密后的文件。

    \b
      muniment encrypt XM2026007 --level confidential --custodian YG0013 --reader YG0004
      muniment encrypt records/documents/XM/2026/XM2026007/files/报价.pdf
      muniment encrypt --type evaluation --custodian YG0006
    """
    from muniment import sealing

    loaded = settings.load()
    chosen = _chosen(settings, loaded, what, kind)
    said = {"level": level, "custodian": custodian, "readers": list(dict.fromkeys(readers)) or None}
    done = []
    for record in chosen:
        try:
            if _only_evidence(settings, record):
                done.append((record, sealing.seal_evidence(record, loaded.facts, now())))
                continue
            plain = sealing.opened(record, loaded.facts)
            plain = _entered(loaded.facts, record, plain, {k: v for k, v in said.items() if v})
            title = _title(record, plain, mask_title)
            done.append((record, sealing.seal(record, loaded.facts, plain, now(), title=title)))
        except sealing.Impossible as problem:
            refuse(settings, problem)
    in_branch = write(settings, loaded, [sealed for _, sealed in done])
    for record, sealed in done:
        click.echo("\n".join(path for path, content in sealed.files.items() if content is not None))
        say(settings, _DONE, number=record.number, names=named(settings, loaded.facts, sealed))
        _tell_of_history(settings, record)
    if in_branch:
        say(settings, PUSH)


def _only_evidence(settings: Settings, record: Record) -> bool:
    """Whether nothing but what its acts brought stands in plain text; ends the run where that is committed already."""
    from muniment import classification, project

    plain = list(classification.plain_evidence(record))
    if not plain or any(classification.plain_texts(record)):
        return False
    repository = project.open_repository(settings.root)
    held = repository.files(repository.head) if repository and repository.head else {}
    for path in plain:
        if path in held:
            stop(settings, _COMMITTED, FOUND, path=path[len(record.folder) + 1 :], number=record.number)
    return True


def refuse(settings: Settings, problem: Impossible) -> None:
    stop(settings, problem.words, FOUND, **problem.params)


def named(settings: Settings, facts: Facts, sealed: Sealed) -> str:
    from muniment.keystore import ESCROW

    current = sealed.ring.current
    joint = ", " if settings.language() == "en" else "、"
    numbers = [number for number in (current.readers if current else ()) if number != ESCROW]
    return joint.join(f"{facts.title(number)} ({number})" for number in numbers)


def write(settings: Settings, loaded: Loaded, done: Iterable[Sealed]) -> bool:
    """Write records and their keys where the check has nothing new against it, or end the run; whether the keys went to the
    branch.
    """
    from muniment import project, rehearsal, report

    files: dict[str, bytes | None] = {}
    rings: list[Ring] = []
    opens: dict[bytes, bytes] = {}
    for sealed in done:
        files |= sealed.files
        opens |= sealed.opens
        rings.append(sealed.ring)
    with progress(settings, Text("checking what would come of it", "正在检查结果")):
        after = rehearsal.rehearse(loaded, files, rings, opens)
        fresh = rehearsal.worse(rehearsal.findings(loaded), rehearsal.findings(after))
    if fresh:
        click.echo(report.text(fresh, settings.language(), after.facts.corpus.documents), err=True)
        stop(settings, WORSE, FOUND)
    repository = project.open_repository(settings.root)
    numbers = ", ".join(ring.number for ring in rings)
    # The keys first: a key too many does no harm, a file without its key is lost.
    with refusing(settings):
        in_branch = project.write_rings(settings.root, repository, rings, f"密钥：{numbers}\n")
    rehearsal.write(settings.root, files)
    return in_branch


def _chosen(settings: Settings, loaded: Loaded, what: tuple[str, ...], kind: str | None) -> list[Record]:
    facts = loaded.facts
    if bool(what) == bool(kind):
        stop(settings, _WHICH)
    if kind is None:
        return list(
            {record.number: record for record in (_meant(settings, facts, each) for each in what)}.values()
        )
    if kind not in facts.types:
        stop(settings, _NO_TYPE, name=kind)
    from muniment import classification

    is_sealed = kind in classification.sealed_types(facts.policy)
    found = [
        record
        for record in facts.corpus.by_type.get(kind, ())
        if any(classification.plain_texts(record)) or (is_sealed and not record.seal)
    ]
    if not found:
        stop(settings, _NONE, FOUND)
    return found


def _meant(settings: Settings, facts: Facts, given: str) -> Record:
    """The record of a number, or that a path lies in."""
    path = (settings.start / given).resolve()
    if "/" not in given and not path.exists():
        return find(settings, facts, given)
    for record in facts.corpus:
        if path.is_relative_to(settings.root / record.folder):
            return record
    return stop(settings, _NO_RECORD, path=Path(given))


def _entered(facts: Facts, record: Record, plain: Plain, said: Mapping[str, Any]) -> Plain:
    """What is to be known of its confidentiality, in the stub."""
    from dataclasses import replace

    if not said:
        return plain
    own = {"level": facts.level(record), **(plain.stub.get("confidentiality") or {}), **said}
    return replace(plain, stub={**plain.stub, "confidentiality": own})


def _title(record: Record, plain: Plain, mask: bool | None) -> str | None:
    """What stands in the stub for a title that tells too much."""
    if mask is None:
        mask = bool(plain.beyond)
    return record.type.title.zh if mask else None


def _tell_of_history(settings: Settings, record: Record) -> None:
    """Encrypting changes nothing about commits that hold the plain text."""
    from muniment import classification, project

    repository = project.open_repository(settings.root)
    if repository is None or repository.head is None or record.encrypted:
        return
    paths = [*classification.plain_texts(record)] or [record.path]
    commits = repository.touching(repository.head, paths)
    if commits:
        say(settings, _HISTORY, number=record.number, count=len(commits), first=commits[-1][:8])
