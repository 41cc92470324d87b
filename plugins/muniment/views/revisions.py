"""Revisions: what changed from one revision of a record to another, by fields, text and attachments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any, Literal

from muniment import differences
from muniment.differences import Line, Passage
from muniment.facts import Facts
from muniment.fields import Field
from muniment.findings import Lang, Text
from muniment.records import Record
from muniment.views import addresses, attachments, values
from muniment.views import record as records
from muniment.views.attachments import Attachment
from muniment.views.record import Notice, RevisionView, Signing
from muniment.views.values import Entry, Value

Kind = Literal["added", "removed", "changed"]
# Beyond so many revisions only neighbours, and each with the newest, have a page of their own.
MOST_PAIRED = 16
_LONG = 40  # characters: below, two values side by side are quicker to read than one with marks in it
# Told in the heading of the page, or by the files themselves.
_ELSEWHERE = ("type", "number", "revision", "attachments")
_ARROW = " › "


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of a list: taken out, added, or as it was."""

    kind: Literal["added", "removed"]
    value: Value


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs. Short values stand in `old` and `new`, long texts in `lines`, lists in `marks` (with the number
    of entries that stayed in `kept`); `raw` holds both as the facts state them.
    """

    name: str
    label: str
    kind: Kind
    raw: tuple[Any, Any]
    old: Value | None = None
    new: Value | None = None
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class FileChange:
    """An attachment that differs; digests are empty on the side that lacks it. `path` is where the site keeps the new one."""

    name: str
    kind: Kind
    old: str
    new: str
    path: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What turned `old` into `new`. `body` is empty where the text is the same, or not written here."""

    old: RevisionView
    new: RevisionView
    url: str
    fields: tuple[FieldChange, ...]
    body: tuple[Passage, ...]
    files: tuple[FileChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.body or self.files)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A record as one of its earlier revisions had it, with the acts on that revision; `now` is the one that took its place."""

    shown: RevisionView
    now: RevisionView
    title: str
    record: Record
    facts: tuple[Entry, ...]
    sections: tuple[Entry, ...]
    attachments: tuple[Attachment, ...]
    signings: tuple[Signing, ...]
    holds: bool
    secret: Notice | None


def earlier(facts: Facts, record: Record, shown: Sequence[RevisionView], lang: Lang) -> Iterator[Earlier]:
    """A view for every revision before the present one; `shown` are the views of all, newest first."""
    views = {view.number: view for view in shown}
    for number, then, _ in records.landed(facts, record)[:-1]:
        hidden = (*values.HEADING, *values.SECTIONS)
        entries = tuple(values.entries(facts, then.type.fields, then.data, lang, hidden))
        yield Earlier(
            views[number],
            shown[0],
            then.title,
            then,
            tuple(entry for entry in entries if not entry.value.is_wide),
            tuple(entry for entry in entries if entry.value.is_wide),
            tuple(attachments.attachments(then, views[number].page)),
            tuple(records.signing(facts, record, act, lang) for act in record.acts if act.revision == number),
            bool(views[number].start) and views[number].start <= facts.today < views[number].end,
            records.secret(facts, then, lang),
        )


def pairs(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The revisions that are compared on a page of their own, from the earlier to the later."""
    every = combinations(numbers, 2)
    if len(numbers) <= MOST_PAIRED:
        return tuple(every)
    neighbours = set(pairwise(numbers))
    return tuple(pair for pair in every if pair in neighbours or pair[1] == numbers[-1])


def comparisons(
    facts: Facts, record: Record, shown: Sequence[RevisionView], lang: Lang
) -> Mapping[tuple[int, int], Comparison]:
    """Every pair of the record's revisions; `shown` are the views of these."""
    then = {number: revision for number, revision, _ in records.landed(facts, record)}
    views = {view.number: view for view in shown}
    return {
        (old, new): Comparison(
            views[old],
            views[new],
            addresses.revisions(facts.policy, record.number, (old, new)),
            tuple(_fields(facts, record.type.fields, then[old].data, then[new].data, lang)),
            _body(then[old], then[new]),
            tuple(_files(facts, then[old], then[new], is_kept=then[new] is record)),
        )
        for old, new in pairs(sorted(then))
    }


def _body(old: Record, new: Record) -> tuple[Passage, ...]:
    if old.body == new.body:
        return ()
    return differences.passages(differences.of_lines(old.body or "", new.body or ""))


# -- Fields ---------------------------------------------------------------------------------------------------


