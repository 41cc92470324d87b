"""The engine behind `check --base` and `audit`: walks steps of main, each judged by main as it was just before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from muniment import classification, ledger, lifecycle, policy, records, register, signatures, steps
from muniment.evidence import Proof
from muniment.findings import Fault, Place, Text
from muniment.history import Change, Commit, History, Limits, Repository, UnknownRevision
from muniment.past import Documents, Files, Past, Store, by_folder, grouped, laid_over, tree
from muniment.records import Corpus
from muniment.register import Register
from muniment.schemas import Types
from muniment.steps import Step

Sources = Iterable[tuple[str, bytes]]
Shipped = tuple[tuple[str, bytes], ...]
_NOT_HELD = Text(
    "this clone does not hold that commit: it is another registry, or its history was rewritten; compare with the copy that"
    " was kept",
    "本仓库没有这个提交：要么不是同一个登记库，要么历史被改写过；请与留存的副本核对",
)


@dataclass(frozen=True)
class Audit:
    """The verdict on all of history: `missing` says what the clone lacks for one, `root` and `head` what it spans.

    `proofs` is by path of the act, `steps` counts the steps of main that were judged, `withheld` the faults that readers of
    this level are not told. `register` is main's as it stands now.
    """

    root: str = ""
    head: str = ""
    steps: int = 0
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    missing: tuple[str, ...] = ()
    commits: Mapping[str, Commit] = field(default_factory=dict)
    withheld: int = 0
    register: Register | None = None

    @property
    def levels(self) -> Mapping[str, int]:
        """How many acts stand at each level of evidence."""
        counts = dict.fromkeys(("signed", "forge", "declared", "imported", "given"), 0)
        for proof in self.proofs.values():
            counts[proof.level] += 1
        return counts


class _Organization:
    """Registers and types as they stood, built again only when one of their files has changed."""

    def __init__(self, store: Store, shipped: tuple[tuple[str, bytes], ...], types: Types) -> None:
        self._store = store
        self._shipped = shipped
        self._letters = {
            letters for name in ("staff", "department") if name in types for letters in types[name].series
        }
        self._members = {
            letters for kind in types.values() if kind.group == "organization" for letters in kind.series
        }
        self._disposals = {
            letters for kind in types.values() if kind.chain == lifecycle.DISPOSAL for letters in kind.series
        }
        self._types: dict[frozenset[tuple[str, str]], Types] = {frozenset(): types}
        self._unsound: dict[frozenset[tuple[str, str]], tuple[Fault, ...]] = {}
        self._registers: dict[frozenset[tuple[str, str]], Register] = {}
        self._dated: dict[tuple[frozenset[tuple[str, str]], str], Register] = {}

    def part(self, files: Files, folders: Mapping[str, Files]) -> dict[str, tuple[str, str]]:
        """The files that bear on who may do what, of all `files` and the same by record folder."""
        own = (
            found
            for folder, found in folders.items()
            if f"{folder}/".startswith("records/policy/") or folder.rpartition("/")[2][:2] in self._letters
        )
        return {
            path: entry
            for place in ({path: files[path] for path in files if path.startswith("schemas/")}, *own)
            for path, entry in place.items()
            if self.is_part(path)
        }

    def is_part(self, path: str) -> bool:
        """Whether a file bears on who may do what: policies, staff, departments, the registry's own schemas."""
        if path.startswith("schemas/"):
            return path.endswith(".json")
        if not path.startswith(records.ROOT) or not path.endswith(".yaml") or "/acts/" in path:
            return False
        parts = path.split("/")
        inside = "acts" not in parts and "files" not in parts
        return inside and len(parts) > 2 and (parts[1] == "policy" or parts[-2][:2] in self._letters)

    def is_one(self, number: str) -> bool:
        """Whether a number is that of a person, a department, a client or a policy."""
        return number[:1].islower() or number[:2] in self._members

    def destroyed(self, folders: Mapping[str, Files], register: Register, types: Types) -> dict[str, str]:
        """What the lists of disposal among some folders have destroyed."""
        kept = {
            path: entry
            for folder, files in folders.items()
            if folder.rpartition("/")[2][:2] in self._disposals
            for path, entry in files.items()
        }
        self._store.want(blob for mode, blob in kept.values() if mode != "160000")
        return lifecycle.destroyed(records.load(tree(kept, self._store), types), register.policy)

    def types(self, files: Files) -> Types:
        own = frozenset((path, blob) for path, (_, blob) in files.items() if path.startswith("schemas/"))
        if own not in self._types:
            added = [(path, self._store.read(blob)) for path, blob in sorted(own)]
            self._types[own], self._unsound[own] = Types.load([*self._shipped, *added])
        return self._types[own]

    def unsound(self, before: Types, files: Files, changes: Iterable[Change]) -> Iterator[Fault]:
        """What is wrong with the registry's own schemas, where some change has touched them."""
        if any(change.path.startswith("schemas/") for change in changes):
            after = self.types(files)
            own = frozenset((path, blob) for path, (_, blob) in files.items() if path.startswith("schemas/"))
            yield from self._unsound.get(own, ())
            yield from _freed(before, after)

    def register(self, files: Files, when: int) -> Register:
        """The register that the organization's files make; `when` is the time of the commit that holds them."""
        key = frozenset((path, blob) for path, (_, blob) in files.items())
        if key not in self._registers:
            kept = {path: entry for path, entry in files.items() if path.startswith(records.ROOT)}
            corpus = records.load(tree(kept, self._store), self.types(files))
            rules = policy.of(
                (record.number, record.data) for record in corpus if record.type.group == "policy"
            )
            self._registers[key] = register.build((person.data for person in corpus.of("staff")), rules)
        known = self._registers[key]
        try:
            day = datetime.fromtimestamp(when, UTC).astimezone(known.policy.zone).date().isoformat()
        except (OverflowError, ValueError, OSError):
            day = ""
        if (key, day) not in self._dated:
            self._dated[key, day] = replace(known, day=day)
        return self._dated[key, day]


