"""muniment decrypt"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import find
from muniment.commands.encrypt import WORSE, refuse
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, identity_option, say, stop

if TYPE_CHECKING:
    from muniment.project import Loaded
    from muniment.records import Record
    from muniment.sealing import Plain

ORDER = 71
_PLAIN = Text(
    "{number} is not encrypted; see it by: muniment show {number}",
    "{number} 没有加密；查看：muniment show {number}",
)
_INSIDE = Text(
    "{path} lies in the registry: plain text there is soon in Git for everybody; choose a folder outside",
    "{path} 在登记库内，明文很容易随提交进入 Git；请选择登记库以外的文件夹",
)
_WRITTEN = Text(
    "{count} files in plain text are in {path} now, readable by you alone; delete them when you have done",
    "已把 {count} 个明文文件写入 {path}，仅您本人可读；用完请删除",
)
_MORE = Text(
    "attachments are written by --out DIR: {names}",
    "附件用 --out 文件夹 取出：{names}",
)
_STILL = Text(
    "{number} would still be {level}: its plain text does not belong in Git; lower the level with it, as --declassify internal",
    "{number} 的密级仍是“{level}”，明文不得存入 Git；请同时降低密级，如 --declassify internal",
)
_BOTH = Text("--out and --declassify exclude each other", "--out 与 --declassify 不能同时使用")
_OPENED = Text(
    "{number} is {level} now and lies in plain text in the working tree; its earlier revisions stay encrypted. What remains: its chain of"
    " approvals for this revision, since the content has changed",
    "{number} 已降为“{level}”，工作区中是明文；以前的版次仍是密文。内容已变，本版次还须走完审批",
)
_USAGE = Text("say which record: muniment decrypt NUMBER", "请指明记录：muniment decrypt 编号")
_CLOSED = Text(
    "encrypted, {size} bytes; no key at hand opens it (MUNIMENT_IDENTITY)",
    "已加密，{size} 字节；现有私钥打不开（MUNIMENT_IDENTITY）",
)
_DIFFERENT = Text(
    "{path} is there already; choose another folder, or remove it first",
    "{path} 已存在；请换一个文件夹，或先移走",
)
_NUMBER = re.compile(r"[A-Z]{2}\d{4,}")


@as_command()
@click.argument("number", metavar="[NUMBER]", required=False, shell_complete=completion.numbers)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write facts, body and attachments there. --- 把事实、正文和附件写入该文件夹。",
)
@click.option(
    "--textconv",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For `git diff`: the plain text of one file (see `muniment keys textconv`). --- 供 `git diff` 调用。",
)
@click.option(
    "--declassify",
    "level",
    type=click.Choice(["public", "internal"]),
    help="Lower the level and put the plain text back into the record. --- 降低密级，并把明文放回记录。",
)
@identity_option
def command(
    settings: Settings, number: str | None, out: Path | None, textconv: Path | None, level: str | None
) -> None:
    """Show an encrypted record in plain text, or write it to a folder outside the registry.

    The private key is that of --identity or of MUNIMENT_IDENTITY: a file of age or an SSH key (ssh-ed25519). Nothing in the
    registry changes, unless a record is declassified: then its level is lowered and its text lies there in plain, as the content of
    its next revision (`muniment revise` first).

    \b
      muniment decrypt XM2026007 --identity ~/.config/muniment/identity.txt
      muniment decrypt XM2026007 --out /tmp/XM2026007
      muniment revise XM2026007 && muniment decrypt XM2026007 --declassify internal
    ---
    以明文显示加密的记录，或写入登记库以外的文件夹。

    私钥由 --identity 或 MUNIMENT_IDENTITY 给出：age 私钥文件或 SSH 私钥（ssh-ed25519）。登记库中的内容不会改变；解密降级除外：此时降低密级，并以明文作为下一版的内容（先运行 `muniment revise`）。

    \b
      muniment decrypt XM2026007 --identity ~/.config/muniment/identity.txt
      muniment decrypt XM2026007 --out /tmp/XM2026007
      muniment revise XM2026007 && muniment decrypt XM2026007 --declassify internal
    """
    if textconv is not None:
        _convert(settings, textconv)
        return
    if number is None:
        stop(settings, _USAGE)
    from muniment import sealing

    loaded = settings.load()
    record = find(settings, loaded.facts, number)
    if not record.ciphers:
        stop(settings, _PLAIN, FOUND, number=record.number)
    try:
        plain = sealing.opened(record, loaded.facts)
    except sealing.Impossible as problem:
        refuse(settings, problem)
    if level is not None:
        if out is not None:
            stop(settings, _BOTH)
        _declassify(settings, loaded, record, plain, level)
    elif out is None:
        _show(settings, record, plain)
    else:
        _write(settings, record, plain, out)


def facts_text(record: Record, plain: Plain) -> str:
    """The facts in plain text, the stub's first."""
    from muniment import sealing

    return sealing.joined(plain.stub, plain.beyond) if plain.beyond else record.document.text


