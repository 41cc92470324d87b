"""muniment act"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from muniment import completion
from muniment.findings import Lang, Text
from muniment.terminal import FOUND, NO_VERDICT, NO_VERDICT_WORDS, Settings, as_command, progress, say, stop

if TYPE_CHECKING:
    from muniment.acting import Deed, Impossible, Turn
    from muniment.audit import Pull
    from muniment.facts import Facts
    from muniment.findings import Fault, Finding
    from muniment.history import Desk, Repository
    from muniment.keystore import Ring
    from muniment.project import Loaded
    from muniment.records import Record
    from muniment.register import Register

ORDER = 31
Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_NO_GIT = Text("{root} is no Git repository, so nobody can act in it", "{root} 不是 Git 仓库，无法办理")
_NO_COMMIT = Text("there is no commit yet; make the first one", "还没有任何提交；请先提交一次")
_DETACHED = Text(
    "no branch is checked out; choose one: git switch BRANCH",
    "当前不在任何分支上；请先切换：git switch 分支名",
)
_LOCKED = Text(
    "Git's lock {path} is {age} old: another git is at work here, or one was cut off\n"
    "wait for it; if none runs any more: rm {path}",
    "Git 的锁文件 {path} 已存在{age}：要么另一个 git 正在运行，要么它曾被中断\n"
    "请等它结束；确认没有 git 在运行时：rm {path}",
)
_UNSET = Text(
    "git does not know who you are: git config user.email YOU@COMPANY, with an address from your staff record"
    "; `muniment keys` shows who is known",
    "git 不知道您是谁：请运行 git config user.email 您的邮箱（须与人员档案一致）；`muniment keys` 列出已登记的人员",
)
_STRANGER = Text(
    "git's user.email `{email}` is in no staff record, so nobody knows who acts: git config user.email"
    " YOU@COMPANY, or have your record completed; `muniment keys` shows who is known",
    "人员档案中没有 git 的 user.email `{email}`，无法确认您的身份：请用 git config user.email 改成档案中的邮箱，"
    "或请人补全档案；`muniment keys` 列出已登记的人员",
)
_UNKNOWN = Text("there is no record `{number}`{near}", "没有编号为 `{number}` 的记录{near}")
_NEAR = Text(" (did you mean `{near}`?)", "（是否指 `{near}`？）")
_BROKEN = Text(
    "{path} cannot be read as a record; `muniment check {path}` says why",
    "{path} 无法作为记录读取；`muniment check {path}` 说明原因",
)
_UNCOMMITTED = Text(
    "{number} has changes that are in no commit; commit them or take them back first:",
    "{number} 有尚未提交的改动；请先提交或撤销：",
)
_OTHER_BYTES = Text(
    "the files of {number} differ from what is committed, though git shows no change: it converts line ends;"
    " put the line `* -text` into .gitattributes",
    "{number} 的文件与提交的内容不同，而 git 不显示改动：它在转换换行符；请在 .gitattributes 中写入 `* -text`",
)
_MISSING = Text(
    "stage `{stage}` of {number} asks for more; add: {options}",
    "{number} 的环节 `{stage}` 还需填写：{options}",
)
_NO_EVIDENCE = Text(
    "stage `{stage}` of {number} asks for a file that proves it; add: --evidence FILE",
    "{number} 的环节 `{stage}` 需要凭据；请加上：--evidence 文件",
)
_NO_COMMENT = Text(
    "a rejection gives its reason; add: --comment TEXT", "退回须说明理由；请加上：--comment 理由"
)
_COMMENT = Text("Reason", "理由")
_UNSIGNED = Text(
    "chain `{chain}` wants acts that are {needed}, and git does not sign here\n"
    "set it up: muniment keys configure",
    "审批链 `{chain}` 要求证据级别为“{needed}”，而这里的 git 没有设置签名\n请设置：muniment keys configure",
)
_REFUSED = Text("the check would refuse this; nothing was written", "检查不会通过；没有写入任何内容")
_HOLDERS = Text("{number} waits at `{stage}` for {names}", "{number} 的环节 `{stage}` 可由 {names} 办理")
_NOBODY = Text("nobody: no one holds the role today", "（今天无人担任该角色）")
_NOBODY_ELSE = Text(
    "nobody else may act at `{stage}` of {number}: give somebody the role in the staff register, for a time as a deputy"
    " (`deputy_for`, `from`, `to`)",
    "{number} 的环节 `{stage}` 没有其他人可以办理：请在人员档案中给别人这个角色，可用 `deputy_for`、`from`、`to` 设为临时代理",
)
_EXISTS = Text(
    "the branch {branch} is there already and has not been merged; go on there: git switch {branch}",
    "分支 {branch} 已经存在且尚未合并；请切换过去继续：git switch {branch}",
)
_GIT_SAYS = Text(
    "`git {command}` says: {said}\nnothing was written", "`git {command}` 报告：{said}\n没有写入任何内容"
)
_DONE = Text(
    "{number}: {meaning} ({by}, commit {commit}, {level})",
    "{number}：{meaning}（{by}，提交 {commit}，{level}）",
)
_BRANCHED = Text(
    "acts reach main through a merge, so this is on the new branch {branch}: git push -u origin {branch},"
    " then open a pull request",
    "审批须经合并进入 main，因此记在新分支 {branch} 上：git push -u origin {branch}，然后创建合并请求",
)
_NEXT = Text("next for {number}: `{stage}`, by {names}", "{number} 的下一环节：`{stage}`，可由 {names} 办理")
_THROUGH = Text("{number} is {state} as soon as main has this", "合并到 main 后，{number} {state}")
_REVISION = Text("{number} revision {revision}: {meaning}", "{number} 第 {revision} 版：{meaning}")
PUSH = Text(
    "the keys are on the branch `keys` of this clone; others need them: git push --force-with-lease origin keys",
    "密钥已写入本地的 `keys` 分支；要让他人也能读取：git push --force-with-lease origin keys",
)


_NUMBER = re.compile(r"[A-Za-z]{2}\d+")


# -- The command --------------------------------------------------------------------------------------------


def comment_option(function: Decorated) -> Decorated:
    return click.option(
        "--comment", default="", metavar="TEXT", help="A remark or a reason. --- 意见或理由。"
    )(function)


def set_option(function: Decorated) -> Decorated:
    return click.option(
        "--set",
        "pairs",
        multiple=True,
        metavar="NAME=VALUE",
        help="What the stage asks for; may be given several times. --- 填写环节要求的事项，可多次使用。",
    )(function)


def evidence_option(function: Decorated) -> Decorated:
    return click.option(
        "--evidence",
        multiple=True,
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A signed scan or the like, copied beside the act. --- 签字扫描件等凭据，会复制到审批文件旁。",
    )(function)


def meaning_option(function: Decorated) -> Decorated:
    return click.option(
        "--meaning", default="", metavar="TEXT", help="What the signature means. --- 签署的含义。"
    )(function)


@dataclass(frozen=True)
class Wish:
    """What a person asks to be done; what is empty follows from the record. `is_decision`: no event will do.
    `only` names the type that the record has to be of, with what is said otherwise.
    """

    number: str
    stage: str = ""
    chain: str = ""
    decision: str | None = None
    comment: str = ""
    meaning: str = ""
    pairs: tuple[str, ...] = ()
    evidence: tuple[Path, ...] = ()
    is_decision: bool = False
    only: tuple[str, Text] | None = None


def of_one_record(function: Callable[[Settings, Wish], None]) -> Callable[..., None]:
    """A command's function that is given what was wished for the record that it names."""

    @click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
    @set_option
    @comment_option
    @evidence_option
    @meaning_option
    @wraps(function)
    def run(settings: Settings, number: str, pairs: tuple[str, ...], **given: Any) -> None:
        function(settings, Wish(number, pairs=pairs, **given))

    return run


