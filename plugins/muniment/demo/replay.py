"""The demonstration's history: from a story, and the records as they stand at its end, to a repository.

`plan` is pure and says what every commit changes, by whom and when; `write` makes the commits.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from muniment import objects, sshsig
from muniment.demo import acts, keys, materials, states
from muniment.demo.materials import Materials
from muniment.demo.states import Files, State
from muniment.demo.story import Commit, Pull, Story, StoryError, told_at
from muniment.keystore import FOLDER
from muniment.objects import FILE, Person, Writer

# The folder in `.git` with everybody's keys; only a demonstration has it.
MARK = "demonstration"


@dataclass(frozen=True)
class Step:
    """A commit; its parents by their place in the plan, and what it changes in the tree of the first."""

    parents: tuple[int, ...]
    changes: Mapping[str, bytes | None]
    author: Person
    committer: Person
    at: datetime
    message: str
    signer: str | None


@dataclass(frozen=True)
class Plan:
    """Commits in an order to make them in; branches by the place of their head; the final files of main."""

    steps: tuple[Step, ...]
    branches: Mapping[str, int]
    files: Files

    def stale(self, written: Files) -> dict[str, bytes | None]:
        """What has to change in `records/` (None: go) until it is what main holds, with acts and keys."""
        expected = {path: data for path, data in self.files.items() if path.startswith("records/")}
        return {
            path: expected.get(path)
            for path in sorted(expected.keys() | written.keys())
            if expected.get(path) != written.get(path)
        }


def plan(story: Story, given: Materials) -> Plan:
    """Every commit of the history; raises StoryError with all the mistakes that it meets."""
    planner = _Planner(story, given)
    planner.begin()
    for pull in sorted(story.pulls, key=lambda pull: pull.merged is None):
        planner.tell(pull)
    return planner.finished()


def write(planned: Plan, directory: Path, wrapped: Files = MappingProxyType({})) -> str:
    """A new repository at `directory` with this history, checked out; the id of its main. `wrapped` are the files of the key
    store, which becomes a branch without a past.
    """
    git_dir = objects.create(directory)
    ids: list[str] = []
    trees: list[str] = []
    with Writer(git_dir) as writer:
        for step in planned.steps:
            changes = {
                path: None if data is None else (FILE, writer.blob(data))
                for path, data in step.changes.items()
            }
            trees.append(writer.tree(changes, trees[step.parents[0]] if step.parents else None))
            commit = writer.commit(
                trees[-1],
                [ids[parent] for parent in step.parents],
                author=step.author,
                committer=step.committer,
                at=(int(step.at.timestamp()), "+0800"),
                message=step.message,
                sign=_signature(step.signer),
            )
            ids.append(commit)
        if wrapped:
            store = writer.tree({name: (FILE, writer.blob(data)) for name, data in wrapped.items()})
            last = planned.steps[planned.branches["main"]]
            moment = (int(last.at.timestamp()), "+0800")
            made = writer.commit(store, author=last.author, at=moment, message="密钥库")
            writer.ref(f"refs/heads/{FOLDER}", made)
        for branch, head in planned.branches.items():
            writer.ref(f"refs/heads/{branch}", ids[head])
        writer.check_out(trees[planned.branches["main"]], directory)
    _configure(git_dir, planned)
    return ids[planned.branches["main"]]


def replay(directory: Path, extra: Files | None = None) -> str:
    """The package's own demonstration in a new repository; `extra` goes into its first commit."""
    return write(plan(materials.told(), materials.read(extra)), directory, materials.wrapped())


def _signature(signer: str | None) -> Callable[[bytes], str] | None:
    return (lambda payload: sshsig.sign(payload, keys.private(signer))) if signer else None


@dataclass(frozen=True)
class _Landed:
    """Main from a moment on: the place of its commit in the plan, and what it holds."""

    since: datetime
    place: int
    state: State


