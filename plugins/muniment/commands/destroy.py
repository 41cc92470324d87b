"""muniment destroy"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import find
from muniment.commands.encrypt import now
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.keystore import Ring
    from muniment.records import Record

ORDER = 58
_NO_LIST = Text("{number} is no list of disposal", "{number} 不是销毁清单")
_NOT_YET = Text(
    "{number} has not been carried out: record the destruction first, by its whole chain (muniment act {number})",
    "{number} 尚未执行：请先按审批链办完销毁环节（muniment act {number}）",
)
_NONE = Text(
    "{number} names no encrypted record whose keys are still there",
    "{number} 所列记录中没有仍持有密钥的加密记录",
)
_SURE = Text(
    "Destroy the keys of {numbers} for good? Nobody, not even the escrow, will read them again",
    "永久销毁 {numbers} 的密钥？此后任何人（包括托管密钥）都无法再读取",
)
_LEFT = Text("nothing was destroyed", "没有销毁任何密钥")
_DONE = Text(
    "{number}: its keys are out of the key store; by {list}", "{number}：密钥已从密钥库中销毁（{list}）"
)
_WHAT_IS_GONE = Text(
    "gone: the wrapped keys of all revisions, to all readers and to the escrow, in this copy of the key store; with it alone nobody can"
    " read body, attachments and sealed facts any more, whatever copies of the repository there are",
    "已经销毁：这份密钥库中各版次分发给所有知悉人员及托管的密钥。仅凭它，任何人都不能再读取正文、附件和封存的事实，不论仓库有多少副本",
)
_WHAT_IS_LEFT = Text(
    "left: number, title, dates and approvals, by purpose; the encrypted files in every clone, which nobody can open; and, where they exist:\n"
    "  - older copies of the key store: other clones and the server until they fetch or you push, their caches, backups\n"
    "  - keys that a reader unwrapped and kept, and plain text that somebody took out, printed or copied\n"
    "  - the old objects in this clone until Git clears up",
    "仍然存在：编号、标题、日期和审批记录（有意保留）；各份克隆中的加密文件（无人能打开）；以及可能存在的：\n"
    "  - 旧的密钥库：其他克隆和服务器（推送、取回之前）、它们的缓存、备份\n"
    "  - 知悉人员自行留存的密钥，以及已导出、打印、抄录的明文\n"
    "  - 本地克隆中尚未清理的旧对象",
)
_NEXT = Text(
    "to finish: git push --force-with-lease origin keys; then in this and in every other clone: git fetch --prune origin && git gc --prune=now;"
    " ask the server's administrator to do the same, and take the key store out of the backups",
    "还须完成：git push --force-with-lease origin keys；然后在本地和其他每份克隆中运行 git fetch --prune origin && git gc --prune=now；"
    "请服务器管理员同样清理，并从备份中删除旧的密钥库",
)


@as_command()
@click.argument("disposal", metavar="DISPOSAL", shell_complete=completion.numbers)
@click.option("--yes", is_flag=True, help="Do not ask. --- 不再询问。")
def command(settings: Settings, disposal: str, yes: bool) -> None:
    """Destroy the keys of the encrypted records that a carried-out list of disposal names.

    The list has to be through its whole chain, the destruction included. The records stay as stubs; their keys are taken out of the
    key store, which says when and by which list. What that reaches, and what it does not, is said at the end.

    \b
      muniment destroy XH20260003
    ---
    销毁一份已执行的销毁清单所列加密记录的密钥。

    清单须办完全部审批环节，包括销毁。记录保留存根，密钥从密钥库中删除，并注明日期和清单编号。最后会说明哪些已经销毁、哪些仍可能存在。

    \b
      muniment destroy XH20260003
    """
    from muniment import project, sealing

    loaded = settings.load()
    facts = loaded.facts
    record = find(settings, facts, disposal)
    rings = _rings(settings, facts, record)
    joint = ", " if settings.language() == "en" else "、"
    numbers = joint.join(f"{facts.title(ring.number)} ({ring.number})" for ring in rings)
    if not yes and not click.confirm(_SURE.render(settings.language(), {"numbers": numbers}), err=True):
        stop(settings, _LEFT, FOUND)
    moment = now()
    gone = [sealing.destroyed(ring, moment, date=facts.today, by=record.number) for ring in rings]
    repository = project.open_repository(settings.root)
    message = f"销毁密钥：{', '.join(ring.number for ring in rings)}（{record.number}）\n"
    in_branch = project.write_rings(settings.root, repository, gone, message)
    for ring in gone:
        say(settings, _DONE, number=ring.number, list=record.number)
    say(settings, _WHAT_IS_GONE)
    say(settings, _WHAT_IS_LEFT)
    if in_branch:
        say(settings, _NEXT)


def _rings(settings: Settings, facts: Facts, record: Record) -> list[Ring]:
    """The rings that go by a list; ends the run where it may not, or nothing is left to go."""
    if record.type.name != "disposal":
        stop(settings, _NO_LIST, number=record.number)
    named = [number for number, by in facts.destroyed.items() if by == record.number]
    if not named:
        stop(settings, _NOT_YET, FOUND, number=record.number)
    rings = [facts.keystore.rings[number] for number in named if number in facts.keystore.rings]
    if not any(ring.keys for ring in rings):
        stop(settings, _NONE, FOUND, number=record.number)
    return [ring for ring in rings if ring.keys]
