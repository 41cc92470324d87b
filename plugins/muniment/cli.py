"""The `muniment` command: finds the commands by listing their folder, ends every run with its exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

import click

from muniment.findings import Text
from muniment.terminal import (
    OUR_FAULT,
    USAGE,
    BilingualCommand,
    common,
    settings_of,
    start_option,
    terminal_language,
)

_FOLDER = Path(__file__).parent / "commands"
_DEFECT = Text(
    "this is a fault of muniment, not yours: {kind}: {said}\n"
    "nothing was written by halves; set MUNIMENT_DEBUG=1 to see where, and report it",
    "这是 muniment 自身的缺陷，不是您的操作问题：{kind}：{said}\n没有写下不完整的内容；设置 MUNIMENT_DEBUG=1 可查看位置，请反馈给维护者",
)


class Commands(click.Group, BilingualCommand):
    """Commands in the order of their use. Only the one that runs is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = [file.stem for file in _FOLDER.glob("[a-z]*.py")]
        return [name.rstrip("_") for name in sorted(names, key=lambda name: (_module(name).ORDER, name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for stem in (cmd_name, f"{cmd_name}_"):
            if (_FOLDER / f"{stem}.py").is_file() and stem.isidentifier():
                found: click.Command = _module(stem).command
                return found
        return None


def _module(stem: str):  # type: ignore[no-untyped-def]  # a module has no type of its own
    return import_module(f"muniment.commands.{stem}")


def _version() -> str:
    try:
        return version("muniment")
    except PackageNotFoundError:
        return "0"


@click.group(
    cls=Commands,
    name="muniment",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@common
@start_option
@click.version_option(_version(), prog_name="muniment")
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
    """


def main() -> NoReturn:
    """The entry point: one exit code for each way that a run can end."""
    try:
        ended = muniment.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (`head`) has gone; that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ended if isinstance(ended, int) else 0)
    except Exception as problem:
        if os.environ.get("MUNIMENT_DEBUG"):
            raise
        context = click.get_current_context(silent=True)
        lang = (settings_of(context).lang if context else None) or terminal_language()
        click.echo(_DEFECT.render(lang, {"kind": type(problem).__name__, "said": problem}), err=True)
        sys.exit(OUR_FAULT)
    sys.exit(ended if isinstance(ended, int) else 0)
