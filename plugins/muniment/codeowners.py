"""CODEOWNERS, made from the staff register: whom a forge asks before it merges a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from muniment.facts import Facts
from muniment.records import Record

_HEAD = """\
# 由人员档案生成，请勿手工修改。Made from the staff register; do not edit.
# 一行里的人任何一位批准即可；先后和齐全由审批文件证明。
# Any one of those on a line is enough; order and completeness are proven by the acts.
"""
# What decides how everything else is checked and published.
_MACHINERY = ("/.github/", "/.gitlab-ci.yml", "/CODEOWNERS", "/requirements.txt", "/mkdocs.yml", "/schemas/")
_KEEPERS = ("leader", "document-controller")
_ORGANIZATION = "organization"


def render(facts: Facts) -> str:
    """The file, later lines before earlier ones, as forges read it. It does not depend on the day."""
    rows = [("*", _addresses(facts, _KEEPERS))]
    rows += [(f"/records/{folder}/", _addresses(facts, roles)) for folder, roles in _roles(facts).items()]
    rows += [(path, _addresses(facts, _KEEPERS)) for path in _MACHINERY]
    named = [(path, addresses) for path, addresses in rows if addresses]
    width = max((len(path) for path, _ in named), default=0)
    return _HEAD + "".join(f"{path:<{width}} {' '.join(addresses)}\n" for path, addresses in named)


def _roles(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """By folder under `records/`: the roles that decide about what lies in it."""
    found: dict[str, set[str]] = {"policy": set(_deciders(facts, _ORGANIZATION))}
    for kind in facts.types.values():
        for letters in kind.series:
            series = facts.policy.series.get(letters)
            if series is not None and kind.chain is not None:
                found.setdefault(series.folder, set()).update(_deciders(facts, kind.chain))
    return {folder: tuple(sorted(roles)) for folder, roles in sorted(found.items())}


def _deciders(facts: Facts, chain: str) -> Iterator[str]:
    for stage in facts.policy.chains.get(chain, ()):
        if not stage.event:
            yield from stage.roles


def _addresses(facts: Facts, roles: Iterable[str]) -> tuple[str, ...]:
    """The first address of each person who holds one of the roles with no end in sight."""
    wanted = set(roles)
    return tuple(
        str(person.data["emails"][0])
        for person in sorted(facts.corpus.of("staff"), key=lambda person: person.number)
        if person.data.get("emails") and not person.data.get("left") and _holds(facts, person, wanted)
    )


def _holds(facts: Facts, person: Record, roles: set[str]) -> bool:
    return any(held.role in roles and not held.end for held in facts.roles[person.number])
