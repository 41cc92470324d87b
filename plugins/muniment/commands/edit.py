"""muniment edit"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from muniment import completion
from muniment.commands.act import PUSH, find, now
from muniment.commands.encrypt import named, refuse, write
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, identity_option, say, stop

if TYPE_CHECKING:
    from muniment.records import Record
    from muniment.sealing import Plain

ORDER = 72
_PLAIN = Text(
    "{number} is not encrypted: edit its files as they are, or encrypt it first: muniment encrypt {number}",
    "{number} 没有加密：请直接修改文件，或先加密：muniment encrypt {number}",
)
_NO_EDITOR = Text(
    "no editor is set; say which: EDITOR=nano muniment edit {number}",
    "没有设置编辑器；请指明，如：EDITOR=nano muniment edit {number}",
)
_EDITOR_FAILED = Text(
    "the editor ended with an error ({code}); nothing was changed, and the plain text is deleted",
    "编辑器异常退出（{code}）；没有改动任何内容，明文已删除",
)
_SAME = Text("nothing was changed; the plain text is deleted", "没有改动；明文已删除")
_NOT_TEXT = Text(
    "{path} is not UTF-8 any more; nothing was changed", "{path} 已不是 UTF-8 文本；没有改动任何内容"
)
_DONE = Text(
    "{number}: encrypted anew to {names}, and to the escrow; the plain text is deleted",
    "{number}：已重新加密，可读取的人员：{names}，另有托管密钥；明文已删除",
)
_REVISION = Text(
    "its content is another now: approvals of revision {revision} no longer cover it",
    "内容已改变：第 {revision} 版的审批不再覆盖现在的内容",
)


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@identity_option
def command(settings: Settings, number: str) -> None:
    """Edit an encrypted record: open it, let your editor change it, and encrypt it anew.

    Body and sealed facts open in $VISUAL or $EDITOR, in a folder that only you can read, in memory where the system has
    such a place. When the editor ends, they are checked, encrypted under a new key, and deleted; whatever goes wrong on the way,
    the record stays as it was. Attachments: take them out by `muniment decrypt --out`, and put the new ones in by `muniment attach`.
    A record in force needs its next revision first: muniment revise NUMBER.

    \b
      muniment edit XM2026007 --identity ~/.config/muniment/identity.txt
    ---
    修改加密的记录：解密、用您的编辑器修改、重新加密。

    正文和封存的事实在 $VISUAL 或 $EDITOR 中打开，放在只有您能读取的文件夹里（系统支持时在内存中）。编辑器退出后，先检查，再用新密钥
    加密，并删除明文；中途出任何问题，记录都保持原样。附件请用 `muniment decrypt --out` 取出，再用 `muniment attach` 放入。
    现行记录须先开始下一版：muniment revise 编号。

    \b
      muniment edit XM2026007 --identity ~/.config/muniment/identity.txt
    """
    from muniment import sealing

    loaded = settings.load()
    record = find(settings, loaded.facts, number)
    if not record.encrypted:
        stop(settings, _PLAIN, FOUND, number=record.number)
    editor = (
        os.environ.get("VISUAL") or os.environ.get("EDITOR") or shutil.which("nano") or shutil.which("vi")
    )
    if not editor:
        stop(settings, _NO_EDITOR, FOUND, number=record.number)
    try:
        plain = sealing.opened(record, loaded.facts)
        changed = _edited(settings, record, plain, editor)
        if changed == plain:
            say(settings, _SAME)
            return
        sealed = sealing.seal(record, loaded.facts, changed, now())
    except sealing.Impossible as problem:
        refuse(settings, problem)
    in_branch = write(settings, loaded, [sealed])
    for path, content in sealed.files.items():
        if content is not None:
            click.echo(path)
    say(settings, _DONE, number=record.number, names=named(settings, loaded.facts, sealed))
    if any(act.revision == record.revision for act in record.acts):
        say(settings, _REVISION, revision=record.revision)
    if in_branch:
        say(settings, PUSH)


def _edited(settings: Settings, record: Record, plain: Plain, editor: str) -> Plain:
    """The record in plain text as the editor leaves it."""
    body = f"{record.folder}/{record.number}.md"
    texts = {"body": plain.files.get(body), "facts": plain.beyond.encode() if plain.beyond else None}
    names = {"body": f"{record.number}.md", "facts": f"{record.number}.yaml"}
    opened = {names[part]: content for part, content in texts.items() if content is not None}
    after = _through(settings, editor, opened)
    if names["body"] in opened:
        plain = replace(plain, files={**plain.files, body: after[names["body"]]})
    if names["facts"] in opened:
        try:
            plain = replace(plain, beyond=after[names["facts"]].decode("utf-8"))
        except UnicodeDecodeError:
            stop(settings, _NOT_TEXT, FOUND, path=names["facts"])
    return plain


def _through(settings: Settings, editor: str, texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts as the editor leaves them; on the disk they are for its time alone."""
    from muniment import project

    with _private_folder() as folder:
        for name, content in texts.items():
            project.write_private(folder / name, content)
        files = [str(folder / name) for name in texts]
        code = subprocess.run([*shlex.split(editor), *files], check=False).returncode
        after = {name: (folder / name).read_bytes() for name in texts if (folder / name).is_file()}
    if code or set(after) != set(texts):
        stop(settings, _EDITOR_FAILED, FOUND, code=code)
    return after


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder for this person alone, in memory where there is such a place, gone afterwards even when the run is ended."""
    place = next((each for each in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm") if _is_usable(each)), None)  # noqa: S108 - the folder made in it is private
    before = {each: signal.signal(each, _end) for each in (signal.SIGTERM, signal.SIGHUP)}
    folder = Path(tempfile.mkdtemp(prefix="muniment-", dir=place))
    try:
        yield folder
    finally:
        _wipe(folder)
        for each, handler in before.items():
            signal.signal(each, handler)


def _is_usable(place: str | None) -> bool:
    return bool(place) and os.access(str(place), os.W_OK | os.X_OK)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """A signal that ends the run lets it clear up first."""
    sys.exit(128 + number)


def _wipe(folder: Path) -> None:
    """Overwrite, then delete: an editor's own copies beside the file too."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            size = path.stat().st_size
            path.write_bytes(bytes(size))
    shutil.rmtree(folder, ignore_errors=True)
