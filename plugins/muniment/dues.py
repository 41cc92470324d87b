"""Dues: the days on which something has to be done or comes to an end, as rows of a report and as events of calendars."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from muniment import (
    classification,
    clearance,
    delivery,
    distribution,
    engagement,
    fitness,
    i18n,
    loans,
    personnel,
    retention,
    secrecy,
    tickets,
    validity,
)
from muniment.engagement import Engagement
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.lifecycle import ENDED
from muniment.records import Record
from muniment.views import addresses, words

# A calendar is for what people can still prepare for; a record that is kept until 2070 would only fill it.
AHEAD = 24  # months
BEHIND = 24
SOON = 30  # days

Group = Literal["documents", "archive", "projects", "people", "secrecy"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of due. An `end` comes by itself and is over afterwards; anything else is overdue until somebody does it."""

    group: Group
    title: Text
    is_end: bool = False


GROUPS: Mapping[Group, Text] = {
    "documents": Text("Documents", "文件"),
    "archive": Text("Archive", "档案"),
    "projects": Text("Projects and service", "项目与服务"),
    "people": Text("People", "人员"),
    "secrecy": Text("Confidentiality", "保密"),
}
KINDS: Mapping[str, Kind] = {
    "reading": Kind("documents", Text("reading", "文件阅读")),
    "review": Kind("documents", Text("periodic review", "文件复审")),
    "effective": Kind("documents", Text("comes into force", "文件生效"), True),
    "retention": Kind("archive", Text("retention period", "保管期满")),
    "loan": Kind("archive", Text("loan", "借阅归还")),
    "disposal": Kind("archive", Text("disposal", "销毁执行")),
    "backup": Kind("archive", Text("backup", "备份")),
    "task": Kind("projects", Text("task", "计划任务")),
    "milestone": Kind("projects", Text("milestone", "里程碑")),
    "instalment": Kind("projects", Text("instalment", "收款")),
    "action": Kind("projects", Text("action", "会议待办")),
    "demand": Kind("projects", Text("demand", "验收整改")),
    "rework": Kind("projects", Text("rework", "返工")),
    "response": Kind("projects", Text("response", "售后响应")),
    "solution": Kind("projects", Text("solution", "售后解决")),
    "contract": Kind("projects", Text("end of contract", "合同到期"), True),
    "support": Kind("projects", Text("end of support", "免费支持到期"), True),
    "certificate": Kind("people", Text("certificate", "证书到期")),
    "training": Kind("people", Text("training", "培训")),
    "goal": Kind("people", Text("career goal", "发展目标")),
    "departure": Kind("people", Text("departure", "离职")),
    "key": Kind("people", Text("end of a signing key", "签名密钥到期"), True),
    "role": Kind("people", Text("end of a role", "角色到期"), True),
    "safeguard": Kind("secrecy", Text("inspection of a safeguard", "设施检查")),
    "finding": Kind("secrecy", Text("correction", "保密整改")),
    "agreement": Kind("secrecy", Text("confidentiality agreement", "保密协议到期")),
    "grant": Kind("secrecy", Text("end of access", "查阅授权到期"), True),
    "term": Kind("secrecy", Text("end of confidentiality", "保密期满"), True),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One day on which something about a record falls due. `kind` and `number` make the event the same one in every build, so
    that a calendar moves it instead of adding another; `part` tells apart several of one kind. `what` follows the number in a
    title, `who` are the staff numbers of those whose turn it is.
    """

    kind: str
    number: str
    day: str
    what: str
    text: str = ""
    part: str = ""
    who: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return "-".join(each for each in (self.kind, self.number, self.part) if each)

    @property
    def title(self) -> str:
        return f"{self.number} {self.what}"

    def days(self, today: str) -> int:
        """How many days are left, negative for those that it is late."""
        return _days(today, self.day)

    def standing(self, today: str) -> Literal["overdue", "soon", "later"]:
        if self.day < today:
            return "overdue"
        return "soon" if _days(today, self.day) <= SOON else "later"


Source = Callable[[Facts, Lang], Iterable[Due]]


def every(facts: Facts, lang: Lang) -> tuple[Due, ...]:
    """Everything that falls due, by day: what is overdue however long, what is to come two years ahead, and what ended lately."""
    name = f"{__name__}.{lang}"
    kept = facts.kept.get(name)
    if isinstance(kept, tuple):
        return kept
    last = retention.in_months(facts.today, AHEAD)
    seen: Counter[str] = Counter()
    found = []
    for due in (due for source in SOURCES for due in source(facts, lang) if due.day <= last):
        seen[due.key] += 1
        again = seen[due.key]  # two tasks of one name are two events
        found.append(due if again == 1 else replace(due, part=f"{due.part}-{again}"))
    facts.kept[name] = told = tuple(sorted(found, key=lambda due: (due.day, due.key)))
    return told


def dues(facts: Facts, lang: Lang, group: str = "") -> tuple[Due, ...]:
    """What falls due two years back and ahead, by day: of one group, or all of it."""
    first = retention.in_months(facts.today, -BEHIND)
    return tuple(
        due
        for due in every(facts, lang)
        if due.day >= first and (not group or KINDS[due.kind].group == group)
    )


def waiting(facts: Facts, lang: Lang) -> tuple[Due, ...]:
    """What is still to be done or to come: without what has ended by itself."""
    return tuple(due for due in every(facts, lang) if due.day >= facts.today or not KINDS[due.kind].is_end)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _part(*words: str) -> str:
    """What tells one of several from the others, by its own words, so that it stays the same when others come and go."""
    return hashlib.sha256("/".join(words).encode()).hexdigest()[:8]


def _people(facts: Facts, *numbers: object) -> tuple[str, ...]:
    """Those of some staff numbers whom these readers know."""
    return tuple(dict.fromkeys(str(each) for each in numbers if str(each) in facts.corpus.records))


# -- Documents and archive ---------------------------------------------------------------------------------------


_EFFECTIVE = Text("comes into force: revision {revision}", "第 {revision} 版生效")
_READING = Text("to be read by {count} people: revision {revision}", "第 {revision} 版待 {count} 人阅读")
_REVIEW = Text("to be reviewed", "应复审")
_FEW = 5  # people who are named in one event
_EXPIRES = {"review": Text("to be appraised", "到期待鉴定"), "destroy": Text("to be destroyed", "到期待销毁")}
_BACK = Text("due back: {document}", "应归还：{document}")
_CARRY_OUT = Text("to be carried out", "待执行")
_BACKUP = Text("next backup: {target}", "应再次备份：{target}")


def beginnings(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Revisions that are approved and take effect later."""
    for periods in validity.every(facts).values():
        for period in periods:
            record = period.record
            if period.start > facts.today:
                what = _EFFECTIVE.render(lang, {"revision": record.revision})
                who = _people(facts, record.data.get("author"))
                yield Due(
                    "effective", record.number, period.start, what, record.title, str(record.revision), who
                )


def unread(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Documents that somebody has still to read, on the first day by which one of them should have."""
    for circle in distribution.circles(facts):
        if circle.open:
            record, day = circle.record, min(reader.due for reader in circle.open)
            what = _READING.render(lang, {"count": len(circle.open), "revision": record.revision})
            who = _people(facts, *(reader.staff for reader in circle.open))
            who = who if len(who) <= _FEW else ()
            yield Due("reading", record.number, day, what, record.title, str(record.revision), who)


def reviews(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Documents that are to be reviewed again."""
    for review in fitness.reviews(facts):
        record = review.record
        head = facts.corpus.records.get(record.department or "")
        who = _people(facts, head.data.get("head") if head else "")
        yield Due("review", record.number, review.due, _REVIEW.render(lang), record.title, who=who)


def expiries(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Records whose period is over; those on hold are not due, whatever the day."""
    for fate in retention.fates(facts):
        if fate.standing in ("running", "due") and fate.period is not None and fate.period.expires:
            record, action = fate.record, fate.period.schedule.action
            what = _EXPIRES.get(action, _EXPIRES["review"]).render(lang)
            yield Due("retention", record.number, fate.period.expires, what, record.title)


def returns(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Loans that are out."""
    for loan in loans.loans(facts):
        if loan.is_out:
            what = _BACK.render(lang, {"document": loan.document})
            text = f"{facts.title(loan.borrower)} · {facts.title(loan.document)}"
            yield Due("loan", loan.number, loan.due, what, text, who=_people(facts, loan.borrower))


def disposals(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Lists that are approved and wait to be carried out, on the day of the approval."""
    for disposal in retention.disposals(facts):
        steps = facts.standings[disposal.number].steps
        stage = facts.standings[disposal.number].waiting
        acts = [step.act for step in steps if step.act and step.is_done]
        if stage is not None and stage.becomes == "disposed" and acts:
            yield Due(
                "disposal", disposal.number, acts[-1].date[:10], _CARRY_OUT.render(lang), disposal.title
            )


def backups(facts: Facts, lang: Lang) -> Iterator[Due]:
    """The day by which policy wants the next backup, for each place where backups are kept."""
    longest = facts.policy.value("documents", "backups", "longest_days")
    last = {
        str(each.data["target"]): each
        for each in sorted(facts.corpus.of("backup"), key=lambda each: (str(each.data["date"]), each.number))
    }
    for target, record in last.items() if longest else ():
        what = _BACKUP.render(lang, {"target": target})
        yield Due(
            "backup", record.number, secrecy.later(str(record.data["date"]), int(longest)), what, record.title
        )


# -- Projects and service ----------------------------------------------------------------------------------------


_CONTRACT = Text("contract ends", "合同到期")
_SUPPORT = Text("free support ends", "免费支持期满")
_INSTALMENT = Text(
    "payment due: {amount} {currency}, {condition}", "应收款：{amount} {currency}，{condition}"
)
_REWORK = Text("rework due: {title}", "应完成返工：{title}")
_RESPONSE = Text("to be answered: {title}", "应响应：{title}")
_SOLUTION = Text("to be solved: {title}", "应解决：{title}")


def work(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Tasks, milestones, actions, demands and rework of projects that go on, and what clients still owe."""
    for own in engagement.engagements(facts).values():
        title, manager = own.project.title, str(own.project.data.get("manager") or "")
        if own.stage not in engagement.OVER:
            yield from _tasks(facts, own)
            yield from _rounds(facts, own, lang)
        if own.stage not in ("declined", "cancelled"):
            account = delivery.account(facts, own)
            for each in account.instalments:
                if each.open and each.due:
                    said = {
                        "amount": f"{each.open:,}",
                        "currency": account.currency,
                        "condition": each.condition,
                    }
                    what, part = _INSTALMENT.render(lang, said), _part(each.condition)
                    yield Due(
                        "instalment",
                        each.contract.number,
                        each.due,
                        what,
                        title,
                        part,
                        _people(facts, manager),
                    )
        yield from _terms(facts, own, manager, lang)


def _tasks(facts: Facts, own: Engagement) -> Iterator[Due]:
    title = own.project.title
    for item in delivery.progress(facts, own):
        if item.is_open:
            task, kind = item.task, "milestone" if item.task.is_milestone else "task"
            who = _people(facts, task.responsible)
            yield Due(kind, item.plan.number, task.due, task.name, title, _part(task.phase, task.name), who)
    for action in delivery.actions(facts, own):
        if not action.done:
            kind = "demand" if action.source.type.name == "acceptance-report" else "action"
            who = _people(facts, action.owner)
            yield Due(kind, action.source.number, action.due, action.what, title, _part(action.what), who)


def _rounds(facts: Facts, own: Engagement, lang: Lang) -> Iterator[Due]:
    """Inspections whose last round failed."""
    last = {each.source.number: each for each in delivery.inspections(facts, own)}
    for number, each in last.items():
        if each.result == "failed" and each.due:
            what = _REWORK.render(lang, {"title": each.source.title})
            who = _people(facts, each.source.data.get("maker"))
            yield Due("rework", number, each.due, what, own.project.title, str(each.turn), who)


def _terms(facts: Facts, own: Engagement, manager: str, lang: Lang) -> Iterator[Due]:
    who = _people(facts, manager)
    if own.stage not in engagement.OVER:
        for contract in engagement.contracts(facts, own):
            end = str((contract.data.get("period") or {}).get("end") or "")
            if end:
                yield Due("contract", contract.number, end, _CONTRACT.render(lang), contract.title, who=who)
    until = str((own.project.data.get("after_sales") or {}).get("until") or "")
    if until and own.stage not in ("declined", "cancelled"):
        yield Due("support", own.project.number, until, _SUPPORT.render(lang), own.project.title, who=who)


def service(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Tickets that wait for an answer or a solution, on the day by which policy promises it."""
    for ticket in facts.corpus.of("service-ticket"):
        if ticket.data.get("closed") or facts.state(ticket.number) in ENDED:
            continue
        steps = ticket.data.get("steps") or ()
        own = engagement.of(facts, ticket)
        who = _people(facts, steps[-1]["by"] if steps else own.project.data.get("manager") if own else "")
        for kind, field, said, deadline in zip(
            ("response", "solution"),
            ("responded_at", "solved_at"),
            (_RESPONSE, _SOLUTION),
            tickets.deadlines(facts, ticket),
            strict=True,
        ):
            if deadline is not None and not ticket.data.get(field):
                what = said.render(lang, {"title": ticket.title})
                yield Due(
                    kind,
                    ticket.number,
                    deadline.date().isoformat(),
                    what,
                    facts.title(_client(ticket)),
                    who=who,
                )


def _client(ticket: Record) -> str:
    return str(ticket.data.get("client") or ticket.data.get("project") or "")


# -- People ------------------------------------------------------------------------------------------------------


_CERTIFICATE = Text("certificate runs out: {name}", "证书到期：{name}")
_TRAINING = Text("training planned: {topic}", "计划培训：{topic}")
_DEPARTURE = Text("last day of work", "最后工作日")
_KEY = Text("signing key ends", "签名密钥停用")
_ROLE = Text("role ends: {role}", "角色到期：{role}")


def staff(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Of everybody who works here: certificates that run out, signing keys and roles that end."""
    for person in personnel.active(facts, facts.today):
        who = _people(facts, person.number)
        for name, held in personnel.certificates(person).items():
            if held.get("expires"):
                what = _CERTIFICATE.render(lang, {"name": name})
                yield Due(
                    "certificate", person.number, str(held["expires"]), what, person.title, _part(name), who
                )
        for key in person.data.get("signing_keys") or ():
            if key.get("to"):
                part = _part(str(key["key"]))
                yield Due("key", person.number, str(key["to"]), _KEY.render(lang), person.title, part, who)
        for role in person.data.get("roles") or ():
            if role.get("to"):
                what = _ROLE.render(lang, {"role": words.role(facts, str(role["role"]), lang)})
                part = _part(
                    str(role["role"]), str(role.get("department") or ""), str(role.get("from") or "")
                )
                yield Due("role", person.number, str(role["to"]), what, person.title, part, who)


def development(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Trainings that a plan has and nobody has held, goals of careers, and people about to leave."""
    held = {
        (str(session.data.get("plan") or ""), str(session.data.get("topic") or ""))
        for session in personnel.in_use(facts, "training-session")
        if session.data.get("closed") or session.data.get("date")
    }
    for plan in personnel.in_use(facts, "training-plan"):
        # What the plan of a year that is over has left out is for its report, and nothing to be done any more.
        is_open = facts.state(plan.number) == "in_force" and str(plan.data["year"]) >= facts.today[:4]
        for item in plan.data.get("items") or () if is_open else ():
            topic = str(item["topic"])
            if (plan.number, topic) not in held:
                day = _end_of_month(int(plan.data["year"]), int(item["month"]))
                what = _TRAINING.render(lang, {"topic": topic})
                who = _people(facts, item.get("instructor"))
                yield Due("training", plan.number, day, what, plan.title, _part(topic), who)
    for career in personnel.in_use(facts, "career-plan"):
        for goal in career.data.get("goals") or ():
            if goal.get("by") and not goal.get("done"):
                who = _people(facts, career.data.get("staff"))
                yield Due(
                    "goal",
                    career.number,
                    str(goal["by"]),
                    str(goal["goal"]),
                    career.title,
                    _part(str(goal["goal"])),
                    who,
                )
    for departure in personnel.in_use(facts, "departure"):
        if facts.state(departure.number) == "approved":
            who = _people(facts, departure.data.get("staff"))
            what = _DEPARTURE.render(lang)
            yield Due(
                "departure", departure.number, str(departure.data["last_day"]), what, departure.title, who=who
            )


def _end_of_month(year: int, month: int) -> str:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


# -- Confidentiality ---------------------------------------------------------------------------------------------


_SAFEGUARD = Text("to be inspected: {title}", "应检查：{title}")
_AGREEMENT = Text("confidentiality agreement ends", "保密协议到期")
_GRANT = Text("access ends", "查阅授权到期")
_TERM = Text("confidentiality ends", "保密期满")


def protection(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Safeguards to inspect and findings to correct."""
    for safeguard in facts.corpus.of("safeguard"):
        day = str(safeguard.data.get("next_inspection") or "")
        if day and facts.state(safeguard.number) not in ENDED:
            what, who = (
                _SAFEGUARD.render(lang, {"title": safeguard.title}),
                _people(facts, safeguard.data.get("owner")),
            )
            yield Due(
                "safeguard", safeguard.number, day, what, str(safeguard.data.get("place") or ""), who=who
            )
    for issue in secrecy.issues(facts):
        if issue.found is not None and issue.standing != "corrected":
            said, number = str(issue.found["what"]), issue.inspection.number
            who = _people(facts, issue.found.get("owner"))
            yield Due(
                "finding", number, str(issue.found["due"]), said, issue.inspection.title, _part(said), who
            )


def permissions(facts: Facts, lang: Lang) -> Iterator[Due]:
    """Agreements, access and confidentiality that end."""
    for person in personnel.active(facts, facts.today):
        agreement = clearance.agreement(facts, person.number, facts.today) or _last_agreement(
            facts, person.number
        )
        until = str(agreement.data.get("until") or "") if agreement else ""
        if agreement is not None and until:
            who = _people(facts, person.number)
            yield Due("agreement", agreement.number, until, _AGREEMENT.render(lang), person.title, who=who)
    for grant in clearance.grants(facts):
        if facts.state(grant.number) == "granted":
            who = _people(facts, grant.data.get("staff"))
            what = _GRANT.render(lang)
            yield Due(
                "grant",
                grant.number,
                str(grant.data["until"]),
                what,
                facts.title(str(grant.data["staff"])),
                who=who,
            )
    for record in secrecy.classified(facts):
        term = classification.term(record)
        # On which day something will be published nobody knows.
        if term not in ("", classification.PUBLICATION) and facts.state(record.number) not in ENDED:
            who = _people(facts, record.data["confidentiality"].get("custodian"))
            yield Due("term", record.number, term, _TERM.render(lang), record.title, who=who)


def _last_agreement(facts: Facts, staff: str) -> Record | None:
    """The agreement that ended last, of somebody whom none binds today."""
    held = [record for record in facts.corpus.of("nda") if record.data["staff"] == staff]
    return max(held, key=lambda record: (str(record.data.get("until") or ""), record.number), default=None)


SOURCES: tuple[Source, ...] = (
    unread,
    reviews,
    beginnings,
    expiries,
    returns,
    disposals,
    backups,
    work,
    service,
    staff,
    development,
    protection,
    permissions,
)


# -- As a calendar (RFC 5545) -----------------------------------------------------------------------------------


def calendar(facts: Facts, lang: Lang, site: str = "", group: str = "") -> bytes:
    """`due.ics`: an all-day event for each due, of one group or of all. The same facts give the same bytes: an event is stamped with the day of its
    record's present wording, never with the clock's.
    """
    _ = i18n.translator(lang)
    name = _("{company}: what falls due").format(company=facts.policy.company.render(lang))
    for each, title in GROUPS.items():
        name += f" · {title.render(lang)}" if each == group else ""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Muniment//due//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for due in dues(facts, lang, group):
        lines += _event(facts, due, lang, site)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def _event(facts: Facts, due: Due, lang: Lang, site: str) -> Iterator[str]:
    record = facts.corpus.records.get(due.number)
    stamp = (str(record.data.get("updated") or record.data.get("created") or "") if record else "") or due.day
    url = addresses.record(facts.policy, due.number)
    prefix = "" if lang == i18n.LANGS[0] else f"{lang}/"
    day = date.fromisoformat(due.day)
    yield "BEGIN:VEVENT"
    yield f"UID:{due.key}@{_realm(facts)}"
    yield f"DTSTAMP:{stamp[:10].replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(due.title)}"
    if due.text:
        yield f"DESCRIPTION:{escaped(due.text)}"
    kind = KINDS[due.kind]
    yield f"CATEGORIES:{due.kind.upper()},{escaped(GROUPS[kind.group].render(lang))},{escaped(kind.title.render(lang))}"
    if site:
        yield f"URL:{site}{prefix}{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _realm(facts: Facts) -> str:
    """What tells this registry's events from another's: made of the company's name, since a site may move."""
    company = facts.policy.company
    return f"{hashlib.sha256(f'{company.zh}/{company.en}'.encode()).hexdigest()[:12]}.muniment"


def escaped(text: str) -> str:
    """Text as a value: backslash, comma, semicolon and line break have a meaning of their own."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, none of which cuts a character, with the end that the standard asks for."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
