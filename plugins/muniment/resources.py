"""Where the files that come with the package lie: schemas, handbook, samples, demonstration, templates."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent.parent

# In a wheel they lie inside the package; in a checkout, where they are edited, at the repository's top.
_ELSEWHERE = {
    "schemas": CHECKOUT / "schemas",
    "handbook": CHECKOUT / "docs",
    "samples": CHECKOUT / "tests" / "samples",
    "records": CHECKOUT / "records",
    "keys": CHECKOUT / "keys",
}
_INSIDE = {"records": PACKAGE / "demo" / "records", "keys": PACKAGE / "demo" / "keystore"}


def path(name: str) -> Path:
    """The folder `name` of the package's own files, e.g. `schemas`, `handbook`, `templates`."""
    inside = _INSIDE.get(name, PACKAGE / name)
    return _ELSEWHERE[name] if not inside.exists() and name in _ELSEWHERE else inside


@cache
def asset(name: str) -> str:
    """The name under which a site has one of the package's assets. Scripts and styles carry a digest, so that no browser mixes
    those of two versions.
    """
    source = path("assets") / name
    if source.suffix not in (".css", ".js"):
        return name
    return f"{source.stem}.{sha256(source.read_bytes()).hexdigest()[:8]}{source.suffix}"
