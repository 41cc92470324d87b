"""muniment void"""

from __future__ import annotations

import click

from muniment import completion
from muniment.commands.act import Wish, comment_option, meaning_option, perform
from muniment.findings import Text
from muniment.terminal import Settings, as_command

ORDER = 36
_NOT_VOID = Text(
    "{number} is no void record; to give up a number that nothing uses: muniment new void --set number=… --set reason=…",
    "{number} 不是作废记录；要作废一个没有使用的编号：muniment new void --set number=… --set reason=…",
)


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@comment_option
@meaning_option
def command(settings: Settings, number: str, comment: str, meaning: str) -> None:
    """Decide that a number is not used, on the void record that holds its place, as you.

    \b
      muniment new void --set number=XM2026007 --set reason=起草后取消     first, by whoever gives it up
      muniment void XM2026007                                            then, by the document controller
    ---
    在占号的作废记录上批准作废，即确认这个编号不再使用。

    \b
      muniment new void --set number=XM2026007 --set reason=起草后取消     先由放弃编号的人新建
      muniment void XM2026007                                            再由文控批准
    """
    only = ("void", _NOT_VOID)
    perform(settings, [Wish(number, comment=comment, meaning=meaning, is_decision=True, only=only)])
