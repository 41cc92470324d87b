"""Acting: whose turn it is in a record's chain, and what the file of an act says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from muniment import age, edit, lifecycle
from muniment.approvals import BESIDE, IN_FORCE, READ, READING, REAFFIRMATION, YES
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.lifecycle import ENDED, STATES
from muniment.policy import Stage
from muniment.records import Record

_UNDERSTOOD = Text("read and understood", "已阅读并理解")
_MEANINGS = {
    "approved": Text("{stage}: approved", "{stage}：同意"),
    "rejected": Text("{stage}: rejected", "{stage}：退回"),
    "withdrawn": Text("{stage}: withdrawn", "{stage}：撤回"),
    "done": Text("{stage}: done", "{stage}：已办理"),
}
_NO_CHAIN = Text(
    "{number} is of the type {type}, which nobody has to approve", "{number} 属于{type}，这类记录不需要审批"
)
_NO_STAGE = Text(
    "{number} has no stage `{stage}`; it has {known}", "{number} 没有环节 `{stage}`；可用：{known}"
)
_ENDED = Text("{number} is {state}: nothing can be done about it any more", "{number} {state}，不能再办理")
_NOTHING_WAITS = Text(
    "{number} is {state}; no stage waits for anybody", "{number} 处于“{state}”状态，没有待办的环节"
)
_SETTLED = Text(
    "stage `{stage}` of {number} is settled already, by {by} on {date}",
    "{number} 的环节 `{stage}` 已由 {by} 于 {date} 办理",
)
_NOT_SETTLED = Text(
    "there is nothing to withdraw: nobody has said yes at stage `{stage}` of {number}",
    "无可撤回：{number} 的环节 `{stage}` 还没有人同意",
)
_NOT_IN_FORCE = Text(
    "{number} is {state}, not in force, so it cannot be retired; take it out of its branch, or give up"
    " its number: muniment new void --set number={number}",
    "{number} 处于“{state}”状态，尚未生效，无从废止；请从分支中移除，或作废编号：muniment new void --set number={number}",
)
_NOT_FIT = Text(
    "{number} is {state}, not in force, so there is nothing to find still fit for use",
    "{number} 处于“{state}”状态，尚未生效，无从复审",
)
_NOT_READ = Text(
    "{number} is {state}, not in force: what may still change is not confirmed as read",
    "{number} 处于“{state}”状态，尚未生效：还会变动的内容不能确认阅读",
)
_READ_ALREADY = Text(
    "you have confirmed revision {revision} of {number} already, on {date}",
    "您已于 {date} 确认阅读 {number} 第 {revision} 版",
)
_IS_EVENT = Text(
    "what {number} waits for is no decision but an event; when it has happened: muniment act {number} {stage}",
    "{number} 等待的不是审批，而是办理事项；事情办完后运行：muniment act {number} {stage}",
)
_PAIR = Text("write name=value, not `{given}`", "应写成 名称=值，而不是 `{given}`")
_NO_SUCCESSOR = Text("the successor `{value}` is no record here", "登记库中没有替代文件 `{value}`")
_OWN_SUCCESSOR = Text("{number} cannot replace itself", "{number} 不能替代它自己")
_NO_SUFFIX = Text(
    "`{file}` needs an ending such as .pdf, which an act's evidence keeps", "`{file}` 需要扩展名，如 .pdf"
)
_SAME_SUFFIX = Text(
    "of several files of evidence each has an ending of its own; `{file}` is the second with {suffix}",
    "几份凭据的扩展名须各不相同；`{file}` 是第二个 {suffix} 文件",
)
_CHANGES_FREELY = Text(
    "{number} is of the type {type}, which has no revisions to approve: edit it and commit",
    "{number} 属于{type}，这类记录没有需要审批的版次：直接修改并提交即可",
)
_DRAFT = Text(
    "{number} is still the draft of revision {revision}: there is nothing to revise; edit it and commit",
    "{number} 仍是第 {revision} 版的草稿，无需升版：直接修改并提交即可",
)
_UNDER_WAY = Text(
    "revision {revision} of {number} is under way already (main has {landed}); edit it and commit",
    "{number} 的第 {revision} 版已在编写中（main 上是第 {landed} 版）；直接修改并提交即可",
)
_SAME_DAY = Text(
    "{number} was updated on {updated}, and the date of the next revision has to be later; wait for the next day",
    "{number} 的更新日期是 {updated}，下一版的日期必须更晚；请第二天再升版",
)
_EMPTY = Text("`{file}` is empty", "`{file}` 是空文件")


class Impossible(ValueError):
    """Something that cannot be done; `words` say why. `is_use` where another command line would help."""

    def __init__(self, words: Text, /, *, is_use: bool = False, **params: object) -> None:
        super().__init__(words.render("en", params))
        self.words = words
        self.params = params
        self.is_use = is_use


@dataclass(frozen=True)
class Turn:
    """One stage of one of a record's chains."""

    chain: str
    stage: Stage


