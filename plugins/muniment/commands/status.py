"""muniment status"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from muniment.findings import Text
from muniment.terminal import Settings, as_command, audience_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from muniment.facts import Facts
    from muniment.findings import Lang
    from muniment.records import Record
    from muniment.tables import Cell, Table

ORDER = 30
_STRANGER = Text(
    "git's user.email {email} is in no staff record, so nothing here is yours",
    "人员档案中没有 git 的 user.email {email}，因此没有列出您本人的事项",
)
_UNSET = Text(
    "git has no user.email, so nothing here is yours: git config user.email YOU@COMPANY",
    "git 没有设置 user.email，因此没有列出您本人的事项：git config user.email 您的邮箱",
)
_TITLES = {
    "mine": Text("Waiting for you ({count})", "等您办理（{count}）"),
    "written": Text("Written by you, not through yet ({count})", "您编写、尚未办完的（{count}）"),
    "others": Text("Waiting for others ({count})", "等其他人办理（{count}）"),
}
_NOBODY = Text("nobody holds the role today", "今天无人担任该角色")
_NOTHING = Text("nothing", "没有")
_READ = Text(
    "you have {count} to read, {late} of them late: muniment read",
    "您有 {count} 份文件待阅读，其中超期 {late} 份：muniment read",
)
_COUNTS = Text(
    "{mine} for you, {written} of your own under way, {others} for others, {nobody} that nobody can settle",
    "等您办理 {mine} 件，您编写的在办 {written} 件，等其他人 {others} 件，无人可以办理 {nobody} 件",
)


@dataclass(frozen=True)
class _Waiting:
    """The report `waiting`, split by whom it waits for; `me` is a staff number or None."""

    me: str | None
    mine: Table
    written: Table
    others: Table

    @property
    def counts(self) -> dict[str, int]:
        every = (*self.mine.rows, *self.written.rows, *self.others.rows)
        nobody = sum(not row[_place(self.mine, "holders")].value for row in every)
        return {**{name: len(getattr(self, name)) for name in _TITLES}, "nobody": nobody}


@as_command()
@click.argument("number", required=False)
@click.option(
    "--mine", is_flag=True, help="Only what waits for you or was written by you. --- 只列出与您有关的。"
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed. --- 输出格式。",
)
@audience_option
def command(settings: Settings, number: str | None, mine: bool, output: str) -> None:
    """What waits for which stage, and who may settle it today; what waits for you comes first.

    With a NUMBER the stages of that record: which are settled, whose turn it is, what comes after.

    You are the person in the staff register with the e-mail address that git is configured with.

    \b
      muniment status
      muniment status --mine
      muniment status XM2026006
      muniment status --format json
    ---
    列出待办事项：轮到哪个环节、今天谁可以办理；等您办理的排在最前。

    给出编号时，列出该记录的各个环节：哪些已办，轮到谁，后面还有什么。

    您是谁，由 git 所设邮箱在人员档案中查得。

    \b
      muniment status
      muniment status --mine
      muniment status XM2026006
      muniment status --format json
    """
    from muniment import report

    loaded = settings.load()
    facts, lang = loaded.facts, settings.language()
    if number is not None:
        _show_stages(settings, facts, number, lang, output)
        return
    found = _split(facts, lang, _me(loaded.root, facts))
    if output == "json":
        click.echo(report.dump({**_data(found, only_mine=mine), "read": _unread(facts, found.me)}))
        return
    if found.me is None:
        click.echo(_who(loaded.root, lang), err=True)
    for name in ("mine", "written") if mine else ("mine", "written", "others"):
        _print(getattr(found, name), _TITLES[name], lang)
    click.echo(_COUNTS.render(lang, found.counts))
    unread = _unread(facts, found.me)
    if unread:
        late = sum(each["standing"] == "late" for each in unread)
        click.echo(_READ.render(lang, {"count": len(unread), "late": late}))


def _show_stages(settings: Settings, facts: Facts, number: str, lang: Lang, output: str) -> None:
    from muniment import report
    from muniment.commands.show import find

    record = find(settings, facts, number.strip())
    stages = list(_stages(facts, record, lang))
    if output == "json":
        state = facts.state(record.number)
        click.echo(report.dump({"number": record.number, "state": state, "stages": stages}))
        return
    click.echo(f"{record.number}  {record.title}  {facts.state_title(record).render(lang)}")
    for stage in stages:
        mark, who = ("✓", stage["by"]) if stage["done"] else ("→" if stage["turn"] else "·", stage["may"])
        said = "  ".join(part for part in (stage["date"], "、".join(who)) if part)
        click.echo(f"  {mark} {stage['title']}  {said or _NOBODY.render(lang)}")


def _stages(facts: Facts, record: Record, lang: Lang) -> Iterator[dict[str, Any]]:
    """The stages of the record's chain, and those of a retirement that was asked for or a review that was begun."""
    from muniment import lifecycle
    from muniment.approvals import BESIDE
    from muniment.views import record as records
    from muniment.views import words

    chains = [record.type.chain or ""]
    begun = {act.chain for act in record.acts if act.revision == record.revision}
    chains += [chain for chain in BESIDE if chain in begun]
    for chain in chains:
        turn = True
        for step in lifecycle.chain_steps(record, facts.policy, chain):
            who = () if step.is_done else records.holders(facts, record, step.stage)
            may = [f"{facts.title(person)} ({person})" for person in who]
            by = [f"{facts.title(step.act.by)} ({step.act.by})"] if step.act and step.is_done else []
            yield {
                "chain": chain,
                "stage": step.stage.name,
                "title": words.stage(facts, step.stage.name, lang),
                "done": step.is_done,
                "turn": turn and not step.is_done,
                "date": step.act.date if step.act and step.is_done else "",
                "by": by,
                "may": may,
            }
            turn = turn and step.is_done


