"""muniment new"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.schemas import RecordType

ORDER = 30
_UNKNOWN = Text(
    "there is no type {name}{near}; the types are: {known}", "没有类型 {name}{near}；可用类型：{known}"
)
_NEAR = Text(" (did you mean {near}?)", "（是否指 {near}？）")
_PAIR = Text("write --set as field=value, not `{given}`", "--set 应写成 字段=值，而不是 `{given}`")
_POLICY = Text(
    "policies are not made with `new`; edit records/policy/", "制度不用 `new` 新建；请编辑 records/policy/"
)
_CHOICE = Text(
    "a {type} takes numbers of {series}; say which: --set class=…",
    "{type} 可用系列 {series}；请用 --set class=… 指明",
)
_SERIES = Text("the policy numbering has no series {series}", "制度 numbering 中没有系列 {series}")
_FULL = Text(
    "series {series} has no number left for {year}; set `widen: true` for it in the policy numbering",
    "系列 {series} 在 {year} 年的编号已用完；请在制度 numbering 中设置 `widen: true`",
)
_MADE = Text(
    "{path}: fill in what it asks for, then `muniment check`", "{path}：按提示填写，然后运行 `muniment check`"
)
_EXISTS = Text("{path} is there already; nothing was written", "{path} 已经存在；没有写入任何内容")


@as_command()
@click.argument("type_name", metavar="TYPE")
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Fill in a field; may be given several times. --- 填写字段，可多次使用。",
)
def command(settings: Settings, type_name: str, pairs: tuple[str, ...]) -> None:
    """Make a record with the next free number; what it asks for stands in it as comments.

    \b
      muniment new client --set name=青禾检测有限公司
      muniment new document --set class=JS --set kind=manual --set title=巡检手册
      muniment new void --set number=XM2026007 --set reason=起草后取消
    ---
    用下一个可用编号新建记录；需要填写的内容以注释写在文件里。

    \b
      muniment new client --set name=青禾检测有限公司
      muniment new document --set class=JS --set kind=manual --set title=巡检手册
      muniment new void --set number=XM2026007 --set reason=起草后取消
    """
    from muniment import blank, project
    from muniment.scalars import scalar

    given: dict[str, Any] = {}
    for pair in pairs:
        name, found, value = pair.partition("=")
        if not found or not name:
            stop(settings, _PAIR, given=pair)
        given[name.strip()] = value
    loaded = settings.load()
    facts = loaded.facts
    kind = _type(settings, facts, type_name)
    given = {name: _typed(kind, name, value, scalar) for name, value in given.items()}
    number = str(given.pop("number", "")) or _number(settings, facts, kind, given)
    path = facts.policy.path_of(number)
    if path is None:
        stop(settings, _SERIES, series=number)
    if (settings.root / path).exists():
        stop(settings, _EXISTS, path=path)
    given.setdefault("created", facts.today)
    given.setdefault("updated", facts.today)
    if facts.policy.series_of(number) and number[:2] in kind.series:
        given.setdefault("class", number[:2])
    me = project.myself(settings.root, facts)
    if me is not None:
        given.setdefault("author", me)
        department = facts.corpus.records[me].department
        if department:
            given.setdefault("department", department)
    text = blank.blank(kind, facts.types, number, settings.language(loaded), given)
    project.write_whole(settings.root / path, text.encode())
    say(settings, _MADE, loaded, path=path)
    click.echo(path)


def _type(settings: Settings, facts: Facts, name: str) -> RecordType:
    kind = facts.types.get(name)
    if kind is None:
        ordinary = [known for known, entry in facts.types.items() if entry.group != "policy"]
        near = get_close_matches(name, ordinary, n=1, cutoff=0.6)
        by_title = [
            known for known in ordinary if name in (facts.types[known].title.zh, facts.types[known].title.en)
        ]
        if by_title:
            return facts.types[by_title[0]]
        hint = Text(*(part.format(near=near[0]) for part in (_NEAR.en, _NEAR.zh))) if near else Text("", "")
        stop(settings, _UNKNOWN, name=name, near=hint, known=", ".join(ordinary))
    if kind.group == "policy":
        stop(settings, _POLICY)
    return kind


def _typed(kind: RecordType, name: str, value: str, scalar: Any) -> Any:
    """A value as its field wants it: text stays text, though it may look like a number."""
    field = next((entry for entry in kind.fields if entry.name == name), None)
    if field is not None and field.kind not in ("integer", "decimal", "boolean"):
        return [part.strip() for part in value.split(",")] if field.kind == "list" else value
    try:
        return scalar(value)
    except ValueError:
        return value


def _number(settings: Settings, facts: Facts, kind: RecordType, given: dict[str, Any]) -> str:
    from muniment.numbering import next_number

    letters = str(given.get("class") or "")
    if not letters:
        if len(kind.series) != 1 or kind.series[0] == "*":
            stop(settings, _CHOICE, type=kind.title, series="/".join(kind.series))
        letters = kind.series[0]
    year = str(given.get("created") or facts.today)[:4]
    try:
        return next_number(facts, letters, year)
    except KeyError:
        stop(settings, _SERIES, series=letters)
    except OverflowError:
        stop(settings, _FULL, FOUND, series=letters, year=year)
