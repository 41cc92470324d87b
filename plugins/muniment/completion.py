"""Completion: what the shell proposes for types, numbers, rules and reports, from file names alone so that it is quick."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from muniment.terminal import settings_of

_PACKAGE = Path(__file__).parent


def types(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    return _items(_types(ctx), incomplete)


def numbers(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    root = _root(ctx)
    found = (
        Path(folder).name
        for folder, _, files in (os.walk(root / "records") if root else ())
        if f"{Path(folder).name}.yaml" in files
    )
    return _items(
        found, incomplete.upper() if incomplete[:2].isalpha() and len(incomplete) <= 2 else incomplete
    )


def reports(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    own = (file.stem.replace("_", "-") for file in (_PACKAGE / "registers").glob("[a-z]*.py"))
    return _items([*own, "coverage", *_types(ctx)], incomplete)


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    codes = (file.name[:6].upper() for file in (_PACKAGE / "rules").glob("[a-z]*_*.py"))
    return _items(codes, incomplete.upper())


def _types(ctx: click.Context) -> Iterator[str]:
    from muniment import resources

    root = _root(ctx)
    folders = [resources.path("schemas"), *([root / "schemas"] if root else [])]
    for file in (file for folder in folders for file in folder.glob("*.schema.json")):
        name = file.name.partition(".")[0]
        if not name.startswith("policy-") and name not in ("common", "act", "x-record"):
            yield name


def _root(ctx: click.Context) -> Path | None:
    start = settings_of(ctx).start.resolve()
    return next((each for each in (start, *start.parents) if (each / "records" / "policy").is_dir()), None)


def _items(found: Iterator[str] | list[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in sorted(set(found)) if name.startswith(incomplete)]
