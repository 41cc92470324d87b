"""muniment new"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from muniment import completion
from muniment.findings import Text
from muniment.terminal import FOUND, Settings, as_command, progress, say, stop

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.findings import Finding, Pointer
    from muniment.project import Loaded
    from muniment.schemas import RecordType

ORDER = 20
_UNKNOWN = Text(
    "there is no type `{name}`{near}; the types are: {known}", "没有类型 `{name}`{near}；可用类型：{known}"
)
_NEAR = Text(" (did you mean `{near}`?)", "（是否指 `{near}`？）")
_POLICY = Text(
    "policies are not made with `new`; edit records/policy/", "制度不用 `new` 新建；请编辑 records/policy/"
)
_CHOICE = Text(
    "a {type} takes its number from one of {series}; say which: --set class=…",
    "{type}可用系列 {series}；请用 --set class=… 指明",
)
_WHICH = Text("say which number: --set number=…", "请用 --set number=… 指明编号")
_SERIES = Text(
    "there is no series `{series}`; records/policy/numbering lists them",
    "没有系列 `{series}`；系列见 records/policy/numbering",
)
_MALFORMED = Text(
    "`{number}` is no number of this registry; the next one of its series is {next}",
    "`{number}` 不是本登记库的编号；该系列的下一个编号是 {next}",
)
_FULL = Text(
    "series {series} has no number left{year}; set `widen: true` for it in the policy numbering",
    "系列 {series} 的编号{year}已用完；请在制度 numbering 中为它设置 `widen: true`",
)
_EXISTS = Text("{path} is there already; nothing was written", "{path} 已经存在；没有写入任何内容")
_REFUSED = Text(
    "{code} {message}\n  {help}\nnothing was written", "{code} {message}\n  {help}\n没有写入任何内容"
)
_NO_RECORD = Text("there is no record `{number}`{near}", "没有编号为 `{number}` 的记录{near}")
_OTHER_TYPE = Text(
    "`{number}` is a {type}, which `{field}` cannot name", "`{number}` 是{type}，不能填在 `{field}` 中"
)
_KIND = Text(
    "the class has no kind `{kind}`; its kinds are {kinds}", "该类别没有种类 `{kind}`；可用种类：{kinds}"
)
_MADE = Text("made {path}", "已新建 {path}")
_WOULD = Text("would be {path}; nothing was written", "将写入 {path}；现在没有写入任何内容")
_LEFT = Text("left to fill in, then `muniment check`:", "还需填写以下内容，然后运行 `muniment check`：")
_NOBODY = Text(
    "git's user.email `{email}` is not in the staff register, so the author is left to you",
    "人员档案中没有 git 的 user.email `{email}`，请自行填写编制人",
)
_UNSET = Text(
    "git does not know who you are, so the author is left to you: git config user.email YOU@COMPANY",
    "git 不知道您是谁，请自行填写编制人；可先运行 git config user.email 您的邮箱",
)
_OWN = Text(
    "`{email}` is not in the staff register, so this is taken for your own record; others approve it",
    "人员档案中还没有 `{email}`，因此按您本人的档案处理，由他人审批",
)


@as_command()
@click.argument("type_name", metavar="TYPE", shell_complete=completion.types)
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Fill in a field; may be given several times. --- 填写字段，可多次使用。",
)
@click.option("--dry-run", is_flag=True, help="Print what would be written. --- 只显示将写入的内容。")
def command(settings: Settings, type_name: str, pairs: tuple[str, ...], dry_run: bool) -> None:
    """Make a record with the next free number; what it asks for stands in it as comments.

    TYPE is a name such as client, or its title. Fields inside others are reached with a dot, items of lists by their place.
    A document gets a text file beside it, with the headings that the policy wants for its kind. What follows from other records
    is filled in: the client and the next round of a project, the counts of a service review, totals and grades of appraisals.

    \b
      muniment new client --set name=青禾检测有限公司 --set contacts.0.name=赵敏
      muniment new document --set kind=manual --set title=巡检手册
      muniment new acceptance-application --set project=FW20260001
      muniment new void --set number=XM2026007 --set reason=起草后取消
    ---
    用下一个可用编号新建记录；需要填写的内容以注释写在文件里。

    TYPE 是类型名，如 client，也可以写中文名称，如 客户。下一级字段用点号，列表中的项用序号（从 0 数起）。
    受控文件会同时生成正文文件，带有制度规定的标题。能从其他记录推算的会自动填好：项目的客户、下一轮次、售后总结的数量、考核的总分和等级等。

    \b
      muniment new 客户 --set name=青禾检测有限公司 --set contacts.0.name=赵敏
      muniment new document --set kind=manual --set title=巡检手册
      muniment new acceptance-application --set project=FW20260001
      muniment new void --set number=XM2026007 --set reason=起草后取消
    """
    from muniment import assignments, rehearsal

    loaded = settings.load()
    kind = _type(settings, loaded.facts, type_name)
    try:
        given, places = assignments.read(kind.fields, pairs)
    except assignments.Unassignable as problem:
        stop(settings, problem.words, **problem.params)
    _match(settings, loaded.facts, kind, given)
    number = _number(settings, loaded.facts, kind, given)
    path = _path(settings, loaded, number)
    with progress(settings, Text("checking the new record", "正在检查新记录")):
        files = _files(settings, loaded, kind, number, path, given)
        before = rehearsal.findings(loaded)
        after = rehearsal.rehearse(loaded, files)
        fresh = rehearsal.worse(before, rehearsal.findings(after))
    _refuse(settings, path, fresh, places, is_readable=path in after.facts.corpus.documents)
    if dry_run:
        for name, content in files.items():
            say(settings, _WOULD, path=name)
            click.echo(content.decode(), nl=False)
        return
    rehearsal.write(settings.root, files)
    click.echo(path)
    _tell(settings, loaded, kind, files, fresh)


def _type(settings: Settings, facts: Facts, name: str) -> RecordType:
    """The type by its name, or by what people call it."""
    ordinary = {known: entry for known, entry in facts.types.items() if entry.group != "policy"}
    words = {word.lower(): entry for entry in ordinary.values() for word in (entry.title.zh, entry.title.en)}
    words |= ordinary
    kind = words.get(name.strip().lower())
    if kind is not None:
        return kind
    if name in facts.types:
        stop(settings, _POLICY)
    found = get_close_matches(name.lower(), words, n=1, cutoff=0.5)
    hint = _NEAR.render(settings.language(), {"near": words[found[0]].name}) if found else ""
    return stop(settings, _UNKNOWN, name=name, near=hint, known=", ".join(ordinary))


def _match(settings: Settings, facts: Facts, kind: RecordType, given: Mapping[str, Any]) -> None:
    """Ends the run where a wrong record is named: the check does not look at the references of a record that lacks fields."""
    from muniment.facts import expand

    known = [*facts.corpus.records, *facts.corpus.broken]
    for pointer, target, types in kind.references(given):
        if target not in known and (kind.name, pointer) != (
            "staff",
            ("author",),
        ):  # oneself, who is not there yet
            found = get_close_matches(target, known, n=1, cutoff=0.6)
            hint = _NEAR.render(settings.language(), {"near": found[0]}) if found else ""
            stop(settings, _NO_RECORD, number=target, near=hint)
        other = facts.corpus.records.get(target)
        if other is not None and other.type.name not in expand(facts, types):
            stop(settings, _OTHER_TYPE, number=target, type=other.type.title, field=pointer[0])
    kinds: Mapping[str, Any] = facts.policy.value("documents", "kinds", default={})
    fitting = kinds.get(str(given.get("class") or str(given.get("number", ""))[:2])) or ()
    if fitting and given.get("kind") not in (None, *fitting):
        stop(settings, _KIND, kind=given["kind"], kinds=", ".join(map(str, fitting)))


# -- The number ---------------------------------------------------------------------------------------------


def _number(settings: Settings, facts: Facts, kind: RecordType, given: dict[str, Any]) -> str:
    """The number that was asked for, else the next of the record's series."""
    from muniment.numbering import next_number

    stated = given.pop("number", None)
    if stated is not None:
        return str(stated).strip()
    letters = _letters(settings, facts, kind, given)
    year = str(given.get("created") or facts.today)[:4]
    try:
        return next_number(facts, letters, year)
    except KeyError:
        stop(settings, _SERIES, series=letters)
    except OverflowError:
        of_year = (
            Text(f" for {year}", f"（{year} 年）") if facts.policy.series[letters].yearly else Text("", "")
        )
        stop(settings, _FULL, FOUND, series=letters, year=of_year)