def _freed(before: Types, after: Types) -> Iterator[Fault]:
    """Types that would slip out of their chain by a file that nobody approves: next time their records land unseen."""
    for name, old in before.items():
        new = after.get(name)
        if old.chain is None or new is None:  # an unsound file leaves no type behind and is told as that
            continue
        # Who may do what is found by group and letters, so those of the organization stay as well.
        is_moved = old.chain == steps.ORGANIZATION and (old.group, old.series) != (new.group, new.series)
        if new.chain != old.chain or is_moved:
            params = {"type": name, "old": old.chain, "new": new.chain or "—"}
            yield Fault("chain-of-type-changed", Place(f"schemas/{name}.schema.json", ("x-record",)), params)


def audit(
    repository: Repository,
    shipped: Sources,
    seal: str | None = None,
    *,
    history: History | None = None,
    store: Store | None = None,
) -> Audit:
    """Judge every step of main from the first commit on; the clock plays no part.

    `seal` is the id of a commit that main must still descend from. `history` (of HEAD) and `store` are those of a caller
    who reads more from them, so that nothing is read twice.
    """
    head = repository.head or ""
    limits = repository.limits
    if limits.missing or not head:
        return Audit(head=head, missing=limits.missing or ("empty",))
    history = history or repository.history(head)
    faults = [*_deceived(limits), *_sealed(repository, history, seal)]
    with signatures.ahead([commit.raw for commit in _deciding(history)]):
        verdict = _Walk(repository, history, store or Store(repository.blobs), tuple(shipped)).verdict()
    return replace(verdict, faults=(*faults, *verdict.faults))


def _deciding(history: History) -> Iterator[Commit]:
    """The commits that bring acts, oldest first: their signatures will be asked for."""
    for commit in reversed([*history.commits.values()]):
        if len(commit.parents) == 1 and any(
            "/acts/" in change.path for change in history.changes[commit.id][0]
        ):
            yield commit


