"""The whole site: its laws, what it must never let through, and golden pages."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

import memory
from muniment import bodies, site
from muniment.bodies import Surroundings
from muniment.facts import Facts
from muniment.pages import DataFile, Page
from muniment.site import Options
from muniment.tables import Cell, Table
from muniment.views import registers
from test_views import STAGES, published, retired

GOLDEN = Path(__file__).parent / "golden"
WRITE = "MUNIMENT_GOLDEN"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Tags(HTMLParser):
    """Every tag of a page with its attributes; complains about tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.problems: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.problems.append(f"twice the same attribute on {tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    @property
    def links(self) -> Iterator[str]:
        for _tag, attributes in self.tags:
            for name in ("href", "src"):
                if name in attributes:
                    yield str(attributes[name])


def company() -> dict[str, str | bytes | None]:
    """A registry with one of everything that a page can show."""
    files = {
        **retired("  successor: JS2026002"),
        **published("references: [JS2026001, FW20260001]", "supersedes: [JS2026001]", number="JS2026002"),
        "JS2026003": memory.document(
            "JS2026003",
            "网络巡检报告",
            "kind: report",
            "paper: {room: 档案室, shelf: A-03, box: JS-2026-01, pages: 12}",
        ),
        "FW20260001": "type: project\nnumber: FW20260001\ntitle: 订单系统升级\ncreated: 2026-01-05\nclient: KH0001\n"
        "service_type: development\nmanager: YG0006\nstage: executing\nteam: [{staff: YG0003, duty: 测试}]\n"
        "payments: [{date: 2026-02-01, amount: 120000.50, receipt: SJ-1}]\n",
    }
    attached = "attachments: [{file: 扫描件.txt, title: 扫描件, sha256: " + "0a" * 32 + "}]"
    files["JS2026003"] = str(files["JS2026003"]) + attached + "\n"
    files["JS2026003/files/扫描件.txt"] = b"scan"
    files["JS2026003/JS2026003.md"] = (
        "# 目的\n\n见 [附件](files/扫描件.txt) 和 JS2026001。\n\n```\nJS2026001\n```\n"
    )
    return {**files, **memory.acts(files, "JS2026003", STAGES[0])}


@cache
def parts(audience: str = "internal") -> tuple[Page | DataFile, ...]:
    return tuple(site.pages(memory.facts(company()), Options(audience)))


def pages() -> list[Page]:
    return [part for part in parts() if isinstance(part, Page)]


def page(url: str, lang: str, facts: Facts | None = None) -> Page:
    made = site.pages(facts) if facts else parts()
    return next(part for part in made if isinstance(part, Page) and (part.url, part.lang) == (url, lang))


# -- Laws -----------------------------------------------------------------------------------------------------


def test_no_two_parts_share_a_path() -> None:
    assert [path for path, count in Counter(part.path for part in parts()).items() if count > 1] == []


def test_the_same_facts_give_the_same_bytes() -> None:
    assert tuple(site.pages(memory.facts(company()))) == parts()


def test_every_page_exists_in_both_languages_with_a_title_of_its_own() -> None:
    by_lang = {lang: {page.url: page.title for page in pages() if page.lang == lang} for lang in ("zh", "en")}
    assert by_lang["zh"].keys() == by_lang["en"].keys()
    for titles in by_lang.values():
        assert [title for title, count in Counter(titles.values()).items() if count > 1] == []


def test_every_link_of_a_page_leads_to_a_part_of_the_site() -> None:
    anchors = {part.path: _ids(part.body) for part in pages()}
    paths = {part.path for part in parts()}
    handbook = re.compile(r"^(en/)?handbook/")
    broken = []
    for each in pages():
        for link in Tags(each.body).links:
            target = urlsplit(urljoin(f"http://site/{each.path}", link))
            if target.scheme in ("mailto", "tel"):
                continue
            path = unquote(target.path[1:]) + ("index.html" if target.path.endswith("/") else "")
            if (
                target.netloc != "site"
                or (path not in paths and not handbook.match(path))
                or (target.fragment and unquote(target.fragment) not in anchors[path])
            ):
                broken.append((each.path, link))
    assert broken == []


def test_a_page_of_one_language_leads_to_pages_of_the_same() -> None:
    for each in pages():
        for link in Tags(each.body).links:
            target = urlsplit(urljoin(f"http://site/{each.path}", link)).path
            if target.endswith("/"):
                assert target.startswith("/en/") == (each.lang == "en"), (each.path, link)


def _ids(html: str) -> list[str]:
    return [str(attributes["id"]) for _tag, attributes in Tags(html).tags if "id" in attributes]


def test_pages_are_well_formed_and_need_neither_script_nor_style_of_their_own() -> None:
    for each in pages():
        tags = Tags(each.body)
        assert (tags.problems, tags.open) == ([], []), each.path
        assert len(_ids(each.body)) == len(set(_ids(each.body))), each.path
        for tag, attributes in tags.tags:
            assert tag not in ("script", "style", "iframe", "object"), each.path
            assert not [name for name in attributes if name == "style" or name.startswith("on")], each.path


def test_headings_begin_with_one_h1_and_never_skip_a_level() -> None:
    for each in pages():
        levels = [int(tag[1]) for tag, _ in Tags(each.body).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[:1] == [1], each.path
        assert levels.count(1) == 1, each.path
        steps = [later - earlier for earlier, later in pairwise(levels)]
        assert max(steps, default=0) <= 1, each.path


def test_every_entry_of_a_table_of_contents_is_an_anchor() -> None:
    for each in pages():
        assert {heading.anchor for heading in each.toc} <= set(_ids(each.body)), each.path


def test_regions_that_scroll_are_named_and_reached_by_keyboard() -> None:
    for each in pages():
        for _tag, attributes in Tags(each.body).tags:
            if attributes.get("role") == "region":
                assert attributes.get("aria-label"), each.path
                assert attributes.get("tabindex") == "0", each.path


def test_the_list_of_records_is_complete() -> None:
    content = next(
        part.content for part in parts() if isinstance(part, DataFile) and part.path == "records.json"
    )
    listed = json.loads(content)
    assert {entry["number"] for entry in listed} == set(memory.facts(company()).corpus.records)
    assert listed[0].keys() == {"number", "type", "title", "state", "level", "url"}
    paths = {part.path for part in parts()}
    for entry in listed:
        assert {f"{entry['url']}index.html", f"{entry['url']}{entry['number']}.json"} <= paths


def test_the_json_of_a_record_says_what_is_derived_from_it() -> None:
    content = next(
        part.content
        for part in parts()
        if isinstance(part, DataFile) and part.path == "records/JS/2026/JS2026001/JS2026001.json"
    )
    data = json.loads(content)
    assert (data["state"], data["level"], data["revision"]) == ("retired", "internal", 1)
    assert data["referrers"] == ["JS2026002"]
    assert data["digest"].startswith("sha256:")
    assert [act["stage"] for act in data["acts"]] == [
        "department",
        "technical",
        "quality",
        "request",
        "leader",
    ]


def test_registers_of_thousands_are_split_by_year() -> None:
    files: dict[str, str | bytes | None] = {}
    for n in range(1, 1102):
        for year in (2025, 2026):
            number = f"FW{year}{n:04d}"
            files[number] = (
                f"type: project\nnumber: {number}\ntitle: 项目 {n}\ncreated: {year}-01-05\nclient: KH0001\n"
                "service_type: development\nmanager: YG0006\nstage: executing\n"
            )
    facts = memory.facts(files)
    made = {part.path: part for part in site.pages(facts, Options(langs=("zh",)))}
    newest, older = made["registers/project/index.html"], made["registers/project/2025/index.html"]
    assert isinstance(newest, Page)
    assert isinstance(older, Page)
    assert (newest.body.count("<tr>"), older.body.count("<tr>")) == (registers.FIRST_ROWS + 1, 1101 + 1)
    assert 'href="../../registers/project/2025/"' in newest.body
    assert 'href="../../../records/FW/2025/FW20251101/"' in older.body
    assert len(json.loads(made["registers/project.json"].content)) == 2202  # type: ignore[union-attr]  # a file of data, not a page
    client = made["records/KH/KH0001/index.html"]
    assert isinstance(client, Page)
    assert client.body.count("<tr>") <= 60, (
        "the page of a client must not grow with the number of its projects"
    )


def test_a_year_of_thousands_is_split_from_its_oldest_number_on() -> None:
    numbers = [
        f"FW{year}{serial:04}" for year, last in ((2026, 4500), (2025, 700)) for serial in range(last, 0, -1)
    ]
    rows = tuple((Cell(number, number),) for number in numbers)
    parts = registers.shards(memory.facts({}), Table("", (), rows), "zh")
    assert [(part.name, part.start, part.count) for part in parts] == [
        ("2026", 0, 500),
        ("2026-2", 500, 2000),
        ("2026-1", 2500, 2000),
        ("2025", 4500, 700),
    ]


def test_a_long_table_that_is_not_in_the_order_of_numbers_is_split_as_it_stands() -> None:
    rows = tuple((Cell(f"机房 {place}", f"机房 {place}"),) for place in range(4100))
    parts = registers.shards(memory.facts({}), Table("", (), rows), "zh")
    assert [(part.name, part.title, part.count) for part in parts] == [
        ("1", "1–2000", 2000),
        ("2", "2001–4000", 2000),
        ("3", "4001–4100", 100),
    ]


def test_an_empty_register_teaches_what_would_be_there() -> None:
    for lang, said in (("zh", "muniment new loan"), ("en", "muniment new loan")):
        assert said in page("registers/loan/", lang).body


def test_retired_documents_carry_an_alert_that_names_the_successor() -> None:
    body = page("records/JS/2026/JS2026001/", "en").body
    alert = body[body.index('role="alert"') :].partition("</div>")[0]
    assert 'data-state="retired"' in alert
    assert "JS2026002" in alert


# -- What must not get through --------------------------------------------------------------------------------


def hostile() -> Facts:
    files: dict[str, str | bytes | None] = {
        "JS2026001": memory.document(
            "JS2026001",
            "x",
            f"title: {json.dumps(HOSTILE)}",
            f"notes: {json.dumps(HOSTILE + chr(10) + HOSTILE)}",
            "external: {source: " + json.dumps(HOSTILE) + ", received: 2026-01-01}",
        ),
        "JS2026001/JS2026001.md": f"# {HOSTILE}\n\n{HOSTILE}\n\n[a](javascript:alert(1)) `<script>`\n\n| {HOSTILE} |\n|---|\n| x |\n",
        "KH0002": f"type: client\nnumber: KH0002\nname: {json.dumps('=HYPERLINK(1)' + HOSTILE)}\ncreated: 2026-01-05\n",
        "JS2026001/files/<img src=x onerror=alert(3)>.txt": b"x",
    }
    stage = (
        "department",
        "YG0002",
        "2026-03-10",
        f"comment: {json.dumps(HOSTILE)}",
        f"meaning: {json.dumps(HOSTILE)}",
    )
    return memory.facts({**files, **memory.acts(files, "JS2026001", stage)})


def test_what_people_write_never_becomes_markup() -> None:
    for part in site.pages(hostile()):
        if isinstance(part, Page):
            tags = Tags(part.body)
            assert (tags.problems, tags.open) == ([], []), part.path
            for tag, attributes in tags.tags:
                assert tag != "script", part.path
                assert not [name for name in attributes if name.startswith("on")], part.path
                for name in ("href", "src"):
                    assert (
                        not str(attributes.get(name, "")).lower().startswith(("javascript", "data", "//"))
                    ), part.path


def test_names_do_not_become_formulas() -> None:
    made = {part.path: part for part in site.pages(hostile()) if isinstance(part, DataFile)}
    assert b"'=HYPERLINK(1)" in made["registers/client.csv"].content
    assert b",=HYPERLINK" not in made["registers/client.csv"].content


def render(text: str, **around: object) -> str:
    known = {"JS2026001": "records/JS/2026/JS2026001/", "review": "records/policy/review/"}
    values: dict[str, object] = {
        "title": "巡检手册",
        "number": "JS2026009",
        "up": "../../../../",
        "files": frozenset(["图.png"]),
        "records": known.get,
        **around,
    }
    return bodies.render(text, Surroundings(**values)).html  # type: ignore[arg-type]  # tests name a few


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>a</a>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "[a](vbscript:x)",
        "[a](//evil.example/x)",
        "![a](https://evil.example/pixel.gif)",
        "<iframe src='https://evil.example'></iframe>",
        "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'/></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<style>body{display:none}</style>",
        "<form action='https://evil.example'><input name=password></form>",
        "<p style='position:fixed' class='md-header' id='facts'>x</p>",
        '<a title="> JS2026001 onmouseover=alert(1)">x</a>',
        "<h3 id='facts'>x</h3>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<!--><script>alert(1)</script>-->",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
    ],
)
def test_a_body_cannot_reach_outside_its_page(text: str) -> None:
    tags = Tags(render(f"{text}\n\nJS2026001\n"))
    assert tags.problems == []
    for tag, attributes in tags.tags:
        assert tag not in (
            "script",
            "style",
            "iframe",
            "form",
            "input",
            "base",
            "meta",
            "svg",
            "math",
            "object",
        )
        assert not {name for name in attributes if name in ("style", "class", "id") or name.startswith("on")}
        for name in ("href", "src"):
            link = str(attributes.get(name, ""))
            assert not link.startswith("//")
            assert urlsplit(link).scheme in ("", "https", "mailto") or name == "src"
            assert name != "src" or not link.strip() or link.startswith(bodies.FILES)


