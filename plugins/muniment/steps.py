"""One step of main, judged by the five rules of trust.md: what it changed, who decided it, through which commits.

A pull request is a step that has not happened yet; both go through `judge`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from muniment import approvals, evidence, ledger, lifecycle, records
from muniment.approvals import Case
from muniment.evidence import Proof
from muniment.findings import Fault, Place, Related, Text
from muniment.history import Change, Commit, History
from muniment.past import Files, Past, Store, by_folder, read_folder
from muniment.records import Act, Corpus, Record
from muniment.register import Register
from muniment.schemas import Types

ORGANIZATION = "organization"
_FIRST = Text("write that record first, then decide on it", "请先建立该记录，再办理审批")


@dataclass(frozen=True)
class Step:
    """From `base` (main just before) to a tree: `after` gives a record folder's files there, `changes` the difference.

    `commits` are those that the step brings, without its own; `own` is the step's own commit, `None` for a pull
    request, whose merge nobody has made. `merged` gives what git itself would make of a merge. `destroyed` is what disposals
    had destroyed on main before: number of the record -> number of the list.
    """

    base: str
    changes: tuple[Change, ...]
    commits: tuple[Commit, ...]
    after: Callable[[str], Files]
    register: Register
    types: Types
    own: Commit | None = None
    today: str = ""
    merged: Callable[[Commit], Mapping[str, str]] = field(default=lambda _: {})
    destroyed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What a step proves, by path of the act, what is wrong with it, and what its disposals destroy."""

    proofs: Mapping[str, Proof]
    faults: tuple[Fault, ...]
    destroyed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Writing:
    """What the commits of a step did to one path, merges left out."""

    commit: Commit
    change: Change


def judge(step: Step, past: Past, history: History, store: Store) -> Verdict:
    """The verdict on a step. `history` holds the commits of the step, `past` the folders at each of them."""
    own = [step.own] if step.own is not None and len(step.own.parents) > 1 else []
    faults: list[Fault] = []
    for commit in (*step.commits, *own):
        if len(commit.parents) > 1:
            faults += _merge(step, commit, history)
    writings: dict[str, dict[str, list[_Writing]]] = {}
    for commit in step.commits:
        if len(commit.parents) < 2:
            for path, changes in by_folder(history.changes[commit.id][0]).items():
                inside = writings.setdefault(path, {})
                for change in changes:
                    inside.setdefault(change.path, []).append(_Writing(commit, change))
    proofs: dict[str, Proof] = {}
    touched = by_folder(step.changes)
    folders = [
        _Folder(step, past, store, history, path, tuple(found), writings.get(path, {}))
        for path, found in touched.items()
    ]
    faults += _mixed(folders)
    burnt = lifecycle.destroyed(
        (folder.new for folder in folders if folder.new is not None), step.register.policy
    )
    for folder in folders:
        folder.clear(burnt)
        faults += folder.judge(proofs)
    for path, inside in writings.items():
        if past.folder(step.base, path):
            faults += _vanished(path, inside, {change.path for change in step.changes})
    faults += _unwritten(step, history, writings, {fault.place.path for fault in faults})
    return Verdict(proofs, tuple(faults), burnt)


def _merge(step: Step, commit: Commit, history: History) -> Iterator[Fault]:
    """A merge adds nothing of its own under `records/`, and loses no act (rule 4)."""
    per_parent = [{change.path: change for change in changes} for changes in history.changes[commit.id]]
    everywhere = set.intersection(*(set(changes) for changes in per_parent))
    own = sorted(path for path in everywhere if path.startswith("records/"))
    gone = {
        path
        for changes in per_parent
        for path, change in changes.items()
        if "/acts/" in path and path.startswith("records/") and not change.new and path not in everywhere
    }
    clean = step.merged(commit) if own or gone else {}
    for path in own:
        new = per_parent[0][path].new
        if "/acts/" in path or clean.get(path, "") != new:
            yield Fault("merge-adds-own", Place(path), {"commit": commit.id[:8], "path": path})
    # What one side took away itself, git leaves out as well: that commit is named for it.
    lost = {path for path in gone if path in clean or len(commit.parents) > 2}
    for path in sorted(lost):
        yield Fault(
            "act-lost-in-merge", Place(path), {"commit": commit.id[:8], "act": path.rpartition("/")[2]}
        )


