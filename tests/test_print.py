"""Prints: labels, lists and records as PDF, looked at as pages and as pictures."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

import memory
from console import run
from muniment import audience, printing, prints, project, reports
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.prints import Press
from muniment.views import forms, shelves
from samples import SAMPLES, lay_out

SITE = "https://docs.example.com/registry/"
try:
    printing.require()
    _missing = ""
except printing.Unprintable as problem:
    _missing = str(problem)
printer = pytest.mark.skipif(bool(_missing), reason=_missing or "can print")
pictures = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One box with two papers, one of them out on loan."""
    root = lay_out(SAMPLES / "LOA002" / "good", tmp_path_factory.mktemp("print") / "registry")
    (root / "mkdocs.yml").write_text(f"site_name: 登记库\nsite_url: {SITE}\n")
    return root


@pytest.fixture(scope="module")
def facts(registry: Path) -> Facts:
    return project.load(registry, "2026-11-23").facts


def text(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "print.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return done.stdout


def labels(facts: Facts, kind: str, site: str = SITE) -> str:
    return prints.labels(Press(facts, "zh", site), kind, lambda _: True)[0]


def test_a_box_knows_what_lies_in_it_and_each_paper_its_own_number(facts: Facts) -> None:
    (box,) = shelves.boxes(facts, "zh")
    assert (box.room, box.shelf, box.name, box.group, box.year) == (
        "档案室",
        "A-02",
        "JS-2026-01",
        "JS",
        "2026",
    )
    assert [(paper.record.number, paper.reference) for paper in box.papers] == [
        ("JS2026001", "JS-2026-01-001")
    ]
    assert box.papers[0].loan is not None
    assert box.kept == "30 年"


@printer
@pictures
def test_labels_say_what_they_stick_on_and_bear_codes(facts: Facts, tmp_path: Path) -> None:
    spine = text(printing.pdf(labels(facts, "spine")), tmp_path)
    for words in ("JS", "2026", "JS-2026-01", "档案室", "JS2026001", "30 年"):
        assert words in spine
    sheet = text(printing.pdf(labels(facts, "box")), tmp_path)
    assert "JS-2026-01-001" in sheet
    assert "空压站运行报告" in sheet
    single = text(printing.pdf(labels(facts, "document")), tmp_path)
    assert "JS2026001" in single
    assert "JS-2026-01-001" in single
    for kind, codes in (("spine", 1), ("box", 2), ("document", 1)):
        assert labels(facts, kind).count("<svg") == codes
        assert labels(facts, kind, "").count("<svg") == 0


@printer
def test_a_code_leads_to_the_page_of_its_record() -> None:
    press = Press(project.load(SAMPLES / "base", "2026-11-23").facts, "en", SITE)
    assert press.url("records/JS/2026/JS2026001/") == f"{SITE}en/records/JS/2026/JS2026001/"
    assert printing.qr(press.url("records/")).startswith("<svg")


@printer
def test_the_same_registry_gives_the_same_file(facts: Facts) -> None:
    assert printing.pdf(labels(facts, "box")) == printing.pdf(labels(facts, "box"))


@printer
@pictures
def test_chinese_is_drawn_with_a_font_that_has_it(facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "labels.pdf"
    file.write_bytes(printing.pdf(labels(facts, "spine")))
    fonts = subprocess.run(["pdffonts", str(file)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"CJK|Han|WenQuanYi|PingFang|YaHei", fonts), fonts


CORE = "confidentiality: {level: core, custodian: YG0004, until: 2030-12-31}"
MARKED = "核心商密 · 示例 · 2030-12-31"


def shelved(count: int) -> Facts:
    """So many papers in one box, the last of them core."""
    files: dict[str, str | bytes | None] = {}
    for place in range(1, count + 1):
        number = f"JS2026{place:03d}"
        paper = "paper: {room: 档案室, shelf: A-02, box: JS-2026-01, pages: 3}"
        files[number] = memory.document(
            number, f"手册 {place}", paper, "references: [JS2026001]", *([CORE] if place == count else [])
        )
    return memory.facts(files)


@printer
@pictures
def test_what_is_classified_bears_level_owner_and_term_on_every_sheet(tmp_path: Path) -> None:
    facts = shelved(3)
    press = Press(facts, "zh", SITE)
    records = facts.corpus.records
    for kind in prints.LABELS:
        shown = text(printing.pdf(labels(facts, kind)), tmp_path).replace("\n", " ")
        assert re.sub(r"\s+", "", MARKED) in re.sub(r"\s+", "", shown), kind
    table = reports.catalogue()["shelf-list"].table(facts, "zh")
    for html in (prints.record(press, records["JS2026003"]), prints.listing(press, table)):
        assert MARKED in text(printing.pdf(html), tmp_path)
    assert "核心商密" not in text(printing.pdf(prints.record(press, records["JS2026002"])), tmp_path)
    # One that quotes it bears the mark of what it quotes.
    quoting = memory.facts(
        {
            "JS2026001": memory.document("JS2026001", "方案", CORE),
            "JS2026002": memory.document("JS2026002", "说明", "references: [JS2026001]"),
        }
    )
    shown = prints.record(Press(quoting, "en", SITE), quoting.corpus.records["JS2026002"])
    assert "until 2030-12-31" in text(printing.pdf(shown), tmp_path)


@printer
@pictures
def test_every_label_has_its_code_on_the_second_sheet_too(tmp_path: Path) -> None:
    made = printing.pdf(labels(shelved(25), "document"))
    (tmp_path / "labels.pdf").write_bytes(made)
    subprocess.run(["pdftoppm", "-r", "40", "-gray", tmp_path / "labels.pdf", tmp_path / "sheet"], check=True)
    sheets = sorted(tmp_path.glob("sheet-*.pgm"))
    assert len(sheets) == 2
    width, height, pixels = _picture(sheets[1])
    dark = [(n % width, n // width) for n, each in enumerate(pixels) if each < 128]
    # The code: a quarter of the label's width from its left edge, well below the edge of the sheet.
    code = [(x, y) for x, y in dark if x < width * 28 / 210]
    assert len(code) > 200
    assert min(y for _, y in dark) > height * 3 / 297


def _picture(path: Path) -> tuple[int, int, bytes]:
    _, size, _, pixels = path.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, pixels


@printer
@pictures
def test_spines_fill_as_many_sheets_as_they_need(facts: Facts, tmp_path: Path) -> None:
    many = [box for box in shelves.boxes(facts, "zh") for _ in range(12)]
    press = Press(facts, "zh", SITE)
    shown = prints._box(press, many[0], codes=False)
    html = press.html("labels-spine.html", "盒脊标签", sheets=[[shown] * 9, [shown] * 3], width=30, name="")
    file = tmp_path / "spines.pdf"
    file.write_bytes(printing.pdf(html))
    said = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+2\b", said)
    assert re.search(r"841\.\d+ x 595\.\d+ pts", said)  # landscape


@printer
@pictures
def test_a_record_is_printed_with_what_was_decided_and_room_for_what_was_not(
    facts: Facts, tmp_path: Path
) -> None:
    loan = facts.corpus.records["JY20260002"]
    said = text(printing.pdf(prints.record(Press(facts, "zh", SITE), loan)), tmp_path)
    for words in ("JY20260002", "刘洋", "归还", "2026-03-30"):
        assert words in said


@printer
def test_a_print_is_written_beside_the_caller(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"
    done = run(registry, "print", "--labels", "box", "--out", str(out))
    assert done.code == 0, done.said
    assert out.read_bytes().startswith(b"%PDF-")


@printer
@pictures
@pytest.mark.parametrize("what", ["loan", "文档借阅申请表", "《文档借阅申请表》", "LOAN"])
def test_a_type_is_printed_as_its_blank_form(registry: Path, what: str, tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    done = run(registry, "--lang", "zh", "print", what, "--out", str(out))
    assert done.code == 0, done.said
    assert "空白表单《文档借阅申请表》" in done.said
    said = text(out.read_bytes(), tmp_path)
    for words in ("《文档借阅申请表》", "借阅事由", "初审", "归还", "muniment new loan"):
        assert words in said
    assert "JY20260002" not in said


@printer
@pictures
def test_the_register_of_a_type_is_printed_when_asked_for(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "register.pdf"
    done = run(registry, "--lang", "zh", "print", "loan", "--register", "--out", str(out))
    assert done.code == 0, done.said
    assert "JY20260002" in text(out.read_bytes(), tmp_path)


@printer
@pictures
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name, kind in memory.types().items() if kind.group != "policy"])
def test_every_form_fits_on_sheets_of_a4_with_a_place_for_each_signature(
    name: str, lang: Lang, tmp_path: Path
) -> None:
    facts = memory.facts({})
    kind = facts.types[name]
    made = printing.pdf(prints.form(Press(facts, lang), kind))
    said = re.sub(r"\s+", "", text(made, tmp_path))
    shown = forms.form(facts, kind, lang)
    for words in (shown.title, *(each.stage for each in shown.signatures), f"munimentnew{name}"):
        assert re.sub(r"\s+", "", words) in said
    pages = PdfReader(tmp_path / "print.pdf").pages
    assert len(pages) <= 3
    assert {round(float(page.mediabox.width)) for page in pages} == {595}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say what to print"),
        (("--labels", "box", "JS2026001"), "labels are for boxes"),
        (("--labels", "box", "--box", "JS-2026-02"), "did you mean `JS-2026-01`"),
        (("nothing-like-it",), "no record, form or report"),
        (("lona", "--register"), "no type `lona` (did you mean `loan`?)"),
        (("loan", "--register", "--certificate"), "choose --certificate or --register"),
        (("--labels", "box", "--register"), "not with `--register`"),
    ],
)
@printer
def test_what_cannot_be_printed_is_said(registry: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(registry, "--lang", "en", "print", *arguments)
    assert done.code == 2
    assert said in done.said


@printer
def test_the_title_of_a_form_that_is_not_whole_is_completed(registry: Path) -> None:
    done = run(registry, "--lang", "zh", "print", "借阅申请")
    assert done.code == 2
    assert "是否指 `文档借阅申请表`" in done.said


@printer
def test_where_no_paper_lies_anywhere_is_said_what_to_write(tmp_path: Path) -> None:
    root = lay_out(SAMPLES / "base", tmp_path / "registry")
    done = run(root, "--lang", "en", "print", "--labels", "spine")
    assert done.code == 2
    assert "`paper: {room, shelf, box}`" in done.said


def test_a_machine_without_the_library_is_told_how_to_get_it(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    printing._weasyprint.cache_clear()
    try:
        done = run(registry, "--lang", "en", "print", "--labels", "box")
    finally:
        printing._weasyprint.cache_clear()
    assert done.code == 2
    assert "pip install 'muniment[print]'" in done.said


def test_a_machine_without_a_chinese_font_is_told_which(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("weasyprint")
    monkeypatch.setattr(printing, "_has_chinese", lambda: False)
    printing._weasyprint.cache_clear()
    try:
        done = run(registry, "print", "--labels", "box")
    finally:
        printing._weasyprint.cache_clear()
    assert done.code == 2
    assert "fonts-noto-cjk" in done.said


@printer
@pictures
@pytest.mark.slow
def test_a_certificate_says_who_approved_what_and_encloses_the_files_that_prove_it(
    demonstration: Path, tmp_path: Path
) -> None:
    made = []
    for name in ("first.pdf", "second.pdf"):
        file = tmp_path / name
        out = run(
            demonstration,
            "--lang",
            "zh",
            "print",
            "gl2024001",
            "--certificate",
            "--site",
            SITE,
            "--out",
            str(file),
        )
        assert out.code == 0, out.said
        made.append(file.read_bytes())
    assert made[0] == made[1]
    said = text(made[0], tmp_path)
    commits = subprocess.run(
        ["git", "log", "--format=%h", "--abbrev=10", "--", "records/documents/GL/2024/GL2024001/acts"],
        cwd=demonstration, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    for words in ("审批证明", "沈砚秋", "方启明", "陆清和", "已签名", "muniment audit --seal"):
        assert words in said
    assert sum(commit in said for commit in commits) >= 6
    reader = PdfReader(tmp_path / "first.pdf")
    assert 'pdfaid:part="3" pdfaid:conformance="B"' in reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]  # the metadata is there
    folder = demonstration / "records/documents/GL/2024/GL2024001"
    files = {
        str(path.relative_to(folder)).replace("/", "-"): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    enclosed = {name: content[0] for name, content in reader.attachments.items()}
    data = json.loads(enclosed.pop("GL2024001.json"))
    assert data["number"] == "GL2024001"
    assert enclosed == files


@printer
def test_a_print_for_an_audience_encloses_no_file_that_could_say_more(facts: Facts) -> None:
    shown = facts.corpus.records["JY20260002"]
    narrow = audience.narrow(facts, "internal")
    everything = [each.name for each in prints.enclosed(Press(facts, "zh", SITE), shown)]
    assert "JY20260002.yaml" in everything
    assert [each.name for each in prints.enclosed(Press(narrow, "zh", SITE), shown)] == ["JY20260002.json"]


@printer
@pytest.mark.parametrize(
    ("number", "said"), [("JS2026001x", "没有记录 `JS2026001x`"), ("JY20260003", "还没有任何审批")]
)
def test_what_cannot_be_certified_is_said(registry: Path, number: str, said: str, tmp_path: Path) -> None:
    target = tmp_path / "none.pdf"
    out = run(registry, "--lang", "zh", "print", number, "--certificate", "--out", str(target))
    assert out.code == 2
    assert said in out.said
    assert not target.exists()