def _letters(settings: Settings, facts: Facts, kind: RecordType, given: Mapping[str, Any]) -> str:
    """The series: the only one of the type, the class that was given, or the one class that has the kind."""
    if "class" in given:
        return str(given["class"])
    if kind.series == ("*",) or not kind.series:
        stop(settings, _WHICH)
    kinds: Mapping[str, Any] = facts.policy.value("documents", "kinds", default={})
    of_kind = [letters for letters in kind.series if given.get("kind") in (kinds.get(letters) or ())]
    found = of_kind if len(of_kind) == 1 else list(kind.series)
    if len(found) != 1:
        stop(settings, _CHOICE, type=kind.title, series=", ".join(kind.series))
    return found[0]


def _path(settings: Settings, loaded: Loaded, number: str) -> str:
    from muniment.numbering import next_number_or_none

    policy = loaded.facts.policy
    series = policy.series_of(number)
    path = policy.path_of(number) if series else None
    if series is None:
        stop(settings, _SERIES, series=number[:2])
    if path is None:
        upcoming = next_number_or_none(loaded.facts, series.letters, loaded.facts.today[:4])
        stop(settings, _MALFORMED, number=number, next=upcoming or "—")
    if (loaded.root / path).exists():
        stop(settings, _EXISTS, path=path)
    return path