@as_command()
@click.argument("number", metavar="NUMBER", shell_complete=completion.numbers)
@click.argument("stage", metavar="[STAGE]", required=False, default="")
@click.option(
    "--decision",
    type=click.Choice(["approved", "rejected", "withdrawn", "done"]),
    help="What is decided; approved, or done for an event, unless you say so. --- 结论；默认同意，事项则为已办理。",
)
@click.option(
    "--chain",
    default="",
    metavar="NAME",
    help="Where two chains have the stage. --- 两条审批链有同名环节时指明。",
)
@comment_option
@set_option
@evidence_option
@meaning_option
def command(
    settings: Settings,
    number: str,
    stage: str,
    decision: str | None,
    chain: str,
    comment: str,
    pairs: tuple[str, ...],
    evidence: tuple[Path, ...],
    meaning: str,
) -> None:
    """Decide or do what a STAGE of a record's chain asks for, and commit that as you; without STAGE, whose turn it is.

    You are the person in the staff register with git's user.email. The act is a file of its own in one commit, signed where
    git is set up for it (see `muniment keys`). On main it begins the branch act/NUMBER, since acts reach main through a
    merge. Where the check would refuse it, nothing is written.

    \b
      muniment act XM2026001 technical --comment 计算依据已核对
      muniment act XM2026001 technical --decision withdrawn --comment 误批
      muniment act XM2026010 signature --set client_signatory=赵敏 --set signed=2026-05-06 --evidence scan.pdf
    ---
    办理记录审批链中的某个环节（STAGE），并以您的名义提交；不写 STAGE 时办理当前轮到的环节。

    您是谁，由 git 的 user.email 在人员档案中查得。每次办理是一个单独的文件、一次单独的提交；设置了签名的会签名
    （见 `muniment keys`）。在 main 上会新建分支 act/编号，因为审批须经合并进入 main。如果检查不会通过，则不写入任何内容。

    \b
      muniment act XM2026001 technical --comment 计算依据已核对
      muniment act XM2026001 technical --decision withdrawn --comment 误批
      muniment act XM2026010 signature --set client_signatory=赵敏 --set signed=2026-05-06 --evidence scan.pdf
    """
    perform(settings, [Wish(number, stage, chain, decision, comment, meaning, pairs, evidence)])


