"""Small registries with a history, written commit by commit without a process: what people did, honestly or not.

The world tells Git objects only, as anybody could make them; whether they hold is for the engine to find out. People
have keys derived from their numbers, the clock goes on by ten minutes with each commit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from muniment import audit, check, objects, project, resources, sshsig
from muniment.findings import Finding
from muniment.history import Repository
from muniment.objects import FILE, Writer

BASE = Path(__file__).parents[1] / "samples" / "base"
STAFF = "records/organization/staff"
NUMBERING = "records/policy/numbering/numbering.yaml"
REVIEW = "records/policy/review/review.yaml"
CHINA = timezone(timedelta(hours=8))
FORGE = "forge@example.com"
EVENTS = {"request", "signature", "client", "issue", "return", "destruction", "interview", "formalities"}
DETAILS: dict[str, dict[str, str]] = {
    "request": {"reason": "内容过时"},
    "signature": {"client_signatory": "赵敏", "signed": "2026-03-02"},
    "client": {"name": "赵敏", "position": "信息部主任", "date": "2026-03-02"},
    "return": {"condition": "完好"},
}

WHOLE = {"department": "YG0002", "technical": "YG0003", "quality": "YG0004"}

Content = bytes | str | None
Sign = Callable[[bytes], str] | str | bool | None


@lru_cache(maxsize=64)
def key(holder: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"attack " + holder.encode()).digest())


@lru_cache(maxsize=64)
def public(holder: str) -> str:
    return sshsig.public_key(key(holder), holder).line


def signer(holder: str, namespace: str = "git") -> Callable[[bytes], str]:
    return lambda payload: sshsig.sign(payload, key(holder), namespace)


@dataclass(frozen=True)
class Person:
    """A clerk with the address that his commits bear."""

    number: str
    name: str
    email: str


PEOPLE = {
    person.number: person
    for person in (
        Person("YG0001", "王建国", "wang.jianguo@example.com"),
        Person("YG0002", "陈志强", "chen.zhiqiang@example.com"),
        Person("YG0003", "刘洋", "liu.yang@example.com"),
        Person("YG0004", "孙丽", "sun.li@example.com"),
        Person("YG0005", "周敏", "zhou.min@example.com"),
        Person("YG0006", "李娜", "li.na@example.com"),
        Person("YG0007", "吴磊", "wu.lei@example.com"),  # writes, holds no role
        Person(
            "YG0008", "郑洁", "zheng.jie@example.com"
        ),  # deputy of YG0002, technical expert, two addresses
        Person("YG0009", "冯涛", "feng.tao@example.com"),  # a second technical expert, two addresses
    )
}
MORE = {
    "YG0007": "department: BM01\nemails: [wu.lei@example.com]\nroles: []\n",
    "YG0008": """\
department: BM01
emails: [zheng.jie@example.com, zheng@home.example]
roles:
  - {role: department-head, department: BM01, from: 2026-01-05, deputy_for: YG0002}
  - {role: technical-expert}
""",
    "YG0009": """\
department: BM01
emails: [feng.tao@example.com, feng@home.example]
roles:
  - {role: technical-expert}
  - {role: legal}
""",
}


@lru_cache(maxsize=1)
def base() -> Mapping[str, str]:
    """The registry of the samples, with three more people and everybody's key."""
    files = {
        path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(BASE.rglob("*.yaml"))
    }
    for number, facts in MORE.items():
        head = f"type: staff\nnumber: {number}\nrevision: 1\nname: {PEOPLE[number].name}\nauthor: YG0001\n"
        head += "created: 2026-01-05\nupdated: 2026-01-05\nposition: 工程师\njoined: 2020-01-06\n"
        files[staff(number)] = head + facts
    for number in PEOPLE:
        files[staff(number)] += f'signing_keys:\n  - {{key: "{public(number)}", from: 2026-01-05}}\n'
    files[".gitattributes"] = "* -text\n"
    for kind, chain, letters in (("agreement", "contract", "XY"), ("survey", "client", "DY")):
        files[f"schemas/{kind}.schema.json"] = json.dumps(own_type(kind, chain, letters))
        files[NUMBERING] += (
            f"  {letters}: {{title: {{zh: 登记, en: Own}}, yearly: true, digits: 4, folder: own}}\n"
        )
    return files


