"""Acts as the files state them: form, place, order, persons and roles (trust.md).

What the commits prove is the business of `evidence`; both name the same faults, so that a clerk reads the same words
before and after the pull request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from muniment import age, dates, lifecycle
from muniment.findings import Fault, Place, Related, Text
from muniment.policy import Policy, Stage
from muniment.records import Act, Record
from muniment.register import Register

YES = ("approved", "done", "imported")
# Chains that end a record, whatever its type; every other chain is the type's own.
ENDING = ("retirement",)
# What is in force is found still fit from time to time, as often as it may be, without a new revision.
REAFFIRMATION = lifecycle.REAFFIRMATION
BESIDE = (*ENDING, REAFFIRMATION)
# A reading belongs to no chain of the policy: whoever has read a revision says so, in any order and as many as there are.
READING = "reading"
READ = Stage("read", (), event=True)
# States from which on people act on a record, so that it can be read as what holds.
IN_FORCE = ("published", "signed", "confirmed", "in_force", "registered")


@dataclass(frozen=True)
class Case:
    """One record with its acts, and the register that judges them. `only` limits the verdict to some acts."""

    record: Record
    register: Register
    only: frozenset[str] | None = None
    today: str = ""

    def stage(self, act: Act) -> Stage | None:
        stages = self.register.policy.chains.get(act.chain, ())
        return next((stage for stage in stages if stage.name == act.stage), None)

    @property
    def chain(self) -> tuple[Stage, ...]:
        return self.register.policy.chains.get(self.record.type.chain or "", ())

    def fault(
        self, rule: str, act: Act, *pointer: str | int, related: tuple[Related, ...] = (), **params: object
    ) -> Fault:
        return Fault(
            rule, Place(act.path, pointer), {"act": _name(act), **params}, self.record.number, related
        )


def judge(case: Case) -> Iterator[Fault]:
    """Every fault that the files alone show, one a fault."""
    acts = [act for act in case.record.acts if case.only is None or act.path in case.only]
    sound = []
    for act in acts:
        faults = list(_own(case, act))
        yield from faults
        if not faults:
            sound.append(act)
    yield from _numbering(case)
    yield from _order(case, sound)
    yield from _persons(case, sound)
    yield from _content(case, sound)
    for reading in case.record.readings:
        if case.only is None or reading.path in case.only:
            yield from _reading(case, reading)
    yield from _strays(case)


def _name(act: Act) -> str:
    return act.path.rpartition("/")[2]


def _own(case: Case, act: Act) -> Iterator[Fault]:
    """What an act by itself must be."""
    record, right = case.record, f"{act.data['revision']}-{act.n}-{act.stage}.yaml"
    if act.data["record"] != record.number:
        yield case.fault(
            "act-of-another-record", act, "record", stated=act.data["record"], right=record.number
        )
        return
    if right != _name(act):
        yield case.fault("act-file-name", act, "revision", name=_name(act), right=right)
        return
    if act.revision > record.revision:
        yield case.fault("act-of-later-revision", act, "revision", stated=act.revision, right=record.revision)
        return
    stage = case.stage(act)
    if act.chain != record.type.chain and not (act.chain in BESIDE and record.type.chain):
        yield case.fault("unknown-stage", act, "chain", value=act.chain, right=record.type.chain or "—")
    elif stage is None:
        known = "、".join(stage.name for stage in case.register.policy.chains.get(act.chain, ()))
        yield case.fault("unknown-stage", act, "stage", value=act.stage, right=known)
    else:
        yield from _decision(case, act, stage)
        yield from _details(case, act, stage)
        yield from _evidence(case, act, stage)
        yield from _role(case, act, stage)
        yield from _fit(case, act)
    if case.today and act.date > case.today:
        yield case.fault("act-in-future", act, "date", date=act.date, today=case.today)


def _fit(case: Case, act: Act) -> Iterator[Fault]:
    """Only what is in force can be found still fit, and the next time is a day that a calendar has."""
    record = case.record
    if act.chain != REAFFIRMATION or act.decision not in YES:
        return
    is_ours = act.revision == record.revision and act.content == record.content
    if is_ours and published_by(record, case.register.policy, act.revision, act.content) is None:
        yield case.fault("reaffirmed-before-in-force", act, "revision", revision=act.revision)
    day = (act.data.get("details") or {}).get("next_review")
    if day is not None and not dates.is_date(str(day)):
        yield case.fault("unclear-next-review", act, "details", "next_review", value=day)


def _decision(case: Case, act: Act, stage: Stage) -> Iterator[Fault]:
    allowed = ("done", "imported") if stage.event else ("approved", "rejected", "withdrawn", "imported")
    if act.decision not in allowed:
        yield case.fault(
            "decision-not-of-stage", act, "decision", value=act.decision, allowed=", ".join(allowed)
        )
    if act.decision == "imported" and not str(act.data.get("source") or "").strip():
        yield case.fault("details-missing", act, "decision", missing="source")


def _details(case: Case, act: Act, stage: Stage) -> Iterator[Fault]:
    if act.decision not in YES or act.decision == "imported":
        return
    given = act.data.get("details") or {}
    missing = [name for name in stage.details if _says_nothing(given.get(name))]
    if missing:
        yield case.fault("details-missing", act, "details", missing=", ".join(missing))
    for name in given:
        if name not in (*stage.details, *stage.optional):
            yield case.fault(
                "unknown-detail",
                act,
                "details",
                name,
                name=name,
                known=", ".join((*stage.details, *stage.optional)) or "—",
            )


def _says_nothing(value: object) -> bool:
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def _evidence(case: Case, act: Act, stage: Stage) -> Iterator[Fault]:
    entries = act.data.get("evidence") or []
    if stage.evidence_required and act.decision in YES and act.decision != "imported" and not entries:
        yield case.fault("evidence-file-missing", act, file=f"{act.revision}-{act.n}-{act.stage}.pdf")
    folder, stem = act.path.rpartition("/")[0], act.path.removesuffix(".yaml").rpartition("/")[2]
    for index, entry in enumerate(entries):
        path = f"{folder}/{entry['file']}"
        if (
            entry["file"].removesuffix(age.SUFFIX).rpartition(".")[0] != stem
            or path not in case.record.act_paths
        ):
            yield case.fault("evidence-file-missing", act, "evidence", index, "file", file=entry["file"])
            continue
        found = hashlib.sha256(case.record.tree.read(path)).hexdigest()
        if found != entry["sha256"]:
            yield case.fault(
                "evidence-file-differs", act, "evidence", index, "sha256", file=entry["file"], found=found
            )


def _role(case: Case, act: Act, stage: Stage) -> Iterator[Fault]:
    person = case.register.people.get(act.by)
    if person is None:
        yield case.fault("unknown-person", act, "by", by=act.by)
    elif act.decision != "imported" and (case.only is not None or act.revision == case.record.revision):
        data = case.record.data
        owner = case.register.owner(data)
        if not case.register.may(person, stage, owner, case.register.superior(data), act.date):
            yield case.fault(
                "role-not-held",
                act,
                "by",
                by=f"{person.name} ({person.number})",
                role=" / ".join(stage.roles) + (f" @ {owner}" if stage.of_owner else ""),
                date=act.date,
            )


def _reading(case: Case, act: Act) -> Iterator[Fault]:
    """What a reading must be: of this record and revision, named by its reader, by somebody who worked here on that day."""
    record, right = case.record, f"{act.data['revision']}-read-{act.by}.yaml"
    if act.data["record"] != record.number:
        yield case.fault(
            "act-of-another-record", act, "record", stated=act.data["record"], right=record.number
        )
    elif right != _name(act):
        yield case.fault("act-file-name", act, "by", name=_name(act), right=right)
    elif act.revision > record.revision:
        yield case.fault("act-of-later-revision", act, "revision", stated=act.revision, right=record.revision)
    elif act.chain != READING:
        yield case.fault("unknown-stage", act, "chain", value=act.chain, right=READING)
    elif act.stage != READ.name:
        yield case.fault("unknown-stage", act, "stage", value=act.stage, right=READ.name)
    else:
        yield from _decision(case, act, READ)
        yield from _details(case, act, READ)
        yield from _evidence(case, act, READ)
        yield from _reader(case, act)
        if act.revision == record.revision:
            yield from _read_content(case, act)
    if case.today and act.date > case.today:
        yield case.fault("act-in-future", act, "date", date=act.date, today=case.today)


def _reader(case: Case, act: Act) -> Iterator[Fault]:
    person = case.register.people.get(act.by)
    if person is None:
        yield case.fault("unknown-person", act, "by", by=act.by)
    elif not person.term.holds(act.date, case.register.day if act.decision != "imported" else ""):
        term = f"{person.term.start or '—'} – {person.term.end or '—'}"
        by = f"{person.name} ({person.number})"
        yield case.fault("reader-not-employed", act, "by", by=by, date=act.date, term=term)


def _read_content(case: Case, act: Act) -> Iterator[Fault]:
    """Whoever has read the present revision has read what it holds now, and after it was published."""
    record = case.record
    if act.content != record.content:
        yield case.fault(
            "reading-of-other-content", act, "content", stated=act.content[:19], found=record.content[:19]
        )
        return
    passed = published_by(record, case.register.policy, act.revision, act.content)
    if passed is None:
        yield case.fault("reading-of-unpublished", act, "revision", revision=act.revision)
    elif act.decision != "imported" and _is_days_before(act, passed):
        note = Related(Place(passed.path, ("date",)), Text("the stage before", "前一环节"))
        yield case.fault(
            "stage-dated-too-early",
            act,
            "date",
            date=act.date,
            before=passed.stage,
            passed=passed.date,
            related=(note,),
        )
        return
    retired = lifecycle.chain_steps(record, case.register.policy, ENDING[0])
    end = retired[-1] if retired else None
    if end and end.is_done and end.act and act.decision != "imported" and _is_days_before(end.act, act):
        note = Related(Place(end.act.path, ("date",)), Text("retired by then", "此时已废止"))
        yield case.fault("reading-of-unpublished", act, "date", revision=act.revision, related=(note,))


def published_by(record: Record, policy: Policy, revision: int, content: str) -> Act | None:
    """The act by which a revision with this content came into force, None where it has not: the last of the stages up to the
    first whose state people may act on. Acts stay for ever, so this holds of earlier revisions as well.
    """
    last = {
        act.stage: act
        for act in record.acts
        if (act.chain, act.revision, act.content) == (record.type.chain, revision, content)
    }
    for stage in policy.chains.get(record.type.chain or "", ()):
        act = last.get(stage.name)
        if act is None or act.decision not in YES:
            return None
        if stage.becomes in IN_FORCE:
            return act
    return None


def _numbering(case: Case) -> Iterator[Fault]:
    """Within a revision acts are numbered 1, 2, 3 … over all chains."""
    seen: dict[int, dict[int, Act]] = {}
    for act in case.record.acts:
        known = seen.setdefault(act.revision, {})
        expected = max(known, default=0) + 1
        if act.n != expected and (case.only is None or act.path in case.only):
            yield case.fault("act-number", act, n=act.n, right=expected)
        known[act.n] = act


def _order(case: Case, acts: Iterable[Act]) -> Iterator[Fault]:
    """A stage follows when all before it in its chain have said yes to the same content, the last word counting; in a chain that
    repeats, in the same round.
    """
    for act in acts:
        if act.decision not in YES or act.decision == "imported":
            continue
        begun = round_before(case.record, act, case.register.policy)
        for stage in case.register.policy.chains.get(act.chain, ()):
            if stage.name == act.stage:
                break
            words = [
                other
                for other in case.record.acts
                if (other.chain, other.stage, other.content, other.revision)
                == (act.chain, stage.name, act.content, act.revision)
                and begun < other.n < act.n
            ]
            if not words or words[-1].decision not in YES:
                yield case.fault("stage-out-of-order", act, "stage", stage=act.stage, before=stage.name)
                break
            if _is_days_before(act, words[-1]):
                note = Related(Place(words[-1].path, ("date",)), Text("the stage before", "前一环节"))
                yield case.fault(
                    "stage-dated-too-early",
                    act,
                    "date",
                    date=act.date,
                    before=stage.name,
                    passed=words[-1].date,
                    related=(note,),
                )
                break


def round_before(record: Record, act: Act, policy: Policy) -> int:
    """The place of the act that ended the round before that of `act`; 0 where there is none, as in every chain that does not repeat."""
    if act.chain != REAFFIRMATION:
        return 0
    same = (act.chain, act.revision, act.content)
    before = [
        other
        for other in record.acts
        if (other.chain, other.revision, other.content) == same and other.n < act.n
    ]
    return max(lifecycle.ends(before, policy.chains.get(act.chain, ())), default=0)


def _is_days_before(act: Act, other: Act) -> bool:
    """Whether an act is dated more than a day before another: so much a date may differ from that of its commit."""
    return (date.fromisoformat(other.date) - date.fromisoformat(act.date)).days > 1


def _persons(case: Case, acts: Iterable[Act]) -> Iterator[Fault]:
    """All deciding persons of the type's own chain are distinct, and none of them is the author (rule 5)."""
    decisions = {stage.name for stage in case.chain if not stage.event}
    author = case.record.data.get("author")
    judged = {act.path for act in acts}
    first: dict[tuple[str, str], Act] = {}
    last = {
        (act.content, act.stage): act
        for act in case.record.acts
        if act.chain == case.record.type.chain
        and act.stage in decisions
        and act.revision == case.record.revision
    }
    for act in last.values():
        if act.decision != "approved":
            continue
        other = first.setdefault((act.content, act.by), act)
        if act.path in judged and act.by == author:
            yield case.fault("approver-is-author", act, "by", by=act.by)
        elif act.path in judged and other.stage != act.stage:
            note = Related(Place(other.path, ("by",)), Text("the other stage", "另一环节"))
            yield case.fault(
                "one-person-two-stages", act, "by", by=act.by, other=other.stage, related=(note,)
            )


