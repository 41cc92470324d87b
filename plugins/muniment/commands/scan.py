"""muniment scan"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muniment.findings import Text
from muniment.terminal import FOUND, LEVELS, NO_VERDICT, Settings, as_command, identity_option, progress, stop

if TYPE_CHECKING:
    from muniment.findings import Lang
    from muniment.scan import Outcome, Search

ORDER = 51
MOST_SHOWN = 200
_KINDS = {
    "number": Text("number", "编号"),
    "title": Text("title", "名称"),
    "person": Text("person", "姓名或邮箱"),
    "file": Text("file name", "文件名"),
    "digest": Text("digest", "摘要值"),
    "text": Text("text", "内容"),
    "content": Text("a file as it is", "文件原样"),
}
_COUNTS = {
    "number": Text("{n} numbers", "编号 {n} 个"),
    "title": Text("{n} titles", "名称 {n} 个"),
    "person": Text("{n} names and addresses of persons", "姓名和邮箱 {n} 个"),
    "file": Text("{n} file names", "文件名 {n} 个"),
    "digest": Text("{n} digests", "摘要值 {n} 个"),
    "text": Text("{n} sentences and values", "语句和数据 {n} 条"),
    "content": Text("{n} whole files", "原文件 {n} 个"),
}
_LEAK = Text("{path}: {kind} {hint}{of}", "{path}：{kind} {hint}{of}")
_OF = Text(" of {record}", "（{record}）")
_UNREAD = Text("{path}: cannot be looked into: {why}", "{path}：无法查看内容：{why}")
_MORE = Text("… and {n} more", "……另有 {n} 处")
_NONE = Text(
    "no site in {site}: there is no revision.json, which every build writes",
    "{site} 不是生成好的网站：其中没有每次生成都会写入的 revision.json",
)
_LOOKED = Text(
    "looked through {files} files ({size} MB) for what {records} records above the level `{level}` say: {counts}",
    "已查看 {files} 个文件（{size} MB），查找高于「{level}」的 {records} 条记录的内容：{counts}",
)
_LEFT_OUT = Text(
    "{n} more are ordinary words, or known to these readers from records of theirs, and were not looked for",
    "另有 {n} 条是普通用语，或读者从其可见记录中已知，未作查找",
)
_LOCKED = Text(
    "{n} records are encrypted to others, so their text was not looked for; a site made without the key cannot hold it",
    "有 {n} 条记录已加密且本机没有密钥，未查找其正文；没有密钥生成的网站也不可能含有其正文",
)
_CLEAN = Text("nothing from above the level was found", "没有发现超出密级的内容")
_FOUND = Text(
    "{leaks} places tell what these readers may not know; do not publish this site",
    "有 {leaks} 处泄露读者不应知悉的内容；请勿发布此网站",
)
_UNDECIDED = Text(
    "{n} files could not be looked into, so there is no verdict",
    "有 {n} 个文件无法查看，不能得出结论",
)


@as_command()
@click.argument("site", metavar="SITE", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--audience",
    "level",
    type=click.Choice(LEVELS),
    default="internal",
    show_default=True,
    help="The level of the site's readers. --- 网站读者的密级。",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed. --- 输出格式。",
)
@identity_option
def command(settings: Settings, site: Path, level: str, output: str) -> None:
    """Search a finished site for everything that its readers may not know.

    For each record above the level: its number, title, file names, digests, sentences and values, and in a site for the public
    the names of persons. Looks into pages, data, spreadsheets, PDF, compressed files, the search index, feeds and the names of
    files. What is found is told without giving it away. Run it on every site before it is published, in the registry that
    the site was built from.

    Ends with 1 where anything is found, with 3 where a file cannot be looked into.

    \b
      muniment scan site
      muniment scan public --audience public
      muniment scan site --format json
    ---
    在生成好的网站中查找读者不应知悉的一切内容。

    对高于该密级的每条记录，查找其编号、名称、文件名、摘要值、语句和数据；公开网站还查找姓名。查看范围包括网页、数据文件、表格、PDF、压缩文件、搜索索引、订阅源和文件名。报告只作提示，不会复述秘密。每次发布网站之前，请在生成该网站的登记库中运行。

    发现泄露时退出码为 1；有文件无法查看时为 3。

    \b
      muniment scan site
      muniment scan public --audience public
      muniment scan site --format json
    """
    from muniment import project, report, scan

    folder = settings.start / site
    if not (folder / "revision.json").is_file():
        stop(settings, _NONE, site=site)
    facts = project.load_for_site(settings.root, settings.today, identities=settings.identities).facts
    with progress(settings, Text("looking", "正在查找")):
        wanted = scan.search(facts, level)
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        outcome = scan.scan(files, wanted)
    if output == "json":
        click.echo(report.dump(_data(wanted, outcome, level)))
    else:
        _print(wanted, outcome, level, settings.language())
    if outcome.leaks:
        stop(settings, _FOUND, FOUND, leaks=len(outcome.leaks))
    if outcome.unread:
        stop(settings, _UNDECIDED, NO_VERDICT, n=len(outcome.unread))


def _print(wanted: Search, outcome: Outcome, level: str, lang: Lang) -> None:
    from muniment.views import words

    for leak in outcome.leaks[:MOST_SHOWN]:
        of = _OF.render(lang, {"record": leak.record}) if leak.record and leak.record != leak.hint else ""
        said = {"path": leak.path, "kind": _KINDS[leak.kind].render(lang), "hint": leak.hint, "of": of}
        click.echo(_LEAK.render(lang, said))
    if len(outcome.leaks) > MOST_SHOWN:
        click.echo(_MORE.render(lang, {"n": len(outcome.leaks) - MOST_SHOWN}))
    for path, why in outcome.unread:
        click.echo(_UNREAD.render(lang, {"path": path, "why": why}))
    counts = [_COUNTS[kind].render(lang, {"n": count}) for kind, count in wanted.counts.items() if count]
    told: dict[str, object] = {
        "files": outcome.files,
        "size": f"{outcome.size / 1e6:.1f}",
        "records": wanted.records,
        "level": words.level(level, lang),
        "counts": ("、" if lang == "zh" else ", ").join(counts) or "0",
    }
    click.echo(_LOOKED.render(lang, told))
    if wanted.left_out:
        click.echo(_LEFT_OUT.render(lang, {"n": wanted.left_out}))
    if wanted.locked:
        click.echo(_LOCKED.render(lang, {"n": wanted.locked}))
    if not outcome.leaks and not outcome.unread:
        click.echo(_CLEAN.render(lang))


def _data(wanted: Search, outcome: Outcome, level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "audience": level,
        "verdict": "leaks" if outcome.leaks else "none" if outcome.unread else "clean",
        "looked_for": {
            "records": wanted.records,
            **wanted.counts,
            "left_out": wanted.left_out,
            "locked": wanted.locked,
        },
        "files": outcome.files,
        "bytes": outcome.size,
        "leaks": [
            {"path": leak.path, "kind": leak.kind, "record": leak.record, "hint": leak.hint}
            for leak in outcome.leaks
        ],
        "unread": [{"path": path, "why": why} for path, why in outcome.unread],
    }
