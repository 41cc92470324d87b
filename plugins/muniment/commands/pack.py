"""muniment pack"""

from __future__ import annotations

from pathlib import Path

import click

from muniment.findings import Text
from muniment.terminal import (
    FOUND,
    LEVELS,
    NO_VERDICT,
    NO_VERDICT_WORDS,
    Settings,
    as_command,
    at_option,
    no_such_moment,
    progress,
    say,
    stop,
)

ORDER = 52
_NO_ZIP = Text("name the archive with the ending .zip: {path}", "证据包的文件名请以 .zip 结尾：{path}")
_NO_FOLDER = Text("there is no folder {path} to write to", "要写入的文件夹 {path} 不存在")
_NO_GIT = Text(
    "{root} has no Git history, and without one there is nothing to prove",
    "{root} 没有 Git 历史，无从证明",
)
_DONE = Text(
    "{files} files with {records} records written to {path} ({size}); to check it: unpack it and run python3 verify.py",
    "已将 {records} 条记录、{files} 个文件写入 {path}（{size}）；核对方法：解开后运行 python3 verify.py",
)
_WHOLE = Text(
    "It holds the whole history, so hand it only to readers who may know everything; --audience makes a pack for others.",
    "其中包含全部历史，只能交给有权知悉全部内容的人；给其他人请用 --audience。",
)
_FAULTS = Text("The audit objects; the report in the pack says to what.", "审核发现问题，详见包内的报告。")


@as_command()
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--audience",
    type=click.Choice(LEVELS),
    help="Only what readers of this level may know, without the history. --- 只含该密级读者可知的内容，不含历史。",
)
@at_option
def command(settings: Settings, out: Path, audience: str | None) -> None:
    """Make an evidence pack: records, approvals, verdict, registers, gap report and history in one archive.

    It can be checked offline with Python and git. Its report follows the four properties of electronic records
    (authentic, complete, usable, safe) and ISO 9001, 7.5. The same commit makes the same files.

    \b
      muniment pack evidence-2026.zip
      muniment pack evidence-2025.zip --at 2025-12-31
      muniment pack for-client.zip --audience public
    ---
    生成证据包：记录、审批、审核结论、登记簿、编号使用情况和历史，合为一个压缩包。

    只用 Python 和 git 就能离线核对。报告按电子档案四性检测（真实性、完整性、可用性、安全性）和 ISO 9001 第 7.5 条编排。
    同一提交生成的内容相同。

    \b
      muniment pack evidence-2026.zip
      muniment pack evidence-2025.zip --at 2025-12-31
      muniment pack for-client.zip --audience public
    """
    from muniment import check, pack, project, render

    root, target = settings.root, settings.start / out
    if out.suffix.lower() != ".zip":
        stop(settings, _NO_ZIP, path=out)
    if not target.parent.is_dir():
        stop(settings, _NO_FOLDER, path=target.parent)
    try:
        with progress(settings, Text("auditing and packing", "正在审核并打包")):
            loaded = project.load_for_site(root, settings.today, settings.at)
            facts = loaded.facts
            if facts.commit is None or facts.audit is None:
                stop(settings, _NO_GIT, root=root)
            if facts.audit.missing:
                stop(settings, NO_VERDICT_WORDS, NO_VERDICT, missing=", ".join(facts.audit.missing))
            findings = check.run(facts, loaded.faults)
            bundle = project.bundle(root, facts.commit.id) if audience is None else None
            files = dict(pack.contents(facts, findings, audience or LEVELS[-1], bundle))
            content = pack.archive(files.items(), pack.moment(facts))
    except project.NoSuchMoment as problem:
        stop(settings, *no_such_moment(problem.first), at=problem.at, first=problem.first)
    project.write_whole(target, content)
    say(
        settings,
        _DONE,
        loaded,
        files=len(files),
        records=len(facts.corpus),
        path=out,
        size=render.size(len(content)),
    )
    if audience is None:
        say(settings, _WHOLE, loaded)
    if facts.audit.faults:
        say(settings, _FAULTS, loaded)
        raise SystemExit(FOUND)
