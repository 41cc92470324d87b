"""muniment receive"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from muniment.findings import Text
from muniment.terminal import FOUND, NO_VERDICT, NO_VERDICT_WORDS, Settings, as_command, stop

ORDER = 81
_LINE = Text(
    "cannot read `{line}`: git gives a hook old, new and reference",
    "无法识别 `{line}`：git 传给钩子的是旧值、新值和引用",
)
_REFUSED = Text(
    "muniment refuses this push; nothing has changed on the server",
    "muniment 拒绝了这次推送；服务器上没有任何变化",
)


@as_command()
@click.option(
    "--branch",
    default="main",
    show_default=True,
    help="The branch that is guarded. --- 受保护的分支。",
)
def command(settings: Settings, branch: str) -> None:
    """For the pre-receive hook of a bare repository: let onto main only what the check lets pass.

    Main then moves by one merge commit at a time, each judged like a pull request, with this installed version
    of the tool. Other branches stay free. The hook is one line; `scripts/pre-receive` holds it:

    \b
      muniment receive
      muniment receive --branch main
    ---
    供裸仓库的 pre-receive 钩子使用：只有通过检查的内容才能进入主分支。

    主分支每次只前进一个合并提交，每次都像合并请求一样检查，使用服务器上安装的版本；其他分支不受限制。
    钩子只需一行，见 `scripts/pre-receive`：

    \b
      muniment receive
      muniment receive --branch main
    """
    from muniment import receiving, report
    from muniment.history import GitFailure

    git_dir = Path.cwd() if settings.start == Path() else settings.start
    lang = settings.language()
    is_refused = False
    for line in sys.stdin.read().splitlines():
        parts = line.split(" ", 2)
        if len(parts) != 3:
            stop(settings, _LINE, line=line)
        try:
            answer = receiving.judge(git_dir.resolve(), receiving.Update(*parts), branch, settings.today)
        except GitFailure as failure:
            stop(settings, NO_VERDICT_WORDS, NO_VERDICT, missing=failure.said)
        if answer.findings:
            click.echo(report.text(answer.findings, lang, answer.documents or {}), err=True)
        if answer.refusal is not None:
            click.echo(answer.refusal.render(lang), err=True)
        is_refused = is_refused or not answer.is_welcome
    if is_refused:
        stop(settings, _REFUSED, FOUND)