def own_type(name: str, chain: str, letters: str) -> dict[str, Any]:
    """A type of this registry's own, which no rule but those of acts knows."""
    common = "common.schema.json#/$defs/"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://muniment.example/schemas/{name}.schema.json",
        "title": name,
        "description": name,
        "x-en": {"title": name, "description": name},
        "x-record": {
            "series": [letters],
            "chain": chain,
            "group": "archive",
            "level": "internal",
            "title": "title",
            "columns": ["number"],
            "facets": [],
            "clauses": [],
            "order": 900,
        },
        "type": "object",
        "allOf": [{"$ref": f"{common}record"}, {"$ref": f"{common}titled"}],
        "properties": {"type": {"const": name}},
        "required": ["revision", "department", "author", "created", "updated"],
        "unevaluatedProperties": False,
    }


def staff(number: str) -> str:
    return f"{STAFF}/{number}/{number}.yaml"


def folder(number: str) -> str:
    place = {
        "JS": "documents/JS/2026",
        "XM": "documents/XM/2026",
        "GL": "documents/GL/2026",
        "FW": "projects/2026",
        "JY": "archive/2026",
        "YG": "organization/staff",
        "BM": "organization/departments",
        "KH": "organization/clients",
        "XY": "own/2026",
        "DY": "own/2026",
    }.get(number[:2], "policy")
    return f"records/{place}/{number}"


def facts(number: str) -> str:
    return f"{folder(number)}/{number}.yaml"


def body(number: str) -> str:
    return f"{folder(number)}/{number}.md"


def document(number: str = "JS2026001", **fields: Any) -> str:
    values = {
        "type": "document",
        "number": number,
        "revision": 1,
        "title": "服务器巡检报告",
        "class": number[:2],
        "kind": {"JS": "report", "XM": "plan", "GL": "service-rules"}[number[:2]],
        "department": "BM01",
        "author": "YG0007",
        "created": "2026-03-02",
        "updated": "2026-03-02",
    }
    return as_yaml({**values, **fields})


@lru_cache(maxsize=64)
def example(kind: str) -> Mapping[str, Any]:
    schema = json.loads(resources.path("schemas").joinpath(f"{kind}.schema.json").read_text(encoding="utf-8"))
    return dict(schema["examples"][0])


def as_yaml(values: Mapping[str, Any]) -> str:
    rows = (
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in values.items()
        if value is not None
    )
    return "".join(rows)


def digest(files: Mapping[str, bytes], modes: Mapping[str, str]) -> str:
    """As trust.md defines it, told here once more on purpose."""
    lines = b""
    for path in sorted(files, key=str.encode):
        lines += f"{hashlib.sha256(files[path]).hexdigest()} {modes[path]} {path}\n".encode()
    return "sha256:" + hashlib.sha256(lines).hexdigest()


Files = dict[str, tuple[str, str]]


