"""muniment lend"""

from __future__ import annotations

from dataclasses import replace

from muniment.commands.act import Wish, of_one_record, perform
from muniment.terminal import Settings, as_command

ORDER = 60


@as_command()
@of_one_record
def command(settings: Settings, wish: Wish) -> None:
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
    perform(settings, [replace(wish, stage="issue")])
