"""Audiences: everything that is known, narrowed to what readers of one level may know.

Pages, registers and data are made from the narrowed facts alone, so nothing above the level can reach them. What a record
within the level says of one above it is covered: its number, its title, the names of its files, and in a public build the
names and addresses of persons. A sentence that a person wrote out again in other words cannot be known to be secret.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from muniment import age, lifecycle
from muniment.audit import Audit
from muniment.facts import Event, Facts, Loss, Revision
from muniment.findings import Fault, Finding
from muniment.history import Commit, Signatory
from muniment.ledger import Ledger
from muniment.needles import Needles, is_telling, squeeze
from muniment.policy import Policy
from muniment.records import Act, Corpus, Record
from muniment.schemas import RecordType
from muniment.source import Document

LEVELS = ("public", "internal", "confidential", "core")
DEFAULT = "internal"
# Stands where a reader would otherwise meet the number or the name of something above the level.
MASK = "■■■■"
# Before the name of a role, where a public build would otherwise name the person who acted in it.
ROLE = "role:"
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2,}(?![A-Za-z0-9])")
# Where plain text of a secret lies is for those who may know the secret.
_POINTERS = ("plain-text-on-main",)
_POINTING = ("SEC025",)
# What an act tells about persons outside the company, or in words of the time when the record stood higher.
_PERSONAL = ("client_signatory", "name", "position", "witnesses")
_OURS = ("act", "draft", "new", "origin")  # in the names of branches
_TELLING = ("comment", "meaning", "details", "evidence", "source")


def levels(policy: Policy) -> tuple[str, ...]:
    """From the widest audience to the narrowest, as the policy orders them."""
    own = policy.value("confidentiality", "audiences", default=())
    return tuple(own) if set(own) >= set(LEVELS) else LEVELS


def is_within(policy: Policy, level: str, audience: str) -> bool:
    """Whether readers of `audience` may know a record of `level`; a level that nobody knows is above all."""
    order = levels(policy)
    return level in order and order.index(level) <= order.index(audience)


def withholds(facts: Facts, *types: str) -> tuple[str, ...]:
    """Which of these types are as a rule above the readers whom the facts were narrowed to, or encrypted without a key at
    hand: they must not be counted, since nought would be taken for the truth.
    """
    return tuple(
        name
        for name in types
        if name in facts.types and (_is_above(facts, facts.types[name]) or is_closed(facts, name))
    )


def _is_above(facts: Facts, kind: RecordType) -> bool:
    """Whether records of a type are as a rule above the readers."""
    return bool(facts.audience) and not is_within(facts.policy, facts.usual_level(kind), facts.audience)


def is_closed(facts: Facts, name: str) -> bool:
    """Whether facts of a type are encrypted and cannot be read here."""
    return facts.corpus.is_closed(name)


def standing(facts: Facts, record: Record) -> str:
    """The level by which readers are admitted to a record. Of a past moment what is secret today is not told, though it may
    have been open then.
    """
    then, now = facts.level(record), facts.raised.get(record.number, "")
    return highest(facts.policy, (then, now)) if now else then


def highest(policy: Policy, found: Iterable[str]) -> str:
    """The narrowest of some levels, which a page or a list that shows them all carries; empty where there are none."""
    order = {level: place for place, level in enumerate(levels(policy))}
    return max(found, key=lambda level: order.get(level, len(order)), default="")


def is_nameless(policy: Policy, audience: str) -> bool:
    """Whether a build shows roles instead of persons: the widest one, unless policy lets it name them."""
    return audience == levels(policy)[0] and not policy.value(
        "confidentiality", "public_names", default=False
    )


def above(facts: Facts, audience: str) -> tuple[Record, ...]:
    """The records that readers of `audience` may not know. Raises `ValueError` for an unknown audience."""
    if audience not in levels(facts.policy):
        raise ValueError(audience)
    nameless = is_nameless(facts.policy, audience)
    return tuple(
        record
        for record in (*facts.corpus, *facts.corpus.twins)
        if not is_within(facts.policy, standing(facts, record), audience)
        or (nameless and record.type.name == "staff")
    )


def shows_numbers(policy: Policy) -> bool:
    """Whether a lower build gives the number of a record above it, without anything else."""
    return bool(policy.value("confidentiality", "stubs", default="none") == "number")


def narrow(facts: Facts, audience: str) -> Facts:
    """Facts of a corpus that never held anything above `audience`.

    Numbers from above stay taken: `Corpus.broken` holds them with an empty path, so that they are not reported as gaps.
    Raises `ValueError` for an unknown audience.
    """
    hidden = above(facts, audience)
    facts = emptied(facts)
    is_top = audience == levels(facts.policy)[-1]
    if is_top and not hidden:
        return replace(facts, audience=audience)
    burnt = facts.destroyed
    veil = _veil(facts, hidden, audience)
    corpus = _corpus(facts, veil)
    return replace(
        facts,
        corpus=corpus,
        given=facts.given & corpus.documents.keys(),
        events={
            number: tuple(_event(event, veil, veil.until.get(number, 0)) for event in events)
            for number, events in facts.events.items()
            if number in corpus.records
        },
        audit=_audit(facts.audit, corpus, veil) if facts.audit and not is_top else facts.audit,
        ledger=facts.ledger if is_top or facts.ledger is None else _ledger(facts.ledger, veil),
        revisions=_revisions(facts, audience, veil),
        commit=veil.commit(facts.commit) if facts.commit else None,
        judges=None,
        audience=audience,
        burnt={number: veil.text(by) for number, by in burnt.items() if number not in veil.numbers},
        lost={
            number: loss if loss.list and is_within(facts.policy, loss.level, audience) else Loss()
            for number, loss in facts.lost.items()
        },
        landed={path: day for path, day in facts.landed.items() if path in corpus.tree.modes},
    )


def emptied(facts: Facts) -> Facts:
    """Facts without the text, the files and the earlier revisions of what was destroyed, be it after the moment that they tell
    of: its page is a stub for everybody.
    """
    gone = facts.destroyed.keys() | facts.lost.keys()
    if not gone:
        return facts
    records = {
        number: lifecycle.stub(record)
        if number in facts.destroyed
        else lifecycle.without_text(record)
        if number in facts.lost
        else record
        for number, record in facts.corpus.records.items()
    }
    revisions = {number: each for number, each in facts.revisions.items() if number not in gone}
    corpus = replace(facts.corpus, records=records)
    return replace(facts, corpus=corpus, revisions=revisions, burnt=facts.destroyed)


def tellable(facts: Facts, findings: Iterable[Finding], audience: str) -> tuple[Finding, ...]:
    """The findings of a check that are neither about what lies above the level nor name it."""
    hidden = above(facts, audience)
    if not hidden and audience == levels(facts.policy)[-1]:
        return tuple(findings)
    # A file that cannot be read as a record has no level; whoever builds a draft has to be told of it.
    numbers = {record.number for record in hidden}
    veil = _veil(facts, hidden, audience)
    veil = replace(
        veil,
        folders=frozenset(record.folder for record in hidden),
        numbers={number: stand_in for number, stand_in in veil.numbers.items() if number in numbers},
    )
    return tuple(each for each in findings if each.code not in _POINTING and not _names_any(each, veil))


def _names_any(finding: Finding, veil: Veil) -> bool:
    places = (finding.place.path, *(each.place.path for each in finding.related))
    said = [*finding.words("zh"), *finding.words("en"), finding.number or "", *places]
    said += [each.note.render(lang, each.params) for each in finding.related for lang in ("zh", "en")]
    return any(_is_under(path, veil.folders) for path in places) or any(
        veil.text(text) != text for text in said
    )


def files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The files of the records as readers of narrowed facts may have them: as they are where these readers may know everything;
    else each text with what lies above the level covered, and without acts and evidence that tell of it.
    """
    tree = facts.corpus.tree
    if facts.audience == levels(facts.policy)[-1]:
        yield from ((path, tree.read(path)) for path in tree.modes if path.startswith("records/"))
        return
    for record in (*facts.corpus, *facts.corpus.twins):
        body = f"{record.folder}/{record.number}.md"
        yield record.path, record.document.text.encode()
        for path in record.files:
            yield path, (record.body or "").encode() if path == body else tree.read(path)
        for act in (*record.acts, *record.readings):
            if act.document.text:
                yield act.path, act.document.text.encode()
                folder = act.path.rpartition("/")[0]
                beside = [f"{folder}/{entry['file']}" for entry in act.data.get("evidence") or ()]
                yield from ((path, tree.read(path)) for path in beside if path in record.act_paths)