@dataclass(frozen=True)
class Deed:
    """What one person says at one stage; with the record it makes an act. `evidence` is by ending (`.pdf`)."""

    turn: Turn
    decision: str
    by: str
    date: str
    meaning: str = ""
    comment: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    evidence: Mapping[str, bytes] = field(default_factory=dict)


# -- Whose turn ---------------------------------------------------------------------------------------------


def require_open(facts: Facts, record: Record) -> None:
    """Raises `Impossible` where nobody can act on the record at all."""
    if record.type.chain is None:
        raise Impossible(_NO_CHAIN, number=record.number, type=record.type.title)
    state = facts.standings[record.number].state
    if state in ENDED:
        raise Impossible(_ENDED, number=record.number, state=STATES[state])


def turn(facts: Facts, record: Record) -> Turn | None:
    """The stage whose turn it is: of a retirement that was requested, of a review that was begun, else of the record's own chain."""
    for chain in BESIDE if record.acts else ():
        steps = lifecycle.chain_steps(record, facts.policy, chain)
        waiting = next((step.stage for step in steps if not step.is_done), None)
        if waiting is not None and any(step.is_done for step in steps):
            return Turn(chain, waiting)
    if record.path in facts.given and not record.acts:
        return None
    waiting = facts.standings[record.number].waiting
    return Turn(record.type.chain or "", waiting) if waiting is not None else None


def next_turn(facts: Facts, record: Record, *, chain: str = "", decision: bool = False) -> Turn:
    """The stage whose turn it is, of `chain` where one is named. Raises `Impossible` where nothing waits.

    With `decision` an event is refused: whoever approves does not say that something was handed over.
    """
    require_open(facts, record)
    if chain in BESIDE:
        _require_in_force(facts, record, chain)
        steps = lifecycle.chain_steps(record, facts.policy, chain)
        first = steps[0].stage if steps and chain == REAFFIRMATION else None
        stage = next((step.stage for step in steps if not step.is_done), first)
        found = Turn(chain, stage) if stage is not None else None
    else:
        found = turn(facts, record)
    if found is None:
        state = facts.state_title(record)
        raise Impossible(_NOTHING_WAITS, number=record.number, state=state)
    if decision and found.stage.event:
        raise Impossible(_IS_EVENT, number=record.number, stage=found.stage.name)
    return found


def named_turn(facts: Facts, record: Record, name: str, *, chain: str = "") -> Turn:
    """The stage called `name`, by its name or its label; of two with one name that whose turn it is."""
    require_open(facts, record)
    chains = (chain,) if chain else (record.type.chain or "", *BESIDE)
    stages = [Turn(each, stage) for each in chains for stage in facts.policy.chains.get(each, ())]
    found = [each for each in stages if name in (each.stage.name, *_labels(facts, "stages", each.stage.name))]
    if not found:
        known = ", ".join(dict.fromkeys(each.stage.name for each in stages)) or "—"
        raise Impossible(_NO_STAGE, is_use=True, number=record.number, stage=name, known=known)
    waiting = turn(facts, record)
    chosen = waiting if waiting in found else found[0]
    if chosen.chain in BESIDE:
        _require_in_force(facts, record, chosen.chain)
    return chosen