def wishes(settings: Settings, words: Sequence[str], **options: Any) -> list[Wish]:
    """A wish for each number; a last word that looks like none is the stage."""
    *numbers, last = words
    is_policy = (settings.root / "records" / "policy" / last).is_dir()
    is_stage = bool(numbers) and not is_policy and not _NUMBER.fullmatch(last)
    numbers = list(dict.fromkeys(numbers if is_stage else words))
    return [Wish(number, last if is_stage else "", is_decision=True, **options) for number in numbers]


@dataclass(frozen=True)
class Sitting:
    """Where and as whom somebody acts: `before` is what a pull request of the branch would be told so far, `facts` are judged by
    main as it was just before (trust.md, rule 1).
    """

    repository: Repository
    desk: Desk
    loaded: Loaded
    before: Pull
    facts: Facts
    me: str


def sit_down(settings: Settings) -> Sitting:
    """Ends the run where nobody can act here, or nobody knows who is at the keyboard."""
    desk = at_desk(settings)
    repository = desk.reader
    loaded = settings.load()
    before = _pull(settings, loaded, repository, repository.head or "")
    facts = replace(loaded.facts, judges=before.register, policy=before.register.policy)
    me = _signer(settings, loaded, before.register)
    return Sitting(repository, desk, replace(loaded, facts=facts), before, facts, me)


