"""muniment retire"""

from __future__ import annotations

from dataclasses import replace

from muniment.commands.act import Wish, of_one_record, perform
from muniment.terminal import Settings, as_command

ORDER = 35


@as_command()
@of_one_record
def command(settings: Settings, wish: Wish) -> None:
    """Ask that a document be retired, as the head of its department; or retire it, as a leader, once that is asked.

    The request says why and what takes its place. The document stays in force until the leader's act has reached main; after
    that it can be found for ever, with a banner that names its successor.

    \b
      muniment retire JS2026008 --set reason=已被新手册代替 --set successor=JS2026012
      muniment retire JS2026008          the leader's decision
    ---
    由归口部门负责人申请废止；申请之后，由公司领导批准废止。

    申请要写明理由和替代文件。领导的批准合并到 main 之前，文件继续有效；之后仍可查到，并显示替代文件。

    \b
      muniment retire JS2026008 --set reason=已被新手册代替 --set successor=JS2026012
      muniment retire JS2026008          公司领导批准
    """
    perform(settings, [replace(wish, chain="retirement")])
