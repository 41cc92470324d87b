"""Every type can be printed empty and filled in by hand, from its schema alone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import browsing
import memory
from muniment import site
from muniment.fields import Field
from muniment.findings import Lang
from muniment.pages import Page
from muniment.views import forms
from muniment.views.forms import Entry, Form

NAMES = [name for name, kind in memory.types().items() if kind.group != "policy"]
# Filled in by the registry, or not on paper at all.
UNASKED = {*forms._UNASKED, "class", "kind"}


def made(name: str, lang: Lang = "zh") -> Form:
    facts = memory.facts({})
    return forms.form(facts, facts.types[name], lang)


def entries(form: Form) -> Iterator[Entry]:
    for section in form.sections:
        for row in section.rows:
            yield from row
        if section.table:
            yield from section.table.heads


def labels(form: Form) -> set[str]:
    return {section.title for section in form.sections} | {entry.label for entry in entries(form)}


def entry(form: Form, label: str) -> Entry:
    return next(each for each in entries(form) if each.label == label)


def titles(fields: tuple[Field, ...], lang: Lang) -> Iterator[str]:
    """What a form must ask for: every field down to those inside lists and groups."""
    for field in fields:
        if field.name in UNASKED or (field.envelope and field.name == "confidentiality"):
            continue
        inner = field.item.fields if field.kind == "list" and field.item else field.fields
        if inner:
            yield from titles(inner, lang)
        else:
            title = field.title.render(lang)
            yield title[:1].upper() + title[1:] if lang == "en" else title


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_a_type_has_its_place_on_paper(name: str, lang: Lang) -> None:
    form = made(name, lang)
    assert set(titles(memory.types()[name].fields, lang)) <= labels(form)
    assert len(form.signatures) == len(
        memory.facts({}).policy.chains.get(memory.types()[name].chain or "", ())
    )


def test_choices_are_boxes_to_tick_and_the_usual_level_is_ticked() -> None:
    form = made("assessment")
    assert entry(form, "结论").blank == forms.Blank("choices", ("承接", "不承接"))
    assert entry(form, "可行").blank.choices == ("是", "否")
    assert entry(form, "保密").ticked == "内部"
    assert entry(made("evaluation"), "保密").ticked == "普通商密"


def test_what_policy_lists_can_be_ticked_in_its_own_words() -> None:
    assert entry(made("document"), "种类").blank.choices[-3:] == ("client-material", "market", "industry")
    assert "技术咨询" in entry(made("project"), "服务类型").blank.choices
    assert entry(made("annual-appraisal"), "等级").blank.choices == ("A", "B", "C", "D")


def test_nothing_is_ticked_in_a_table_before_anybody_has_written_in_it() -> None:
    facts = memory.facts({})
    for page in site._registers(facts, "zh"):
        if isinstance(page, Page) and page.address == "registers/implementation-plan/form/":
            rows = page.body.partition("里程碑")[2].partition("</table>")[0]
            assert rows.count("☐") == 10
            assert "☑" not in rows
            return
    pytest.fail("there is no such form")


def test_sentences_get_a_box_and_dates_their_year_month_and_day() -> None:
    form = made("departure")
    assert entry(form, "离职原因").blank.kind == "box"
    assert entry(form, "最后工作日").blank.kind == "date"
    assert entry(form, "离职原因").is_required
    assert not entry(form, "提前离职说明").is_required


def test_a_list_in_a_list_goes_on_in_the_same_rows() -> None:
    (phases,) = [section for section in made("implementation-plan").sections if section.table]
    assert phases.table is not None
    assert [head.label for head in phases.table.heads][:5] == [
        "阶段",
        "任务",
        "负责人",
        "开始日期",
        "完成期限",
    ]
    assert phases.table.count == 10


def test_the_stages_of_the_chain_are_signed_in_their_order_with_what_they_ask_for() -> None:
    signatures = made("departure").signatures
    assert [each.stage for each in signatures] == ["上级批准", "离职面谈", "离职手续"]
    assert signatures[0].decisions == ("同意", "退回")
    assert signatures[2].decisions == ("已办理",)
    assert signatures[2].details == ("财物归还", "工资结清", "社保停缴")
    assert made("needs-survey").signatures[0].needs_evidence
    assert made("evaluation").signatures == ()


def test_a_register_leads_to_its_form_and_policies_have_none() -> None:
    pages = {part.address: part for part in site.pages(memory.facts({})) if isinstance(part, Page)}
    assert 'href="../../registers/assessment/form/"' in pages["registers/assessment/"].body
    assert "《项目评估报告》" in pages["registers/assessment/form/"].body
    assert 'href="../../registers/assessment/"' in pages["en/registers/assessment/form/"].body.replace(
        "../../../", "../../"
    )
    assert not [address for address in pages if address.startswith("registers/policy-") and "form" in address]


def test_a_printed_form_is_a_sheet_of_a4_without_the_site_around_it(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(f"{address}registers/loan/form/", timeout=browsing.WAIT)
    page.pdf(path=tmp_path / "form.pdf", prefer_css_page_size=True)
    page.close()
    told = subprocess.run(
        ["pdfinfo", tmp_path / "form.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "(A4)" in told
    assert "Pages:           1" in told
    text = subprocess.run(
        ["pdftotext", tmp_path / "form.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert "《文档借阅申请表》" in text.stdout
    assert "部门初审" in text.stdout
    assert "登记簿" not in text.stdout
    assert "检索" not in text.stdout
