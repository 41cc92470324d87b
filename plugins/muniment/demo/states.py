"""What main or a branch of the demonstration holds at a moment: files by the folder of their record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from muniment import source
from muniment.demo.story import StoryError
from muniment.objects import FILE

Files = Mapping[str, bytes]
# Paths are relative to the folder; the files of the registry that belong to no record stand under "".
# Folders are shared between states and never changed in place, so a state costs no more than what it changes.
State = Mapping[str, Files]


def of(files: Files) -> State:
    homes = {
        str(path.parent) for path in map(PurePosixPath, files) if path.name == f"{path.parent.name}.yaml"
    }
    state: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        home = next((str(above) for above in PurePosixPath(path).parents if str(above) in homes), "")
        state.setdefault(home, {})[path.removeprefix(f"{home}/")] = data
    return state


def files(state: State) -> dict[str, bytes]:
    """All files by their path in the registry."""
    return {_path(folder, name): data for folder, held in state.items() for name, data in held.items()}


def changes(before: State, after: State) -> dict[str, bytes | None]:
    """What leads from one state to the other; None where a file is gone."""
    return {_path(folder, name): data for folder, name, data in _differences(before, after)}


def merged(base: State, branch: State, main: State) -> State:
    """Main with what the branch has changed since its base; where both have, Git would report a conflict."""
    result = dict(main)
    for folder, name, data in _differences(base, branch):
        if main.get(folder, {}).get(name) not in (base.get(folder, {}).get(name), data):
            raise StoryError(f"main has changed {_path(folder, name)} as well since the branch began")
        held = {**result.get(folder, {}), name: data}
        result[folder] = {name: data for name, data in held.items() if data is not None}
    return {folder: held for folder, held in result.items() if held}


@lru_cache(maxsize=4096)
def facts(text: bytes, name: str) -> Mapping[str, Any]:
    """The values of one YAML file."""
    loaded = source.load(name, text)
    if loaded.document is None:
        faults = ((fault.place.line, fault.rule, dict(fault.params)) for fault in loaded.faults)
        raise StoryError(*(f"{name}:{line}: {rule} {params}" for line, rule, params in faults))
    return loaded.document.data


def digest(held: Files) -> str:
    """What acts on a folder bind to (trust.md)."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()} {FILE} {path}\n"
        for path, data in sorted(held.items(), key=lambda row: row[0].encode())
        if not path.startswith("acts/")
    )
    return "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()


def _differences(before: State, after: State) -> Iterator[tuple[str, str, bytes | None]]:
    for folder in dict.fromkeys((*before, *after)):
        old, new = before.get(folder, {}), after.get(folder, {})
        if old is not new:
            for name in dict.fromkeys((*old, *new)):
                if old.get(name) != new.get(name):
                    yield folder, name, new.get(name)


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
