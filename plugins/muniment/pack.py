"""Evidence packs: records, acts, verdict and registers in one archive that stands by itself (B11, B2)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from muniment import audience, i18n, render, report, reports, resources, site, tables
from muniment.facts import Facts
from muniment.findings import Finding, Lang, Text
from muniment.tables import Table
from muniment.views import addresses, evidence, registers, words

BUNDLE = "history.bundle"
VERIFIER = "verify.py"
# Formats that will be read in thirty years without the program that wrote them.
_LASTING = (
    ".yaml",
    ".md",
    ".txt",
    ".csv",
    ".json",
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".svg",
    ".tif",
    ".tiff",
    ".xml",
    ".html",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the report: what is asked, what was found, the file that shows it; `is_met` is None where nobody can say."""

    name: str
    asked: str
    found: str
    files: tuple[str, ...] = ()
    is_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A property of the four-property test, or a clause of ISO 9001."""

    name: str
    title: str
    text: str
    points: tuple[Point, ...]


def contents(
    facts: Facts, findings: Sequence[Finding], level: str, bundle: bytes | None
) -> Iterator[tuple[str, bytes]]:
    """The files of a pack by path, for readers of `level`; with `bundle` it holds the whole history.

    `facts` know the past and the verdict on it. The same facts give the same bytes. Raises `ValueError` for an unknown level.
    """
    findings = audience.tellable(facts, findings, level)
    facts = audience.narrow(facts, level)
    files = dict(_files(facts, findings, bundle))
    files |= {
        f"{'' if lang == 'zh' else 'en/'}index.html": _index(facts, findings, level, files, lang)
        for lang in i18n.LANGS
    }
    listed = [
        {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for path, content in sorted(files.items())
    ]
    yield from sorted(files.items())
    yield VERIFIER, resources.path("verifier.py").read_bytes()
    manifest = {**_about(facts, level), "bundle": BUNDLE if bundle else "", "files": listed}
    yield "manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    yield "SHA256SUMS", "".join(f"{entry['sha256']}  {entry['path']}\n" for entry in listed).encode()


def archive(files: Iterable[tuple[str, bytes]], when: datetime) -> bytes:
    """The files as a zip of which every entry bears the same time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in files:
            entry = zipfile.ZipInfo(path, when.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if path == BUNDLE else zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if path == VERIFIER else 0o644) << 16
            made.writestr(entry, content)
    return out.getvalue()


def moment(facts: Facts) -> datetime:
    """When the commit that the pack shows was made; the day of the facts where there is none."""
    if facts.commit is None:
        return datetime.fromisoformat(facts.today)
    return datetime.fromtimestamp(facts.commit.committer.when, facts.policy.zone)


def _about(facts: Facts, level: str) -> dict[str, Any]:
    head = facts.audit
    return {
        "version": 1,
        "company": {lang: facts.policy.company.render(lang) for lang in i18n.LANGS},
        "commit": facts.commit.id if facts.commit else "",
        "root": head.root if head else "",
        "time": moment(facts).isoformat(),
        "as_of": facts.today,
        "level": level,
        "records": len(facts.corpus),
    }


def _files(facts: Facts, findings: Sequence[Finding], bundle: bytes | None) -> Iterator[tuple[str, bytes]]:
    yield from audience.files(facts)
    if bundle is not None:
        yield BUNDLE, bundle
    yield "audit.json", site.audit_json(facts, evidence.standing(facts))
    totals = report.summary(findings, len(facts.corpus))
    yield (
        "findings.json",
        (report.dump(report.as_data(findings, "en", facts.corpus.documents, totals)) + "\n").encode(),
    )
    for path, table in _tables(facts, "zh"):
        yield f"{path}.csv", tables.to_csv(table)
        yield f"{path}.json", tables.rows_json(table)
    for path, table in _tables(facts, "en"):
        yield f"en/{path}.csv", tables.to_csv(table)


def _tables(facts: Facts, lang: Lang) -> Iterator[tuple[str, Table]]:
    for kind in facts.types.values():
        yield f"registers/{addresses.slug(kind.name)}", registers.of_type(facts, kind, lang)
    for each in reports.catalogue().values():
        yield f"reports/{each.name}", each.table(facts, lang)


# -- The report ---------------------------------------------------------------------------------------------------------


def _index(
    facts: Facts, findings: Sequence[Finding], level: str, files: Mapping[str, bytes], lang: Lang
) -> bytes:
    _ = i18n.translator(lang)
    level_title = words.LEVELS.get(level)
    html = render.page(
        "pack.html",
        lang,
        "",
        about=_about(facts, level),
        company=facts.policy.company.render(lang),
        level=level_title.render(lang) if level_title else level,
        at=evidence.standing(facts),
        sections=(*_four(facts, findings, lang), _iso(facts, findings, lang)),
        tables=[(title, path) for title, path in _listed(files, lang)],
        gaps=site.gaps(facts, lang),
        faults=site.objections(facts, lang),
        has_history=BUNDLE in files,
        up="" if lang == "zh" else "../",
        own="" if lang == "zh" else "en/",
    )
    return html.encode()