class World:
    """One repository; `main` and branches of it are told, then judged."""

    def __init__(
        self,
        directory: Path,
        *,
        level: str = "declared",
        importing: bool = False,
        forge: bool = False,
        changed: Mapping[str, Content] | None = None,
        review: Callable[[str], str] = lambda text: text,
    ) -> None:
        self.root = directory
        self.signed = level == "signed"
        self.git_dir = objects.create(directory)
        self.writer = Writer(self.git_dir)
        self.contents: dict[str, bytes] = {}
        self.now = datetime(2026, 1, 5, 9, tzinfo=CHINA)
        self.branches: dict[str, Branch] = {}
        files: dict[str, Content] = dict(base())
        policy = str(files[REVIEW]).replace("{default: declared}", f"{{default: {level}}}")
        if importing:
            policy = policy.replace("importing: false", "importing: true")
        if forge:
            line = f'{{key: "{public("forge")}", committer: {FORGE}, from: 2026-01-05}}'
            policy = policy.replace("forge_keys: []", f"forge_keys: [{line}]")
        files[REVIEW] = review(policy)
        files |= changed or {}
        self.main = Branch(self, "main", None, {})
        self.main.write({path: text for path, text in files.items() if text is not None}, by="YG0001")
        self.day("2026-03-02")

    def close(self) -> None:
        self.writer.__exit__(None, None, None)

    # The clock

    def day(self, day: str) -> Self:
        """Go on to nine o'clock of a day, if that is still to come."""
        self.now = max(self.now, datetime.fromisoformat(day).replace(hour=9, tzinfo=CHINA))
        return self

    @property
    def today(self) -> str:
        return self.now.date().isoformat()

    def tick(self) -> objects.Moment:
        self.now += timedelta(minutes=10)
        return int(self.now.timestamp()), "+0800"

    # Objects

    def blob(self, content: bytes | str, mode: str = FILE) -> tuple[str, str]:
        data = content.encode() if isinstance(content, str) else content
        name = self.writer.blob(data)
        self.contents[name] = data
        return mode, name

    def branch(self, name: str = "pull", of: Branch | None = None) -> Branch:
        start = of or self.main
        self.branches[name] = Branch(self, name, start.tip, dict(start.files))
        return self.branches[name]

    # Main moves

    def merge(self, *others: Branch, by: str = "YG0001", **how: Any) -> Self:
        """The merge button: a merge commit by whoever presses it."""
        self.main.merge(*others, by=by, **how)
        return self

    def fast_forward(self, to: Branch) -> Self:
        self.main.tip, self.main.files = to.tip, dict(to.files)
        return self

    # Verdicts

    def flush(self, head: str = "main") -> Path:
        for branch in (self.main, *self.branches.values()):
            if branch.tip:
                self.writer.ref(f"refs/heads/{branch.name}", branch.tip)
        self.writer.flush()
        (self.git_dir / "HEAD").write_text(f"ref: refs/heads/{head}\n", encoding="utf-8")
        return self.root

    def pull(self, branch: Branch, base: str = "main") -> list[Finding]:
        """What `check --base` says of a branch."""
        self.flush(branch.name)
        loaded, changed, missing = project.load_pull(self.root, base, self.today)
        assert not missing
        return check.of_pull(loaded.facts, loaded.faults, changed)

    def audit(self, seal: str | None = None) -> list[Finding]:
        """What `audit` says of main."""
        self.flush()
        verdict = audit.audit(Repository(self.root), project.shipped_types(), seal)
        assert not verdict.missing
        return list(check.in_words(verdict.faults))

    def levels(self) -> dict[str, str]:
        """The level of each act on main, by `number/file`."""
        self.flush()
        proofs = audit.audit(Repository(self.root), project.shipped_types()).proofs
        return {
            f"{path.split('/')[-3]}/{path.rpartition('/')[2]}": proof.level for path, proof in proofs.items()
        }


