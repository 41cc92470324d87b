"""The registers of section 5, over a small registry whose every figure can be counted by hand."""

from __future__ import annotations

import json
from functools import cache

import pytest

import memory
from muniment import audience, reports, site
from muniment.facts import Facts
from muniment.pages import DataFile, Page
from muniment.site import Options
from muniment.tables import Table

memory.FOLDERS.update(dict.fromkeys(("BX", "BJ", "SQ", "AF"), "secrecy"), PX="people", HY="projects")


def nda(number: str, staff: str, signed: str, until: str = "") -> dict[str, str | bytes | None]:
    ends = f"until: {until}\n" if until else ""
    return {
        number: f"type: nda\nnumber: {number}\ntitle: 协议\ncreated: 2026-01-05\nstaff: {staff}\nsigned: {signed}\n{ends}"
        "duties: 保密\nliability: 赔偿\n"
    }


def grant(number: str, staff: str, what: str, until: str) -> dict[str, str | bytes | None]:
    return {
        number: f"type: access-grant\nnumber: {number}\nrevision: 1\ntitle: 授权\ndepartment: BM01\nauthor: YG0006\n"
        f"created: 2026-02-20\nupdated: 2026-02-20\nstaff: {staff}\n{what}\nrights: [read]\nfrom: 2026-02-21\nuntil: {until}\n"
        "reason: 工作需要\n"
    }


def inspection(
    number: str, department: str, findings: str, closed: str = ""
) -> dict[str, str | bytes | None]:
    failed = "failed" if findings else "passed"
    return {
        number: f"type: secrecy-inspection\nnumber: {number}\ntitle: 检查\ncreated: 2026-03-10\ndepartment: {department}\ndate: 2026-03-10\n"
        f"by: YG0004\nchecklist: {{agreements: passed, education: passed, measures: {failed}, documents: passed}}\n{findings}{closed}"
    }


def guard(number: str, inspected: str) -> dict[str, str | bytes | None]:
    return {
        number: f"type: safeguard\nnumber: {number}\ntitle: 门禁\ncreated: 2026-01-05\nkind: physical\nplace: 档案室\nowner: YG0006\n"
        f"measure: 门禁\n{inspected}"
    }


@cache
def files() -> dict[str, str | bytes | None]:
    found = {
        **nda("BX20260001", "YG0001", "2026-01-05"),
        **nda("BX20260002", "YG0002", "2026-01-05", "2026-12-31"),
        **nda("BX20260003", "YG0003", "2026-01-05", "2026-06-30"),
        **grant("SQ20260001", "YG0001", "level: confidential", "2027-12-31"),
        **grant("SQ20260002", "YG0002", "documents: [HY20260001]", "2026-12-01"),
        **grant("SQ20260003", "YG0001", "documents: [HY20260001]", "2027-01-01"),
        **inspection(
            "BJ20260001", "BM01",
            "findings:\n  - {what: 柜门未锁, owner: YG0003, due: 2026-03-20}\n"
            "  - {what: 复印未登记, owner: YG0003, due: 2026-12-20}\n"
            "  - {what: 门禁失灵, owner: YG0003, due: 2026-03-20, corrected: 2026-03-18}\n",
        ),
        **inspection("BJ20260002", "BM02", "", "closed: 2026-03-10\n"),
        **guard("AF20260001", "inspected: 2026-01-05\nnext_inspection: 2026-07-05\n"),
        **guard("AF20260002", "inspected: 2026-07-05\nnext_inspection: 2026-12-05\n"),
        **guard("AF20260003", "inspected: 2026-11-05\nnext_inspection: 2027-11-05\n"),
        "HY20260001": "type: progress-meeting\nnumber: HY20260001\ntitle: 鸿鹄议价会\ncreated: 2026-11-01\nproject: FW20260001\n"
        "date: 2026-11-01\nattendees: [YG0006]\nprogress: 底价已定\n"
        "confidentiality: {level: core, custodian: YG0004, readers: [YG0005], until: 2028-11-01}\n",
        "FW20260001": "type: project\nnumber: FW20260001\ntitle: 项目\ncreated: 2026-01-05\nclient: KH0001\nservice_type: development\n"
        "manager: YG0006\nstage: executing\nteam: [{staff: YG0003, duty: 测试}]\n",
        "PX20260001": "type: training-session\nnumber: PX20260001\ntitle: 保密培训\ncreated: 2026-03-05\ntopic: 保密\ncontent: process\n"
        "method: internal\ndate: 2026-03-04\nhours: 2\ninstructor: 孙丽\nattendees: [YG0001, YG0002]\nsecrecy: true\n",
    }  # fmt: skip
    for number in ("SQ20260001", "SQ20260002"):
        for stage in (("department", "YG0002", "2026-02-20"), ("secrecy", "YG0004", "2026-02-21")):
            n = 1 if stage[0] == "department" else 2
            made = memory.acts(found, number, stage, first=n)
            found |= {path: text.replace("chain: document", "chain: grant") for path, text in made.items()}
    return found


