"""The shell around the pure parts: reads the disk and Git, knows the clock, writes files."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from muniment import (
    audience,
    audit,
    classification,
    dates,
    keystore,
    ledger,
    lifecycle,
    past,
    policy,
    records,
    resources,
    source,
)
from muniment.age import Identity
from muniment.audit import Audit
from muniment.facts import Event, Facts, Loss, Revision
from muniment.findings import Fault, Place, Text
from muniment.history import Change, Desk, History, Repository, UnknownRevision, identity
from muniment.keystore import Keystore, Opener, Ring
from muniment.ledger import Ledger
from muniment.past import Store
from muniment.policy import Policy
from muniment.records import Corpus, Tree
from muniment.schemas import Types

Identities = Sequence[Identity]
KEY_BRANCHES = ("refs/heads/keys", "refs/remotes/origin/keys")
# The engine reads the rest of its file, with tags that are not for us.
_SITE_URL = re.compile(r"^site_url:[ \t]*[\"']?(https?://[^\s\"'#]+)", re.MULTILINE)
_KINDS = (
    (stat.S_ISLNK, Text("link", "链接")),
    (stat.S_ISFIFO, Text("pipe", "管道")),
    (stat.S_ISSOCK, Text("socket", "套接字")),
    (stat.S_ISDIR, Text("folder", "文件夹")),
)


class NoRegistry(Exception):
    """No folder from `start` upwards is a registry."""

    def __init__(self, start: Path) -> None:
        super().__init__(str(start))
        self.start = start


class NoSuchMoment(Exception):
    """Nothing of the registry is known of `at`: neither a commit nor a day since `first`, its first one (empty without Git)."""

    def __init__(self, at: str, first: str) -> None:
        super().__init__(at)
        self.at = at
        self.first = first


@dataclass(frozen=True)
class Judged:
    """The whole past of one HEAD and the verdict on it, which stay the same while files of the working tree change.
    `state` is what they hang on.
    """

    state: tuple[object, ...]
    history: History
    verdict: Audit
    store: Store


@dataclass(frozen=True)
class Loaded:
    """A registry as read: what is known, and what was wrong outside the records (schema files, Git)."""

    root: Path
    facts: Facts
    faults: tuple[Fault, ...]
    judged: Judged | None = None


def find_root(start: Path) -> Path:
    """The registry that `start` lies in: the nearest folder upwards with `records/policy`. Raises `NoRegistry`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "records" / "policy").is_dir():
            return folder
    raise NoRegistry(start)


def load_types(root: Path) -> tuple[Types, tuple[Fault, ...]]:
    """The package's types, with those of the registry's own `schemas/` added or in their place."""
    own = root / "schemas"
    shipped = resources.path("schemas")
    sources = shipped_types()
    if not any(own.glob("*.json")):
        return Types.shipped(sources), ()
    if own.resolve() != shipped.resolve():
        sources += [(f"schemas/{file.name}", file.read_bytes()) for file in sorted(own.glob("*.json"))]
    return Types.load(sources)


def open_repository(root: Path) -> Repository | None:
    """The Git repository whose top is `root`, if there is one. Raises `GitFailure` where it cannot be read: a check that
    passed over a damaged history would say that all is well.
    """
    is_bare = (root / "HEAD").is_file() and (root / "objects").is_dir()
    if not (root / ".git").exists() and not is_bare:
        return None
    repository = Repository(root)
    return repository if repository.top.resolve() == root.resolve() else None


def load(
    root: Path,
    today: str | None = None,
    *,
    history: bool = False,
    at: str | None = None,
    identities: Identities = (),
) -> Loaded:
    """The registry in the working tree at `root`. `today` is an ISO date, by default the clock's in the policy's zone.

    With `history` the whole past of each record is read as well (`Facts.events`, `Facts.revisions`). `at` is a day or the
    name of a commit: then the registry is read as it was (see `as_of`). What is encrypted is read as far as `identities`
    open it. Raises `NoSuchMoment`.
    """
    loaded, repository = _read(root, today, at, identities)
    if repository is None or repository.head is None:
        return loaded
    whole = repository.history(repository.head) if history else None
    facts = with_history(loaded.facts, repository, whole)
    if whole is not None and not repository.limits.missing:
        facts = replace(facts, revisions=revisions(facts, whole, Store(repository.blobs)))
    return replace(loaded, facts=facts)


