"""muniment show"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, at_option, audience_option, identity_option, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.records import Record

ORDER = 40
_UNKNOWN = Text(
    "there is no record `{given}`{near}; `muniment report` lists the registers",
    "没有编号为 `{given}` 的记录{near}；`muniment report` 列出各登记簿",
)
_NEAR = Text(" (did you mean {near}?)", "（是否指 {near}？）")
_BROKEN = Text(
    "{path} cannot be read as a record; `muniment check {path}` says why",
    "{path} 无法作为记录读取；`muniment check {path}` 说明原因",
)
_GONE = Text(
    "`{given}` was on main and is no longer there; `git log -- {path}` shows what became of it",
    "`{given}` 曾在主线上，现已不存在；`git log -- {path}` 可查看经过",
)
_MOVED = Text(
    "the record that was `{given}` is {number} now: `muniment show {number}`",
    "原编号为 `{given}` 的记录现编号为 {number}：`muniment show {number}`",
)
_SEVERAL = Text("several records are called `{given}`: {near}", "有多条记录名为 `{given}`：{near}")


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the record is printed. --- 输出格式。",
)
@at_option
@audience_option
@identity_option
def command(settings: Settings, number: str, output: str) -> None:
    """Show a record: its facts, where it stands, who approved it, who names it, what changed last.

    A name that only one record bears will do in place of its number. The JSON is what the site has beside the record's page.

    \b
      muniment show XM2026001
      muniment show 青禾检测有限公司
      muniment show YG0001 --format json
      muniment show XM2026001 --at 2026-03-03
    ---
    显示一条记录：内容、状态、审批经过、被谁引用、最近的变更。

    名称唯一时，也可以用名称代替编号。JSON 与网站上该记录页旁边的文件相同。

    \b
      muniment show XM2026001
      muniment show 青禾检测有限公司
      muniment show YG0001 --format json
      muniment show XM2026001 --at 2026-03-03
    """
    from muniment import audience, outline, tables
    from muniment.views import record as records

    loaded = settings.load(history=True)
    facts = audience.emptied(loaded.facts)
    found = find(settings, facts, number.strip())
    if output == "json":
        click.echo(tables.to_json(records.data(facts, found)).decode(), nl=False)
    else:
        lang = settings.language()
        click.echo(outline.text(records.view(facts, found, lang), lang), nl=False)


def find(settings: Settings, facts: Facts, given: str) -> Record:
    """The record of that number, in whatever case, or the only one of that name; else the run ends."""
    for number in (given, given.upper(), given.lower()):
        if number in facts.corpus.records:
            return facts.corpus.records[number]
    named = [record for record in facts.corpus if record.title == given]
    if len(named) == 1:
        return named[0]
    if named:
        stop(settings, _SEVERAL, given=given, near=", ".join(record.number for record in named))
    if facts.corpus.broken.get(given.upper()):
        stop(settings, _BROKEN, FOUND, path=facts.corpus.broken[given.upper()])
    if facts.ledger is not None and given.upper() in facts.ledger.moved:
        stop(settings, _MOVED, given=given, number=facts.ledger.moved[given.upper()])
    life = facts.ledger.last(given.upper()) if facts.ledger else None
    if life is not None and life.ended:
        stop(settings, _GONE, given=given, path=life.path)
    return stop(settings, _UNKNOWN, given=given, near=_near(settings, facts, given))


def _near(settings: Settings, facts: Facts, given: str) -> str:
    """The nearest number; for words the nearest title, or one that holds them."""
    titles = {record.title: record for record in facts.corpus}
    numbers = get_close_matches(given.upper(), facts.corpus.records, n=1, cutoff=0.6)
    words = [title for title in titles if len(given) > 1 and given in title] or get_close_matches(
        given, titles, n=1, cutoff=0.5
    )
    if numbers:
        found = facts.corpus.records[numbers[0]]
    elif words:
        found = titles[words[0]]
    else:
        return ""
    return _NEAR.render(settings.language(), {"near": f"{found.number} {found.title}"})
