"""muniment renumber"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import at_desk, find, refusing
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, progress, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.findings import Finding, Pointer
    from muniment.history import Desk
    from muniment.project import Loaded
    from muniment.records import Record

ORDER = 23
_POLICY = Text("a policy has a name, not a number", "制度只有名称，没有编号")
_TWINS = Text(
    "{first} and {second} both say that they are {number}; mend that first: muniment check",
    "{first} 和 {second} 都写着编号 {number}；请先改正：muniment check",
)
_LANDED = Text(
    "{number} has landed: its number is used for good, and other records, papers and people know it by that",
    "{number} 已进入 main：编号已经使用，其他记录、纸质件和人员都以它为准，不能再改",
)
_ACTS = Text(
    "{number} has acts ({act}), which name the number; take them out of the branch, or make a new record",
    "{number} 已有审批（{act}），其中写明了编号；请从分支中移除审批，或另建记录",
)
_CITED = Text(
    "{source} names {number} and has acts for its content already, which the change would undo",
    "{source} 引用了 {number}，且其内容已有审批，改动会使审批失效",
)
_MALFORMED = Text(
    "`{given}` is no number of the series {series}; the next free one is {next}",
    "`{given}` 不是系列 {series} 的编号；下一个可用编号是 {next}",
)
_TAKEN = Text(
    "{given} is taken by {by}; the next free number is {next}",
    "{given} 已被 {by} 占用；下一个可用编号是 {next}",
)
_FULL = Text("series {series} has no number left", "系列 {series} 的编号已用完")
_SAME = Text("{number} is the next free number: nothing to move", "{number} 就是下一个可用编号，无需移动")
_EDIT = Text("{path} cannot be edited: {why}", "无法修改 {path}：{why}")
_WORSE = Text(
    "with the new number the check would find what it does not find now; nothing was written",
    "改号之后检查会出现新的问题；没有写入任何内容",
)
_DONE = Text(
    "{old} is {new} now; look at it with `git status`, then commit",
    "{old} 已改为 {new}；请用 `git status` 查看后提交",
)
_FINISHED = Text(
    "an earlier run was cut off while it made {new} of {old}; that is finished now: look at it with `git status`",
    "上次把 {old} 改为 {new} 时被中断，现已补完；请用 `git status` 查看",
)
_GAP = "NUM004"
_ALSO = Text("changed as well, because it names the record: {path}", "同时修改了引用它的文件：{path}")


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@click.option(
    "--to",
    "given",
    metavar="NUMBER",
    help="The new number; the next free one otherwise. --- 新编号；默认下一个可用编号。",
)
def command(settings: Settings, number: str, given: str | None) -> None:
    """Move a record that has not landed and has no acts to another number of its series and year.

    Folder, files, the field `number` and what names the record in this branch change together; nothing is committed. Two people who
    took one number need it, and whoever left a gap.

    \b
      muniment renumber XM2026007
      muniment renumber XM2026007 --to XM2026006
    ---
    把尚未进入 main、也没有审批的记录改为同一系列、同一年的另一个编号。

    文件夹、文件名、编号字段，以及本分支中对它的引用一起改动；不会提交。两个人取了同一个编号，或者编号不连续时使用。

    \b
      muniment renumber XM2026007
      muniment renumber XM2026007 --to XM2026006
    """
    from muniment import rehearsal, report

    desk = at_desk(settings)
    if number.strip().upper() in _finished(settings, desk):
        return
    loaded = settings.load()
    record = find(settings, loaded.facts, number)
    _require_movable(settings, loaded.facts, record)
    new = _new_number(settings, loaded, record, given)
    files = _files(settings, loaded.facts, record, new)
    with progress(settings, Text("checking the new number", "正在检查新编号")):
        after = _moved(loaded, record, files)
        fresh = _worse(rehearsal.findings(loaded), rehearsal.findings(after), record.number, new)
    if _missing_count(after.facts) <= _missing_count(loaded.facts):
        # Of several that leave a gap each moves in its turn, and the gap with them.
        fresh = [each for each in fresh if each.code != _GAP]
    if fresh:
        click.echo(report.text(fresh, settings.language(), after.facts.corpus.documents), err=True)
        stop(settings, _WORSE, FOUND)
    _move(settings, desk, record, new, files)
    folder = _folder(loaded.facts, new)
    click.echo(f"{folder}/{new}.yaml")
    say(settings, _DONE, old=record.number, new=new)
    for path in files:
        if not path.startswith(f"{folder}/"):
            say(settings, _ALSO, path=path)


def _folder(facts: Facts, number: str) -> str:
    return (facts.policy.path_of(number) or "").rpartition("/")[0]


# -- Whether it may move ------------------------------------------------------------------------------------


def _require_movable(settings: Settings, facts: Facts, record: Record) -> None:
    if record.type.group == "policy":
        stop(settings, _POLICY)
    for twin in facts.corpus.twins:
        if twin.number == record.number:
            stop(settings, _TWINS, FOUND, first=record.path, second=twin.path, number=record.number)
    if facts.ledger is not None and record.path in facts.ledger.tip:
        stop(settings, _LANDED, FOUND, number=record.number)
    if record.act_paths:
        stop(settings, _ACTS, FOUND, number=record.number, act=record.act_paths[0].rpartition("/")[2])


def _new_number(settings: Settings, loaded: Loaded, record: Record, given: str | None) -> str:
    """The number that was asked for, if it is free; else the first that is missing before it, else the next free one."""
    from muniment import numbering

    facts = _moved(loaded, record, {}).facts
    series = facts.policy.series_of(record.number)
    parsed = series.parse(record.number) if series else None
    if series is None or parsed is None:
        stop(settings, _MALFORMED, FOUND, given=record.number, series=record.number[:2], next="—")
    upcoming = _missing(facts, record, parsed[0]) or numbering.next_number_or_none(
        facts, series.letters, parsed[0]
    )
    if given is None:
        if upcoming is None:
            stop(settings, _FULL, FOUND, series=series.letters)
        if upcoming == record.number:
            stop(settings, _SAME, FOUND, number=record.number)
        return upcoming
    given = given.strip().upper()
    wanted = series.parse(given)
    if wanted is None or wanted[0] != parsed[0]:
        stop(settings, _MALFORMED, given=given, series=series.letters + parsed[0], next=upcoming or "—")
    by = _holder(facts, given, record)
    if by:
        stop(settings, _TAKEN, FOUND, given=given, by=by, next=upcoming or "—")
    return given


def _missing(facts: Facts, record: Record, year: str) -> str:
    """The first number before the record's that nobody has or ever had; of two that leave a gap, the first moves there first."""
    from muniment import numbering

    for run in numbering.runs(facts):
        if (run.series.letters, run.year) == (record.number[:2], year):
            for number in (number for gap in numbering.gaps(run) for number in gap.numbers):
                if number < record.number and not _holder(facts, number, record):
                    return number
    return ""