# -- The veil -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Veil:
    """What lies above the level, and how a text is rid of it.

    `numbers` maps each number from above to what stands in its place, `names` are titles, names and file names from above,
    `touched` the commits that changed anything above, whose words may tell of it. `levelled` are revisions from the time
    when a record that is shown now stood above the level, `until` when that ended. `emails` tells whose addresses they
    are; `roles` are set where persons are not named.
    """

    folders: frozenset[str]
    numbers: Mapping[str, str]
    names: Needles
    touched: frozenset[str] = frozenset()
    levelled: Mapping[str, frozenset[int]] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)
    emails: Mapping[str, str] = field(default_factory=dict)
    nameless: Facts | None = None

    def text(self, text: str) -> str:
        """The same object where there is nothing to cover."""
        bare = self.names.cover(text, MASK)
        if not self.numbers or not any(self._stand_in(number) != number for number in _NUMBER.findall(bare)):
            return bare
        return _NUMBER.sub(lambda match: self._stand_in(match[0]), bare)

    def _stand_in(self, number: str) -> str:
        return self.numbers.get(number.upper(), number)

    def value(self, value: Any) -> Any:
        """The same object where there is nothing to cover in it."""
        if isinstance(value, str):
            return self.text(value) if len(value) > 1 else value
        if isinstance(value, list):
            items = [self.value(each) for each in value]
            return value if all(new is old for new, old in zip(items, value, strict=True)) else items
        if isinstance(value, dict):
            pairs = {self.text(name): self.value(each) for name, each in value.items()}
            same = pairs.keys() == value.keys() and all(pairs[name] is value[name] for name in value)
            return value if same else pairs
        return value

    def commit(self, commit: Commit, *, is_early: bool = False) -> Commit:
        """`is_early` where the commit is of a time when its record stood above the level."""
        message = MASK if is_early or commit.id in self.touched else self.text(commit.message)
        author, committer = self._person(commit.author), self._person(commit.committer)
        if message is commit.message and author is commit.author and committer is commit.committer:
            return commit
        return replace(commit, message=message, author=author, committer=committer, raw=b"")

    def _person(self, who: Signatory) -> Signatory:
        """Persons above the level have no name; in a build without names nobody has, only a role."""
        number = self.emails.get(who.email.lower())
        if self.nameless is not None:
            return who._replace(name=self._role(number), email="")
        if number is None or number not in self.numbers:
            name = self.text(who.name)
            return who if name is who.name else who._replace(name=name)
        return who._replace(name=self.numbers[number], email="")

    def _role(self, number: str | None) -> str:
        held = self.nameless.roles.get(number or "", ()) if self.nameless else ()
        return ROLE + (held[0].role if held else "")

    def actor(self, act: Act) -> str:
        """Who acted: the person, or the role of the stage that the person held."""
        if self.nameless is None or act.by not in self.numbers:
            return self.text(act.by)
        stages = self.nameless.policy.chains.get(act.chain, ())
        asked = next((stage.roles for stage in stages if stage.name == act.stage), ())
        day = act.date[:10]
        held = {role.role for role in self.nameless.roles.get(act.by, ()) if role.is_held(day)}
        return ROLE + next((role for role in asked if role in held), asked[0] if asked else "")


