"""muniment check"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from muniment.findings import Finding, Text
from muniment.terminal import (
    FOUND,
    NO_VERDICT,
    NO_VERDICT_WORDS,
    Settings,
    as_command,
    at_option,
    identity_option,
    progress,
    say,
    stop,
)

if TYPE_CHECKING:
    from muniment.project import Loaded

ORDER = 11
_CLEAN = Text(
    "{records} records checked, nothing to mend{warnings}",
    "已检查 {records} 条记录，没有需要改正的问题{warnings}",
)
_FOUND = Text(
    "{records} records checked: {errors} to mend{warnings}",
    "已检查 {records} 条记录：{errors} 处需要改正{warnings}",
)
_WARNED = Text(", {count} warnings", "，{count} 条提醒")
_FIRST = Text(
    "mend {places} first: without that policy much else is found which may be right",
    "请先改正 {places}：制度读不出来，其他内容即使没错也会报错",
)
_NO_BASE = Text("`{base}` is no commit of this repository", "`{base}` 不是本仓库的提交")
_NO_GIT = Text("{root} is no Git repository, so nothing can be compared", "{root} 不是 Git 仓库，无从比较")
_BOTH = Text(
    "--base judges what is about to be merged, --at what was: give one of the two",
    "--base 检查将要合并的内容，--at 检查过去的内容：只能选一个",
)
_OUTSIDE = Text("{path} lies outside the registry {root}", "{path} 不在登记库 {root} 中")


@as_command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--base",
    metavar="REV",
    help="Judge what merging HEAD into REV would bring: a pull request. --- 检查把 HEAD 合并到 REV 会带来什么（合并请求）。",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are printed. --- 输出格式。",
)
@at_option
@identity_option
def command(settings: Settings, paths: tuple[Path, ...], base: str | None, output: str) -> None:
    """Check every record against every rule; nothing is ever written.

    With PATHs only findings in those files and folders are shown; the whole registry is judged all the same.

    \b
      muniment check
      muniment check records/documents/XM/2026
      muniment check --format json
      muniment check --base origin/main     what CI asks of a pull request
      muniment check --at 2026-03-03        the registry as it was that day
    ---
    按全部规则检查全部记录；不会写入任何内容。

    给出 PATH 时只显示这些文件或文件夹里的问题；检查范围仍是整个登记库。

    \b
      muniment check
      muniment check records/documents/XM/2026
      muniment check --format json
      muniment check --base origin/main     持续集成对合并请求的检查
      muniment check --at 2026-03-03        当天的登记库
    """
    from muniment import check

    if base is not None:
        settings = placed(settings)
    wanted = tuple(_relative(settings, path) for path in paths)
    if base is not None and settings.at is not None:
        stop(settings, _BOTH)
    if base is not None:
        _pull(settings, base, wanted, output)
    loaded = settings.load()
    findings = check.run(loaded.facts, loaded.faults)
    show(settings, loaded, [finding for finding in findings if _is_in(finding, wanted)], output)


def placed(settings: Settings) -> Settings:
    """A clone whose files are not laid out (bare, or a branch that took them all away) is judged all the same."""
    from muniment import project
    from muniment.history import GitFailure

    try:
        project.find_root(settings.start)
    except project.NoRegistry:
        here = settings.start.resolve()
        with suppress(GitFailure):
            repository = project.open_repository(here)
            if repository is not None and repository.head is not None:
                moved = replace(settings)
                moved.__dict__["root"] = here  # where it would be looked for in vain
                return moved
    return settings


def _pull(settings: Settings, base: str, wanted: tuple[str, ...], output: str) -> NoReturn:
    from muniment import check, project
    from muniment.history import GitFailure, UnknownRevision

    root = settings.root
    try:
        with progress(settings, Text("judging the pull request", "正在检查合并请求")):
            loaded, changed, missing = project.load_pull(root, base, settings.today, settings.identities)
    except UnknownRevision:
        stop(settings, _NO_BASE, base=base)
    except GitFailure as failure:
        if not (root / ".git").exists():
            stop(settings, _NO_GIT, root=root)
        no_verdict(settings, output, failure.said)
    if missing:
        no_verdict(settings, output, ", ".join(missing))
    findings = check.of_pull(loaded.facts, loaded.faults, changed)
    show(settings, loaded, [finding for finding in findings if _is_in(finding, wanted)], output)


def no_verdict(settings: Settings, output: str, missing: str) -> NoReturn:
    """End the run with 3, for programs with a summary that says `none`."""
    from muniment import report

    if output == "json":
        click.echo(report.dump(report.as_data((), settings.language(), {}, report.summary((), 0, False))))
    stop(settings, NO_VERDICT_WORDS, NO_VERDICT, missing=missing)


def show(settings: Settings, loaded: Loaded, findings: list[Finding], output: str) -> NoReturn:
    """Print findings and end the run with 1 where one is an error."""
    from muniment import check, report

    lang = settings.language(loaded)
    documents = loaded.facts.corpus.documents
    totals = report.summary(findings, len(loaded.facts.corpus) + len(loaded.facts.corpus.broken))
    if output == "json":
        click.echo(report.dump(report.as_data(findings, lang, documents, totals)))
    elif output == "sarif":
        click.echo(report.dump(report.sarif(findings, lang)))
    elif findings:
        click.echo(
            report.github(findings, lang) if output == "github" else report.text(findings, lang, documents)
        )
    if output in ("text", "github"):
        first = dict.fromkeys(each.place.path for each in check.misleading(loaded.facts, findings))
        if first:
            say(settings, _FIRST, loaded, places=", ".join(first))
        warned = _WARNED.render(lang, {"count": totals["warnings"]}) if totals["warnings"] else ""
        say(settings, _FOUND if totals["errors"] else _CLEAN, loaded, **{**totals, "warnings": warned})
    sys.exit(FOUND if totals["errors"] else 0)


def _relative(settings: Settings, path: Path) -> str:
    whole = (settings.start / path).resolve()
    if not whole.is_relative_to(settings.root):
        stop(settings, _OUTSIDE, path=path, root=settings.root)
    return whole.relative_to(settings.root).as_posix()


def _is_in(finding: Finding, wanted: tuple[str, ...]) -> bool:
    path = finding.place.path
    return not wanted or any(root in (".", path) or path.startswith(f"{root}/") for root in wanted)