def _holder(facts: Facts, number: str, record: Record) -> str:
    """Who has a number already: a record, another branch, or main in the past."""
    from muniment import numbering

    taken = dict(numbering.used(facts))
    if number in taken or number == record.number:
        return taken.get(number, record.path)
    if facts.ledger is not None and facts.ledger.last(number) is not None:
        return "main"
    return ", ".join(numbering.holders(facts, number))


# -- What changes -------------------------------------------------------------------------------------------


def _moved(loaded: Loaded, record: Record, files: Mapping[str, bytes]) -> Loaded:
    """The registry without the record's old folder, and with these files."""
    from muniment import rehearsal

    tree = loaded.facts.corpus.tree
    modes = {path: mode for path, mode in tree.modes.items() if not path.startswith(f"{record.folder}/")}
    corpus = replace(loaded.facts.corpus, tree=replace(tree, modes=modes))
    return rehearsal.rehearse(replace(loaded, facts=replace(loaded.facts, corpus=corpus)), files)


def _worse(before: list[Finding], after: list[Finding], old: str, new: str) -> list[Finding]:
    """What is wrong now and was not; what was wrong under the old number is not new."""
    from muniment import rehearsal

    known = {(each.code, each.place.path.rpartition("/")[2].replace(old, new)) for each in before}
    fresh = rehearsal.worse(before, after)
    return [each for each in fresh if (each.code, each.place.path.rpartition("/")[2]) not in known]


def _missing_count(facts: Facts) -> int:
    from muniment import numbering

    return sum(len(gap.numbers) for run in numbering.runs(facts) for gap in numbering.gaps(run))


def _files(settings: Settings, facts: Facts, record: Record, new: str) -> dict[str, bytes]:
    """Everything that is written: the record under its new number, and what names it in this branch."""
    from muniment import edit

    old, folder = record.number, _folder(facts, new)
    path = record.path
    found = {}
    try:
        for path in (record.path, *record.files):
            name = path[len(record.folder) + 1 :]
            content = facts.corpus.tree.read(path)
            if path == record.path:
                content = edit.set_value(record.document.text, ("number",), new).encode()
            elif name == f"{old}.md":
                content = _renamed(content, old, new)
            name = re.sub(rf"^{old}(?=\.[a-z]+$)", new, name)
            found[f"{folder}/{name}"] = content
        for source, pointers in _referring(facts, record):
            path = source.path
            if source.acts and source.acts[-1].revision == source.revision:
                stop(settings, _CITED, FOUND, source=source.number, number=old)
            text = source.document.text
            for pointer in pointers:
                text = edit.set_value(text, pointer, new)
            found[path] = text.encode()
    except edit.EditError as problem:
        stop(settings, _EDIT, FOUND, path=path, why=problem)
    return found