def _listed(files: Mapping[str, bytes], lang: Lang) -> Iterator[tuple[str, str]]:
    for each in reports.catalogue().values():
        if f"reports/{each.name}.csv" in files:
            yield each.title.render(lang), f"reports/{each.name}.csv"


def _four(facts: Facts, findings: Sequence[Finding], lang: Lang) -> Iterator[Section]:
    """The four properties that an electronic record is tested for (DA/T 70): authentic, complete, usable, safe."""
    yield Section(
        "authentic", _AUTHENTIC.render(lang), _AUTHENTIC_TEXT.render(lang), tuple(_authentic(facts, lang))
    )
    yield Section(
        "complete",
        _COMPLETE.render(lang),
        _COMPLETE_TEXT.render(lang),
        tuple(_complete(facts, findings, lang)),
    )
    yield Section("usable", _USABLE.render(lang), _USABLE_TEXT.render(lang), tuple(_usable(facts, lang)))
    yield Section("safe", _SAFE.render(lang), _SAFE_TEXT.render(lang), tuple(_safe(facts, lang)))


def _authentic(facts: Facts, lang: Lang) -> Iterator[Point]:
    _ = i18n.translator(lang)
    at = evidence.standing(facts)
    levels = {each.title: each.count for each in evidence.levels(facts, lang) if each.count}
    spread = _("; ").join(f"{title} {count}" for title, count in levels.items())
    yield Point(
        _("Approvals"),
        _("Every approval was made by the person it names, in the set order, on exactly this content"),
        _("{acts} acts judged over {steps} steps; objections: {faults}").format(
            acts=len(facts.proofs), steps=at.steps, faults=len(site.objections(facts, lang)) + at.withheld
        ),
        ("audit.json",),
        {"sound": True, "faults": False}.get(at.verdict),
    )
    yield Point(
        _("Levels of evidence"),
        _("How each act is proven is stated with it"),
        spread,
        ("audit.json",),
        bool(levels),
    )
    yield Point(
        _("Origin"),
        _("History goes back to one first commit, and its end can be compared with a seal kept elsewhere"),
        _("from {root} to {head}").format(
            root=at.root.commit[:12] if at.root else "—", head=at.head.commit[:12] if at.head else "—"
        ),
        ("manifest.json",),
        at.root is not None,
    )


def _complete(facts: Facts, findings: Sequence[Finding], lang: Lang) -> Iterator[Point]:
    _ = i18n.translator(lang)
    gaps = site.gaps(facts, lang)
    errors = Counter(finding.code[:3] for finding in findings if finding.severity == "error")
    told = _("; ").join(f"{letters} {count}" for letters, count in sorted(errors.items())) or _("none")
    numbered = sum(errors.get(letters, 0) for letters in ("NUM", "REF"))
    yield Point(
        _("Running numbers"),
        _("No number is missing without its reason"),
        _("{n} series and years with open gaps").format(n=len(gaps)),
        ("reports/gaps.csv",),
        not gaps.rows and not numbered,
    )
    yield Point(
        _("Facts of each record"),
        _("Every record has the facts that its type demands"),
        _("{n} records checked; errors by family: {told}").format(n=len(facts.corpus), told=told),
        ("findings.json",),
        not errors,
    )
    attached = sum(len(record.attachments) for record in facts.corpus)
    yield Point(
        _("Attachments"),
        _("Every file that a record names is there, with the digest that it states"),
        _("{n} files compared").format(n=attached),
        ("SHA256SUMS",),
        not errors.get("DOC"),
    )


def _usable(facts: Facts, lang: Lang) -> Iterator[Point]:
    _ = i18n.translator(lang)
    endings = Counter(
        PurePosixPath(path).suffix.lower() or path
        for path in facts.corpus.tree.modes
        if path.startswith("records/")
    )
    others = sorted(ending for ending in endings if ending not in (*_LASTING, ".age"))
    yield Point(
        _("Formats"),
        _("Files can be read without the program that wrote them"),
        _("; ").join(f"{ending} {count}" for ending, count in endings.most_common(12)),
        (),
        not others,
    )
    sealed = endings.get(".age", 0)
    yield Point(
        _("Encrypted files"),
        _("What is encrypted can be opened by its readers and by the escrow key"),
        _("{n} encrypted files; their keys are not in this pack").format(n=sealed),
        (),
        None if sealed else True,
    )
    yield Point(
        _("Verification"),
        _("The pack can be checked offline with common tools"),
        _("`python3 verify.py` needs Python and git; `sha256sum -c SHA256SUMS` compares the files alone"),
        (VERIFIER, "SHA256SUMS"),
        True,
    )


