"""muniment audit"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from muniment.commands.check import no_verdict, placed
from muniment.findings import Finding, Lang, Text
from muniment.terminal import FOUND, Settings, as_command, progress, stop

if TYPE_CHECKING:
    from muniment.audit import Audit
    from muniment.facts import Facts

ORDER = 12
_NO_GIT = Text(
    "{root} is no Git repository, so nothing can be proven", "{root} 不是 Git 仓库，没有可供审核的历史"
)
_LEVELS = {
    "signed": Text("signed with the person's own key", "本人密钥签名"),
    "forge": Text("made in the forge's web editor", "代码平台网页提交"),
    "declared": Text("declared by the author line only", "仅凭作者署名"),
    "imported": Text("decided before this registry", "登记库建立前的决定（导入）"),
    "given": Text("in the first commit, taken as given", "随首次提交带入，作为信任起点"),
}
_HEAD = Text(
    "{steps} steps of main judged, from {root} to {head}", "已审核主分支的 {steps} 步，自 {root} 至 {head}"
)
_GOOD = Text("verdict: every approval stands", "结论：全部审批成立")
_BAD = Text("verdict: {errors} faults", "结论：发现 {errors} 处问题")
_GAPS = Text("open gaps in numbers: {gaps}", "编号中尚未说明的空号：{gaps}")
_SEAL = Text(
    "seal (keep a copy where this repository's administrators cannot reach it):",
    "封印（请另存一份在仓库管理员接触不到的地方）：",
)


@as_command()
@click.option(
    "--seal",
    metavar="ID",
    help="The id that an earlier audit ended with; main must descend from it. --- 以前审核末尾打印的编号；主分支必须是它的后续。",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the verdict is printed. --- 输出格式。",
)
def command(settings: Settings, seal: str | None, output: str) -> None:
    """Judge the whole history: who approved what, in which order, as which role, at which level of evidence.

    It needs a plain, whole clone and nothing else, and ends with the id to keep as a seal. Exit code 3 means
    that the clone is not whole enough for a verdict.

    \b
      muniment audit
      muniment audit --seal 3f9c0d2e…
      muniment audit --format json
    ---
    审核全部历史：谁以什么身份、按什么顺序、批准了什么内容，证据属于哪一级。

    只需要一份完整的克隆；末尾打印可供封存的编号。退出码 3 表示克隆不完整，无法下结论。

    \b
      muniment audit
      muniment audit --seal 3f9c0d2e…
      muniment audit --format json
    """
    from muniment import check, numbering, project, report
    from muniment.history import GitFailure

    settings = placed(settings)
    root = settings.root
    repository = project.open_repository(root)
    if repository is None:
        stop(settings, _NO_GIT, root=root)
    try:
        with progress(settings, Text("auditing the history", "正在审核历史")):
            verdict, facts = project.judged(repository, seal)
    except GitFailure as failure:
        no_verdict(settings, output, failure.said)
    if facts is None:
        no_verdict(settings, output, ", ".join(verdict.missing))
    lang = settings.language(project.Loaded(root, facts, ()))
    documents = facts.corpus.documents
    found = [*check.in_words(verdict.faults), *_open_gaps(facts)]
    findings = check.sort(check.locate(found, documents))
    gaps = [number for run in numbering.runs(facts) for gap in numbering.gaps(run) for number in gap.numbers]
    totals = report.summary(findings, len(facts.corpus.broken))
    if output == "json":
        data = report.as_data(findings, lang, documents, totals)
        click.echo(report.dump({**data, "audit": _data(verdict, gaps)}))
    else:
        _print(findings, verdict, gaps, lang, report.text(findings, lang, documents))
    sys.exit(FOUND if totals["errors"] else 0)


def _open_gaps(facts: Facts) -> Iterator[Finding]:
    """Missing numbers, with the branches that hold them: no reason to doubt an approval, so they are warnings here."""
    from muniment import check

    for code in ("NUM004", "NUM012"):
        judge = check.catalogue()[code].check
        if judge is not None:
            yield from (replace(finding, severity="warning") for finding in judge(facts))


def _data(verdict: Audit, gaps: list[str]) -> dict[str, Any]:
    return {
        "root": verdict.root,
        "head": verdict.head,
        "steps": verdict.steps,
        "levels": dict(verdict.levels),
        "gaps": gaps,
        "acts": [
            {"path": path, "level": proof.level, "commit": proof.commit, "key": proof.key}
            for path, proof in sorted(verdict.proofs.items())
        ],
    }


def _print(findings: list[Finding], verdict: Audit, gaps: list[str], lang: Lang, text: str) -> None:
    if text:
        click.echo(text + "\n")
    span = {"steps": verdict.steps, "root": verdict.root[:12], "head": verdict.head[:12]}
    click.echo(_HEAD.render(lang, span))
    for level, count in verdict.levels.items():
        click.echo(f"  {count:6d}  {_LEVELS[level].render(lang)}")
    if gaps:
        click.echo(_GAPS.render(lang, {"gaps": ", ".join(gaps)}))
    errors = sum(finding.severity == "error" for finding in findings)
    click.echo((_BAD if errors else _GOOD).render(lang, {"errors": errors}))
    click.echo(_SEAL.render(lang))
    click.echo(verdict.head)
