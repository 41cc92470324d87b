"""A site that is looked at while its records are edited: after a change only what somebody asks for is made anew.

Pages come in bundles (see `site.Bundles`), each of which can be made without the others. So a page shows a change after the
time for reading and judging the registry and for making one bundle, however many there are.
"""

from __future__ import annotations

import posixpath
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from muniment.shell import Written

Make = Callable[[], Written]
App = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Live:
    """The folder `top` of a site, and which of its bundles are older than the records. Any thread may ask."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._paths: list[frozenset[str]] = []
        self._stale: dict[int, Make] = {}
        self._asked: Counter[str] = Counter()
        self._lock = threading.RLock()

    def stop(self) -> None:
        """Nothing is made from now on: the whole site is about to be."""
        with self._lock:
            self._stale = {}

    def made(self, parts: Sequence[Written]) -> None:
        """The whole site has been made, in these parts; files in none of them are left alone."""
        with self._lock:
            self._paths = [part.paths for part in parts]

    def renew(self, makes: Sequence[Make]) -> None:
        """The records have changed; these make the bundles anew, each no more than once."""
        with self._lock:
            for paths in self._paths[len(makes) :]:
                self._remove(paths)
            self._paths = [*self._paths, *(frozenset[str]() for _ in makes)][: len(makes)]
            self._stale = dict(enumerate(makes))
            # Whoever asked a moment ago is told only after this that the site is new, and would keep the old page.
            for path in tuple(self._asked):
                self._freshen(path)

    @contextmanager
    def fresh(self, path: str) -> Iterator[None]:
        """A file of the site, by its path there, is up to date from the beginning to the end."""
        with self._lock:
            self._asked[path] += 1
            self._freshen(path)
        try:
            yield
        finally:
            with self._lock:
                self._asked -= Counter([path])

    def app(self, serve: App, mount: str) -> App:
        """The server's own application, which finds what is asked of it up to date. `mount` is where the site begins."""

        def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if not asked.startswith(mount) or asked.startswith("/livereload/"):
                return serve(environ, start)
            inside = asked.removeprefix(mount) + ("index.html" if asked.endswith("/") else "")
            with self.fresh(posixpath.normpath(f"/{inside}").lstrip("/")):
                return serve(environ, start)

        return answer

    def _freshen(self, path: str) -> None:
        """Makes the bundle that holds a file, or one after the other where it is in none of them yet."""
        if self._owner(path) is None and self._owner(f"{path}/index.html") is not None:
            path = f"{path}/index.html"  # its reader will be sent there
        owner = self._owner(path)
        if owner is None and (self._top / path).is_file():
            return
        while self._stale and (owner is None or owner in self._stale):
            self._make(next(iter(self._stale)) if owner is None else owner)
            owner = self._owner(path)

    def _owner(self, path: str) -> int | None:
        return next((place for place, paths in enumerate(self._paths) if path in paths), None)

    def _make(self, place: int) -> None:
        written = self._stale.pop(place)()
        self._remove(self._paths[place] - written.paths)
        # A record that has come or gone moves others from one bundle to the next.
        self._paths = [paths - written.paths for paths in self._paths]
        self._paths[place] = written.paths

    def _remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            (self._top / path).unlink(missing_ok=True)


def state(places: Iterable[Path]) -> frozenset[tuple[str, int, int]]:
    """What tells whether a file at or below these places has changed: path, time in nanoseconds, size."""
    found = set()
    for place in places:
        for path in (place, *place.rglob("*")) if place.is_dir() else (place,):
            if path.is_file():
                stat = path.stat()
                found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)