def _veil(facts: Facts, hidden: tuple[Record, ...], audience: str) -> Veil:
    nameless = is_nameless(facts.policy, audience)
    by_number = shows_numbers(facts.policy)
    names_persons = audience == levels(facts.policy)[0] and not nameless
    numbers = dict.fromkeys(facts.corpus.broken, MASK)
    for record in hidden:
        stays = record.title if names_persons and record.type.name == "staff" else MASK
        numbers[record.number] = record.number if by_number and record.type.name != "staff" else stays
    veiled = tuple(record for record in hidden if not (names_persons and record.type.name == "staff"))
    levelled, until = _levelled(facts, audience)
    return Veil(
        folders=frozenset(record.folder for record in hidden)
        | {path.rpartition("/")[0] for path in facts.corpus.broken.values()},
        numbers=numbers,
        names=Needles(names(facts, veiled, outgrown(facts, audience))),
        touched=frozenset(
            event.commit.id for record in hidden for event in facts.events.get(record.number, ())
        ),
        levelled=levelled,
        until=until,
        emails={
            str(address).lower(): person.number
            for person in facts.corpus.of("staff")
            for address in person.data.get("emails") or ()
        },
        nameless=facts if nameless else None,
    )


def names(
    facts: Facts, hidden: tuple[Record, ...], earlier: Mapping[str, tuple[Record, ...]] = MappingProxyType({})
) -> Iterator[str]:
    """Titles, file names and addresses of these records, and of `earlier` revisions that stood above the level (see `outgrown`),
    save those that a record within the level bears as well.

    Words of the interface, such as the title of a type, are no secret either.
    """
    numbers = {record.number for record in hidden}
    common = {squeeze(text) for text in _common(facts)}
    for record in facts.corpus:
        if record.number not in numbers:
            past = {id(each) for each in earlier.get(record.number, ())}
            common.update(squeeze(name) for name in named(facts, record, past))
    for record in hidden:
        yield from _secret(named(facts, record), common)
    for revisions in earlier.values():
        for revision in revisions:
            yield from _secret(_names(revision), common)