def perform(settings: Settings, wishes: Sequence[Wish]) -> None:
    """Make one commit of the acts that are asked for, or end the run with nothing written."""
    from muniment import acting

    at = sit_down(settings)
    records = [_record(settings, at.facts, wish) for wish in wishes]
    branch = branch_for(settings, at.repository, f"act/{records[0].number}")
    deeds, rings = [], []
    for wish, record in zip(wishes, records, strict=True):
        try:
            deed, ring = _sealed(settings, at.facts, record, _deed(settings, at.facts, record, wish, at.me))
        except acting.Impossible as problem:
            refuse(settings, problem)
        deeds.append((record, deed))
        rings += [ring] if ring else []
    done = carry_out(settings, at, deeds, branch, _message(at.facts, deeds), rings)
    _tell(settings, done.after.facts, deeds, done.pulled, done.commit, branch)
    if done.in_branch:
        say(settings, PUSH)


@dataclass(frozen=True)
class Done:
    """What came of it: the registry afterwards, what a pull request would be told, the commit, and whether new keys went to the
    branch of the key store.
    """

    after: Loaded
    pulled: Pull
    commit: str
    in_branch: bool


def carry_out(
    settings: Settings,
    at: Sitting,
    deeds: Sequence[tuple[Record, Deed]],
    branch: str,
    message: str,
    rings: Sequence[Ring] = (),
) -> Done:
    """One commit of the deeds on `branch` (where one is checked out already: empty), or the end of the run with nothing written."""
    from muniment import acting

    for record, _ in deeds:
        _require_clean(settings, at.facts, at.desk, record)
    files = {path: text for record, deed in deeds for path, text in acting.files(record, deed).items()}
    after = _rehearse(settings, at.loaded, files, deeds, rings)
    _require_signing(settings, at.loaded, at.facts, deeds)
    head, main = at.repository.head or "", at.repository.main or ""
    with refusing(settings), at.desk.drafted(head, files, message) as (passing, commit):
        pulled = _pull(settings, at.loaded, passing, commit, base=main)
        fresh = _fresh(at.before.faults, pulled.faults)
        if fresh:
            _show(settings, after, fresh, deeds)
        in_branch = _keep_keys(settings, at.repository, rings)
        at.desk.take(passing, commit, branch)
    for path in files:
        click.echo(path)
    return Done(after, pulled, commit, in_branch)


# -- Before anything is done --------------------------------------------------------------------------------


def own_git(settings: Settings) -> Desk:
    """The person's git in this registry; ends the run where there is none, or another holds it locked."""
    from muniment import project
    from muniment.history import Desk

    repository = project.open_repository(settings.root)
    if repository is None:
        stop(settings, _NO_GIT, root=settings.root)
    desk = Desk(repository)
    for path in desk.locks:
        stop(settings, _LOCKED, path=path, age=_age(path))
    return desk


def at_desk(settings: Settings) -> Desk:
    """The person's git in this repository; ends the run where nothing can be committed here."""
    desk = own_git(settings)
    repository = desk.reader
    if repository.head is None:
        stop(settings, _NO_COMMIT)
    if repository.limits.missing:
        stop(settings, NO_VERDICT_WORDS, NO_VERDICT, missing=", ".join(repository.limits.missing))
    if not repository.branch:
        stop(settings, _DETACHED)
    return desk


def _age(path: Path) -> Text:
    try:
        seconds = max(0, int(time.time() - path.stat().st_mtime))
    except FileNotFoundError:
        seconds = 0
    if seconds < 120:
        return Text(f"{seconds} seconds", f" {seconds} 秒")
    if seconds < 7200:
        return Text(f"{seconds // 60} minutes", f" {seconds // 60} 分钟")
    return Text(f"{seconds // 3600} hours", f" {seconds // 3600} 小时")


def myself(settings: Settings, loaded: Loaded) -> str:
    """The staff number of who is at the keyboard; ends the run for a stranger."""
    from muniment import project

    me = project.myself(loaded.root, loaded.facts)
    return me if me is not None else _unknown(settings, loaded)


def _signer(settings: Settings, loaded: Loaded, register: Register) -> str:
    """As `myself`, by the register as main has it."""
    from muniment.history import identity
    from muniment.register import lower

    person = register.by_email.get(lower(identity(loaded.root).get("user.email", "")))
    return person.number if person is not None else _unknown(settings, loaded)