def _show(settings: Settings, record: Record, plain: Plain) -> None:
    click.echo(facts_text(record, plain), nl=False)
    body = plain.files.get(f"{record.folder}/{record.number}.md")
    if body is not None:
        click.echo(f"---\n{body.decode('utf-8', 'replace')}", nl=False)
    names = [path.rpartition("/files/")[2] for path in plain.files if "/files/" in path]
    names += _evidence(record)
    if names:
        say(settings, _MORE, names=", ".join(names))


def _write(settings: Settings, record: Record, plain: Plain, out: Path) -> None:
    """Whole or not at all, for the eyes of this person alone."""
    from muniment import project

    target = (settings.start / out).resolve()
    if target.is_relative_to(settings.root.resolve()):
        stop(settings, _INSIDE, path=out)
    files = {f"{record.number}.yaml": facts_text(record, plain).encode()}
    files |= {path[len(record.folder) + 1 :]: content for path, content in plain.files.items()}
    files |= _evidence(record)
    for name in files:
        if (target / name).exists():
            stop(settings, _DIFFERENT, FOUND, path=target / name)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        project.write_private(target / name, content)
    for name in files:
        click.echo(target / name)
    say(settings, _WRITTEN, count=len(files), path=target)


def _declassify(settings: Settings, loaded: Loaded, record: Record, plain: Plain, level: str) -> None:
    """Plain text in the place of what was encrypted, where the check has nothing new against it."""
    from muniment import rehearsal, report, sealing
    from muniment.views import words

    if record.seal:
        stop(settings, _STILL, number=record.number, level=words.LEVELS[loaded.facts.level(record)])
    files = sealing.declassified(record, plain, level)
    after = rehearsal.rehearse(loaded, files)
    # The approvals of this revision are given anew: they bound what was encrypted.
    before = rehearsal.findings(loaded)
    fresh = [each for each in rehearsal.worse(before, rehearsal.findings(after)) if each.code != "APR030"]
    if fresh:
        click.echo(report.text(fresh, settings.language(), after.facts.corpus.documents), err=True)
        stop(settings, WORSE, FOUND)
    rehearsal.write(settings.root, files)
    for path, content in files.items():
        if content is not None:
            click.echo(path)
    say(settings, _OPENED, number=record.number, level=words.LEVELS[level])


def _evidence(record: Record) -> dict[str, bytes]:
    """What acts brought, in plain text as far as a key is at hand, by its name in the record's folder."""
    from muniment.age import SUFFIX

    found = {path: record.plain(path) for path in record.act_paths if path.endswith(SUFFIX)}
    return {
        path[len(record.folder) + 1 :].removesuffix(SUFFIX): content
        for path, content in found.items()
        if content is not None
    }


def _convert(settings: Settings, file: Path) -> None:
    """What `git diff` shows of a version of an encrypted file: its plain text, or that it is closed."""
    from muniment import keystore, project

    content = file.read_bytes()
    root = settings.root
    store = project.read_keystore(root, project.open_repository(root))
    likely = _NUMBER.search(file.name)
    opener = keystore.Opener(store, settings.identities)
    plain = opener.search(content, likely[0] if likely else "")
    if plain is None:
        click.echo(_CLOSED.render(settings.language(), {"size": len(content)}))
        return
    sys.stdout.buffer.write(plain)
    sys.stdout.buffer.flush()