def _secret(names: Iterable[str], common: set[str]) -> Iterator[str]:
    yield from (name for name in names if is_telling(name) and squeeze(name) not in common)


def outgrown(facts: Facts, audience: str) -> Mapping[str, tuple[Record, ...]]:
    """Of records that these readers may know now: the revisions from the time when they stood above the level."""
    found, _ = _levelled(facts, audience)
    return {
        number: tuple(each.record for each in facts.revisions[number] if each.number in early)
        for number, early in found.items()
        if is_within(facts.policy, standing(facts, facts.corpus.records[number]), audience)
    }


def _common(facts: Facts) -> Iterator[str]:
    for kind in facts.types.values():
        yield from (kind.title.zh, kind.title.en)
    company = facts.policy.company
    yield from (company.zh, company.en)


def named(facts: Facts, record: Record, without: Collection[int] = ()) -> Iterator[str]:
    """What people call a record and its files, now and in its earlier revisions, and the addresses of a person. `without` are
    ids of revisions that are left out.
    """
    for each in (record, *(revision.record for revision in facts.revisions.get(record.number, ()))):
        if id(each) not in without:
            yield from _names(each)
    for path in record.act_paths:
        if not path.endswith(".yaml"):
            yield path.rpartition("/")[2]
            yield path.rpartition("/")[2].removesuffix(age.SUFFIX)
    if record.type.name == "staff":
        yield from map(str, record.data.get("emails") or ())


def _names(record: Record) -> Iterator[str]:
    """Of one revision alone."""
    if record.title != record.number:
        yield record.title
    for name in record.attachments:
        last = name.rpartition("/")[2]
        yield last
        yield last.removesuffix(age.SUFFIX)
    yield from (
        str(entry.get("title") or "")
        for entry in record.data.get("attachments") or ()
        if isinstance(entry, Mapping)
    )


