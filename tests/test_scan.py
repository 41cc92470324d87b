"""Nothing from above the level of its readers is in a site, and the scanner finds it wherever it was put by hand."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import brotli  # type: ignore[import-untyped]  # it ships without types
import pytest
import zstandard
from playwright.sync_api import Browser
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

import browsing
import memory
from console import run
from muniment import audience, printing, project, scan
from muniment.facts import Facts
from muniment.mkdocs_plugin import build
from muniment.needles import Needles
from muniment.printing import Enclosed

TITLE, BODY = "代号鸿鹄重组计划", "本计划只向四人说明鸿鹄的收购底价与时间"
FILE, PERSON, EMAIL = "鸿鹄底价测算.txt", "欧阳鹄立", "ouyang.huli@canary.example.com"
CORE = "confidentiality: {level: core, custodian: YG0004}"


def registry() -> dict[str, str | bytes | None]:
    return {
        "XM2026001": memory.document("XM2026001", TITLE, "kind: design", CORE),
        "XM2026001/XM2026001.md": f"# 目的\n\n{BODY}。\n",
        f"XM2026001/files/{FILE}": "测算表：底价一亿两千万".encode(),
        "YG0099": f"type: staff\nnumber: YG0099\nrevision: 1\nauthor: YG0006\nupdated: 2026-01-05\nname: {PERSON}\nemails: [{EMAIL}]\ndepartment: BM01\nposition: 顾问\n"
        "joined: 2026-01-05\nconfidentiality: {level: core}\n",
        "JS2026001": memory.document("JS2026001", "公开手册", "confidentiality: {level: public}"),
        "JS2026001/JS2026001.md": "# 目的\n\n安装步骤。\n",
    }


@pytest.fixture(scope="module")
def facts() -> Facts:
    return memory.facts(registry())


@pytest.fixture(scope="module")
def wanted(facts: Facts) -> scan.Search:
    return scan.search(facts, "internal")


def found(wanted: scan.Search, path: str, content: bytes) -> set[str]:
    """The kinds of what is found in a site of that one file."""
    outcome = scan.scan({path: lambda: content}, wanted)
    assert not outcome.unread
    return {leak.kind for leak in outcome.leaks}


# -- Forms ----------------------------------------------------------------------------------------------------


def spreadsheet(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{html.escape(text)}</t></si></sst>")
    return out.getvalue()


def fragment(text: str) -> bytes:
    """As Pagefind packs what it knows of a page."""
    return gzip.compress(b"pagefind_dcd" + json.dumps({"url": "/x/", "content": text}).encode(), mtime=0)


def _brotli(text: str) -> bytes:
    return bytes(brotli.compress(text.encode()))


def _zstandard(text: str) -> bytes:
    return zstandard.compress(text.encode())


def packed_pdf(text: str) -> bytes:
    """The bytes of the text in a packed stream, as no reader of text would show them."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = StreamObject()
    stream.set_data(f"BT % {text} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner", content)
    return out.getvalue()


