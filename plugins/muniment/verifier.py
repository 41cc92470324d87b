#!/usr/bin/env python3
"""Verifies an evidence pack where it lies, with Python and git alone: python3 verify.py  (核对证据包，只需 Python 和 git)

1. Every file is the one that the manifest lists, in SHA256SUMS too, and there is no other.
2. The bundle is a whole history from the first commit that the manifest names to the last, and holds the seal if one is given.
3. The records in the pack are those of that commit, byte for byte.
4. Every act binds content that its record held in the commit that brought it, and its author is the person it names.

It does not judge roles, order and signatures: `muniment audit` on a clone of the bundle does.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_FIELD = re.compile(
    r"^(record|revision|by|content|decision):\s*[\"']?([^\"'#\n]*?)[\"']?\s*(?:#.*)?$", re.MULTILINE
)
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_OWN = ("manifest.json", "SHA256SUMS", "verify.py")


def main() -> int:
    top = Path(__file__).resolve().parent
    seal = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        manifest = json.loads((top / "manifest.json").read_text(encoding="utf-8"))
        faults = [*files(top, manifest), *history(top, manifest, seal)]
    except (OSError, ValueError, KeyError, subprocess.CalledProcessError) as problem:
        print(f"FAILED 无法核对: {problem}")
        return 1
    for fault in faults:
        print(f"FAILED 不符: {fault}")
    if not faults:
        print(f"OK 全部相符: {len(manifest['files'])} files, commit {manifest['commit'] or '-'}")
    return bool(faults)


def files(top: Path, manifest: dict) -> Iterator[str]:  # type: ignore[type-arg]  # plain JSON, in a script that stands alone
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    for path, digest in listed.items():
        if not (top / path).is_file():
            yield f"{path} is missing"
        elif hashlib.sha256((top / path).read_bytes()).hexdigest() != digest:
            yield f"{path} holds other bytes than the manifest says"
    sums = "".join(f"{digest}  {path}\n" for path, digest in listed.items())
    if not (top / "SHA256SUMS").is_file() or (top / "SHA256SUMS").read_text(encoding="utf-8") != sums:
        yield "SHA256SUMS says something else than the manifest"
    for found in top.rglob("*"):
        path = found.relative_to(top).as_posix()
        if found.is_file() and path not in listed and path not in _OWN:
            yield f"{path} is not in the manifest"


def history(top: Path, manifest: dict, seal: str) -> Iterator[str]:  # type: ignore[type-arg]  # likewise
    if not manifest["bundle"]:
        print(
            "NOTE 说明: this pack was made for readers of one level and holds no history: only the files were compared"
        )
        if seal:
            yield f"without a history nobody can tell whether it holds the seal {seal}"
        return
    with tempfile.TemporaryDirectory() as folder:
        git(folder, "clone", "--quiet", "--bare", str(top / manifest["bundle"]), "clone.git")
        clone, commit = f"{folder}/clone.git", manifest["commit"]
        git(clone, "fsck", "--strict", "--no-dangling", "--no-progress")
        heads = git(clone, "for-each-ref", "--format=%(objectname)").split()
        if heads != [commit]:
            yield f"the history ends in {heads}, not in {commit}"
            return
        if seal:
            try:
                git(clone, "merge-base", "--is-ancestor", seal, commit)
            except subprocess.CalledProcessError:
                yield f"the history does not hold the seal {seal}"
        if manifest["root"] not in git(clone, "rev-list", "--max-parents=0", "HEAD").split():
            yield f"the history does not begin with {manifest['root']}"
        held = tree(clone, commit)
        yield from records(top, held)
        yield from acts(clone, held)


def records(top: Path, held: dict[str, tuple[str, str]]) -> Iterator[str]:
    """The files of the pack under `records/` against the blobs of the commit."""
    packed = {
        found.relative_to(top).as_posix(): found for found in (top / "records").rglob("*") if found.is_file()
    }
    for path in sorted(packed.keys() ^ held.keys()):
        yield f"{path} is {'only in the pack' if path in packed else 'missing from the pack'}"
    for path in sorted(packed.keys() & held.keys()):
        content = packed[path].read_bytes()
        if (
            hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            != held[path][1]
        ):
            yield f"{path} differs from what the commit holds"


def acts(clone: str, held: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Each act against every commit that brought it; merges bring nothing of their own."""
    log = git(
        clone,
        "log",
        "--no-merges",
        "--no-renames",
        "--diff-filter=A",
        "--name-only",
        "--format=%x01%H%x02%ae",
    )
    brought: dict[str, list[tuple[str, str]]] = {}
    for entry in log.split("\1")[1:]:
        head, *paths = entry.split("\n")
        commit, email = head.split("\2")
        for path in filter(None, paths):
            brought.setdefault(path, []).append((commit, email))
    first = git(clone, "rev-list", "--max-parents=0", "HEAD").split()
    for path in held:
        if "/acts/" not in path or not path.endswith(".yaml"):
            continue
        said = dict(_FIELD.findall(blob(clone, held[path][1]).decode("utf-8", "replace")))
        if said.get("decision") == "imported":
            continue
        if path not in brought:
            yield f"{path} was brought by no commit of its own"
        person = next((known for known in held if known.endswith("/{0}/{0}.yaml".format(said.get("by")))), "")
        for commit, email in brought.get(path, ()):
            if commit not in first:
                yield from act(clone, path, said, commit, email, person)