def _fields(
    facts: Facts,
    fields: Iterable[Field],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    lang: Lang,
    above: tuple[str, str] = ("", ""),
) -> Iterator[FieldChange]:
    """The fields in reading order that differ; `above` are name and label of the object that they are part of."""
    known = {field.name: field for field in fields}
    for name in dict.fromkeys((*known, *old, *new)):
        before, after = old.get(name), new.get(name)
        if before == after or (not above[0] and name in _ELSEWHERE):
            continue
        field = known.get(name)
        title = field.title.render(lang) if field else values.label_of(name)
        label = f"{above[1]}{_ARROW}{title}" if above[1] else values.heading(title, lang)
        yield from _field(facts, field, (before, after), (f"{above[0]}{name}", label), lang)


def _field(
    facts: Facts, field: Field | None, both: tuple[Any, Any], named: tuple[str, str], lang: Lang
) -> Iterator[FieldChange]:
    old, new = both
    name, label = named
    sides = [value for value in both if not values.is_empty(value)]
    kind: Kind = "added" if values.is_empty(old) else "removed" if values.is_empty(new) else "changed"
    if not sides:
        return
    if all(isinstance(value, Mapping) and not _is_bilingual(value) for value in sides):
        fields = field.fields if field else ()
        if field is not None and field.item is not None and not fields:
            # A mapping with free names, each with the same fields below it.
            fields = tuple(_named(field.item, key) for key in dict.fromkeys((*(old or ()), *(new or ()))))
        yield from _fields(facts, fields, old or {}, new or {}, lang, (f"{name}.", label))
    elif all(isinstance(value, list) for value in sides):
        yield _list(facts, field, (old or [], new or []), named, kind, lang)
    elif kind == "changed" and isinstance(old, str) and isinstance(new, str) and _is_long(field, old, new):
        yield FieldChange(name, label, kind, both, lines=differences.of_lines(old, new))
    else:
        before, after = (_value(facts, field, value, lang) for value in both)
        yield FieldChange(name, label, kind, both, before, after)


def _is_bilingual(value: Mapping[str, Any]) -> bool:
    return value.keys() <= {"zh", "en"}


def _named(item: Field, key: str) -> Field:
    return replace(item, name=key, title=Text(key, key))


def _is_long(field: Field | None, *texts: str) -> bool:
    if field is not None and field.kind not in ("text", "markdown", "any"):
        return False
    return all(len(text) > _LONG for text in texts) or any("\n" in text.strip() for text in texts)


def _value(facts: Facts, field: Field | None, value: Any, lang: Lang) -> Value | None:
    if values.is_empty(value):
        return None
    return values.of(facts, field, value, lang) if field else values.plain(facts, value, lang)


def _list(
    facts: Facts,
    field: Field | None,
    both: tuple[list[Any], list[Any]],
    named: tuple[str, str],
    kind: Kind,
    lang: Lang,
) -> FieldChange:
    item = field.item if field else None
    marks: list[Mark] = []
    kept = 0
    for what, place in differences.of_items(*([_canonical(each) for each in side] for side in both)):
        if what == "same":
            kept += 1
            continue
        shown = _value(facts, item, both[what == "added"][place], lang)
        if shown is not None:
            marks.append(Mark(what, shown))
    return FieldChange(*named, kind, both, marks=tuple(marks), kept=kept)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


# -- Attachments ----------------------------------------------------------------------------------------------


def _files(facts: Facts, old: Record, new: Record, *, is_kept: bool) -> Iterator[FileChange]:
    url = addresses.record(facts.policy, new.number)
    before, after = _digests(old), _digests(new)
    for name in sorted({*before, *after}):
        if before.get(name) == after.get(name):
            continue
        kind: Kind = "added" if name not in before else "removed" if name not in after else "changed"
        path = f"{url}files/{name}" if is_kept and name in after else ""
        yield FileChange(name, kind, before.get(name, ""), after.get(name, ""), path)


def _digests(record: Record) -> dict[str, str]:
    return {name: record.tree.sha256(f"{record.folder}/files/{name}") for name in record.attachments}


# -- For programs ---------------------------------------------------------------------------------------------


def data(comparison: Comparison) -> dict[str, Any]:
    """A difference as JSON, with the fields' own values and the lines of the text that changed."""
    return {
        "from": comparison.old.number,
        "to": comparison.new.number,
        "fields": [
            {"name": change.name, "kind": change.kind, "old": change.raw[0], "new": change.raw[1]}
            for change in comparison.fields
        ],
        "body": [
            {"kind": line.kind, "pieces": [{"kind": piece.kind, "text": piece.text} for piece in line.pieces]}
            for passage in comparison.body
            for line in passage.lines
            if line.kind != "same"
        ],
        "attachments": [
            {"name": change.name, "kind": change.kind, "old": change.old, "new": change.new}
            for change in comparison.files
        ],
    }


def about(view: RevisionView) -> dict[str, Any]:
    """A revision as JSON."""
    return {
        "revision": view.number,
        "landed": view.moment,
        "commit": view.commit,
        "digest": view.digest,
        "current": view.is_current,
    }
