"""muniment export"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muniment.commands.report import written
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

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.findings import Lang

ORDER = 43
# Lists what an export wrote, so that the next one may replace exactly that.
MARK = "export.json"
_FOREIGN = Text(
    "{path} holds files that no export made (such as {name}); name a new or an empty folder",
    "{path} 中有不是导出产生的文件（如 {name}）；请换一个新的或空的文件夹",
)
_DONE = Text(
    "{tables} registers and reports with {records} records written to {path} ({files} files)",
    "已将 {tables} 份登记簿和报表、{records} 条记录写入 {path}（{files} 个文件）",
)


@as_command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@at_option
@audience_option
@identity_option
def command(settings: Settings, folder: Path) -> None:
    """Write all registers and reports as CSV, JSON and XLSX into DIR, with records.json.

    DIR is new, empty, or holds an earlier export, which is replaced. CSV and XLSX are in the language that you ask for.

    \b
      muniment export ../registers
      muniment export ../registers --lang en
    ---
    把全部登记簿和报表以 CSV、JSON、XLSX 写入 DIR，并附 records.json。

    DIR 可以是新的、空的，或上次导出的文件夹（会被替换）。CSV 和 XLSX 使用所选语言。

    \b
      muniment export ../registers
      muniment export ../registers --lang en
    """
    from muniment import rehearsal

    earlier = _earlier(settings, folder)
    facts = settings.load(history=True).facts
    lang = settings.language()
    with progress(settings, Text("writing", "正在写入")):
        files = _files(facts, lang)
        tables = sum(name.endswith(".csv") for name in files)
        files[MARK] = _mark(facts, lang, sorted(files))
        rehearsal.write(folder, files)
        _clear(folder, earlier - files.keys())
    say(settings, _DONE, tables=tables, records=len(facts.corpus), path=folder, files=len(files))


def _earlier(settings: Settings, folder: Path) -> set[str]:
    """The files of an earlier export; ends the run where there is anything else."""
    if not folder.is_dir():
        return set()
    try:
        known = {str(name) for name in json.loads((folder / MARK).read_text(encoding="utf-8"))["files"]} | {
            MARK
        }
    except (OSError, ValueError, KeyError, TypeError):
        known = set()
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    foreign = sorted(present - known)
    if foreign:
        stop(settings, _FOREIGN, path=folder, name=foreign[0])
    return known & present


def _files(facts: Facts, lang: Lang) -> dict[str, bytes]:
    from muniment import reports, site
    from muniment.views import addresses, registers

    tables = {
        f"registers/{addresses.slug(kind.name)}": registers.of_type(facts, kind, lang)
        for kind in facts.types.values()
    }
    tables |= {
        addresses.report(report.name).rstrip("/"): report.table(facts, lang)
        for report in reports.catalogue().values()
    }
    files = {
        f"{path}.{output}": written(table, output)
        for path, table in tables.items()
        for output in ("csv", "json", "xlsx")
    }
    return files | {"records.json": site.records_json(facts)}


def _mark(facts: Facts, lang: Lang, names: list[str]) -> bytes:
    said: dict[str, Any] = {
        "version": 1,
        "day": facts.today,
        "commit": facts.commit.id if facts.commit else None,
        "language": lang,
        "files": names,
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _clear(folder: Path, gone: set[str]) -> None:
    """Takes away what the earlier export had and this one has not."""
    for name in gone:
        path = folder / name
        path.unlink(missing_ok=True)
        if path.parent != folder and not any(path.parent.iterdir()):
            path.parent.rmdir()
