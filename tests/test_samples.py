"""Every rule has a page in both languages, a bad sample that gives its finding and a good one that gives none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import stories
from muniment import age, check, project
from samples import SAMPLES, fingerprint, lay_out

TODAY = "2026-11-23"
RULES = check.catalogue()


def findings(root: Path) -> list[tuple[str, str]]:
    key = root / "identity.txt"  # of somebody who may read what the sample encrypts
    loaded = project.load(root, TODAY, identities=age.identities(key.read_bytes()) if key.exists() else ())
    return [
        (finding.code, f"{finding.place.path}:{finding.place.line} {finding.words('en')}")
        for finding in check.run(loaded.facts, loaded.faults)
    ]


def judged(told: stories.Telling) -> list[tuple[str, str]]:
    return [
        (finding.code, f"{finding.place.path} {finding.words('en')}")
        for finding in stories.findings(told, TODAY)
    ]


def samples(code: str, kind: str) -> list[Path]:
    """`bad`, and `bad-…` where one sample cannot show everything."""
    folder = SAMPLES / code
    return sorted(path for path in folder.glob(f"{kind}*")) if folder.is_dir() else []


def cases(kind: str) -> list[object]:
    return [
        pytest.param(code, path, id=f"{code}-{path.name}") for code in RULES for path in samples(code, kind)
    ]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_good_and_a_bad_sample(code: str) -> None:
    assert samples(code, "bad"), f"make tests/samples/{code}/bad"
    assert samples(code, "good"), f"make tests/samples/{code}/good"


@pytest.mark.parametrize(("code", "path"), cases("bad"))
def test_a_bad_sample_gives_its_finding_and_no_other(code: str, path: Path, tmp_path: Path) -> None:
    if code == "YML055" and os.geteuid() == 0:
        pytest.skip("root may read every file")
    root = tmp_path / "registry"
    told = stories.tell(path, root) if (path / stories.NAME).exists() else None
    if told is None:
        lay_out(path, root)
    before = fingerprint(root)
    found = judged(told) if told else findings(root)
    assert {name for name, _ in found} == {code}, found
    assert fingerprint(root) == before, "a check wrote something"


@pytest.mark.parametrize(("code", "path"), cases("good"))
def test_a_good_sample_gives_no_finding(code: str, path: Path, tmp_path: Path) -> None:
    root = tmp_path / "registry"
    if (path / stories.NAME).exists():
        assert judged(stories.tell(path, root)) == []
    else:
        lay_out(path, root)
    assert findings(root) == []


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_the_same_in_both_languages(code: str) -> None:
    rule = RULES[code].rule
    for text in (rule.message, rule.help):
        if text is not None:
            assert _names(text.en) == _names(text.zh) or "hint" in text.en
            assert text.en != text.zh or "{" in text.en
            assert not text.en.endswith(".")
            assert not text.zh.endswith("。")
            assert text.en[0] in "`{(" or text.en[0].islower() or text.en[:2].isupper()
            for word in ("invalid", "error", "please"):
                assert word not in text.en.lower()
    for lang in ("zh", "en"):
        title, page = RULES[code].words(lang)  # type: ignore[arg-type]
        assert title
        assert len(page) > 40, f"{code} has no page in {lang}"


def _names(template: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_codes_and_names_are_unique_and_fit_their_files() -> None:
    import pkgutil

    from muniment import rules

    files = [info.name for info in pkgutil.iter_modules(rules.__path__)]
    assert len(files) == len(RULES)
    for name in files:
        code, _, rest = name.partition("_")
        assert RULES[code.upper()].rule.name == rest.replace("_", "-")
        assert RULES.codes[RULES[code.upper()].rule.name] == code.upper()


def test_a_family_that_is_not_asked_has_nothing_to_say() -> None:
    asked = {code for code, entry in RULES.items() if entry.check is not None}
    assert not {code for code in asked if code[:3] in check.TOLD}
    assert len(list(check.checks())) == len(asked)


def test_a_check_without_findings_reads_no_family_that_it_does_not_ask() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from muniment import check; [*check.checks()]; print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    read = {name.rpartition(".")[2][:3] for name in ran.stdout.split() if name.startswith("muniment.rules.")}
    assert read == {code[:3].lower() for code in RULES} - {family.lower() for family in check.TOLD}