def _read(
    root: Path, today: str | None, at: str | None, identities: Identities
) -> tuple[Loaded, Repository | None]:
    """The files of the working tree, or of a moment in the past with the repository as it was then."""
    if at is not None:
        loaded, then = as_of(root, at, today, identities)
        facts = loaded.facts
        return replace(loaded, facts=replace(facts, raised=raised(facts, root), lost=lost(facts, root))), then
    types, faults = load_types(root)
    repository = open_repository(root)
    opener = Opener(read_keystore(root, repository), tuple(identities))
    return _loaded(root, working_tree(root), types, faults, today, opener), repository


def _loaded(
    root: Path, files: Tree, types: Types, faults: tuple[Fault, ...], today: str | None, opener: Opener
) -> Loaded:
    corpus = records.load(replace(files, open=opener.open), types)
    rules = policies(corpus)
    day = today or datetime.now(rules.zone).date().isoformat()
    return Loaded(root, Facts(corpus, types, rules, day, keystore=opener.store), faults)


def raised(facts: Facts, root: Path) -> Mapping[str, str]:
    """The levels that records of a past moment state in the working tree, where they state any."""
    found = {}
    for record in facts.corpus:
        path = root / record.path
        level = classification.stated_level(path.read_bytes()) if path.is_file() else ""
        if level and level != facts.level(record):
            found[record.number] = level
    return found


def lost(facts: Facts, root: Path) -> Mapping[str, Loss]:
    """Records of a past moment whose text has been destroyed since, as the lists of disposal in the working tree say."""
    types, _ = load_types(root)
    letters = {
        letters for kind in types.values() if kind.chain == lifecycle.DISPOSAL for letters in kind.series
    }
    tree = working_tree(root)
    modes = {
        path: mode
        for path, mode in tree.modes.items()
        if path.startswith("records/policy/") or records.folder_of(path).rpartition("/")[2][:2] in letters
    }
    corpus = records.load(replace(tree, modes=modes, faults=()), types)
    now = Facts(corpus, types, policies(corpus), facts.today)
    found = {}
    for number, by in now.destroyed.items():
        act = lifecycle.destruction(corpus.records[by], now.policy)
        if act and number in facts.corpus.records and number not in facts.destroyed:
            found[number] = Loss(act.date[:10], by, now.level(corpus.records[by]))
    return found


def as_of(
    root: Path, at: str, today: str | None = None, identities: Identities = ()
) -> tuple[Loaded, Repository]:
    """The registry as main held it at the end of a day, or as a commit holds it (B9), and the repository as it was then.

    `at` is an ISO date or any name of a commit; that day, or the commit's, counts as today unless `today` says otherwise.
    The types are those that the commit brings along with the package's. Raises `NoSuchMoment`.
    """
    repository = open_repository(root)
    if repository is None or repository.head is None:
        raise NoSuchMoment(at, "")
    commit, day = _moment(repository, load_zone(root), at)
    store = Store(repository.blobs)
    files = {path: entry for path, entry in repository.files(commit).items() if entry[0] != "160000"}
    kept = {path: entry for path, entry in files.items() if path.startswith(records.ROOT)}
    own = [path for path in files if re.fullmatch(r"schemas/[^/]+\.json", path)]
    store.want([*(blob for _, blob in kept.values()), *(files[path][1] for path in own)])
    types: Types
    faults: tuple[Fault, ...]
    types, faults = Types.shipped(shipped_types()), ()
    if own and (root / "schemas").resolve() != resources.path("schemas").resolve():
        types, faults = Types.load([*shipped_types(), *((path, store.read(files[path][1])) for path in own)])
    opener = Opener(_keystore_at(root, repository, files, store, day), tuple(identities))
    loaded = _loaded(root, past.tree(kept, store), types, faults, today or day, opener)
    return loaded, repository.at(commit)


def bundle(root: Path, commit: str) -> bytes:
    """The whole history up to a commit in one file that `git clone` reads. Raises `GitFailure`."""
    return Repository(root).bundle(commit)


