"""The file .github/CODEOWNERS of this repository, made from the demonstration's staff register."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from muniment import codeowners, project

TOP = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "registry", nargs="?", type=Path, default=TOP, help="whose staff register; by default this one"
    )
    parser.add_argument(
        "--check", action="store_true", help="say whether the file is up to date, write nothing"
    )
    asked = parser.parse_args()
    file = asked.registry / ".github" / "CODEOWNERS"
    text = codeowners.render(project.load(asked.registry).facts)
    if not asked.check:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return 0
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return 0
    print(
        f"{file} is not what the staff register says. To mend it: python scripts/codeowners.py",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
