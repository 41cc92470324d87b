"""A company adds a form of its own with a schema and a policy entry, as the handbook shows it, and gets everything."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from console import Ran, run
from muniment import resources
from samples import git

NUMBER = "GY20260001"
FACTS = f"records/suppliers/2026/{NUMBER}/{NUMBER}.yaml"
PEOPLE = {
    "王建国": "wang@qinghe.example.com",
    "李娜": "li@qinghe.example.com",
    "周敏": "zhou@qinghe.example.com",
}


class Desk:
    """A registry, and who sits in front of it on which day."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day, self.env = "2026-11-23", dict[str, str]()

    def sits(self, name: str, day: str) -> Desk:
        self.day = day
        self.env = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T10:00:00+0800")
        for role in ("AUTHOR", "COMMITTER"):
            self.env |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": PEOPLE[name]}
        git(self.root, "config", "user.name", name)
        git(self.root, "config", "user.email", PEOPLE[name])
        return self

    def says(self, *arguments: str) -> Ran:
        return run(self.root, "--lang", "zh", "--today", self.day, *arguments, **self.env)

    def done(self, *arguments: str) -> str:
        ran = self.says(*arguments)
        assert ran.code == 0, ran.said
        return ran.said

    def git(self, *arguments: str) -> str:
        return git(self.root, *arguments, **self.env)

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def merge(self, branch: str) -> None:
        self.git("switch", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", f"合并 {branch}", branch)

    def change(self, path: str, before: str, after: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), encoding="utf-8")


def blocks(lang: str, kind: str) -> list[str]:
    page = (resources.path("handbook") / lang / "types.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A new company whose policies know the series and the chain, and whose main holds the type."""
    folder = tmp_path_factory.mktemp("own")
    founders = [word for name, email in PEOPLE.items() for word in ("--founder", f"{name} <{email}>")]
    ran = run(folder, "init", "registry", "--company", "青禾检测有限公司", *founders, "--today", "2026-11-23")
    assert ran.code == 0, ran.said
    desk = Desk(folder / "registry").sits("周敏", "2026-11-24")
    desk.git("switch", "--quiet", "-c", "supplier-form")
    desk.done("revise", "numbering")
    desk.done("revise", "review")
    _, series, chain = blocks("zh", "yaml")
    numbering = desk.root / "records/policy/numbering/numbering.yaml"
    numbering.write_text(numbering.read_text(encoding="utf-8").rstrip("\n") + "\n" + series, encoding="utf-8")
    desk.change("records/policy/review/review.yaml", "\nchains:\n", f"\nchains:\n{chain}")
    (desk.root / "schemas").mkdir(exist_ok=True)
    schema = desk.root / "schemas/supplier-evaluation.schema.json"
    schema.write_text(blocks("zh", "json")[1], encoding="utf-8")
    desk.done("check")
    desk.commit("启用供应商评价表")
    desk.sits("李娜", "2026-11-25").done("approve", "numbering", "review")
    desk.sits("王建国", "2026-11-26").done("approve", "numbering", "review")
    desk.done("check", "--base", "main")
    desk.merge("supplier-form")
    return desk


@pytest.fixture(scope="module")
def landed(desk: Desk) -> Desk:
    """The first evaluation, found wanting by the check, filled in, approved by two and merged."""
    desk.sits("周敏", "2026-11-27").git("switch", "--quiet", "-c", "gy-2026")
    scores = ("--set", "quality=92", "--set", "delivery=61", "--set", "year=2026")
    desk.done(
        "new", "supplier-evaluation", "--set", "title=澜州标准件厂 2026 年度评价",
        "--set", "supplier=澜州标准件厂", "--set", "conclusion=improve", "--set", "department=BM01", *scores,
    )  # fmt: skip
    checked = desk.says("check")
    assert checked.code == 1
    assert "`measures`" in checked.said  # asked for where the conclusion is `improve`
    desk.change(FACTS, "#measures: …", "measures: 一季度内提交交付整改报告")
    desk.done("check")
    desk.commit("评价澜州标准件厂")
    assert "LIF002" in desk.says("check", "--base", "main").said
    assert desk.says("approve", NUMBER).code == 1  # the author
    assert NUMBER in desk.sits("李娜", "2026-11-28").done("status", "--mine")
    desk.done("approve", NUMBER)
    desk.sits("王建国", "2026-11-29").done("approve", NUMBER)
    desk.done("check", "--base", "main")
    desk.merge("gy-2026")
    return desk


def test_it_lands_through_the_chain_that_the_policy_gives_it(landed: Desk) -> None:
    assert "全部审批成立" in landed.done("audit")
    shown = landed.done("show", NUMBER)
    assert "有效" in shown
    assert "李娜" in shown
    assert "王建国" in shown


def test_a_change_of_what_was_approved_does_not_land(landed: Desk) -> None:
    before = (landed.root / FACTS).read_text(encoding="utf-8")
    landed.change(FACTS, "delivery: 61", "delivery: 91")
    try:
        assert "APR030" in landed.says("check").said
    finally:
        (landed.root / FACTS).write_text(before, encoding="utf-8")


def test_it_has_a_register_as_text_csv_and_json(landed: Desk) -> None:
    assert "澜州标准件厂" in landed.done("report", "supplier-evaluation")
    text = landed.done("report", "supplier-evaluation", "--format", "csv").lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["编号"], row["交付得分"], row["结论"], row["状态"]) == (NUMBER, "61", "限期改进", "有效")
    (entry,) = json.loads(landed.done("report", "supplier-evaluation", "--format", "json"))
    assert (entry["number"], entry["conclusion"], entry["state"]) == (NUMBER, "improve", "in_force")


def test_it_has_pages_in_both_languages(landed: Desk, tmp_path: Path) -> None:
    landed.done("build", "--out", str(tmp_path / "site"))
    for top, words in (("", ("供应商评价表", "限期改进")), ("en/", ("Supplier evaluation", "improve first"))):
        site = tmp_path / "site" / top
        register = (site / "registers/supplier-evaluation/index.html").read_text(encoding="utf-8")
        record = (site / f"records/GY/2026/{NUMBER}/index.html").read_text(encoding="utf-8")
        assert all(word in register for word in words)
        assert "澜州标准件厂" in record
        assert words[1] in record
    facts = tmp_path / f"site/records/GY/2026/{NUMBER}/{NUMBER}.json"
    assert json.loads(facts.read_text(encoding="utf-8"))["number"] == NUMBER
    assert (tmp_path / "site/registers/supplier-evaluation.xlsx").stat().st_size > 1000


def test_both_handbooks_show_the_same_form() -> None:
    assert blocks("zh", "json") == blocks("en", "json")
    assert blocks("zh", "yaml") == blocks("en", "yaml")
