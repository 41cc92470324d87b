"""What pages say, as plain data: references, states, who waits for whom, which numbers are missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

import memory
from muniment import audience, reports
from muniment.ledger import Ledger, Life
from muniment.policy import Policy
from muniment.views import addresses, documents, forge, record, registers, values

STAGES = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
BODY = "# 目的\n\n参见 XM2026001。\n\n# 适用范围\n\n全部。\n\n# 操作步骤\n\n1. 检查。\n"


def published(*lines: str, number: str = "JS2026001") -> dict[str, str | bytes | None]:
    """A manual that is through its chain."""
    files: dict[str, str | bytes | None] = {
        number: memory.document(number, "服务器巡检操作手册", *lines),
        f"{number}/{number}.md": BODY,
    }
    return {**files, **memory.acts(files, number, *STAGES)}


def retired(*extra: str) -> dict[str, str | bytes | None]:
    files = published()
    request = (
        "request",
        "YG0002",
        "2026-05-06",
        "chain: retirement",
        "decision: done",
        "details:",
        "  reason: 设备停用",
        *extra,
    )
    leader = ("leader", "YG0001", "2026-05-07", "chain: retirement")
    return {**files, **memory.acts(files, "JS2026001", request, leader, first=4)}


def rows(name: str, files: dict[str, str | bytes | None], lang: str = "zh") -> list[list[str]]:
    facts = memory.facts(files)
    table = reports.catalogue()[name].table(facts, lang)  # type: ignore[arg-type]  # a language
    return [[cell.words for cell in row] for row in table.rows]


@pytest.fixture(scope="module")
def base_policy() -> Policy:
    return memory.facts({}).policy


@pytest.mark.parametrize(
    ("number", "url"),
    [
        ("XM2026001", "records/XM/2026/XM2026001/"),
        ("YG0001", "records/YG/YG0001/"),
        ("BM01", "records/BM/BM01/"),
        ("review", "records/policy/review/"),
        ("XM26-1", "records/other/XM26-1/"),
        ("../../etc/passwd", "records/other/~2e~~2e~~2f~~2e~~2e~~2f~etc~2f~passwd/"),
    ],
)
def test_the_address_of_a_record_follows_from_its_number(base_policy: Policy, number: str, url: str) -> None:
    assert addresses.record(base_policy, number) == url


def test_different_texts_never_share_a_slug() -> None:
    texts = ["a", "a/b", "a_b", "a~2f~b", "a.b", "技术部", "技 术 部", "", "A"]
    assert len({addresses.slug(text) for text in texts}) == len(texts)


def test_a_document_is_in_force_from_its_effective_day() -> None:
    files = published("effective: 2026-12-01")
    assert rows("in-force", files) == []
    assert len(reports.catalogue()["in-force"].table(memory.facts(files, "2026-12-01"), "zh")) == 1


def test_a_retired_document_is_listed_with_reason_and_successor_and_nowhere_else() -> None:
    successor = {"JS2026002": memory.document("JS2026002", "新手册", "supersedes: [JS2026001]")}
    files = {**retired(), **successor}
    assert rows("retired", files) == [
        [
            "JS2026001",
            "服务器巡检操作手册",
            "BM01 技术部",
            "已废止",
            "2026-05-07",
            "YG0001 王建国",
            "设备停用",
            "JS2026002 新手册",
        ]
    ]
    assert rows("in-force", files) == []
    indexes = documents.indexes(memory.facts(files), "zh")
    found = {(name, index.value) for name, each in indexes.items() for index in each if index.records}
    assert ("state", "retired") in found
    assert {record.number for index in indexes["class"] for record in index.records} == {"JS2026002"}


def test_the_banner_of_a_retired_document_names_what_the_request_named() -> None:
    files = {**retired("  successor: JS2026002"), "JS2026002": memory.document("JS2026002", "新手册")}
    facts = memory.facts(files)
    banner = record.banner(facts, facts.corpus.records["JS2026001"], "en")
    assert banner is not None
    assert (banner.state, banner.reason, banner.date) == ("retired", "设备停用", "2026-05-07")
    assert [value.note for value in banner.successors] == ["JS2026002"]


def test_what_waits_names_the_stage_the_role_and_who_holds_it_today() -> None:
    files: dict[str, str | bytes | None] = {"JS2026001": memory.document("JS2026001", "手册")}
    files |= memory.acts(files, "JS2026001", STAGES[0])
    assert rows("waiting", files) == [
        [
            "JS2026001",
            "手册",
            "受控文件",
            "审核中",
            "专业审核",
            "技术专家 / 资深人员",
            "YG0003 刘洋; YG0001 王建国",
            "2026-03-10",
        ]
    ]


def test_an_author_does_not_wait_for_himself() -> None:
    files: dict[str, str | bytes | None] = {
        "JS2026001": memory.document("JS2026001", "手册", "author: YG0002")
    }
    assert [row[6] for row in rows("waiting", files, "en")] == ["nobody holds this role"]


def test_a_requested_retirement_waits_for_a_leader_and_the_document_stays_in_force() -> None:
    files = published()
    request = (
        "request",
        "YG0002",
        "2026-05-06",
        "chain: retirement",
        "decision: done",
        "details: {reason: 停用}",
    )
    files |= memory.acts(files, "JS2026001", request, first=4)
    assert [row[4] for row in rows("waiting", files, "en")] == ["leader's approval"]
    assert len(rows("in-force", files)) == 1
    facts = memory.facts(files)
    notice = record.notice(facts, facts.corpus.records["JS2026001"], "en")
    assert notice is not None
    assert "retirement" in notice.text


def test_missing_numbers_are_told_with_what_is_known_about_them() -> None:
    files: dict[str, str | bytes | None] = {
        number: memory.document(number, "手册") for number in ("JS2026001", "JS2026004")
    }
    facts = replace(
        memory.facts(files),
        ledger=Ledger(
            lives={
                "JS2026002": (Life("records/documents/JS/2026/JS2026002/JS2026002.yaml", "a", ("b",), "c"),)
            },
            elsewhere={"JS2026006": ("draft",)},
        ),
    )
    row = next(row for row in reports.catalogue()["gaps"].table(facts, "en").rows if row[0].value == "JS")
    assert row[6].value == ["JS2026002", "JS2026003", "JS2026006"]
    assert row[7].value == {
        "JS2026002": "was on main and is gone",
        "JS2026003": "not explained",
        "JS2026006": "held by draft",
    }
    assert row[8].value == "JS2026007"


def test_a_void_number_is_no_gap_and_gives_its_reason() -> None:
    void = "type: void\nnumber: JS2026002\nrevision: 1\nauthor: YG0006\ncreated: 2026-03-02\nupdated: 2026-03-02\nreason: 起草后撤回\n"
    files = {**published(), "JS2026002": void}
    row = next(row for row in rows("gaps", files) if row[0].startswith("JS"))
    assert row[5:8] == ["JS2026002", "", "JS2026002: 起草后撤回"]


def test_departments_are_counted_by_state() -> None:
    assert rows("departments", published(), "en") == [
        ["BM01 技术部", "1", "1"],
        ["BM02 综合管理部", "0", "0"],
    ]


def test_reports_say_what_they_are_for_in_both_languages() -> None:
    for report in reports.catalogue().values():
        assert report.name == report.name.lower()
        assert len(report.text("en")) > 40, report.name
        assert len(report.text("zh")) > 15, report.name
        assert report.page.strip().splitlines()[0] == report.title.en
        assert report.page.partition("\n---\n")[2].strip().splitlines()[0] == report.title.zh


def test_a_register_has_number_state_and_level_whatever_its_schema_says() -> None:
    facts = memory.facts(published())
    for kind in facts.types.values():
        names = [column.name for column in registers.of_type(facts, kind, "zh").columns]
        assert names[0] == "number"
        assert "level" in names
        assert "state" in names or kind.state_field in names
        assert len(set(names)) == len(names)


def test_values_are_shown_in_the_words_of_schema_and_policy() -> None:
    facts = memory.facts(
        {
            "FW20260001": "type: project\nnumber: FW20260001\ntitle: 订单系统升级\ncreated: 2026-01-05\nclient: KH0001\n"
            "service_type: development\nmanager: YG0006\nstage: executing\nteam: [{staff: YG0003, duty: 测试}]\n"
            "payments: [{date: 2026-02-01, amount: 120000.50, receipt: SJ-1}]\n",
        }
    )
    project = facts.corpus.records["FW20260001"]
    view = record.view(facts, project, "zh")
    shown = {entry.name: entry.value for entry in (*view.facts, *view.sections)}
    assert (shown["service_type"].text, shown["stage"].text) == ("技术开发", "实施中")
    assert (shown["client"].kind, shown["client"].text, shown["client"].note) == (
        "name",
        "示例制造有限公司",
        "KH0001",
    )
    assert shown["team"].heads == ("成员", "职责")
    assert [value.text for value in shown["payments"].rows[0]] == ["2026-02-01", "120,000.50", "SJ-1"]
    assert [group.type_name for group in record.view(facts, facts.corpus.records["KH0001"], "zh").uses] == [
        "project"
    ]


def test_what_no_field_describes_is_shown_all_the_same() -> None:
    facts = memory.facts({})
    odd = {"extra": {"a": 1, "b": ["YG0001", True]}, "zh_en": {"zh": "甲", "en": "A"}}
    shown = {entry.name: entry.value for entry in values.entries(facts, (), odd, "en")}
    assert [entry.label for entry in shown["extra"].entries] == ["A", "B"]
    assert [value.text for value in shown["extra"].entries[1].value.items] == ["王建国", "yes"]
    assert shown["zh_en"].text == "A"


@pytest.mark.parametrize(
    ("repository", "source", "commit"),
    [
        (
            "https://github.com/a/b",
            "https://github.com/a/b/blob/main/records/x.yaml",
            "https://github.com/a/b/commit/1",
        ),
        (
            "https://gitlab.com/a/b.git",
            "https://gitlab.com/a/b/-/blob/main/records/x.yaml",
            "https://gitlab.com/a/b/-/commit/1",
        ),
        (
            "https://codeberg.org/a/b/",
            "https://codeberg.org/a/b/src/branch/main/records/x.yaml",
            "https://codeberg.org/a/b/commit/1",
        ),
    ],
)
def test_links_to_the_forge_have_its_shape(repository: str, source: str, commit: str) -> None:
    policy = Policy({}, {}, values={"organization": {"repository": repository}})
    links = forge.links(policy, "records/x.yaml")
    assert links is not None
    assert links.source == source
    assert forge.commit(policy, "1") == commit


@pytest.mark.parametrize("repository", ["", "javascript:alert(1)", "git@github.com:a/b.git", "file:///etc"])
def test_an_address_that_is_no_web_page_makes_no_links(repository: str) -> None:
    policy = Policy({}, {}, values={"organization": {"repository": repository}})
    assert forge.links(policy, "records/x.yaml") is None
    assert forge.commit(policy, "1") == ""


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ValueError, match="everybody"):
        audience.narrow(memory.facts({}), "everybody")
