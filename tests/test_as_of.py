"""The registry as it was: `--at` a day or a commit (B9)."""

from __future__ import annotations

import gzip
import json
import tarfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

import browsing
import console
import memory
from muniment import audience, project, validity
from muniment.facts import Facts, Loss
from muniment.mkdocs_plugin import build
from muniment.records import Record
from muniment.validity import Period
from muniment.views import documents, record
from samples import git

DAY = "2024-09-30"


@pytest.fixture(scope="module")
def then(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that was never told of anything after that day."""
    commits = git(demonstration, "rev-list", "--first-parent", "--before", f"{DAY}T23:59:59+08:00", "main")
    clone = tmp_path_factory.mktemp("then") / "registry"
    git(demonstration, "clone", "-q", "--no-hardlinks", str(demonstration), str(clone))
    git(clone, "checkout", "-q", "-B", "main", commits.split()[0])
    # The store of keys has a history of its own, which is not asked for days.
    git(clone, "branch", "-q", "keys", "origin/keys")
    git(clone, "remote", "remove", "origin")
    return clone


@pytest.mark.parametrize(
    "asked", [("report", "in-force"), ("report", "document", "--format", "csv"), ("check",)]
)
def test_a_past_day_says_what_a_clone_of_that_day_says(
    demonstration: Path, then: Path, asked: tuple[str, ...]
) -> None:
    ours = console.run(demonstration, *asked, "--at", DAY)
    theirs = console.run(then, *asked, "--today", DAY)
    assert (ours.code, ours.said) == (theirs.code, theirs.said)
    assert ours.said.strip()


def test_a_commit_is_a_moment_too(demonstration: Path, then: Path) -> None:
    tip = git(then, "rev-parse", "HEAD").strip()
    at_commit = console.run(demonstration, "report", "document", "--at", tip)
    assert at_commit.out == console.run(demonstration, "report", "document", "--at", DAY).out
    shown = console.run(demonstration, "show", "XM2024005", "--format", "json", "--at", tip)
    assert json.loads(shown.out)["revision"] == 2


def test_revisions_and_approvals_after_that_day_are_unknown(demonstration: Path) -> None:
    now = console.run(demonstration, "show", "XM2024005", "--format", "json")
    before = console.run(demonstration, "show", "XM2024005", "--format", "json", "--at", DAY)
    assert json.loads(now.out)["revision"] == 3
    then = json.loads(before.out)
    assert then["revision"] == 2
    assert {act["revision"] for act in then["acts"]} == {1, 2}


def test_a_build_of_a_past_day_says_so_on_every_page(demonstration: Path, tmp_path: Path) -> None:
    written = build(demonstration, tmp_path / "site", at=DAY, today=DAY)
    page = (tmp_path / "site/records/XM/2024/XM2024005/index.html").read_text(encoding="utf-8")
    assert f"这是 {DAY} 时的登记库" in page
    assert "XM2025" not in (tmp_path / "site/records.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "site/revision.json").read_bytes())["today"] == DAY
    assert not any("XM2025" in path for path in written.paths)


@pytest.mark.parametrize("at", ["2023-12-31", "nonsense", "2024-13-01"])
def test_a_moment_that_nobody_knows_ends_in_a_sentence(demonstration: Path, at: str, tmp_path: Path) -> None:
    for command in (("check",), ("report", "in-force"), ("build", "--out", str(tmp_path / "site"))):
        ran = console.run(demonstration, *command, "--at", at, "--lang", "en")
        assert ran.code == 2
        assert at in ran.err
        assert "2024-01-02" in ran.err
    assert not (tmp_path / "site").exists()


def test_the_past_needs_a_history(tmp_path: Path, demonstration: Path) -> None:
    git(demonstration, "archive", "--format=tar", "-o", str(tmp_path / "a.tar"), "main")
    plain = tmp_path / "plain"
    plain.mkdir()
    git(plain, "init", "-q")
    with tarfile.open(tmp_path / "a.tar") as archive:
        archive.extractall(plain, filter="data")
    ran = console.run(plain, "check", "--at", DAY, "--lang", "en")
    assert ran.code == 2
    assert "without a Git history" in ran.err


def test_base_and_at_do_not_go_together(demonstration: Path) -> None:
    assert console.run(demonstration, "check", "--base", "main~1", "--at", DAY).code == 2


EVE = "2026-03-15"  # QT2023002 is on a list that is decided and not carried out yet
DESTROYED = "QT2023002"
GONE = ("统计到本地工业技术服务公告 96 条", "中标价约 13 万元")


@pytest.mark.parametrize("level", ["internal", "core"])
def test_a_site_of_a_past_day_does_not_show_what_was_destroyed_since(
    demonstration: Path, tmp_path: Path, level: str
) -> None:
    commit = git(demonstration, "rev-list", "-1", f"--before={EVE}T23:59:59+08:00", "main").strip()
    lay = git(demonstration, "show", f"{commit}:records/documents/QT/2023/{DESTROYED}/{DESTROYED}.md")
    assert all(words in lay for words in GONE)
    build(demonstration, tmp_path / "site", at=EVE, today=EVE, audience=level)
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
            assert not any(words.encode() in content for words in GONE), path
    folder = tmp_path / f"site/records/QT/2023/{DESTROYED}"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "正文和附件已于 2026-03-18 按清单 XH20260001 销毁" in page
    data = json.loads((folder / f"{DESTROYED}.json").read_bytes())
    assert (data["state"], data["body"], len(data["acts"])) == ("published", None, 3)
    assert DESTROYED in (tmp_path / "site/reports/in-force.csv").read_text(encoding="utf-8")


def test_nor_do_a_terminal_and_a_print(demonstration: Path) -> None:
    then = ("--at", EVE, "--lang", "en")
    shown = console.run(demonstration, "show", DESTROYED, *then)
    assert "destroyed on 2026-03-18 by the list XH20260001" in shown.out
    data = console.run(demonstration, "show", DESTROYED, "--format", "json", *then)
    assert json.loads(data.out)["body"] is None
    facts = project.load(demonstration, at=EVE).facts
    kept = audience.emptied(facts).corpus.records[DESTROYED]
    assert (kept.body, kept.files) == (None, ())
    assert kept.content == facts.corpus.records[DESTROYED].content


def test_readers_who_may_not_see_the_list_learn_only_that_the_text_is_gone(demonstration: Path) -> None:
    facts = project.load(demonstration, at=EVE).facts
    assert facts.lost[DESTROYED].list == "XH20260001"
    narrowed = audience.narrow(facts, "public")
    assert narrowed.lost[DESTROYED] == Loss()
    notice = record.secret(narrowed, facts.corpus.records[DESTROYED], "en")
    assert notice is not None
    assert notice.text == "Text and files have been destroyed since; only this stub is left."


def test_before_its_destruction_the_list_says_what_it_said_then(demonstration: Path) -> None:
    facts = project.load(demonstration, at=EVE).facts
    assert facts.state(DESTROYED) == "published"
    assert DESTROYED not in facts.destroyed
    later = project.load(demonstration, at="2026-04-01").facts
    assert (later.state(DESTROYED), later.lost) == ("disposed", {})


# -- The same answered by the site ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def now(demonstration: Path) -> Facts:
    return project.load_for_site(demonstration, browsing.DAY).facts


@pytest.mark.parametrize(
    "day", ["2024-02-15", "2024-06-30", "2024-09-09", "2024-12-31", "2025-12-31", "2026-06-30"]
)
def test_periods_agree_with_what_the_registry_held_that_day(
    demonstration: Path, now: Facts, day: str
) -> None:
    then = project.load(demonstration, history=True, at=day).facts
    held = {(period.record.number, period.record.revision) for period in validity.on(now, day)}
    assert held == {(record.number, record.revision) for record in map(_record, documents.in_force(then))}
    assert held


def _record(period: Period) -> Record:
    return period.record


def test_each_period_ends_where_the_next_begins(now: Facts) -> None:
    revised = [each for each in validity.every(now).values() if len(each) > 1]
    assert revised
    for periods in revised:
        for before, after in pairwise(periods):
            assert before.end == after.start
            assert before.ended_by == "revision"
            assert before.record.revision < after.record.revision


CHAIN = (
    ("department", "YG0002", "2026-03-10"),
    ("technical", "YG0003", "2026-03-11"),
    ("quality", "YG0004", "2026-03-12"),
)
RETIREMENT = (
    ("request", "YG0002", "2026-05-04", "chain: retirement", "decision: done", "details: {reason: 已停用}"),
    ("leader", "YG0001", "2026-05-06", "chain: retirement"),
)


@pytest.mark.parametrize(
    ("effective", "start"),
    [("2026-04-01", "2026-04-01"), ("2026-01-05", "2026-03-12")],
    ids=["later", "before"],
)
def test_a_document_holds_from_its_last_approval_or_its_effective_day_until_it_is_retired(
    effective: str, start: str
) -> None:
    files: dict[str, str | bytes | None] = {
        "JS2026001": memory.document("JS2026001", "维护手册", f"effective: {effective}"),
        "JS2026001/JS2026001.md": "# 维护手册",
    }
    approved = memory.facts({**files, **memory.acts(files, "JS2026001", *CHAIN)})
    (period,) = validity.every(approved)["JS2026001"]
    assert (period.start, period.end) == (start, "")
    retired = memory.facts({**files, **memory.acts(files, "JS2026001", *CHAIN, *RETIREMENT)})
    (period,) = validity.every(retired)["JS2026001"]
    assert (period.start, period.end, period.ended_by) == (start, "2026-05-06", "retirement")
    assert period.holds("2026-05-05")
    assert not period.holds("2026-05-06")


def test_a_document_under_review_was_never_in_force() -> None:
    files: dict[str, str | bytes | None] = {"JS2026001": memory.document("JS2026001", "维护手册")}
    facts = memory.facts({**files, **memory.acts(files, "JS2026001", *CHAIN[:2])})
    assert "JS2026001" not in validity.every(facts)


def test_a_revision_that_comes_later_leaves_the_one_before_in_force(now: Facts) -> None:
    number = next(number for number, each in validity.every(now).items() if len(each) > 1)
    last = validity.every(now)[number][-1]
    eve = (date.fromisoformat(last.start) - timedelta(days=1)).isoformat()
    then = replace(now, today=eve, landed=now.landed)
    shown = {row[0].value: row for row in documents.master_list(then, "zh").rows}
    assert f"revisions/{last.record.revision - 1}/" in shown[number][0].link


def test_the_site_keeps_each_revision_and_each_year_end(built: Path) -> None:
    page = (built / "records/XM/2024/XM2024005/revisions/2/index.html").read_text(encoding="utf-8")
    assert 'data-state="superseded"' in page
    assert "../../../../../../records/XM/2024/XM2024005/" in page
    assert (built / "en/records/XM/2024/XM2024005/revisions/1/index.html").is_file()
    rows = json.loads((built / "reports/in-force/2024-12-31.json").read_bytes())
    assert "XM2024005" in json.dumps(rows)
    assert (built / "reports/in-force/2025-12-31/index.html").is_file()


def test_a_day_is_asked_for_above_the_table(page: Page, address: str) -> None:
    page.goto(f"{address}reports/validity/")
    total = page.locator("table.mu-register tbody tr:visible").count()
    page.get_by_label("有效日期").fill("2024-09-09")
    rows = page.locator("table.mu-register tbody tr:visible")
    assert 0 < rows.count() < total
    assert "on=2024-09-09" in page.url
    page.reload()
    assert page.get_by_label("有效日期").input_value() == "2024-09-09"