def _levelled(facts: Facts, audience: str) -> tuple[dict[str, frozenset[int]], dict[str, int]]:
    """Of records that stood above the level once: which revisions did, and when the last of them was replaced."""
    found: dict[str, frozenset[int]] = {}
    until: dict[str, int] = {}
    for number, revisions in facts.revisions.items():
        above_level = [
            place
            for place, each in enumerate(revisions)
            if not is_within(facts.policy, standing(facts, each.record), audience)
        ]
        if above_level:
            found[number] = frozenset(revisions[place].number for place in above_level)
            after = revisions[above_level[-1] + 1 :]
            until[number] = after[0].landed.committer.when if after else 1 << 62
    for number, levels in facts.lowered.items():
        ended = [when for level, when in levels if not is_within(facts.policy, level, audience)]
        if ended:
            until[number] = max(ended)
    return found, until


# -- Each part of what is known -------------------------------------------------------------------------------


def _revisions(facts: Facts, audience: str, veil: Veil) -> Mapping[str, tuple[Revision, ...]]:
    """Revisions that these readers may know: the record as it is now must be within their level, and as it was then."""
    kept = {
        number: tuple(
            replace(each, record=_record(each.record, veil), landed=_landed(each, veil))
            for each in revisions
            if is_within(facts.policy, standing(facts, each.record), audience)
        )
        for number, revisions in facts.revisions.items()
        if number not in veil.numbers
    }
    return {number: revisions for number, revisions in kept.items() if revisions}


def _landed(revision: Revision, veil: Veil) -> Commit:
    """The step that brought a revision; its words may tell of what else it brought."""
    return veil.commit(revision.landed, is_early=bool(revision.beside & veil.folders))


def _ledger(ledger: Ledger, veil: Veil) -> Ledger:
    """Nobody knows the level of what lies on branches or is gone, so a title of it is not told, nor a branch whose name says
    more than the number that it holds.
    """
    return replace(
        ledger,
        lives={number: lives for number, lives in ledger.lives.items() if number not in veil.numbers},
        tip={path: blob for path, blob in ledger.tip.items() if path.rpartition("/")[0] not in veil.folders},
        identities={},
        moved={old: new for old, new in ledger.moved.items() if not {old, new} & veil.numbers.keys()},
        elsewhere={
            number: tuple(dict.fromkeys(_branch(name, number, veil) for name in names))
            for number, names in ledger.elsewhere.items()
            if veil.numbers.get(number, number) == number
        },
    )


def _branch(name: str, number: str, veil: Veil) -> str:
    """The names that our own commands give to branches say nothing but the number."""
    *before, last = name.split("/")
    is_plain = last.upper() == number and all(part in _OURS for part in before)
    return name if is_plain and veil.nameless is None else MASK


def _audit(audit: Audit, narrowed: Corpus, veil: Veil) -> Audit:
    """What stands behind the acts that are left, and the faults that name nothing from above."""
    kept = {act.path for record in narrowed for act in (*record.acts, *record.readings)}
    proofs = {path: proof for path, proof in audit.proofs.items() if path in kept}
    if veil.nameless is not None:
        # A key stands for one person wherever it is seen.
        proofs = {path: replace(proof, key="") for path, proof in proofs.items()}
    faults = tuple(fault for fault in audit.faults if fault.rule not in _POINTERS and _may_tell(fault, veil))
    ends = {
        name: veil.commit(audit.commits[name]) for name in (audit.root, audit.head) if name in audit.commits
    }
    withheld = audit.withheld + len(audit.faults) - len(faults)
    return replace(audit, proofs=proofs, faults=faults, commits=ends, withheld=withheld)


def _may_tell(fault: Fault, veil: Veil) -> bool:
    said = [fault.place.path, str(fault.number), *(str(value) for value in fault.params.values())]
    said += [related.place.path for related in fault.related]
    return not any(_is_under(text, veil.folders) or veil.text(text) != text for text in said)


