"""The page docs/architecture.md, made from the layers in pyproject.toml and the first line of each module."""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "plugins" / "muniment"
PAGE = TOP / "docs" / "architecture.md"

INTRODUCTION = """\
# Architecture

<!-- Made by scripts/architecture.py; edit that, the layers in pyproject.toml or the modules' first lines. -->

One sentence: **records are files, a type is a schema, a rule is a file, decisions are acts, and the site is a pure function
of a commit, a date and an audience.**

```
bytes ─ source ─> Document ─ schemas ─> Record ─> Corpus ┐
git ── history ─> steps, acts, revisions ────────────────┼─> Facts(corpus, history, policy, today)
records/policy ─> Policy ────────────────────────────────┘      │
                         findings <── rules ────────────────────┤
          pages, registers, feeds, JSON, CSV <── registers, views ── render ─> {path: bytes} ─> site engine
```

The centre is pure: only `project` and the commands read disk, Git and clock. Data is frozen dataclasses, functions are free. A rule,
a register, a type and a command are each found by listing a folder, so adding one is adding a file; a test fails when its
sample or its page is missing. [Decisions](decisions/) says why it is so.

## Where to look

| for | look in |
|---|---|
| where a number is checked | `plugins/muniment/rules/num*.py`, with what they share in `numbering.py` |
| where a page is made | `plugins/muniment/views/` (what it shows), `templates/` (markup), `render.py` (the one to the other) |
| what a record type is, and how it is filled in | `schemas/`, `tests/forms/<TYPE>/` |
| what a rule says and how it is tested | the rule's module, `tests/samples/<CODE>/` |
| what Git knows | `plugins/muniment/history.py` |
| how to add a rule, a register, a type | `CONTRIBUTING.md` |

## Layers

From the drivers down to plain values. A module imports only from layers below its own, and those that share a layer do not know each
other; import-linter enforces it (`make check`). `yaml`, `jsonschema`, `git`, `mkdocs`, `jinja2` and `click` are each imported in one place.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="say whether the page is up to date, write nothing"
    )
    page = render()
    if not parser.parse_args().check:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(
        "docs/architecture.md is not up to date. To mend it: python scripts/architecture.py", file=sys.stderr
    )
    return 1


def render() -> str:
    return INTRODUCTION + "".join(_section(position, layer) for position, layer in enumerate(layers(), 1))


def layers() -> list[list[str]]:
    """The modules of each layer, top first, without the marks of import-linter."""
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(
        entry for entry in settings["tool"]["importlinter"]["contracts"] if entry["id"] == "layers"
    )
    rows = [
        [name.strip(" ()") for name in layer.replace(":", "|").split("|")] for layer in contract["layers"]
    ]
    return [[name for name in row if exists(name)] for row in rows]


def exists(module: str) -> bool:
    return (PACKAGE / f"{module}.py").is_file() or (PACKAGE / module).is_dir()


def _section(position: int, modules: list[str]) -> str:
    rows = "".join(f"| `{name}` | {text} |\n" for module in modules for name, text in _rows(module))
    return f"\n### {position}\n\n| module | holds |\n|---|---|\n{rows}" if rows else ""


def _rows(module: str) -> Iterator[tuple[str, str]]:
    folder = PACKAGE / module
    if not folder.is_dir():
        yield module, first_line(PACKAGE / f"{module}.py")
        return
    files = [file for file in sorted(folder.glob("*.py")) if file.stem != "__init__"]
    # Rules are many, and each has a page of its own.
    if module == "rules":
        yield "rules/", f"{len(files)} rules, one module each; the docstring is the rule's page"
        return
    for file in files:
        yield f"{module}/{file.stem}", first_line(file)


def first_line(file: Path) -> str:
    """What a module says of itself in its first line, fit for a cell of a table."""
    words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return words.partition("\n")[0].replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
