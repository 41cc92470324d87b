"""Timeline: the life of one record from its first day to the next on which something is due, a line for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from muniment import i18n, loans, retention, validity
from muniment.dates import is_date
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.lifecycle import ENDED
from muniment.recall import recalled
from muniment.records import Record
from muniment.tables import Cell
from muniment.views import values, words
from muniment.views.record import RecordView, Signing, moment
from muniment.views.values import Value

MOST = 10  # of what is over, before the rest is folded
_YES = ("approved", "done", "imported")

Standing = Literal["", "ahead", "overdue"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event on a day: `who` did it, `record` is another record that it is told by, `state` what the record became by it.
    `standing` is empty for what is over.
    """

    day: str
    title: str
    who: Value | None = None
    record: Value | None = None
    text: str = ""
    state: Cell | None = None
    standing: Standing = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What lies ahead, the latest day first, and what is over, newest first; `earlier` is folded."""

    ahead: tuple[Happening, ...]
    recent: tuple[Happening, ...]
    earlier: tuple[Happening, ...]

    def __len__(self) -> int:
        return len(self.ahead) + len(self.recent) + len(self.earlier)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something about a record falls due, as the calendar says it."""

    day: str
    title: str
    kind: str = ""


def timeline(
    facts: Facts, record: Record, view: RecordView, lang: Lang, deadlines: Iterable[Deadline] = ()
) -> Timeline:
    """`view` is the record's view in that language, `deadlines` what falls due about it."""
    over = [
        *_begun(facts, record, lang),
        *_acts(facts, record, view, lang),
        *_states(record, lang),
        *_in_force(facts, record, lang),
        *_loans(facts, record, lang),
        *_destroyed(facts, record, lang),
    ]
    over.sort(key=lambda event: event.day, reverse=False)  # stable: on one day in the order of the process
    over.reverse()
    ahead = tuple(_ahead(facts, record, lang, tuple(deadlines)))
    # One more or less is not worth a fold.
    cut = MOST if len(over) > MOST + 2 else len(over)
    return Timeline(ahead, tuple(over[:cut]), tuple(over[cut:]))


# -- What is over ---------------------------------------------------------------------------------------------


def _begun(facts: Facts, record: Record, lang: Lang) -> Iterator[Happening]:
    _ = i18n.translator(lang)
    day = str(record.data.get("created") or "")[:10]
    if day:
        author = record.data.get("author")
        yield Happening(
            day, _("Put on record"), values.reference(facts, str(author), lang) if author else None
        )


def _acts(facts: Facts, record: Record, view: RecordView, lang: Lang) -> Iterator[Happening]:
    """Every decision, each round of them after the day on which its content was handed in."""
    _ = i18n.translator(lang)
    submitted = _submitted(facts, record)
    for act, shown in zip(record.acts, view.signings, strict=True):
        if act.path in submitted:
            title = (
                _("Submitted") if act.revision == 1 else _("Revision {n} submitted").format(n=act.revision)
            )
            yield Happening(submitted[act.path], title)
        yield Happening(
            act.date[:10],
            values.heading(f"{shown.stage}{_(': ')}{shown.decision_title}", lang),
            shown.by,
            text=_said(record, shown, lang),
            state=_becomes(facts, record, act.chain, act.stage, lang) if act.decision in _YES else None,
        )


