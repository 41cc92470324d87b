"""muniment destroy"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import find, now, refusing
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.history import Repository
    from muniment.keystore import Ring
    from muniment.records import Record

ORDER = 62
_NO_LIST = Text("{number} is no list of disposal", "{number} 不是销毁清单")
_NOT_YET = Text(
    "{number} has not been carried out: record the destruction first, by its whole chain (muniment act {number})",
    "{number} 尚未执行：请先按审批链办完销毁环节（muniment act {number}）",
)
_NONE = Text(
    "{number} names no record whose keys the key store ever held",
    "{number} 所列记录都没有用过密钥库中的密钥",
)
_SURE = Text(
    "Destroy the keys of {numbers} for good? Nobody, not even the escrow, will read them again",
    "永久销毁 {numbers} 的密钥？此后任何人（包括托管密钥）都无法再读取",
)
_LEFT = Text("nothing was destroyed", "没有销毁任何密钥")
_DONE = Text(
    "{number}: its keys are out of the key store; by {list}", "{number}：密钥已从密钥库中销毁（{list}）"
)
_BEFORE = Text(
    "{number}: its keys were destroyed on {date} by {list}; this copy of the key store holds none",
    "{number}：密钥已于 {date} 按 {list} 销毁；这份密钥库中也已没有",
)
_WHAT_IS_GONE = Text(
    "gone: the wrapped keys of all revisions, to all readers and to the escrow, in this copy of the key store; with it alone nobody can"
    " read body, attachments and sealed facts any more, whatever copies of the repository there are",
    "已经销毁：这份密钥库中各版次分发给所有知悉人员及托管的密钥。仅凭它，任何人都不能再读取正文、附件和封存的事实，不论仓库有多少副本",
)
_WHAT_STAYS = Text(
    "stays on purpose: number, title, dates, level and approvals as a stub; the encrypted files in every clone, which nobody can open",
    "有意保留：编号、标题、日期、密级和审批记录（存根）；各份克隆中的加密文件（无人能打开）",
)
_WHAT_REMAINS = Text("may still open or show it:", "仍可能打开或泄露内容的：")
_COPIES = Text(
    "  - older copies of the key store: {held}the server until you push, other clones until they fetch, the old objects in all of them"
    " until Git clears up",
    "  - 旧的密钥库：{held}服务器（推送之前）、其他克隆（取回之前），以及它们当中尚未清理的旧对象",
)
_HELD = Text("{refs} in this clone, ", "本地的 {refs}、")
_FOLDER = Text(
    "  - older copies of the folder keys/: versions that a share or a repository of its own keeps of it",
    "  - keys/ 文件夹的旧版本：共享盘或它自己的仓库所保留的版本",
)
_BACKUPS = Text(
    "  - backups of the key store; since {since} the registry has recorded: {backups}",
    "  - 密钥库的备份；自 {since} 起登记的备份有：{backups}",
)
_NO_BACKUPS = Text(
    "  - backups of the key store, though none has been recorded here since {since}",
    "  - 密钥库的备份（自 {since} 起，登记库中没有备份记录）",
)
_READERS = Text(
    "  - keys that were unwrapped and kept, and plain text that was taken out, printed or copied: {names} could do so",
    "  - 自行留存的密钥，以及已导出、打印、抄录的明文：{names} 曾有此可能",
)
_PAPER = Text("  - {number} on paper: {place}", "  - {number} 的纸质件：{place}")
_COMMITS = Text(
    "  - plain text of {number} in the history of this repository, which no key protects (first in commit {first})",
    "  - {number} 的明文留在本仓库的历史中，没有加密（最早见于提交 {first}）",
)
_NEXT = Text(
    "to finish, here:\n  git push --force-with-lease origin keys\n{clear}\nin every other clone:\n  git pull --prune\n"
    "  muniment destroy {number} --yes\n{clear}\non the server: git gc --prune=now; and take the key store out of the backups",
    "还须完成。本地：\n  git push --force-with-lease origin keys\n{clear}\n其他每份克隆：\n  git pull --prune\n"
    "  muniment destroy {number} --yes\n{clear}\n服务器：git gc --prune=now；并从备份中删除旧的密钥库",
)
# Git keeps where a fetched branch stood before, and with it the keys.
_CLEAR = "  git reflog expire --expire=now --all\n  git gc --prune=now"


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

    清单须办完全部审批环节，包括销毁。记录保留存根，密钥从密钥库中删除，并注明日期和清单编号。最后会说明哪些已经销毁、哪些仍可能打开内容，以及怎样清理。
    在其他克隆里，取回之后再运行一次，清掉那里的副本。

    \b
      muniment destroy XH20260003
    """
    from muniment import project, sealing

    loaded = settings.load()
    facts = loaded.facts
    record = find(settings, facts, disposal)
    rings = _rings(settings, facts, record)
    alive = [ring for ring in rings if ring.keys]
    joint = ", " if settings.language() == "en" else "、"
    numbers = joint.join(f"{facts.title(ring.number)} ({ring.number})" for ring in alive)
    if (
        alive
        and not yes
        and not click.confirm(_SURE.render(settings.language(), {"numbers": numbers}), err=True)
    ):
        stop(settings, _LEFT, FOUND)
    moment = now()
    after = [
        sealing.destroyed(ring, moment, date=facts.today, by=record.number) if ring.keys else ring
        for ring in rings
    ]
    repository = project.open_repository(settings.root)
    message = f"销毁密钥：{', '.join(ring.number for ring in after)}（{record.number}）\n"
    # What is destroyed elsewhere is written as well: the copy of this clone may still hold it.
    with refusing(settings):
        in_branch = project.write_rings(settings.root, repository, after, message)
    for ring in after:
        words = _DONE if ring in alive or ring.changed == moment else _BEFORE
        say(settings, words, number=ring.number, list=record.number, date=ring.destroyed.get("date", "—"))
    say(settings, _WHAT_IS_GONE)
    say(settings, _WHAT_STAYS)
    say(settings, _WHAT_REMAINS)
    for words, params in _remains(settings, facts, repository, rings, in_branch):
        say(settings, words, **params)
    if in_branch:
        say(settings, _NEXT, number=record.number, clear=_CLEAR)


