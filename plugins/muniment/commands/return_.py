"""muniment return"""

from __future__ import annotations

from pathlib import Path

import click

from muniment import completion
from muniment.commands.act import (
    Wish,
    comment_option,
    evidence_option,
    meaning_option,
    perform,
    set_option,
)
from muniment.terminal import Settings, as_command

ORDER = 61


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@set_option
@comment_option
@evidence_option
@meaning_option
def command(
    settings: Settings,
    number: str,
    pairs: tuple[str, ...],
    comment: str,
    evidence: tuple[Path, ...],
    meaning: str,
) -> None:
    """Note that what a loan handed out has come back, and in what condition, as the archive keeper.

    NUMBER is the loan's own, not the document's.

    \b
      muniment return JY20260001 --set condition=完好
      muniment return JY20260001 --set condition=封面破损 --set remarks=已修补
    ---
    登记借出的文件已经归还及其完好情况，由档案管理员办理。

    NUMBER 是借阅申请的编号，不是文件的编号。

    \b
      muniment return JY20260001 --set condition=完好
      muniment return JY20260001 --set condition=封面破损 --set remarks=已修补
    """
    wish = Wish(number, "return", comment=comment, meaning=meaning, pairs=pairs, evidence=evidence)
    perform(settings, [wish])
