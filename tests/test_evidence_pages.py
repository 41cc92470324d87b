"""What the site tells of the demonstration's real cases: who proved what, what each revision changed, what the audit says."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import memory
from muniment import audience, history, project, site, starting
from muniment.audit import Audit
from muniment.demo import replay
from muniment.facts import Facts, Revision
from muniment.findings import Fault, Place
from muniment.history import Commit, Signatory
from muniment.ledger import Ledger
from muniment.pages import DataFile, Page
from muniment.records import is_reading
from muniment.site import Options
from muniment.views import evidence, record, revisions
from test_site import HOSTILE, Tags, check_golden
from test_views import BODY, published, retired

THREE = "records/XM/2024/XM2024005/"
READING = ("rev-list", "diff-tree", "cat-file", "ls-tree", "log", "show")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "registry"
    replay.replay(folder, starting.demonstration())
    return folder


@pytest.fixture(scope="module")
def calls() -> list[str]:
    return []


@pytest.fixture(scope="module")
def facts(root: Path, calls: list[str]) -> Iterator[Facts]:
    """The demonstration as a build knows it; the git commands that this took are in `calls`."""
    run = history.Repository._run

    def counted(self: history.Repository, *arguments: str, **options: object) -> bytes:
        calls.append(arguments[0])
        return run(self, *arguments, **options)  # type: ignore[arg-type]  # handed on as they came

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history.Repository, "_run", counted)
        yield project.load_for_site(root, "2026-11-23").facts


@pytest.fixture(scope="module")
def made(facts: Facts) -> dict[str, Page | DataFile]:
    return {part.path: part for part in site.pages(facts)}


def body(made: dict[str, Page | DataFile], address: str) -> str:
    part = made[f"{address}index.html"]
    assert isinstance(part, Page)
    return part.body


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# -- The demonstration ----------------------------------------------------------------------------------------


def test_a_build_reads_history_in_few_git_processes_whatever_its_length(
    facts: Facts, calls: list[str]
) -> None:
    assert facts.revisions
    counts = Counter(calls)
    assert sum(counts[name] for name in READING) <= 8, counts
    assert len(calls) <= 16, calls


def test_each_act_is_shown_with_name_role_time_level_and_commit(
    facts: Facts, made: dict[str, Page | DataFile]
) -> None:
    html = body(made, f"en/{THREE}")
    for act in facts.corpus.records["XM2024005"].acts:
        proof = facts.proofs[act.path]
        assert proof.commit[:10] in html
        assert proof.level == "signed"
    chain = html[html.index('id="chain"') : html.index('id="revisions"')]
    assert chain.count("mu-evidence--signed") == 9
    assert "head of department" in chain
    assert re.search(
        r'<time class="mu-chain__when" datetime="2025-03-19 14:26:00\+08:00">2025-03-19 14:26<', chain
    )


def test_three_revisions_are_told_apart_on_one_page_and_on_a_page_for_any_two(
    made: dict[str, Page | DataFile],
) -> None:
    html = body(made, f"{THREE}revisions/")
    assert [f"r{old}-{new}" for old, new in re.findall(r'<h2 id="r(\d)-(\d)"', html)] == ["r2-3", "r1-2"]
    assert "和报警合并" in html
    for pair in ("1-2", "1-3", "2-3"):
        shown = body(made, f"{THREE}revisions/{pair}/")
        assert "<ins>" in shown
        assert json.loads(made[f"{THREE}revisions/{pair}/difference.json"].content)["body"]  # type: ignore[union-attr]  # a file of data, not a page
    listed = json.loads(made[f"{THREE}revisions/revisions.json"].content)  # type: ignore[union-attr]  # a file of data, not a page
    assert [each["revision"] for each in listed] == [3, 2, 1]
    assert [each["current"] for each in listed] == [True, False, False]
    assert all(re.fullmatch("[0-9a-f]{40}", each["commit"]) for each in listed)


def test_a_revision_is_what_main_held_down_to_its_digest(facts: Facts) -> None:
    acts = facts.corpus.records["XM2024005"].acts
    for each in facts.revisions["XM2024005"]:
        assert {act.content for act in acts if act.revision == each.number} == {each.record.content}


def test_records_with_one_revision_have_no_page_of_revisions(
    facts: Facts, made: dict[str, Page | DataFile]
) -> None:
    assert "XM2024006" not in facts.revisions
    assert "records/XM/2024/XM2024006/revisions/index.html" not in made


def test_a_rejection_stays_visible_with_its_reason_and_what_came_after_it(
    made: dict[str, Page | DataFile],
) -> None:
    shown = words(body(made, "en/records/XM/2024/XM2024006/evidence/"))
    assert shown.index("approved") < shown.index("text that was changed before it was approved")
    assert "rejected : 专业审核未通过" in shown or "rejected: 专业审核未通过" in shown
    assert "串口转换没有实测" in shown


def test_a_retirement_is_proven_and_names_what_to_use_instead(made: dict[str, Page | DataFile]) -> None:
    for address in ("records/JS/2024/JS2024002/", "records/JS/2024/JS2024002/evidence/"):
        html = body(made, f"en/{address}")
        alert = html[html.index('role="alert" data-state="retired"') :].partition("</div>")[0]
        assert "JS2025002" in alert
        assert "2025-05-28" in alert
    row = next(
        row
        for row in json.loads(made["reports/retired.json"].content)  # type: ignore[union-attr]  # a file of data, not a page
        if row["number"] == "JS2024002"
    )
    assert (row["successor"], row["by"], row["date"]) == (["JS2025002"], ["YG0002"], "2025-05-28")


def test_retired_documents_are_out_of_the_default_search_and_reachable(
    made: dict[str, Page | DataFile],
) -> None:
    page = made["records/JS/2024/JS2024002/index.html"]
    assert isinstance(page, Page)
    assert page.search is None
    assert "records/JS/2024/JS2024002/" in body(made, "reports/retired/")
    in_force = json.loads(made["reports/in-force.json"].content)  # type: ignore[union-attr]  # a file of data, not a page
    assert "JS2024002" not in {row["number"] for row in in_force}
    void = made["records/XM/2025/XM2025003/index.html"]
    assert isinstance(void, Page)
    assert void.search, "whoever looks for a void number must find out that it is void"


def test_an_import_says_when_it_was_decided_when_recorded_and_where_the_proof_lies(
    made: dict[str, Page | DataFile],
) -> None:
    html = body(made, "records/XM/2023/XM2023001/evidence/")
    assert html.count("mu-evidence--imported") == 3
    assert "一期纸质会签单" in html
    assert re.search(r'datetime="2023-11-27">2023-11-27</time><br>.*记录于 <time datetime="2024-', html)


def test_a_void_number_has_its_evidence(made: dict[str, Page | DataFile]) -> None:
    html = body(made, "records/XM/2025/XM2025003/evidence/")
    assert 'data-state="void"' in html
    assert "原因成立" in html


def test_approvals_and_readings_made_on_the_forge_are_marked_as_such(
    facts: Facts, made: dict[str, Page | DataFile]
) -> None:
    paths = [path for path, proof in facts.proofs.items() if proof.level == "forge"]
    assert paths
    for path in paths:
        number = path.split("/acts/")[0].rpartition("/")[2]
        page = f"/{number}/" if is_reading(path) else f"/{number}/evidence/"
        address = next(
            part.url for part in made.values() if isinstance(part, Page) and part.url.endswith(page)
        )
        html = body(made, address)
        assert "mu-evidence--forge" in html
        assert facts.proofs[path].commit[:10] in html


def test_the_audit_names_its_span_its_levels_and_what_it_does_not_prove(
    facts: Facts, made: dict[str, Page | DataFile]
) -> None:
    assert facts.audit is not None
    html = body(made, "en/audit/")
    assert 'data-verdict="sound"' in html
    for said in (facts.audit.root, facts.audit.head, f"--seal {facts.audit.head}", "Time.", "XM2026021"):
        assert said in html
    data = json.loads(made["audit.json"].content)  # type: ignore[union-attr]  # a file of data, not a page
    assert (data["verdict"], data["root"], data["head"]) == ("sound", facts.audit.root, facts.audit.head)
    internal = {record.folder for record in facts.corpus if facts.level(record) in ("public", "internal")}
    shown = [path for path in facts.proofs if path.partition("/acts/")[0] in internal]
    assert sum(data["levels"].values()) == len(data["acts"]) == len(shown) < len(facts.proofs)
    assert [gap["missing"] for gap in data["gaps"] if gap["series"] == "XM"] == [["XM2026021"]]


def test_numbers_on_branches_are_in_preparation(made: dict[str, Page | DataFile]) -> None:
    rows = json.loads(made["reports/preparation.json"].content)  # type: ignore[union-attr]  # a file of data, not a page
    assert {row["number"]: row["branch"] for row in rows}["XM2026021"] == ["xm2026021"]


def test_the_commands_on_the_evidence_page_compute_the_digest_that_it_shows(
    root: Path, facts: Facts, made: dict[str, Page | DataFile]
) -> None:
    html = body(made, f"{THREE}evidence/")
    block = html[html.index("<pre") : html.index("</pre>")]
    script = re.sub("<[^>]*>", "", block).replace("&#39;", "'").replace("&#34;", '"').replace("&gt;", ">")
    script = script[script.index("cd records") :]
    done = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert f"sha256:{done.stdout.split()[0]}" == facts.corpus.records["XM2024005"].content


# -- Audiences ------------------------------------------------------------------------------------------------


def commit(n: int, message: str = "发布") -> Commit:
    who = Signatory("某人", "a@example.org", 1_770_000_000 + n * 86_400, "+0800")
    return Commit(hashlib.sha1(bytes([n]), usedforsecurity=False).hexdigest(), "", (), who, who, message, b"")


def revised(then: dict[str, str | bytes | None], now: dict[str, str | bytes | None], number: str) -> Facts:
    """Facts of `now`, in which main has seen the record as `then` before."""
    old, new = memory.facts(then).corpus.records[number], memory.facts(now)
    seen = (
        Revision(1, replace(old, acts=()), commit(1, f"发布 {number}")),
        Revision(2, new.corpus.records[number], commit(2, f"发布 {number} 第 2 版")),
    )
    return replace(new, revisions={number: seen})


SECOND = "revision: 2"


def test_a_revision_that_was_above_the_level_is_left_out_with_its_differences() -> None:
    then = {
        "JS2026001": memory.document(
            "JS2026001", "绝密旧题", "confidentiality: {level: core, custodian: YG0004}"
        ),
        "JS2026001/JS2026001.md": "# 目的\n\n旧的机要内容。\n",
    }
    facts = revised(then, published(SECOND), "JS2026001")
    everything = "".join(str(part) for part in site.pages(facts, Options("core")))
    assert "机要内容" in everything
    assert "revisions/1-2/" in everything
    narrowed = "".join(str(part) for part in site.pages(facts, Options("internal")))
    assert "机要内容" not in narrowed
    assert "绝密旧题" not in narrowed
    assert "revisions/1-2/" not in narrowed


def test_earlier_revisions_do_not_name_what_is_above_the_level() -> None:
    secret = {
        "XM2026001": memory.document("XM2026001", "密", "confidentiality: {level: core, custodian: YG0004}")
    }
    then = {**secret, **published("references: [XM2026001]")}
    then["JS2026001/JS2026001.md"] = "# 目的\n\n依据 XM2026001 编写。\n"
    facts = revised(then, {**secret, **published(SECOND)}, "JS2026001")
    kept = audience.narrow(facts, "internal")
    assert [each.number for each in kept.revisions["JS2026001"]] == [1, 2]
    shown = "".join(str(part) for part in site.pages(facts, Options("internal")) if "rules/" not in part.path)
    assert "revisions/1-2/" in shown
    assert "XM2026001" not in shown


def test_a_record_above_the_level_keeps_none_of_its_revisions() -> None:
    now = {
        "JS2026001": memory.document(
            "JS2026001", "密", SECOND, "confidentiality: {level: core, custodian: YG0004}"
        )
    }
    facts = revised(published(), now, "JS2026001")
    assert audience.narrow(facts, "internal").revisions == {}


def test_branches_are_not_named_to_the_public() -> None:
    facts = replace(memory.facts({}), ledger=Ledger(elsewhere={"JS2026009": ("并购项目",)}))
    public = "".join(str(part) for part in site.pages(facts, Options("public")))
    assert "并购项目" not in public
    assert "并购项目" in "".join(str(part) for part in site.pages(facts, Options("core")))


def test_below_the_highest_level_a_branch_is_named_only_if_its_name_says_no_more_than_the_number() -> None:
    held = {"JS2026009": ("并购项目", "act/js2026009", "并购/js2026009")}
    kept = audience.narrow(replace(memory.facts({}), ledger=Ledger(elsewhere=held)), "internal").ledger
    assert kept is not None
    assert kept.elsewhere == {"JS2026009": (audience.MASK, "act/js2026009")}


# -- Differences ----------------------------------------------------------------------------------------------


def compared(then: dict[str, str | bytes | None], now: dict[str, str | bytes | None]) -> revisions.Comparison:
    facts = revised(then, now, "JS2026001")
    found = facts.corpus.records["JS2026001"]
    shown = record.view(facts, found, "en").revisions
    return revisions.comparisons(facts, found, shown, "en")[1, 2]


def test_fields_are_told_by_their_names_nested_ones_by_their_path() -> None:
    then = published("confidentiality: {level: internal, scope: [technical]}", "references: [JS2026009]")
    now = published(
        SECOND,
        "title: 服务器与存储巡检操作手册",
        "confidentiality: {level: confidential, scope: [technical], custodian: YG0004}",
        "references: [JS2026009, YG0001]",
        "notes: 已按 2026 年的新机房改写全部步骤。",
    )
    changes = {change.name: change for change in compared(then, now).fields}
    assert "revision" not in changes
    assert (changes["title"].label, changes["title"].kind) == ("Title", "changed")
    level = changes["confidentiality.level"]
    assert level.old is not None
    assert level.new is not None
    assert level.label.endswith(" › level")
    assert changes["confidentiality.custodian"].kind == "added"
    assert [(mark.kind, mark.value.text) for mark in changes["references"].marks] == [("added", "王建国")]
    assert changes["references"].kept == 1
    assert changes["notes"].old is None


def test_attachments_are_told_by_name_and_digest() -> None:
    then = {**published(), "JS2026001/files/甲.txt": b"1", "JS2026001/files/乙.txt": b"1"}
    now = {**published(SECOND), "JS2026001/files/甲.txt": b"2", "JS2026001/files/丙.txt": b"3"}
    files = {each.name: each for each in compared(then, now).files}
    assert {name: each.kind for name, each in files.items()} == {
        "甲.txt": "changed",
        "乙.txt": "removed",
        "丙.txt": "added",
    }
    assert files["甲.txt"].old == hashlib.sha256(b"1").hexdigest()
    assert files["乙.txt"].path == ""


def test_what_people_wrote_in_an_earlier_revision_never_becomes_markup() -> None:
    then = {
        **published(f"title: {json.dumps(HOSTILE)}", f"notes: {json.dumps(HOSTILE * 2)}"),
        "JS2026001/JS2026001.md": f"# {HOSTILE}\n\n{HOSTILE}\n",
        "JS2026001/files/<img src=x onerror=alert(3)>.txt": b"x",
    }
    now = {**published(SECOND, f"notes: {json.dumps('x' + HOSTILE * 2)}")}
    for part in site.pages(revised(then, now, "JS2026001")):
        if isinstance(part, Page) and "revisions/" in part.path:
            tags = Tags(part.body)
            assert (tags.problems, tags.open) == ([], []), part.path
            assert not [tag for tag, given in tags.tags if tag == "script" or "onerror" in given], part.path
            # A text may show pictures; facts, names of files and differences may not.
            written_here = part.path.endswith("revisions/1/index.html")
            assert sum(tag == "img" for tag, _ in tags.tags) == written_here, part.path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_a_difference_is_as_it_was_agreed(lang: str) -> None:
    then = {**published("confidentiality: {level: internal, scope: [technical]}", "references: [JS2026009]")}
    now = {
        **published(SECOND, "title: 服务器与存储巡检操作手册", "references: [JS2026009, YG0001]"),
        "JS2026001/JS2026001.md": BODY.replace("全部。", "全部机房，含异地机房。"),
        "JS2026001/files/甲.txt": b"2",
    }
    made = site.pages(revised(then, now, "JS2026001"))
    url = "records/JS/2026/JS2026001/revisions/"
    page = next(part for part in made if isinstance(part, Page) and (part.url, part.lang) == (url, lang))
    check_golden("revisions", lang, page.body)


def test_only_neighbours_and_the_newest_are_compared_where_there_are_many() -> None:
    assert len(revisions.pairs(range(1, 5))) == 6
    many = revisions.pairs(range(1, 41))
    assert (1, 40) in many
    assert (20, 21) in many
    assert (1, 3) not in many
    assert len(many) < 80


def test_a_revision_that_has_not_landed_says_so() -> None:
    facts = revised(published(), published(SECOND), "JS2026001")
    seen = facts.revisions["JS2026001"][:1]
    facts = replace(facts, revisions={"JS2026001": seen})
    shown = record.view(facts, facts.corpus.records["JS2026001"], "en").revisions
    assert [(each.number, bool(each.commit)) for each in shown] == [(2, False), (1, True)]


# -- What the audit finds -------------------------------------------------------------------------------------


def audited(*faults: Fault, missing: tuple[str, ...] = (), withheld: int = 0) -> Facts:
    facts = memory.facts(retired())
    head = commit(9)
    verdict = Audit(head.id, head.id, 3, {}, faults, missing, {head.id: head}, withheld)
    return replace(facts, audit=verdict)


ACT = "records/documents/JS/2026/JS2026001/acts/1-2-technical.yaml"
CHANGED = Fault("act-changed", Place(ACT), {"act": "1-2-technical.yaml", "commit": "abcd1234"}, "JS2026001")


def test_a_fault_stands_on_the_audit_the_evidence_and_beside_the_act() -> None:
    made = {part.path: part for part in site.pages(audited(CHANGED))}
    for address in ("audit/", "records/JS/2026/JS2026001/evidence/"):
        html = body(made, address)
        assert 'data-verdict="faults"' in html
        assert ACT in html
        assert "/rules/APR" in html or "rules/APR" in html
    html = body(made, "records/JS/2026/JS2026001/")
    assert html.count("审核有异议") == 1
    assert 'data-verdict="sound"' not in html
    assert json.loads(made["audit.json"].content)["faults"][0]["path"] == ACT  # type: ignore[union-attr]  # a file of data, not a page


def test_acts_that_history_does_not_hold_are_not_shown_as_proven() -> None:
    made = {part.path: part for part in site.pages(audited())}
    html = body(made, "en/records/JS/2026/JS2026001/evidence/")
    assert html.count("not in the history<") == 5
    assert "not committed when this page was built" in html


def test_faults_that_readers_are_not_told_are_counted_and_the_verdict_is_not_sound() -> None:
    facts = audited(withheld=2)
    assert evidence.standing(facts).verdict == "faults"
    assert "2 findings name records above" in body(
        {part.path: part for part in site.pages(facts)}, "en/audit/"
    )


def test_a_fault_of_a_record_above_the_level_is_withheld() -> None:
    core = Fault("act-changed", Place(ACT.replace("JS2026001", "JS2026007")), CHANGED.params, "JS2026007")
    facts = audited(CHANGED, core)
    secret = memory.facts(
        {
            **retired(),
            "JS2026007": memory.document(
                "JS2026007", "密", "confidentiality: {level: core, custodian: YG0004}"
            ),
        }
    )
    narrowed = audience.narrow(replace(secret, audit=facts.audit), "internal").audit
    assert narrowed is not None
    assert (narrowed.faults, narrowed.withheld) == ((CHANGED,), 1)


def test_without_a_whole_clone_there_is_no_verdict() -> None:
    facts = audited(missing=("shallow",))
    html = body({part.path: part for part in site.pages(facts)}, "en/audit/")
    assert 'data-verdict="none"' in html
    assert "shallow" in html
