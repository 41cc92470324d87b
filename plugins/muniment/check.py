"""The check: every rule over everything that is known, and findings with their lines."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module

from muniment import approvals, lifecycle, records, rules
from muniment.approvals import Case
from muniment.facts import Facts
from muniment.findings import Fault, Finding, Lang, Place, Rule
from muniment.source import Document

# Families whose faults are all found by stages below the rules, so that there is no check to be read.
TOLD = frozenset(("APR", "GIT", "SCH", "YML"))
_FILE = re.compile(r"(?P<stem>(?P<code>[a-z]{3}[0-9]{3})_[a-z0-9_]+)\.py")


@dataclass(frozen=True)
class RuleModule:
    """One module of `rules/`: its declaration, its check (none where an earlier stage finds the fault), its page."""

    rule: Rule
    check: Callable[[Facts], Iterator[Finding]] | None
    page: str

    def words(self, lang: Lang) -> tuple[str, str]:
        """Title and Markdown text of the rule's page."""
        english, _, chinese = self.page.partition("\n---\n")
        title, _, text = (chinese if lang == "zh" else english).strip().partition("\n")
        return title.strip(), text.strip()


class _Catalogue(Mapping[str, RuleModule]):
    """All rules by code. What a rule is called, its module's name says; the module is read when it is asked for: there are
    hundreds, and to read them all takes longer than to check one pull request.
    """

    def __init__(self) -> None:
        files = (_FILE.fullmatch(name) for name in sorted(os.listdir(rules.__path__[0])))  # noqa: PTH208 - names only
        self._stems = {found["code"].upper(): found["stem"] for found in files if found}
        self._read: dict[str, RuleModule] = {}
        self.codes = {stem[7:].replace("_", "-"): code for code, stem in self._stems.items()}

    def __getitem__(self, code: str) -> RuleModule:
        if code not in self._read:
            module = import_module(f"{rules.__name__}.{self._stems[code]}")
            self._read[code] = RuleModule(module.RULE, getattr(module, "check", None), module.__doc__ or "")
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stems)

    def __len__(self) -> int:
        return len(self._stems)


@lru_cache(maxsize=1)
def catalogue() -> _Catalogue:
    """All rules by code, found by listing the folder."""
    return _Catalogue()


def checks() -> Iterator[Callable[[Facts], Iterator[Finding]]]:
    """Of every rule that looks for its fault itself, how it does."""
    for code in catalogue():
        judge = None if code[:3] in TOLD else catalogue()[code].check
        if judge is not None:
            yield judge


def in_words(faults: Iterable[Fault]) -> Iterator[Finding]:
    """The findings for faults that stages below the rules reported."""
    for fault in faults:
        yield catalogue()[catalogue().codes[fault.rule]].rule.of(fault)


def run(facts: Facts, faults: Iterable[Fault] = ()) -> list[Finding]:
    """All findings on the working tree with their lines, sorted by path, line, column and code.

    `faults` are those found outside the corpus (schema files, commits).
    """
    found = [*in_words((*facts.corpus.faults, *faults, *acts(facts)))]
    for judge in checks():
        found += judge(facts)
    return sort(locate(found, facts.corpus.documents))


def misleading(facts: Facts, findings: Iterable[Finding]) -> list[Finding]:
    """What is wrong with policies that could not be read. One of these brings hundreds of others along, so it is the one to mend
    first: without the policy no chain and no series is known.
    """
    unread = {path for path in facts.corpus.broken.values() if path.startswith(f"{records.ROOT}policy/")}
    return [each for each in findings if each.place.path in unread and each.severity == "error"]


_LEFT_BEHIND = ("act-of-other-content", "reading-of-other-content")


def of_pull(facts: Facts, faults: Iterable[Fault], changed: frozenset[str]) -> list[Finding]:
    """The findings that a pull request brings: in the record folders that it changes, and on its commits."""
    brought = {(fault.rule, fault.place.path) for fault in faults}
    # Content without a revision of its own leaves the acts of the last one behind: that is the same fault once more.
    unraised = {fault.number for fault in faults if fault.rule == "content-without-revision"}
    return [
        finding
        for finding in run(facts, faults)
        if (
            records.folder_of(finding.place.path) in changed
            or (catalogue()[finding.code].rule.name, finding.place.path) in brought
            or not finding.place.path.startswith(records.ROOT)
        )
        and not (finding.number in unraised and catalogue()[finding.code].rule.name in _LEFT_BEHIND)
    ]


def acts(facts: Facts) -> Iterator[Fault]:
    """What is wrong with the acts of every record, as far as files show.

    Only the date of an act counts here: that those of a pull request are not dated back is judged with its commits, and whoever
    has left by now has not taken back what was decided before.
    """
    register = replace(facts.register, day="")
    for record in facts.corpus:
        if record.act_paths:
            left = lifecycle.stub(record) if record.number in facts.destroyed else record
            yield from approvals.judge(Case(left, register, today=facts.today))


def locate(findings: Iterable[Finding], documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Findings whose symbolic places have been looked up in the documents that we still hold."""
    for finding in findings:
        document = documents.get(finding.place.path)
        if document is None or finding.place.line:
            yield finding
        else:
            place = finding.place
            line, column = document.place(place.pointer, place.on_key)
            place = replace(place, path=document.file_of(place.pointer), line=line, column=column)
            yield replace(finding, place=place)


def line_of(place: Place, documents: Mapping[str, Document]) -> int:
    """The line of a related place, 0 where the file is not at hand."""
    document = documents.get(place.path)
    return place.line or (document.place(place.pointer, place.on_key)[0] if document else 0)


def sort(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the contract, each finding once."""
    unique = {(f.place.path, f.place.line, f.place.column, f.code, f.words("en")): f for f in findings}
    return [unique[key] for key in sorted(unique)]
