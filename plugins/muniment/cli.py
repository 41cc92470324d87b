"""The `muniment` command: finds the commands by listing their folder, ends every run with its exit code."""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import click

from muniment import usage
from muniment.findings import Lang, Text
from muniment.terminal import (
    NO_VERDICT,
    OUR_FAULT,
    USAGE,
    BilingualCommand,
    Settings,
    asked_language,
    common,
    settings_of,
    start_option,
    terminal_language,
    write_list,
)

_FOLDER = Path(__file__).parent / "commands"
_DEFECT = Text(
    "this is a fault of muniment, not yours: {kind}: {said}\n"
    "no file was left half written; set MUNIMENT_DEBUG=1 to see where, and report it",
    "这是 muniment 自身的缺陷，不是您的操作问题：{kind}：{said}\n没有文件只写了一半；设置 MUNIMENT_DEBUG=1 可查看位置，请反馈给维护者",
)
# By the tens of a command's ORDER.
_GROUPS = (
    Text("Begin, check, prove", "开始、检查、审核"),
    Text("Write records", "编写记录"),
    Text("Decide", "审批与办理"),
    Text("Look and print", "查看与打印"),
    Text("Publish and hand over", "发布与移交"),
    Text("Archive", "档案"),
    Text("Confidential matter", "涉密内容"),
    Text("Keys and servers", "密钥与服务器"),
)
_DISK = Text("{path}: {why}", "{path}：{why}")
_WHY = {
    errno.EACCES: Text("permission is lacking", "没有权限"),
    errno.EPERM: Text("permission is lacking", "没有权限"),
    errno.EROFS: Text("the disk may only be read", "磁盘是只读的"),
    errno.ENOSPC: Text("the disk is full", "磁盘已满"),
    errno.EDQUOT: Text("your share of the disk is full", "磁盘配额已用完"),
    errno.ENOENT: Text("it is not there", "不存在"),
    errno.ENOTDIR: Text("a file is in the way where a folder is needed", "需要文件夹的地方有一个同名文件"),
    errno.EEXIST: Text("something of that name is in the way", "已有同名的文件或文件夹"),
    errno.EISDIR: Text("it is a folder, not a file", "是文件夹，不是文件"),
    errno.ENAMETOOLONG: Text("the name is too long", "名称太长"),
}
_NO_GIT = Text(
    "Git is not installed, or not where commands are looked for; history cannot be read without it",
    "没有安装 Git，或者命令路径里找不到它；没有 Git 就无法读取历史",
)
_GIT = Text(
    "Git cannot read this repository: `git {command}` says: {said}\n"
    "clone it again, or let `git fsck` say what is damaged",
    "Git 无法读取这个仓库：`git {command}` 报告：{said}\n请重新克隆，或用 `git fsck` 查看哪里损坏",
)


class _ReaderGone(Exception):
    """Whoever read our output (`head`) has gone. Click would end the run with 1, which means findings here."""


