"""muniment revise"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import at_desk, branch_for, find, myself, refuse, refusing
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, progress, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.history import Desk, Repository
    from muniment.project import Loaded
    from muniment.records import Record

ORDER = 22
_WORSE = Text(
    "the check would then find what it does not find now; nothing was written",
    "改动之后检查会出现新的问题；没有写入任何内容",
)
_EDIT = Text("{path} cannot be edited: {why}", "无法修改 {path}：{why}")
_DONE = Text(
    "{number} is at revision {revision} now: change the content, commit, and ask for the approvals",
    "{number} 现为第 {revision} 版：请修改内容并提交，然后报审",
)
_ASSENT = Text(
    "you are its author now in place of {before}; one of the approvals has to be by {before} or by the head of {owner}",
    "编制人由 {before} 改为您；审批中须有 {before} 或 {owner} 负责人的同意",
)
_BRANCHED = Text(
    "you were on main, so this is on the new branch {branch}", "您原在 main 上，因此已切换到新分支 {branch}"
)


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
def command(settings: Settings, number: str) -> None:
    """Begin the next revision of a record in force: the revision goes up by one, `updated` becomes today.

    Nothing is committed: the content is for you to change. Comments and the order of fields stay. On main it begins the branch
    revise/NUMBER. Somebody else's record becomes yours to answer for, and its former author or the head of its department
    has to be among those who approve.

    \b
      muniment revise JS2026008
    ---
    开始编写现行记录的下一版：版次加一，更新日期改为今天。

    不会提交：内容由您接着修改。注释和字段顺序保持不变。在 main 上会新建分支 revise/编号。修订他人的记录时，
    编制人改为您，审批人中须有原编制人或归口部门负责人。

    \b
      muniment revise JS2026008
    """
    from muniment import acting
    from muniment.edit import EditError

    desk = at_desk(settings)
    loaded = settings.load()
    me = myself(settings, loaded)
    record = find(settings, loaded.facts, number)
    try:
        text = acting.revised(loaded.facts, record, landed(loaded.facts, desk.reader, record), me)
    except acting.Impossible as problem:
        refuse(settings, problem)
    except EditError as problem:
        stop(settings, _EDIT, FOUND, path=record.path, why=problem)
    branch = write(settings, loaded, desk, {record.path: text.encode()}, f"revise/{record.number}")
    click.echo(record.path)
    tell(settings, loaded.facts, record, me, branch)


def landed(facts: Facts, repository: Repository, record: Record) -> Record | None:
    """The record as main holds it at the point from which we depart; `None` where it does not."""
    from muniment import records
    from muniment.past import Store, read_folder

    main = repository.main or ""
    base = repository.merge_base(repository.head or main, main)
    held = {
        path: entry
        for path, entry in (repository.files(base) if base else {}).items()
        if path.startswith(f"{record.folder}/") and records.folder_of(path) == record.folder
    }
    return next(iter(read_folder(held, Store(repository.blobs), facts.types)), None)


def write(settings: Settings, loaded: Loaded, desk: Desk, files: Mapping[str, bytes], name: str) -> str:
    """Write what the check has nothing new against, on a new branch where we stand on main; returns that branch."""
    from muniment import rehearsal, report

    with progress(settings, Text("checking what would come of it", "正在检查结果")):
        after = rehearsal.rehearse(loaded, files)
        fresh = rehearsal.worse(rehearsal.findings(loaded), rehearsal.findings(after))
    if fresh:
        click.echo(report.text(fresh, settings.language(), after.facts.corpus.documents), err=True)
        stop(settings, _WORSE, FOUND)
    branch = branch_for(settings, desk.reader, name)
    with refusing(settings), desk.branched(branch) if branch else nullcontext():
        rehearsal.write(settings.root, files)
    return branch


def tell(settings: Settings, facts: Facts, record: Record, me: str, branch: str) -> None:
    """What was begun, and who has to agree to it."""
    before = str(record.data.get("author"))
    say(settings, _DONE, number=record.number, revision=record.revision + 1)
    if before != me and record.type.chain != "organization":
        named = f"{facts.title(before)} ({before})"
        say(settings, _ASSENT, before=named, owner=facts.register.owner(record.data) or "—")
    if branch:
        say(settings, _BRANCHED, branch=branch)
