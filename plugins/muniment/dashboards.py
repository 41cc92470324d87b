"""Dashboards: what each kind of reader looks at first, made of the figures and pictures of the reports, which say the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from muniment import audience, i18n
from muniment.charts import Chart
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Table
from muniment.views import addresses, values

_MOST = 6  # rows of a list on a dashboard


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows of a report whose `column` holds one of `values`, or anything at all where none is named; without a column
    all rows.
    """

    report: str
    column: str = ""
    values: tuple[str, ...] = ()

    def of(self, table: Table) -> Table:
        if not self.column:
            return table
        at = _places(table)[self.column]
        return replace(table, rows=tuple(row for row in table.rows if self._is_meant(row[at])))

    def _is_meant(self, cell: Cell) -> bool:
        return str(cell.value) in self.values if self.values else bool(cell.value)

    def link(self, table: Table) -> str:
        """The report's page, with the rows chosen where the page offers that."""
        url = addresses.report(self.report)
        at = _places(table).get(self.column)
        if (
            at is None
            or len(self.values) != 1
            or not table.columns[at].facet
            or not (rows := self.of(table).rows)
        ):
            return url
        return f"{url}?{urlencode({self.column: rows[0][at].text})}"


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows are chosen. `types`: records that have to be known to the readers, or the count would not be true.
    `is_bad`: anything but nought asks for attention.
    """

    title: Text
    rows: Choice
    types: tuple[str, ...] = ()
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first rows of a report, with some of its columns."""

    title: Text
    rows: Choice
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`pictures` are charts by report and name; `figures` a report whose rows are figures themselves (matter, count, standing)."""

    name: str
    title: Text
    text: Text
    counts: tuple[Count, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    figures: str = ""


DASHBOARDS = (
    Dashboard(
        "service",
        Text("Projects and service", "项目与服务看板"),
        Text(
            "For managers: where projects stand, what is late, and how customers take it.",
            "供部门负责人和项目经理查看：项目走到哪一步，哪些事项逾期，客户是否满意。",
        ),
        (
            Count(Text("Projects under way", "在办项目"), Choice("pipeline"), ("project",)),
            Count(Text("Overdue", "逾期事项"), Choice("overdue"), ("project",), is_bad=True),
            Count(
                Text("Milestones missed", "未达成的里程碑"),
                Choice("milestones", "standing", ("overdue",)),
                ("implementation-plan",),
                is_bad=True,
            ),
            Count(
                Text("Tickets to solve", "待解决的服务单"),
                Choice("after-sales", "solve_standing", ("open",)),
                ("service-ticket",),
            ),
        ),
        (
            Excerpt(Text("Overdue", "逾期事项"), Choice("overdue"), ("number", "what", "who", "due", "days")),
            Excerpt(
                Text("Tickets to solve", "待解决的服务单"),
                Choice("after-sales", "solve_standing", ("open",)),
                ("number", "title", "urgency", "reported_at", "state"),
            ),
        ),
        (
            ("pipeline", "stages"),
            ("milestones", "quarters"),
            ("trends", "shares"),
            ("trends", "satisfaction"),
            ("acceptance", "first-rounds"),
            ("rework", "quarters"),
            ("ticket-trends", "quarters"),
            ("after-sales", "solutions"),
        ),
    ),
    Dashboard(
        "people",
        Text("People", "人员看板"),
        Text(
            "For HR and heads of department: who is here, what they may do, and what they still have to learn.",
            "供人力资源和部门负责人查看：在职人员、持证情况、招聘和培训进度。",
        ),
        (
            Count(Text("Staff in service", "在职人员"), Choice("roster", "state", ("active",)), ("staff",)),
            Count(
                Text("Certificates expired", "已过期证书"),
                Choice("certificates", "standing", ("expired",)),
                ("staff",),
                is_bad=True,
            ),
            Count(
                Text("Certificates that expire within 90 days", "90 天内到期的证书"),
                Choice("certificates", "standing", ("90",)),
                ("staff",),
            ),
            Count(
                Text("Posts to be filled", "待招岗位"), Choice("recruitment", "open"), ("recruitment-plan",)
            ),
            Count(
                Text("Training overdue", "逾期未办的培训"),
                Choice("training", "standing", ("overdue",)),
                ("training-plan",),
                is_bad=True,
            ),
        ),
        (
            Excerpt(
                Text("Certificates to be renewed", "需换证"),
                Choice("certificates", "standing", ("expired", "90")),
                ("number", "name", "certificate", "expires", "standing"),
            ),
            Excerpt(
                Text("Training overdue", "逾期未办的培训"),
                Choice("training", "standing", ("overdue",)),
                ("plan", "topic", "month", "instructor"),
            ),
            Excerpt(
                Text("Posts to be filled", "待招岗位"),
                Choice("recruitment", "open"),
                ("plan", "department", "post", "open"),
            ),
        ),
        (
            ("roster", "departments"),
            ("certificates", "expiry"),
            ("training", "contents"),
            ("recruitment", "posts"),
            ("skills", "holders"),
        ),
    ),
    Dashboard(
        "archive",
        Text("Archive", "档案看板"),
        Text(
            "For the archive keeper: what is out, what is due for disposal, and whether backups can be relied on.",
            "供档案管理员查看：借出未还、到期待处置的记录，备份是否可靠。",
        ),
        (
            Count(
                Text("Overdue loans", "逾期未还"),
                Choice("loans-out", "standing", ("overdue",)),
                ("loan",),
                is_bad=True,
            ),
            Count(
                Text("Out on loan", "借出未还"),
                Choice("loans-out", "standing", ("overdue", "due", "out")),
                ("loan",),
            ),
            Count(
                Text("Due for disposal", "到期待处置"),
                Choice("retention", "standing", ("due",)),
                is_bad=True,
            ),
            Count(Text("Due within twelve months", "一年内到期"), Choice("retention", "standing", ("soon",))),
            Count(Text("On hold", "冻结"), Choice("retention", "standing", ("held",))),
            Count(Text("Paper copies missing", "缺纸质件"), Choice("paper-missing"), is_bad=True),
        ),
        (
            Excerpt(
                Text("Loans to be returned", "应还"),
                Choice("loans-out", "standing", ("overdue", "due", "out")),
                ("number", "document", "borrower", "due", "standing"),
            ),
            Excerpt(
                Text("Due for disposal", "到期待处置"),
                Choice("retention", "standing", ("due",)),
                ("number", "title", "expires", "action"),
            ),
        ),
        (
            ("retention", "standing"),
            ("retention-forecast", "forecast"),
            ("loans-out", "standing"),
            ("backup-evidence", "verified"),
        ),
    ),
    Dashboard(
        "secrecy",
        Text("Confidentiality", "保密看板"),
        Text(
            "For the secrecy officer: agreements, grants, safeguards and inspections; what the readers of this site may not know is withheld.",
            "供保密管理员查看：协议、授权、设施和检查。读者无权知悉的内容注明“不予显示”。",
        ),
        excerpts=(
            Excerpt(
                Text("Findings not corrected yet", "未整改事项"),
                Choice("secrecy-findings", "standing", ("overdue", "soon", "open")),
                ("inspection", "what", "owner", "due", "standing"),
            ),
            Excerpt(
                Text("Agreements missing", "缺保密协议"),
                Choice("agreements", "standing", ("missing",)),
                ("number", "name", "department"),
            ),
            Excerpt(
                Text("Grants that end soon", "即将到期的授权"),
                Choice("access", "standing", ("ending",)),
                ("staff", "level", "document", "until"),
            ),
        ),
        pictures=(
            ("secrecy", "agreements-by-department"),
            ("secrecy", "findings-by-department"),
            ("secrecy", "safeguards-by-kind"),
            ("secrecy", "classified"),
            ("access", "access-by-level"),
        ),
        figures="secrecy",
    ),
    Dashboard(
        "quality",
        Text("Quality and audit", "质量与审核看板"),
        Text(
            "For quality staff and auditors: what is in force, what waits for whom, and whether the numbers have gaps.",
            "供质量管理和审核人员查看：现行文件、待办事项、编号是否连续、各条款的落实情况。",
        ),
        (
            Count(Text("Documents in force", "现行文件"), Choice("in-force")),
            Count(Text("Waiting", "待办"), Choice("waiting")),
            Count(Text("Retired documents", "已废止文件"), Choice("retired")),
            Count(
                Text("Series with unexplained gaps", "有缺号的系列"), Choice("gaps", "missing"), is_bad=True
            ),
            Count(Text("Lists of disposal", "处置清单所列文件"), Choice("destructions"), ("disposal",)),
        ),
        (
            Excerpt(
                Text("Waiting for whom", "待办事项"),
                Choice("waiting"),
                ("number", "title", "stage", "holders", "since"),
            ),
            Excerpt(
                Text("Retired recently", "最近废止"),
                Choice("retired"),
                ("number", "title", "date", "successor"),
            ),
        ),
        (
            ("in-force", "classes"),
            ("coverage", "sections"),
            ("trends", "rework"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """`figure` is empty where the readers may not know it; `note` says so."""

    title: str
    figure: str
    note: str
    link: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """`name` is the anchor; `more` the number of rows beyond those shown."""

    name: str
    title: str
    table: Table
    link: str
    more: int


@dataclass(frozen=True, slots=True)
class Pictured:
    """`data` is where the files of its figures lie, without their endings; empty where it shows nothing."""

    chart: Chart
    link: str
    data: str


@dataclass(frozen=True, slots=True)
class View:
    name: str
    title: str
    text: str
    tiles: tuple[Tile, ...]
    lists: tuple[Listed, ...]
    pictures: tuple[Pictured, ...]


def view(
    facts: Facts,
    shown: Dashboard,
    tables: Mapping[str, Table],
    charts: Mapping[str, tuple[Chart, ...]],
    lang: Lang,
) -> View:
    """A dashboard in one language, from the tables and charts of the reports by their names."""
    _ = i18n.translator(lang)
    return View(
        shown.name,
        shown.title.render(lang),
        shown.text.render(lang),
        (*_tiles(facts, shown, tables, lang), *_figures(shown, tables)),
        tuple(_lists(shown, tables, lang)),
        tuple(pictures(shown.pictures, charts)),
    )


def _tiles(facts: Facts, shown: Dashboard, tables: Mapping[str, Table], lang: Lang) -> Iterator[Tile]:
    _ = i18n.translator(lang)
    for each in shown.counts:
        table = tables[each.rows.report]
        if audience.withholds(facts, *each.types):
            withheld = values.withheld_cell(lang).text
            yield Tile(each.title.render(lang), "", withheld, addresses.report(each.rows.report))
            continue
        count = len(each.rows.of(table))
        needs = each.is_bad and count > 0
        note = _("needs attention") if needs else _("in order") if each.is_bad else ""
        yield Tile(each.title.render(lang), f"{count:,}", note, each.rows.link(table), needs)


def _figures(shown: Dashboard, tables: Mapping[str, Table]) -> Iterator[Tile]:
    if not shown.figures:
        return
    at = _places(tables[shown.figures])
    for row in tables[shown.figures].rows:
        matter, count, standing = row[at["matter"]], row[at["count"]], row[at["standing"]]
        is_known = isinstance(count.value, int)
        yield Tile(
            matter.text,
            count.text if is_known else "",
            standing.text if is_known else count.text,
            matter.link,
            standing.value == "attention",
        )


def _lists(shown: Dashboard, tables: Mapping[str, Table], lang: Lang) -> Iterator[Listed]:
    _ = i18n.translator(lang)
    for place, each in enumerate(shown.excerpts, 1):
        whole = tables[each.rows.report]
        chosen = each.rows.of(whole)
        title = each.title.render(lang)
        empty = whole.empty if not whole.rows else _("Nothing at the moment.")
        yield Listed(
            f"list-{place}",
            title,
            replace(excerpt(chosen, each.columns, _MOST), title=title, empty=empty),
            each.rows.link(whole),
            max(len(chosen) - _MOST, 0),
        )


def pictures(named: Iterable[tuple[str, str]], charts: Mapping[str, tuple[Chart, ...]]) -> Iterator[Pictured]:
    """Charts by their report and name, from all charts of those reports."""
    for report, name in named:
        for chart in charts[report]:
            if chart.name == name:
                url = addresses.report(report)
                data = "" if chart.is_empty else f"{url.rstrip('/')}.{name}"
                # Several reports may have a chart of one name, and a page each anchor once.
                yield Pictured(replace(chart, name=f"{report}-{name}"), url, data)


def excerpt(table: Table, names: tuple[str, ...], most: int) -> Table:
    """The first rows of a table with some of its columns."""
    at = _places(table)
    picked = [at[name] for name in names]
    return Table(
        table.title,
        tuple(table.columns[index] for index in picked),
        tuple(tuple(row[index] for index in picked) for row in table.rows[:most]),
        table.empty,
    )


def _places(table: Table) -> Mapping[str, int]:
    return {column.name: place for place, column in enumerate(table.columns)}
