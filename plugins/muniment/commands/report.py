"""muniment report"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment import completion
from muniment.findings import Text
from muniment.terminal import Settings, as_command, at_option, audience_option, identity_option, say, stop
from muniment.usage import near

if TYPE_CHECKING:
    from muniment.facts import Facts
    from muniment.findings import Lang
    from muniment.tables import Table

ORDER = 41
FORMATS = ("table", "csv", "json", "xlsx")
_UNKNOWN = Text(
    "there is no register or report `{name}`{near}; `muniment report` lists them all",
    "没有登记簿或报表 `{name}`{near}；`muniment report` 列出全部",
)
_BINARY = Text(
    "a spreadsheet cannot be shown here; name a file: --out {name}.xlsx",
    "电子表格无法在这里显示；请指定文件：--out {name}.xlsx",
)
_WRITTEN = Text("{count} rows written to {path}", "已写入 {count} 行：{path}")
_LIST = Text("Registers and reports", "登记簿与报表")
_COLUMNS = (Text("Name", "名称"), Text("Title", "标题"), Text("Rows", "行数"))


@as_command()
@click.argument("name", required=False, metavar="[NAME]", shell_complete=completion.reports)
@click.option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    help="How the rows are written; from the file's name where --out is given. --- 输出格式；用 --out 时按文件名决定。",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to a file. --- 写入文件。",
)
@at_option
@audience_option
@identity_option
def command(settings: Settings, name: str | None, output: str | None, out: Path | None) -> None:
    """Print a register or a report; without a NAME list them all.

    There is a register for each type of record, and reports that look across them.

    \b
      muniment report
      muniment report in-force
      muniment report client --format csv
      muniment report waiting --out waiting.xlsx
      muniment report in-force --at 2026-03-03
    ---
    输出一份登记簿或报表；不给 NAME 时列出全部。

    每个记录类型有一份登记簿，报表则跨类型汇总。

    \b
      muniment report
      muniment report in-force
      muniment report 客户 --format csv
      muniment report waiting --out waiting.xlsx
      muniment report in-force --at 2026-03-03
    """
    from muniment import project

    facts = settings.load(history=name is None or _needs_past(name)).facts
    lang = settings.language()
    made = _list(facts, lang) if name is None else _table(settings, facts, name, lang)
    output = output or _of_suffix(out)
    if out is None and output == "xlsx" and sys.stdout.isatty():
        stop(settings, _BINARY, name=name or "registers")
    content = written(made, output)
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        project.write_whole(out, content)
        say(settings, _WRITTEN, count=len(made), path=out)


def written(table: Table, output: str) -> bytes:
    """The rows in one of the formats."""
    from muniment import tables

    if output == "table":
        text = tables.to_text(table) if table.rows else f"{table.empty}\n"
        return text.encode()
    if output == "csv":
        return tables.to_csv(table)
    return tables.to_xlsx(table) if output == "xlsx" else tables.rows_json(table)


def _of_suffix(out: Path | None) -> str:
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    return suffix if suffix in FORMATS else "table"


def _needs_past(name: str) -> bool:
    from muniment import reports

    given = name.strip().lower()
    return any(
        report.past and given in (report.name, report.title.zh, report.title.en.lower())
        for report in reports.catalogue().values()
    )


def _table(settings: Settings, facts: Facts, name: str, lang: Lang) -> Table:
    """By name or title, types first."""
    from muniment import reports
    from muniment.views import registers

    given = name.strip().lower()
    for kind in facts.types.values():
        if given in (kind.name, kind.title.zh, kind.title.en.lower()):
            return registers.of_type(facts, kind, lang)
    for report in reports.catalogue().values():
        if given in (report.name, report.title.zh, report.title.en.lower()):
            return report.table(facts, lang)
    return stop(settings, _UNKNOWN, name=name, near=near(given, [*facts.types, *reports.catalogue()], lang))


def _list(facts: Facts, lang: Lang) -> Table:
    """What there is to ask for, the types in the order of the site."""
    from muniment import reports
    from muniment.tables import Cell, Column, Table
    from muniment.views import registers, values

    rows = [
        (report.name, report.title.render(lang), len(report.table(facts, lang)))
        for report in reports.catalogue().values()
    ]
    for _name, _title, kinds in registers.groups(facts, lang):
        rows += [
            (
                kind.name,
                values.heading(kind.title.render(lang), lang),
                len(facts.corpus.by_type.get(kind.name, ())),
            )
            for kind in kinds
        ]
    columns = tuple(
        Column(key, title.render(lang), "integer" if key == "rows" else "text")
        for key, title in zip(("name", "title", "rows"), _COLUMNS, strict=True)
    )
    cells = tuple(
        (Cell(name, name), Cell(title, title), Cell(str(count), count)) for name, title, count in rows
    )
    return Table(_LIST.render(lang), columns, cells)