def _unknown(settings: Settings, loaded: Loaded) -> NoReturn:
    from muniment.history import identity

    email = identity(loaded.root).get("user.email", "")
    stop(settings, _STRANGER if email else _UNSET, email=email)


def find(settings: Settings, facts: Facts, given: str) -> Record:
    """The record of a number; ends the run where there is none."""
    given = given.strip()
    known = facts.corpus.records
    record = known.get(given) or known.get(given.upper())
    if record is not None:
        return record
    if given.upper() in facts.corpus.broken:
        stop(settings, _BROKEN, FOUND, path=facts.corpus.broken[given.upper()])
    near = get_close_matches(given.upper(), known, n=1, cutoff=0.6)
    hint = _NEAR.render(settings.language(), {"near": near[0]}) if near else ""
    return stop(settings, _UNKNOWN, number=given, near=hint)


def _record(settings: Settings, facts: Facts, wish: Wish) -> Record:
    if wish.only is None:
        return find(settings, facts, wish.number)
    name, otherwise = wish.only
    record = facts.corpus.records.get(wish.number.strip().upper())
    if record is None or record.type.name != name:
        stop(settings, otherwise, number=wish.number)
    return record


def refuse(settings: Settings, problem: Impossible) -> NoReturn:
    from muniment.terminal import USAGE

    stop(settings, problem.words, USAGE if problem.is_use else FOUND, **problem.params)


def _require_clean(settings: Settings, facts: Facts, desk: Desk, record: Record) -> None:
    """What is acted on is what is committed, byte for byte."""
    from muniment import records
    from muniment.past import Store, read_folder

    loose = desk.uncommitted(record.folder)
    if loose:
        say(settings, _UNCOMMITTED, number=record.number)
        click.echo("\n".join(f"  {path}" for path in loose), err=True)
        raise SystemExit(FOUND)
    repository = desk.reader
    held = {
        path: entry
        for path, entry in repository.files(repository.head or "").items()
        if path.startswith(f"{record.folder}/") and records.folder_of(path) == record.folder
    }
    committed = next(iter(read_folder(held, Store(repository.blobs), facts.types)), None)
    if committed is None or committed.content != record.content:
        stop(settings, _OTHER_BYTES, FOUND, number=record.number)


# -- What is done -------------------------------------------------------------------------------------------


def _deed(settings: Settings, facts: Facts, record: Record, wish: Wish, me: str) -> Deed:
    """What was asked for, completed from the record. Raises `Impossible`."""
    from muniment import acting

    if wish.stage:
        at = acting.named_turn(facts, record, wish.stage, chain=wish.chain)
    else:
        at = acting.next_turn(facts, record, chain=wish.chain, decision=wish.is_decision)
    decision = acting.settle(facts, record, at, wish.decision)
    given = acting.details(facts, record, at.stage, wish.pairs)
    given |= _asked(settings, facts, record, at, acting.missing(at.stage, decision, given))
    comment = wish.comment.strip()
    if decision == "rejected" and not comment:
        comment = _reason(settings)
    brought = acting.evidence((file.name, file.read_bytes()) for file in wish.evidence)
    if at.stage.evidence_required and decision == "done" and not brought:
        stop(settings, _NO_EVIDENCE, stage=at.stage.name, number=record.number)
    meaning = wish.meaning.strip() or acting.meaning(facts, at.stage, decision, registry_language(facts))
    return acting.Deed(at, decision, me, facts.today, meaning, comment, given, brought)


def _sealed(settings: Settings, facts: Facts, record: Record, deed: Deed) -> tuple[Deed, Ring | None]:
    """The deed with its evidence encrypted where the record is classified; the ring is for the key store, if it is new."""
    from muniment import acting, classification, sealing

    if not deed.evidence or not classification.is_classified(record, facts.policy):
        return deed, None
    try:
        recipient, ring = sealing.evidence_key(record, facts, now())
    except sealing.Impossible as problem:
        stop(settings, problem.words, FOUND, **problem.params)
    return replace(deed, evidence=acting.encrypted(deed.evidence, recipient)), ring