def _content(case: Case, acts: Iterable[Act]) -> Iterator[Fault]:
    """Acts of this revision bind this content, unless a rejection after them has sent it back (honest rework).

    A word that its stage has taken back binds nothing any more, nor does the word that took it back.
    """
    record = case.record
    last = {(act.chain, act.stage, act.revision, act.content): act.decision for act in record.acts}
    rejected = max(
        (act.n for act in record.acts if act.revision == record.revision and act.decision == "rejected"),
        default=0,
    )
    for act in acts:
        stands = act.decision in YES and last[act.chain, act.stage, act.revision, act.content] in YES
        if act.revision == record.revision and act.content != record.content and act.n > rejected and stands:
            yield case.fault(
                "act-of-other-content", act, "content", stated=act.content[:19], found=record.content[:19]
            )


def _strays(case: Case) -> Iterator[Fault]:
    """Every other file beside the acts is the evidence of one of them."""
    record = case.record
    named = {
        f"{act.path.rpartition('/')[0]}/{entry['file']}"
        for act in (*record.acts, *record.readings)
        for entry in act.data.get("evidence") or ()
    }
    for path in record.act_paths:
        if not path.endswith(".yaml") and path not in named and (case.only is None or path in case.only):
            yield Fault("evidence-of-no-act", Place(path), {"file": path.rpartition("/")[2]}, record.number)


def reviews(record: Record, chains: Mapping[str, tuple[Stage, ...]]) -> tuple[Act, ...]:
    """The acts that settle a record's present content: the last yes of each decision stage of its chain."""
    stages = [stage.name for stage in chains.get(record.type.chain or "", ()) if not stage.event]
    last: dict[str, Act] = {}
    for act in record.acts:
        if (act.chain, act.revision, act.content) == (record.type.chain, record.revision, record.content):
            last[act.stage] = act
    return tuple(last[name] for name in stages if name in last and last[name].decision in YES)
