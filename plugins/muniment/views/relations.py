"""Relations: which records name this one and which it names, by type, as few of each as a small picture can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from muniment import i18n
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.lifecycle import ENDED
from muniment.records import Record
from muniment.views import addresses, values
from muniment.views.record import RecordView, Uses

MOST_OF_TYPE = 3
MOST_OF_SIDE = 8
MOST_TYPES = 8
# Every record has an owner and an author; a picture that shows them on each says nothing.
_USUAL = ("department", "author", "updated_by")


@dataclass(frozen=True, slots=True)
class Node:
    """A record beside the one in the middle; `role` is the field in which one of the two names the other."""

    number: str
    title: str
    link: str
    role: str
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one type; `more` of them are not shown, and lie at `link` (an anchor of the page, or an address)."""

    title: str
    nodes: tuple[Node, ...]
    more: int
    link: str


@dataclass(frozen=True, slots=True)
class Relations:
    """`before` name this record, `after` are named by it."""

    number: str
    title: str
    is_ended: bool
    before: tuple[Group, ...]
    after: tuple[Group, ...]


def relations(
    facts: Facts, record: Record, view: RecordView, lang: Lang, without: Iterable[str] = ()
) -> Relations | None:
    """None where a record stands alone. `without` are types whose referrers the page lists under a heading of their own."""
    before = tuple(_cut(_before(view.uses, frozenset(without)), "#uses", lang))
    after = tuple(_cut(_after(facts, record, lang), "#facts", lang))
    if not before and not after:
        return None
    return Relations(record.number, view.title, view.state.tone in ENDED, before, after)


def _before(uses: Iterable[Uses], elsewhere: frozenset[str]) -> Iterator[Group]:
    for group in uses:
        nodes = tuple(
            Node(row.number.text, row.title, row.number.link, row.fields, row.state.tone in ENDED)
            for row in group.rows[:MOST_OF_SIDE]
        )
        link = group.link if group.type_name in elsewhere else f"#uses-{group.type_name}"
        yield Group(group.title, nodes, group.total - len(nodes), link)


def _after(facts: Facts, record: Record, lang: Lang) -> Iterator[Group]:
    _ = i18n.translator(lang)
    titles = {field.name: field.title for field in record.type.fields}
    found: dict[str, list[str]] = {}
    for pointer, target, _types in record.type.references(record.data):
        name = str(pointer[0])
        if name not in _USUAL and target != record.number and target in facts.corpus.records:
            roles = found.setdefault(target, [])
            role = titles[name].render(lang) if name in titles else values.label_of(name)
            if role not in roles:
                roles.append(role)
    by_type: dict[str, list[Node]] = {}
    for number, roles in found.items():
        other = facts.corpus.records[number]
        link = addresses.record(facts.policy, number)
        node = Node(number, other.title, link, _(", ").join(roles), facts.state(number) in ENDED)
        by_type.setdefault(other.type.name, []).append(node)
    kinds = sorted((facts.types[name] for name in by_type), key=lambda kind: (kind.order, kind.name))
    for kind in kinds:
        yield Group(values.heading(kind.title.render(lang), lang), tuple(by_type[kind.name]), 0, "#facts")


def _cut(groups: Iterable[Group], link: str, lang: Lang) -> Iterator[Group]:
    """The first types with a few records each; a type on its own may have more. What is cut off lies at `link`."""
    every = list(groups)
    most = MOST_OF_SIDE if len(every) == 1 else MOST_OF_TYPE
    left = MOST_OF_SIDE
    for group in every[:MOST_TYPES]:
        kept = group.nodes[: min(most, left)]
        left -= len(kept)
        yield Group(group.title, kept, group.more + len(group.nodes) - len(kept), group.link)
    rest = sum(group.more + len(group.nodes) for group in every[MOST_TYPES:])
    if rest:
        _ = i18n.translator(lang)
        yield Group(_("Other types"), (), rest, link)
