"""muniment read"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import (
    Sitting,
    branch_for,
    carry_out,
    find,
    is_attended,
    myself,
    refuse,
    registry_language,
    sit_down,
)
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, say, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from muniment.acting import Deed
    from muniment.records import Record

ORDER = 34
_NOTHING = Text("you have nothing left to read", "您没有待阅读的文件")
_LEFT = Text("documents for you to read: {count}", "待您阅读的文件：{count} 份")
_ROW = Text(
    "  {number}  revision {revision}  by {due}{late}  {title}",
    "  {number}  第 {revision} 版  {due} 前{late}  {title}",
)
_LATE = Text(" (late)", "（已超期）")
_HOW = Text("read one and confirm it: muniment read {number}", "阅读并确认：muniment read {number}")
_LOCKED = Text(
    "{number} is encrypted and no key that opens it is at hand, so you cannot have read it here;"
    " `muniment decrypt {number}` opens it for its readers",
    "{number} 已加密，这里没有能打开它的密钥，因此无法阅读；其知悉人员可用 `muniment decrypt {number}` 打开",
)
_FILE = Text("attached: {path}", "附件：{path}")
_ASK = Text(
    "Have you read and understood revision {revision} of {number} {title}?",
    "您已阅读并理解 {number} {title} 第 {revision} 版吗？",
)
_UNASKED = Text(
    "whoever confirms a reading is asked for it at a terminal; where there is none, add: --yes",
    "确认阅读须在终端中回答；没有终端时请加上：--yes",
)
_NOT_DONE = Text("nothing was confirmed; nothing was written", "没有确认；没有写入任何内容")
_MESSAGE = Text(
    "{number} revision {revision}: read and understood", "{number} 第 {revision} 版：已阅读并理解"
)
_DONE = Text(
    "{number} revision {revision}: read and understood ({by}, commit {commit}, {level})",
    "{number} 第 {revision} 版：已阅读并理解（{by}，提交 {commit}，{level}）",
)
_BRANCHED = Text(
    "readings reach main through a merge, so this is on the new branch {branch}: git push -u origin {branch},"
    " then open a pull request",
    "阅读确认须经合并进入 main，因此记在新分支 {branch} 上：git push -u origin {branch}，然后创建合并请求",
)


@as_command()
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1, shell_complete=completion.numbers)
@click.option("--yes", is_flag=True, help="Confirm without being asked. --- 不再询问，直接确认。")
def command(settings: Settings, numbers: tuple[str, ...], yes: bool) -> None:
    """Show a document in force and confirm that you have read and understood its present revision; without NUMBER, what you
    have still to read.

    The confirmation is a file of your own in one commit, signed where git is set up for it (see `muniment keys`). It holds for
    exactly this revision: the next one is read anew. On main it begins the branch read/NUMBER-YOU. Where the check would refuse it,
    nothing is written.

    \b
      muniment read
      muniment read GL2026001
      muniment read GL2026001 JS2025002 --yes
    ---
    显示一份现行文件，并确认您已阅读、理解它的现行版次；不写编号时列出您还要阅读的文件。

    确认是您自己的一个文件、一次单独的提交；设置了签名的会签名（见 `muniment keys`）。它只对这一版有效，升版后须重新阅读。
    在 main 上会新建分支 read/编号-本人编号。如果检查不会通过，则不写入任何内容。

    \b
      muniment read
      muniment read GL2026001
      muniment read GL2026001 JS2025002 --yes
    """
    from muniment import acting

    if not numbers:
        _list(settings)
        return
    if not yes and not is_attended():
        stop(settings, _UNASKED)
    at = sit_down(settings)
    records = list(
        {record.number: record for record in (find(settings, at.facts, each) for each in numbers)}.values()
    )
    branch = branch_for(settings, at.repository, f"read/{records[0].number}-{at.me}")
    deeds = []
    for record in records:
        try:
            turn = acting.reading(at.facts, record, at.me)
        except acting.Impossible as problem:
            refuse(settings, problem)
        if record.is_locked:
            stop(settings, _LOCKED, FOUND, number=record.number)
        meaning = acting.meaning(at.facts, turn.stage, "done", registry_language(at.facts))
        deeds.append((record, acting.Deed(turn, "done", at.me, at.facts.today, meaning)))
        _present(settings, record, ask=not yes)
    _commit(settings, at, deeds, branch)


def _list(settings: Settings) -> None:
    from muniment import distribution

    loaded = settings.load()
    found = distribution.waiting_for(loaded.facts, myself(settings, loaded))
    lang = settings.language()
    if not found:
        click.echo(_NOTHING.render(lang))
        return
    click.echo(_LEFT.render(lang, {"count": len(found)}))
    for circle, reader in found:
        record = circle.record
        late = _LATE.render(lang) if reader.standing == "late" else ""
        said = {
            "number": record.number,
            "revision": record.revision,
            "due": reader.due,
            "title": record.title,
        }
        click.echo(_ROW.render(lang, {**said, "late": late}))
    click.echo(_HOW.render(lang, {"number": found[0][0].record.number}))


def _present(settings: Settings, record: Record, *, ask: bool) -> None:
    """What is to be read, then the question; the run ends where the answer is no."""
    lang = settings.language()
    said = {"number": record.number, "revision": record.revision, "title": record.title}
    if not ask:
        return
    paths = [_FILE.render(lang, {"path": f"{record.folder}/files/{name}"}) for name in record.attachments]
    text = "\n".join([f"{record.number} {record.title}", "", record.body or "", *paths])
    click.echo_via_pager(text.rstrip("\n") + "\n") if len(text.splitlines()) > 40 else click.echo(text)
    if not click.confirm(_ASK.render(lang, said), err=True):
        stop(settings, _NOT_DONE, FOUND)


def _commit(settings: Settings, at: Sitting, deeds: Sequence[tuple[Record, Deed]], branch: str) -> None:
    from muniment.views.words import EVIDENCE

    lang = registry_language(at.facts)
    lines = [
        _MESSAGE.render(lang, {"number": record.number, "revision": record.revision}) for record, _ in deeds
    ]
    head = ", ".join(record.number for record, _ in deeds)
    message = "\n".join(
        [lines[0], ""] if len(lines) == 1 else [f"{head}: {deeds[0][1].meaning}", "", *lines, ""]
    )
    done = carry_out(settings, at, deeds, branch, message)
    for record, deed in deeds:
        path = next(
            act.path
            for act in done.after.facts.corpus.records[record.number].readings
            if (act.by, act.revision) == (deed.by, record.revision)
        )
        proof = done.pulled.proofs.get(path)
        said = {"number": record.number, "revision": record.revision, "by": at.facts.title(deed.by)}
        say(
            settings,
            _DONE,
            **said,
            commit=done.commit[:8],
            level=EVIDENCE[proof.level if proof else "declared"],
        )
    if branch:
        say(settings, _BRANCHED, branch=branch)
