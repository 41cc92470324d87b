"""muniment init"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from muniment.findings import Text
from muniment.terminal import Settings, as_command, progress, say, stop

if TYPE_CHECKING:
    from muniment.objects import Person
    from muniment.starting import Founding

ORDER = 10
_FULL = Text(
    "{path} is not empty; name a new or an empty folder (for a repository that exists on a forge: make the registry"
    " beside it, then `git remote add` and `git push`)",
    "{path} 不是空文件夹；请换一个新的或空的文件夹（若代码平台上已建好仓库：先在别处新建，再 `git remote add` 和 `git push`）",
)
_NOT_A_FOLDER = Text("{path} is a file, not a folder", "{path} 是文件，不是文件夹")
_INSIDE = Text(
    "{path} lies in the records of {root}, which a registry of its own cannot",
    "{path} 位于登记库 {root} 的记录中",
)
_FOUNDER = Text(
    'a founder is written as "Name <email>", not `{given}`', '创始人应写成 "姓名 <邮箱>"，而不是 `{given}`'
)
_TWICE = Text("two founders have the address {email}", "两位创始人的邮箱相同：{email}")
_UNSOUND = Text(
    "what you gave does not fit: {message}\n  {help}\nnothing was written",
    "所填内容不符合要求：{message}\n  {help}\n没有写入任何内容",
)
_ASK_COMPANY = Text("Full name of the company", "公司全称")
_ASK_FOUNDER = Text("Founder {place}, as Name <email>", "第 {place} 位创始人，写成 姓名 <邮箱>")
_COMPANY = Text("The company", "公司名称")
_FOUNDERS = (
    (Text("Founder One", "第一位创始人"), "founder1@example.com"),
    (Text("Founder Two", "第二位创始人"), "founder2@example.com"),
)
_MESSAGE = Text("Begin the registry of {company}", "建立登记库：{company}")
_MADE = Text(
    "made a registry in {path} ({files} files, first commit by {who})",
    "已在 {path} 建立登记库（{files} 个文件，首次提交人 {who}）",
)
_REPLACE = Text(
    "replace what was not given, before anything else is committed:\n{list}\n"
    "then: git commit --all --amend --reset-author --no-edit",
    "以下内容未提供，请在做其他提交之前替换：\n{list}\n然后执行：git commit --all --amend --reset-author --no-edit",
)
_NEXT = Text(
    "next:\n  cd {path}\n  muniment check\n  muniment {last}",
    "接下来：\n  cd {path}\n  muniment check\n  muniment {last}",
)


@as_command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--demo", is_flag=True, help="A company to look at, with its history. --- 演示公司，带完整历史。"
)
@click.option("--company", metavar="NAME", help="Full name of the company. --- 公司全称。")
@click.option(
    "--founder",
    "founders",
    multiple=True,
    metavar="'NAME <EMAIL>'",
    help="Who begins it; twice or more, the first makes the first commit. --- 创始人，至少两位；首次提交由第一位作出。",
)
@click.option(
    "--importing",
    is_flag=True,
    help="Accept approvals from before the registry, until the policy says otherwise. --- 允许导入建库之前的审批，直至制度关闭。",
)
def command(
    settings: Settings,
    directory: Path,
    demo: bool,
    company: str | None,
    founders: tuple[str, ...],
    importing: bool,
) -> None:
    """Make a new registry in DIR: policies, two founders, a department, workflows, and the first commit.

    At a terminal it asks for what was not given. Two people are the least: nobody approves what he wrote himself.

    \b
      muniment init registry --company 青禾检测有限公司 --founder '王建国 <wang@example.com>' --founder '李娜 <li@example.com>'
      muniment init demo --demo
    ---
    在 DIR 中新建登记库：制度、两位创始人、一个部门、自动检查流程，并作首次提交。

    在终端中运行时会询问未提供的内容。至少要有两个人：任何人不得审批自己编写的文件。

    \b
      muniment init registry --company 青禾检测有限公司 --founder '王建国 <wang@example.com>' --founder '李娜 <li@example.com>'
      muniment init demo --demo
    """
    target = settings.start / directory
    _demand_room(settings, target)
    replace: list[str] = []
    if demo:
        made, who = _replay(settings, target)
    else:
        founding, unknown = _founding(settings, company, founders, importing=importing)
        files = _files(settings, founding)
        replace = list(_to_replace(files, unknown))
        made, who = _begin(settings, target, founding, files)
    say(settings, _MADE, path=directory, files=made, who=who)
    if replace:
        say(settings, _REPLACE, list="\n".join(f"  {line}" for line in replace))
    say(settings, _NEXT, path=directory, last="build" if demo else "new document --set class=GL")


def _demand_room(settings: Settings, target: Path) -> None:
    from muniment import project, starting

    if target.exists() and not target.is_dir():
        stop(settings, _NOT_A_FOLDER, path=target)
    if not starting.is_free(target):
        stop(settings, _FULL, path=target)
    try:
        root = project.find_root(target.parent)
    except project.NoRegistry:
        return
    if target.resolve().is_relative_to(root / "records"):
        stop(settings, _INSIDE, path=target, root=root)


# -- A company's own ----------------------------------------------------------------------------------------


def _founding(
    settings: Settings, company: str | None, founders: tuple[str, ...], *, importing: bool
) -> tuple[Founding, list[str]]:
    """Who begins what, and what is only a stand-in because nobody said it."""
    from muniment.starting import Founding

    lang = settings.language()
    unknown: list[str] = []
    people = [_person(settings, given) for given in founders]
    if company is None and sys.stdin.isatty():
        company = click.prompt(_ASK_COMPANY.render(lang))
    if company is None or not company.strip():
        company = _COMPANY.render(lang)
        unknown.append(company)
    for place in range(len(people), 2):
        person, is_known = _ask(settings, place) if sys.stdin.isatty() else _stand_in(settings, place)
        people.append(person)
        if not is_known:
            unknown += [person.name, person.email]
    emails = [person.email.lower() for person in people]
    twice = next((email for email in emails if emails.count(email) > 1), None)
    if twice:
        stop(settings, _TWICE, email=twice)
    return Founding(company.strip(), tuple(people), _now(settings).date().isoformat(), importing), unknown


def _person(settings: Settings, given: str) -> Person:
    from muniment.starting import founder

    person = founder(given)
    return person if person is not None else stop(settings, _FOUNDER, given=given)


def _ask(settings: Settings, place: int) -> tuple[Person, bool]:
    """Asked until it is written as it should be; what git knows is proposed for the first."""
    from muniment.starting import founder

    lang = settings.language()
    known, is_known = _stand_in(settings, place)
    default = f"{known.name} <{known.email}>" if is_known else None
    while True:
        given = click.prompt(_ASK_FOUNDER.render(lang, {"place": place + 1}), default=default)
        person = founder(given)
        if person is not None:
            return person, True
        say(settings, _FOUNDER, given=given)


def _stand_in(settings: Settings, place: int) -> tuple[Person, bool]:
    """For the first founder who git is configured for, where that is a whole identity; else a name to replace."""
    from muniment.history import identity
    from muniment.objects import Person
    from muniment.starting import founder

    if place == 0:
        here = identity(settings.start)
        person = founder(f"{here.get('user.name', '')} <{here.get('user.email', '')}>")
        if person is not None:
            return person, True
    name, email = _FOUNDERS[place]
    return Person(name.render(settings.language()), email), False


def _files(settings: Settings, founding: Founding) -> dict[str, bytes]:
    """What is to be written; ends the run where the check would find something in it, for it never may."""
    from muniment import starting

    made = starting.files(founding)
    unsound = [finding for finding in starting.findings(made, founding.today) if finding.severity == "error"]
    if unsound:
        message, cure = unsound[0].words(settings.language())
        stop(settings, _UNSOUND, message=message, help=cure)
    return made


def _to_replace(files: Mapping[str, bytes], unknown: list[str]) -> Iterator[str]:
    """Where the stand-ins are, a line a file."""
    for path, content in files.items():
        found = [word for word in unknown if f'"{word}"'.encode() in content]
        if found:
            yield f"{path}: {', '.join(found)}"


def _begin(
    settings: Settings, target: Path, founding: Founding, files: Mapping[str, bytes]
) -> tuple[int, str]:
    from muniment import starting

    first = founding.founders[0]
    message = _MESSAGE.render(settings.language(), {"company": founding.company})
    starting.begin(target, files, first, _now(settings), message)
    return len(files), f"{first.name} <{first.email}>"


def _now(settings: Settings) -> datetime:
    """The clock's time, or nine in the morning of the day that was asked for, where the starter's policies live."""
    zone = ZoneInfo("Asia/Shanghai")
    if settings.today is None:
        return datetime.now(zone)
    return datetime.combine(date.fromisoformat(settings.today), time(9), zone)


# -- The demonstration --------------------------------------------------------------------------------------


def _replay(settings: Settings, target: Path) -> tuple[int, str]:
    from muniment import starting
    from muniment.demo import materials, replay

    was_there = target.exists()
    with progress(settings, Text("telling the demonstration's history", "正在重演演示公司的历史")):
        extra = starting.demonstration()
        try:
            replay.replay(target, extra)
        except BaseException:
            starting.clear(target, keep=was_there)
            raise
    return len(materials.written()) + len(extra), _identity(target)


def _identity(target: Path) -> str:
    from muniment.history import identity

    here = identity(target)
    return f"{here.get('user.name', '')} <{here.get('user.email', '')}>"