def _moment(repository: Repository, zone: tzinfo, at: str) -> tuple[str, str]:
    """The commit that `at` stands for and its day; for a day the last commit of main by the end of it."""
    line = repository.line(repository.main or "HEAD")
    days = {commit: datetime.fromtimestamp(when, zone).date().isoformat() for commit, when in line.items()}
    held = [commit for commit, day in days.items() if day <= at] if dates.is_date(at) else []
    if held:
        return held[-1], at
    try:
        commit = repository.resolve(at)
    except UnknownRevision:
        raise NoSuchMoment(at, min(days.values())) from None
    when = repository.commits([commit])[commit].committer.when
    return commit, datetime.fromtimestamp(when, zone).date().isoformat()


def narrowed(loaded: Loaded, level: str) -> Loaded:
    """The registry as readers of one level may know it; nothing is said of what was wrong outside the records."""
    return replace(loaded, facts=audience.narrow(loaded.facts, level), faults=())


def load_for_site(
    root: Path,
    today: str | None = None,
    at: str | None = None,
    identities: Identities = (),
    before: Judged | None = None,
    *,
    keep: bool = False,
) -> Loaded:
    """What a build shows: the working tree (or a moment of the past, see `as_of`) with the whole past of its records and
    the verdict on it. `before` is what an earlier call judged, used again where it still holds; with `keep` it is given
    back, every version of every file with it, which takes more memory than the site itself.
    """
    loaded, repository = _read(root, today, at, identities)
    if repository is None or repository.head is None:
        return loaded
    corpus = loaded.facts.corpus
    faulty = {fault.place.path for fault in corpus.faults}
    sound = {path: document for path, document in corpus.documents.items() if path not in faulty}
    state = (repository.head, dict(repository.refs), repository.limits)
    known = before if before is not None and before.state == state else None
    whole = known.history if known else repository.history(repository.head)
    opens = Opener(loaded.facts.keystore, tuple(identities)).open
    store = known.store.again(opens, sound) if known else Store(repository.blobs, opens, sound)
    facts = with_history(loaded.facts, repository, whole)
    verdict = known.verdict if known else audit.audit(repository, shipped_types(), history=whole, store=store)
    # A clone that is not whole may lack what earlier revisions said.
    earlier = {} if verdict.missing else revisions(facts, whole, store)
    levels = {} if verdict.missing else lowered(facts, whole, store)
    facts = replace(facts, audit=verdict, revisions=earlier, lowered=levels)
    return replace(loaded, facts=facts, judged=Judged(state, whole, verdict, store) if keep else None)


def judged(repository: Repository, seal: str | None = None) -> tuple[Audit, Facts | None]:
    """The verdict on the whole history of HEAD, and what stands there as far as a report on it asks: the policy, the documents,
    which numbers are used and what has become of others. None where the clone is not whole enough for a verdict.
    """
    whole = (
        None if repository.limits.missing or repository.head is None else repository.history(repository.head)
    )
    store = Store(repository.blobs)
    verdict = audit.audit(repository, shipped_types(), seal, history=whole, store=store)
    main = repository.main
    if whole is None or verdict.register is None or main is None:
        return verdict, None
    files = repository.files(whole.head)
    facts = Facts(audit.outline(files, store), Types.shipped(()), verdict.register.policy, "")
    landed = whole if main == whole.head else repository.history(main, first_parent=True)
    return verdict, replace(facts, ledger=read_ledger(facts, repository, landed.landings, main))


def shipped_types() -> list[tuple[str, bytes]]:
    """The types that come with the package, as (path, content)."""
    return [
        (f"schemas/{file.name}", file.read_bytes())
        for file in sorted(resources.path("schemas").glob("*.json"))
    ]


def load_pull(
    root: Path, base: str, today: str | None = None, identities: Identities = ()
) -> tuple[Loaded, frozenset[str], tuple[str, ...]]:
    """What merging HEAD into `base` would bring: the registry as far as that bears on it, the record folders that change,
    and what this clone lacks for a verdict.

    Raises `UnknownRevision` for a base that is no commit here, `GitFailure` where there is no repository.
    """
    repository = open_repository(root) or Repository(root)
    start, head = repository.resolve(base), repository.head or repository.resolve("HEAD")
    repository.expect(start)
    day = today or datetime.now(load_zone(root)).date().isoformat()
    opener = Opener(read_keystore(root, repository), tuple(identities))
    pulled = audit.pull(repository, shipped_types(), start, head, day, opener.open)
    rules = policies(pulled.corpus)
    facts = Facts(pulled.corpus, pulled.types, rules, day, judges=pulled.register, keystore=opener.store)
    # Of the other records only their numbers are known here, so they must not look as if they were gone.
    touched = frozenset(map(audit.facts_of, pulled.changed))
    facts = replace(facts, ledger=read_ledger(facts, repository, pulled.landings(), start, touched))
    inside = {path: mode for path, (mode, _) in pulled.files.items() if path.startswith(records.ROOT)}
    alike = [
        fault
        for fault in records.twins(inside)
        if pulled.changed & {records.folder_of(str(fault.params[name])) for name in ("path", "other")}
    ]
    return Loaded(root, facts, (*pulled.faults, *alike)), pulled.changed, repository.limits.missing