# -- The files ----------------------------------------------------------------------------------------------


def _files(
    settings: Settings, loaded: Loaded, kind: RecordType, number: str, path: str, given: Mapping[str, Any]
) -> dict[str, bytes]:
    from muniment import blank, computed
    from muniment.edit import EditError

    facts = loaded.facts
    follows = computed.values(facts, kind, given, settings.language())
    values = {**_known(loaded, kind, number), **follows, **given}
    try:
        text = blank.blank(kind, facts.types, number, settings.language(), values, facts.today)
    except EditError as problem:
        stop(settings, Text(str(problem), str(problem)))
    files = {path: text.encode("utf-8", "surrogateescape")}
    if kind.group == "documents":
        body = _body(facts, str(values.get("kind") or ""))
        if body:
            files[path.removesuffix(".yaml") + ".md"] = body.encode()
    return files


def _known(loaded: Loaded, kind: RecordType, number: str) -> dict[str, Any]:
    """What follows from the number and from who is at the keyboard."""
    from muniment import project
    from muniment.history import identity

    facts = loaded.facts
    fields = {field.name: field for field in kind.fields}
    found: dict[str, Any] = {"created": facts.today}
    if "class" in fields:
        found["class"] = number[:2]
    me = project.myself(loaded.root, facts)
    email = identity(loaded.root).get("user.email", "")
    if me is None and kind.name == "staff" and email:
        # Who comes new writes his own record, so that two founders are enough to approve it.
        found |= {"author": number, "emails": [email]}
    elif me is not None:
        found["author"] = me
        # A person, a client or a department does not belong where its author works.
        department = facts.corpus.records[me].department
        if department and kind.group != "organization":
            found["department"] = department
    return {name: value for name, value in found.items() if name in fields}


def _body(facts: Facts, kind: str) -> str:
    """The headings that the policy wants for this kind of document, each with room for its text."""
    headings = facts.policy.value("documents", "headings", kind, default=())
    return "\n".join(f"## {heading}\n" for heading in headings)


# -- What is said -------------------------------------------------------------------------------------------


def _refuse(
    settings: Settings,
    path: str,
    fresh: list[Finding],
    places: tuple[Pointer, ...],
    *,
    is_readable: bool,
) -> None:
    """Ends the run where a value that was given is the fault; what was left out is for the person to fill in."""
    for finding in fresh:
        at_fault = finding.place.path == path and (finding.place.pointer in places or not is_readable)
        if at_fault or finding.code.startswith("NUM"):
            message, cure = finding.words(settings.language())
            stop(settings, _REFUSED, code=finding.code, message=message, help=cure)


def _tell(
    settings: Settings, loaded: Loaded, kind: RecordType, files: Mapping[str, bytes], fresh: list[Finding]
) -> None:
    from muniment import project
    from muniment.history import identity

    lang = settings.language()
    for name in files:
        say(settings, _MADE, path=name)
    email = identity(loaded.root).get("user.email", "")
    if project.myself(loaded.root, loaded.facts) is None and any(
        field.name == "author" and field.required for field in kind.fields
    ):
        words = _UNSET if not email else _OWN if kind.name == "staff" else _NOBODY
        say(settings, words, email=email)
    left = [finding for finding in fresh if finding.place.path in files]
    if left:
        say(settings, _LEFT)
    for finding in left:
        click.echo(f"  {finding.place.path}:{finding.place.line}: {finding.words(lang)[0]}", err=True)