def _said(record: Record, shown: Signing, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return _("rev. {n}").format(n=shown.revision) if record.revision > 1 else ""


def _becomes(facts: Facts, record: Record, chain: str, stage: str, lang: Lang) -> Cell | None:
    for each in facts.policy.chains.get(chain, ()):
        if each.name == stage and each.becomes:
            return Cell(words.state_name(facts, record.type, each.becomes, lang), tone=each.becomes)
    return None


def _submitted(facts: Facts, record: Record) -> Mapping[str, str]:
    """By the path of the first act on a revision: the day on which what it is about was last written before it."""
    found: dict[str, str] = {}
    seen: set[int] = set()
    events = facts.events.get(record.number, ())
    for act in record.acts:
        proof = facts.proofs.get(act.path)
        if act.revision in seen or act.chain != record.type.chain or proof is None:
            continue
        seen.add(act.revision)
        after = iter(events)  # newest first
        for event in after:
            if event.commit.id == proof.commit:
                break
        written = next((each for each in after if _is_content(record, each.paths)), None)
        day = moment(facts, written.commit.author.when).day if written else ""
        # On the day of its creation that would say the same twice, and an import tells of the import.
        if day and day <= act.date[:10] and day != str(record.data.get("created") or "")[:10]:
            found[act.path] = day
    return found


def _is_content(record: Record, paths: Iterable[str]) -> bool:
    acts = f"{record.folder}/acts/"
    return any(not path.startswith(acts) for path in paths)


def _states(record: Record, lang: Lang) -> Iterator[Happening]:
    """Of records without a chain: the days that their fields name for the states which follow from them."""
    for state in reversed(record.type.states):
        for name in state.fields:
            day = str(record.data.get(name) or "")[:10] if "." not in name else ""
            if is_date(day):
                yield Happening(day, values.heading(state.title.render(lang), lang))


def _in_force(facts: Facts, record: Record, lang: Lang) -> Iterator[Happening]:
    """When a revision took effect, where that is another day than the approval's."""
    _ = i18n.translator(lang)
    approved = {act.date[:10] for act in record.acts}
    held = validity.every(facts).get(record.number, ())
    for period in held:
        if period.start not in approved and period.start <= facts.today and (record.acts or len(held) > 1):
            yield Happening(period.start, _("Revision {n} in force").format(n=period.record.revision))


def _loans(facts: Facts, record: Record, lang: Lang) -> Iterator[Happening]:
    _ = i18n.translator(lang)
    for loan in _lent(facts).get(record.number, ()):
        told = values.reference(facts, loan.number, lang)
        borrower = values.reference(facts, loan.borrower, lang)
        told = Value(told.kind, "", told.link, told.note)
        if loan.issued:
            yield Happening(loan.issued.date[:10], _("Lent"), borrower, told)
        if loan.returned:
            yield Happening(loan.returned.date[:10], _("Returned"), borrower, told)


@recalled
def _lent(facts: Facts) -> Mapping[str, tuple[loans.Loan, ...]]:
    return dict(loans.by_document(facts))


def _destroyed(facts: Facts, record: Record, lang: Lang) -> Iterator[Happening]:
    number = facts.destroyed.get(record.number)
    made = facts.corpus.records.get(number) if number else None
    if made and made.acts and made.number != record.number:
        state = Cell(words.state(facts, record, lang), tone="disposed")
        told = values.reference(facts, made.number, lang)
        _ = i18n.translator(lang)
        yield Happening(made.acts[-1].date[:10], _("Destroyed"), record=told, state=state)


# -- What lies ahead ------------------------------------------------------------------------------------------


def _ahead(facts: Facts, record: Record, lang: Lang, deadlines: tuple[Deadline, ...]) -> Iterator[Happening]:
    """The latest day first, so that the order of the whole is one."""
    _ = i18n.translator(lang)
    found = [
        Happening(
            each.day,
            values.heading(each.title, lang),
            standing="overdue" if each.day < facts.today else "ahead",
        )
        for each in deadlines
    ]
    known = {each.kind for each in deadlines}
    state = facts.state(record.number)
    effective = str(record.data.get("effective") or "")
    if effective > facts.today and state not in ENDED and "effective" not in known:
        title = _("Revision {n} in force").format(n=record.revision)
        found.append(Happening(effective, title, standing="ahead"))
    if "retention" not in known and record.number not in facts.destroyed:
        period = retention.period(facts, record)
        if period and period.expires and period.expires > facts.today:
            found.append(Happening(period.expires, _("Kept until"), standing="ahead"))
    for loan in _lent(facts).get(record.number, ()):
        if loan.is_out:
            told = values.reference(facts, loan.number, lang)
            found.append(
                Happening(
                    loan.due,
                    _("To be returned"),
                    values.reference(facts, loan.borrower, lang),
                    Value(told.kind, "", told.link, told.note),
                    standing="overdue" if loan.due < facts.today else "ahead",
                )
            )
    yield from sorted(found, key=lambda event: event.day, reverse=True)