def _me(root: Any, facts: Facts) -> str | None:
    from muniment import project

    return project.myself(root, facts)


def _who(root: Any, lang: Lang) -> str:
    from muniment.history import identity

    email = identity(root).get("user.email", "")
    return _STRANGER.render(lang, {"email": email}) if email else _UNSET.render(lang)


def _split(facts: Facts, lang: Lang, me: str | None) -> _Waiting:
    """What waits for me is in the first part even where I wrote it myself."""
    from muniment import reports

    whole = reports.catalogue()["waiting"].table(facts, lang)
    holders, number = _place(whole, "holders"), _place(whole, "number")

    def part(row: tuple[Cell, ...]) -> str:
        if me is not None and me in row[holders].value:
            return "mine"
        author = facts.corpus.records[str(row[number].value)].data.get("author")
        return "written" if me is not None and author == me else "others"

    parts = {
        name: replace(whole, rows=tuple(row for row in whole.rows if part(row) == name)) for name in _TITLES
    }
    return _Waiting(me, **parts)


def _unread(facts: Facts, me: str | None) -> list[dict[str, Any]]:
    """What I have still to read, the first to fall due first."""
    from muniment import distribution

    return [
        {
            "number": circle.record.number,
            "title": circle.record.title,
            "revision": circle.record.revision,
            "due": reader.due,
            "standing": reader.standing,
        }
        for circle, reader in (distribution.waiting_for(facts, me) if me else ())
    ]


def _place(table: Table, name: str) -> int:
    return next(place for place, column in enumerate(table.columns) if column.name == name)


def _print(table: Table, title: Text, lang: Lang) -> None:
    from muniment import tables

    click.echo(title.render(lang, {"count": len(table)}))
    text = tables.to_text(table) if table.rows else f"{_NOTHING.render(lang)}\n"
    click.echo("".join(f"  {line}\n" for line in text.splitlines()))


def _data(found: _Waiting, *, only_mine: bool) -> dict[str, Any]:
    def rows(table: Table) -> list[dict[str, Any]]:
        names = [column.name for column in table.columns]
        return [{name: cell.value for name, cell in zip(names, row, strict=True)} for row in table.rows]

    shown = {"mine": rows(found.mine), "written": rows(found.written)}
    if not only_mine:
        shown["others"] = rows(found.others)
    return {"me": found.me, **shown, "counts": found.counts}