def _unwritten(
    step: Step, history: History, writings: Mapping[str, Mapping[str, list[_Writing]]], named: set[str]
) -> Iterator[Fault]:
    """What a step changes without a commit that wrote it comes from a merge that left one side out (`-s ours`)."""
    merges = [commit for commit in (*step.commits, step.own) if commit and len(commit.parents) > 1]
    if step.own is not None and step.own not in merges:
        return
    for folder, changes in by_folder(step.changes).items():
        for change in changes:
            path = change.path
            if path in named or path in writings.get(folder, {}):
                continue
            guilty = [
                commit.id[:8]
                for commit in merges
                if any(path == other.path for side in history.changes[commit.id] for other in side)
            ]
            yield Fault("merge-adds-own", Place(path), {"commit": (guilty or ["—"])[0], "path": path})


def _vanished(
    folder: str, writings: Mapping[str, list[_Writing]], changed: Container[str]
) -> Iterator[Fault]:
    """Acts that came and went on the way: a rejection does not disappear because main never saw it."""
    prefix = f"{folder}/acts/"
    for path, found in writings.items():
        has_come = any(not writing.change.old for writing in found)
        if path.startswith(prefix) and path not in changed and has_come and not found[-1].change.new:
            params = {"act": path[len(prefix) :], "commit": found[-1].commit.id[:8]}
            yield Fault("act-removed", Place(path), params, folder.rpartition("/")[2])


def _mixed(folders: Iterable[_Folder]) -> Iterator[Fault]:
    """Staff, departments and policies change in pull requests of their own (trust.md, Beginning)."""
    own = [folder for folder in folders if folder.is_organization]
    others = [folder for folder in folders if not folder.is_organization and folder.kind is not None]
    if own and others:
        place = Related(
            Place(others[0].facts_path), Text("a record in the same pull request", "同一合并请求中的记录")
        )
        yield Fault(
            "organization-with-records",
            Place(own[0].facts_path),
            {"first": own[0].number, "second": others[0].number},
            own[0].number,
            (place,),
        )


