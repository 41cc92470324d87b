"""muniment readers"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.commands.act import PUSH, find, now, refusing
from muniment.commands.encrypt import refuse
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, identity_option, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.keystore import Ring
    from muniment.project import Loaded
    from muniment.records import Record
    from muniment.tables import Table

ORDER = 73
_PLAIN = Text(
    "{number} is not encrypted; encrypt it first: muniment encrypt {number}",
    "{number} 没有加密；请先加密：muniment encrypt {number}",
)
_WHICH = Text("say of which records: NUMBER…, or --all", "请指明记录：编号…，或 --all（全部）")
_STRANGER = Text("`{number}` is in no staff record", "人员档案中没有 `{number}`")
_CUSTODIAN = Text(
    "{name} is the custodian of {number}; hand custody over first: muniment encrypt {number} --custodian STAFF",
    "{name} 是 {number} 的保管人；请先移交保管：muniment encrypt {number} --custodian 人员编号",
)
_SAME = Text(
    "nothing to change: every key is wrapped to whom it is for", "无需改动：密钥的分发与应知悉人员一致"
)
_DONE = Text(
    "{number}: can be read by {names}, and by the escrow", "{number}：可读取的人员：{names}，另有托管密钥"
)
_REMOVED = Text(
    "whoever could read it before may have kept the key or a copy: from the next revision on they cannot (muniment edit {number})",
    "被移除的人可能已留存密钥或副本：自下一版起才无法读取（muniment edit {number}）",
)
_TITLE = Text("Readers of encrypted records", "加密记录的知悉人员")
_COLUMNS = (
    ("number", Text("Number", "编号")),
    ("reader", Text("Reader", "知悉人员")),
    ("why", Text("Why", "依据")),
    ("state", Text("Key", "密钥")),
)
_HAS = Text("wrapped", "已分发")
_OLD = Text("wrapped to a key that is no longer theirs", "所用公钥已更换，须重新分发")
_LACKS = Text("not yet: muniment readers {number} --sync", "尚未分发：muniment readers {number} --sync")
_NO_KEY = Text("has registered no key", "本人没有登记公钥")
_TOO_MANY = Text(
    "no reader any more: muniment readers {number} --sync", "已不应知悉：muniment readers {number} --sync"
)
_GONE = Text("destroyed", "已销毁")


@as_command()
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1, shell_complete=completion.numbers)
@click.option(
    "--add", "added", multiple=True, metavar="STAFF", help="Let somebody read it. --- 增加知悉人员。"
)
@click.option(
    "--remove",
    "removed",
    multiple=True,
    metavar="STAFF",
    help="Let somebody read it no longer. --- 移除知悉人员。",
)
@click.option(
    "--sync",
    is_flag=True,
    help="Wrap the keys to whom they are for now. --- 按现在应知悉的人员重新分发密钥。",
)
@click.option("--all", "every", is_flag=True, help="All encrypted records. --- 全部加密记录。")
@identity_option
def command(
    settings: Settings,
    numbers: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    sync: bool,
    every: bool,
) -> None:
    """Who can read encrypted records; let somebody in, or shut somebody out.

    Only the key store changes: the records stay byte for byte as they are, so their approvals stay valid. To wrap a key to
    somebody takes a private key that opens it (--identity); to take a wrapping away takes none. Who has left the company, and
    keys that were replaced, are put right by --sync.

    \b
      muniment readers                                 all encrypted records
      muniment readers XM2026007 --add YG0005
      muniment readers --all --remove YG0004           somebody leaves
      muniment readers --all --sync                    keys or the escrow have changed
    ---
    查看谁能读取加密记录；增加或移除知悉人员。

    只改动密钥库：记录本身一个字节都不变，原有审批继续有效。给某人分发密钥需要能打开记录的私钥（--identity），收回则不需要。
    人员离职、密钥更换之后，用 --sync 重新分发。

    \b
      muniment readers                                 列出全部加密记录
      muniment readers XM2026007 --add YG0005
      muniment readers --all --remove YG0004           有人离开
      muniment readers --all --sync                    密钥或托管密钥有变动
    """
    loaded = settings.load()
    chosen = [find(settings, loaded.facts, number) for number in numbers] or [
        record for record in loaded.facts.corpus if record.ciphers
    ]
    for record in chosen:
        if not record.ciphers:
            stop(settings, _PLAIN, FOUND, number=record.number)
    if not (added or removed or sync):
        _list(settings, loaded.facts, chosen)
        return
    if bool(numbers) == every:
        stop(settings, _WHICH)
    for number in (*added, *removed):
        if number not in loaded.facts.register.people:
            stop(settings, _STRANGER, number=number)
    _change(settings, loaded, chosen, added, removed)


def _change(
    settings: Settings, loaded: Loaded, chosen: list[Record], added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    from muniment import project, sealing

    facts, moment = loaded.facts, now()
    rings = []
    for record in chosen:
        known = facts.keystore.rings.get(record.number)
        if known is not None and known.destroyed and len(chosen) > 1:
            continue
        try:
            if known is None or known.current is None:
                raise sealing.locked(record, facts)
            _require_no_custodian(settings, facts, record, removed)
            wanted = _wanted(known, added, removed)
            ring = sealing.rewrapped(record, facts, settings.identities, wanted, moment)
        except sealing.Impossible as problem:
            refuse(settings, problem)
        if ring != known:
            rings.append(ring)
    if not rings:
        say(settings, _SAME)
        return
    repository = project.open_repository(settings.root)
    numbers = ", ".join(ring.number for ring in rings)
    with refusing(settings):
        in_branch = project.write_rings(settings.root, repository, rings, f"知悉人员：{numbers}\n")
    for ring in rings:
        say(settings, _DONE, number=ring.number, names=_names(settings, facts, ring))
    if removed:
        say(settings, _REMOVED, number=rings[0].number)
    if in_branch:
        say(settings, PUSH)


def _wanted(ring: Ring, added: tuple[str, ...], removed: tuple[str, ...]) -> Ring:
    """The ring with who was let in and shut out noted in it; no key is changed yet."""
    come = [number for number in (*ring.added, *added) if number not in removed]
    gone = [number for number in (*ring.removed, *removed) if number not in added]
    return replace(ring, added=tuple(dict.fromkeys(come)), removed=tuple(dict.fromkeys(gone)))


def _require_no_custodian(settings: Settings, facts: Facts, record: Record, removed: tuple[str, ...]) -> None:
    own = record.data.get("confidentiality")
    custodian = own.get("custodian") if isinstance(own, dict) else None
    if custodian in removed:
        stop(settings, _CUSTODIAN, FOUND, name=facts.title(str(custodian)), number=record.number)


def _names(settings: Settings, facts: Facts, ring: Ring) -> str:
    from muniment.keystore import ESCROW

    joint = ", " if settings.language() == "en" else "、"
    numbers = [number for number in (ring.current.readers if ring.current else ()) if number != ESCROW]
    return joint.join(f"{facts.title(number)} ({number})" for number in numbers) or "—"


# -- Listing ------------------------------------------------------------------------------------------------


def _list(settings: Settings, facts: Facts, chosen: list[Record]) -> None:
    from muniment import tables

    click.echo(tables.to_text(_table(settings, facts, chosen)), nl=False)


def _table(settings: Settings, facts: Facts, chosen: list[Record]) -> Table:
    from muniment.tables import Cell, Column, Table

    lang = settings.language()
    rows = [
        (record.number, who, why.render(lang), state.render(lang, {"number": record.number}))
        for record in chosen
        for who, why, state in _states(facts, record)
    ]
    columns = tuple(Column(name, title.render(lang)) for name, title in _COLUMNS)
    return Table(_TITLE.render(lang), columns, tuple(tuple(Cell(each, each) for each in row) for row in rows))


def _states(facts: Facts, record: Record) -> list[tuple[str, Text, Text]]:
    """Of everybody whom the record is for, or who holds a key: name, why, and how the key stands."""
    from muniment import classification

    ring = facts.keystore.rings.get(record.number)
    if ring is not None and ring.destroyed:
        return [("—", Text("—", "—"), _GONE)]
    holding = dict(ring.current.readers) if ring and ring.current else {}
    found = []
    for reader in classification.readers(record, facts.policy, facts.register, facts.today, ring):
        has = holding.pop(reader.number, None)
        state = (
            _NO_KEY
            if not reader.recipient
            else _LACKS
            if has is None
            else _HAS
            if has == reader.recipient
            else _OLD
        )
        name = facts.title(reader.number)
        found.append((name if name == reader.number else f"{name} ({reader.number})", reader.why, state))
    found += [(f"{facts.title(number)} ({number})", Text("—", "—"), _TOO_MANY) for number in holding]
    return found
