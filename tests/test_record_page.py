"""What a record's page has beside its facts: its timeline, the picture of its relations, previews of files, a citation."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import memory
from muniment import graph
from muniment.facts import Facts
from muniment.site import Options
from muniment.views import attachments, record, relations, timeline
from muniment.views.relations import Group, Node, Relations
from muniment.views.timeline import Deadline, Timeline
from test_site import HOSTILE, company, page
from test_views import STAGES, published, retired


def lived(facts: Facts, number: str, *deadlines: Deadline, lang: str = "zh") -> Timeline:
    shown = facts.corpus.records[number]
    view = record.view(facts, shown, lang)  # type: ignore[arg-type]  # a language
    return timeline.timeline(facts, shown, view, lang, deadlines)  # type: ignore[arg-type]  # a language


def related(facts: Facts, number: str) -> Relations | None:
    shown = facts.corpus.records[number]
    return relations.relations(facts, shown, record.view(facts, shown, "zh"), "zh")


# -- Timeline


def test_the_life_of_a_retired_document_is_told_newest_first() -> None:
    told = lived(memory.facts(retired()), "JS2026001")
    assert [(event.day, event.title, event.state.tone if event.state else "") for event in told.recent] == [
        ("2026-05-07", "领导批准：同意", "retired"),
        ("2026-05-06", "废止申请：已办理", ""),
        ("2026-03-12", "质量审核：同意", "published"),
        ("2026-03-11", "专业审核：同意", ""),
        ("2026-03-10", "初审：同意", "in_review"),
        ("2026-03-02", "登记入库", ""),
    ]
    assert told.earlier == ()


def test_what_is_due_stands_above_what_is_over_and_says_whether_it_is_late() -> None:
    facts = memory.facts(published("effective: 2026-12-01"), "2026-11-20")
    told = lived(facts, "JS2026001", Deadline("2026-11-19", "复审"), Deadline("2027-01-01", "到期"))
    assert [(event.day, event.title, event.standing) for event in told.ahead][-3:] == [
        ("2027-01-01", "到期", "ahead"),
        ("2026-12-01", "第 1 版生效", "ahead"),
        ("2026-11-19", "复审", "overdue"),
    ]
    assert [event.day for event in told.ahead] == sorted((each.day for each in told.ahead), reverse=True)


def test_a_rejection_makes_no_state() -> None:
    files = {"JS2026001": memory.document("JS2026001", "手册"), "JS2026001/JS2026001.md": "# 目的\n"}
    acts = memory.acts(files, "JS2026001", (*STAGES[0], "decision: rejected"))
    told = lived(memory.facts({**files, **acts}), "JS2026001")
    assert [(event.title, event.state) for event in told.recent] == [("初审：退回", None), ("登记入库", None)]


def test_a_long_life_is_folded() -> None:
    assert timeline.MOST < 20
    files = published()
    more = [("request", "YG0002", "2026-05-06", "chain: retirement", "decision: done")] * 12
    told = lived(memory.facts({**files, **memory.acts(files, "JS2026001", *more, first=4)}), "JS2026001")
    assert len(told.recent) == timeline.MOST
    assert len(told) == len(told.recent) + len(told.earlier) + len(told.ahead)
    assert told.earlier[-1].title == "登记入库"


# -- Relations


def test_the_picture_has_what_names_a_record_and_what_it_names_but_not_its_owner() -> None:
    facts = memory.facts(company())
    found = related(facts, "JS2026001")
    assert found is not None
    assert [(group.title, [node.number for node in group.nodes]) for group in found.before] == [
        ("受控文件", ["JS2026002"])
    ]
    assert found.before[0].nodes[0].role == "替代、相关记录"
    assert found.is_ended
    newer = related(facts, "JS2026002")
    assert newer is not None
    ended = {node.number: node.is_ended for group in newer.after for node in group.nodes}
    assert ended == {"JS2026001": True, "FW20260001": False}
    assert related(memory.facts(published()), "JS2026001") is None


def test_the_picture_is_capped_and_leads_to_what_it_leaves_out() -> None:
    files = published()
    for at in range(2, 21):
        number = f"JS2026{at:03}"
        files[number] = memory.document(number, f"说明 {at}", "references: [JS2026001]")
    found = related(memory.facts(files), "JS2026001")
    assert found is not None
    (group,) = found.before
    assert (len(group.nodes), group.more, group.link) == (relations.MOST_OF_SIDE, 11, "#uses-document")
    made = page("records/JS/2026/JS2026001/", "zh", memory.facts(files)).body
    assert made.count("另有 11 条") == 2
    assert 'id="uses-document"' in made


def test_a_lower_audience_sees_nothing_of_a_secret_neighbour() -> None:
    files = published("references: [JS2026002]")
    files["JS2026002"] = memory.document("JS2026002", "密件名称", "confidentiality: {level: core}")
    whole = related(memory.facts(files), "JS2026001")
    assert whole is not None
    from muniment import site
    from muniment.pages import Page

    made = [part for part in site.pages(memory.facts(files), Options("internal")) if isinstance(part, Page)]
    (shown,) = [each.body for each in made if each.path == "records/JS/2026/JS2026001/index.html"]
    assert "JS2026002" not in shown
    assert "密件名称" not in shown


NODES = tuple(
    Node(f"JS202600{n}", HOSTILE, f"records/JS/2026/JS202600{n}/", "相关记录", n == 2) for n in (2, 3)
)


@pytest.mark.parametrize(
    ("before", "after"), [(NODES, ()), ((), NODES), (NODES, NODES)], ids=["before", "after", "both"]
)
def test_the_picture_is_sound_svg_whose_boxes_do_not_overlap(
    before: tuple[Node, ...], after: tuple[Node, ...]
) -> None:
    shown = Relations(
        "JS2026001",
        HOSTILE,
        False,
        (Group("受控文件", before, 3, "#uses-document"),) if before else (),
        (Group("受控文件", after, 0, "#facts"), Group("其他类型", (), 7, "#facts")) if after else (),
    )
    drawn = graph.functions("zh")["graph"](shown, "../../")
    for svg in ElementTree.fromstring(f"<div>{drawn}</div>"):  # noqa: S314 - our own
        _x, _y, width, height = (float(number) for number in svg.attrib["viewBox"].split())
        places = []
        for each in svg.iter():
            moved = re.match(r"translate\((\d+) (\d+)\)", each.attrib.get("transform", ""))
            box = each.find("rect")
            if moved and box is not None:
                places.append(
                    (int(moved[1]), int(moved[2]), int(box.attrib["width"]), int(box.attrib["height"]))
                )
        assert len(places) == len(before) + len(after) + 1
        for at, (x, y, wide, tall) in enumerate(places):
            assert x + wide <= width
            assert y + tall <= height
            for a, b, other_wide, other_tall in places[at + 1 :]:
                assert x + wide <= a or a + other_wide <= x or y + tall <= b or b + other_tall <= y
        assert {link.attrib["href"][:3] for link in svg.iter("a")} <= {"../", "#us", "#fa"}
    assert "<script" not in drawn


# -- Attachments


def test_a_table_is_shown_up_to_a_limit_with_what_is_left() -> None:
    content = "\ufeff编号,值\n" + "".join(f"{n},{n * n}\n" for n in range(100))
    shown = attachments.preview("数据.csv", content.encode())
    assert shown is not None
    assert (shown.kind, shown.heads, len(shown.rows), shown.left) == ("table", ("编号", "值"), 20, 80)
    assert shown.rows[2] == ("2", "4")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "名称;值\n甲;1\n".encode("gb18030"), ("名称", "值")),
        ("a.tsv", b"a\tb\n1\t2", ("a", "b")),
        ("a.csv", 'x,y\n"1,5",2\n'.encode("utf-16"), ("x", "y")),
    ],
)
def test_a_table_is_read_as_it_comes_from_spreadsheets(
    name: str, content: bytes, said: tuple[str, ...]
) -> None:
    shown = attachments.preview(name, content)
    assert shown is not None
    assert shown.heads == said
    assert len(shown.rows) == 1
    assert shown.left == 0


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", b"", "image"),
        ("a.PDF", b"%PDF-", "pdf"),
        ("a.txt", b"words\n", "text"),
        ("a.csv", b"one column\nonly\n", "text"),
        ("a.txt", b"\xff\x00\xfe\x80\x81", None),
        ("a.csv", b"", None),
        ("a.docx", b"PK", None),
        ("noending", b"words", None),
    ],
)
def test_what_a_browser_can_show_is_previewed(name: str, content: bytes, kind: str | None) -> None:
    shown = attachments.preview(name, content)
    assert (shown.kind if shown else None) == kind


def test_a_long_text_is_cut_at_a_line() -> None:
    shown = attachments.preview("a.log", ("行" * 100 + "\n").encode() * 1000)
    assert shown is not None
    assert (len(shown.text.splitlines()), shown.left) == (
        attachments.MOST_LINES,
        1000 - attachments.MOST_LINES,
    )
    assert "\ufffd" not in shown.text


def test_hostile_files_stay_text() -> None:
    files = published()
    files["JS2026001/files/a.csv"] = f"a,b\n{HOSTILE},2\n".encode()
    files["JS2026001/files/b.txt"] = HOSTILE.encode()
    body = page("records/JS/2026/JS2026001/", "zh", memory.facts(files)).body
    assert "<script" not in body
    assert body.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


# -- Citation


def test_a_citation_names_issuer_title_number_revision_and_date() -> None:
    facts = memory.facts(published())
    shown = facts.corpus.records["JS2026001"]
    assert record.view(facts, shown, "zh").citation == (
        "示例技术服务有限公司. 服务器巡检操作手册: JS2026001[R/OL]. 第 1 版. (2026-03-09)[{day}]. {url}."
    )
    assert "JS2026001[R/OL]. rev. 1. (2026-03-09)[{day}]. {url}." in record.view(facts, shown, "en").citation
