"""The demonstration: its repository with the whole history, and what is generated of it in records/."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from muniment import resources, starting
from muniment.demo import materials, replay
from muniment.demo.story import StoryError


def make(directory: Path) -> int:
    if (directory / ".git" / replay.MARK).is_dir():
        shutil.rmtree(directory)  # one that was made here before
    if directory.exists() and any(directory.iterdir()):
        print(f"{directory} is not empty, and no demonstration either", file=sys.stderr)
        return 2
    print(replay.replay(directory, starting.demonstration()))
    return 0


def stale() -> dict[str, bytes | None]:
    return replay.plan(materials.told(), materials.read()).stale(materials.written())


def write() -> int:
    top = resources.path("records").parent
    changes = stale()
    for path, data in changes.items():
        file = top / path
        if data is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    print(f"{len(changes)} files of records/ written or removed")
    return 0


def check() -> int:
    paths = stale()
    for path in paths:
        print(f"{path} is not what the story makes of it", file=sys.stderr)
    if paths:
        print("To mend it: python scripts/demo.py --write", file=sys.stderr)
    return 1 if paths else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("directory", nargs="?", type=Path, help="make the repository there")
    what.add_argument("--write", action="store_true", help="bring acts and keys in records/ up to date")
    what.add_argument(
        "--check", action="store_true", help="say whether acts and keys in records/ are up to date"
    )
    wanted = parser.parse_args()
    try:
        return write() if wanted.write else check() if wanted.check else make(wanted.directory)
    except StoryError as error:
        print(*error.mistakes, sep="\n", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