def act(clone: str, path: str, said: dict[str, str], commit: str, email: str, person: str) -> Iterator[str]:
    folder = path.partition("/acts/")[0]
    if content(clone, commit, folder) != said.get("content"):
        yield f"{path} approves other content than {folder} held in {commit[:12]}"
    if email.lower() not in addresses(clone, commit, person):
        yield f"{path} names {said.get('by')}, but {commit[:12]} was written by {email}"


def content(clone: str, commit: str, folder: str) -> str:
    """The digest that acts bind: over a line of SHA-256, mode and path for each file outside `acts/`."""
    lines = hashlib.sha256()
    found = tree(clone, commit, folder)
    for path in sorted(found, key=os.fsencode):
        name = path[len(folder) + 1 :]
        if not name.startswith("acts/"):
            mode, oid = found[path]
            lines.update(
                f"{hashlib.sha256(blob(clone, oid)).hexdigest()} {mode} ".encode() + os.fsencode(name) + b"\n"
            )
    return f"sha256:{lines.hexdigest()}"


def addresses(clone: str, commit: str, path: str) -> set[str]:
    """Every address in the staff record of a person at a commit."""
    found = tree(clone, commit, path) if path else {}
    text = blob(clone, found[path][1]).decode("utf-8", "replace") if path in found else ""
    return {address.lower() for address in _EMAIL.findall(text)}


def tree(clone: str, commit: str, folder: str = "records") -> dict[str, tuple[str, str]]:
    listed = git(clone, "ls-tree", "-r", "-z", "--full-tree", commit, "--", folder)
    entries = (entry.split("\t", 1) for entry in listed.split("\0") if entry)
    return {path: (head.split()[0], head.split()[2]) for head, path in entries}


def blob(clone: str, oid: str) -> bytes:
    if oid not in _BLOBS:
        _BLOBS[oid] = run(clone, "cat-file", "blob", oid)
    return _BLOBS[oid]


_BLOBS: dict[str, bytes] = {}


def git(folder: str, *arguments: str) -> str:
    return os.fsdecode(run(folder, *arguments))


def run(folder: str, *arguments: str) -> bytes:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }
    options = ("-c", "core.quotePath=false", "-c", "safe.directory=*")
    return subprocess.run(
        ["git", *options, *arguments], cwd=folder, env=clean, check=True, capture_output=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
