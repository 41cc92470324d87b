"""muniment lend"""

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

ORDER = 60


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
    """Note that what a loan asks for was handed out, as the archive keeper.

    NUMBER is the loan's own, not the document's; the head of the borrower's department has approved it before.

    \b
      muniment lend JY20260001
      muniment lend JY20260001 --comment 纸质件一份
    ---
    登记借阅申请的文件已经借出，由档案管理员办理。

    NUMBER 是借阅申请的编号，不是文件的编号；借出前须经借阅人的部门负责人批准。

    \b
      muniment lend JY20260001
      muniment lend JY20260001 --comment 纸质件一份
    """
    wish = Wish(number, "issue", comment=comment, meaning=meaning, pairs=pairs, evidence=evidence)
    perform(settings, [wish])
