"""Evidence: who signed a record, when and as what, and what the audit of the whole history says, ready to print.

What a signed record must show (21 CFR 11.50) stands in each line: printed name, date and time, meaning of the signature.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from muniment import i18n
from muniment.audit import Audit
from muniment.facts import Facts
from muniment.findings import Finding, Lang
from muniment.records import Record, folder_of
from muniment.tables import Table
from muniment.views import addresses, forge, values, words
from muniment.views import record as records
from muniment.views.record import RecordView, Signing
from muniment.views.values import Value

Verdict = Literal["sound", "faults", "none", "absent"]


@dataclass(frozen=True, slots=True)
class Said:
    """What the audit found, in words; `link` leads to the rule's page, `number` is the record that it is about."""

    code: str
    severity: str
    path: str
    message: str
    help: str
    link: str
    number: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit and its time: to the minute in the registry's zone, and in full."""

    commit: str
    link: str
    when: str
    moment: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The audit as a page tells it. `verdict`: every approval stands, there are faults, no verdict on this clone, or history
    was not read. `missing` says what the clone lacks, `withheld` how many faults these readers are not told.
    """

    verdict: Verdict
    root: Moment | None
    head: Moment | None
    steps: int
    missing: str
    withheld: int
    zone: str
    repository: str


@dataclass(frozen=True, slots=True)
class Round:
    """The acts on one revision that are about the same content, in the order in which they were done; `note` says what
    became of that content where it is not the record's own.
    """

    revision: int
    title: str
    note: str
    content: str
    acts: tuple[Signing, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The evidence page of one record."""

    url: str
    digest: str
    verdict: Verdict
    rounds: tuple[Round, ...]
    faults: tuple[Said, ...]
    has_unproven: bool
    author: Value | None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of evidence: how many acts stand at it, what it is, what it is worth."""

    name: str
    title: str
    count: int
    what: str
    worth: str


def standing(facts: Facts) -> Standing:
    """Where the audit of the whole history stands; made once for all pages."""
    audit = facts.audit
    repository = forge.repository(facts.policy)
    if audit is None:
        return Standing("absent", None, None, 0, "", 0, facts.policy.time_zone, repository)
    verdict: Verdict = "faults" if audit.withheld or _has_errors(audit) else "sound"
    return Standing(
        "none" if audit.missing else verdict,
        _moment(facts, audit, audit.root),
        _moment(facts, audit, audit.head),
        audit.steps,
        ", ".join(audit.missing),
        audit.withheld,
        facts.policy.time_zone,
        repository,
    )


def _has_errors(audit: Audit) -> bool:
    """Whether anything speaks against an approval: a name that Git would replace is reported, and not followed."""
    return any(fault.rule != "replace-ref" for fault in audit.faults)


def _moment(facts: Facts, audit: Audit, name: str) -> Moment | None:
    if not name:
        return None
    commit = audit.commits.get(name)
    when = records.moment(facts, commit.committer.when) if commit else records.NEVER
    return Moment(name, forge.commit(facts.policy, name), when.minute, when.whole)


def said(findings: Iterable[Finding], lang: Lang) -> Iterator[Said]:
    """What the audit found, in the reader's language."""
    for finding in findings:
        message, cure = finding.words(lang)
        number = finding.number or folder_of(finding.place.path).rpartition("/")[2]
        link = addresses.rule(finding.code)
        yield Said(finding.code, finding.severity, finding.place.path, message, cure, link, number)


def sheet(
    facts: Facts, record: Record, view: RecordView, at: Standing, faults: tuple[Said, ...], lang: Lang
) -> Sheet:
    """The evidence page of a record; `view` is its view in that language, `faults` are the record's own."""
    errors = any(fault.severity == "error" for fault in faults)
    verdict = at.verdict if at.verdict in ("none", "absent") else "faults" if errors else "sound"
    return Sheet(
        addresses.evidence(facts.policy, record.number),
        record.content,
        verdict,
        tuple(_rounds(record, view.signings, lang)),
        faults,
        any(act.level == "unproven" for act in view.signings),
        values.reference(facts, str(author), lang) if (author := record.data.get("author")) else None,
    )


def _rounds(record: Record, acts: Iterable[Signing], lang: Lang) -> Iterator[Round]:
    """Newest first."""
    _ = i18n.translator(lang)
    groups = [
        (revision, content, tuple(group))
        for (revision, content), group in groupby(acts, lambda act: (act.revision, act.content))
    ]
    for revision, content, group in reversed(groups):
        note = "" if content == record.content else _("text that was changed before it was approved")
        note = _("replaced") if revision < record.revision and _is_last(groups, revision, content) else note
        yield Round(revision, _("Revision {n}").format(n=revision), note, content, group)


def _is_last(groups: Sequence[tuple[int, str, tuple[Signing, ...]]], revision: int, content: str) -> bool:
    """Whether that was the revision's last content."""
    return [found for number, found, _ in groups if number == revision][-1] == content


def levels(facts: Facts, lang: Lang) -> tuple[Level, ...]:
    """From the strongest to what was taken as given."""
    counts = facts.audit.levels if facts.audit else {}
    return tuple(
        Level(name, words.evidence(name, lang), count, *words.evidence_means(name, lang))
        for name, count in counts.items()
    )


def data(facts: Facts, at: Standing, faults: Iterable[Said], gaps: Table) -> dict[str, Any]:
    """The audit as JSON. `faults` are in English."""
    audit = facts.audit
    return {
        "verdict": at.verdict,
        "root": at.root.commit if at.root else "",
        "head": at.head.commit if at.head else "",
        "time": at.head.moment if at.head else "",
        "steps": at.steps,
        "missing": list(audit.missing) if audit else [],
        "levels": dict(audit.levels) if audit else {},
        "faults": [
            {"code": each.code, "severity": each.severity, "path": each.path, "message": each.message}
            for each in faults
        ],
        "withheld": at.withheld,
        "gaps": [
            {cell.name: part.value for cell, part in zip(gaps.columns, row, strict=True)} for row in gaps.rows
        ],
        "acts": [
            {"path": path, "level": proof.level, "commit": proof.commit, "key": proof.key}
            for path, proof in sorted(facts.proofs.items())
        ],
    }