def _labels(facts: Facts, table: str, name: str) -> tuple[str, ...]:
    labels = facts.policy.value("review", "labels", table, name, default={})
    return tuple(str(label) for label in labels.values()) if isinstance(labels, Mapping) else ()


def reading(facts: Facts, record: Record, me: str) -> Turn:
    """What somebody does who has read a record. Raises `Impossible` where it is not in force, or he has said so already."""
    require_open(facts, record)
    state = facts.standings[record.number].state
    if state not in IN_FORCE:
        raise Impossible(_NOT_READ, number=record.number, state=facts.state_title(record))
    for act in record.readings:
        if (act.by, act.revision, act.content) == (me, record.revision, record.content):
            raise Impossible(_READ_ALREADY, number=record.number, revision=record.revision, date=act.date)
    return Turn(READING, READ)


def _require_in_force(facts: Facts, record: Record, ending: str) -> None:
    chain = facts.policy.chains.get(record.type.chain or "", ())
    state = facts.standings[record.number].state
    if state in ("draft", "in_review") and any(not stage.event for stage in chain):
        words = _NOT_FIT if ending == REAFFIRMATION else _NOT_IN_FORCE
        raise Impossible(words, number=record.number, state=STATES[state])


def settle(facts: Facts, record: Record, at: Turn, decision: str | None) -> str:
    """The decision that is meant. Raises `Impossible` where the stage is settled, or there is nothing to take back."""
    meant = decision or ("done" if at.stage.event else "approved")
    steps = lifecycle.chain_steps(record, facts.policy, at.chain)
    last = next((step.act for step in steps if step.stage.name == at.stage.name), None)
    stands = last is not None and last.decision in YES
    is_through = at.chain == REAFFIRMATION and all(step.is_done for step in steps)
    is_again = is_through and last is not None and last.date < facts.today
    if last is not None and stands and meant in YES and not is_again:
        raise Impossible(
            _SETTLED, stage=at.stage.name, number=record.number, by=facts.title(last.by), date=last.date
        )
    if meant == "withdrawn" and not stands:
        raise Impossible(_NOT_SETTLED, stage=at.stage.name, number=record.number)
    return meant


# -- What is said -------------------------------------------------------------------------------------------