def _renamed(content: bytes, old: str, new: str) -> bytes:
    """A text that names the record by its number, as words and in links."""
    return re.sub(rb"(?<![0-9A-Za-z])" + old.encode() + rb"(?![0-9])", new.encode(), content)


def _referring(facts: Facts, record: Record) -> list[tuple[Record, list[Pointer]]]:
    """Other records that name this one, as far as this branch has changed them: landed ones mean main's."""
    from muniment.ledger import blob_id

    tip = facts.ledger.tip if facts.ledger is not None else {}
    found: dict[str, tuple[Record, list[Pointer]]] = {}
    for reference in facts.referrers.get(record.number, ()):
        source = reference.source
        if source.path != record.path and tip.get(source.path) != blob_id(source.document.text.encode()):
            found.setdefault(source.path, (source, []))[1].append(reference.pointer)
    return list(found.values())


# -- Writing ------------------------------------------------------------------------------------------------


def _move(settings: Settings, desk: Desk, record: Record, new: str, files: Mapping[str, bytes]) -> None:
    """`git mv` where git knows the files, then the changed texts; where that fails all is as it was."""
    from muniment import rehearsal

    root = settings.root
    folder = next(iter(files)).rpartition("/")[0]
    known = desk.tracked(record.folder)
    note = _note(desk)
    with refusing(settings), _undoing() as undo:
        undo.append(lambda: note.unlink(missing_ok=True))
        _write_note(note, record, new, folder, files, is_known=bool(known))
        top = next(each for each in (root / folder).parents if each.exists())
        (root / folder).parent.mkdir(parents=True, exist_ok=True)
        undo.append(lambda: _remove_empty((root / folder).parent, top))
        _rename(desk, root, record.folder, folder, bool(known), undo)
        for path in (record.path, *record.files):
            name = path[len(record.folder) + 1 :]
            target = re.sub(rf"^{record.number}(?=\.[a-z]+$)", new, name)
            if target != name:
                _rename(desk, root, f"{folder}/{name}", f"{folder}/{target}", path in known, undo)
        rehearsal.write(root, files)
    note.unlink()


# A run that is killed cannot take anything back, so what it is about to do is noted first and the next run ends it.


def _note(desk: Desk) -> Path:
    return desk.reader.git_dir / "muniment-renumber.json"


def _write_note(
    note: Path, record: Record, new: str, folder: str, files: Mapping[str, bytes], *, is_known: bool
) -> None:
    from muniment import project

    inside = [
        (f"{folder}/{path[len(record.folder) + 1 :]}", record.number) for path in (record.path, *record.files)
    ]
    moves = [[record.folder, folder]]
    moves += [
        [path, f"{folder}/{re.sub(rf'^{old}(?=[.][a-z]+$)', new, path[len(folder) + 1 :])}"]
        for path, old in inside
    ]
    data = {
        "old": record.number,
        "new": new,
        "moves": [[source, target] for source, target in moves if source != target],
        "files": {path: b64encode(content).decode("ascii") for path, content in files.items()},
        "known": is_known,
    }
    project.write_whole(note, json.dumps(data).encode())


def _finished(settings: Settings, desk: Desk) -> tuple[str, ...]:
    """Ends a renumbering that was cut off; the numbers that it was about."""
    from muniment import rehearsal

    note, root = _note(desk), settings.root
    if not note.is_file():
        return ()
    data = json.loads(note.read_text(encoding="ascii"))
    for source, target in data["moves"]:
        if (root / source).exists() and not (root / target).exists():
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            (root / source).rename(root / target)
    with refusing(settings):
        rehearsal.write(root, {path: b64decode(content) for path, content in data["files"].items()})
        if data["known"]:
            desk.restage(*data["moves"][0])
    note.unlink()
    say(settings, _FINISHED, old=data["old"], new=data["new"])
    return (data["old"], data["new"])


def _rename(
    desk: Desk, root: Path, old: str, new: str, is_known: bool, undo: list[Callable[[], object]]
) -> None:
    if is_known:
        desk.move(old, new)
        undo.append(lambda: desk.move(new, old))
    else:
        (root / old).rename(root / new)
        undo.append(lambda: (root / new).rename(root / old))


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


@contextmanager
def _undoing() -> Iterator[list[Callable[[], object]]]:
    """Steps to take back, the last one first, when what follows fails."""
    steps: list[Callable[[], object]] = []
    try:
        yield steps
    except BaseException:
        for step in reversed(steps):
            step()
        raise
