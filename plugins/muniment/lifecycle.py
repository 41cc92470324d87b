"""States, derived from acts or from which fields are filled; never written down (records.md, trust.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from muniment.findings import Text
from muniment.policy import Policy, Stage
from muniment.records import Act, Record

STATES: Mapping[str, Text] = {
    "draft": Text("draft", "草稿"),
    "in_review": Text("in review", "审核中"),
    "published": Text("published", "已发布"),
    "retired": Text("retired", "已废止"),
    "disposed": Text("disposed", "已销毁"),
    "void": Text("void", "作废"),
    "approved": Text("approved", "已批准"),
    "signed": Text("signed", "已签署"),
    "confirmed": Text("confirmed", "客户已确认"),
    "out": Text("on loan", "借出"),
    "returned": Text("returned", "已归还"),
    "in_force": Text("in force", "生效"),
    "completed": Text("completed", "已办结"),
    "granted": Text("granted", "已授权"),
    "registered": Text("registered", "已登记"),
}
# What people act on today: out of these states a record is no longer in force.
ENDED = ("retired", "disposed", "void")
# The chain of the lists whose last act destroys what they name.
DISPOSAL = "disposal"
# The chain that may be run through again and again, without a new revision.
REAFFIRMATION = "reaffirmation"
_YES = ("approved", "done", "imported")


@dataclass(frozen=True)
class Step:
    """A stage of a chain with the act that settles it for the record's present content, if there is one.

    `act` is the last word of that stage, whatever it says; `is_done` where it says yes and all before it do.
    """

    stage: Stage
    act: Act | None
    is_done: bool


@dataclass(frozen=True)
class Standing:
    """Where a record's present revision and content stand in its chain. `waiting` is the stage whose turn it is."""

    state: str
    steps: tuple[Step, ...] = ()

    @property
    def waiting(self) -> Stage | None:
        return next((step.stage for step in self.steps if not step.is_done), None)


def standing(record: Record, policy: Policy, *, given: bool = False, destroyed: bool = False) -> Standing:
    """The state of a record from its own facts and acts, and whether a disposal that was carried out names it.

    `given`: the record stands as the first commit brought it, which is the root of trust, so a record of
    the organization is in force without acts.
    """
    if destroyed:
        return Standing("disposed", chain_steps(stub(record), policy, record.type.chain or ""))
    if record.type.chain is None:
        return Standing(_state_of_fields(record))
    steps = chain_steps(record, policy, record.type.chain)
    state = "in_force" if given and not record.acts else _state_of(steps)
    if state == "in_force" and record.type.states:
        state = _state_of_fields(record)
    if _is_whole(chain_steps(record, policy, "retirement")):
        state = "retired"
    return Standing(state, steps)


def destroyed(records: Iterable[Record], policy: Policy) -> dict[str, str]:
    """What the lists of disposal name that were carried out: number of the record -> number of its list.

    The destruction itself counts, not the chain as it is today: what was burnt stays burnt when policy adds a stage.
    """
    found: dict[str, str] = {}
    for record in records:
        if record.type.chain == DISPOSAL and destruction(record, policy) is not None:
            for number in record.data.get("documents") or ():
                found.setdefault(str(number), record.number)
    return found


def destruction(record: Record, policy: Policy) -> Act | None:
    """The act by which a list of disposal was carried out."""
    stages = {stage.name for stage in policy.chains.get(DISPOSAL, ()) if stage.becomes == "disposed"}
    for act in reversed(record.acts):
        if (act.chain, act.content) == (DISPOSAL, record.content) and act.stage in stages:
            return act if act.decision in _YES else None
    return None


def stub(record: Record) -> Record:
    """What is left of a destroyed record: facts and acts, bound to the content that the acts were given on.

    Text and files need not be there any more; that they went by a disposal is what the audit of the history proves.
    """
    kept = without_text(record)
    settled = next((act.content for act in reversed(record.acts) if act.revision == record.revision), None)
    kept.__dict__["content"] = settled or record.content
    return kept


def without_text(record: Record) -> Record:
    """A record that has its text and files still, but is not to show them; its content stays what it is."""
    kept = replace(record, files=())
    kept.__dict__["content"] = record.content
    kept.__dict__["body"] = None
    return kept


def chain_steps(record: Record, policy: Policy, chain: str) -> tuple[Step, ...]:
    """The stages of `chain` with the last word that each has on the present revision and content; of a chain that repeats, in the
    round that was begun last.
    """
    stages = policy.chains.get(chain, ())
    acts = [
        act
        for act in record.acts
        if act.chain == chain and act.revision == record.revision and act.content == record.content
    ]
    if chain == REAFFIRMATION and acts:
        before = [n for n in ends(acts, stages) if n < acts[-1].n]
        acts = [act for act in acts if not before or act.n > before[-1]]
    last = {act.stage: act for act in acts}
    steps = []
    done = True
    for stage in stages:
        word = last.get(stage.name)
        done = done and word is not None and word.decision in _YES
        steps.append(Step(stage, word, done))
    return tuple(steps)


def ends(acts: Iterable[Act], stages: Sequence[Stage]) -> list[int]:
    """The places of those acts, of one revision and content, that ended a round of their chain: what its last stage agreed to and
    did not take back.
    """
    found: list[int] = []
    for act in acts:
        if stages and act.stage == stages[-1].name:
            if act.decision in _YES:
                found.append(act.n)
            elif act.decision == "withdrawn" and found:
                found.pop()
    return found


def _is_whole(steps: tuple[Step, ...]) -> bool:
    return bool(steps) and steps[-1].is_done


def _state_of(steps: tuple[Step, ...]) -> str:
    state = "draft"
    for step in steps:
        if step.is_done:
            state = step.stage.becomes or (state if state != "draft" else "in_review")
    if state == "draft" and any(step.act and step.act.decision in _YES for step in steps):
        return "in_review"
    return state


def _state_of_fields(record: Record) -> str:
    """Declared for projects only; elsewhere the first state of the schema whose fields are all filled."""
    if record.type.state_field:
        return str(record.data.get(record.type.state_field, "draft"))
    for state in record.type.states:
        if all(is_filled(record.data, path) for path in state.fields):
            return state.name
    return "registered"


def successors(records: Iterable[Record]) -> Iterator[tuple[Record, Act, str]]:
    """What requests for retirement name as taking the record's place, with the record and the act."""
    for record in records:
        for act in record.acts:
            named = (act.data.get("details") or {}).get("successor") if act.chain == "retirement" else None
            if named:
                yield record, act, str(named)


def is_filled(data: Mapping[str, Any], path: str) -> bool:
    """Whether the dotted `path` leads to a value that says something."""
    node: Any = data
    for name in path.split("."):
        if not isinstance(node, Mapping):
            return False
        node = node.get(name)
    return node not in (None, "", [], {}, False)


def state_title(record: Record, state: str) -> Text:
    """The word for a state, from the schema where the type names its own."""
    for own in record.type.states:
        if own.name == state:
            return own.title
    if record.type.state_field:
        declared = next((item for item in record.type.fields if item.name == record.type.state_field), None)
        if declared and state in declared.labels:
            return declared.labels[state]
    return STATES.get(state, Text(state, state))
