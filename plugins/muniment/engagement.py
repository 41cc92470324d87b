"""Engagements: a project with its forms, its team and its inspections, as all rules on projects look at it (R2.1–R2.4).

A form is a record of its own type, or a published document of the kind that the form stands for: what was written before a
company used the forms stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from muniment.facts import Facts
from muniment.findings import Pointer
from muniment.lifecycle import ENDED
from muniment.recall import recalled
from muniment.records import Record

STAGES = ("intake", "assessed", "contracted", "executing", "acceptance", "after_sales", "closed")
OVER = ("closed", "declined", "cancelled")
_YES = ("approved", "done", "imported")


@dataclass(frozen=True)
class Form:
    """A form of the service process: its type, the kind of document that stands in for it, the stage that needs it.

    `leads_to` are the stages that a project enters by this form.
    """

    type: str
    kind: str
    stage: str
    leads_to: tuple[str, ...]


FORMS = (
    Form("needs-survey", "requirements", "assessed", ()),
    Form("assessment", "assessment", "assessed", ("assessed", "declined")),
    Form("contract", "contract", "contracted", ("contracted",)),
    Form("implementation-plan", "plan", "executing", ("executing",)),
    Form("acceptance-application", "acceptance", "acceptance", ()),
    Form("acceptance-report", "acceptance", "after_sales", ("after_sales", "closed")),
)


@dataclass(frozen=True)
class Need:
    """What a project has for a form. `standing`: `there` (through its chain), `begun`, `missing` (its stage is reached
    and nothing is there), `later` (its stage is ahead), `waived` (nothing is there, and nothing is asked for).
    """

    form: Form
    copies: tuple[Record, ...]
    standing: Literal["there", "begun", "missing", "later", "waived"]


@dataclass(frozen=True)
class Member:
    """Somebody in a project's team with a duty; `end` is empty while it lasts. The manager belongs to the team."""

    staff: str
    duty: str
    start: str
    end: str
    pointer: Pointer

    def overlaps(self, start: str, end: str) -> bool:
        return self.start <= end and (not self.end or start <= self.end)


@dataclass(frozen=True)
class Task:
    """One task of an implementation plan."""

    name: str
    responsible: str
    start: str
    due: str
    pointer: Pointer
    phase: str = ""
    is_milestone: bool = False
    done: str = ""


@dataclass(frozen=True)
class Engagement:
    """A project and everything that names it in its field `project`, by type; records that have ended are among them."""

    project: Record
    records: Mapping[str, tuple[Record, ...]]

    @property
    def stage(self) -> str:
        return str(self.project.data["stage"])

    @property
    def start(self) -> str:
        return str(self.project.data["created"])

    @property
    def end(self) -> str:
        """The last day of its life: as stated, else the day of a last change that ended it; empty while it lives."""
        closed = self.project.data.get("closed")
        return str(closed) if closed else day_of(self.project) if self.stage in OVER else ""

    def is_alive(self, day: str) -> bool:
        return self.start <= day and (not self.end or day <= self.end)

    def has_reached(self, stage: str) -> bool:
        """Whether it is in `stage` or beyond; one that was declined has been assessed, one that was cancelled says nothing."""
        reached = "assessed" if self.stage == "declined" else self.stage
        return reached in STAGES and STAGES.index(reached) >= STAGES.index(stage)

    @cached_property
    def team(self) -> tuple[Member, ...]:
        """The manager over the whole life, then the members as listed; without dates they are there from first to last."""
        data = self.project.data
        return (
            Member(str(data["manager"]), "", self.start, self.end, ("manager",)),
            *(
                Member(
                    str(entry["staff"]),
                    str(entry["duty"]),
                    str(entry.get("from") or self.start),
                    str(entry.get("to") or self.end),
                    ("team", index),
                )
                for index, entry in enumerate(data.get("team") or ())
            ),
        )

    def has_member(self, staff: str, start: str, end: str) -> bool:
        """Whether somebody belongs to the team at any time between two days, both included."""
        return any(member.staff == staff and member.overlaps(start, end) for member in self.team)


@recalled
def engagements(facts: Facts) -> Mapping[str, Engagement]:
    """All engagements by the number of their project."""
    found: dict[str, dict[str, list[Record]]] = {}
    for record in facts.corpus:
        found.setdefault(str(record.data.get("project")), {}).setdefault(record.type.name, []).append(record)
    return {
        project.number: Engagement(
            project, {name: tuple(group) for name, group in found.get(project.number, {}).items()}
        )
        for project in facts.corpus.of("project")
    }


def of(facts: Facts, record: Record) -> Engagement | None:
    """The engagement that a record belongs to."""
    return engagements(facts).get(str(record.data.get("project")))


def each(facts: Facts, *types: str) -> Iterator[tuple[Record, Engagement]]:
    """Every record of these types that is still in use, with the engagement that it belongs to."""
    for record in facts.corpus.of(*types):
        engagement = of(facts, record)
        if engagement is not None and facts.state(record.number) not in ENDED:
            yield record, engagement


