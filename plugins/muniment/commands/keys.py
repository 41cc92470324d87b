"""muniment keys"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.commands.act import at_desk, myself, own_git, refuse, refusing
from muniment.commands.revise import landed, tell, write
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.history import Desk
    from muniment.project import Loaded
    from muniment.records import Record
    from muniment.sshsig import Key
    from muniment.tables import Table

ORDER = 80
_ACTIONS = ("list", "add", "allowed-signers", "configure", "identity", "recipient", "textconv")
_USUAL_IDENTITY = Path("~/.config/muniment/identity.txt")
_NO_KEY = Text(
    "there is no key in {path}; make one, with a passphrase: ssh-keygen -t ed25519\n"
    "or say which: muniment keys {action} FILE.pub",
    "{path} 中没有密钥；请新建（请设置口令）：ssh-keygen -t ed25519\n或指明文件：muniment keys {action} 文件.pub",
)
_PRIVATE = Text(
    "{path} is a private key, which nobody else may ever see; name the file {path}.pub",
    "{path} 是私钥，任何人都不应看到；请使用 {path}.pub",
)
_ODD_KEY = Text(
    "{path} holds no SSH public key of a kind that is accepted ({reason}); make one: ssh-keygen -t ed25519",
    "{path} 不是可以接受的 SSH 公钥（{reason}）；请新建：ssh-keygen -t ed25519",
)
_MINE = Text("your record {number} has this key already", "您的档案 {number} 已登记这个密钥")
_OTHERS = Text("{name} ({number}) has registered this key", "这个密钥已由 {name}（{number}）登记")
_ADDED = Text(
    "{fingerprint} stands in {path} now, in force from {day}\ncommit it and have it approved like every change of staff"
    " ({stages}); it counts once main has it, and only from then on",
    "{fingerprint} 已写入 {path}，自 {day} 起启用\n请提交，并按人员变更报审（{stages}）；合并到 main 之后才生效",
)
_NOT_REGISTERED = Text(
    "this key is in no staff record so far, so it proves nothing yet: muniment keys add {path}",
    "人员档案中还没有这个密钥，签名尚不能作为证据：muniment keys add {path}",
)
_NO_PRIVATE = Text(
    "there is no private key beside {path}; signing works only if an agent holds it",
    "{path} 旁边没有私钥；只有密钥代理持有私钥时才能签名",
)
_SET = Text(
    "git signs every commit in this clone now; see it with `git log --show-signature`",
    "此后在这个本地仓库中的每次提交都会签名；可用 `git log --show-signature` 查看",
)
_MADE = Text(
    "a new key to decrypt with is in {path}; keep a copy of it in a safe place: without it you read nothing\n"
    "set MUNIMENT_IDENTITY={path}, and register its public half: muniment keys recipient",
    "解密私钥已写入 {path}；请另存一份在安全的地方，丢失后将无法读取\n"
    "请设置 MUNIMENT_IDENTITY={path}，并登记公钥：muniment keys recipient",
)
_THERE = Text(
    "your key to decrypt with is in {path}; its public half:", "您的解密私钥在 {path}；对应的公钥："
)
_NO_AGE_KEY = Text(
    "there is no key to decrypt with in {path}; make one: muniment keys identity",
    "{path} 中没有解密私钥；请新建：muniment keys identity",
)
_RECIPIENT = Text(
    "{recipient} stands in {path} now\ncommit it and have it approved like every change of staff ({stages}); then somebody who"
    " can read the records lets you in: muniment readers --all --sync",
    "{recipient} 已写入 {path}\n请提交，并按人员变更报审（{stages}）；之后由能读取记录的人重新分发密钥：muniment readers --all --sync",
)
_REGISTERED = Text("your record {number} has this public key already", "您的档案 {number} 已登记这个公钥")
_TEXTCONV = Text(
    "`git diff` and `git log -p` show encrypted files in plain text here, as far as your key opens them; nothing of it is kept",
    "此后在本地仓库中，`git diff` 和 `git log -p` 会以明文显示您有权读取的加密文件；明文不会被保存",
)
_HINT = Text(
    "for git to use it, by its whole path: git config gpg.ssh.allowedSignersFile {path}",
    "让 git 使用它（须写完整路径）：git config gpg.ssh.allowedSignersFile {path}",
)
_NOT_HERE = Text("`{given}` belongs to no `keys {action}`", "`keys {action}` 不使用 `{given}`")
_COLUMNS = (
    ("number", Text("Number", "编号")),
    ("name", Text("Name", "姓名")),
    ("key", Text("Key", "密钥")),
    ("from", Text("From", "启用")),
    ("to", Text("To", "停用")),
    ("state", Text("Today", "今天")),
)
_TITLE = Text("Signing keys", "签名密钥")
_IN_FORCE = Text("in force", "有效")
_NOT_IN_FORCE = Text("not in force", "无效")
_NONE = Text("no key", "没有密钥")


@as_command()
@click.argument("action", metavar="[ACTION]", type=click.Choice(_ACTIONS), default="list")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where allowed-signers is written; otherwise it is printed. --- allowed-signers 写入的文件；不写则打印出来。",
)
def command(settings: Settings, action: str, file: Path | None, out: Path | None) -> None:
    """Who signs with which key; register yours, and let git sign. And the key with which you read encrypted records.

    ACTION is `list`, `add` (your public key into your staff record, as a new revision of it), `configure` (git signs in this clone
    from now on), or `allowed-signers` (the register as git's own file of keys). FILE is your public key; otherwise what git is
    configured with, else ~/.ssh/id_ed25519.pub.

    For encrypted records an ssh-ed25519 key that you sign with will do. To have one apart: `identity` makes it (or shows its public
    half), `recipient` enters that in your staff record, `textconv` lets `git diff` show encrypted files. FILE is then the private key,
    ~/.config/muniment/identity.txt unless you say otherwise.

    \b
      ssh-keygen -t ed25519              make a key, once
      muniment keys add                  register it; personnel and a leader approve that
      muniment keys configure            let git sign with it
      muniment keys                      who has which keys
      muniment keys allowed-signers --out ~/.config/git/allowed_signers
      muniment keys identity             make a key to decrypt with, or show it
      muniment keys recipient            register its public half
      muniment keys textconv             let git diff show encrypted files
    ---
    谁用哪个密钥签名；登记您的密钥，并让 git 签名；以及读取加密记录所用的密钥。

    ACTION 可以是 `list`（列出）、`add`（把您的公钥写入您的人员档案，成为新的一版）、`configure`（此后在本地仓库中签名）、
    `allowed-signers`（按人员档案生成 git 的密钥清单）。FILE 是您的公钥；不写则取 git 所设的密钥，或 ~/.ssh/id_ed25519.pub。

    读取加密记录，可以直接用签名的 ssh-ed25519 密钥。需要单独一把时：`identity` 新建（或显示公钥），`recipient` 把公钥登记到您的
    人员档案，`textconv` 让 `git diff` 显示加密文件。这时 FILE 是私钥文件，不写则为 ~/.config/muniment/identity.txt。

    \b
      ssh-keygen -t ed25519              新建密钥，只需一次
      muniment keys add                  登记密钥，由人事和公司领导批准
      muniment keys configure            让 git 用它签名
      muniment keys                      列出各人的密钥
      muniment keys allowed-signers --out ~/.config/git/allowed_signers
      muniment keys identity             新建或查看解密用的密钥
      muniment keys recipient            把它的公钥登记到人员档案
      muniment keys textconv             让 git diff 显示加密文件
    """
    if file is not None and action not in ("add", "configure", "identity", "recipient"):
        stop(settings, _NOT_HERE, given=file, action=action)
    if out is not None and action != "allowed-signers":
        stop(settings, _NOT_HERE, given="--out", action=action)
    if action == "add":
        _add(settings, file)
    elif action == "configure":
        _configure(settings, file)
    elif action == "allowed-signers":
        _export(settings, out)
    elif action == "identity":
        _identity(settings, file or _USUAL_IDENTITY)
    elif action == "recipient":
        _register(settings, file or _USUAL_IDENTITY)
    elif action == "textconv":
        _show_plain(settings)
    else:
        _list(settings)


# -- list ---------------------------------------------------------------------------------------------------


def _list(settings: Settings) -> None:
    from muniment import tables

    click.echo(tables.to_text(_table(settings, settings.load().facts)), nl=False)


def _table(settings: Settings, facts: Facts) -> Table:
    from muniment.tables import Cell, Column, Table

    lang = settings.language()
    rows = []
    for person in facts.register.people.values():
        for fingerprint, start, end in _keys(facts, person.number):
            holds = (not start or start <= facts.today) and (not end or facts.today <= end)
            state = _IN_FORCE if holds and person.term.holds(facts.today) else _NOT_IN_FORCE
            rows.append((person.number, person.name, fingerprint, start, end, state.render(lang)))
        if not person.keys:
            rows.append((person.number, person.name, _NONE.render(lang), "", "", ""))
    columns = tuple(Column(name, title.render(lang)) for name, title in _COLUMNS)
    cells = tuple(tuple(Cell(value, value) for value in row) for row in rows)
    return Table(_TITLE.render(lang), columns, cells)


def _keys(facts: Facts, number: str) -> Iterator[tuple[str, str, str]]:
    """Fingerprint, from and to of a person's keys; what is no key is said to be none."""
    from muniment import sshsig

    for entry in facts.corpus.records[number].data.get("signing_keys") or ():
        try:
            shown = sshsig.parse_key(str(entry["key"])).fingerprint
        except sshsig.BadSignature:
            shown = "—"
        yield shown, str(entry.get("from") or ""), str(entry.get("to") or "")


# -- add ----------------------------------------------------------------------------------------------------


def _add(settings: Settings, file: Path | None) -> None:
    from muniment import edit

    desk = at_desk(settings)
    loaded = settings.load()
    facts = loaded.facts
    me = myself(settings, loaded)
    _, key = _key(settings, loaded, file, "add")
    for person, _ in facts.register.by_key.get(key.blob, ()):
        words = _MINE if person.number == me else _OTHERS
        stop(settings, words, FOUND, number=person.number, name=person.name)
    entry = {"key": key.line, "from": facts.today}
    stages = _into_my_record(
        settings, loaded, desk, me, lambda text: edit.append(text, ("signing_keys",), entry)
    )
    path = facts.corpus.records[me].path
    say(settings, _ADDED, fingerprint=key.fingerprint, path=path, day=facts.today, stages=stages)


def _into_my_record(
    settings: Settings, loaded: Loaded, desk: Desk, me: str, change: Callable[[str], str]
) -> str:
    """Changes somebody's own staff record, in its next revision; gives the stages that decide on it."""
    from muniment import acting

    facts = loaded.facts
    record = facts.corpus.records[me]
    landed_record = landed(facts, desk.reader, record)
    is_begun = landed_record is not None and record.revision > landed_record.revision
    try:
        text = record.document.text if is_begun else acting.revised(facts, record, landed_record, me)
        text = change(text)
    except acting.Impossible as problem:
        refuse(settings, problem)
    branch = write(settings, loaded, desk, {record.path: text.encode()}, f"revise/{me}")
    click.echo(record.path)
    if not is_begun:
        tell(settings, facts, record, me, branch)
    return ", ".join(stage.name for stage in facts.policy.chains.get("organization", ()))


def _key(settings: Settings, loaded: Loaded, file: Path | None, action: str) -> tuple[Path, Key]:
    """The public key that is meant, and its file by its whole path."""
    from muniment import sshsig

    path = (file or _usual(loaded)).expanduser().absolute()
    if path.suffix != ".pub" and path.with_name(f"{path.name}.pub").is_file():
        path = path.with_name(f"{path.name}.pub")
    if not path.is_file():
        stop(settings, _NO_KEY, path=path, action=action)
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if "PRIVATE KEY-----" in text:
        stop(settings, _PRIVATE, path=path)
    try:
        return path, sshsig.parse_key(text)
    except sshsig.BadSignature as problem:
        stop(settings, _ODD_KEY, path=path, reason=problem.reason)


def _usual(loaded: Loaded) -> Path:
    from muniment.history import identity

    configured = identity(loaded.root).get("user.signingkey", "")
    is_file = configured and not re.match(r"key::|ssh-|ecdsa-|sk-", configured)
    return Path(configured) if is_file else Path("~/.ssh/id_ed25519.pub")


# -- configure ----------------------------------------------------------------------------------------------


def _configure(settings: Settings, file: Path | None) -> None:
    from muniment import project

    desk = own_git(settings)
    loaded = settings.load()
    me = myself(settings, loaded)
    path, key = _key(settings, loaded, file, "configure")
    signers = desk.reader.git_dir / "allowed_signers"
    values = {
        "gpg.format": "ssh",
        "user.signingkey": str(path),
        "commit.gpgsign": "true",
        "gpg.ssh.allowedSignersFile": str(signers.absolute()),
    }
    with refusing(settings):
        project.write_whole(signers, _signers(loaded.facts).encode())
        desk.configure(values)
    for name, value in values.items():
        click.echo(f"{name} = {value}")
    say(settings, _SET)
    if me not in (person.number for person, _ in loaded.facts.register.by_key.get(key.blob, ())):
        say(settings, _NOT_REGISTERED, path=path)
    if not path.with_suffix("").is_file():
        say(settings, _NO_PRIVATE, path=path)


# -- Keys to decrypt with -----------------------------------------------------------------------------------


def _identity(settings: Settings, file: Path) -> None:
    """Make a key where there is none; its public half goes to standard output."""
    from muniment import age, project

    path = file.expanduser().absolute()
    if path.is_file():
        say(settings, _THERE, path=path)
        click.echo(_public_half(settings, path))
        return
    secret = age.generate()
    project.write_private(path, f"# public key: {age.recipient_of(secret)}\n{secret}\n".encode())
    click.echo(age.recipient_of(secret))
    say(settings, _MADE, path=path)


def _public_half(settings: Settings, path: Path) -> str:
    from muniment import age

    if not path.is_file():
        stop(settings, _NO_AGE_KEY, path=path)
    text = path.read_text(encoding="utf-8", errors="replace")
    found = next((line for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-")), None)
    if found is None:
        stop(settings, _NO_AGE_KEY, path=path)
    try:
        return age.recipient_of(found)
    except age.BadIdentity:
        stop(settings, _NO_AGE_KEY, path=path)


def _register(settings: Settings, file: Path) -> None:
    from muniment import edit

    recipient = _public_half(settings, file.expanduser().absolute())
    desk = at_desk(settings)
    loaded = settings.load()
    facts = loaded.facts
    me = myself(settings, loaded)
    record = facts.corpus.records[me]
    if record.data.get("age_recipient") == recipient:
        stop(settings, _REGISTERED, FOUND, number=me)
    stages = _into_my_record(
        settings, loaded, desk, me, lambda text: edit.set_value(text, ("age_recipient",), recipient)
    )
    say(settings, _RECIPIENT, recipient=recipient, path=record.path, stages=stages)


def _show_plain(settings: Settings) -> None:
    from muniment import project

    desk = own_git(settings)
    attributes = desk.reader.git_dir / "info" / "attributes"
    line = "*.age diff=muniment"
    known = attributes.read_text(encoding="utf-8") if attributes.is_file() else ""
    values = {
        "diff.muniment.textconv": "muniment decrypt --textconv",
        "diff.muniment.cachetextconv": "false",  # Git would keep the plain text in the repository
    }
    with refusing(settings):
        desk.configure(values)
        if line not in known.splitlines():
            whole = f"{known}\n" if known and not known.endswith("\n") else known
            project.write_whole(attributes, f"{whole}{line}\n".encode())
    for name, value in values.items():
        click.echo(f"{name} = {value}")
    say(settings, _TEXTCONV)


# -- allowed-signers ----------------------------------------------------------------------------------------


def _export(settings: Settings, out: Path | None) -> None:
    from muniment import project

    content = _signers(settings.load().facts)
    if out is None:
        click.echo(content, nl=False)
        return
    path = out.expanduser().absolute()
    project.write_whole(path, content.encode())
    click.echo(path)
    say(settings, _HINT, path=path)


def _signers(facts: Facts) -> str:
    """Git's file of allowed signers: a line a key, with the addresses and the days for which the register takes it."""
    lines = [line for person in facts.corpus.of("staff") for line in _lines(facts, person)]
    for key in facts.policy.forge_keys:
        lines += _line((key.committer,), key.key, key.start, key.end)
    return "".join(f"{line}\n" for line in lines)


def _lines(facts: Facts, record: Record) -> Iterator[str]:
    person = facts.register.people[record.number]
    for entry in record.data.get("signing_keys") or ():
        start = max(str(entry.get("from") or ""), person.term.start)
        ends = [day for day in (str(entry.get("to") or ""), person.term.end) if day]
        yield from _line(person.emails, str(entry["key"]), start, min(ends, default=""))


def _line(principals: tuple[str, ...], key: str, start: str, end: str) -> Iterator[str]:
    from muniment import sshsig

    try:
        shown = sshsig.parse_key(key).line
    except sshsig.BadSignature:
        return
    if not principals:
        return
    options = ['namespaces="git"']
    if start:
        options.append(f'valid-after="{start.replace("-", "")}"')
    if end:
        # The register counts the last day in, ssh-keygen ends where the day begins.
        after = date.fromisoformat(end) + timedelta(days=1)
        options.append(f'valid-before="{after:%Y%m%d}"')
    yield f"{','.join(principals)} {','.join(options)} {shown}"
