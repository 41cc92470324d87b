"""For how long something is confidential: until a day, until it is published, or permanently."""

from __future__ import annotations

import pytest

import memory
from muniment import audience, site
from muniment.facts import Facts
from muniment.pages import Page
from muniment.site import Options
from muniment.views import marks

NUMBER = "GL2026001"


def facts(term: str, today: str = memory.TODAY, *, published: bool = False) -> Facts:
    until = f", until: {term}" if term else ""
    files: dict[str, str | bytes | None] = {
        NUMBER: memory.document(
            NUMBER,
            "组织调整方案",
            "kind: personnel",
            f"confidentiality: {{level: core, custodian: YG0004{until}}}",
        ),
        f"{NUMBER}/{NUMBER}.md": "# 目的\n\n# 适用范围\n\n# 实施\n",
    }
    if published:
        files |= memory.acts(
            files,
            NUMBER,
            ("department", "YG0002", "2026-03-10"),
            ("technical", "YG0003", "2026-03-11"),
            ("quality", "YG0004", "2026-03-12"),
        )
    return memory.facts(files, today)


def level(known: Facts) -> str:
    return known.level(known.corpus.records[NUMBER])


@pytest.mark.parametrize(
    ("term", "today", "published", "expected"),
    [
        ("", "2099-01-01", True, "core"),
        ("2026-06-30", "2026-06-30", True, "core"),
        ("2026-06-30", "2026-07-01", True, "internal"),
        ("publication", "2099-01-01", False, "core"),
        ("publication", "2026-03-12", True, "internal"),
    ],
)
def test_when_its_term_is_over_a_record_is_as_confidential_as_others_of_its_type(
    term: str, today: str, published: bool, expected: str
) -> None:
    known = facts(term, today, published=published)
    assert level(known) == expected
    shown = audience.narrow(known, "internal").corpus.records
    assert (NUMBER in shown) == (expected == "internal")


def test_a_type_that_is_classified_as_a_rule_stays_so_after_the_term() -> None:
    record = (
        "type: background-check\nnumber: BJ20260001\ntitle: 审查\ncreated: 2026-02-10\nstaff: YG0004\npost: 秘书\ndate: 2026-02-10\n"
        "by: YG0005\nresult: passed\nconfidentiality: {level: core, custodian: YG0005, until: 2026-03-01}\n"
    )
    known = memory.facts({"BJ20260001": record})
    assert known.level(known.corpus.records["BJ20260001"]) == "core"


@pytest.mark.parametrize(
    ("term", "zh", "en"),
    [
        ("", "长期", "permanently"),
        ("2028-12-31", "2028-12-31", "until 2028-12-31"),
        ("publication", "公布前", "until publication"),
    ],
)
def test_the_mark_says_the_term_in_the_readers_language(term: str, zh: str, en: str) -> None:
    known = facts(term)
    for lang, words in (("zh", zh), ("en", en)):
        mark = marks.of(known, [NUMBER], lang)  # type: ignore[arg-type]  # both are languages
        assert mark is not None
        assert mark.text.endswith(f" · {words}")


def test_a_page_that_gathers_records_bears_the_longest_term() -> None:
    def term(*terms: str) -> str:
        files: dict[str, str | bytes | None] = {}
        for place, each in enumerate(terms, 1):
            number = f"GL202600{place}"
            until = f", until: {each}" if each else ""
            said = f"confidentiality: {{level: core, custodian: YG0004{until}}}"
            files[number] = memory.document(number, "方案", "kind: personnel", said)
        known = memory.facts(files)
        mark = marks.of(known, files, "zh")
        return mark.text.rpartition(" · ")[2] if mark else ""

    assert term("2028-12-31", "2030-12-31") == "2030-12-31"
    assert term("2028-12-31", "publication") == "公布前"
    assert term("2028-12-31", "publication", "") == "长期"


def test_the_page_of_a_record_says_until_publication_in_both_languages() -> None:
    pages = {
        part.lang: part.body
        for part in site.pages(facts("publication"), Options("core"))
        if isinstance(part, Page) and part.url.endswith(f"{NUMBER}/")
    }
    assert "<dd>公布前</dd>" in pages["zh"]
    assert "<dd>until publication</dd>" in pages["en"]