class _Folder:
    """One record folder in one step."""

    def __init__(
        self,
        step: Step,
        past: Past,
        store: Store,
        history: History,
        path: str,
        changes: tuple[Change, ...],
        writings: Mapping[str, list[_Writing]],
    ) -> None:
        self.step, self.past, self.store, self.history = step, past, store, history
        self.path, self.changes, self.writings = path, changes, writings
        self.number = path.rpartition("/")[2]
        self.before = self._read(past.folder(step.base, path))
        self.after = self._read(step.after(path))
        self.old = next(iter(self.before), None)
        self.new = next(iter(self.after), None)
        self.acts = tuple(change for change in changes if change.path.startswith(f"{path}/acts/"))
        self.facts = tuple(change for change in changes if change not in self.acts)

    def clear(self, burnt: Mapping[str, str]) -> None:
        """Overlook that text and files went which a disposal names, in its own step or later; the rest is judged."""
        if self.number in burnt or self.number in self.step.destroyed:
            taken = [change for change in self.facts if not change.new and change.path != self.facts_path]
            if len(taken) == len(self.facts):
                self.facts = ()

    def _read(self, files: Files) -> Corpus:
        return read_folder(files, self.store, self.step.types)

    @property
    def kind(self) -> Record | None:
        return self.new or self.old

    @property
    def is_organization(self) -> bool:
        return any(
            record is not None and record.type.chain == ORGANIZATION for record in (self.old, self.new)
        )

    @property
    def facts_path(self) -> str:
        return self.kind.path if self.kind else f"{self.path}/{self.number}.yaml"

    def fault(self, rule: str, *pointer: str, **params: object) -> Fault:
        return Fault(rule, Place(self.facts_path, pointer), params, self.number)

    def judge(self, proofs: dict[str, Proof]) -> list[Fault]:
        """All faults of this folder; the proofs of its new acts are added to `proofs`."""
        odd = list(self._odd())
        if self.new is None:
            return [*odd, *self._gone()]
        if self.old is None and self._strayed:
            # What its acts are worth is asked where it belongs; here each would only say the same once more.
            return [*odd, *(self._strayed if self.step.own else ())]
        faults = [*odd, *self._files()]
        added = {change.path for change in self.acts if change.new and not change.old}
        case = Case(self.new, self.step.register, frozenset(added), self.step.today)
        by_file = list(approvals.judge(case))
        faults += by_file
        blamed = {fault.place.path for fault in by_file}
        for act in (*self.new.acts, *self.new.readings):
            if act.path in added:
                faults += self._act(act, proofs, is_blamed=act.path in blamed)
        faults += self._ended(added)
        if self.facts:
            faults += self._content(bool(faults))
        elif added and not faults:
            faults += self._undone()
        return faults

    def _odd(self) -> Iterator[Fault]:
        """A link's target or another repository is nothing that a digest or an act could stand for."""
        for change in self.changes:
            rule = {"120000": "symbolic-link", "160000": "nested-repository"}.get(change.new_mode)
            if rule:
                yield Fault(rule, Place(change.path), {"path": change.path}, self.number)
        if self.step.own is not None:  # a pull request hears it from the check of the files
            brought = {change.path for change in self.changes if change.new}
            for fault in records.twins(sorted(self.step.after(self.path))):
                if brought & {fault.place.path, fault.params["other"]}:
                    yield fault

    def _gone(self) -> Iterator[Fault]:
        """A landed record that the step takes away, or leaves unreadable. A type counts once main has it."""
        # The check of the files says so for a pull request, but for policies, which have no numbers.
        is_ours = self.step.own is not None or ledger.number_of(self.facts_path) is None
        if self.old is not None and self.old.path not in self.step.after(self.path) and is_ours:
            commit = f"{self.step.own.id[:12]}~" if self.step.own else self.step.base[:12]
            yield self.fault("landed-record-missing", folder=self.path, commit=commit)
        yield from self.after.faults
        if not self.after.faults:
            # A type whose own file is unsound is told there, once; here it must not let a record pass unjudged.
            for path in self.after.broken.values():
                document = self.after.documents.get(path)
                kind = document.data.get("type") if document else "?"
                yield Fault("unknown-type", Place(path, ("type",)), {"type": kind}, self.number)
        if self.old is None and self.facts_path not in self.step.after(self.path):
            for change in self.changes:
                if change.new and change.path.endswith(".yaml") and change in self.acts:
                    params = {"target": self.number, "hint": _FIRST}
                    yield Fault("missing-target", Place(change.path), params, self.number)
            yield from self._beside()

    def _beside(self) -> Iterator[Fault]:
        """Files in a folder of their own inside a landed record's: they are part of what its acts bind."""
        outer = self.path
        while outer := outer.rpartition("/")[0]:
            record = next(iter(self._read(self.past.folder(self.step.base, outer))), None)
            if record is not None:
                params = {"stated": record.revision, "right": record.revision + 1}
                yield Fault("content-without-revision", Place(self.changes[0].path), params, record.number)
                return

    def _files(self) -> Iterator[Fault]:
        """Acts are added once and never changed."""
        for change in self.acts:
            if change.old:
                rule = "act-changed" if change.new else "act-removed"
                name = change.path.rpartition("/")[2]
                yield Fault(
                    rule,
                    Place(change.path),
                    {"act": name, "commit": self._commit_of(change.path)},
                    self.number,
                )
        if not self.before.records:  # of a record that was there before, `judge` has looked for them
            yield from _vanished(self.path, self.writings, {change.path for change in self.acts})
        if self.step.own is not None:
            yield from (fault for fault in self.after.faults if "/acts/" in fault.place.path)

    def _commit_of(self, path: str) -> str:
        found = self.writings.get(path)
        commit = found[-1].commit if found else self.step.own
        return commit.id[:8] if commit else "—"

    def _act(self, act: Act, proofs: dict[str, Proof], *, is_blamed: bool) -> Iterator[Fault]:
        """How a new act came in: through which commit, made by whom, on what."""
        name = act.path.rpartition("/")[2]
        if act.decision == "imported":
            yield from self._imported(act, proofs)
            return
        found = self.writings.get(act.path, [])
        if not found:
            if self.step.own is not None and len(self.step.own.parents) < 2:
                own = self.step.own.id[:8]
                yield Fault("act-outside-branch", Place(act.path), {"act": name, "commit": own}, self.number)
            return  # a merge that adds it has been named already
        if len({writing.change.new for writing in found if writing.change.new}) > 1:
            last = found[-1].commit.id[:8]
            yield Fault("act-changed", Place(act.path), {"act": name, "commit": last}, self.number)
        commit = found[0].commit
        yield from self._alone(act, commit)
        proof, faults = evidence.prove(act, self.number, commit, self.step.register)
        yield from faults
        proofs[act.path] = proof
        yield from self._date(act, commit)
        if not is_blamed:
            yield from self._bound(act, commit)

    def _imported(self, act: Act, proofs: dict[str, Proof]) -> Iterator[Fault]:
        found = self.writings.get(act.path)
        commit = found[0].commit if found else self.step.own
        if commit is not None:
            proofs[act.path] = Proof("imported", commit.id, commit.committer.when, commit.committer.zone)
        if not self.step.register.policy.importing:
            name = act.path.rpartition("/")[2]
            yield Fault("import-closed", Place(act.path, ("decision",)), {"act": name}, self.number)

    def _alone(self, act: Act, commit: Commit) -> Iterator[Fault]:
        """An act's commit adds acts of that one person with their evidence and nothing else (rule 4)."""
        for change in self.history.changes[commit.id][0]:
            folder, _, name = change.path.rpartition("/")
            inside = change.path.startswith("records/") and folder.endswith("/acts")
            if not inside or change.old or not change.new:
                yield self._more(act, commit, change.path)
                return
            if name.endswith(".yaml"):
                document = self.store.load(change.path, change.new).document
                if document is None or document.data.get("by") != act.by:
                    yield self._more(act, commit, change.path)
                    return

    def _more(self, act: Act, commit: Commit, path: str) -> Fault:
        name = act.path.rpartition("/")[2]
        params = {"act": name, "commit": commit.id[:8], "path": path}
        return Fault("act-commit-does-more", Place(act.path), params, self.number)

    def _date(self, act: Act, commit: Commit) -> Iterator[Fault]:
        """The written date fits the commit's within a day, lies after what the commit rests on and before what brought it
        to main: a clock that is set for the purpose shows itself (rule 2).
        """
        register, name = self.step.register, act.path.rpartition("/")[2]
        made, ground = commit, self.history.commits.get(commit.parents[0]) if commit.parents else None
        apart = _days(evidence.day_of(commit, register), act.date)
        if ground is not None and abs(apart) <= 1:
            made, apart = ground, min(_days(evidence.day_of(ground, register), act.date), 0)
        if abs(apart) > 1:
            day = evidence.day_of(made, register)
            params = {"act": name, "date": act.date, "made": day, "commit": made.id[:8]}
            yield Fault("act-date-differs", Place(act.path, ("date",)), params, self.number)
        landed = evidence.day_of(self.step.own, register) if self.step.own else act.date
        if _days(landed, act.date) > 1:
            params = {"act": name, "date": act.date, "today": landed}
            yield Fault("act-in-future", Place(act.path, ("date",)), params, self.number)

    def _bound(self, act: Act, commit: Commit) -> Iterator[Fault]:
        """The act's content is what the folder held in the act's own commit, and earlier stages are its ancestors."""
        name = act.path.rpartition("/")[2]
        there = self.past.folder(commit.id, self.path)
        if not self._holds(there, act):
            params: dict[str, object] = {"act": name, "commit": commit.id[:8]}
            yield Fault("act-before-content", Place(act.path, ("content",)), params, self.number)
            return
        if act.decision not in approvals.YES or self.new is None:
            return
        at_parent = self.past.folder(commit.parents[0], self.path) if commit.parents else {}
        if act.chain == approvals.READING:
            yield from self._published(act, commit, next(iter(self._read(at_parent)), None))
            return
        begun = approvals.round_before(self.new, act, self.step.register.policy)
        # One commit may hold several acts of one person; those before it in the row count, as n orders them.
        known = {
            (other.chain, other.stage, other.content)
            for other in self.new.acts
            if other.decision in approvals.YES
            and (other.n > begun or other.revision != act.revision)
            and (other.path in at_parent or (other.path in there and other.n < act.n))
        }
        for stage in self.step.register.policy.chains.get(act.chain, ()):
            if stage.name == act.stage:
                break
            if (act.chain, stage.name, act.content) not in known:
                params = {"act": name, "stage": act.stage, "before": stage.name, "commit": commit.id[:8]}
                yield Fault("stage-not-descended", Place(act.path, ("stage",)), params, self.number)
                break

    def _published(self, act: Act, commit: Commit, there: Record | None) -> Iterator[Fault]:
        """What somebody says to have read was in force by then, on main and where the commit was made."""
        policy = self.step.register.policy
        for record in (self.old, there):
            if record is None or not approvals.published_by(record, policy, act.revision, act.content):
                name = act.path.rpartition("/")[2]
                params = {"act": name, "revision": act.revision, "commit": commit.id[:8]}
                yield Fault("reading-of-unpublished", Place(act.path, ("revision",)), params, self.number)
                return

    def _holds(self, there: Files, act: Act) -> bool:
        """Whether a folder's files are the content and the revision that an act names."""
        if self.new is not None and _facts(there, self.path) == _facts(self.step.after(self.path), self.path):
            return (self.new.content, self.new.revision) == (act.content, act.revision)
        record = next(iter(self._read(there)), None)
        return record is not None and (record.content, record.revision) == (act.content, act.revision)

    def _ended(self, added: set[str]) -> Iterator[Fault]:
        """What is retired or void stays as it is, and a step does not both change and retire."""
        policy = self.step.register.policy
        state = lifecycle.standing(self.old, policy).state if self.old is not None else ""
        if self.number in self.step.destroyed:
            state = "disposed"
        if state in lifecycle.ENDED and (self.facts or added):
            path = next(iter(sorted(added)), self.facts_path) if not self.facts else self.facts_path
            word = lifecycle.STATES[state]
            yield Fault("ended-record-changed", Place(path), {"state": word}, self.number)
        if self.facts and self.old is not None and self.new is not None:
            ending = [act for act in self.new.acts if act.path in added and act.chain in approvals.ENDING]
            if ending:
                yield Fault("changed-and-retired", Place(ending[0].path), {}, self.number)

    def _content(self, is_faulty: bool) -> Iterator[Fault]:
        """A content change carries the next revision and every decision of its chain (rule 5)."""
        old, new = self.old, self.new
        if new is None:
            return
        if old is not None and old.type.name != new.type.name:
            yield self.fault("type-changed", "type", old=old.type.title, new=new.type.title)
            return
        if self.step.own is not None:
            yield from self._strayed
        chain_name = new.type.chain
        if chain_name is None:
            return
        if new.number == "review" and new.data.get("importing") and not self.step.register.policy.importing:
            yield self.fault("import-reopened", "importing")
        chain = self.step.register.policy.chains.get(chain_name, ())
        decisions = [stage.name for stage in chain if not stage.event]
        if self._is_import(old, new):
            return
        if not decisions and (old is None or not any(act.revision == old.revision for act in old.acts)):
            return  # nothing has been confirmed yet: a draft changes freely
        misnumbered = list(self._revision(old, new))
        yield from misnumbered
        settled = approvals.reviews(new, self.step.register.policy.chains)
        if chain_name == ORGANIZATION:  # who may do what is never settled by paper that nobody here can see
            settled = tuple(act for act in settled if act.decision != "imported")
        missing = [name for name in decisions if name not in {act.stage for act in settled}]
        if missing and not is_faulty and not misnumbered:
            yield self.fault("chain-not-whole", "revision", missing=", ".join(missing), revision=new.revision)
        yield from self._writers(settled, new.data.get("author"))
        yield from self._assent(old, new, settled)

    @cached_property
    def _strayed(self) -> tuple[Fault, ...]:
        """That a record lies where its number does not belong. A pull request hears it from the check of the files."""
        new = self.new
        home = self.step.register.policy.path_of(new.number) if new is not None else None
        if new is None or new.path == (home or f"{self.path}/{self.number}.yaml"):
            return ()
        params = {"path": new.path, "home": home or "—"}
        return (Fault("number-differs-from-path", Place(new.path, ("number",)), params, new.number),)

    def _undone(self) -> Iterator[Fault]:
        """A word taken back on main leaves a record in force without its chain; to end it there is retirement."""
        chains = self.step.register.policy.chains
        before, after = (
            {act.stage for act in approvals.reviews(record, chains)} if record else set()
            for record in (self.old, self.new)
        )
        decisions = (
            {stage.name for stage in chains.get(self.new.type.chain or "", ()) if not stage.event}
            if self.new
            else set()
        )
        if decisions and before == decisions and after != decisions and self.new is not None:
            missing = ", ".join(sorted(decisions - after))
            yield self.fault("chain-not-whole", "revision", missing=missing, revision=self.new.revision)

    def _is_import(self, old: Record | None, new: Record) -> bool:
        """While importing, content may land with imported acts, or as a draft without any.

        Not over what was approved here, and not for the organization: what it says is in force at once.
        """
        if not self.step.register.policy.importing or new.type.chain == ORGANIZATION:
            return False
        fresh = [act for act in new.acts if act.revision == new.revision and act.content == new.content]
        known = old.acts if old is not None else ()
        return all(act.decision == "imported" for act in (*fresh, *known)) and bool(fresh or not known)

    def _revision(self, old: Record | None, new: Record) -> Iterator[Fault]:
        expected = old.revision + 1 if old is not None else 1
        if new.revision != expected:
            rule = "content-without-revision" if old is not None else "first-revision"
            yield self.fault(rule, "revision", stated=new.revision, right=expected)
        elif old is not None:
            before, after = str(old.data.get("updated") or ""), str(new.data.get("updated") or "")
            if after <= before:
                yield self.fault("updated-not-later", "updated", before=before, after=after)

    def _writers(self, settled: Iterable[Act], author: object) -> Iterator[Fault]:
        """Nobody approves what he wrote part of."""
        writers: dict[str, str] = {}
        for path, writings in self.writings.items():
            if not path.startswith(f"{self.path}/acts/"):
                for writing in writings:
                    for number in evidence.writers(writing.commit, self.step.register):
                        writers.setdefault(number, writing.commit.id[:8])
        for act in settled:
            if act.by in writers and act.decision == "approved" and act.by != author:
                params = {"act": act.path.rpartition("/")[2], "by": act.by, "commit": writers[act.by]}
                yield Fault("approver-wrote", Place(act.path, ("by",)), params, self.number)

    def _assent(self, old: Record | None, new: Record, settled: Iterable[Act]) -> Iterator[Fault]:
        """A revision by somebody else needs the word of the first author or of the owning department (R4.4.1)."""
        if old is None or new.type.chain == ORGANIZATION:
            return
        before, after = old.data.get("author"), new.data.get("author")
        register = self.step.register
        owner = register.owner(old.data)
        moved = owner != register.owner(new.data)
        if before == after and not moved:
            return
        spoken = [(act.by, act.date) for act in settled]
        for writings in self.writings.values():
            for writing in writings:
                number = evidence.vouched(writing.commit, register, new.type.chain or "")
                spoken.append((number, evidence.day_of(writing.commit, register)))
        # Whoever draws a record into another department is not the one to assent to it.
        if any(
            (number == before and not moved) or register.heads(number, owner, day) for number, day in spoken
        ):
            return
        field = "author" if before != after else "department"
        if before == after:
            before, after = owner, register.owner(new.data)
        yield self.fault("owner-assent-missing", field, before=before, after=after, owner=owner)


def _days(start: str, end: str) -> int:
    """How many days `end` is after `start`."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _facts(files: Files, folder: str) -> dict[str, tuple[str, str]]:
    return {path: entry for path, entry in files.items() if not path.startswith(f"{folder}/acts/")}