def test_bodies_of_all_sizes_and_depths_end_in_a_page() -> None:
    for text in ("> " * 5_000 + "x", "- " * 3_000, "*" * 20_000, "[" * 5_000, "<div>" * 2_000, "a" * 500_000):
        assert render(text)


def test_numbers_in_running_text_become_links_but_not_in_code() -> None:
    html = render(
        "参见JS2026001。 `JS2026001` JS20260011 xJS2026001 [JS2026001](https://example.com)\n\n    JS2026001\n"
    )
    assert html.count('<a href="../../../../records/JS/2026/JS2026001/">JS2026001</a>') == 1


def test_links_between_files_of_the_registry_lead_to_pages() -> None:
    html = render(
        "[a](../JS2026001/JS2026001.md) [b](../../../policy/review/review.yaml) [c](../gone.md) [d](#适用范围)\n\n# 适用范围\n"
    )
    assert 'href="../../../../records/JS/2026/JS2026001/"' in html
    assert 'href="../../../../records/policy/review/"' in html
    assert "gone" not in html
    assert 'href="#b-适用范围"' in html


def test_links_to_places_that_are_not_there_lose_their_address() -> None:
    assert "href" not in render("[a](#nowhere)")


def test_pictures_are_attachments_of_the_record() -> None:
    assert 'src="@files/图.png"' in render("![图](files/图.png)")
    assert "src" not in render("![图](files/other.png) ![图](../x.png)")


