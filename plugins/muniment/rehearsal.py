"""Rehearsal: what the check would say if files were written; then writing them, all or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from muniment import check, records
from muniment.findings import Finding
from muniment.keystore import Ring
from muniment.project import Loaded, policies, write_whole

Files = Mapping[str, bytes | None]


def rehearse(
    loaded: Loaded,
    files: Files,
    rings: Iterable[Ring] = (),
    opens: Mapping[bytes, bytes] = MappingProxyType({}),
) -> Loaded:
    """The registry as it would be with these files (paths relative to it) written, those without content gone, and these
    rings in the key store; `opens` gives the plain text of what is newly encrypted.
    """
    facts = loaded.facts
    tree = facts.corpus.tree
    modes = {**tree.modes, **{path: tree.modes.get(path, "100644") for path in files}}
    modes = {path: mode for path, mode in modes.items() if files.get(path, b"") is not None}

    def read(path: str) -> bytes:
        content = files.get(path)
        return content if content is not None else tree.read(path)

    def opened(number: str, content: bytes) -> bytes | None:
        plain = opens.get(content)
        return plain if plain is not None else tree.open(number, content)

    store = facts.keystore
    kept = {**store.rings, **{ring.number: ring for ring in rings}}
    store = replace(store, rings=kept, is_there=store.is_there or bool(kept))
    corpus = records.load(replace(tree, modes=modes, read=read, open=opened), facts.types)
    given = facts.given - files.keys()
    changed = replace(facts, corpus=corpus, policy=policies(corpus), given=given, keystore=store)
    return replace(loaded, facts=changed)


def findings(loaded: Loaded) -> list[Finding]:
    return check.run(loaded.facts, loaded.faults)


def worse(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """The errors of `after` that `before` does not have, wherever in their file they now stand."""
    known = Counter(_identity(finding) for finding in before)
    fresh = []
    for finding in after:
        if finding.severity == "error":
            known[_identity(finding)] -= 1
            if known[_identity(finding)] < 0:
                fresh.append(finding)
    return fresh


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.place.path, finding.words("en")[0]


def write(root: Path, files: Files) -> None:
    """Write all of them and remove those without content, or leave everything as it was and raise what went wrong."""
    before = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in files}
    folders = {folder for path in files for folder in (root / path).parents if not folder.exists()}
    written: list[str] = []
    try:
        for path, content in files.items():
            if content is None:
                (root / path).unlink(missing_ok=True)
            else:
                write_whole(root / path, content)
            written.append(path)
    except BaseException:
        for path in written:
            earlier = before[path]
            if earlier is None:
                (root / path).unlink(missing_ok=True)
            else:
                write_whole(root / path, earlier)
        for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
            if folder.is_dir():
                folder.rmdir()
        raise
