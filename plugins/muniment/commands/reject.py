"""muniment reject"""

from __future__ import annotations

from pathlib import Path

import click

from muniment import completion
from muniment.commands.act import comment_option, evidence_option, meaning_option, perform, wishes
from muniment.terminal import Settings, as_command

ORDER = 33


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
    """Send records back at the stage whose turn it is, with the reason, as you.

    The author changes the content, the revision stays, and the stages begin again.

    \b
      muniment reject XM2026001 --comment 第3节缺少计算依据
      muniment reject XM2026001 technical --comment 第3节缺少计算依据
    ---
    以您的名义，在当前轮到的环节退回记录，并说明理由。

    编制人修改内容后，版次不变，各环节重新审批。

    \b
      muniment reject XM2026001 --comment 第3节缺少计算依据
      muniment reject XM2026001 technical --comment 第3节缺少计算依据
    """
    perform(
        settings,
        wishes(settings, numbers, decision="rejected", comment=comment, meaning=meaning, evidence=evidence),
    )