def _corpus(facts: Facts, veil: Veil) -> Corpus:
    corpus = facts.corpus
    records = {
        number: _record(record, veil)
        for number, record in corpus.records.items()
        if number not in veil.numbers
    }
    twins = tuple(_record(twin, veil) for twin in corpus.twins if twin.number not in veil.numbers)
    documents = {
        path: document
        for record in (*records.values(), *twins)
        for path, document in (
            (record.path, record.document),
            *((act.path, act.document) for act in (*record.acts, *record.readings)),
        )
        if path in corpus.documents
    }
    kept = {
        path
        for record in (*records.values(), *twins)
        for path in (record.path, *record.files, *record.act_paths)
    }
    modes = {path: mode for path, mode in corpus.tree.modes.items() if path in kept}
    tree = replace(corpus.tree, modes=modes, faults=())
    return Corpus(records, twins, dict.fromkeys(veil.numbers, ""), documents, (), tree)


def _is_under(path: str, folders: frozenset[str]) -> bool:
    while path:
        path = path.rpartition("/")[0]
        if path in folders:
            return True
    return False


def _record(record: Record, veil: Veil) -> Record:
    """The record itself, or a copy in which what lies above the level is covered.

    A file whose name tells of it is left out: covered, its name would no longer be the one that the approvals bind.
    """
    document = _document(record.document, veil)
    early = veil.levelled.get(record.number, frozenset())
    acts, readings = (
        tuple(_act(act, veil, is_early=act.revision in early) for act in row)
        for row in (record.acts, _readings(record, veil))
    )
    body = record.body
    covered = veil.text(body) if body else body
    files = tuple(path for path in record.files if not _tells(path, veil))
    act_paths = tuple(path for path in record.act_paths if not _tells(path, veil))
    is_same = document is record.document and covered is body
    is_same = is_same and all(
        new is old for new, old in zip((*acts, *readings), (*record.acts, *record.readings), strict=False)
    )
    is_same = is_same and len(readings) == len(record.readings)
    if is_same and len(files) == len(record.files) and len(act_paths) == len(record.act_paths):
        return record
    copy = replace(record, document=document, acts=acts, readings=readings, files=files, act_paths=act_paths)
    # What is kept of the original: the body as covered, and the digest over the files as they are.
    copy.__dict__["body"] = covered
    copy.__dict__["content"] = record.content
    return copy


def _readings(record: Record, veil: Veil) -> tuple[Act, ...]:
    """Who has read what is told to those who may know the people."""
    return tuple(act for act in record.readings if act.by not in veil.numbers)


def _tells(path: str, veil: Veil) -> bool:
    name = path.rpartition("/")[2]
    return veil.text(name) != name


def _document(document: Document, veil: Veil) -> Document:
    words = document.words
    if veil.text(words) is words and "\\" not in words and "''" not in words:
        return document  # the text has every value as it is, save where quotes are escaped
    data = veil.value(document.data)
    # A document that was opened becomes a plain one: what it was made of would still tell.
    return Document(document.path, veil.text(document.text), data)


def _act(act: Act, veil: Veil, *, is_early: bool) -> Act:
    document, by = _document(act.document, veil), veil.actor(act)
    data = dict(document.data)
    if is_early:
        data = {name: value for name, value in data.items() if name not in _TELLING}
    if veil.nameless is not None:
        data["by"] = by
        if isinstance(data.get("details"), Mapping):
            data["details"] = {
                name: MASK if name in _PERSONAL else value for name, value in data["details"].items()
            }
    if document is act.document and by is act.by and data == document.data:
        return act
    text = "" if is_early or veil.nameless is not None else document.text
    return replace(act, document=Document(document.path, text, data), by=by)


def _event(event: Event, veil: Veil, until: int) -> Event:
    commit = veil.commit(event.commit, is_early=event.commit.committer.when < until)
    return event if commit is event.commit else replace(event, commit=commit)
