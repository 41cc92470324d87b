"""Record: everything about one record in reading order, as plain data for its page, its JSON and the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from muniment import i18n, lifecycle, validity
from muniment.audience import MASK, ROLE
from muniment.facts import Event, Facts, Reference
from muniment.findings import Lang
from muniment.history import Commit
from muniment.keystore import ESCROW
from muniment.lifecycle import Step
from muniment.policy import Stage
from muniment.recall import recalled
from muniment.records import Act, Record, is_reading
from muniment.tables import Cell
from muniment.views import addresses, attachments, forge, keeping, reading, values, words
from muniment.views.attachments import Attachment
from muniment.views.reading import ReadingView, ReviewView
from muniment.views.values import Entry, Value

# A department is named by thousands of records; its page shows the newest and leads to their register.
MOST_REFERRERS = 50
MOST_EVENTS = 100
MINUTE = "%Y-%m-%d %H:%M"
# Groups whose records gather others round them: what belongs to a project or a client is what one comes for.
_GATHERING = ("projects", "organization")


@dataclass(frozen=True, slots=True)
class Banner:
    """What keeps a reader from acting on a record that is no longer in force; `lists` are the disposals that destroyed it."""

    state: str
    title: str
    successors: tuple[Value, ...]
    reason: str
    date: str
    lists: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know of a record that is on its way: `tone` is draft or info."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Signing:
    """One act as it is shown: who decided what, when, and what proves it. `level` is empty where that was not looked up.

    `date` is what the act states; `when` is its commit's time to the minute in the registry's zone and `moment` the same in
    full, both empty without a commit. `is_late` where that is another day: the commit wrote down what had been decided
    before. `role` is the one in which the person acted.
    """

    path: str
    stage: str
    chain: str
    revision: int
    decision: str
    decision_title: str
    by: Value
    role: str
    date: str
    when: str
    moment: str
    is_late: bool
    meaning: str
    comment: str
    details: tuple[Entry, ...]
    evidence: tuple[Attachment, ...]
    level: str
    level_title: str
    commit: str
    commit_link: str
    key: str
    is_disputed: bool
    source: str
    content: str


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of a chain: settled by an act, or waiting. `holders` are those who may settle it today."""

    name: str
    title: str
    roles: str
    act: Signing | None
    is_done: bool
    is_next: bool
    holders: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ChainView:
    name: str
    title: str
    stages: tuple[StageView, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One commit that touched the record. `touched` names what: facts, body, attachments, acts."""

    commit: str
    link: str
    subject: str
    who: str
    who_link: str
    when: str
    touched: tuple[str, ...]
    landed: bool


@dataclass(frozen=True, slots=True)
class Use:
    """A record that names this one, and in which of its fields."""

    number: Cell
    title: str
    fields: str
    state: Cell
    date: str


@dataclass(frozen=True, slots=True)
class Uses:
    """The records of one type that name this one, newest first; `total` counts those left out as well."""

    type_name: str
    title: str
    link: str
    rows: tuple[Use, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision that main has seen, or the one of the working tree (`commit` empty): when it landed, by which step.

    `link` leads to what it changed against the one before, which is revision `before`; both empty for the first. `page` shows
    the record as it was then; `start` and `end` are the days between which it was in force.
    """

    number: int
    title: str
    when: str
    moment: str
    commit: str
    commit_link: str
    subject: str
    digest: str
    is_current: bool
    before: int
    link: str
    page: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """All that a record's page shows, save its body, which is markup."""

    number: str
    title: str
    url: str
    type_name: str
    type_title: str
    register: str
    revision: str
    state: Cell
    level: Cell
    department: Value | None
    date: str
    banner: Banner | None
    notice: Notice | None
    secret: Notice | None
    facts: tuple[Entry, ...]
    sections: tuple[Entry, ...]
    attachments: tuple[Attachment, ...]
    chains: tuple[ChainView, ...]
    earlier: tuple[Signing, ...]
    signings: tuple[Signing, ...]
    revisions: tuple[RevisionView, ...]
    changes: tuple[Change, ...]
    uses: tuple[Uses, ...]
    uses_first: bool
    reading: ReadingView | None
    review: ReviewView | None
    keeping: tuple[Entry, ...]
    paper: tuple[Entry, ...]
    source: str
    links: forge.Links | None
    given: bool
    citation: str


def view(facts: Facts, record: Record, lang: Lang, people: Mapping[str, str] | None = None) -> RecordView:
    """`people` maps e-mail addresses to staff numbers (see `addressees`); it is made here where a caller has none."""
    url = addresses.record(facts.policy, record.number)
    shown = tuple(
        values.entries(facts, record.type.fields, record.data, lang, (*values.HEADING, *values.SECTIONS))
    )
    signings = {act.path: signing(facts, record, act, lang) for act in record.acts}
    chains, current = chain_views(facts, record, signings, lang)
    department = record.department
    changed = tuple(changes(facts, record, lang, addressees(facts) if people is None else people))
    return RecordView(
        number=record.number,
        title=record.title,
        url=url,
        type_name=record.type.name,
        type_title=values.heading(record.type.title.render(lang), lang),
        register=addresses.register(record.type.name),
        revision=revision(record, lang),
        state=values.state_cell(facts, record, lang),
        level=values.level_cell(facts, record, lang),
        department=values.reference(facts, department, lang) if department else None,
        date=str(record.data.get("updated") or record.data.get("created") or ""),
        banner=banner(facts, record, lang),
        notice=notice(facts, record, lang),
        secret=secret(facts, record, lang),
        facts=tuple(entry for entry in shown if not entry.value.is_wide),
        sections=tuple(entry for entry in shown if entry.value.is_wide),
        attachments=tuple(attachments.attachments(record, url)),
        chains=chains,
        earlier=tuple(shown for path, shown in reversed(signings.items()) if path not in current),
        signings=tuple(signings.values()),
        revisions=tuple(revision_views(facts, record, lang)),
        changes=changed,
        uses=uses(facts, record, lang),
        uses_first=record.type.group in _GATHERING,
        reading=reading.view(facts, record, lang),
        review=reading.review(facts, record, lang),
        keeping=keeping.entries(facts, record, lang),
        paper=keeping.paper(facts, record, lang),
        source=record.path,
        links=forge.links(facts.policy, record.path),
        given=record.path in facts.given,
        citation=citation(facts, record, lang, changed[0].commit if changed else ""),
    )


def revision(record: Record, lang: Lang) -> str:
    """Empty for records that have no revisions."""
    if "revision" not in record.data:
        return ""
    _ = i18n.translator(lang)
    return _("rev. {n}").format(n=record.revision)


def citation(facts: Facts, record: Record, lang: Lang, commit: str) -> str:
    """The record as a list of references names it, in Chinese as GB/T 7714 has it; the browser fills in `{url}` and `{day}`,
    its address and the day on which it was read.
    """
    _ = i18n.translator(lang)
    named = record.number if record.title == record.number else f"{record.title}: {record.number}"
    kind = "R/OL" if record.type.group == "documents" else "EB/OL"
    day = str(record.data.get("updated") or record.data.get("created") or "")[:10]
    parts = (
        f"{facts.policy.company.render(lang)}.",
        f"{named}[{kind}].",
        f"{version.removesuffix('.')}." if (version := revision(record, lang)) else "",
        f"({day})[{{day}}]." if day else "[{day}].",
        "{url}.",
        _("Commit {id}.").format(id=commit[:10]) if commit else "",
    )
    return " ".join(each for each in parts if each)


# -- No longer in force ---------------------------------------------------------------------------------------


def banner(facts: Facts, record: Record, lang: Lang) -> Banner | None:
    state = facts.state(record.number)
    if state not in lifecycle.ENDED or record.type.chain == lifecycle.DISPOSAL:
        return None  # a list of disposal is carried out; what it names is gone
    if state == "disposed":
        return _destroyed(facts, record, lang)
    request = _last(record, "retirement", "request") if state == "retired" else None
    final = record.acts[-1] if record.acts else None
    details = request.data.get("details") if request else None
    reason = str((details or {}).get("reason") or record.data.get("reason") or "")
    return Banner(
        state,
        values.heading(words.state(facts, record, lang), lang),
        tuple(values.reference(facts, number, lang) for number in successors(facts, record)),
        reason,
        final.date if final else "",
    )


def _destroyed(facts: Facts, record: Record, lang: Lang) -> Banner:
    """What is said in the place of a destroyed record: by which list, why, when."""
    number = facts.destroyed.get(record.number, "")
    by = facts.corpus.records.get(number)
    act = lifecycle.destruction(by, facts.policy) if by else None
    return Banner(
        "disposed",
        values.heading(words.state(facts, record, lang), lang),
        tuple(values.reference(facts, each, lang) for each in successors(facts, record)),
        str(by.data.get("reason") or "") if by else "",
        act.date if act else "",
        (values.reference(facts, number, lang),) if by else (),
    )


def notice(facts: Facts, record: Record, lang: Lang) -> Notice | None:
    """That a record with a chain is not in force yet."""
    _ = i18n.translator(lang)
    state = facts.state(record.number)
    if record.type.chain and state in ("draft", "in_review"):
        return Notice(
            "draft", _("Not in force yet: this is a {state}.").format(state=_state_noun(state, lang))
        )
    effective = str(record.data.get("effective") or "")
    if state in lifecycle.ENDED:
        return None
    if effective > facts.today:
        said = _("Comes into force on {date}.").format(date=effective)
        held = next(
            (each for each in validity.every(facts).get(record.number, ()) if each.holds(facts.today)), None
        )
        if held is not None:
            said += " " + _("Until then revision {n} holds.").format(n=held.record.revision)
        return Notice("info", said)
    if is_to_retire(facts, record):
        return Notice("info", _("Its retirement has been requested; it is in force until that is approved."))
    return None


def secret(facts: Facts, record: Record, lang: Lang) -> Notice | None:
    """That parts of a record are not shown, because they were destroyed or no key was at hand; or that they are encrypted."""
    _ = i18n.translator(lang)
    if loss := facts.lost.get(record.number):
        said = _("Text and files have been destroyed since; only this stub is left.")
        if loss.list:
            said = _("Text and files were destroyed on {date} by the list {number}; only this stub is left.")
        return Notice("info", said.format(date=loss.day, number=loss.list))
    if not record.encrypted:
        return None
    if not record.is_locked:
        return Notice(
            "info", _("Encrypted in the registry; shown in plain text here. Do not copy it or pass it on.")
        )
    ring = facts.keystore.rings.get(record.number)
    if ring is not None and ring.destroyed:
        said = _("Its keys were destroyed on {date}; only this stub is left.")
        return Notice("info", said.format(date=ring.destroyed.get("date", "—")))
    readers = [
        facts.title(each)
        for each in (ring.current.readers if ring and ring.current else ())
        if each != ESCROW
    ]
    said = _(
        "Encrypted: no key that opens it was at hand, so only its stub is shown. It can be read by {names}."
    )
    return Notice("draft", said.format(names=_(", ").join(readers) or "—"))


def is_to_retire(facts: Facts, record: Record) -> bool:
    """Whether the first step towards retirement was taken, and stands."""
    return any(act.chain == "retirement" for act in record.acts) and any(
        step.is_done for step in lifecycle.chain_steps(record, facts.policy, "retirement")
    )


def _state_noun(state: str, lang: Lang) -> str:
    _ = i18n.translator(lang)
    return _("draft") if state == "draft" else _("revision under review")


def _last(record: Record, chain: str, stage: str) -> Act | None:
    return next((act for act in reversed(record.acts) if act.chain == chain and act.stage == stage), None)


def successors(facts: Facts, record: Record) -> tuple[str, ...]:
    """What takes a retired record's place: named in the request, or by the records that supersede it."""
    found: list[str] = []
    request = _last(record, "retirement", "request")
    named = (request.data.get("details") or {}).get("successor") if request else None
    found += [str(each) for each in (named if isinstance(named, list) else [named]) if each]
    found += [
        reference.source.number
        for reference in facts.referrers.get(record.number, ())
        if reference.pointer[:1] == ("supersedes",)
    ]
    return tuple(dict.fromkeys(found))


# -- Chains ---------------------------------------------------------------------------------------------------


def chain_views(
    facts: Facts, record: Record, signings: Mapping[str, Signing], lang: Lang
) -> tuple[tuple[ChainView, ...], frozenset[str]]:
    """The record's own chain, other chains that acts of this revision run through, and the paths of the acts shown."""
    standing = facts.standings[record.number]
    found: list[tuple[str, tuple[Step, ...]]] = []
    if record.type.chain and standing.steps:
        found.append((record.type.chain, standing.steps))
    for name in dict.fromkeys(act.chain for act in record.acts if act.chain != record.type.chain):
        steps = lifecycle.chain_steps(record, facts.policy, name)
        if any(step.act for step in steps):
            found.append((name, steps))
    used = frozenset(step.act.path for _, steps in found for step in steps if step.act)
    is_ended = standing.state in lifecycle.ENDED
    return (
        tuple(
            ChainView(
                name,
                words.chain(facts, name, lang),
                tuple(_stages(facts, record, steps, signings, lang, is_ended)),
            )
            for name, steps in found
        ),
        used,
    )


def _stages(
    facts: Facts,
    record: Record,
    steps: tuple[Step, ...],
    signings: Mapping[str, Signing],
    lang: Lang,
    is_ended: bool,
) -> Iterator[StageView]:
    waiting = next((step.stage for step in steps if not step.is_done), None)
    if is_ended or (record.path in facts.given and not record.acts):
        waiting = None
    for step in steps:
        is_next = step.stage is waiting
        yield StageView(
            step.stage.name,
            values.heading(words.stage(facts, step.stage.name, lang), lang),
            _roles(facts, step.stage.roles, lang),
            signings[step.act.path] if step.act else None,
            step.is_done,
            is_next,
            tuple(values.reference(facts, number, lang) for number in holders(facts, record, step.stage))
            if is_next
            else (),
        )


def holders(facts: Facts, record: Record, stage: Stage) -> tuple[str, ...]:
    """Who may settle a stage of this record today."""
    found: list[str] = []
    owner = owner_department(facts, record)
    for role in stage.roles:
        if role == "superior":
            person = facts.corpus.records.get(
                str(record.data.get("staff") or record.data.get("author") or "")
            )
            superior = person.data.get("superior") if person else None
            found += [str(superior)] if superior else []
        else:
            found += facts.holders(role, facts.today, owner if stage.of_owner else None)
    author = record.data.get("author")
    return tuple(number for number in dict.fromkeys(found) if stage.event or number != author)


def owner_department(facts: Facts, record: Record) -> str | None:
    """The department whose head is asked: the record's own, else that of the borrower or author."""
    if record.department and record.type.name != "loan":
        return record.department
    person = facts.corpus.records.get(str(record.data.get("borrower") or record.data.get("author") or ""))
    return (person.department if person else None) or record.department


def signing(facts: Facts, record: Record, act: Act, lang: Lang) -> Signing:
    level, commit = proof(facts, act)
    url = addresses.record(facts.policy, record.number)
    proven = facts.proofs.get(act.path)
    when = moment(facts, proven.when) if proven else NEVER
    return Signing(
        path=act.path,
        stage=words.stage(facts, act.stage, lang),
        chain=words.chain(facts, act.chain, lang),
        revision=act.revision,
        decision=act.decision,
        decision_title=words.decision(act.decision, lang),
        by=values.reference(facts, act.by, lang),
        role="" if act.by.startswith(ROLE) else role_of(facts, act, lang),
        date=act.date,
        when=when.minute,
        moment=when.whole,
        is_late=bool(when.day) and when.day != act.date[:10],
        meaning=str(act.data.get("meaning") or ""),
        comment=str(act.data.get("comment") or ""),
        details=tuple(_details(facts, act.data.get("details"), lang)),
        evidence=tuple(attachments.evidence(record, act, url)),
        level=level,
        level_title=words.evidence(level, lang) if level else "",
        commit=commit,
        commit_link=forge.commit(facts.policy, commit) if commit else "",
        key=proven.key if proven else "",
        is_disputed=act.path in facts.disputed,
        source=str(act.data.get("source") or ""),
        content=act.content,
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit's time in the registry's zone: to the minute, whole, and its day; empty for one that no calendar has."""

    minute: str = ""
    whole: str = ""
    day: str = ""


NEVER = Moment()


@recalled
def moment(facts: Facts, seconds: int) -> Moment:
    try:
        when = datetime.fromtimestamp(seconds, facts.policy.zone)
    except (OverflowError, ValueError, OSError):
        return NEVER
    return Moment(when.strftime(MINUTE), when.isoformat(" "), when.date().isoformat())


def role_of(facts: Facts, act: Act, lang: Lang) -> str:
    """The role of the stage that the person held that day, as the register has it now; else the roles that it asks for."""
    stage = next(
        (each for each in facts.policy.chains.get(act.chain, ()) if each.name == act.stage),
        None,
    )
    if stage is None:
        return ""
    held = {role.role for role in facts.roles.get(act.by, ()) if role.is_held(act.date[:10])}
    names = [role for role in stage.roles if role in held] or list(stage.roles)
    return _roles(facts, tuple(names), lang)


@recalled
def _roles(facts: Facts, names: tuple[str, ...], lang: Lang) -> str:
    return (" / " if lang == "en" else "／").join([words.role(facts, name, lang) for name in names])


def _details(facts: Facts, details: object, lang: Lang) -> Iterator[Entry]:
    if isinstance(details, Mapping):
        for name, value in details.items():
            if not values.is_empty(value):
                label = values.heading(words.detail(facts, str(name), lang), lang)
                yield Entry(str(name), label, values.plain(facts, value, lang))


def proof(facts: Facts, act: Act) -> tuple[str, str]:
    """The level of evidence of an act and the commit that brought it, where history was read; else empty."""
    found = facts.proofs.get(act.path)
    if found is not None:
        return found.level, found.commit
    if facts.audit is not None and not facts.audit.missing:
        return "unproven", ""
    return ("imported", "") if act.decision == "imported" else ("", "")


# -- Revisions ------------------------------------------------------------------------------------------------


def landed(facts: Facts, record: Record) -> tuple[tuple[int, Record, Commit | None], ...]:
    """The revisions that can be compared, oldest first: those that main has seen, the newest as the record is now.

    Empty for a record that has but one.
    """
    seen = facts.revisions.get(record.number, ())
    own = next((each.landed for each in seen if each.number == record.revision), None)
    is_landed = any(each.record.content == record.content for each in seen if each.number == record.revision)
    earlier = [(each.number, each.record, each.landed) for each in seen if each.number < record.revision]
    return (*earlier, (record.revision, record, own if is_landed else None)) if earlier else ()


def revision_views(facts: Facts, record: Record, lang: Lang) -> Iterator[RevisionView]:
    """Newest first."""
    _ = i18n.translator(lang)
    found = landed(facts, record)
    held = {each.record.revision: each for each in validity.every(facts).get(record.number, ())}
    for (number, then, commit), before in zip(
        reversed(found), (*(each[0] for each in reversed(found[:-1])), 0), strict=False
    ):
        when = moment(facts, commit.committer.when) if commit else NEVER
        yield RevisionView(
            number,
            _("rev. {n}").format(n=number),
            when.minute,
            when.whole,
            commit.id if commit else "",
            forge.commit(facts.policy, commit.id) if commit else "",
            _subject(commit, lang) if commit else "",
            then.content,
            then is record,
            before,
            addresses.revisions(facts.policy, record.number, (before, number)) if before else "",
            addresses.record(facts.policy, record.number)
            if then is record
            else addresses.revision(facts.policy, record.number, number),
            held[number].start if number in held else "",
            held[number].end if number in held else "",
        )


# -- History --------------------------------------------------------------------------------------------------


@recalled
def addressees(facts: Facts) -> Mapping[str, str]:
    """Staff numbers by e-mail address, ASCII letters without case."""
    return {
        str(address).lower(): person.number
        for person in facts.corpus.of("staff")
        for address in person.data.get("emails") or ()
    }


def changes(facts: Facts, record: Record, lang: Lang, people: Mapping[str, str]) -> Iterator[Change]:
    # Who has read it stands in a list of its own, and would drown here what was done about the record.
    told = [
        event
        for event in facts.events.get(record.number, ())
        if not all(is_reading(path) for path in event.paths)
    ]
    for event in told[:MOST_EVENTS]:
        author = event.commit.author
        number = people.get(author.email.lower())
        person = values.reference(facts, number, lang) if number else None
        yield Change(
            event.commit.id,
            forge.commit(facts.policy, event.commit.id),
            _subject(event.commit, lang),
            person.text if person else values.reference(facts, author.name, lang).text,
            person.link if person else "",
            moment(facts, author.when).minute,
            _touched(record, event, lang),
            event.landed,
        )


def _subject(commit: Commit, lang: Lang) -> str:
    return commit.subject if commit.subject != MASK else values.withheld_cell(lang).text


def _touched(record: Record, event: Event, lang: Lang) -> tuple[str, ...]:
    _ = i18n.translator(lang)
    facts = text = attachments = approvals = False
    body = f"/{record.number}.md"
    for path in event.paths:
        facts = facts or path == record.path
        text = text or path.endswith(body)
        attachments = attachments or "/files/" in path
        approvals = approvals or "/acts/" in path
    found = (
        (_("facts"), facts),
        (_("text"), text),
        (_("attachments"), attachments),
        (_("approvals"), approvals),
    )
    return tuple([name for name, is_touched in found if is_touched])


# -- Where it is used -----------------------------------------------------------------------------------------


def uses(facts: Facts, record: Record, lang: Lang) -> tuple[Uses, ...]:
    """Who names this record, by type in the order of the registers."""
    by_type: dict[str, dict[str, list[Reference]]] = {}
    for reference in facts.referrers.get(record.number, ()):
        if reference.source.number != record.number:
            group = by_type.setdefault(reference.source.type.name, {})
            group.setdefault(reference.source.number, []).append(reference)
    found = []
    for name, sources in by_type.items():
        kind = facts.types[name]
        newest = sorted(sources.values(), key=lambda group: _recency(group[0].source), reverse=True)
        found.append(
            (
                kind.order,
                Uses(
                    name,
                    values.heading(kind.title.render(lang), lang),
                    addresses.register(name),
                    tuple(_use(facts, group, lang) for group in newest[:MOST_REFERRERS]),
                    len(newest),
                ),
            )
        )
    return tuple(each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].type_name)))


def _recency(record: Record) -> tuple[str, str]:
    return str(record.data.get("updated") or record.data.get("created") or ""), record.number


def _use(facts: Facts, group: list[Reference], lang: Lang) -> Use:
    source = group[0].source
    names = dict.fromkeys(str(reference.pointer[0]) for reference in group)
    titles = [field.title.render(lang) for field in source.type.fields if field.name in names]
    return Use(
        values.number_cell(facts, source.number),
        source.title,
        "、".join(titles) if lang == "zh" else ", ".join(titles),
        values.state_cell(facts, source, lang),
        _recency(source)[0],
    )


# -- For programs ---------------------------------------------------------------------------------------------


def data(facts: Facts, record: Record) -> dict[str, Any]:
    """The record's JSON: what its file says, what is derived from it, and who names it."""
    return {
        "number": record.number,
        "type": record.type.name,
        "title": record.title,
        "state": facts.state(record.number),
        "level": facts.level(record),
        "revision": record.data.get("revision"),
        "url": addresses.record(facts.policy, record.number),
        "digest": record.content,
        "facts": record.data,
        "encrypted": bool(record.encrypted),
        "locked": record.is_locked,
        "covered": _is_covered(record.data) or MASK in (record.body or ""),
        "body": record.body,
        "attachments": list(record.attachments),
        "acts": [_act_data(facts, act) for act in record.acts],
        "readings": [_act_data(facts, act) for act in record.readings],
        **reading.data(facts, record),
        "references": sorted({target for _, target, _ in record.type.references(record.data)}),
        "referrers": sorted(
            {reference.source.number for reference in facts.referrers.get(record.number, ())}
        ),
    }


def _is_covered(value: Any) -> bool:
    """Whether something stands in it in the place of what its readers may not know."""
    if isinstance(value, str):
        return MASK in value
    if isinstance(value, dict):
        return any(_is_covered(each) for each in (*value, *value.values()))
    return isinstance(value, list) and any(map(_is_covered, value))


def _act_data(facts: Facts, act: Act) -> dict[str, Any]:
    level, commit = proof(facts, act)
    return {**act.data, "evidence_level": level, "commit": commit}