def in_use(facts: Facts, engagement: Engagement, name: str) -> tuple[Record, ...]:
    """The records of one type that belong to a project and have not ended."""
    return tuple(
        record for record in engagement.records.get(name, ()) if facts.state(record.number) not in ENDED
    )


def forms_due(facts: Facts, engagement: Engagement) -> Iterator[Form]:
    """The forms that a project in its stage must have.

    One that was taken on before the day that the policy `documents` gives needs only the form that led to its stage.
    """
    since = str(facts.policy.value("documents", "forms", "from", default=""))
    for form in FORMS:
        if engagement.start >= since:
            if engagement.has_reached(form.stage):
                yield form
        elif engagement.stage in form.leads_to:
            yield form


def needs(facts: Facts, engagement: Engagement) -> tuple[Need, ...]:
    """All forms in the order of the stages, with what the project has for each, its latest copy last."""
    due = set(forms_due(facts, engagement))
    found = []
    for form in FORMS:
        held = tuple(
            sorted(
                (copy for copy in copies(engagement, form) if facts.state(copy.number) not in ENDED),
                key=lambda copy: (str(copy.data.get("created") or ""), copy.number),
            )
        )
        found.append(Need(form, held, _standing(facts, engagement, form, held, form in due)))
    return tuple(found)


def _standing(
    facts: Facts, engagement: Engagement, form: Form, held: tuple[Record, ...], is_due: bool
) -> Literal["there", "begun", "missing", "later", "waived"]:
    decisive = tuple(copy for copy in held if copy.data.get("conclusion") != "failed")
    if any(settled_on(facts, copy) for copy in decisive):
        return "there"
    if held:
        return "begun"
    if is_due:
        return "missing"
    return "waived" if engagement.stage in OVER or engagement.has_reached(form.stage) else "later"


def copies(engagement: Engagement, form: Form) -> tuple[Record, ...]:
    """What a project has for a form: records of its type and documents of class XM that stand in, in any state."""
    plain = engagement.records.get("document", ())
    return (
        *engagement.records.get(form.type, ()),
        *(record for record in plain if _is_kind(record, form.kind)),
    )


def documents(facts: Facts, engagement: Engagement, kind: str) -> tuple[Record, ...]:
    """Documents of class XM and of one kind that were published, so that they count as the form."""
    plain = in_use(facts, engagement, "document")
    return tuple(record for record in plain if _is_kind(record, kind) and settled_on(facts, record))


def _is_kind(record: Record, kind: str) -> bool:
    return record.data.get("class") == "XM" and record.data.get("kind") == kind


def settled_on(facts: Facts, record: Record) -> str:
    """The first day on which all stages of a record's chain had been passed, in this revision or an earlier one; else empty."""
    standing = facts.standings[record.number]
    if record.type.chain is None or (standing.state == "in_force" and not record.acts):
        return str(record.data.get("created") or day_of(record))
    if not standing.steps:
        return ""
    last = standing.steps[-1]
    days = [
        act.date
        for act in record.acts
        if (act.chain, act.stage) == (record.type.chain, last.stage.name)
        and act.decision in _YES
        and (act.revision < record.revision or (last.is_done and act == last.act))
    ]
    return min(days, default="")


def tasks(plan: Record) -> Iterator[Task]:
    """The tasks of all phases of a plan."""
    for phase, group in enumerate(plan.data["phases"]):
        for index, task in enumerate(group["tasks"]):
            yield Task(
                str(task["name"]),
                str(task["responsible"]),
                str(task["start"]),
                str(task["due"]),
                ("phases", phase, "tasks", index),
                str(group["name"]),
                bool(task.get("milestone")),
                str(task.get("done") or ""),
            )


def contracts(facts: Facts, engagement: Engagement) -> tuple[Record, ...]:
    """The contracts of a project that hold, less those that another one of them replaces."""
    held = in_use(facts, engagement, "contract")
    signed = tuple(record for record in held if settled_on(facts, record)) or held
    replaced = {number for record in signed for number in record.data.get("supersedes") or ()}
    return tuple(record for record in signed if record.number not in replaced)


def plan(facts: Facts, engagement: Engagement) -> Record | None:
    """The implementation plan that holds: the newest that no other one replaces, confirmed ones before drafts."""
    held = in_use(facts, engagement, "implementation-plan")
    settled = tuple(record for record in held if settled_on(facts, record)) or held
    replaced = {number for record in settled for number in record.data.get("supersedes") or ()}
    left = [record for record in settled if record.number not in replaced]
    return max(left, key=lambda record: (day_of(record), record.number), default=None)


def day_of(record: Record) -> str:
    """The day of a record's present wording."""
    return str(record.data.get("updated") or record.data.get("created") or "")
