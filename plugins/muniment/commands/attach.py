"""muniment attach"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import click

from muniment import completion
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, progress, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.records import Record

ORDER = 21
_UNKNOWN = Text("there is no record `{number}`{near}", "没有编号为 `{number}` 的记录{near}")
_NEAR = Text(" (did you mean `{near}`?)", "（是否指 `{near}`？）")
_BROKEN = Text(
    "{path} cannot be read as a record; `muniment check {path}` says why",
    "{path} 无法作为记录读取；`muniment check {path}` 说明原因",
)
_NAME = Text(
    "`{name}` cannot be the name of an attachment; rename the file first",
    "`{name}` 不能作附件名；请先改文件名",
)
_EMPTY = Text("{path} is empty", "{path} 是空文件")
_THERE = Text(
    "{number} has an attachment {name} already, with other content; rename the file, or remove the old one first",
    "{number} 已有附件 {name}，内容不同；请改文件名，或先移除原附件",
)
_SAME = Text("{number} has this very file already, as {name}", "{number} 已有内容相同的附件 {name}")
_EDIT = Text("{path} cannot be edited: {why}", "无法修改 {path}：{why}")
_WORSE = Text(
    "with this attachment the check would find what it does not find now; nothing was written",
    "加上这个附件后检查会出现新的问题；没有写入任何内容",
)
_DONE = Text("{number}: {file} is attached ({size} bytes)", "{number}：已添加附件 {file}（{size} 字节）")
_REVISION = Text(
    "its content is another now: approvals of revision {revision} no longer cover it",
    "内容已改变：第 {revision} 版的审批不再覆盖现在的内容",
)


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--title", metavar="TEXT", help="What the file is called on the record's page. --- 在页面上显示的名称。"
)
@click.option(
    "--kind", metavar="TEXT", help="What kind of file it is, such as scan. --- 附件种类，如 扫描件。"
)
def command(settings: Settings, number: str, file: Path, title: str | None, kind: str | None) -> None:
    """Copy a FILE into a record and enter it in `attachments` with its digest; comments in the record stay.

    Nothing is written where the check would find something new afterwards.

    \b
      muniment attach XM2026001 scan.pdf --title 签字扫描件 --kind 扫描件
    ---
    把文件复制到记录中，并连同校验值登记在 attachments 里；记录中的注释保持不变。

    如果添加之后检查会出现新的问题，则不写入任何内容。

    \b
      muniment attach XM2026001 scan.pdf --title 签字扫描件 --kind 扫描件
    """
    from muniment import rehearsal, report

    content = file.read_bytes()
    loaded = settings.load()
    record = _record(settings, loaded.facts, number.strip())
    name = _name(settings, record, file, content)
    said = {"file": name, "title": title, "kind": kind, "sha256": sha256(content).hexdigest()}
    entry = {key: value for key, value in said.items() if value}
    files = {f"{record.folder}/files/{name}": content, record.path: _entered(settings, record, entry)}
    with progress(settings, Text("checking what would come of it", "正在检查结果")):
        after = rehearsal.rehearse(loaded, files)
        fresh = rehearsal.worse(rehearsal.findings(loaded), rehearsal.findings(after))
    if fresh:
        click.echo(report.text(fresh, settings.language(), after.facts.corpus.documents), err=True)
        stop(settings, _WORSE, FOUND)
    rehearsal.write(settings.root, files)
    click.echo(f"{record.folder}/files/{name}")
    say(settings, _DONE, number=record.number, file=name, size=len(content))
    if record.acts:
        say(settings, _REVISION, revision=record.revision)


def _record(settings: Settings, facts: Facts, given: str) -> Record:
    record = facts.corpus.records.get(given) or facts.corpus.records.get(given.upper())
    if record is not None:
        return record
    if given.upper() in facts.corpus.broken:
        stop(settings, _BROKEN, FOUND, path=facts.corpus.broken[given.upper()])
    found = get_close_matches(given.upper(), facts.corpus.records, n=1, cutoff=0.6)
    near = _NEAR.render(settings.language(), {"near": found[0]}) if found else ""
    return stop(settings, _UNKNOWN, number=given, near=near)


def _name(settings: Settings, record: Record, file: Path, content: bytes) -> str:
    """The name in `files/`, as every file system writes it; ends the run where it or the content is there already."""
    name = normalize("NFC", file.name)
    if not name.isprintable() or name.startswith((".", " ")) or "\\" in name or len(name.encode()) > 200:
        stop(settings, _NAME, name=ascii(name)[1:-1])
    if not content:
        stop(settings, _EMPTY, path=file)
    digest = sha256(content).hexdigest()
    for known in record.attachments:
        same = sha256(record.tree.read(f"{record.folder}/files/{known}")).hexdigest() == digest
        if known.casefold() == name.casefold() and not same:
            stop(settings, _THERE, number=record.number, name=known)
        if same and _is_entered(record, known):
            stop(settings, _SAME, number=record.number, name=known)
        if same:
            # It lies in the folder already and only has to be entered.
            return known
    return name


def _is_entered(record: Record, name: str) -> bool:
    entries = record.data.get("attachments") or ()
    return any(isinstance(entry, Mapping) and entry.get("file") == name for entry in entries)


def _entered(settings: Settings, record: Record, entry: Mapping[str, Any]) -> bytes:
    """The record's file with one attachment more."""
    from muniment import edit

    try:
        return edit.append(record.document.text, ("attachments",), dict(entry)).encode()
    except edit.EditError as problem:
        stop(settings, _EDIT, path=record.path, why=problem)