class Branch:
    """A line of commits with the files at its tip. What it tells is committed at once."""

    def __init__(self, world: World, name: str, tip: str | None, files: Files) -> None:
        self.world, self.name, self.tip = world, name, tip
        self.files = files
        self.fork = dict(files)

    # Commits

    def commit(
        self,
        changes: Mapping[str, tuple[str, str] | None],
        *,
        by: str = "YG0007",
        on: str | None = None,
        email: str | None = None,
        name: str | None = None,
        via: str | None = None,
        at: objects.Moment | None = None,
        sign: Sign = None,
        parents: Iterable[str] | None = None,
        message: str = "编辑",
        headers: Iterable[tuple[str, str]] = (),
    ) -> Self:
        """One commit. `sign`: False for none, a holder's name for his key, or a function; `via` the committer."""
        if on:
            self.world.day(on)
        for path, entry in changes.items():
            if entry is None:
                self.files.pop(path, None)
            else:
                self.files[path] = entry
        writer = self.world.writer
        person = PEOPLE[by]
        author = objects.Person(name or person.name, person.email if email is None else email)
        committer = objects.Person("代码平台", via) if via else None
        if sign is None:
            sign = by if self.world.signed else False
        if isinstance(sign, str):
            sign = signer(sign)
        self.tip = writer.commit(
            writer.tree(self.files),
            ([self.tip] if self.tip else []) if parents is None else parents,
            author=author,
            at=at or self.world.tick(),
            committer=committer,
            message=message,
            headers=headers,
            sign=sign if callable(sign) else None,
        )
        return self

    def raw(self, change: Callable[[bytes], bytes]) -> Self:
        """The last commit once more with other bytes, which no git would write."""
        writer = self.world.writer
        data = writer._read(str(self.tip))
        self.tip = writer.object("commit", change(data))
        return self

    def write(self, changes: Mapping[str, Content], *, mode: str = FILE, **how: Any) -> Self:
        entries = {
            path: None if text is None else self.world.blob(text, mode) for path, text in changes.items()
        }
        return self.commit(entries, **how)

    def draft(self, number: str = "JS2026001", text: str = "# 报告\n\n正文。\n", **how: Any) -> Self:
        """A document with its body; keywords that no commit takes are its facts."""
        known = {"by", "on", "email", "name", "via", "at", "sign", "message", "headers"}
        commit = {name: how.pop(name) for name in list(how) if name in known}
        values = {"created": self.world.today, "updated": self.world.today, **how}
        return self.write({facts(number): document(number, **values), body(number): text}, **commit)

    def edit(self, path: str, old: str, new: str, **how: Any) -> Self:
        text = self.text(path)
        assert old in text, (path, old)
        return self.write({path: text.replace(old, new, 1)}, **how)

    def revise(self, number: str = "JS2026001", revision: int = 2, text: str = "改", **how: Any) -> Self:
        """The next revision: raised, dated, with other words in the body."""
        was = self.text(facts(number))
        date = next(line for line in was.splitlines() if line.startswith("updated:"))
        if "on" in how:
            self.world.day(how.pop("on"))
        raised = was.replace(f"revision: {revision - 1}", f"revision: {revision}", 1)
        raised = raised.replace(date, f'updated: "{self.world.today}"')
        changes: dict[str, Content] = {facts(number): raised}
        if body(number) in self.files:
            changes[body(number)] = self.text(body(number)) + f"{text}{revision}\n"
        return self.write(changes, **how)

    def own(self, kind: str, number: str, **how: Any) -> Self:
        """A record of the registry's own types."""
        values = {
            "type": kind,
            "number": number,
            "revision": 1,
            "title": "约定",
            "department": "BM01",
            "author": "YG0007",
        }
        day = self.world.today
        return self.write({facts(number): as_yaml({**values, "created": day, "updated": day})}, **how)

    def example(self, kind: str, number: str, **how: Any) -> Self:
        """A record of a type as the type's own schema shows one."""
        known = {"by", "on", "email", "sign", "message"}
        commit = {name: how.pop(name) for name in list(how) if name in known}
        return self.write({facts(number): as_yaml({**example(kind), "number": number, **how})}, **commit)

    def reform(self, number: str, old: str, new: str, *, by: str = "YG0006", **how: Any) -> Self:
        """The next revision of a record of the organization, by somebody who does not approve it."""
        if "on" in how:
            self.world.day(how.pop("on"))
        text = self.text(facts(number))
        assert old in text, (number, old)
        lines = []
        for line in text.replace(old, new, 1).splitlines():
            name, _, value = line.partition(": ")
            value = str(int(value) + 1) if name == "revision" else value
            value = by if name == "author" else self.world.today if name == "updated" else value
            lines.append(f"{name}: {value}\n" if name in ("revision", "author", "updated") else f"{line}\n")
        return self.write({facts(number): "".join(lines)}, by=by, **how)

    def text(self, path: str) -> str:
        return self.world.contents[self.files[path][1]].decode()

    def move(self, old: str, new: str, **how: Any) -> Self:
        return self.commit({old: None, new: self.files[old]}, **how)

    # Acts

    def act(
        self,
        number: str,
        stage: str,
        by: str,
        *,
        decision: str | None = None,
        chain: str | None = None,
        evidence: bytes | None = None,
        with_acts: Iterable[tuple[str, str]] = (),
        also: Mapping[str, Content] | None = None,
        file: str | None = None,
        fields: Mapping[str, Any] | None = None,
        text: Callable[[str], str] = lambda text: text,
        **how: Any,
    ) -> Self:
        """One act in one commit of its own. `fields` replace what the act says (None leaves one out); `with_acts` are
        further (record, stage) of the same person, `also` other files of the same commit.
        """
        if "on" in how:
            self.world.day(how.pop("on"))
        changes: dict[str, Content] = {}
        for record, its_stage in ((number, stage), *with_acts):
            values = self._act(record, its_stage, by, decision, chain)
            stem = f"{folder(record)}/acts/{self.stem(record, its_stage, changes)}"
            if evidence is not None:
                values["evidence"] = [
                    {"file": f"{stem.rpartition('/')[2]}.pdf", "sha256": hashlib.sha256(evidence).hexdigest()}
                ]
                changes[f"{stem}.pdf"] = evidence
            values |= (fields or {}) if (record, its_stage) == (number, stage) else {}
            changes[file or f"{stem}.yaml"] = text(as_yaml(values))
        mode = how.pop("mode", FILE)
        return self.write({**changes, **(also or {})}, by=how.pop("committed_by", by), mode=mode, **how)

    def approve(self, number: str, *stages: str | tuple[str, str], **how: Any) -> Self:
        """Approvals one after the other; without stages the whole chain of documents. A stage may name who does it."""
        for stage in stages or WHOLE:
            name, by = (stage, WHOLE[stage]) if isinstance(stage, str) else stage
            self.act(number, name, by, **how)
        return self

    def read(self, by: str, number: str = "JS2026001", **how: Any) -> Self:
        """Somebody says that he has read the revision that lies there."""
        file = f"{folder(number)}/acts/{self.revision(number)}-read-{by}.yaml"
        how.setdefault("decision", "done")
        return self.act(number, "read", by, chain="reading", file=how.pop("file", file), **how)

    def organization(self, number: str, **how: Any) -> Self:
        """Both approvals that a change of staff, departments and policies needs."""
        self.act(number, "personnel", "YG0005", chain="organization", **how)
        return self.act(number, "leader", "YG0001", chain="organization", **how)

    def _act(
        self,
        number: str,
        stage: str,
        by: str,
        decision: str | None,
        chain: str | None,
    ) -> dict[str, Any]:
        values: dict[str, Any] = {
            "record": number,
            "revision": self.revision(number),
            "chain": chain or self._chain(number),
            "stage": stage,
            "decision": decision or ("done" if stage in EVENTS else "approved"),
            "by": by,
            "date": self.world.today,
            "content": self.content(number),
        }
        if stage in DETAILS and values["decision"] == "done":
            values["details"] = DETAILS[stage]
        if decision == "imported":
            values["source"] = "纸质档案第 3 柜"
        return values

    def _chain(self, number: str) -> str:
        first = self.text(facts(number)) if facts(number) in self.files else ""
        for name, chain in (
            ("agreement", "contract"),
            ("survey", "client"),
            ("loan", "loan"),
            ("void", "void"),
        ):
            if f'type: "{name}"\n' in first:
                return chain
        return "document"

    def stem(self, number: str, stage: str, changes: Mapping[str, Content] = {}) -> str:
        revision = self.revision(number)
        start = f"{folder(number)}/acts/{revision}-"
        taken = [
            int(n)
            for path in (*self.files, *changes)
            if path.startswith(start) and path.endswith(".yaml")
            if (n := path[len(start) :].partition("-")[0]).isdecimal()  # a reading has no place in the row
        ]
        return f"{revision}-{max(taken, default=0) + 1}-{stage}"

    def revision(self, number: str) -> int:
        if facts(number) not in self.files:
            return 1
        for line in self.text(facts(number)).splitlines():
            if line.startswith("revision:"):
                return int(line.partition(":")[2])
        return 1

    def content(self, number: str) -> str:
        start = f"{folder(number)}/"
        inside = {
            path[len(start) :]: entry
            for path, entry in self.files.items()
            if path.startswith(start) and not path.startswith(f"{start}acts/")
        }
        return digest(
            {path: self.world.contents[blob] for path, (_, blob) in inside.items()},
            {path: mode for path, (mode, _) in inside.items()},
        )

    def acts(self, number: str = "JS2026001") -> list[str]:
        return sorted(path for path in self.files if path.startswith(f"{folder(number)}/acts/"))

    # Merges

    def merge(
        self,
        *others: Branch,
        by: str = "YG0007",
        ours: bool = False,
        change: Mapping[str, Content] | None = None,
        **how: Any,
    ) -> Self:
        """Merge branches into this one, file by file. `ours`: take nothing of them; `change`: the merge's own change."""
        files = dict(self.files)
        for other in others:
            for path in {*other.files, *other.fork, *files}:
                theirs, start = other.files.get(path), other.fork.get(path)
                mine = files.get(path)
                if ours or theirs in (start, mine):
                    continue
                assert mine == start or path in (change or {}), f"conflict: {path}"
                if theirs is None:
                    files.pop(path, None)
                else:
                    files[path] = theirs
        entries: dict[str, tuple[str, str] | None] = {path: None for path in self.files if path not in files}
        entries |= files
        entries |= {
            path: None if text is None else self.world.blob(text) for path, text in (change or {}).items()
        }
        parents = [str(self.tip), *(str(other.tip) for other in others)]
        self.commit(entries, by=by, parents=how.pop("parents", parents), message="合并", **how)
        if self is not self.world.main:
            for other in others:
                if other is self.world.main:
                    self.fork = dict(other.files)
        else:
            for other in others:
                other.fork = dict(other.files)
        return self

    def update(self, **how: Any) -> Self:
        """Bring main into the branch."""
        main = self.world.main
        base_of_main = Branch(self.world, "main", main.tip, dict(main.files))
        base_of_main.fork = self.fork
        self.merge(base_of_main, **how)
        self.fork = dict(main.files)
        return self