class _Walk:
    """Along main from its first commit, with the organization as it is at each step."""

    def __init__(self, repository: Repository, history: History, store: Store, sources: Shipped) -> None:
        self.history, self.store = history, store
        self.past = Past(history, repository.files)
        self.merged = _merger(repository)
        self.organization = _Organization(store, sources, Types.shipped(sources))
        self.files: dict[str, tuple[str, str]] = {}
        self.seen: set[str] = set()
        # Where a branch is checked out, its last commits are not on main yet.
        main = repository.main or history.head
        self.landed = None if main == history.head else frozenset(repository.line(main))
        store.want(
            change.new
            for per_parent in history.changes.values()
            for changes in per_parent
            for change in changes
            if change.new and change.new_mode != "160000" and change.path.startswith(("records/", "schemas/"))
        )

    def verdict(self) -> Audit:
        first, *rest = self.history.steps
        changes = self.history.step_changes(first)
        _advance(self.files, changes, self.organization)
        proofs = dict(_given(changes, first, self.store))
        self.seen.add(first.id)
        register, types = self._known(first)
        burnt = self.organization.destroyed(
            {folder: laid_over({}, found) for folder, found in by_folder(changes).items()}, register, types
        )
        faults: list[Fault] = []
        before = first
        for own in rest:
            step = self._step(before, own, register, types, burnt)
            verdict = steps.judge(step, self.past, self.history, self.store)
            burnt = {**verdict.destroyed, **burnt} if verdict.destroyed else burnt
            proofs.update(verdict.proofs)
            faults += verdict.faults
            if self.landed is None or own.id in self.landed:
                faults += self._leaked(step)
            changes = self.history.step_changes(own)
            _advance(self.files, changes, self.organization)
            faults += self.organization.unsound(types, self.files, changes)
            before = own
            register, types = self._known(own)
        return Audit(
            first.id, before.id, len(rest), proofs, tuple(faults), (), self.history.commits, register=register
        )

    def _known(self, commit: Commit) -> tuple[Register, Types]:
        """The organization as it is after a step."""
        return self.organization.register(self.files, commit.committer.when), self.organization.types(
            self.files
        )

    def _leaked(self, step: Step) -> Iterator[Fault]:
        """Plain text of something classified that came to main with a step: once for each file, at the commit that brought it."""
        way = classification.Way(self.history, self.past, self.store, step.types, step.register.policy)
        commits = (*step.commits, *([step.own] if step.own else []))
        told = set()
        for fault in classification.exposed(commits, way, step.after, "plain-text-on-main"):
            if fault.place.path not in told:
                told.add(fault.place.path)
                yield fault

    def _step(
        self, before: Commit, own: Commit, register: Register, types: Types, burnt: Mapping[str, str]
    ) -> Step:
        commits = _brought(self.history, own, self.seen)
        self.seen.update(commit.id for commit in (*commits, own))
        return Step(
            before.id,
            self.history.step_changes(own),
            commits,
            lambda folder: self.past.folder(own.id, folder),
            register,
            types,
            own,
            merged=self.merged,
            destroyed=burnt,
        )


def outline(files: Files, store: Store) -> Corpus:
    """Every record of a commit as no more than a number that is known to exist: enough to say which numbers are missing."""
    kept = {path: entry for path, entry in files.items() if path.startswith(records.ROOT)}
    return Corpus({}, (), _homes(grouped(kept)), Documents(kept, store), (), tree(kept, store))


def facts_of(folder: str) -> str:
    """The file of facts of the record in a folder."""
    return f"{folder}/{folder.rpartition('/')[2]}.yaml"


def _homes(folders: Mapping[str, Files]) -> dict[str, str]:
    """The file of facts of every record, by the name of its folder."""
    return {
        folder.rpartition("/")[2]: facts_of(folder)
        for folder, files in folders.items()
        if any(path.endswith(".yaml") and path.rfind("/") == len(folder) for path in files)
    }


def _deceived(limits: Limits) -> Iterator[Fault]:
    """What this clone would have us believe; the verdict is about the true objects."""
    for name in limits.replaced:
        yield Fault("replace-ref", Place(".git"), {"name": name})
    for commit in limits.grafts:
        yield Fault("grafted-commit", Place(".git/info/grafts"), {"commit": commit[:12]})


def _sealed(repository: Repository, history: History, seal: str | None) -> Iterator[Fault]:
    """Main must have stood at the seal: a new main that only merges the old one begins from another root of trust."""
    if seal is None:
        return
    params = {"seal": seal[:12], "head": history.head[:12]}
    try:
        stands = repository.resolve(seal) in {step.id for step in history.steps}
    except UnknownRevision:
        yield Fault("seal-broken", Place(".git"), params, help=_NOT_HELD)
        return
    if not stands:
        yield Fault("seal-broken", Place(".git"), params)