# -- The key store ------------------------------------------------------------------------------------------


def key_files(root: Path, repository: Repository | None) -> dict[str, bytes] | None:
    """The files of the key store: of the folder `keys/` where there is one, else of the branch `keys`, here and as it was
    fetched last. None where there is no store.
    """
    folder = root / keystore.FOLDER
    if folder.is_dir():
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    found: dict[str, bytes] | None = None
    for name, commit in repository.refs.items() if repository else ():
        if repository and name in KEY_BRANCHES:
            entries = repository.files(commit)
            contents = repository.blobs(blob for _, blob in entries.values())
            held = {path: contents[blob] for path, (_, blob) in entries.items()}
            found = held if found is None else keystore.merged(found, held)
    return found


def read_keystore(root: Path, repository: Repository | None) -> Keystore:
    files = key_files(root, repository)
    return Keystore() if files is None else keystore.load(files)


def _keystore_at(
    root: Path, repository: Repository, files: Mapping[str, tuple[str, str]], store: Store, day: str
) -> Keystore:
    """The key store as a commit holds it, where it lies among the registry's files; else today's, as far as it tells of that day."""
    start = f"{keystore.FOLDER}/"
    held = {path[len(start) :]: blob for path, (_, blob) in files.items() if path.startswith(start)}
    if not held:
        return keystore.as_of(read_keystore(root, repository), day)
    return keystore.load({name: store.read(blob) for name, blob in held.items()})


def stale_keys(repository: Repository, numbers: Iterable[str]) -> tuple[str, ...]:
    """The copies of the key store in this clone, as they were fetched, that hold keys of these records; by short name."""
    found = []
    for name in (name for name in KEY_BRANCHES[1:] if name in repository.refs):
        entries = repository.files(repository.refs[name])
        named = [entries[f"{number}.yaml"][1] for number in numbers if f"{number}.yaml" in entries]
        if any(b"\nkeys:" in content for content in repository.blobs(named).values()):
            found.append(name.removeprefix("refs/remotes/"))
    return tuple(found)


def write_rings(root: Path, repository: Repository | None, rings: Iterable[Ring], message: str) -> bool:
    """Put rings into the key store, where it is: true for the branch, false for the folder. A registry in Git without a
    store gets the branch.
    """
    files = {f"{ring.number}.yaml": keystore.dump(ring) for ring in rings}
    if repository is None or (root / keystore.FOLDER).is_dir():
        for name, content in files.items():
            write_whole(root / keystore.FOLDER / name, content)
        return False
    known = key_files(root, repository) or {}
    Desk(repository).replace_branch(keystore.FOLDER, {**known, **files}, message)
    return True


def load_zone(root: Path) -> tzinfo:
    """The time zone of the registry in the working tree."""
    path = root / "records" / "policy" / "review" / "review.yaml"
    document = source.load("", path.read_bytes()).document if path.is_file() else None
    return policy.of([("review", document.data if document else {})]).zone


def policies(corpus: Corpus) -> Policy:
    """The policies among the records."""
    return policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")


def with_history(facts: Facts, repository: Repository, whole: History | None) -> Facts:
    """Facts that know what numbers were used for and, with the whole history of HEAD, who did what when."""
    head = repository.head
    main = repository.main
    if head is None or main is None:
        return facts
    on_main = whole is not None and main == head
    landed = whole if on_main and whole else repository.history(main, first_parent=True)
    root = landed.steps[0] if landed.steps else None
    given = (
        frozenset(
            change.path
            for change in landed.step_changes(root)
            if change.new and _is_unchanged(facts.corpus, change)
        )
        if root
        else frozenset()
    )
    return replace(
        facts,
        ledger=read_ledger(facts, repository, landed.landings, main),
        given=given,
        events=events(whole) if whole else {},
        landed=_landed(landed, facts.policy.zone),
        commit=(whole or landed).commits.get(head) or repository.commits([head])[head],
    )