def _keep_keys(settings: Settings, repository: Repository, rings: Sequence[Ring]) -> bool:
    """New keys into the key store, before what they open is committed; whether they went to the branch."""
    from muniment import project

    if not rings:
        return False
    numbers = ", ".join(ring.number for ring in rings)
    return project.write_rings(settings.root, repository, rings, f"密钥：{numbers}\n")


def now() -> str:
    """The time of a change in the key store, the same everywhere."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def registry_language(facts: Facts) -> Lang:
    """What is written is in the company's language, whatever language the person reads."""
    languages = facts.policy.value("organization", "languages", default=())
    return "en" if list(languages)[:1] == ["en"] else "zh"


def _asked(
    settings: Settings, facts: Facts, record: Record, at: Turn, missing: Iterable[str]
) -> dict[str, object]:
    """What the stage asks for beyond what was given: from the person at the terminal, or the run ends."""
    from muniment.views import words

    names = tuple(missing)
    if names and not is_attended():
        options = " ".join(f"--set {name}=…" for name in names)
        stop(settings, _MISSING, stage=at.stage.name, number=record.number, options=options)
    lang = settings.language()
    return {name: click.prompt(words.detail(facts, name, lang), err=True).strip() for name in names}


def _reason(settings: Settings) -> str:
    if not is_attended():
        stop(settings, _NO_COMMENT)
    return str(click.prompt(_COMMENT.render(settings.language()), err=True)).strip()


def is_attended() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _message(facts: Facts, deeds: Sequence[tuple[Record, Deed]]) -> str:
    """The subject says it all for one act; for several the lines below do."""
    lang = registry_language(facts)
    lines = [
        _REVISION.render(
            lang, {"number": record.number, "revision": record.revision, "meaning": deed.meaning}
        )
        for record, deed in deeds
    ]
    if len(lines) == 1:
        return f"{lines[0]}\n"
    numbers = ", ".join(record.number for record, _ in deeds)
    return "\n".join([f"{numbers}: {deeds[0][1].meaning}", "", *lines, ""])


# -- What the check would say -------------------------------------------------------------------------------


def _rehearse(
    settings: Settings,
    loaded: Loaded,
    files: Mapping[str, bytes],
    deeds: Sequence[tuple[Record, Deed]],
    rings: Sequence[Ring] = (),
) -> Loaded:
    """The registry with the acts; ends the run where the check would then find what it does not find now."""
    from muniment import rehearsal

    with progress(settings, Text("checking what would come of it", "正在检查结果")):
        after = rehearsal.rehearse(loaded, files, rings)
        found = rehearsal.findings(after)
        if any(finding.severity == "error" for finding in found):
            found = rehearsal.worse(rehearsal.findings(loaded), found)
        else:
            found = []
    if found:
        _print(settings, after, found, deeds)
    return after


def _pull(settings: Settings, loaded: Loaded, repository: Repository, head: str, base: str = "") -> Pull:
    """What a pull request of `head` would be told."""
    from muniment import audit, project

    with progress(settings, Text("judging the branch", "正在检查分支")):
        start = base or repository.main or ""
        return audit.pull(repository, project.shipped_types(), start, head, loaded.facts.today)


def _fresh(before: Iterable[Fault], after: Iterable[Fault]) -> list[Fault]:
    """The faults that the new commit brings. A chain that is not whole yet is what acts are made for."""

    def identity(fault: Fault) -> tuple[str, str, str]:
        return fault.rule, fault.place.path, str(sorted(fault.params.items(), key=lambda item: item[0]))

    known = Counter(identity(fault) for fault in before)
    fresh = []
    for fault in after:
        known[identity(fault)] -= 1
        if known[identity(fault)] < 0 and fault.rule != "chain-not-whole":
            fresh.append(fault)
    return fresh