class _Planner:
    """The history while it is told."""

    def __init__(self, story: Story, given: Materials) -> None:
        self._story = story
        self._given = given
        self._steps: list[Step] = []
        self._main: list[_Landed] = []
        self._open: dict[str, int] = {}
        self._mistakes: list[str] = []

    def begin(self) -> None:
        start = self._story.start
        before: State = {"": self._given.extra} if self._given.extra else {}
        with told_at(start.place):
            state = self._after(start, before)
            # Nobody was registered before the first commit: whoever makes it stands in it.
            self._main.append(_Landed(start.at, self._commit(start, (), {}, state, state), state))

    def tell(self, pull: Pull) -> None:
        """One branch, and its merge; after a mistake the rest goes on as if the branch had not been."""
        made = len(self._steps)
        try:
            self._branch(pull)
        except StoryError as error:
            self._mistakes += error.mistakes
            del self._steps[made:]

    def finished(self) -> Plan:
        last = self._main[-1]
        self._mistakes += self._loose_ends(states.files(last.state))
        if self._mistakes:
            raise StoryError(*self._mistakes)
        return Plan(tuple(self._steps), {"main": last.place, **self._open}, states.files(last.state))

    def _branch(self, pull: Pull) -> None:
        base = self._main_at(pull.commits[0].at)
        state, head = base.state, base.place
        for commit in pull.commits:
            with told_at(commit.place):
                after = self._after(commit, state)
                head = self._commit(commit, (head,), state, after, self._main_at(commit.at).state)
                state = after
        if not pull.merged:
            self._open[pull.branch] = head
            return
        main = self._main[-1]
        merge = Commit(pull.place, pull.by, pull.merged, pull.title)
        with told_at(pull.place):
            merged = states.merged(base.state, state, main.state)
            place = self._commit(merge, (main.place, head), main.state, merged, main.state)
            self._main.append(_Landed(pull.merged, place, merged))

    def _main_at(self, at: datetime) -> _Landed:
        return next(landed for landed in reversed(self._main) if landed.since <= at)

    def _loose_ends(self, files: Files) -> Iterator[str]:
        """Records whose last version told is not the one in `records/`."""
        written = {path: data for path, data in files.items() if not materials.is_act(path)}
        expected = {**self._given.records, **self._given.extra}
        for path in sorted(written.keys() | expected.keys()):
            if path not in written:
                yield f"{path}: no commit on main writes it"
            elif path not in expected:
                yield f"{path}: stands at the end of the story, but not in records/"
            elif written[path] != expected[path]:
                yield f"{path}: the version written last is not the one in records/"

    # -- What a commit changes

    def _after(self, commit: Commit, before: State) -> State:
        state = dict(before)
        for number in commit.remove:
            if state.pop(self._given.home(number), None) is None:
                raise StoryError(f"{number} is not there to be removed")
        for version in commit.write:
            number = version.partition("@")[0]
            home = self._given.home(number)
            kept = {path: data for path, data in state.get(home, {}).items() if path.startswith("acts/")}
            state[home] = {**self._given.version(version, self._story.versions.get(version)), **kept}
        for act in commit.acts:
            home = self._given.home(act.record)
            if home not in state:
                raise StoryError(f"{act.record} does not exist yet")
            added = acts.made(act, state[home], self._given.policy, self._given.chains, self._given.evidence)
            state[home] = {**state[home], **added}
        return state

    def _commit(
        self, commit: Commit, parents: tuple[int, ...], before: State, after: State, register: State
    ) -> int:
        changes = states.changes(before, after)
        if not changes:
            raise StoryError("changes nothing")
        author, signer = self._person(commit, register)
        committer, signer = self._forge(commit, register) if commit.forge else (author, signer)
        message = commit.message or _message(changes)
        self._steps.append(Step(parents, changes, author, committer, commit.at, message, signer))
        return len(self._steps) - 1

    # -- Who makes it

    def _person(self, commit: Commit, register: State) -> tuple[Person, str | None]:
        """The author, and whose key signs: the one that the register holds good on that day, if any."""
        facts = self._facts(commit.by, register)
        if not facts.get("emails"):
            raise StoryError(f"{commit.by} has no address in the register of that day")
        person = Person(facts["name"], facts["emails"][0])
        entry = next((key for key in facts.get("signing_keys") or () if _is_in_force(key, commit.at)), None)
        if entry is None:
            return person, None
        holder = keys.holder_of(entry["key"], commit.by)
        if holder is None:
            raise StoryError(f'the key of {commit.by} is not the demonstration\'s: write "@KEY@" for it')
        return person, holder

    def _forge(self, commit: Commit, register: State) -> tuple[Person, str]:
        for entry in self._facts("review", register).get("forge_keys") or ():
            if _is_in_force(entry, commit.at) and keys.holder_of(entry["key"], keys.FORGE):
                return Person("代码托管平台", entry["committer"]), keys.FORGE
        raise StoryError("no forge key is registered on that day")

    def _facts(self, number: str, register: State) -> Mapping[str, Any]:
        name = f"{number}.yaml"
        text = register.get(self._given.home(number), {}).get(name)
        return states.facts(text, name) if text else {}


def _is_in_force(entry: Mapping[str, Any], at: datetime) -> bool:
    day = at.date().isoformat()
    return bool(entry.get("from", "") <= day <= (entry.get("to") or day))


def _message(changes: Mapping[str, bytes | None]) -> str:
    """The words of a commit that does nothing but add one act."""
    path, text = next((path, text) for path, text in changes.items() if text and path.endswith(".yaml"))
    act = states.facts(text, path)
    return f"{act['record']} 第 {act['revision']} 版：{act['meaning']}"


def _configure(git_dir: Path, planned: Plan) -> None:
    """Let whoever tries the demonstration act as the person who began it, and see everybody's signatures."""
    you = planned.steps[0]
    people = {step.signer: step.committer.email for step in planned.steps if step.signer}
    folder = (git_dir / MARK).absolute()
    folder.mkdir()
    for holder in (*people, keys.ESCROW):
        (folder / holder).touch(mode=0o600)
        (folder / holder).write_bytes(keys.secret(holder))
    signers = folder / "allowed_signers"
    rows = [
        f'{email} namespaces="git" {keys.public(holder).line}\n' for holder, email in sorted(people.items())
    ]
    signers.write_text("".join(rows), encoding="utf-8")
    lines = ["[user]", f"name = {you.author.name}", f"email = {you.author.email}"]
    if you.signer and shutil.which("ssh-keygen"):
        lines += [f"signingKey = {_quoted(folder / you.signer)}", "[commit]", "gpgSign = true"]
    lines += ["[gpg]", "format = ssh", '[gpg "ssh"]', f"allowedSignersFile = {_quoted(signers)}"]
    with (git_dir / "config").open("a", encoding="utf-8") as config:
        config.write("\n".join(lines) + "\n")


def _quoted(path: Path) -> str:
    return '"' + path.as_posix().replace("\\", "\\\\").replace('"', '\\"') + '"'