def _landed(history: History, zone: tzinfo) -> Mapping[str, str]:
    """The day on which main last changed each file under `records/`."""
    found: dict[str, str] = {}
    for step, (_, changes) in zip(history.steps, history.landings, strict=True):
        day = datetime.fromtimestamp(step.committer.when, zone).date().isoformat()
        found.update((change.path, day) for change in changes if change.path.startswith(records.ROOT))
    return found


def _is_unchanged(corpus: Corpus, change: Change) -> bool:
    path = change.path
    return path in corpus.documents and ledger.blob_id(corpus.tree.read(path)) == change.new


def read_ledger(
    facts: Facts,
    repository: Repository,
    landings: Iterable[tuple[str, Iterable[Change]]],
    main: str,
    only: frozenset[str] | None = None,
) -> Ledger:
    """What numbers were used for on main, at the point of departure, and on other branches.

    `landings` are the steps of `main`, as far as they matter; `only` are the files of facts that matter.
    """
    head = repository.head or ""
    base = head if head == main else repository.merge_base(head, main)
    tip = {
        path: blob
        for path, (_, blob) in (repository.files(base) if base else {}).items()
        if (only is None or path in only) and ledger.number_of(path) is not None
    }
    gone = {path: blob for path, blob in tip.items() if path not in facts.corpus.tree.modes}
    landings = tuple(landings)
    return Ledger(
        ledger.lives(landings),
        tip,
        _identities(repository, gone.values()),
        _elsewhere(repository, head, main),
        _renumbered(facts, repository, landings) if only is None else {},
        ", ".join(repository.limits.missing),
    )


def _renumbered(
    facts: Facts, repository: Repository, landings: Iterable[tuple[str, Iterable[Change]]]
) -> dict[str, str]:
    """Old number -> the one that the record bears now; a clone that is not whole lacks what would tell."""
    turned = () if repository.limits.missing else ledger.turns(landings)
    blobs = {blob for turn in turned for side in (turn.before, turn.after) for blob in side.values()}
    return ledger.moved(turned, _identities(repository, blobs), facts.corpus.records) if turned else {}