# What the tests ask


def name_of(finding: Finding) -> str:
    return check.catalogue()[finding.code].rule.name


def told(finding: Finding) -> str:
    """Everything by which a clerk can find the place."""
    said = " ".join(str(value) for value in finding.params.values())
    return f"{finding.place.path} {finding.number} {said} {finding.words('zh')} {finding.words('en')}"


def shown(found: Iterable[Finding]) -> str:
    return "\n".join(
        f"{finding.severity} {name_of(finding)} {finding.place.path}: {finding.words('en')[0]}"
        for finding in found
    )


def demand(found: list[Finding], rule: str, names: str | Iterable[str], where: str) -> None:
    """An error of the rule that names the place."""
    wanted = [names] if isinstance(names, str) else list(names)
    ours = [finding for finding in found if finding.severity == "error" and name_of(finding) == rule]
    assert ours, f"{where}: no {rule} among\n{shown(found) or 'nothing'}"
    assert any(all(name in told(finding) for name in wanted) for finding in ours), (
        f"{where}: {rule} does not name {wanted}:\n{shown(ours)}"
    )


def caught(
    branch: Branch,
    rule: str,
    names: str | Iterable[str],
    *,
    audited: str | None = None,
    merge: Mapping[str, Any] | None = None,
) -> None:
    """The pull request is turned away, and so is main after somebody has merged it all the same."""
    world = branch.world
    demand(world.pull(branch), rule, names, "pull")
    world.merge(branch, **(merge or {}))
    demand(world.audit(), audited or rule, names, "audit")


def sound(*branches: Branch) -> World:
    """Each pull request is let in, one after the other, and main stands."""
    world = branches[0].world
    for branch in branches:
        errors = [finding for finding in world.pull(branch) if finding.severity == "error"]
        assert not errors, shown(errors)
        world.merge(branch)
    assert not world.audit(), shown(world.audit())
    return world


def published(world: World, number: str = "JS2026001") -> World:
    """A document on main, a week ago."""
    world.merge(world.branch(f"publish-{number}").draft(number).approve(number))
    return world.day("2026-03-09")


def moment(text: str) -> objects.Moment:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()), "+0000"
