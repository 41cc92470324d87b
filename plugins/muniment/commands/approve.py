"""muniment approve"""

from __future__ import annotations

from pathlib import Path

import click

from muniment import completion
from muniment.commands.act import comment_option, evidence_option, meaning_option, perform, wishes
from muniment.terminal import Settings, as_command

ORDER = 32


@as_command()
@click.argument(
    "numbers", metavar="NUMBER… [STAGE]", nargs=-1, required=True, shell_complete=completion.numbers
)
@comment_option
@evidence_option
@meaning_option
def command(
    settings: Settings, numbers: tuple[str, ...], comment: str, evidence: tuple[Path, ...], meaning: str
) -> None:
    """Approve records at the stage whose turn it is, as you.

    One commit holds the approvals of all NUMBERs; where one cannot be given, none is. A STAGE after the numbers says which you
    mean. Who may not approve is told why: the author, somebody without the role today, somebody who decided another stage.

    \b
      muniment approve XM2026001
      muniment approve XM2026001 technical --comment 计算依据已核对
      muniment approve JS2026003 JS2026004 JS2026005
    ---
    以您的名义，在当前轮到的环节同意记录。

    几个编号的审批放在同一次提交中；有一个不能同意，就一个也不写。编号后面可以写明环节（STAGE）。
    不能由您审批的会说明原因：您是编制人、今天不具备该角色、已经办理过另一个环节等。

    \b
      muniment approve XM2026001
      muniment approve XM2026001 technical --comment 计算依据已核对
      muniment approve JS2026003 JS2026004 JS2026005
    """
    perform(
        settings,
        wishes(settings, numbers, decision="approved", comment=comment, meaning=meaning, evidence=evidence),
    )