def test_headings_stand_below_the_pages_own_and_the_title_is_not_said_twice() -> None:
    body = bodies.render(
        "# 巡检手册\n\n# 目的\n\n## 细目\n",
        Surroundings("巡检手册", "JS2026009", "", frozenset(), lambda _: None),
    )
    assert [(heading.title, heading.level) for heading in body.headings] == [("目的", 3), ("细目", 4)]


def test_headings_of_a_body_never_skip_a_level() -> None:
    html = render("## a\n\n#### b\n\n# c\n\n###### d\n\n###### e\n")
    assert re.findall("<h([1-6])", html) == ["3", "4", "3", "4", "4"]


def test_a_chinese_line_that_ends_in_the_source_leaves_no_space() -> None:
    html = render("没有不明缺号，\n才能证明\nword 与\nword\n\n```\n一\n二\n```\n")
    assert "没有不明缺号，才能证明\nword 与\nword" in html
    assert "一\n二" in html


# -- Audiences ------------------------------------------------------------------------------------------------

SECRET: dict[str, str | bytes | None] = {
    "XM2026001": memory.document(
        "XM2026001", "绝不外传的方案", "kind: design", "confidentiality: {level: core, custodian: YG0004}"
    ),
    "XM2026001/XM2026001.md": "# 机要内容\n\n只给四个人看。\n",
    "XM2026001/files/机要附件.txt": b"top",
}
OPEN: dict[str, str | bytes | None] = {
    "JS2026001": memory.document(
        "JS2026001",
        "公开手册",
        "references: [XM2026001]",
        "notes: 依据 XM2026001 编写",
        "confidentiality: {level: public}",
    ),
    "JS2026001/JS2026001.md": "# 目的\n\n参见 XM2026001 与 YG0006。\n",
}


