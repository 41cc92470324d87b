"""Every type of record has a filled-in form that is sound, and one with a mistake that people make in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from memory import types
from muniment import check, source
from muniment.findings import Finding

FORMS = Path(__file__).parent / "forms"
TYPES = types()
NAMES = [name for name, kind in TYPES.items() if kind.group != "policy"]  # the base has one of each policy
# The first line of a bad form: the code, where, and what went wrong; `top` is the form itself.
CLAIM = re.compile(r"# ([A-Z]{3}[0-9]{3}) at (\S+): \S.*")


def read(name: str, kind: str) -> str:
    path = FORMS / name / f"{kind}.yaml"
    assert path.is_file(), f"make tests/forms/{name}/{kind}.yaml"
    return path.read_text("utf-8")


def findings(name: str, text: str) -> list[Finding]:
    loaded = source.load(f"{name}.yaml", text.encode())
    if loaded.document is None:
        return list(check.in_words(loaded.faults))
    data = loaded.document.data
    assert data["type"] == name
    return list(check.in_words([*loaded.faults, *TYPES.validate(name, data, f"{name}.yaml")]))


@pytest.mark.parametrize("name", NAMES)
def test_a_good_form_gives_no_finding(name: str) -> None:
    assert findings(name, read(name, "good")) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_good_form_fills_in_most_of_what_the_type_has(name: str) -> None:
    document = source.load("x", read(name, "good").encode()).document
    assert document is not None
    own = {field.name for field in TYPES[name].fields if not field.envelope}
    assert len(own - document.data.keys()) * 3 <= len(own), own - document.data.keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_form_gives_the_finding_that_its_first_line_names_and_no_other(name: str) -> None:
    text = read(name, "bad")
    claim = CLAIM.fullmatch(text.partition("\n")[0])
    assert claim, "begin with `# CODE at field.inner: what went wrong`"
    found = [
        (each.code, ".".join(str(step) for step in each.place.pointer) or "top")
        for each in findings(name, text)
    ]
    assert found == [claim.groups()]


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_form_is_the_good_one_with_one_place_changed(name: str) -> None:
    good = read(name, "good").splitlines()
    bad = read(name, "bad").splitlines()[1:]
    same = sum(1 for line in bad if line in good)
    assert len(bad) - same <= 1
    assert len(good) - same == 1


def test_no_forms_are_kept_of_types_that_are_no_more() -> None:
    assert {path.name for path in FORMS.iterdir()} == set(NAMES)