def _given(changes: Iterable[Change], first: Commit, store: Store) -> Iterator[tuple[str, Proof]]:
    """Acts of the first commit are the root of trust and taken as given; what they say was imported is shown as that."""
    for change in changes:
        if "/acts/" in change.path and change.path.startswith("records/") and change.path.endswith(".yaml"):
            document = store.load(change.path, change.new).document if change.new_mode != "160000" else None
            is_imported = document is not None and document.data.get("decision") == "imported"
            level = "imported" if is_imported else "given"
            yield change.path, Proof(level, first.id, first.committer.when, first.committer.zone)


def _advance(
    files: dict[str, tuple[str, str]], changes: Iterable[Change], organization: _Organization
) -> None:
    for change in changes:
        if organization.is_part(change.path):
            if change.new:
                files[change.path] = (change.new_mode, change.new)
            else:
                files.pop(change.path, None)


def _brought(history: History, own: Commit, seen: set[str]) -> tuple[Commit, ...]:
    """The commits that a step brings to main besides itself, oldest first."""
    found: list[Commit] = []
    queue = list(own.parents[1:])
    reached: set[str] = set()
    while queue:
        name = queue.pop()
        commit = history.commits.get(name)
        if commit is not None and name not in reached and name not in seen:
            reached.add(name)
            found.append(commit)
            queue += commit.parents
    return tuple(_oldest_first(found))


def _oldest_first(commits: Iterable[Commit]) -> list[Commit]:
    """Parents before children."""
    known = {commit.id: commit for commit in commits}
    ordered: list[Commit] = []
    done: set[str] = set()
    stack = [(commit, False) for commit in sorted(known.values(), key=lambda commit: commit.id)]
    while stack:
        commit, is_ready = stack.pop()
        if is_ready:
            ordered.append(commit)
        elif commit.id not in done:
            done.add(commit.id)
            stack.append((commit, True))
            stack += [
                (known[parent], False) for parent in commit.parents if parent in known and parent not in done
            ]
    return ordered


def _merger(repository: Repository) -> Callable[[Commit], Mapping[str, str]]:
    """What git itself makes of a merge of two parents: path to blob id, conflicts left out."""

    def merged(commit: Commit) -> Mapping[str, str]:
        if len(commit.parents) != 2:
            return {}
        with repository.merged(*commit.parents) as (bare, made, conflicts):
            return {path: blob for path, (_, blob) in bare.files(made).items() if path not in conflicts}

    return merged


@dataclass(frozen=True)
class Pull:
    """A pull request as judged: what the merge would hold, and what is wrong with how it came about.

    `corpus` holds the records that the merge changes with what bears on them, everything else as numbers only. `landings` waits
    for the steps of main that touched the facts of a changed record.
    """

    corpus: Corpus
    register: Register
    types: Types
    proofs: Mapping[str, Proof]
    faults: tuple[Fault, ...]
    changed: frozenset[str]
    files: Files
    landings: Callable[[], list[tuple[str, tuple[Change, ...]]]]