class Commands(BilingualCommand, click.Group):
    """Commands in the order of their use. Only the one that runs is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_stems(), key=lambda name: int(_module_of(name).ORDER))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        return _module_of(cmd_name).command if cmd_name in _stems() else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as problem:
            raise _ReaderGone from problem

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise usage.NoSuchCommand(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        lang = settings_of(ctx).lang or terminal_language()
        names = self.list_commands(ctx)
        width = max(map(len, names))
        for title, found in groupby(names, lambda name: _GROUPS[_module_of(name).ORDER // 10 - 1]):
            rows = [(name.ljust(width), _module_of(name).command.get_short_help_str()) for name in found]
            write_list(formatter, title.render(lang), rows, lang)


@cache
def _stems() -> dict[str, str]:
    """The files of the commands; `print` and `return`, which mean something to Python, have an underscore at their end."""
    return {file.stem.rstrip("_"): file.stem for file in _FOLDER.glob("[a-z]*.py")}


def _module_of(name: str) -> ModuleType:
    return import_module(f"muniment.commands.{_stems()[name]}")


def _show_version(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if not is_asked or ctx.resilient_parsing:
        return
    # Costs more than everything else that help needs.
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"muniment {version('muniment')}")
    except PackageNotFoundError:
        click.echo("muniment")
    ctx.exit()


@click.group(
    cls=Commands,
    name="muniment",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@common
@start_option
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit. --- 显示版本。",
)
def muniment() -> None:
    """Controlled documents and records, kept in Git, checked, proven and shown.

    Run it anywhere inside a registry. The first things to try:

    \b
      muniment init my-company --demo    a company to look at
      muniment check                     is everything in order?
      muniment new document              a record with the next number
      muniment status                    what waits for whom
      muniment explain NUM004            what a finding means

    Exit codes: 0 fine, 1 findings, 2 wrong use, 3 no verdict, 70 our own fault.

    \b
    Your shell completes commands, types and numbers after this (or zsh_source, fish_source):
      eval "$(_MUNIMENT_COMPLETE=bash_source muniment)"
    ---
    受控文件与记录：存放在 Git 中，可检查、可证明、可浏览。

    在登记库的任何文件夹中运行。可以先试：

    \b
      muniment init my-company --demo    新建一个演示公司
      muniment check                     检查是否一切合规
      muniment new document              新建一份文件，自动取号
      muniment status                    谁该处理什么
      muniment explain NUM004            某条提示是什么意思

    退出码：0 正常，1 有问题，2 用法不对，3 无法下结论，70 本程序的缺陷。

    \b
    在命令行中自动补全命令、类型和编号（zsh、fish 用 zsh_source、fish_source）：
      eval "$(_MUNIMENT_COMPLETE=bash_source muniment)"
    """


def entry() -> NoReturn:
    """The entry point of a process of our own: `main`, and no taking apart of all that was made, which would cost a tenth."""
    try:
        main()
    except SystemExit as ended:
        if ended.code is not None and not isinstance(ended.code, int):
            raise  # a sentence, which Python prints
        code = ended.code or 0
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the reader may have gone
            stream.flush()
    os._exit(code)


def main() -> NoReturn:
    """One exit code for each way that a run can end."""
    # A run makes many things that live until its end and few circles; looking for those so often would cost a twentieth.
    gc.set_threshold(50_000, 20, 20)
    asked = Settings(asked_language(sys.argv[1:]))
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold bytes that are no text; we still have to be able to say where it is.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        # Under its own name however it was started: completion asks for it by that name.
        ended = muniment.main(prog_name="muniment", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as wrong:
        wrong.show()
        sys.exit(USAGE)
    except click.ClickException as wrong:
        click.echo(usage.sentence(wrong, asked.language()), err=True)
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except (_ReaderGone, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as problem:
        if os.environ.get("MUNIMENT_DEBUG"):
            raise
        code, said = _ended_by(problem, asked.language())
        click.echo(said, err=True)
        sys.exit(code)
    sys.exit(ended if isinstance(ended, int) else 0)


def _ended_by(problem: Exception, lang: Lang) -> tuple[int, str]:
    """Exit code and sentence for what the world did to us, and for what we did ourselves."""
    from muniment.history import GitFailure, GitMissing

    if isinstance(problem, GitMissing):
        return NO_VERDICT, _NO_GIT.render(lang)
    if isinstance(problem, GitFailure):
        return NO_VERDICT, _GIT.render(lang, {"command": problem.command, "said": problem.said})
    if isinstance(problem, OSError) and problem.errno is not None:
        why = _WHY.get(problem.errno, Text(*(problem.strerror or "?",) * 2))
        place = problem.filename2 or problem.filename
        named = Text(str(place), str(place)) if place else Text("the disk", "磁盘")
        return USAGE, _DISK.render(lang, {"path": named, "why": why})
    return OUR_FAULT, _DEFECT.render(lang, {"kind": type(problem).__name__, "said": problem})
