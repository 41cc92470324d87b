"""Recruitment plan against hires

For each post of each yearly plan: how many people are wanted, how many were chosen in the selections for it, how many have
joined by the staff register (for that position, in the plan's year), and how many are still to be found (R3.1.1–R3.1.3).

*Chosen* counts the candidates whose result is “hired”. Selections are confidential, so a site for a wider audience says that
this figure is withheld and counts by the staff register alone.
---
招聘计划与录用对照

逐年、逐岗位列出：计划人数、选拔记录中已录用的人数、按人员档案当年以该岗位入职的人数，以及还缺多少人。

“已录用”统计选拔记录中结果为“录用”的候选人。选拔记录是商密，面向更大范围读者的站点不显示这个数字，只按人员档案统计。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from muniment import audience, i18n, personnel
from muniment.charts import Chart, Row, Series
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, values

NAME = "recruitment"
TITLE = Text("Recruitment plan against hires", "招聘计划与录用对照")
CLAUSES = ("R3.1.1", "R3.1.2", "R3.1.3")
ORDER = 81


@dataclass(frozen=True)
class _Post:
    """One post of a plan; `chosen` and `candidates` are None where the selections are withheld."""

    plan: Record
    entry: Mapping[str, Any]
    candidates: int | None
    chosen: int | None
    joined: int
    selections: tuple[str, ...]

    @property
    def wanted(self) -> int:
        return int(self.entry["count"])

    @property
    def found(self) -> int:
        """Who was chosen has often not joined yet; who joined may have been chosen before selections were recorded."""
        return min(max(self.chosen or 0, self.joined), self.wanted)


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    columns = (
        Column("plan", _("Plan"), "number"),
        Column("year", _("Year"), facet=True),
        Column("department", _("Department"), "reference", True),
        Column("post", _("Post"), facet=True),
        Column("count", _("Wanted"), "integer"),
        Column("channels", _("Channels")),
        Column("selections", _("Selections"), "reference"),
        Column("candidates", _("Candidates"), "integer"),
        Column("chosen", _("Chosen"), "integer"),
        Column("joined", _("Joined in the year"), "integer"),
        Column("open", _("Still to be found"), "integer"),
        Column("state", _("State of the plan"), "state", True),
    )
    rows = tuple(_row(facts, post, lang) for post in _posts(facts))
    return Table(TITLE.render(lang), columns, rows, _("There is no recruitment plan yet."))


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """The posts of the newest year: found, and still to be found."""
    _ = i18n.translator(lang)
    posts = list(_posts(facts))
    year = max((int(post.plan.data["year"]) for post in posts), default=0)
    rows = tuple(
        Row(
            f"{post.plan.number} {post.entry['post']}",
            f"{facts.title(post.plan.department or '')} · {post.entry['post']}",
            (post.found, post.wanted - post.found),
            addresses.record(facts.policy, post.plan.number),
        )
        for post in posts
        if int(post.plan.data["year"]) == year
    )
    return (
        Chart(
            "posts",
            _("Posts of {year}").format(year=year) if year else _("Posts"),
            "bars",
            _("Post"),
            (
                Series("found", _("chosen or joined"), "good"),
                Series("open", _("still to be found"), "warning"),
            ),
            rows,
            empty=_("There is no recruitment plan yet."),
        ),
    )


def _posts(facts: Facts) -> Iterator[_Post]:
    """Newest year first, in the order of the plans."""
    is_withheld = bool(audience.withholds(facts, "selection")) or facts.corpus.is_closed("selection")
    plans = sorted(
        personnel.in_use(facts, "recruitment-plan"), key=lambda plan: (-int(plan.data["year"]), plan.number)
    )
    for plan in plans:
        for entry in plan.data["posts"]:
            held = [
                record
                for record in personnel.in_use(facts, "selection")
                if record.data["plan"] == plan.number and record.data["post"] == entry["post"]
            ]
            results = [each.get("result") for record in held for each in record.data["candidates"]]
            yield _Post(
                plan,
                entry,
                None if is_withheld else len(results),
                None if is_withheld else results.count("hired"),
                _joined(facts, plan, str(entry["post"])),
                tuple(record.number for record in held),
            )


def _joined(facts: Facts, plan: Record, post: str) -> int:
    """Who came in the plan's year for that position: into its department, or into one that planned for no such post itself."""
    year = plan.data["year"]
    own = {
        each.department
        for each in personnel.in_use(facts, "recruitment-plan")
        if each.data["year"] == year and any(entry["post"] == post for entry in each.data["posts"])
    }
    return sum(
        person.data.get("position") == post
        and str(person.data.get("joined") or "")[:4] == str(year)
        and (person.department == plan.department or person.department not in own)
        for person in facts.corpus.of("staff")
    )


def _row(facts: Facts, post: _Post, lang: Lang) -> tuple[Cell, ...]:
    year = str(post.plan.data["year"])
    channels = [str(each) for each in post.entry.get("channels") or ()]
    is_withheld = post.chosen is None
    return (
        values.number_cell(facts, post.plan.number),
        Cell(year, int(year)),
        values.reference_cell(facts, post.plan.department or "", lang),
        Cell(str(post.entry["post"]), post.entry["post"]),
        values.count_cell(post.wanted),
        Cell("", channels, parts=tuple(Cell(each, each) for each in channels)),
        values.withheld_cell(lang)
        if is_withheld
        else values.references_cell(facts, list(post.selections), lang),
        _count(post.candidates, lang),
        _count(post.chosen, lang),
        values.count_cell(post.joined),
        values.count_cell(post.wanted - post.found),
        values.state_cell(facts, post.plan, lang),
    )


def _count(count: int | None, lang: Lang) -> Cell:
    return values.withheld_cell(lang) if count is None else values.count_cell(count)