def _named(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{name}/x", b"")
    return out.getvalue()


FORMS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "page": ("a/index.html", lambda text: f"<p>{html.escape(text)}</p>".encode()),
    "page with marks inside": ("a/index.html", lambda text: f"<p>{text[:3]}<b>{text[3:]}</b></p>".encode()),
    "page with a line end inside": ("a/index.html", lambda text: f"<p>{text[:3]}\n{text[3:]}</p>".encode()),
    "attribute in figures": ("a/index.html", lambda text: f'<i title="{"".join(f"&#{ord(c)};" for c in text)}">'.encode()),
    "comment": ("a/index.html", lambda text: f"<!-- {text} -->".encode()),
    "data": ("a.json", lambda text: json.dumps({"x": [text]}, ensure_ascii=False).encode()),
    "escaped data": ("a.json", lambda text: json.dumps({"x": [text]}).encode()),
    "table": ("a.csv", lambda text: f"\ufeff编号,{text}\r\n".encode()),
    "wide table": ("a.csv", lambda text: f"编号\t{text}\r\n".encode("utf-16")),
    "spreadsheet": ("a.xlsx", spreadsheet),
    "search index": ("search/zh.json", lambda text: json.dumps([["a/", "标题", text]]).encode()),
    "fragment": ("pagefind/fragment/zh_1.pf_fragment", fragment),
    "fragment in an archive": ("all.zip", lambda text: _zipped(fragment(text))),
    "feed": ("feed.xml", lambda text: f"<entry><title>{html.escape(text)}</title></entry>".encode()),
    "site map": ("sitemap.xml", lambda text: f"<loc>https://x/{quote(text)}/</loc>".encode()),
    "packed site map": ("sitemap.xml.gz", lambda text: gzip.compress(quote(text).encode(), mtime=0)),
    "page packed ahead": ("a/index.html.br", _brotli),
    "page packed with Zstandard": ("a/index.html.zst", _zstandard),
    "calendar": ("due.ics", lambda text: f"SUMMARY:{text[:2]}\r\n {text[2:]}\r\n".encode()),
    "picture": ("a.svg", lambda text: f"<svg><text>{html.escape(text)}</text></svg>".encode()),
    "picture inside a page": ("a/index.html", lambda text: b'<img src="data:image/svg+xml;base64,' + base64.b64encode(f"<svg>{text}</svg>".encode()) + b'">'),
    "packed PDF": ("a.pdf", packed_pdf),
    "name of a file": ("%s", lambda _text: b""),
    "name in an archive": ("a.zip", _named),
}  # fmt: skip


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        ("XM2026001", "number"),
        (TITLE, "title"),
        (BODY, "text"),
        (FILE, "file"),
        (PERSON, "title"),
        (EMAIL, "title"),
    ],
    ids=["number", "title", "body", "file name", "name", "address"],
)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_planted_is_found(wanted: scan.Search, form: str, secret: str, kind: str) -> None:
    path, write = FORMS[form]
    path = path.replace("%s", f"files/{quote(secret)}")
    kinds = {"person" if kind == "title" and secret in (PERSON, EMAIL) else kind}
    assert kinds <= found(wanted, path, write(secret))
    assert found(wanted, path.replace(quote(secret), "x"), write("安装步骤与公开手册 JS2026001")) == set()