def _rings(settings: Settings, facts: Facts, record: Record) -> list[Ring]:
    """The rings that go by a list, those that are gone already among them; ends the run where it may not, or there are none."""
    if record.type.name != "disposal":
        stop(settings, _NO_LIST, number=record.number)
    named = [number for number, by in facts.destroyed.items() if by == record.number]
    if not named:
        stop(settings, _NOT_YET, FOUND, number=record.number)
    rings = [facts.keystore.rings[number] for number in named if number in facts.keystore.rings]
    if not rings:
        stop(settings, _NONE, FOUND, number=record.number)
    return rings


Said = tuple[Text, dict[str, object]]


def _remains(
    settings: Settings, facts: Facts, repository: Repository | None, rings: list[Ring], in_branch: bool
) -> Iterator[Said]:
    """Where keys or plain text of the records may still be, as far as the registry can know; `rings` are as they were."""
    from muniment import project
    from muniment.keystore import ESCROW

    lang = settings.language()
    joint = ", " if lang == "en" else "、"
    if in_branch and repository is not None:
        refs = joint.join(project.stale_keys(repository, [ring.number for ring in rings]))
        yield _COPIES, {"held": _HELD.render(lang, {"refs": refs}) if refs else ""}
    else:
        yield _FOLDER, {}
    since = min((key.made for ring in rings for key in ring.keys), default="")
    if since:
        held = [each for each in facts.corpus.of("backup") if str(each.data["date"]) >= since]
        named = joint.join(f"{each.number} ({each.data['date']}, {each.data['target']})" for each in held)
        yield (_BACKUPS if held else _NO_BACKUPS), {"since": since, "backups": named}
    readers = dict.fromkeys(reader for ring in rings for key in ring.keys for reader in key.readers)
    names = joint.join(facts.title(reader) for reader in readers if reader != ESCROW)
    if names:
        yield _READERS, {"names": names}
    for ring in rings:
        yield from _of_record(facts, repository, ring.number)


def _of_record(facts: Facts, repository: Repository | None, number: str) -> Iterator[Said]:
    """What no key ever protected: its paper, and commits that hold it in plain text."""
    from muniment.age import SUFFIX

    record = facts.corpus.records.get(number)
    if record is None:
        return
    paper = record.data.get("paper")
    if paper:
        place = " ".join(str(paper[name]) for name in ("room", "shelf", "box") if paper.get(name))
        yield _PAPER, {"number": number, "place": place}
    names = [str(each.get("file", "")) for each in record.data.get("attachments") or ()]
    plain = [f"{number}.md", *(f"files/{name.removesuffix(SUFFIX)}" for name in names)]
    paths = [f"{record.folder}/{name}" for name in plain]
    commits = repository.touching(repository.head, paths) if repository and repository.head else ()
    if commits:
        yield _COMMITS, {"number": number, "first": commits[-1][:8]}
