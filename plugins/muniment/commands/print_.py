"""muniment print"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from muniment import completion
from muniment.findings import Text
from muniment.terminal import (
    Settings,
    as_command,
    at_option,
    audience_option,
    identity_option,
    progress,
    say,
    stop,
)
from muniment.usage import near

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.printing import Enclosed
    from muniment.prints import Press
    from muniment.records import Record
    from muniment.schemas import RecordType

ORDER = 42
_ARCHIVAL = "pdf/a-3b"
_KINDS = ("spine", "box", "document")
_NOTHING_ASKED = Text(
    "say what to print: a number, a type for its blank form, a report, or --labels spine|box|document",
    "请说明打印什么：编号、类型（打印空白表单）、报表名称，或 --labels spine|box|document",
)
_BOTH = Text(
    "labels are for boxes: choose them with --box, not with `{what}`",
    "标签按档案盒打印：请用 --box 选择，而不是 `{what}`",
)
_UNKNOWN = Text(
    "there is no record, form or report `{what}`{near}; `muniment report` lists the types and reports",
    "没有记录、表单或报表 `{what}`{near}；`muniment report` 列出类型和报表",
)
_NO_REGISTER = Text(
    "there is no type `{what}`{near}; a register lists the records of a type: muniment print TYPE --register",
    "没有类型 `{what}`{near}；登记簿列出一个类型的全部记录：muniment print 类型 --register",
)
_EITHER = Text(
    "a certificate is about one record, a register about a type: choose --certificate or --register",
    "审批证明针对一条记录，登记簿针对一个类型：--certificate 和 --register 只能选一个",
)
_NO_BOX = Text(
    "no paper lies in the box `{box}`{near}; `muniment report shelf-list` shows the boxes",
    "档案盒 `{box}` 中没有纸质件{near}；`muniment report shelf-list` 列出档案盒",
)
_NO_PAPER = Text(
    "no record names a place for its paper copy; enter `paper: {room, shelf, box}` first",
    "还没有记录登记纸质存放位置；请先在记录中填写 `paper: {room, shelf, box}`",
)
_NO_SITE = Text(
    "without an address of the site there are no codes to scan; set site_url in mkdocs.yml, or name it: --site URL",
    "没有站点地址，无法打印二维码；请在 mkdocs.yml 中设置 site_url，或用 --site URL 指定",
)
_NO_RECORD = Text(
    "there is no record `{what}`{near}; a certificate is made for one record: muniment print NUMBER --certificate",
    "没有记录 `{what}`{near}；审批证明按单条记录生成：muniment print 编号 --certificate",
)
_NOTHING_APPROVED = Text(
    "{number} has no approvals yet, so there is nothing to certify; `muniment status {number}` says what comes next",
    "{number} 还没有任何审批，无从证明；`muniment status {number}` 说明下一步",
)
_WRITTEN = Text("written to {path}: {what}", "已写入 {path}：{what}")
_LABELS = Text("{count} labels", "{count} 张标签")


def _things(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [*completion.reports(ctx, param, incomplete), *completion.numbers(ctx, param, incomplete)]


@dataclass(frozen=True)
class _Sheet:
    """What is printed: the document, the name of its file, what it is in words, and what is enclosed."""

    html: str
    name: str
    words: Text
    enclosed: tuple[Enclosed, ...] = ()


@as_command(name="print")
@click.argument("what", metavar="[NUMBER|TYPE|REPORT]", required=False, default="", shell_complete=_things)
@click.option(
    "--labels",
    type=click.Choice(_KINDS),
    help="Labels: for spines, a sheet for each box, or one for each paper. --- 标签：盒脊、盒内目录或逐件标签。",
)
@click.option(
    "--certificate",
    is_flag=True,
    help="Who approved the record, for which content, and how to check it. --- 审批证明：谁批准了什么内容，怎样核对。",
)
@click.option(
    "--register",
    is_flag=True,
    help="The records of the type as a list, instead of its blank form. --- 打印该类型的登记簿，而不是空白表单。",
)
@click.option(
    "--box",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this box; may be given several times. --- 只打印该档案盒，可多次使用。",
)
@click.option(
    "--width",
    type=click.IntRange(20, 120),
    default=30,
    show_default=True,
    metavar="MM",
    help="Width of a spine in millimetres. --- 盒脊宽度（毫米）。",
)
@click.option(
    "--site",
    metavar="URL",
    help="Where the site stands, for the codes; from mkdocs.yml if left out. --- 站点地址，用于二维码；默认取自 mkdocs.yml。",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The PDF to write; `-` is standard output. --- 要写的 PDF 文件；`-` 为标准输出。",
)
@at_option
@audience_option
@identity_option
def command(
    settings: Settings,
    what: str,
    labels: str | None,
    certificate: bool,
    register: bool,
    names: tuple[str, ...],
    width: int,
    site: str | None,
    out: Path | None,
) -> None:
    """Make a PDF for paper: a blank form, a record to sign, a certificate of its approval, a list, or labels of the archive room.

    With a type it is the empty sheet to fill in by hand, as on the site; with --register, the list of its records.

    A record and its certificate are PDF/A-3b, which archives keep, and enclose the facts and files that they were made from.

    Labels and lists bear codes that lead to the site; what is classified bears level, owner and term. An encrypted record is printed as its
    stub unless --identity opens it; --audience leaves out what its readers may not know. The same registry gives the same file, byte for byte.

    \b
      muniment print acceptance-report
      muniment print acceptance-report --register
      muniment print XH20260001
      muniment print GL2024001 --certificate --out certificate.pdf
      muniment print stock-taking
      muniment print --labels spine
      muniment print --labels box --box XM-2026-01 --out xm.pdf
    ---
    生成用于打印的 PDF：空白表单、供签字的记录、审批证明、清单，或档案室标签。

    给出类型时打印手工填写的空白表单，与网站上的相同；加 --register 打印该类型的登记簿。

    记录和审批证明是适合长期保存的 PDF/A-3b，并附有生成它的数据和原文件。

    标签和清单带有指向站点的二维码；涉密的带有密级、权利人和期限。加密记录只打印存根，用 --identity 给出私钥才打印全文；用 --audience 只打印该密级读者可知的内容。同一登记库打印出的文件逐字节相同。

    \b
      muniment print acceptance-report
      muniment print acceptance-report --register
      muniment print XH20260001
      muniment print GL2024001 --certificate --out certificate.pdf
      muniment print stock-taking
      muniment print --labels spine
      muniment print --labels box --box XM-2026-01 --out xm.pdf
    """
    from muniment import audience, printing, project

    _look_at(settings, what, labels, certificate=certificate, register=register)
    try:
        printing.require()
        facts = audience.emptied(settings.load(judged=certificate).facts)
        press = _press(settings, facts, site)
        if labels:
            sheet = _labels(settings, press, labels, names, width)
        else:
            record = facts.corpus.records.get(what) or facts.corpus.records.get(what.upper())
            if certificate:
                sheet = _certificate(settings, press, what, record)
            elif register:
                sheet = _register(settings, press, what)
            else:
                sheet = _record(press, record) if record else _named(settings, press, what)
        with progress(settings, Text("printing", "正在生成 PDF")):
            made = printing.pdf(
                sheet.html, variant=_ARCHIVAL if sheet.enclosed else "", enclosed=sheet.enclosed
            )
    except printing.Unprintable as problem:
        stop(settings, problem.words, **problem.params)
    if str(out) == "-":
        sys.stdout.buffer.write(made)
        return
    path = out or Path(f"{sheet.name}.pdf")
    project.write_whole(path, made)
    if not press.site and (labels or sheet.enclosed):  # forms and lists bear no codes
        say(settings, _NO_SITE)
    say(settings, _WRITTEN, path=path, what=sheet.words)


def _look_at(settings: Settings, what: str, labels: str | None, *, certificate: bool, register: bool) -> None:
    """Stops where what is asked for cannot be meant."""
    if not what and not labels:
        stop(settings, _NOTHING_ASKED)
    if what and labels:
        stop(settings, _BOTH, what=what)
    if certificate and labels:
        stop(settings, _BOTH, what="--certificate")
    if register and (labels or certificate):
        stop(settings, _BOTH if labels else _EITHER, what="--register")


def _press(settings: Settings, facts: Facts, site: str | None) -> Press:
    from muniment import project
    from muniment.prints import Press

    address = site or project.site_url(settings.root)
    return Press(facts, settings.language(), f"{address.rstrip('/')}/" if address else "")


def _labels(settings: Settings, press: Press, kind: str, names: tuple[str, ...], width: int) -> _Sheet:
    from muniment import prints
    from muniment.views import shelves

    known = [box.name for box in shelves.boxes(press.facts, press.lang)]
    if not known:
        stop(settings, _NO_PAPER)
    for name in names:
        if name not in known:
            stop(settings, _NO_BOX, box=name, near=near(name, known, press.lang))
    html, count = prints.labels(press, kind, lambda box: not names or box.name in names, width)
    params = {"count": count}
    words = Text(_LABELS.render("en", params), _LABELS.render("zh", params))
    return _Sheet(html, f"labels-{kind}", words)


def _record(press: Press, shown: Record) -> _Sheet:
    from muniment import prints

    words = Text(shown.title, shown.title)
    return _Sheet(prints.record(press, shown), shown.number, words, tuple(prints.enclosed(press, shown)))


def _certificate(settings: Settings, press: Press, what: str, shown: Record | None) -> _Sheet:
    from muniment import prints, site

    if shown is None:
        known = list(press.facts.corpus.records)
        stop(settings, _NO_RECORD, what=what, near=near(what, known, press.lang))
    if not shown.acts:
        stop(settings, _NOTHING_APPROVED, number=shown.number)
    said = site.objections(press.facts, press.lang)
    html = prints.certificate(press, shown, tuple(each for each in said if each.number == shown.number))
    words = Text(f"certificate of approval of {shown.title}", f"{shown.title}的审批证明")
    return _Sheet(html, f"{shown.number}-certificate", words, tuple(prints.enclosed(press, shown)))


def _register(settings: Settings, press: Press, what: str) -> _Sheet:
    """The records of a type."""
    kind = _type(press.facts, what)
    if kind is None:
        known = list(press.facts.types)
        stop(settings, _NO_REGISTER, what=what, near=near(what, known, press.lang))
    return _of_type(press, kind)


def _of_type(press: Press, kind: RecordType) -> _Sheet:
    from muniment import prints
    from muniment.views import registers

    table = registers.of_type(press.facts, kind, press.lang)
    return _Sheet(prints.listing(press, table), kind.name, Text(table.title, table.title))


def _named(settings: Settings, press: Press, what: str) -> _Sheet:
    """A report, or the blank form of a type; a policy, which nobody fills in on paper, as it stands."""
    from muniment import prints, reports

    facts, lang = press.facts, press.lang
    for report in reports.catalogue().values():
        if _plain(what) in (report.name, report.title.zh, report.title.en.lower()):
            table = report.table(facts, lang)
            signed = prints.signatures(report.name, lang)
            return _Sheet(prints.listing(press, table, signed), report.name, Text(table.title, table.title))
    kind = _type(facts, what)
    if kind is None:
        titles = [each.title for each in reports.catalogue().values()]
        titles += [each.title for each in facts.types.values()]
        named = (each.render(lang) for each in titles)
        known = [*reports.catalogue(), *facts.types, *named, *facts.corpus.records]
        stop(settings, _UNKNOWN, what=what, near=near(what, known, lang))
    if kind.group == "policy":
        return _of_type(press, kind)
    words = Text(f"blank form: {kind.title.en}", f"空白表单《{kind.title.zh}》")
    return _Sheet(prints.form(press, kind), f"{kind.name}-form", words)


def _type(facts: Facts, what: str) -> RecordType | None:
    """A type by its name or by what people call it, in the marks that Chinese puts around the names of forms or without."""
    given = _plain(what)
    return next(
        (kind for kind in facts.types.values() if given in (kind.name, kind.title.zh, kind.title.en.lower())),
        None,
    )


def _plain(what: str) -> str:
    return what.strip().strip("《》").lower()