def everything(audience: str) -> bytes:
    files: dict[str, str | bytes | None] = {**SECRET, **OPEN}
    stage = ("department", "YG0002", "2026-03-10", "comment: 与 XM2026001 一致")
    files |= memory.acts(files, "JS2026001", stage)
    made = site.pages(memory.facts(files), Options(audience))
    out = []
    for part in made:
        if "rules/" in part.path:
            continue  # the samples of the rules have numbers and people of their own
        if isinstance(part, Page):
            out += [part.path, part.title, part.body, part.search or "", part.source, str(part.toc)]
        elif not part.path.endswith(".xlsx"):
            out += [part.path, part.content.decode("utf-8", "replace")]
    return "\n".join(out).encode()


def test_a_build_holds_nothing_above_its_audience() -> None:
    facts = memory.facts({**SECRET, **OPEN})
    digest = facts.corpus.records["XM2026001"].content.removeprefix("sha256:")
    lower, upper = everything("internal"), everything("core")
    for secret in ("XM2026001", "绝不外传的方案", "机要内容", "机要附件", digest):
        assert secret.encode() in upper, secret
        assert secret.encode() not in lower, secret


def test_a_public_build_names_no_person() -> None:
    public = everything("public")
    assert "公开手册".encode() in public
    for person in memory.facts({}).corpus.of("staff"):
        assert person.number.encode() not in public
        assert person.title.encode() not in public


def test_a_number_above_the_audience_is_no_gap() -> None:
    files: dict[str, str | bytes | None] = {
        **SECRET,
        "XM2026002": memory.document("XM2026002", "设计", "kind: design"),
    }
    made = site.pages(memory.facts(files), Options("internal"))
    content = next(
        part.content for part in made if isinstance(part, DataFile) and part.path == "reports/gaps.json"
    )
    row = next(row for row in json.loads(content) if row["series"] == "XM")
    assert (row["missing"], row["first"]) == ([], "XM2026002")


# -- Golden pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("record", "records/JS/2026/JS2026003/"),
        ("retired", "records/JS/2026/JS2026001/"),
        ("register", "registers/document/"),
        ("report", "reports/gaps/"),
        ("evidence", "records/JS/2026/JS2026001/evidence/"),
        ("audit", "audit/"),
    ],
)
def test_the_page_is_as_it_was_agreed(name: str, url: str, lang: str) -> None:
    check_golden(name, lang, page(url, lang).body)


def check_golden(name: str, lang: str, made: str) -> None:
    file = GOLDEN / f"{name}.{lang}.html"
    if os.environ.get(WRITE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8"), (
        f"if it is meant so: {WRITE}=1 python -m pytest {Path(__file__).name}"
    )