def _identities(repository: Repository, blobs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for blob, content in repository.blobs(blobs).items():
        document = source.load("", content).document
        if document is not None:
            found[blob] = ledger.identity(document.data)
    return found


def _elsewhere(repository: Repository, head: str, main: str) -> dict[str, tuple[str, ...]]:
    """Numbers on branches other than this one and its copies elsewhere."""
    own = repository.branch
    branches = [
        (name.removeprefix("refs/heads/").removeprefix("refs/remotes/"), commit)
        for name, commit in repository.refs.items()
        if commit not in (head, main)
        and not (own and name.endswith(f"/{own}"))
        and name not in KEY_BRANCHES  # they hold no records
    ]
    others = repository.differences([(commit, main) for _, commit in branches])
    return ledger.held(zip((name for name, _ in branches), others, strict=True))


def events(history: History) -> Mapping[str, tuple[Event, ...]]:
    """By record folder name: the commits that touched it, newest first. Merges count only for what they changed
    against every parent, since what they bring was done by the commits they merge.
    """
    steps = {step.id for step in history.steps}
    found: dict[str, list[Event]] = {}
    for commit in history.commits.values():
        touched: dict[str, list[str]] = {}
        per_parent = history.changes[commit.id]
        own = set.intersection(*({change.path for change in changes} for changes in per_parent))
        for path in sorted(own):
            if path.startswith(records.ROOT):
                touched.setdefault(records.folder_of(path).rpartition("/")[2], []).append(path)
        for folder, paths in touched.items():
            found.setdefault(folder, []).append(Event(commit, tuple(paths), commit.id in steps))
    return {folder: tuple(seen) for folder, seen in found.items()}


def revisions(facts: Facts, history: History, store: Store) -> Mapping[str, tuple[Revision, ...]]:
    """By number: the revisions that main has seen, of records that are past their first."""
    versions: dict[str, set[str]] = {}
    for _, changes in history.landings:
        for change in changes:
            if change.new and change.path in facts.corpus.documents:
                versions.setdefault(change.path, set()).add(change.new)
    revised = {
        record.folder: record
        for record in facts.corpus
        if "revision" in record.data and len(versions.get(record.path, ())) > 1
    }
    found: dict[str, dict[int, Revision]] = {}
    folders: dict[str, dict[str, tuple[str, str]]] = {folder: {} for folder in revised}
    for step in history.steps:
        changes = history.step_changes(step)
        moved = _moved(changes, folders)
        beside = frozenset(records.folder_of(change.path) for change in changes) if moved else frozenset()
        for folder in moved:
            record = past.revision(revised[folder], folders[folder], store)
            if record is not None:
                seen = found.setdefault(record.number, {})
                seen[record.revision] = Revision(record.revision, record, step, beside)
    return {
        number: tuple(revision for _, revision in sorted(each.items()))
        for number, each in found.items()
        if len(each) > 1
    }


def lowered(facts: Facts, history: History, store: Store) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """By number, of records without revisions: which levels main has seen written in them, and when each was replaced."""
    free = {record.path: record for record in facts.corpus if "revision" not in record.data}
    held: dict[str, str] = {}
    found: dict[str, list[tuple[str, int]]] = {}
    for step in history.steps:
        for change in history.step_changes(step):
            record = free.get(change.path)
            if record is None or not change.new:
                continue
            before = held.get(change.path, "")
            held[change.path] = now = classification.stated_level(store.read(change.new))
            if before and before != now:
                found.setdefault(record.number, []).append((before, step.committer.when))
    return {number: tuple(levels) for number, levels in found.items()}


def _moved(changes: Iterable[Change], folders: Mapping[str, dict[str, tuple[str, str]]]) -> tuple[str, ...]:
    """Brings `folders` (files without acts, by record folder) up to a step; says which of them it changed."""
    moved: dict[str, None] = {}
    for change in changes:
        folder = records.folder_of(change.path) if change.path.startswith(records.ROOT) else ""
        files = folders.get(folder)
        if files is None or change.path.startswith(f"{folder}/acts/"):
            continue
        moved[folder] = None
        if change.new:
            files[change.path] = (change.new_mode, change.new)
        else:
            files.pop(change.path, None)
    return tuple(moved)


def working_tree(root: Path) -> Tree:
    """All files under `records/`. Links, pipes, nested repositories and the like are faults and are not followed."""
    modes: dict[str, str] = {}
    faults: list[Fault] = []
    for path, entry, fault in _walk(root, "records"):
        if fault:
            faults.append(Fault(fault, Place(path), {"path": path, "kind": _kind(entry)}))
        else:
            executable = entry.stat(follow_symlinks=False).st_mode & stat.S_IXUSR
            modes[path] = "100755" if executable else "100644"
    faults += records.twins(modes)

    def read(path: str) -> bytes:
        # As text, since a registry has tens of thousands of files and a `Path` costs as much as its file.
        with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123
            return file.read()

    return Tree(modes, read, tuple(faults))


def _walk(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str], str]]:
    """Every file with the name of the rule that it breaks, or an empty one."""
    try:
        with os.scandir(root / folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name == ".git":
            yield folder, entry, "nested-repository"
        elif entry.is_symlink():
            yield path, entry, "symbolic-link"
        elif entry.is_dir():
            if not os.access(entry.path, os.R_OK | os.X_OK):
                yield path, entry, "unreadable-file"
            yield from _walk(root, path)
        else:
            yield path, entry, "" if entry.is_file() else "special-file"


def _kind(entry: os.DirEntry[str]) -> Text:
    mode = entry.stat(follow_symlinks=False).st_mode
    return next((words for test, words in _KINDS if test(mode)), Text("device", "设备"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name first, then moved into its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        passing.write_bytes(content)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that nobody but this person can read, from its first byte on. Raises `FileExistsError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def site_url(root: Path) -> str:
    """Where the built site stands, as `mkdocs.yml` says; empty where it does not."""
    path = root / "mkdocs.yml"
    found = _SITE_URL.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found[1] if found else ""


def myself(root: Path, facts: Facts) -> str | None:
    """The staff number of whoever is configured as the author of commits here."""
    email = identity(root).get("user.email", "").lower()
    for person in facts.corpus.of("staff"):
        if email and email in (str(address).lower() for address in person.data.get("emails") or ()):
            return person.number
    return None
