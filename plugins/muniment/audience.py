"""Audiences: everything that is known, narrowed to what readers of one level may know.

Pages, registers and data are made from the narrowed facts alone, so nothing above the level can reach them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from muniment import lifecycle
from muniment.audit import Audit
from muniment.facts import Event, Facts, Revision
from muniment.findings import Fault
from muniment.history import Commit
from muniment.ledger import Ledger
from muniment.policy import Policy
from muniment.records import Act, Corpus, Record, Tree
from muniment.source import Document

LEVELS = ("public", "internal", "confidential", "core")
DEFAULT = "internal"
# Stands where a reader would otherwise meet the number of a record above the level.
MASK = "■■■■"
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2,}(?![A-Za-z0-9])")


def levels(policy: Policy) -> tuple[str, ...]:
    """From the widest audience to the narrowest, as the policy orders them."""
    own = policy.value("confidentiality", "audiences", default=())
    return tuple(own) if set(own) >= set(LEVELS) else LEVELS


def is_within(policy: Policy, level: str, audience: str) -> bool:
    """Whether readers of `audience` may know a record of `level`; a level that nobody knows is above all."""
    order = levels(policy)
    return level in order and order.index(level) <= order.index(audience)


def withholds(facts: Facts, *types: str) -> tuple[str, ...]:
    """Which of these types are as a rule above the readers whom the facts were narrowed to: they must not be counted, since
    nought would be taken for the truth.
    """
    if not facts.audience:
        return ()
    return tuple(
        name
        for name in types
        if name in facts.types
        and not is_within(facts.policy, facts.usual_level(facts.types[name]), facts.audience)
    )


def narrow(facts: Facts, audience: str) -> Facts:
    """Facts of a corpus that never held anything above `audience`; numbers from above are masked where they are named.

    They stay taken: `Corpus.broken` holds them, so that they are not reported as gaps. Raises `ValueError` for an
    unknown audience.
    """
    if audience not in levels(facts.policy):
        raise ValueError(audience)
    facts = _emptied(facts)
    corpus = facts.corpus
    hidden = {
        record.number: record.folder
        for record in (*corpus, *corpus.twins)
        if not is_within(facts.policy, facts.level(record), audience)
    }
    ledger = _ledger(facts.ledger, audience, facts.policy) if facts.ledger else None
    revisions = _revisions(facts, audience, hidden)
    if not hidden:
        return replace(facts, ledger=ledger, revisions=revisions, audience=audience)
    hidden |= {number: path.rpartition("/")[0] for number, path in corpus.broken.items()}
    narrowed, folders = _corpus(corpus, hidden), frozenset(hidden.values())
    burnt = facts.destroyed
    return replace(
        facts,
        corpus=narrowed,
        given=facts.given & narrowed.documents.keys(),
        events={
            number: tuple(_event(event, hidden) for event in events)
            for number, events in facts.events.items()
            if number in narrowed.records
        },
        audit=_audit(facts.audit, narrowed, hidden) if facts.audit else None,
        ledger=ledger,
        revisions=revisions,
        audience=audience,
        burnt={number: mask(by, hidden) for number, by in burnt.items() if number not in hidden},
        landed={path: day for path, day in facts.landed.items() if not _is_under(path, folders)},
    )


def _emptied(facts: Facts) -> Facts:
    """Facts without the text, the files and the earlier revisions of what was destroyed: its page is a stub for everybody."""
    if not facts.destroyed:
        return facts
    records = {
        number: lifecycle.stub(record) if number in facts.destroyed else record
        for number, record in facts.corpus.records.items()
    }
    revisions = {number: each for number, each in facts.revisions.items() if number not in facts.destroyed}
    corpus = replace(facts.corpus, records=records)
    return replace(facts, corpus=corpus, revisions=revisions, burnt=facts.destroyed)


def _revisions(facts: Facts, audience: str, hidden: Mapping[str, str]) -> Mapping[str, tuple[Revision, ...]]:
    """Revisions that these readers may know: the record as it is now must be within their level, and as it was then."""
    kept = {
        number: tuple(
            replace(each, record=_record(each.record, hidden), landed=_commit(each.landed, hidden))
            for each in revisions
            if is_within(facts.policy, facts.level(each.record), audience)
        )
        for number, revisions in facts.revisions.items()
        if number not in hidden
    }
    return {number: revisions for number, revisions in kept.items() if revisions}


def _ledger(ledger: Ledger, audience: str, policy: Policy) -> Ledger:
    """Nobody knows the level of what lies on branches, and their names may tell; the public is not told these."""
    if audience != levels(policy)[0]:
        return ledger
    return replace(ledger, elsewhere=dict.fromkeys(ledger.elsewhere, (MASK,)))


def _audit(audit: Audit, narrowed: Corpus, hidden: Mapping[str, str]) -> Audit:
    """What stands behind the acts that are left, and the faults that name nothing from above."""
    kept = {act.path for record in narrowed for act in record.acts}
    proofs = {path: proof for path, proof in audit.proofs.items() if path in kept}
    faults = tuple(fault for fault in audit.faults if _may_tell(fault, hidden))
    ends = {
        name: _commit(audit.commits[name], hidden)
        for name in (audit.root, audit.head)
        if name in audit.commits
    }
    withheld = len(audit.faults) - len(faults)
    return replace(audit, proofs=proofs, faults=faults, commits=ends, withheld=withheld)


def _may_tell(fault: Fault, hidden: Mapping[str, str]) -> bool:
    said = [fault.place.path, str(fault.number), *(str(value) for value in fault.params.values())]
    said += [related.place.path for related in fault.related]
    return not any(number in hidden for text in said for number in _NUMBER.findall(text))


def _corpus(corpus: Corpus, hidden: Mapping[str, str]) -> Corpus:
    folders = frozenset(hidden.values())
    tree = Tree(
        {path: mode for path, mode in corpus.tree.modes.items() if not _is_under(path, folders)},
        corpus.tree.read,
        open=corpus.tree.open,
    )
    records = {
        number: _record(record, hidden) for number, record in corpus.records.items() if number not in hidden
    }
    return Corpus(
        records,
        tuple(_record(twin, hidden) for twin in corpus.twins if twin.number not in hidden),
        dict.fromkeys(hidden, ""),
        {path: document for path, document in corpus.documents.items() if not _is_under(path, folders)},
        (),
        tree,
    )


def _is_under(path: str, folders: frozenset[str]) -> bool:
    while path:
        path = path.rpartition("/")[0]
        if path in folders:
            return True
    return False


def _record(record: Record, hidden: Mapping[str, str]) -> Record:
    """The record itself, or a copy in which numbers from above are masked."""
    document = _document(record.document, hidden)
    acts = tuple(_act(act, hidden) for act in record.acts)
    body = record.body
    masked = mask(body, hidden) if body else body
    if document is record.document and acts == record.acts and masked == body:
        return record
    copy = replace(record, document=document, acts=acts)
    # What is kept of the original: the body as masked, and the digest over the files as they are.
    copy.__dict__["body"] = masked
    copy.__dict__["content"] = record.content
    return copy


def _document(document: Document, hidden: Mapping[str, str]) -> Document:
    if not any(number in hidden for number in _NUMBER.findall(document.words)):
        return document
    return replace(document, text=mask(document.text, hidden), data=_masked(document.data, hidden))


def _act(act: Act, hidden: Mapping[str, str]) -> Act:
    document = _document(act.document, hidden)
    return act if document is act.document else replace(act, document=document, by=mask(act.by, hidden))


def _event(event: Event, hidden: Mapping[str, str]) -> Event:
    commit = _commit(event.commit, hidden)
    return event if commit is event.commit else replace(event, commit=commit)


def _commit(commit: Commit, hidden: Mapping[str, str]) -> Commit:
    message = mask(commit.message, hidden)
    return commit if message == commit.message else replace(commit, message=message)


def mask(text: str, hidden: Mapping[str, str]) -> str:
    return _NUMBER.sub(lambda match: MASK if match[0] in hidden else match[0], text)


def _masked(value: Any, hidden: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return mask(value, hidden)
    if isinstance(value, list):
        return [_masked(each, hidden) for each in value]
    if isinstance(value, dict):
        return {mask(name, hidden): _masked(each, hidden) for name, each in value.items()}
    return value