def pull(
    repository: Repository,
    shipped: Sources,
    base: str,
    head: str,
    today: str,
    open: records.Open = records.nothing_opens,
) -> Pull:
    """Judge what merging `head` into `base` would bring. Both are commit ids; `today` an ISO date; `open` reads what is
    encrypted, as far as keys are at hand.
    """
    history = repository.history(head, without=[base])
    sources = tuple(shipped)
    types = Types.shipped(sources)
    base_files = repository.files(base)
    before = grouped(base_files)
    faults = [*_deceived(repository.limits)]
    with repository.merged(base, head) as (bare, made, conflicts):
        faults += [Fault("merge-conflict", Place(path), {"path": path}) for path in conflicts]
        unclear = {records.folder_of(path) for path in conflicts}  # nobody knows what these will hold
        changes = tuple(
            change
            for change in bare.between(_tree_of(repository, base), made)
            if change.path not in conflicts and records.folder_of(change.path) not in unclear
        )
        changed = frozenset(by_folder(changes))
        # Git walks along main for these while we judge what is new.
        landings = repository.landings(base, sorted(filter(ledger.number_of, map(facts_of, changed))))
        store = Store(bare.blobs, open)
        after_files = laid_over(base_files, changes)
        store.want(_needed(history, changes, before))
        organization = _Organization(store, sources, types)
        part = organization.part(base_files, before)
        store.want(blob for _, blob in part.values())
        base_commit = repository.commits([base])[base]
        known = organization.register(part, base_commit.committer.when)
        kinds = organization.types(part)
        past = Past(history, repository.files, {base: before})
        folders = {
            folder: files
            for folder, found in by_folder(changes).items()
            if (files := laid_over(before.get(folder, {}), found))
        }
        after_part = laid_over(part, (change for change in changes if organization.is_part(change.path)))
        store.want(blob for _, blob in after_part.values())
        after_kinds = organization.types(after_part)
        after = {**before, **{folder: folders.get(folder, {}) for folder in changed}}
        # Git looks for what bears on the changed records while we judge the acts.
        gathered = _corpus(
            after, set(folders), after_part, organization, store, after_kinds, partial(bare.mentions, made)
        )
        ordered = tuple(_oldest_first(history.commits.values()))
        step = Step(
            base,
            changes,
            ordered,
            lambda folder: folders.get(folder, {}),
            known,
            kinds,
            today=today,
            merged=_merger(repository),
            destroyed=organization.destroyed(before, known, kinds),
        )
        verdict = steps.judge(step, past, history, store)
        way = classification.Way(history, past, store, kinds, known.policy)
        faults += classification.exposed(ordered, way, lambda folder: folders.get(folder, {}))
        faults += organization.unsound(kinds, after_part, changes)
        corpus = gathered()
    return Pull(
        corpus,
        known,
        after_kinds,
        verdict.proofs,
        (*faults, *verdict.faults),
        changed,
        after_files,
        landings,
    )


def _tree_of(repository: Repository, commit: str) -> str:
    return repository.commits([commit])[commit].tree


def _needed(history: History, changes: Iterable[Change], before: Mapping[str, Files]) -> Iterator[str]:
    """Blobs of everything that the pull request touched, on either side."""
    touched = set()
    for change in (*changes, *(c for found in history.changes.values() for side in found for c in side)):
        if change.path.startswith(("records/", "schemas/")):
            if change.new and change.new_mode != "160000":
                yield change.new
            touched.add(records.folder_of(change.path))
    for folder in touched:
        yield from (blob for mode, blob in before.get(folder, {}).values() if mode != "160000")


def _corpus(
    folders: Mapping[str, Files],
    changed: set[str],
    part: Files,
    organization: _Organization,
    store: Store,
    types: Types,
    mentions: Callable[[Iterable[str]], Callable[[], Iterable[str]]],
) -> Callable[[], Corpus]:
    """What rules need to judge the changed records: these, the organization, what they name, and who names the same.

    Every other record is a number that is known to exist. `mentions` begins to look for the files that bear one of
    some numbers; what is returned waits for that.
    """
    homes = _homes(folders)

    def load(wanted: set[str]) -> Corpus:
        kept = {path: entry for path, entry in part.items() if path.startswith(records.ROOT)}
        for folder in wanted:
            kept.update(folders.get(folder, {}))
        store.want(blob for mode, blob in kept.values() if mode != "160000")
        return records.load(tree(kept, store), types)

    first = load(changed)
    named = {
        target
        for record in first
        if record.folder in changed
        for _, target, _ in record.type.references(record.data)
    }
    # A project gathers what belongs to it; a person or a client is named by so many that it tells nothing.
    gathering = {number for number in named if not organization.is_one(number)}
    gathering |= {folder.rpartition("/")[2] for folder in changed}
    found = mentions(gathering)

    def whole() -> Corpus:
        near = {records.folder_of(path) for path in found()}
        known = {records.folder_of(homes[number]) for number in named if number in homes}
        loaded = load(changed | near | known)
        others = {number: path for number, path in homes.items() if number not in loaded.records}
        return replace(loaded, broken={**others, **loaded.broken})

    return whole
