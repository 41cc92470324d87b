"""Forge: where a file of the registry stands on the server that people review on, if policy names one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from muniment.policy import Policy
from muniment.recall import recalled

# blob, edit, history, commit: below the repository's address.
_SHAPES = {
    "github": ("blob/{branch}/{path}", "edit/{branch}/{path}", "commits/{branch}/{path}", "commit/{id}"),
    "gitlab": (
        "-/blob/{branch}/{path}",
        "-/edit/{branch}/{path}",
        "-/commits/{branch}/{path}",
        "-/commit/{id}",
    ),
    "gitea": (
        "src/branch/{branch}/{path}",
        "_edit/{branch}/{path}",
        "commits/branch/{branch}/{path}",
        "commit/{id}",
    ),
}
_HOSTS = {"gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea", "codeberg": "gitea"}


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses for one file: to read it, to edit it, to see its past."""

    source: str
    edit: str
    history: str


@recalled
def _base(policy: Policy) -> tuple[str, str, str]:
    """The repository's address, the shape of the addresses below it, the branch; an empty address where there is none."""
    address = (
        str(policy.value("organization", "repository", default="") or "").rstrip("/").removesuffix(".git")
    )
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "", "", ""
    host = parts.hostname
    shape = next((shape for name, shape in _HOSTS.items() if name in host), "github")
    shape = str(policy.value("organization", "forge", default=shape))
    branch = str(policy.value("organization", "branch", default="main"))
    return address, shape if shape in _SHAPES else "github", branch


def repository(policy: Policy) -> str:
    """Where the registry can be cloned from; empty where policy does not say."""
    return _base(policy)[0]


def links(policy: Policy, path: str) -> Links | None:
    address, shape, branch = _base(policy)
    if not address:
        return None
    filled = [part.format(branch=quote(branch), path=quote(path), id="") for part in _SHAPES[shape][:3]]
    return Links(*(f"{address}/{part}" for part in filled))


def commit(policy: Policy, name: str) -> str:
    """The page of a commit; empty without a forge."""
    address, shape, _ = _base(policy)
    return f"{address}/{_SHAPES[shape][3].format(id=name)}" if address else ""