@cache
def whole() -> Facts:
    return memory.facts(files())


def rows(name: str, facts: Facts | None = None) -> list[dict[str, object]]:
    table = reports.catalogue()[name].table(facts or whole(), "zh")
    return [
        {column.name: cell.value for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]


def test_everybody_is_listed_with_what_is_missing() -> None:
    found = {str(row["number"]): (row["standing"], row["lacks"]) for row in rows("agreements")}
    assert found["YG0001"] == ("in_force", [])
    assert found["YG0002"] == ("ending", [])
    assert found["YG0003"] == ("missing", ["agreement", "training"])
    assert len(found) == 6


def test_access_is_told_by_person_document_and_ground() -> None:
    found = {(row["staff"], row["document"], row["source"], row["standing"]) for row in rows("access")}
    assert found == {
        ("YG0001", None, "level", "current"),
        ("YG0002", "HY20260001", "grant", "ending"),
        ("YG0001", "HY20260001", "grant", "asked"),
        ("YG0004", "HY20260001", "custodian", "current"),
        ("YG0005", "HY20260001", "reader", "current"),
    }


def test_safeguards_are_in_the_order_in_which_they_fall_due() -> None:
    assert [(row["number"], row["standing"]) for row in rows("safeguards")] == [
        ("AF20260001", "overdue"),
        ("AF20260002", "soon"),
        ("AF20260003", "open"),
    ]


def test_open_findings_come_first_and_an_inspection_without_any_is_there() -> None:
    assert [(row["inspection"], row["what"], row["standing"]) for row in rows("secrecy-findings")] == [
        ("BJ20260001", "柜门未锁", "overdue"),
        ("BJ20260001", "复印未登记", "soon"),
        ("BJ20260001", "门禁失灵", "corrected"),
        ("BJ20260002", None, "none"),
    ]


def test_the_dashboard_counts_what_the_reports_list() -> None:
    found = {row["matter"]: row["count"] for row in rows("secrecy")}
    assert found == {
        "no_agreement": 4, "ending": 1, "untrained": 4, "unchecked": 0,
        "grants": 2, "ending_grants": 1, "asked": 1,
        "overdue_safeguards": 1, "open": 2, "overdue": 1, "uninspected": 0,
    }  # fmt: skip


def test_what_readers_may_not_know_is_withheld_and_not_nought() -> None:
    public = audience.narrow(whole(), "public")
    assert {row["count"] for row in rows("secrecy", public)} == {None}
    internal = audience.narrow(whole(), "internal")
    found = {row["matter"]: row["count"] for row in rows("secrecy", internal)}
    assert (found["unchecked"], found["no_agreement"]) == (None, 4)
    assert {row["document"] for row in rows("access", internal)} == {None, audience.MASK}


@pytest.mark.parametrize("name", ["agreements", "access", "safeguards", "secrecy-findings", "secrecy"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_registry_has_a_page_for_each(name: str, lang: str) -> None:
    facts = memory.facts({})
    report = reports.catalogue()[name]
    assert isinstance(report.table(facts, lang), Table)  # type: ignore[arg-type]  # one of two
    assert report.charts(facts, lang)  # type: ignore[arg-type]


# -- Marks ----------------------------------------------------------------------------------------------------


@cache
def pages(level: str) -> dict[str, Page]:
    made = site.pages(whole(), Options(level, ("zh",)))
    return {part.url: part for part in made if isinstance(part, Page)}


def test_a_classified_record_and_every_page_that_shows_it_carry_the_mark() -> None:
    made = pages("core")
    for url in (
        "records/HY/2026/HY20260001/",
        "reports/access/",
        "registers/progress-meeting/",
        "records/FW/2026/FW20260001/",
    ):
        assert 'data-level="core"' in made[url].body, url
        assert "核心商密" in made[url].body
        assert "2028-11-01" in made[url].body
    assert "data-level=" not in made["rules/"].body
    assert "data-level=" not in made["registers/client/"].body


def test_a_build_that_holds_nothing_classified_has_no_such_mark() -> None:
    assert not [url for url, page in pages("internal").items() if 'data-level="core"' in page.body]


def test_a_spreadsheet_carries_the_mark_of_what_is_in_it() -> None:
    import io

    from openpyxl import load_workbook

    made = site.pages(whole(), Options("core", ("zh",)))
    book = next(
        part.content for part in made if isinstance(part, DataFile) and part.path == "reports/access.xlsx"
    )
    assert "核心商密" in str(load_workbook(io.BytesIO(book)).active.oddHeader.right.text)  # type: ignore[union-attr]  # the book has a sheet


def test_the_data_of_a_report_is_the_same_as_its_page() -> None:
    made = site.pages(whole(), Options("core", ("zh",)))
    content = next(
        part.content for part in made if isinstance(part, DataFile) and part.path == "reports/secrecy.json"
    )
    assert {row["matter"]: row["count"] for row in json.loads(content)}["open"] == 2
