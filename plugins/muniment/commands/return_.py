"""muniment return"""

from __future__ import annotations

from dataclasses import replace

from muniment.commands.act import Wish, of_one_record, perform
from muniment.terminal import Settings, as_command

ORDER = 61


@as_command()
@of_one_record
def command(settings: Settings, wish: Wish) -> None:
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
    perform(settings, [replace(wish, stage="return")])