@pytest.mark.browser
def test_what_a_printed_page_says_is_found_in_its_pdf(wanted: scan.Search, browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(f"<p>摘要</p><p>{TITLE}</p>")
    printed = page.pdf()
    page.set_content("<p>摘要</p><p>公开手册</p>")
    plain = page.pdf()
    page.close()
    assert "title" in found(wanted, "a.pdf", printed)
    assert found(wanted, "a.pdf", plain) == set()


def test_a_copy_of_a_file_is_found_whatever_it_is_called(facts: Facts, wanted: scan.Search) -> None:
    record = facts.corpus.records["XM2026001"]
    content = record.tree.read(f"{record.folder}/files/{FILE}")
    assert "content" in found(wanted, "assets/x.bin", content)
    digest = hashlib.sha256(content).hexdigest()
    assert "digest" in found(wanted, "a.txt", f"sha256 {digest}".encode())
    assert "digest" in found(wanted, "a.txt", record.content.encode())


def test_a_number_inside_a_longer_word_is_another_number(wanted: scan.Search) -> None:
    assert found(wanted, "a.txt", b"XM20260012 AXM2026001") == set()
    assert found(wanted, "a.txt", b"see xm2026001.") == {"number"}


def test_the_examples_of_the_rules_are_no_leak_but_their_pages_are_searched(wanted: scan.Search) -> None:
    assert found(wanted, "rules/NUM004/index.html", b"<p>XM2026001</p>") == set()
    assert found(wanted, "records/index.html", b"<p>XM2026001</p>") == {"number"}
    assert found(wanted, "rules/NUM004/index.html", f"<p>{TITLE}</p>".encode()) == {"title"}
    index = [["rules/NUM004/", "x", "XM2026001"], ["a/", "x", "y"]]
    assert found(wanted, "search/zh.json", json.dumps(index).encode()) == set()
    index[1][2] = "XM2026001"
    assert found(wanted, "search/zh.json", json.dumps(index).encode()) == {"number"}


def test_a_line_that_stands_on_every_page_is_searched_once_and_not_forgotten(wanted: scan.Search) -> None:
    frame = "<html>\n<nav>目录</nav>\n%s\n<footer>页脚</footer>\n</html>\n"
    files = {f"{n}/index.html": (frame % f"第 {n} 页").encode() for n in range(5)}
    files["9/index.html"] = (frame % f"{TITLE[:3]}\n{TITLE[3:]}").encode()
    outcome = scan.scan({path: (lambda content=content: content) for path, content in files.items()}, wanted)  # type: ignore[misc]
    assert [(leak.path, leak.kind) for leak in outcome.leaks] == [("9/index.html", "title")]


def test_a_file_that_cannot_be_opened_leaves_no_verdict(wanted: scan.Search) -> None:
    files = {"a.gz": lambda: b"\x1f\x8b\x08broken", "b.xlsx": lambda: b"PK\x03\x04broken"}
    files |= {"c.zst": lambda: b"\x28\xb5\x2f\xfd....", "d.html.br": lambda: b"not packed at all"}
    assert [path for path, _ in scan.scan(files, wanted).unread] == ["a.gz", "b.xlsx", "c.zst", "d.html.br"]


@pytest.mark.parametrize("name", ["brotli", "zstandard"])
def test_without_the_library_to_open_it_there_is_no_verdict(
    wanted: scan.Search, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    packed = {"brotli": _brotli, "zstandard": _zstandard}[name](TITLE)
    path = "index.html.br" if name == "brotli" else "index.html.zst"
    monkeypatch.setitem(sys.modules, name, None)
    ((_, why),) = scan.scan({path: lambda: packed}, wanted).unread
    assert f"pip install {name}" in why


def test_a_leak_is_told_without_the_secret(wanted: scan.Search) -> None:
    outcome = scan.scan({f"files/{TITLE}/XM2026001.json": f"{TITLE} {BODY}".encode}, wanted)
    told = repr(outcome.leaks)
    assert outcome.leaks
    for secret in ("XM2026001", TITLE, BODY, FILE):
        assert secret not in told


def test_an_ordinary_word_is_not_looked_for() -> None:
    files = registry() | {"XM2026001": memory.document("XM2026001", "保密协议", "kind: design", CORE)}
    looked = scan.search(memory.facts(files), "internal")
    assert "保密协议" not in looked.needles.phrases
    # What a record within the level says as well is known to its readers.
    files["JS2026001/JS2026001.md"] = f"# 目的\n\n{BODY}。\n"
    assert BODY not in scan.search(memory.facts(files), "internal").needles.phrases


def test_nothing_is_looked_for_where_readers_may_know_everything(facts: Facts) -> None:
    assert scan.search(facts, "core").counts == dict.fromkeys(scan.KINDS, 0)


# -- Words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("关于代号鸿鹄 重组\n计划的说明", "关于■的说明"),
        ("see Project falcon now", "see ■ now"),
        ("projectfalcons are birds", "projectfalcons are birds"),
        ("nothing", "nothing"),
        ("İstanbul project falcon", "İstanbul ■"),
    ],
)
def test_a_phrase_is_covered_across_blanks_and_case(text: str, covered: str) -> None:
    assert Needles([TITLE, "Project Falcon"]).cover(text, "■") == covered


def test_phrases_that_overlap_are_covered_together() -> None:
    assert Needles(["鸿鹄重组", "重组计划", "鸿鹄"]).cover("代号鸿鹄重组计划书", "■") == "代号■书"


# -- Canaries -------------------------------------------------------------------------------------------------

MARK = "金丝雀"
CANARY = {
    "title": f"{MARK}甲号并购方案",
    "body": f"{MARK}乙号收购底价为九千万元整",
    "file": f"{MARK}丙号测算.txt",
    "content": f"{MARK}丁号测算表原文内容",
    "person": f"{MARK}戊",
    "email": "wuhao@canary.example.com",
    "comment": f"{MARK}己号意见不得外传",
    "branch": f"{MARK}庚号分支",
    "project": f"{MARK}辛号项目代号",
    "client": f"{MARK}壬号客户集团",
}
NUMBER = "XM2026099"