def _safe(facts: Facts, lang: Lang) -> Iterator[Point]:
    _ = i18n.translator(lang)
    levels = Counter(facts.level(record) for record in facts.corpus)
    shown = _("; ").join(
        f"{words.LEVELS[level].render(lang)} {levels[level]}" for level in words.LEVELS if levels.get(level)
    )
    yield Point(_("Levels"), _("Every record bears a level of confidentiality"), shown, (), True)
    backups = list(facts.corpus.of("backup"))
    verified = max((str(each.data.get("date")) for each in backups if each.data.get("verified")), default="")
    yield Point(
        _("Backups"),
        _("Copies are made regularly and tried"),
        _("{n} backups recorded; the last verified one is of {date}").format(
            n=len(backups), date=verified or "—"
        ),
        ("reports/backup-evidence.csv",),
        bool(verified),
    )
    held = [record for record in facts.corpus if record.data.get("hold")]
    yield Point(
        _("Holds"),
        _("What is under a hold is kept"),
        _("{n} records under a hold").format(n=len(held)),
        ("reports/hold-scope.csv", "reports/retention.csv"),
        not any(record.number in facts.destroyed for record in held),
    )


def _iso(facts: Facts, findings: Sequence[Finding], lang: Lang) -> Section:
    """ISO 9001:2015, 7.5 Documented information, clause by clause."""
    _ = i18n.translator(lang)
    documents = [record for record in facts.corpus if record.type.group == "documents"]
    states = Counter(facts.state(record.number) for record in documents)
    errors = {finding.code[:3] for finding in findings if finding.severity == "error"}
    verdict = {"sound": True, "faults": False}.get(evidence.standing(facts).verdict)
    outside = sum(1 for record in documents if record.data.get("external"))

    def count(*names: str) -> int:
        return sum(states.get(name, 0) for name in names)

    points = (
        Point(
            "7.5.2",
            _("Identification, description, format"),
            _("{n} documents, each with number, title, date, author and revision").format(n=len(documents)),
            ("registers/document.csv",),
            "SCH" not in errors,
        ),
        Point(
            "7.5.2 c",
            _("Review and approval"),
            _("{n} published through their whole chain, {m} in review").format(
                n=count("published", "signed", "confirmed"), m=count("in_review", "draft")
            ),
            ("audit.json", "reports/waiting.csv"),
            verdict,
        ),
        Point(
            "7.5.3.1",
            _("Available where needed, protected"),
            _("the master list of documents in force; levels and audiences"),
            ("reports/in-force.csv", "reports/access.csv"),
            None,
        ),
        Point(
            "7.5.3.2 a",
            _("Distribution, access, retrieval, use"),
            _("distribution lists and receipts of reading"),
            ("reports/distribution.csv", "reports/reading.csv"),
            None,
        ),
        Point(
            "7.5.3.2 b",
            _("Storage and preservation"),
            _("paper places, backups, formats"),
            ("reports/shelf-list.csv", "reports/backup-evidence.csv"),
            None,
        ),
        Point(
            "7.5.3.2 c",
            _("Control of changes"),
            _("each revision with the days between which it held"),
            ("reports/validity.csv",),
            verdict and "LIF" not in errors,
        ),
        Point(
            "7.5.3.2 d",
            _("Retention and disposition"),
            _("schedules, holds, lists of disposal; {n} retired").format(n=count("retired", "disposed")),
            ("reports/retention.csv", "reports/retired.csv", "reports/destructions.csv"),
            None,
        ),
        Point(
            "7.5.3.2",
            _("Documents of external origin"),
            _("{n} documents of outside origin").format(n=outside),
            ("registers/document.csv",),
            None,
        ),
    )
    return Section("iso", "ISO 9001:2015 7.5", _("Documented information, clause by clause."), points)


_AUTHENTIC = Text("Authenticity", "真实性")
_AUTHENTIC_TEXT = Text(
    "That each record is what it claims to be, and was decided by those it names.",
    "记录确系其所称，并由所记的人作出决定。",
)
_COMPLETE = Text("Completeness", "完整性")
_COMPLETE_TEXT = Text("That nothing is missing: numbers, facts, files.", "没有缺失：编号、内容、文件。")
_USABLE = Text("Usability", "可用性")
_USABLE_TEXT = Text(
    "That it can be read and checked by others, today and later.", "现在和将来，他人都能读取和核对。"
)
_SAFE = Text("Safety", "安全性")
_SAFE_TEXT = Text("That it is protected, kept and cannot be lost.", "受到保护，妥善保存，不致丢失。")
