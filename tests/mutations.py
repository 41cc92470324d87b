"""The demonstration in memory with something in it changed, and what a check says then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import memory
from muniment import check, edit, policy, records
from muniment.demo import materials
from muniment.facts import Facts
from muniment.findings import Pointer
from muniment.records import Tree
from muniment.source import Loaded

Files = dict[str, bytes]
Change = Callable[[Files], None]

TODAY = "2026-11-23"


class _Remembering(Tree):
    """A tree that reads a file once, however many registries hold it: a mutation changes one of five hundred."""

    _read: dict[tuple[str, bytes], Loaded] = {}  # noqa: RUF012 — on purpose for all trees

    def load(self, path: str) -> Loaded:
        known = (path, self.read(path))
        if known not in self._read:
            self._read[known] = super().load(path)
        return self._read[known]


@cache
def _written() -> Mapping[str, bytes]:
    return materials.opened()


@cache
def folders() -> Mapping[str, str]:
    """The folder of every record of the demonstration by its number."""
    return {
        path.rpartition("/")[2].removesuffix(".yaml"): path.rpartition("/")[0]
        for path in _written()
        if path.endswith(".yaml") and path.split("/")[-2] + ".yaml" == path.split("/")[-1]
    }


def findings(*changes: Change) -> set[str]:
    """What the check finds in the changed demonstration, as `CODE place pointer`; the place is a path within `records/`
    that begins with the record's number. Every finding has a line.
    """
    files = dict(_written())
    for change in changes:
        change(files)
    found = check.run(facts(files))
    assert all(finding.place.line or not finding.place.path.endswith(".yaml") for finding in found), found
    return {
        f"{finding.code} {_short(finding.place.path)} {_dotted(finding.place.pointer)}".rstrip()
        for finding in found
        if finding.code != "SEC020"  # what is sealed in memory has its keys in no store
    }


def facts(files: Mapping[str, bytes]) -> Facts:
    sealed, plain = materials.sealed(files)
    tree = _Remembering(
        dict.fromkeys(sealed, "100644"), sealed.__getitem__, open=lambda _, content: plain.get(content)
    )
    corpus = records.load(tree, memory.types())
    rules = policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")
    return Facts(corpus, memory.types(), rules, TODAY)


# What can be done to a record. A pointer is written with dots: `phases.0.tasks.1.due`.


class Row(NamedTuple):
    """A phrase of the regulation, what was done against it, the changes that do it, and all that is found then."""

    phrase: str
    done: str
    changes: tuple[Change, ...]
    found: set[str]


def row(phrase: str, done: str, change: Change | tuple[Change, ...], *found: str) -> Row:
    return Row(phrase, done, change if isinstance(change, tuple) else (change,), set(found))


def put(number: str, pointer: str, value: Any) -> Change:
    """Another value, or one more field."""
    return _edited(number, lambda text: edit.set_value(text, _pointer(pointer), value))


def drop(number: str, pointer: str) -> Change:
    return _edited(number, lambda text: edit.remove(text, _pointer(pointer)))


def append(number: str, pointer: str, value: Any) -> Change:
    return _edited(number, lambda text: edit.append(text, _pointer(pointer), value))


def new(number: str, like: str, **fields: Any) -> Change:
    """One more record: a copy of another with the fields that differ, and without its acts."""

    def change(files: Files) -> None:
        text = _written()[f"{folders()[like]}/{like}.yaml"].decode()
        for name, value in {"number": number, **fields}.items():
            text = edit.set_value(text, (name,), value)
        files[f"{folders()[like].rpartition('/')[0]}/{number}/{number}.yaml"] = text.encode()

    return change


def gone(number: str) -> Change:
    """The whole record is missing from the working tree."""

    def change(files: Files) -> None:
        for path in [path for path in files if path.startswith(f"{folders()[number]}/")]:
            del files[path]

    return change


def act_put(number: str, act: str, pointer: str, value: Any) -> Change:
    return _act(number, act, lambda text: edit.set_value(text, _pointer(pointer), value))


def act_drop(number: str, act: str, pointer: str) -> Change:
    return _act(number, act, lambda text: edit.remove(text, _pointer(pointer)))


def act_gone(number: str, act: str) -> Change:
    """An act and its evidence are missing from the working tree."""

    def change(files: Files) -> None:
        paths = [path for path in files if path.startswith(f"{folders()[number]}/acts/{act}.")]
        assert paths, act
        for path in paths:
            del files[path]

    return change


def _act(number: str, act: str, how: Callable[[str], str]) -> Change:
    def change(files: Files) -> None:
        path = f"{folders()[number]}/acts/{act}.yaml"
        files[path] = how(files[path].decode()).encode()

    return change


def _edited(number: str, how: Callable[[str], str]) -> Change:
    """An edit of the facts. The acts are bound to the new content, or every finding would only be that they are not."""

    def change(files: Files) -> None:
        folder = folders()[number]
        path = f"{folder}/{number}.yaml"
        before = _digest(files, folder)
        files[path] = how(files[path].decode()).encode()
        after = _digest(files, folder)
        for act in [path for path in files if path.startswith(f"{folder}/acts/") and path.endswith(".yaml")]:
            files[act] = files[act].replace(before.encode(), after.encode())

    return change


def _digest(files: Files, folder: str) -> str:
    paths = [
        path for path in files if path.startswith(f"{folder}/") and not path.startswith(f"{folder}/acts/")
    ]
    return Tree(dict.fromkeys(files, "100644"), files.__getitem__).digest(folder, paths)


def _short(path: str) -> str:
    """`…/XM2025008/XM2025008.yaml` is XM2025008, `…/XM2025008/acts/1-1-client.yaml` is XM2025008/acts/1-1-client."""
    steps = path.removesuffix(".yaml").removesuffix(".age").split("/")
    if steps[-1] == steps[-2]:
        return steps[-1]
    return "/".join(steps[steps.index("acts") - 1 :]) if "acts" in steps else path


def _pointer(dotted: str) -> Pointer:
    return tuple(int(step) if step.isdigit() else step for step in dotted.split("."))


def _dotted(pointer: Pointer) -> str:
    return ".".join(str(step) for step in pointer)
