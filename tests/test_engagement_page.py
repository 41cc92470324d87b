"""The page of a project: what it says agrees with the files, tells no more than its readers may know, and is sound HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import html5lib
import pytest

import engagements
import memory
from muniment import audience, site
from muniment.facts import Facts
from muniment.pages import DataFile, Page
from muniment.records import Record
from muniment.views import engagement

NUMBER = engagements.NUMBER
URL = f"records/FW/2026/{NUMBER}/"


def facts(files: engagements.Files | None = None, today: str = memory.TODAY) -> Facts:
    return memory.facts(engagements.files() if files is None else files, today)


def project(known: Facts) -> Record:
    return known.corpus.records[NUMBER]


def shown(known: Facts) -> engagement.EngagementView:
    return engagement.view(known, project(known), "zh")


def told(known: Facts) -> Any:
    return engagement.data(known, project(known))


def rows(known: Facts, section: str, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(known)["sections"][section][table]
    return found


def pages(known: Facts) -> dict[str, Page]:
    every = (*known.corpus,)
    standing = site.evidence.standing(known)
    parts = site._records(known, standing, ("zh", "en"), [each for each in every if each.number == NUMBER])
    return {part.lang: part for part in parts if isinstance(part, Page) and part.url == URL}


BARE = "\n".join(
    [
        "type: project",
        f"number: {NUMBER}",
        "title: 新项目",
        "created: 2026-11-02",
        "client: KH0001",
        "service_type: development",
        "manager: YG0006",
        "stage: {stage}",
        "",
    ]
)


def bare(stage: str, *lines: str) -> Facts:
    path = f"records/projects/2026/{NUMBER}/{NUMBER}.yaml"
    return memory.facts({path: BARE.format(stage=stage) + "".join(f"{line}\n" for line in lines)})


# -- Stages and forms -----------------------------------------------------------------------------------------


def test_the_line_of_stages_says_when_each_was_entered_and_which_is_next() -> None:
    stops = {stop.name: (stop.standing, stop.day) for stop in shown(facts()).stops}
    assert stops == {
        "intake": ("done", "2026-01-05"),
        "assessed": ("done", "2026-01-15"),
        "contracted": ("done", "2026-01-23"),
        "executing": ("done", "2026-01-30"),
        "acceptance": ("done", "2026-06-18"),
        "after_sales": ("current", "2026-07-10"),
        "closed": ("open", ""),
    }


def test_each_form_is_there_in_hand_missing_or_not_yet_due() -> None:
    known = bare("contracted")
    assert [cell.value for stop in shown(known).stops for _title, cell in stop.forms] == [
        "missing",
        "missing",
        "missing",
        "later",
        "later",
        "later",
    ]
    assert shown(known).forms.command == f"muniment new needs-survey --set project={NUMBER}"
    files = dict(engagements.files())
    act = next(path for path in files if path.endswith("XM2026004/acts/1-4-client.yaml"))
    del files[act]
    plan = rows(facts(files), "forms", "Forms")[3]
    assert (plan["form"], plan["standing"], plan["waiting"]) == ("implementation-plan", "begun", ["client"])


@pytest.mark.parametrize(
    ("stage", "line"),
    [("declined", ["done", "done", "rejected"]), ("cancelled", ["done", "rejected"])],
)
def test_a_project_that_was_given_up_ends_where_it_was_given_up(stage: str, line: list[str]) -> None:
    assert [stop.standing for stop in shown(bare(stage)).stops] == line


# -- Work -----------------------------------------------------------------------------------------------------


def test_tasks_are_done_late_or_overdue_by_the_work_log() -> None:
    found = {
        row["task"]: (row["standing"], row["done"], row["days"]) for row in rows(facts(), "plan", "Tasks")
    }
    assert found == {
        "概要设计": ("done", "2026-02-25", 0),
        "设计评审": ("done", "2026-03-05", 0),
        "订单模块": ("done", "2026-05-28", 0),
        "批量导入": ("late", "2026-07-02", 27),
        "用户手册": ("overdue", None, 146),
    }
    early = {row["task"]: row["standing"] for row in rows(facts(today="2026-02-10"), "plan", "Tasks")}
    assert early["用户手册"] == "ahead"


def test_the_gantt_chart_draws_every_task_within_its_bounds_and_marks_today_while_work_is_open() -> None:
    (picture,) = shown(facts()).sections[0].pictures
    for _size, drawing in picture.drawings:
        assert [stroke.kind for stroke in drawing.strokes].count("today") == 1
        assert all(0 <= box.x <= box.x + box.width <= drawing.width for box in drawing.boxes)
        assert all(0 <= box.y <= drawing.height for box in drawing.boxes)
        assert len(drawing.marks) == 2
        for task in ("概要设计", "批量导入", "用户手册"):
            assert any(words.text.startswith(task) for words in drawing.words)
        # Five tasks, of which one was finished late and one is still open: two thin bars more.
        assert len(drawing.boxes) == 7
    assert "用户手册 2026-06-01 – 2026-06-30, 逾期" in picture.told


def test_hours_are_added_up_by_person_once() -> None:
    found = {row["staff"][0]: row["hours"] for row in rows(facts(), "team", "Team")}
    assert found == {"YG0006": Decimal("7.5"), "YG0003": Decimal(22), "YG0004": Decimal(3)}


def test_open_actions_are_those_without_a_day_in_done() -> None:
    found = [
        (row["number"], row["what"], row["due"], row["days"])
        for row in rows(facts(), "meetings", "Open actions")
    ]
    assert found == [
        ("HY20260001", "整理操作录像", "2026-08-31", 84),
    ]


def test_rounds_of_inspection_and_acceptance_are_told_in_order() -> None:
    inspected = [
        (row["round"], row["result"]) for row in rows(facts(), "inspections", "Rounds of inspection")
    ]
    assert inspected == [(1, "failed"), (2, "passed")]
    accepted = [
        (row["round"], row["application"], row["report"], row["result"])
        for row in rows(facts(), "acceptance", "Rounds of acceptance")
    ]
    assert accepted == [
        (1, ["XM2026005"], ["XM2026006"], "failed"),
        (2, ["XM2026007"], ["XM2026008"], "passed"),
    ]


def test_what_comes_in_pays_the_earliest_instalment_that_is_open_to_the_cent() -> None:
    terms = rows(facts(), "money", "Instalments")
    assert [(row["paid"], row["open"], row["days"]) for row in terms] == [
        (Decimal(90000), Decimal(0), ["2026-02-06"]),
        (Decimal("150000.50"), Decimal("29999.50"), ["2026-07-20"]),
        (Decimal(0), Decimal(30000), []),
    ]
    assert told(facts())["account"] == {
        "currency": "CNY",
        "fee": Decimal(300000),
        "collected": Decimal("240000.50"),
    }
    (chart,) = next(each for each in shown(facts()).sections if each.name == "money").charts
    assert [row.values for row in chart.rows] == [
        (Decimal(90000), Decimal(0), Decimal(0)),
        (Decimal("150000.50"), Decimal("29999.50"), Decimal(0)),
        (Decimal(0), Decimal(0), Decimal(30000)),
    ]


def test_tickets_are_held_against_the_targets_in_working_hours() -> None:
    found = {
        row["number"]: (row["respond"], row["respond_standing"], row["solve"], row["solve_standing"])
        for row in rows(facts(), "service", "Tickets")
    }
    assert found == {
        "SH20260001": (Decimal("0.5"), "within", Decimal("5.0"), "within"),
        "SH20260002": (Decimal("1.0"), "within", Decimal("30.0"), "beyond"),
        "SH20260003": (Decimal("4.5"), "beyond", None, "beyond"),
    }
    on_the_day = rows(facts(today="2026-11-02"), "service", "Tickets")[0]
    assert (on_the_day["number"], on_the_day["solve_standing"]) == ("SH20260003", "open")


def test_the_timeline_holds_everything_newest_first() -> None:
    events = [(event.day, event.number) for event in shown(facts()).events]
    assert events == sorted(events, key=lambda event: event[0], reverse=True)
    numbers = {number for _day, number in events}
    belonging = {record.number for record in facts().corpus if record.data.get("project") == NUMBER}
    assert numbers == {NUMBER, *belonging}
    assert events[-1] == ("2026-01-05", NUMBER)


# -- Pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["full", "intake", "cancelled"])
def test_the_page_is_sound_html_in_both_languages(stage: str) -> None:
    known = facts() if stage == "full" else bare(stage)
    for lang, page in pages(known).items():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(f'<!DOCTYPE html><html lang="{lang}"><title>t</title>{page.body}')
        assert parser.errors == []
        ids = re.findall(r'\bid="([^"]+)"', page.body)
        assert len(ids) == len(set(ids))
        assert {heading.anchor for heading in page.toc} <= set(ids)
        assert "None" not in re.sub(r"<[^>]+>", "", page.body)


def test_a_new_project_is_told_what_comes_next_instead_of_being_shown_empty_tables() -> None:
    body = pages(bare("intake"))["zh"].body
    assert f"muniment new implementation-plan --set project={NUMBER}" in body
    assert "还没有项目实施计划" in body
    assert '<table class="mu-table">\n<caption class="mu-hidden">任务' not in body


def test_the_same_lies_beside_the_page_for_programs() -> None:
    known = facts()
    parts = {part.path: part.content for part in site.record_files(known, project(known))}
    data = json.loads(parts[f"{URL}engagement.json"])
    assert data["number"] == NUMBER
    assert data["stage"] == "after_sales"
    assert [stage["standing"] for stage in data["stages"]].count("done") == 5
    assert data["account"]["collected"] == 240000.5
    assert isinstance(next(site.record_files(known, project(known))), DataFile)


def test_a_project_whose_facts_cannot_be_opened_is_shown_as_a_stub() -> None:
    known = facts()
    sealed = replace(project(known), seal="closed")
    corpus = replace(known.corpus, records={**known.corpus.records, NUMBER: sealed})
    closed = replace(known, corpus=corpus)
    body = pages(closed)["zh"].body
    assert "mu-chain--stages" not in body
    assert not any(part.path.endswith("engagement.json") for part in site.record_files(closed, sealed))


def test_a_form_that_cannot_be_opened_is_not_called_missing() -> None:
    known = facts()
    sealed = replace(known.corpus.records["XM2026003"], seal="closed")
    bare_document = replace(sealed.document, data={"type": "contract", "number": "XM2026003"})
    corpus = replace(
        known.corpus,
        records={**known.corpus.records, "XM2026003": replace(sealed, document=bare_document)},
    )
    contract = rows(replace(known, corpus=corpus), "forms", "Forms")[2]
    assert (contract["form"], contract["standing"]) == ("contract", "withheld")


def test_what_lies_above_the_readers_level_is_nowhere_on_the_page_and_not_called_missing() -> None:
    files = dict(engagements.files())
    path = "records/documents/XM/2026/XM2026003/XM2026003.yaml"
    text = files[path]
    assert isinstance(text, str)
    files[path] = f"{text}confidentiality: {{level: confidential}}\n"
    narrowed = audience.narrow(memory.facts(files), "internal")
    body = pages(narrowed)["zh"].body
    data = json.dumps(told(narrowed), ensure_ascii=False, default=str)
    for secret in ("XM2026003", "订单系统升级合同", "验收通过", "300,000"):
        assert secret not in body
        assert secret not in data
    contract = rows(narrowed, "forms", "Forms")[2]
    assert (contract["form"], contract["standing"], contract["records"]) == ("contract", "withheld", [])