def planted(root: Path) -> None:
    """A core record, a core person, and everything that could carry word of them, committed."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)

    def write(path: str, text: str) -> None:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    folder = f"records/documents/XM/2026/{NUMBER}"
    write(
        f"{folder}/{NUMBER}.yaml",
        f"type: document\nnumber: {NUMBER}\nrevision: 1\ntitle: {CANARY['title']}\nclass: XM\nkind: design\n"
        "department: BM02\nauthor: YG0003\ncreated: 2026-11-01\nupdated: 2026-11-01\n"
        f"confidentiality: {{level: core, custodian: YG0013}}\nnotes: {CANARY['body']}\n",
    )
    write(f"{folder}/{NUMBER}.md", f"# 目的\n\n{CANARY['body']}。\n")
    write(f"{folder}/files/{CANARY['file']}", CANARY["content"])
    write(
        f"{folder}/acts/1-1-department.yaml",
        f"record: {NUMBER}\nrevision: 1\nchain: document\nstage: department\ndecision: rejected\nby: YG0002\n"
        f"date: 2026-11-02\ncontent: sha256:{'0' * 64}\ncomment: {CANARY['comment']}\n",
    )
    write(
        "records/organization/staff/YG0099/YG0099.yaml",
        f"type: staff\nnumber: YG0099\nrevision: 1\nname: {CANARY['person']}\nemails: [{CANARY['email']}]\ndepartment: BM02\n"
        "position: 特别顾问\njoined: 2026-01-05\nauthor: YG0006\ncreated: 2026-01-05\nupdated: 2026-01-05\n"
        "confidentiality: {level: core}\n",
    )
    git("checkout", "-q", "-b", CANARY["branch"])
    git("add", "-A")
    git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", f"起草 {CANARY['title']}")
    # An open record that tells of the closed one wherever a record can.
    for number, level in (("GL2026098", "internal"), ("GL2026099", "public")):
        quoting = f"records/documents/GL/2026/{number}"
        write(
            f"{quoting}/{number}.yaml",
            f"type: document\nnumber: {number}\nrevision: 1\ntitle: 评审 {CANARY['title']} 的通知\nclass: GL\nkind: service-rules\n"
            "department: BM02\nauthor: YG0099\ncreated: 2026-11-01\nupdated: 2026-11-01\n"
            f"confidentiality: {{level: {level}}}\nreferences: [{NUMBER}]\n"
            f"notes: >-\n  见{CANARY['title'][:5]}\n  {CANARY['title'][5:]}（{NUMBER}）及 {CANARY['file']}，联系 {CANARY['email']}\n"
            f"attachments:\n  - {{file: 抄{NUMBER}.txt, title: 抄自 {CANARY['file']}, sha256: {'ab' * 32}}}\n",
        )
        write(
            f"{quoting}/{number}.md",
            f"# 目的\n\n按 {NUMBER.lower()}《{CANARY['title'][:4]}\n{CANARY['title'][4:]}》，由{CANARY['person']}办理。\n",
        )
        write(f"{quoting}/files/抄{NUMBER}.txt", "无关内容")
        git("add", "-A")
        git(
            "-c",
            f"user.name={CANARY['person']}",
            "-c",
            f"user.email={CANARY['email']}",
            "commit",
            "-qm",
            f"通知：{CANARY['title']} {NUMBER}",
        )
    for path, text in _around():
        write(path, text)
    _commit(git, f"各类：{CANARY['project']}")
    _outgrown(git, write, root)
    git("checkout", "-q", "-B", "main")
    git("branch", f"{CANARY['branch']}二", f"{CANARY['branch']}~1")
    git("tag", f"{CANARY['branch']}标签")


def _commit(git: Callable[..., None], said: str) -> None:
    git("add", "-A")
    git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", said)


def _around() -> Iterator[tuple[str, str]]:
    """Core records of other types, and open ones of every kind that name them."""
    core, title, project, client = CORE, CANARY["title"], CANARY["project"], CANARY["client"]
    chained = "revision: 1\ndepartment: BM02\nauthor: YG0006\ncreated: 2026-11-01\nupdated: 2026-11-01\n"
    told: dict[str, str] = {
        "organization/clients/KH0099": f"type: client\nname: {client}\ncontacts: [{{name: {MARK}联系人}}]\ncreated: 2026-01-05\n{core}\n",
        "projects/2026/FW20260099": f"type: project\ntitle: {project}\ndepartment: BM02\nclient: KH0099\nservice_type: development\n"
        f"manager: YG0099\nstage: intake\ncreated: 2026-11-01\n{core}\n",
        "archive/2026/JY20260099": f"type: loan\ntitle: {MARK}密级借阅\ndocument: {NUMBER}\nborrower: YG0099\nreason: {MARK}理由\nmedium: paper\n"
        f"from: 2026-11-02\ndue: 2026-11-20\n{chained}{core}\n",
        "archive/2026/JY20260098": f"type: loan\ntitle: 借阅 {title}\ndocument: {NUMBER}\nborrower: YG0099\nreason: 核对 {CANARY['file']}\n"
        f"medium: paper\nfrom: 2026-11-02\ndue: 2026-11-20\n{chained}",
        "archive/2026/XH20260098": f"type: disposal\ntitle: 销毁 {title}\ndocuments: [{NUMBER}, GL2026098]\nreason: {project} 结束\nmethod: 碎纸\n"
        f"witnesses: [YG0099, YG0003]\n{chained}",
        "projects/2026/HY20260098": f"type: progress-meeting\ntitle: {project} 例会\ncreated: 2026-11-03\nproject: FW20260099\ndate: 2026-11-03\n"
        f"attendees: [YG0099, YG0003]\nprogress: 按 {NUMBER} 推进\nproblems: 无\nactions: [{{what: 联系 {client}, owner: YG0099, due: 2026-12-01}}]\n",
        "service/2026/SH20260098": f"type: service-ticket\ntitle: {client} 报修\ncreated: 2026-11-02\nproject: FW20260099\nclient: KH0099\n"
        f"reported_at: 2026-11-02T09:00\nproblem: 见 {NUMBER}\nurgency: high\ncomplexity: simple\n",
        "people/2026/PX20260098": f"type: training-session\ntitle: {CANARY['person']} 的培训\ncreated: 2026-11-03\ntopic: {title}\ncontent: technical\n"
        "method: internal\ndate: 2026-11-03\nhours: 2\ninstructor: YG0099\nattendees: [YG0099, YG0003]\nplan: PX20260001\n",
        "secrecy/2026/BX20260098": f"type: nda\ntitle: {CANARY['person']} 保密协议\ncreated: 2026-01-05\nstaff: YG0099\nsigned: 2026-01-05\nduties: 保密\n"
        "liability: 赔偿\n",
    }
    for folder, text in told.items():
        number = folder.rpartition("/")[2]
        kind, rest = text.split("\n", 1)
        yield f"records/{folder}/{number}.yaml", f"{kind}\nnumber: {number}\n{rest}"


def _outgrown(git: Callable[..., None], write: Callable[[str, str], None], root: Path) -> None:
    """A document that was core in its first revision and is open in its second."""
    folder = "records/documents/JS/2026/JS2026097"
    head = "type: document\nnumber: JS2026097\nclass: JS\nkind: manual\ndepartment: BM02\nauthor: YG0006\ncreated: 2026-11-01\n"
    scan_, old = f"{MARK}旧凭据原文", f"{MARK}旧附件.txt"
    write(
        f"{folder}/JS2026097.yaml",
        f"{head}revision: 1\nupdated: 2026-11-01\ntitle: {MARK}旧密级题目\nnotes: {MARK}旧备注里的说明文字\n{CORE}\n"
        f"attachments: [{{file: {old}, title: {MARK}旧附件题目, sha256: {hashlib.sha256(scan_.encode()).hexdigest()}}}]\n",
    )
    write(f"{folder}/JS2026097.md", f"# 目的\n\n{MARK}旧正文里的一句话。\n")
    write(f"{folder}/files/{old}", scan_)
    write(f"{folder}/acts/1-1-department.txt", scan_)
    write(
        f"{folder}/acts/1-1-department.yaml",
        "record: JS2026097\nrevision: 1\nchain: document\nstage: department\ndecision: approved\nby: YG0002\ndate: 2026-11-02\n"
        f"content: sha256:{'0' * 64}\ncomment: {MARK}旧意见不外传\n"
        f"evidence: [{{file: 1-1-department.txt, sha256: {hashlib.sha256(scan_.encode()).hexdigest()}}}]\n",
    )
    _commit(git, f"{MARK}旧密级题目 定稿")
    (root / folder / "files" / old).unlink()
    write(f"{folder}/JS2026097.yaml", f"{head}revision: 2\nupdated: 2026-11-05\ntitle: 安装手册\n")
    write(f"{folder}/JS2026097.md", "# 目的\n\n新的正文。\n")
    _commit(git, "第 2 版")


@pytest.fixture(scope="module")
def canary_registry(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("canary") / "registry"
    shutil.copytree(demonstration, root, symlinks=True)
    planted(root)
    return root


@pytest.fixture(scope="module", params=["public", "internal"])
def narrow_site(
    request: pytest.FixtureRequest, canary_registry: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    out = tmp_path_factory.mktemp("site") / str(request.param)
    build(canary_registry, out, audience=request.param, draft=True)
    return request.param, out


def unpacked(site: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, and what its containers hold; written here anew so as not to trust the scanner."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        yield name, name.encode()
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield name, content
        if content[:2] == b"PK":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{name}!{each}", archive.read(each)) for each in archive.namelist())
        if content[:2] == b"\x1f\x8b":
            yield name, gzip.decompress(content)


def test_canaries_are_nowhere_in_a_build_below_them(narrow_site: tuple[str, Path]) -> None:
    _, site = narrow_site
    secrets = [MARK, NUMBER, NUMBER.lower(), "wuhao@canary", "YG0099", "KH0099", "FW20260099", "JY20260099"]
    forms = [form for secret in secrets for form in (secret, quote(secret), json.dumps(secret)[1:-1])]
    found = {(name, form) for name, content in unpacked(site) for form in forms if form.encode() in content}
    assert found == set()


def test_the_open_records_that_told_of_it_are_there_without_what_they_told(
    narrow_site: tuple[str, Path],
) -> None:
    level, site = narrow_site
    shown = (site / "records/GL/2026/GL2026099/index.html").read_text(encoding="utf-8")
    assert audience.MASK in shown
    assert "的通知" in shown
    assert (site / "records/GL/2026/GL2026098/index.html").exists() == (level == "internal")


def test_the_scanner_agrees(narrow_site: tuple[str, Path], canary_registry: Path) -> None:
    level, site = narrow_site
    done = run(canary_registry, "scan", str(site), "--audience", level, "--format", "json")
    said = json.loads(done.out)
    assert (done.code, said["verdict"], said["leaks"]) == (0, "clean", [])
    assert said["looked_for"]["number"] > 1


def test_what_a_record_said_while_it_stood_higher_is_looked_for_too(canary_registry: Path) -> None:
    looked = scan.search(project.load_for_site(canary_registry, browsing.DAY).facts, "internal")
    for told, kind in (
        (f"{MARK}旧正文里的一句话", "text"),
        (f"{MARK}旧附件题目", "file"),
        (f"{MARK}旧密级题目", "title"),
        (f"{MARK}旧意见不外传", "text"),
    ):
        assert kind in found(looked, "a/index.html", told.encode()), told
    assert found(looked, "a/index.html", "安装手册 新的正文".encode()) == set()


def test_a_build_for_higher_readers_does_not_pass_as_one_for_lower(
    canary_registry: Path, built: Path, tmp_path: Path
) -> None:
    """The demonstration as its staff read it is no site for the public."""
    done = run(canary_registry, "scan", str(built), "--audience", "public", "--lang", "en")
    assert done.code == 1
    assert "do not publish" in done.said


def test_what_is_encrypted_in_the_demonstration_is_looked_for_in_its_site_and_not_found(
    demonstration: Path, built: Path
) -> None:
    key = str(demonstration / ".git/demonstration/escrow")
    looked = ("scan", str(built), "--today", browsing.DAY, "--format", "json")
    said = json.loads(run(demonstration, *looked, MUNIMENT_IDENTITY=key).out)
    assert (said["verdict"], said["looked_for"]["locked"]) == ("clean", 0)
    blind = json.loads(run(demonstration, *looked).out)["looked_for"]
    assert blind["locked"] > 20
    assert blind["text"] < said["looked_for"]["text"]
    for secret in ("低于底线的报价一律不得发出", "行业报价系数", "报价底线与折扣授权"):
        assert not [name for name, content in unpacked(built) if secret.encode() in content]


def test_a_folder_that_is_no_site_is_refused(canary_registry: Path, tmp_path: Path) -> None:
    done = run(canary_registry, "scan", str(tmp_path), "--lang", "en")
    assert done.code == 2
    assert "revision.json" in done.said


# -- Other ways out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["public", "internal"])
def test_what_the_commands_print_for_an_audience_tells_no_more_than_its_site(
    canary_registry: Path, tmp_path: Path, level: str
) -> None:
    for arguments in (
        ("report", "document", "--format", "csv"),
        ("report", "waiting", "--format", "json"),
        ("report", "gaps", "--format", "json"),
        ("show", "GL2026099", "--format", "json"),
        ("show", "GL2026099"),
        ("status",),
        ("export", str(tmp_path / level)),
    ):
        done = run(canary_registry, *arguments, "--audience", level)
        assert done.code == 0, arguments
        for secret in (MARK, NUMBER, "wuhao@canary"):
            assert secret not in done.said, arguments
    for name, content in unpacked(tmp_path / level):
        assert MARK.encode() not in content, name
        assert NUMBER.encode() not in content, name


@pytest.mark.parametrize("level", ["public", "internal"])
def test_a_pack_for_an_audience_tells_no_more_than_its_site(
    canary_registry: Path, tmp_path: Path, level: str
) -> None:
    target = tmp_path / "pack.zip"
    done = run(canary_registry, "pack", str(target), "--audience", level, "--today", browsing.DAY)
    assert done.code in (0, 1)
    with zipfile.ZipFile(target) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    # What told of it is there, and says so where it was covered.
    assert audience.MASK in held["records/documents/GL/2026/GL2026099/GL2026099.yaml"].decode()
    for name, content in held.items():
        for secret in (MARK, NUMBER, "wuhao@canary", "YG0099", "KH0099"):
            assert secret.encode() not in content, name
            assert secret not in name


@pytest.mark.parametrize("level", ["public", "internal"])
def test_a_print_for_an_audience_tells_no_more_than_its_site(
    canary_registry: Path, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def pdf(text: str, *, enclosed: Iterable[Enclosed] = (), **_: object) -> bytes:
        printed.append(text)
        printed.extend(f"{each.name} {each.content.decode()}" for each in enclosed)
        return b"%PDF-"

    monkeypatch.setattr(printing, "pdf", pdf)
    for what in ("GL2026099", "shelf-list", "retention", "--labels=document", "--labels=spine"):
        done = run(canary_registry, "print", what, "--audience", level, "--out", "-")
        assert done.code in (0, 2), done.said  # no paper, where no record within the level has any
    assert len(printed) >= 3
    for text in printed:
        for secret in (MARK, NUMBER, "YG0099"):
            assert secret not in text


def test_a_record_above_the_audience_is_unknown_to_show(canary_registry: Path) -> None:
    for given in (NUMBER, CANARY["title"]):
        done = run(canary_registry, "show", given, "--audience", "internal", "--lang", "en")
        nothing = run(canary_registry, "show", "XM2026098", "--audience", "internal", "--lang", "en")
        assert done.code == nothing.code == 2
        assert "there is no record" in done.said
