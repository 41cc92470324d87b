"""muniment build"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.findings import Text
from muniment.terminal import (
    FOUND,
    LEVELS,
    Settings,
    as_command,
    at_option,
    identity_option,
    no_such_moment,
    progress,
    say,
    stop,
)

if TYPE_CHECKING:
    from muniment.project import Loaded

ORDER = 50
_NO_CONFIGURATION = Text(
    "there is no mkdocs.yml in {root}, which says how the site is called; the one that `muniment init` makes will do",
    "{root} 中没有 mkdocs.yml（其中写明网站名称等）；可使用 `muniment init` 生成的那一份",
)
_STOPPED = Text(
    "{errors} to mend before the site is built; --draft builds it all the same and says so on every page",
    "生成网站之前有 {errors} 处需要改正；加 --draft 仍会生成，并在每一页注明",
)
_FAILED = Text("the site was not built: {said}", "没有生成网站：{said}")
_DONE = Text(
    "{pages} pages in {out}, {seconds} s; to look at them:\n  python3 -m http.server -d {out} 8000\n"
    "  then open http://localhost:8000/",
    "已生成 {pages} 个页面：{out}，用时 {seconds} 秒；查看方法：\n  python3 -m http.server -d {out} 8000\n"
    "  然后打开 http://localhost:8000/",
)


@as_command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the site goes; site/ in the registry by default. --- 网站写入的文件夹，默认是登记库中的 site/。",
)
@click.option(
    "--audience",
    type=click.Choice(LEVELS),
    help="Highest level that its readers may know; internal by default. --- 读者可知的最高密级，默认 internal。",
)
@click.option(
    "--draft",
    is_flag=True,
    help="Build in spite of findings, with a banner. --- 有问题也生成，并在页面上注明。",
)
@at_option
@identity_option
def command(settings: Settings, out: Path | None, audience: str | None, draft: bool) -> None:
    """Build the site: home, registers, a page for each record, rules, handbook; in Chinese and English.

    The same bytes as `mkdocs build`. A build for a level holds nothing from above it. What is encrypted shows as a stub, unless
    the level allows it and --identity (or MUNIMENT_IDENTITY) opens it.

    \b
      muniment build
      muniment build --out public --audience public
      muniment build --draft
      muniment build --out then --at 2026-03-03
      muniment build --out secret --audience core --identity ~/.config/muniment/identity.txt
    ---
    生成网站：首页、登记簿、每条记录一页、规则和手册，中英文各一套。

    与 `mkdocs build` 结果相同。按密级生成的网站不含更高密级的任何内容。加密的内容只显示存根；密级允许，且 --identity
    （或 MUNIMENT_IDENTITY）能打开时，才显示明文。

    \b
      muniment build
      muniment build --out public --audience public
      muniment build --draft
      muniment build --out then --at 2026-03-03
      muniment build --out secret --audience core --identity ~/.config/muniment/identity.txt
    """
    from muniment import mkdocs_plugin

    root = settings.root
    _demand_moment(settings)
    target = (settings.start / out).resolve() if out else root / "site"
    began, problem, pages = time.monotonic(), "", 0
    if not (root / "mkdocs.yml").is_file():
        stop(settings, _NO_CONFIGURATION, root=root)
    # The engine would tell of its own steps, in English.
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with progress(settings, Text("building the site", "正在生成网站")):
        try:
            written = mkdocs_plugin.build(
                root,
                target,
                audience=audience,
                draft=draft or None,
                today=settings.today,
                at=settings.at,
                identities=settings.identities,
            )
            pages = sum(path.endswith("index.html") for path in written.paths)
        except (mkdocs_plugin.SiteFailure, click.ClickException) as failure:
            # The engine's own complaints about mkdocs.yml are click's.
            problem = str(failure)
    if problem:
        if not draft:
            _demand_soundness(settings)
        stop(settings, _FAILED, said=problem)
    say(settings, _DONE, pages=pages, out=out or "site", seconds=f"{time.monotonic() - began:.1f}")


def _demand_moment(settings: Settings) -> None:
    """Ends the run where nothing is known of the moment that was asked for: the engine would say it in its own way."""
    from muniment import project

    if settings.at is not None:
        try:
            project.as_of(settings.root, settings.at)
        except project.NoSuchMoment as problem:
            stop(settings, *no_such_moment(problem.first), at=problem.at, first=problem.first)


def _demand_soundness(settings: Settings) -> None:
    """Shows what the check finds and ends the run where that is an error."""
    from muniment import check, report

    loaded: Loaded = settings.load()
    findings = check.run(loaded.facts, loaded.faults)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        click.echo(report.text(errors, settings.language(), loaded.facts.corpus.documents))
        stop(settings, _STOPPED, FOUND, errors=len(errors))
