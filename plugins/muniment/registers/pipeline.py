"""Projects by stage

Where each engagement stands that is not over: its stage, what its next stage needs, and whether that is there. The
picture counts all projects, those that are over among them (R2.1.1–R2.3.4).

A form is *there* when its chain is through, *open* while somebody still has to decide, and *missing* when the project has
reached the stage that needs it.
---
项目进展

未结束的项目各处在哪个阶段、下一阶段需要哪些表单、这些表单是否齐备。图中统计全部项目，已结束的也在内。

表单的审批全部完成为“已有”，尚待审批为“办理中”，项目已到该阶段却没有为“缺少”。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlencode

from muniment import engagement, i18n
from muniment.charts import Chart, Row, Series
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Cell, Column, Table
from muniment.views import addresses, registers, values, words

NAME = "pipeline"
TITLE = Text("Projects by stage", "项目进展")
CLAUSES = ("R2.1.1", "R2.1.2", "R2.1.3", "R2.2.1", "R2.3.1", "R2.3.4", "R1.2")
ORDER = 40


def table(facts: Facts, lang: Lang) -> Table:
    _ = i18n.translator(lang)
    titles = labels(facts, lang)
    columns = (
        Column("number", _("Number"), "number"),
        Column("title", _("Title")),
        Column("client", titles["client"], "reference", True),
        Column("service_type", titles["service_type"], facet=True),
        Column("manager", titles["manager"], "reference", True),
        Column("stage", titles["stage"], "state", True),
        Column("created", _("Taken on"), "date"),
        Column("missing", _("Missing forms"), facet=True),
        Column("next", _("Needed next")),
    )
    going = [each for each in engagement.engagements(facts).values() if each.stage not in engagement.OVER]
    going.sort(key=lambda each: (engagement.STAGES.index(each.stage), each.project.number))
    empty = _("No project is under way.")
    rows = tuple(_row(facts, each, lang) for each in going)
    return Table(TITLE.render(lang), columns, rows, words.withheld(facts, lang, "project") or empty)


def labels(facts: Facts, lang: Lang) -> Mapping[str, str]:
    """What the fields of a project are called."""
    return {
        field.name: values.heading(field.title.render(lang), lang) for field in facts.types["project"].fields
    }


def _row(facts: Facts, project: Engagement, lang: Lang) -> tuple[Cell, ...]:
    record = project.project
    needs = engagement.needs(facts, project)
    # What these readers may not see is not missing.
    missing = [each.form.type for each in needs if each.standing == "missing" and not facts.is_narrowed]
    ahead = [each for each in needs if each.standing in ("begun", "later")]
    following = [each.form.type for each in ahead if each.form.stage == ahead[0].form.stage]
    return (
        values.number_cell(facts, record.number),
        registers.title_cell(facts, record, lang),
        *(
            values.cell(facts, registers.field_of(record, name), record.data.get(name), lang)
            for name in ("client", "service_type", "manager")
        ),
        values.state_cell(facts, record, lang),
        values.cell(facts, registers.field_of(record, "created"), record.data["created"], lang),
        forms_cell(facts, missing, lang),
        forms_cell(facts, following, lang),
    )


def forms_cell(facts: Facts, names: list[str], lang: Lang) -> Cell:
    parts = tuple(
        Cell(values.heading(facts.types[name].title.render(lang), lang), name)
        for name in names
        if name in facts.types
    )
    _ = i18n.translator(lang)
    return Cell(_(", ").join(part.text for part in parts), names, parts=parts)


def charts(facts: Facts, lang: Lang) -> tuple[Chart, ...]:
    """How many projects stand at each stage, in the order of the stages."""
    _ = i18n.translator(lang)
    kind = facts.types["project"]
    counts = Counter(each.stage for each in engagement.engagements(facts).values())
    titles = {
        stage: words.state_name(facts, kind, stage, lang)
        for stage in (*engagement.STAGES, "declined", "cancelled")
    }
    url = addresses.register("project")
    rows = tuple(
        Row(stage, title, (counts[stage],), f"{url}?{urlencode({kind.state_field or 'stage': title})}")
        for stage, title in titles.items()
    )
    return (
        Chart(
            "stages",
            _("Projects by stage"),
            "bars",
            labels(facts, lang)["stage"],
            (Series("projects", _("Projects")),),
            rows,
            empty=_("No project is registered yet."),
        ),
    )