def details(facts: Facts, record: Record, stage: Stage, pairs: Iterable[str]) -> dict[str, object]:
    """`name=value` pairs as details of an act: names as the stage has them or by their labels, a name given twice a list."""
    found: dict[str, object] = {}
    known = {
        word: name for name in (*stage.details, *stage.optional) for word in _labels(facts, "details", name)
    }
    for pair in pairs:
        given, sign, value = pair.partition("=")
        given, value = given.strip(), value.strip()
        if not sign or not given or not value:
            raise Impossible(_PAIR, is_use=True, given=pair)
        name = known.get(given, given)
        if name in found:
            earlier = found[name]
            found[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
        else:
            found[name] = value
    _require_successor(facts, record, found.get("successor"))
    return found


def _require_successor(facts: Facts, record: Record, value: object) -> None:
    """Who is sent on to a successor has to find it."""
    if value is None:
        return
    if value == record.number:
        raise Impossible(_OWN_SUCCESSOR, number=record.number)
    if value not in facts.corpus.records:
        raise Impossible(_NO_SUCCESSOR, value=value)


def missing(stage: Stage, decision: str, given: Mapping[str, object]) -> tuple[str, ...]:
    """What the stage asks for and was not said."""
    return tuple(name for name in stage.details if decision in YES and name not in given)


def evidence(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Files by their ending, which is all that an act's evidence keeps of its name."""
    found: dict[str, bytes] = {}
    for name, content in files:
        suffix = PurePosixPath(name).suffix.lower()
        if not suffix[1:].isascii() or not suffix[1:].isalnum() or suffix in (".yaml", ".yml"):
            raise Impossible(_NO_SUFFIX, is_use=True, file=name)
        if suffix in found:
            raise Impossible(_SAME_SUFFIX, is_use=True, file=name, suffix=suffix)
        if not content:
            raise Impossible(_EMPTY, is_use=True, file=name)
        found[suffix] = content
    return found


def encrypted(given: Mapping[str, bytes], recipient: str) -> dict[str, bytes]:
    """Evidence of a classified record, for those who hold its key."""
    return {f"{suffix}{age.SUFFIX}": age.encrypt(content, [recipient]) for suffix, content in given.items()}


def meaning(facts: Facts, stage: Stage, decision: str, lang: Lang) -> str:
    """What the signature means, in a word (21 CFR 11.50), with the company's own name of the stage."""
    if stage is READ:
        return _UNDERSTOOD.render(lang)
    labels = facts.policy.value("review", "labels", "stages", stage.name, default={})
    named = labels.get(lang) if isinstance(labels, Mapping) else None
    return _MEANINGS[decision].render(lang, {"stage": named or stage.name.replace("-", " ")})


def next_n(record: Record) -> int:
    """The place of the next act in the row of its revision; files that cannot be read have theirs all the same."""
    taken = [act.n for act in record.acts if act.revision == record.revision]
    for path in record.act_paths:
        parts = path.rpartition("/")[2].split("-")
        if len(parts) > 2 and parts[0] == str(record.revision) and parts[1].isdecimal():
            taken.append(int(parts[1]))
    return max(taken, default=0) + 1


def files(record: Record, deed: Deed) -> dict[str, bytes]:
    """The act's file and its evidence, by path."""
    # A reading takes no place in the row: many people read at the same time, each on a branch of his own.
    n = None if deed.turn.chain == READING else next_n(record)
    stem = f"{record.revision}-{f'read-{deed.by}' if n is None else f'{n}-{deed.turn.stage.name}'}"
    brought = {f"{stem}{suffix}": content for suffix, content in deed.evidence.items()}
    said = {
        "record": record.number,
        "revision": record.revision,
        "chain": deed.turn.chain,
        "stage": deed.turn.stage.name,
        "decision": deed.decision,
        "by": deed.by,
        "date": deed.date,
        "content": record.content,
        "meaning": deed.meaning,
        "comment": deed.comment,
        "details": dict(deed.details),
        "evidence": [
            {"file": name, "sha256": hashlib.sha256(content).hexdigest()} for name, content in brought.items()
        ],
    }
    text = edit.dump({name: value for name, value in said.items() if value not in ("", {}, [])})
    folder = f"{record.folder}/acts"
    return {
        f"{folder}/{stem}.yaml": text.encode(),
        **{f"{folder}/{name}": content for name, content in brought.items()},
    }


# -- The next revision --------------------------------------------------------------------------------------


def revised(facts: Facts, record: Record, landed: Record | None, me: str) -> str:
    """The record's file as it begins its next revision, comments and order kept.

    `landed` is the record as main holds it. Raises `Impossible` where there is no next revision to begin.
    """
    if record.type.chain is None:
        raise Impossible(_CHANGES_FREELY, number=record.number, type=record.type.title)
    if landed is None:
        raise Impossible(_DRAFT, number=record.number, revision=record.revision)
    state = lifecycle.standing(landed, facts.policy).state
    if state in ENDED:
        raise Impossible(_ENDED, number=record.number, state=STATES[state])
    if record.revision != landed.revision:
        raise Impossible(_UNDER_WAY, number=record.number, revision=record.revision, landed=landed.revision)
    if _is_free(facts, landed):
        raise Impossible(_DRAFT, number=record.number, revision=record.revision)
    updated = str(landed.data.get("updated") or "")
    if updated >= facts.today:
        raise Impossible(_SAME_DAY, number=record.number, updated=updated)
    text = edit.set_value(record.document.text, ("revision",), landed.revision + 1, after="number")
    text = edit.set_value(text, ("updated",), facts.today)
    return text if record.data.get("author") == me else edit.set_value(text, ("author",), me)


def _is_free(facts: Facts, landed: Record) -> bool:
    """Whether main lets the record change as it stands: nobody has decided anything about it so far."""
    if any(act.revision == landed.revision for act in landed.acts):
        return False
    chain = facts.policy.chains.get(landed.type.chain or "", ())
    return facts.policy.importing or all(stage.event for stage in chain)
