"""What the demonstration's story is told with, as it comes with the package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from muniment import age, edit, keystore, policy, resources, sealing
from muniment.demo import keys, states
from muniment.demo import story as stories
from muniment.demo.states import Files, State
from muniment.demo.story import Story, StoryError
from muniment.keystore import Opener
from muniment.policy import Policy
from muniment.schemas import STUB

_DEMO = resources.PACKAGE / "demo"
_CONFIDENTIALITY = "records/policy/confidentiality/confidentiality.yaml"
# A file in a version's folder that lists which of today's files that version did not have.
_REMOVED = ".removed"


@dataclass(frozen=True)
class Materials:
    """`records`: the files of `records/` without acts, as they stand at the end; `earlier`: files of earlier
    versions, where they differ; `chains`: the chain of each record type; `extra`: the registry's other files.
    """

    records: Files
    earlier: Mapping[str, Files]
    evidence: Files
    chains: Mapping[str, str | None]
    extra: Files = field(default_factory=dict)

    @cached_property
    def final(self) -> State:
        return states.of(self.records)

    @cached_property
    def policy(self) -> Policy:
        held = {
            folder.rpartition("/")[2]: files for folder, files in self.final.items() if "/policy/" in folder
        }
        return policy.of(
            [(name, states.facts(files[f"{name}.yaml"], f"{name}.yaml")) for name, files in held.items()]
        )

    def home(self, number: str) -> str:
        """The folder of the record with this number."""
        path = self.policy.path_of(number)
        if path is None:
            raise StoryError(f"`{number}` is no number of this registry")
        return path.rpartition("/")[0]

    def version(self, name: str, changed: Mapping[str, Any] | None) -> Files:
        """The files of `NUMBER@label`: today's, the earlier ones over them, and the fields in `changed`."""
        number, _, label = name.partition("@")
        facts = f"{number}.yaml"
        files = dict(self.final.get(self.home(number), {}))
        if label:
            earlier = self.earlier.get(name)
            if earlier is None and changed is None:
                raise StoryError(f"{name} is neither among the versions nor in earlier/")
            files.update(earlier or {})
            for gone in files.pop(_REMOVED, b"").decode().split():
                files.pop(gone, None)
        if facts not in files:
            raise StoryError(f"{name} has no {facts}")
        if changed:
            files[facts] = _edited(files[facts], changed)
        return files


def read(extra: Files | None = None) -> Materials:
    earlier: dict[str, dict[str, bytes]] = {}
    for path, data in _files(_DEMO / "earlier").items():
        version, _, name = path.partition("/")
        earlier.setdefault(version, {})[name] = keys.filled(data, version.partition("@")[0])
    records = {
        path: keys.filled(data, path.split("/")[-2]) for path, data in written().items() if not is_act(path)
    }
    return Materials(records, earlier, _files(_DEMO / "evidence"), dict(_chains()), extra or {})


def told() -> Story:
    path = _DEMO / "story.yaml"
    return stories.parse(states.facts(path.read_bytes(), path.name))


def written() -> Files:
    """The files of `records/` as they lie on the disk."""
    return _files(resources.path("records"), "records/")


def wrapped() -> Files:
    """The files of the key store."""
    return _files(resources.path("keys"))


def opened() -> dict[str, bytes]:
    """The files of `records/` with sealed facts in plain text, in the place of their stubs: for tests that change them."""
    return dict(_opened())


@lru_cache(maxsize=1)
def _opened() -> Files:
    files = dict(written())
    opener = Opener(keystore.load(wrapped()), age.identities(keys.secret(keys.ESCROW)))
    for path in [path for path in files if path.endswith(age.SUFFIX)]:
        folder, _, name = path.rpartition("/")
        number = name.removesuffix(age.SUFFIX)
        if number == folder.rpartition("/")[2]:
            facts = f"{folder}/{number}.yaml"
            plain = opener.open(number, files.pop(path)) or b""
            files[facts] = sealing.joined(states.facts(files[facts], facts), plain.decode()).encode()
    return files


def sealed(files: Files) -> tuple[dict[str, bytes], Mapping[bytes, bytes]]:
    """The same with the facts of sealed types encrypted again, and the plain text of what was: what `opened` gave, after
    something in it was changed.
    """
    rules = states.facts(files[_CONFIDENTIALITY], _CONFIDENTIALITY)
    result, plains = dict(files), {}
    for path, content in files.items():
        folder, _, name = path.rpartition("/")
        if name == f"{folder.rpartition('/')[2]}.yaml" and any(
            content.startswith(f"type: {kind}\n".encode()) for kind in rules.get("sealed", ())
        ):
            stub, plain, cipher = _parted(content, path)
            result[path], result[path.removesuffix(".yaml") + age.SUFFIX] = stub, cipher
            plains[cipher] = plain
    return result, plains


@lru_cache(maxsize=1024)
def _parted(content: bytes, path: str) -> tuple[bytes, bytes, bytes]:
    text = content.decode()
    for name in STUB:
        text = edit.remove(text, (name,)) if name != "title" else text
    facts = states.facts(content, path)
    stub = edit.dump({name: facts[name] for name in STUB if name in facts}).encode()
    return stub, text.encode(), age.encrypt(text.encode(), [keys.public(keys.ESCROW).line])


def is_act(path: str) -> bool:
    """Whether a file of `records/` is an act or its evidence."""
    return "/acts/" in path


def _files(folder: Path, prefix: str = "") -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {prefix + path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _chains() -> Iterator[tuple[str, str | None]]:
    for path in resources.path("schemas").glob("*.schema.json"):
        block = json.loads(path.read_bytes()).get("x-record", {})
        yield path.name.removesuffix(".schema.json"), block.get("chain")


def _edited(content: bytes, changed: Mapping[str, Any]) -> bytes:
    text = content.decode()
    for name, value in changed.items():
        try:
            text = edit.remove(text, (name,)) if value is None else edit.set_value(text, (name,), value)
        except edit.EditError as error:
            raise StoryError(f"{name}: {error}") from None
    return text.encode()
