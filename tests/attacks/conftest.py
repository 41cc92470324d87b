"""A world for each test, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from muniment.schemas import Types

from .world import World

Make = Callable[..., World]


@pytest.fixture(scope="package", autouse=True)
def _types_once() -> Iterator[None]:
    """The same schema files make the same types; reading them takes half of a verdict on so small a registry."""
    load = lru_cache(maxsize=32)(Types.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Types, "load", lambda sources: load(tuple(sources)))
        yield


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Begins a registry; keywords as `World` takes them."""
    worlds: list[World] = []

    def begin(**how: Any) -> World:
        worlds.append(World(tmp_path / f"world{len(worlds)}", **how))
        return worlds[-1]

    yield begin
    for world in worlds:
        world.close()


@pytest.fixture
def world(make: Make) -> World:
    return make()