def _show(
    settings: Settings, loaded: Loaded, faults: Iterable[Fault], deeds: Sequence[tuple[Record, Deed]]
) -> NoReturn:
    from muniment import check

    documents = loaded.facts.corpus.documents
    _print(settings, loaded, check.sort(check.locate(check.in_words(faults), documents)), deeds)


def _print(
    settings: Settings, loaded: Loaded, findings: list[Finding], deeds: Sequence[tuple[Record, Deed]]
) -> NoReturn:
    from muniment import check, report

    facts = loaded.facts
    click.echo(report.text(findings, settings.language(), facts.corpus.documents), err=True)
    rules = {check.catalogue()[finding.code].rule.name for finding in findings}
    if rules & {"role-not-held", "approver-is-author", "one-person-two-stages", "approver-wrote"}:
        for record, deed in deeds:
            stage = deed.turn.stage
            names = _holders(settings, facts, record, deed.turn, without=deed.by)
            words = _HOLDERS if names else _NOBODY_ELSE
            say(settings, words, number=record.number, stage=stage.name, names=names)
    stop(settings, _REFUSED, FOUND)


def _holders(settings: Settings, facts: Facts, record: Record, at: Turn, without: str = "") -> str:
    """Who may act at a stage; `without` is who was just refused."""
    from muniment.views.record import holders

    numbers = [number for number in holders(facts, record, at.stage) if number != without]
    joint = ", " if settings.language() == "en" else "、"
    named = joint.join(f"{facts.title(number)} ({number})" for number in numbers)
    return named if named or without else _NOBODY.render(settings.language())


def _require_signing(
    settings: Settings, loaded: Loaded, facts: Facts, deeds: Sequence[tuple[Record, Deed]]
) -> None:
    """Where the policy wants more than an author line, git has to be set up to sign."""
    from muniment.history import identity, signs
    from muniment.views.words import EVIDENCE

    for _, deed in deeds:
        needed = facts.policy.level_for(deed.turn.chain)
        if needed in ("forge", "signed") and not signs(identity(loaded.root)):
            stop(settings, _UNSIGNED, chain=deed.turn.chain, needed=EVIDENCE[needed])


# -- The commit ---------------------------------------------------------------------------------------------


def branch_for(settings: Settings, repository: Repository, name: str) -> str:
    """The branch to begin: none where one is checked out that is not main; ends the run where `name` is in use."""
    if repository.branch not in ("main", "master"):
        return ""
    known = repository.refs.get(f"refs/heads/{name}")
    if known is not None and not repository.is_ancestor(known, repository.main or ""):
        stop(settings, _EXISTS, FOUND, branch=name)
    return name


@contextmanager
def refusing(settings: Settings) -> Iterator[None]:
    """What git, a hook or the signing program says against it ends the run in our words."""
    from muniment.history import GitFailure

    try:
        yield
    except GitFailure as failure:
        stop(settings, _GIT_SAYS, command=failure.command, said=failure.said)


def _tell(
    settings: Settings,
    facts: Facts,
    deeds: Sequence[tuple[Record, Deed]],
    pulled: Pull,
    commit: str,
    branch: str,
) -> None:
    from muniment import acting
    from muniment.views.words import EVIDENCE

    for record, deed in deeds:
        now = facts.corpus.records[record.number]
        proof = pulled.proofs.get(now.acts[-1].path)
        level = EVIDENCE[proof.level if proof else "declared"]
        by = facts.title(deed.by)
        said = {"number": record.number, "meaning": deed.meaning, "by": by, "commit": commit[:8]}
        say(settings, _DONE, **said, level=level)
        at = acting.turn(facts, now)
        if at is not None:
            names = _holders(settings, facts, now, at)
            say(settings, _NEXT, number=record.number, stage=at.stage.name, names=names)
        else:
            say(settings, _THROUGH, number=record.number, state=facts.state_title(now))
    if branch:
        say(settings, _BRANCHED, branch=branch)
